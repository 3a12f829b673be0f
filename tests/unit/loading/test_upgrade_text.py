"""Self-evaluations taken along a chain of editions: nothing is lost, however they are written."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.loading.chain import chain
from selfassess.loading.checks.migration import check_migration
from selfassess.loading.library import Library, load_library
from selfassess.loading.parse import parse
from selfassess.loading.source import read_text
from selfassess.loading.upgrade_text import take_along
from selfassess.model.migration import Migration
from selfassess.model.workspace import SelfEvaluation
from selfassess.registry import Registry

FAMILY = "ofsted-ilacs"
CHAIN = ("2018", "2023", "2024-12", "2026-04")


@cache
def library() -> Library:
    return load_library(Registry.load().packs)


def upgraded(text: str, start: str = "2018", end: str = "2026-04") -> str:
    shelf = library()
    editions = chain(shelf, shelf.framework(FAMILY, start), shelf.framework(FAMILY, end))
    return take_along(text, shelf, editions, "self-evaluation.yaml")[0]


def nodes() -> list[str]:
    return [node.id for node in library().framework(FAMILY, "2018").walk()]


def judgements() -> list[str]:
    return [node.id for node in library().framework(FAMILY, "2018").judgements()]


QUESTIONS = ("what-do-you-know", "how-do-you-know", "what-will-you-do")
GRADES = ("outstanding", "good", "requires-improvement", "inadequate")

WORDS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp"),
        exclude_characters="\ufeff\ufffe\uffff",
    ),
    min_size=1,
    max_size=12,
)
LINES = st.lists(
    st.sampled_from(
        (
            "child",
            "a: b",
            "# no",
            "- x",
            "tab\there",
            " lead",
            "",
            "trail ",
            "ŵŷ’“”",
            "'",
            '"',
            "{",
            "&a",
            "*b",
            "%",
            "---",
            "...",
        )
    ),
    min_size=1,
    max_size=5,
).map("\n".join)
TEXT = st.one_of(WORDS, LINES)


@st.composite
def written(draw: st.DrawFn, text: str, column: int, *, flow: bool = False) -> str:
    """A text as YAML, in a style drawn at random that can hold it."""
    styles = ["json"]
    if "\n" not in text and "\t" not in text:
        styles.append("single")
    lines = text.split("\n")
    plain_lines = all(line == line.rstrip() and not line.startswith("\t") for line in lines)
    if not flow and plain_lines and lines[-1] and lines[0].strip() == lines[0] != "":
        styles += ["literal", "kept"]
    if text.isalpha() and text.isascii() and text.casefold() not in ("null", "true", "false"):
        styles.append("plain")
    style = draw(st.sampled_from(styles))
    if style == "json":
        plane = max(text, default="") < "\U00010000"  # JSON writes others in two halves
        return json.dumps(text, ensure_ascii=plane and draw(st.booleans()))
    if style == "single":
        return "'" + text.replace("'", "''") + "'"
    if style == "plain":
        return text
    body = "\n".join(" " * (column + 2) + line if line else "" for line in lines)
    return ("|-\n" if style == "literal" else "|+ # kept\n") + body


@st.composite
def claims(draw: st.DrawFn, number: int, column: int, step: int) -> tuple[list[str], list[str]]:
    """Lines of a claim below its key, and comments in it."""
    lines: list[str] = []
    comments: list[str] = []

    def note(at: int) -> None:
        if draw(st.integers(0, 3)) == 0:
            comments.append(f"note {number} {len(comments)} ŵ")
            lines.append(" " * at + "# " + comments[-1])
        if draw(st.integers(0, 4)) == 0:
            lines.append("")

    space = " " * column
    note(column)
    if draw(st.booleans()):
        lines.append(f"{space}grade: {draw(st.sampled_from(GRADES))}")
        if draw(st.booleans()):
            comments.append(f"grade {number} {len(comments)}")
            lines[-1] += f"   # {comments[-1]}"
    note(column)
    asked = draw(st.lists(st.sampled_from(QUESTIONS), unique=True))
    if asked and draw(st.booleans()):
        lines.append(f"{space}answers:")
        for question in asked:
            note(column + step)
            value = draw(written(draw(TEXT), column + step))
            lines.append(f"{space}{' ' * step}{question}: {value}")
    elif asked:
        parts = [f"{q}: {draw(written(draw(TEXT), 0, flow=True))}" for q in asked]
        lines.append(f"{space}answers: {{{', '.join(parts)}}}")
    note(column)
    for key in ("strengths", "weaknesses", "evidence"):
        items = draw(st.lists(st.integers(1, 99).map("E-{}".format), max_size=2, unique=True))
        items = items if key == "evidence" else [f"{each} ’ good" for each in items]
        if items and draw(st.booleans()):
            lines.append(f"{space}{key}: [{', '.join(items)}]")
        elif items:
            lines.append(f"{space}{key}:")
            lines += [f"{space}{draw(st.sampled_from(('', '  ')))}- {items[0]}"]
            indent = lines[-1][: lines[-1].index("-")]
            lines += [f"{indent}- {item}" for item in items[1:]]
    if draw(st.booleans()):
        lines.append(f"{space}so_what: {draw(written(draw(TEXT), column))}")
    if draw(st.booleans()):
        lines.append(f"{space}author: Someone {number}")
        lines.append(f"{space}public: {draw(st.sampled_from(('true', 'false')))}")
    note(column)
    return lines, comments


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A filled self-evaluation of edition 2018, and every comment in it."""
    step = draw(st.integers(1, 4))
    known = st.one_of(st.sampled_from(judgements()), st.sampled_from(nodes()))
    chosen = draw(st.lists(known, unique=True, min_size=1, max_size=7))
    lines = ["schema: selfassess/self-evaluation@1", 'framework: "ofsted-ilacs@2018"  # edition']
    comments = ["edition"]
    plan = ["plan:"] if draw(st.booleans()) else ["plan: []"]
    if len(plan[0]) == 5:
        for index in range(draw(st.integers(1, 2))):
            plan += [
                f"  - id: A-{index}",
                f"    title: {draw(written(draw(WORDS), 4))}",
                f"    judgement: {draw(st.sampled_from(judgements()))}",
                "    why: [E-100]",
            ]
    first = draw(st.booleans())
    if first:
        lines += plan
    lines.append("judgements:")
    for number, node in enumerate(chosen):
        if draw(st.integers(0, 2)) == 0:
            comments.append(f"above {number}")
            lines.append(f"{' ' * step}# {comments[-1]}")
        body, found = draw(claims(number, step * 2, step))
        lines.append(f"{' ' * step}{node}:")
        lines += body
        comments += found
    if not first:
        lines += ["# the plan", *plan]
        comments.append("the plan")
    ends = "\n" if draw(st.booleans()) else ""
    return "\n".join(lines) + ends, comments


