"""Tables, views and words: names that can be used, columns that hold what is asked of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.errors import FrameworkError, MeasureError, PluginError, SelfAssessError
from selfassess.loading.library import load_library

from .conftest import ALL, FRAMEWORK, MEASURES, TABLES, WORDS, MakePack

COLUMN = "      - {name: date, headers: [Date], type: date}\n"
CODES = (
    "      - {name: kind, headers: [Kind], type: code, codes: "
    "[{id: home, title: At home, also: [h]}, {id: school, title: School}]}\n"
)
CODED = TABLES.replace(COLUMN, COLUMN + CODES)
ORDERED = """\
  - id: best
    title: Best
    entity: child
    key: [child_id]
    columns: [child_id, what]
    per: [child_id]
    rank: what
    first_of: [cp, seen]
    union:
      - {table: visits, columns: {what: "'seen'"}}
      - {table: seen, columns: {what: '"cp"'}}
"""


def failing(make_pack: MakePack, files: dict[str, str], **options: object) -> SelfAssessError:
    with pytest.raises(SelfAssessError) as caught:
        load_library([make_pack(files)], **options)  # type: ignore[arg-type]
    return caught.value


def test_what_the_broken_tables_below_begin_from_is_sound(make_pack: MakePack) -> None:
    assert "best" in load_library([make_pack({"tables.yaml": CODED + ORDERED})]).views


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("id: visits\n", "id: Home Visits\n", "Home", "the name of a table: a letter first"),
        ("id: visits\n", "id: calendar\n", "calendar", "the toolkit keeps such names"),
        (
            "id: seen\n",
            "id: Visits\n",
            "Visits\n    title: Seen",
            "'Visits' and 'visits' differ by case alone",
        ),
        ("{name: date, h", "{name: seen on, h", "seen on", "Write 'seen_on'."),
        ("{name: date, h", "{name: 1st, h", "1st", "Write 'st'."),
        ("{name: date, h", "{name: in, h", "in, h", "a word of the measure language"),
        ("{name: date, h", "{name: row_id, h", "row_id", "the toolkit keeps such names"),
        ("{name: date, h", "{name: Child_id, h", "Child_id", "differ by case alone"),
        ("key: [child_id]\n    event", "key: []\n    event", "[]", "names no column"),
        ("event: date", "event: child_id", "child_id\n", "which holds no dates but type 'id'"),
        ("event: date", "event: date\n    born: dob", "dob", "no column of 'visits' called 'dob'"),
        ("event: date", "event: date\n    cover: long", "long", "Write it as in '6 months'."),
        ("event: date", "event: date\n    files: [a/b.csv]", "a/b", "without a folder"),
        ("headers: [Date]", "headers: [Day, child  ID]", "child  ID", "that of 'child_id' too"),
        ("{id: school,", "{id: home,", "home, title: School", "has the code 'home' twice"),
        ("title: School}", "title: School, also: [H]}", "H]", "means both 'home' and 'school'"),
        ("title: School}", "title: at HOME}", "at HOME", "means both 'home' and 'school'"),
        ("{id: school,", "{id: at school,", "at school", "cannot be the id of a code"),
        ("union: [{table: visits}]", "union: []", "[]", "draws on nothing"),
        ("[{table: visits}]", "[{table: best}]", "best\n", "best draws on seen draws on best"),
        ("first_of: [cp, seen]", "first_of: [cp, sene]", "sene", "Did you mean 'seen'?"),
        ("    rank: what\n", "", "[cp, seen]", "not the column that it is of"),
        ("    rank: what\n", "    rank: what\n    event: day\n", "day\n", "called 'day'"),
    ],
)
def test_a_table_that_would_mislead(
    old: str, new: str, at: str, said: str, make_pack: MakePack
) -> None:
    text = CODED + ORDERED
    assert old in text
    text = text.replace(old, new, 1)
    before = text[: text.index(at)]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    error = failing(make_pack, {"tables.yaml": text})
    found = [problem for problem in error.problems if said in str(problem)]
    assert found
    assert found[0].where.endswith(f"tables.yaml:{place}")
    assert found[0].hint


@pytest.mark.parametrize(
    ("on", "said"),
    [("{child: child_id}", "column of 'visits'"), ("{child_id: child}", "column of 'seen'")],
)
def test_a_link_over_columns_that_are_not_there(on: str, said: str, make_pack: MakePack) -> None:
    link = f"    links: [{{name: s, table: seen, on: {on}}}]\nviews:"
    error = failing(make_pack, {"tables.yaml": TABLES.replace("views:", link)})
    assert f"there is no {said} called 'child' here" in str(error)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{id: plans,", "{id: our plans,", "Write 'our-plans'."),
        ("inherits: true", "values: [a, b, a]", "lists the value 'a' twice"),
        ("[{value: 10}]", "[]", "the setting 'visit-days' has no value"),
        ("[{value: 10}]", "[{value: 10}, {value: 11}]", "has two values for no keys"),
        ("[{value: 10}]", "[{value: 10}, {value: ten, keys: {team: a}}]", "number, text"),
    ],
)
def test_words_are_checked(old: str, new: str, said: str, make_pack: MakePack) -> None:
    assert said in str(failing(make_pack, {"words.yaml": WORDS.replace(old, new)}))


def test_a_measures_id_is_an_id(make_pack: MakePack) -> None:
    text = MEASURES.replace("id: visits.on-time", "id: <b>On time</b>")
    error = failing(make_pack, {"words.yaml": WORDS, "m.yaml": text})
    assert isinstance(error, MeasureError)
    assert "m.yaml:3:9: '<b>On time</b>' cannot be the id of a measure" in str(error)


@pytest.mark.parametrize(
    ("better", "cut", "level"),
    [("lower", "under 3", "attention"), ("higher", "at least 90", "concern")],
)
def test_a_cut_on_the_side_of_what_is_better(
    better: str, cut: str, level: str, make_pack: MakePack
) -> None:
    text = MEASURES.replace("better: higher", f"better: {better}").replace(
        "attention: under 90, concern: under 75", f"{level}: {cut}"
    )
    error = failing(make_pack, {"words.yaml": WORDS, "m.yaml": text})
    assert f"'{cut}' would call" in str(error)
    assert f"'better: {better}'" in str(error)


def test_strong_lies_on_the_better_side(make_pack: MakePack) -> None:
    text = MEASURES.replace("{basis: local,", "{basis: local, strong: over 98,")
    assert load_library([make_pack({"words.yaml": WORDS, "m.yaml": text})]).measures
    error = failing(make_pack, {"words.yaml": WORDS, "m.yaml": text.replace("over 98", "under 98")})
    assert "would call low figures 'strong'" in str(error)


def test_a_band_that_another_hides(make_pack: MakePack) -> None:
    band = "{basis: statute, attention: under 80}"
    text = MEASURES.replace("concern: under 75}]", "concern: under 75}, " + band + "]")
    error = failing(make_pack, {"words.yaml": WORDS, "m.yaml": text})
    assert "band 2 speaks of the same figures as band 1" in str(error)
    dated = text.replace("attention: under 80", "attention: under 80, since: 2026-01-01")
    assert load_library([make_pack({"words.yaml": WORDS, "m.yaml": dated})]).measures


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("measures/visits.yaml", MEASURES.replace("    unit", "\tunit"), MeasureError),
        (
            "frameworks/small.yaml",
            FRAMEWORK.replace("kind: gr", "title: b\nkind: gr"),
            FrameworkError,
        ),
        ("tables.yaml", TABLES.replace("    title", "\ttitle"), PluginError),
    ],
)
def test_a_file_that_is_no_yaml_fails_as_its_kind_does(
    name: str, text: str, kind: type[SelfAssessError], make_pack: MakePack
) -> None:
    assert type(failing(make_pack, {**ALL, name: text})) is kind


def test_faults_have_their_places_when_other_files_come_from_the_cache(
    make_pack: MakePack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    load_library([make_pack(ALL)], cache=cache)
    later = "schema: selfassess/framework@1\nid: small\nedition: '2'\nextends: small@1\n"
    files = {
        **ALL,
        "later.yaml": later + "status: draft\nremove: {nodes: [A], questions: [whta]}\n",
    }
    read: list[str] = []
    from selfassess.loading import packs

    slow = packs.read_bytes

    def counted(content: bytes, name: str) -> packs.Document:
        read.append(Path(name).name)
        return slow(content, name)

    monkeypatch.setattr(packs, "read_bytes", counted)
    error = failing(make_pack, files, cache=cache)
    assert [problem.where.rpartition("later.yaml:")[2] for problem in error.problems] == ["6:34"]
    assert set(read) == {"later.yaml", "small.yaml"}


def test_two_of_one_id_in_one_file(make_pack: MakePack) -> None:
    text = MEASURES + MEASURES.partition("measures:\n")[2]
    error = failing(make_pack, {"words.yaml": WORDS, "m.yaml": text})
    assert "m.yaml:11:9: the measure 'visits.on-time' exists already: it stands at " in str(error)
    assert "packs" not in str(error)


def test_nothing_is_said_of_what_names_one_of_two_nodes(make_pack: MakePack) -> None:
    text = FRAMEWORK.replace("{id: A,", "{id: practice,") + (
        "ceilings: [{id: r, if: {register: {direction: weakness, topics: own}}, "
        "applies_to: practice, at_most: fine, because: x}]\n"
    )
    error = failing(make_pack, {**ALL, "frameworks/small.yaml": text})
    assert [problem.message for problem in error.problems] == [
        "the node id 'practice' stands 2 times."
    ]


def test_a_rule_for_a_judgement_that_is_not_there_has_one_fault(make_pack: MakePack) -> None:
    text = FRAMEWORK + (
        "ceilings: [{id: r, if: {register: {direction: weakness, topics: own}}, "
        "applies_to: practise, at_most: fine, because: x}]\n"
    )
    (problem,) = failing(make_pack, {**ALL, "frameworks/small.yaml": text}).problems
    assert problem.hint == "Did you mean 'practice'?"


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        (
            "better: higher",
            "better:",
            "the key 'better' of 'visits.on-time' holds nothing; expected one of higher, lower, "
            "two-sided, none.",
            "Write what it is behind 'better:'.",
        ),
        ("unit: percent", "<<: {a: b}", "keys are not merged here ('<<').", "Write the keys out."),
        (
            "attention: under 90",
            "attention: 90",
            "'attention' holds a number; expected text.",
            "Write it in words, such as 'over 90'.",
        ),
    ],
)
def test_the_remedy_is_one_that_helps(
    old: str, new: str, message: str, hint: str, make_pack: MakePack
) -> None:
    text = MEASURES.replace(old, new)
    problems = failing(make_pack, {"words.yaml": WORDS, "m.yaml": text}).problems
    assert (message, hint) in {(problem.message, problem.hint) for problem in problems}


LOADS = """\
    from: visits
    per: {key: child_id}
    aggregate: max
    spread: {holder: {one: a, many: b}, held: {one: c, many: d}, over: [visits.nope]}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Visits on time", 'title: ""', "'title' of 'visits.on-time' is empty"),
        (
            "why: Says whether visits were on time.",
            'why: " "',
            "'why' of 'visits.on-time' is empty",
        ),
        ("topics: [plans]", "topics: []", "'visits.on-time' is about no topic"),
        (
            "topics: [plans]",
            "topics: [plans]\n    aliases: [visits.on-time]",
            "is the id of another",
        ),
        (
            "topics: [plans]\n",
            "topics: [plans]\n" + LOADS,
            "no plugin brings the measure 'visits.nope'",
        ),
        ("topics: [plans]\n", "topics: [plans]\n" + LOADS.replace("per", "let"), "has no holders"),
        ("under 75", "under reference", "the cut names a reference, but 'visits.on-time' has none"),
        ("{basis: local,", "{basis: local, since: 2026-01-02, until: 2026-01-01,", "it begins on"),
        ("id: visits.on-time", f"id: {'v' * 121}", "of a measure is 121 signs long"),
    ],
)
def test_how_a_measure_is_read_makes_sense(
    old: str, new: str, said: str, make_pack: MakePack
) -> None:
    assert old in MEASURES
    files = {"words.yaml": WORDS, "tables.yaml": TABLES, "m.yaml": MEASURES.replace(old, new)}
    error = failing(make_pack, files)
    assert isinstance(error, MeasureError)
    assert said in str(error)
    assert "m.yaml:" in error.problems[0].where


