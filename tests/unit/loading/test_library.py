"""Packs put together: what is found where, clashes, unknown names."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.errors import FrameworkError, MeasureError, PluginError, SelfAssessError
from selfassess.loading.decode import build
from selfassess.loading.library import Library, load_library
from selfassess.loading.packs import KINDS, read_packs
from selfassess.model.measure import Measure, PythonMeasure
from selfassess.registry import Registry

from .conftest import ALL, FRAMEWORK, MEASURES, TABLES, WORDS, MakePack


def failing(*packs: object, **options: object) -> SelfAssessError:
    with pytest.raises(SelfAssessError) as caught:
        load_library(packs, **options)  # type: ignore[arg-type]
    return caught.value


def test_everything_is_found_by_id(make_pack: MakePack) -> None:
    library = load_library([make_pack(ALL)])
    assert list(library.frameworks) == ["small@1"]
    assert list(library.measures) == ["visits.on-time"]
    assert list(library.tables) == ["visits"]
    assert list(library.views) == ["seen"]
    assert list(library.topics) == ["plans"]
    assert list(library.dimensions) == ["team"]
    assert list(library.settings) == ["visit-days"]
    assert library.origins["measure", "visits.on-time"] == "one"
    assert library.origins["framework", "small@1"] == "one"


def test_a_template_is_a_folder_whose_other_files_are_its_own(make_pack: MakePack) -> None:
    pack = make_pack(
        {
            "looks/plain/template.yaml": "schema: selfassess/template@1\nid: plain\ntitle: Plain\n",
            "looks/plain/settings.yaml": "anything: goes\n",
            "looks/plain/more/words.yaml": "here: too\n",
        }
    )
    library = load_library([pack])
    assert library.templates["plain"].name == "plain"


def test_hidden_files_and_packs_within_packs_are_left_alone(make_pack: MakePack) -> None:
    pack = make_pack(
        {
            **ALL,
            ".git/x.yaml": "not: ours\n",
            "_draft/x.yaml": "not: ours\n",
            "inner/pack.yaml": "id: inner\n",
            "inner/x.yaml": "not: ours\n",
        }
    )
    assert list(load_library([pack]).frameworks) == ["small@1"]


def test_the_latest_edition_in_force_is_the_default(make_pack: MakePack) -> None:
    later = FRAMEWORK.replace('edition: "1"', 'edition: "2"').replace("2024-01-01", "2025-01-01")
    draft = (
        FRAMEWORK.replace('edition: "1"', 'edition: "3"')
        .replace("2024-01-01", "2027-01-01")
        .replace("in-force\n", "draft\n")
    )
    files = {**ALL, "a.yaml": draft, "b.yaml": later}
    library = load_library([make_pack(files)])
    assert library.framework("small").edition == "2"
    assert library.framework("small", "3").edition == "3"
    assert library.framework("small@1").edition == "1"


@pytest.mark.parametrize(
    ("name", "edition", "said"),
    [("smal", None, "Did you mean 'small'?"), ("small", "11", "Did you mean '1'?")],
)
def test_an_unknown_framework_names_the_nearest(
    name: str, edition: str | None, said: str, make_pack: MakePack
) -> None:
    library = load_library([make_pack(ALL)])
    with pytest.raises(FrameworkError) as caught:
        library.framework(name, edition)
    assert caught.value.hint == said


def test_an_empty_library_says_so() -> None:
    with pytest.raises(FrameworkError, match="No framework 'x'"):
        Library().framework("x")


@pytest.mark.parametrize(
    ("file", "kind", "name"),
    [
        ("words.yaml", "topic", "plans"),
        ("words.yaml", "dimension", "team"),
        ("words.yaml", "setting", "visit-days"),
        ("measures/visits.yaml", "measure", "visits.on-time"),
        ("tables.yaml", "table", "visits"),
        ("tables.yaml", "view", "seen"),
        ("frameworks/small.yaml", "framework", "small@1"),
    ],
)
def test_a_clash_names_both_packs_and_files(
    file: str, kind: str, name: str, make_pack: MakePack
) -> None:
    first, second = make_pack(ALL), make_pack({file: ALL[file]}, "two")
    error = failing(first, second)
    assert isinstance(error, PluginError)
    found = [problem for problem in error.problems if f"the {kind} '{name}'" in problem.message]
    assert len(found) == 1
    assert f"two/{file}" in found[0].where.replace("\\", "/")
    assert "pack 'two'" in found[0].message
    assert "pack 'one'" in found[0].message
    assert f"one/{file}" in found[0].message.replace("\\", "/")


def test_a_view_may_not_have_a_tables_name(make_pack: MakePack) -> None:
    text = TABLES.replace("id: seen", "id: visits")
    assert "exists already" in str(failing(make_pack({"tables.yaml": text})))


def test_a_template_clash(make_pack: MakePack) -> None:
    files = {"t/template.yaml": "schema: selfassess/template@1\nid: plain\ntitle: Plain\n"}
    error = failing(make_pack(files), make_pack(files, "two"))
    assert "the template 'plain'" in str(error)


def test_every_problem_of_every_file_at_once(make_pack: MakePack) -> None:
    files = {
        "words.yaml": WORDS.replace("title: Plans", "titel: Plans"),
        "measures/visits.yaml": MEASURES.replace("better: higher", "better: up"),
        "tables.yaml": TABLES.replace("event: date", "event: day"),
        "frameworks/small.yaml": FRAMEWORK.replace("scale: two", "scale: tow"),
        "broken.yaml": "a: [",
        "strange.yaml": "schema: selfassess/recipe@1\n",
        "future.yaml": "schema: selfassess/measures@7\n",
        "bare.yaml": "topics: []\n",
    }
    error = failing(make_pack(files))
    text = str(error)
    assert isinstance(error, FrameworkError)
    for said in (
        "'titel' of 'plans' is not a key",
        "'up' is not valid for 'better'",
        "no column of 'visits' called 'day'",
        "no scale called 'tow'",
        "broken.yaml:1:5: a value is missing here",
        "'selfassess/recipe@1' is not a kind of file",
        "version '7' of 'selfassess/measures' is not known",
        "the key 'schema' is missing",
    ):
        assert said in text


def test_a_file_that_could_not_be_read_makes_no_names_unknown(make_pack: MakePack) -> None:
    """The framework is right; its measure's file is not: one problem, not two."""
    files = {**ALL, "measures/visits.yaml": MEASURES.replace("better: higher", "better: up")}
    error = failing(make_pack(files))
    assert len(error.problems) == 1
    assert isinstance(error, MeasureError)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("measures: [visits.on-time]", "measures: [visits.ontime]", "no plugin brings the measure"),
        ("topics: [plans], m", "topics: [planz], m", "there is no topic called 'planz'"),
    ],
)
def test_what_a_framework_lacks_stops_it(
    old: str, new: str, said: str, make_pack: MakePack
) -> None:
    files = {**ALL, "frameworks/small.yaml": FRAMEWORK.replace(old, new)}
    error = failing(make_pack(files))
    assert isinstance(error, FrameworkError)
    assert said in str(error)
    assert error.exit_code == 10