def texts(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in texts(value)]
    return [data] if isinstance(data, str) else []


def leaders_words(claim: dict[str, Any] | None) -> list[str]:
    """Everything that leaders wrote in a claim."""
    claim = claim or {}
    kept = ("answers", "strengths", "weaknesses", "so_what", "evidence", "author")
    return [text for key in kept for text in texts(claim.get(key)) if text.strip()]


def ended(data: Any) -> Any:
    """Data without line ends behind texts: a file's last line may not have had one."""
    if isinstance(data, dict):
        return {key: ended(value) for key, value in data.items()}
    if isinstance(data, list):
        return [ended(item) for item in data]
    return data.rstrip("\n") if isinstance(data, str) else data


def check(before: str, after: str) -> None:
    old, new = read_text(before).data, read_text(after).data
    parsed = parse(read_text(after), SelfEvaluation, schema="selfassess/self-evaluation@1")
    assert not parsed.problems
    known = {node.id for node in library().framework(FAMILY, "2026-04").walk()}
    said = texts(new.get("judgements")) + texts(new.get("archive"))
    held = "\0".join(said)
    archived = {item["node"]: item.get("claim") for item in new.get("archive") or []}
    assert set(new.get("judgements") or {}) <= known
    for node, claim in old["judgements"].items():
        for text in leaders_words(claim):
            assert text.strip("\n") in held, (node, text)
        here = (new.get("judgements") or {}).get(node)
        if node in known:  # an answer stays on its node, first and whole
            for question, text in ((claim or {}).get("answers") or {}).items():
                assert here["answers"][question].strip("\n").startswith(text.strip("\n"))
            if node not in ("care", "care-leavers"):
                plain = {k: v for k, v in (here or {}).items() if k != "reconfirm"}
                assert ended(plain) == ended(claim or {})
        else:
            assert ended(archived[node]) == ended(claim)
    for action, moved in zip(old.get("plan") or [], new.get("plan") or [], strict=True):
        assert moved["title"] == action["title"]
        assert moved["why"] == action["why"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(pages(), st.booleans())
def test_the_chain_loses_no_text_no_reference_and_no_comment(
    page: tuple[str, list[str]], windows: bool
) -> None:
    text, comments = page
    if windows:
        text = text.replace("\n", "\r\n")
    after = upgraded(text)
    check(text, after)
    for comment in comments:
        assert after.count("# " + comment) >= 1, comment
    if windows:
        assert "\n" not in after.replace("\r\n", "")
    assert upgraded(after, "2026-04") == after
    stepwise = text
    for start, end in pairwise(CHAIN):
        stepwise = upgraded(stepwise, start, end)
    assert stepwise == after


HEAD = "schema: selfassess/self-evaluation@1\nframework: ofsted-ilacs@2018\n"
JOINT = "care-and-care-leavers"

UNUSUAL = {
    "json": json.dumps(
        {
            "schema": "selfassess/self-evaluation@1",
            "framework": "ofsted-ilacs@2018",
            "judgements": {
                "leaders": {"grade": "good", "evidence": ["E-1"]},
                JOINT: {"grade": "good", "answers": {QUESTIONS[0]: "joint"}, "evidence": ["E-2"]},
                "care": {"answers": {QUESTIONS[0]: "own"}},
                "overall": {"so_what": "overall"},
            },
        },
        indent=1,
    ),
    "one line": HEAD + f"judgements: {{{JOINT}: {{so_what: joint, evidence: [E-2]}}, leaders: }}\n",
    "flow with comments": HEAD
    + f"judgements: {{ # c1\n  {JOINT}: {{so_what: joint}}, # c2\n  # c3\n  care: {{grade: good,\n"
    "    so_what: 'own\n\n    more'} # c4\n  } # c5\nplan: []\n",
    "aliases": HEAD
    + f"judgements:\n  {JOINT}: &joint\n    so_what: &s 'it''s'\n    evidence: &e [E-1, E-2]\n"
    "  care:\n    so_what: *s\n    evidence: *e # same\n  care-leavers: *joint\n"
    "  leaders:\n    answers: {what-do-you-know: *s}\n",
    "no newline, kept blank lines": HEAD
    + f"judgements:\n  {JOINT}:\n    so_what: |+\n      joint\n\n\n  care:\n    grade: good\n"
    "    strengths:\n    - |+\n      kept\n\n    - >-\n      folded\n      text\n"
    "    so_what: |\n      own",
    "archive in brackets": HEAD
    + f"archive: [{{node: gone, from: ofsted-ilacs@2017, claim: {{so_what: old}}}}] # before\n"
    f"judgements:\n  {JOINT}:\n    so_what: joint\n",
    "archive in the middle": HEAD
    + "archive:\n- node: gone\n  from: x@1\n  claim:\n    so_what: old # c\n    # end of it\n"
    f"judgements:\n  {JOINT}:\n    so_what: joint\n",
    "document marks": "%YAML 1.2\n---\n"
    + HEAD
    + f"judgements:\n  {JOINT}: {{so_what: joint}}\n...\n",
    "nothing in it": HEAD + "judgements:\nplan:\n",
    "empty claims": HEAD + f"judgements:\n  {JOINT}:  # none\n  care: ~\n  overall: {{}}\n",
    "quoted keys": HEAD
    + f'"judgements":\n    "{JOINT}":\n        "so_what": "joint"\n    \'care\': {{}}\n',
    "tabs in text": HEAD
    + f'judgements:\n  {JOINT}:\n    so_what: "a\tb\n    \t\tc" # tab\n  care:\n    so_what: |\n'
    "      own\ttab\n      \tfirst\n",
    "long lines": HEAD
    + f"judgements:\n  {JOINT}:\n    so_what: {'long ' * 60}\n      {'more ' * 60}\n",
    "only in parts": HEAD
    + f"judgements:\n  {JOINT}:\n    answers:\n      what-do-you-know:   # empty\n"
    "      how-do-you-know: joint\n  care:\n    answers: {}\n    evidence:\n"
    "  care-leavers:\n    answers:\n      how-do-you-know: own  # mine\n",
}


@pytest.mark.parametrize("text", UNUSUAL.values(), ids=UNUSUAL.keys())
@pytest.mark.parametrize("windows", [False, True])
def test_unusual_yaml_survives(text: str, windows: bool) -> None:
    if windows:
        text = text.replace("\n", "\r\n")
    data = read_text(text).data
    after = upgraded(text)
    if data.get("judgements"):
        check(text, after)
    for line in text.splitlines():
        if "#" in line:
            assert line[line.index("#") :] in after
    assert after.count("so_what: old") == text.count("so_what: old")


def test_what_no_step_touches_keeps_every_byte() -> None:
    text = HEAD.replace("2018", "2023") + (
        "judgements: {leaders: {grade:   good}}   # as it is\nplan:   [ ]\n\n\n# end"
    )
    assert upgraded(text, "2023", "2024-12") == text.replace("@2023", "@2024-12")


def test_a_joint_answer_goes_to_both_and_the_grade_to_neither() -> None:
    text = HEAD + (
        f"judgements:\n  {JOINT}:\n    grade: good\n    answers:\n      what-do-you-know: joint\n"
        "    evidence: [E-1, E-2]\n    public: true\n"
        "  care:\n    grade: outstanding\n    answers:\n      what-do-you-know: own\n"
        "    evidence: [E-2]\n    public: true\n"
    )
    found = read_text(upgraded(text, "2018", "2023")).data
    care, leavers = found["judgements"]["care"], found["judgements"]["care-leavers"]
    assert care["answers"] == {"what-do-you-know": "own\n\njoint"}
    assert leavers["answers"] == {"what-do-you-know": "joint"}
    assert care["evidence"] == ["E-2", "E-1"]
    assert leavers["evidence"] == ["E-1", "E-2"]
    assert care.get("grade") is None
    assert leavers.get("grade") is None
    assert "'outstanding'" in " ".join(care["reconfirm"])
    assert "'good'" in " ".join(leavers["reconfirm"])
    assert care["public"] is True
    assert JOINT not in found["judgements"]
    (kept,) = found["archive"]
    assert kept["node"] == JOINT
    assert kept["claim"]["grade"] == "good"


def test_private_words_do_not_become_public_with_others() -> None:
    text = HEAD + (
        f"judgements:\n  {JOINT}:\n    so_what: for us\n  care:\n    so_what: for all\n"
        "    public: true  # yes\n"
    )
    found = read_text(upgraded(text, "2018", "2023")).data
    assert found["judgements"]["care"]["public"] is False


def test_actions_name_nodes_that_are_there() -> None:
    text = HEAD.replace("2018", "2024-12") + (
        "plan:\n  - id: A-1\n    title: x\n    judgement: overall\n    criterion: HP-01\n"
        "  - {id: A-2, title: y, judgement: overall}\n"
    )
    after = upgraded(text, "2024-12")
    first, second = read_text(after).data["plan"]
    assert first["judgement"] is None
    assert first["criterion"] == "HP-01"
    assert second["judgement"] is None
    assert "judgement: # was overall (ofsted-ilacs@2024-12)" in after


def test_the_page_on_upgrades_shows_migrations_that_load() -> None:
    page = Path(__file__).parents[3] / "docs" / "how-to" / "move-to-a-new-edition.md"
    text = page.read_text(encoding="utf-8")
    start = text.index("schema: selfassess/migration@1")
    document = read_text(text[start : text.index("```", start)])
    found = parse(document, Migration, schema="selfassess/migration@1").value
    assert found is not None
    frameworks = library().frameworks
    assert check_migration(found, document, frameworks) == []


def test_a_text_that_is_part_of_a_word_there_is_still_added() -> None:
    text = HEAD + f"judgements:\n  {JOINT}:\n    so_what: No\n  care:\n    so_what: Now better\n"
    found = read_text(upgraded(text, "2018", "2023")).data
    assert found["judgements"]["care"]["so_what"] == "Now better\n\nNo"