def test_an_earlier_id_of_two_measures(make_pack: MakePack) -> None:
    one = MEASURES.replace("topics:", "aliases: [old.name]\n    topics:")
    two = one.partition("measures:\n")[2].replace("visits.on-time", "visits.late")
    (problem,) = failing(make_pack, {"words.yaml": WORDS, "m.yaml": one + two}).problems
    assert problem.message == "'old.name' is an earlier id of 'visits.on-time' too."


def test_a_number_beyond_all_numbers_is_text(make_pack: MakePack) -> None:
    text = WORDS.replace("{value: 10}", "{value: 1e400}, {value: 3, keys: {a: b}}")
    assert "several kinds: number, text" in str(failing(make_pack, {"words.yaml": text}))


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("framework: small", "framework: smal", "2:12", "no framework 'smal' is installed."),
        ("to: '2'", "to: '1'", "4:5", "'from' and 'to' are one edition, '1'."),
        ("from: '1'", "from: '7'", "3:7", "'small@7' is not installed."),
    ],
)
def test_a_migration_between_editions_that_are_not_there(
    old: str, new: str, place: str, message: str, make_pack: MakePack
) -> None:
    later = FRAMEWORK.replace('edition: "1"', 'edition: "2"')
    way = "schema: selfassess/migration@1\nframework: small\nfrom: '1'\nto: '2'\n"
    error = failing(make_pack, {**ALL, "later.yaml": later, "way.yaml": way.replace(old, new)})
    (problem,) = error.problems
    assert problem.where.endswith(f"way.yaml:{place}")
    assert problem.message == message