def test_a_python_measure_can_be_named(make_pack: MakePack) -> None:
    measure = Measure(
        id="visits.clever",
        title="Clever",
        unit="children",
        better="none",
        about="quality",
        topics=("plans",),
        why="",
    )
    files = {**ALL, "frameworks/small.yaml": FRAMEWORK.replace("on-time", "clever")}
    pack = make_pack(files)
    assert "no plugin brings" in str(failing(pack))
    brought = PythonMeasure(measure=measure, compute=lambda: ())
    library = load_library([pack], python_measures=[brought])
    assert library.measures["visits.clever"] is measure


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "key: [child_id]\n    event",
            "key: [child]\n    event",
            "no column of 'visits' called 'child'",
        ),
        ("key: [child_id]\n    columns", "key: [x]\n    columns", "no column of 'seen' called 'x'"),
        ("{table: visits}", "{table: visit}", "no table called 'visit'"),
        ("name: date,", "name: child_id,", "declares the column 'child_id' twice"),
        ("headers: [Date]", "headers: []", "has no header by which to find it"),
        ("type: date}", "type: code}", "needs type 'code' and a list of codes"),
    ],
)
def test_tables_are_checked(old: str, new: str, said: str, make_pack: MakePack) -> None:
    assert said in str(failing(make_pack({"tables.yaml": TABLES.replace(old, new)})))


def test_a_link_to_no_table(make_pack: MakePack) -> None:
    text = TABLES.replace("views:", "    links: [{name: w, table: workers, on: {a: b}}]\nviews:")
    assert "no table called 'workers'" in str(failing(make_pack({"tables.yaml": text})))


def test_a_measures_bands_are_checked(make_pack: MakePack) -> None:
    text = MEASURES.replace("concern: under 75", "concern: under 95")
    error = failing(make_pack({**ALL, "measures/visits.yaml": text}))
    assert isinstance(error, MeasureError)
    assert "'concern' begins before 'attention'" in str(error)


def test_each_shipped_file_is_built_as_it_was_validated() -> None:
    """Two ways to a model, one for warm starts: they must not differ in anything."""
    files = read_packs(Registry.load().packs)
    assert files
    for file in files:
        assert file.problems == (), file.document.name
        model = (
            type(file.value)
            if file.schema.startswith("selfassess/framework")
            else KINDS[file.schema]
        )
        data = {key: value for key, value in file.document.data.items() if key != "schema"}
        assert build(data, model) == file.value, file.document.name


def test_reading_a_pack_leaves_its_folder_as_it_was(make_pack: MakePack, tmp_path: Path) -> None:
    pack = make_pack(ALL)
    before = sorted(path for path in (tmp_path / "one").rglob("*"))
    load_library([pack])
    assert sorted((tmp_path / "one").rglob("*")) == before
