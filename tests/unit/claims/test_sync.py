"""Our lines in somebody's file: added, renewed, taken away; not a byte of theirs touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfassess.claims.marked import without_marked
from selfassess.claims.sync import Advice, synced
from selfassess.errors import EvidenceError
from selfassess.loading.source import read_text

from .conftest import ADVICE, FRAMEWORK

HEAD = "schema: selfassess/self-evaluation@1\nframework: test@1\n"
WRITTEN = (
    HEAD
    + """
# Ours, since 2019.
judgements:
  help:   # the big one
    grade: good
    answers:
      what: >-
        We know.

        #: this line is ours
    strengths: [Heard, 'Seen']
    evidence: [E-9]
    # a comment of a person

  H-2:
    so_what: |+
      They feel safe.


plan: []
"""
)


def marked(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#:")]


def uncommented(text: str) -> str:
    """The file as it is when somebody takes the mark away from every line of ours."""
    return re.sub(r"(?m)^([ \t]*)#: ?", r"\1", text)


def test_what_is_added(framework, advice) -> None:
    text = synced(WRITTEN, framework, advice)
    lines = marked(text)
    assert '#: how: ""  # How?' in lines
    assert "#: # 'E-9' is not in the evidence any more." in lines
    assert "#: #   m.visits: Visits, 60%, concern" in lines
    for node in ("care", "leavers"):
        assert any(line.startswith(f"#: {node}:  #") for line in lines), node
    for node in ("H-1", "C-1", "L-1"):
        assert any(line.startswith(f"#: {node}: {{strengths: []") for line in lines), node
    assert "#: # H-1 Seen. Look at: E-2: weakness" in lines
    assert not any(line.startswith(("#: help:", "#: H-2:")) for line in lines)
    assert "        #: this line is ours\n" in text  # inside an answer: a person's


def test_a_line_for_a_question_stands_with_the_answers(framework, advice) -> None:
    lines = synced(WRITTEN, framework, advice).splitlines()
    place = lines.index('      #: how: ""  # How?')
    assert lines[place - 1] == "        #: this line is ours"


def test_taking_the_marks_away_gives_a_file_that_says_more(framework, advice) -> None:
    bare = without_marked(WRITTEN).replace("        #: this line is ours\n", "")
    text = uncommented(synced(bare, framework, advice))
    data = read_text(text)
    assert data.problems == ()
    assert list(data.data["judgements"]) == ["help", "H-1", "H-2", "care", "C-1", "leavers", "L-1"]
    assert data.data["judgements"]["help"]["answers"]["how"] == ""
    assert data.data["judgements"]["care"]["status"] == "draft"
    assert "grade" not in data.data["judgements"]["care"]
    assert data.data["judgements"]["H-1"]["strengths"] == []


def test_without_criteria(framework, advice) -> None:
    lines = marked(synced(WRITTEN, framework, advice, criteria=False))
    assert not any(line.startswith("#: H-1:") for line in lines)
    assert any(line.startswith("#: care:") for line in lines)


def test_what_was_mended_is_told_no_more(framework, advice) -> None:
    once = synced(WRITTEN, framework, advice)
    mended = synced(once, framework, Advice())
    assert not any("E-9" in line for line in marked(mended))
    assert without_marked(mended) == without_marked(once) == WRITTEN


def test_what_somebody_filled_in_is_offered_no_more(framework, advice) -> None:
    once = synced(WRITTEN, framework, advice)
    filled = once.replace("  #: care:  # Care", "  care:\n    so_what: Homes.")
    again = synced(filled, framework, advice)
    assert not any(line.startswith("#: care:") for line in marked(again))
    assert "so_what: Homes." in again


SHAPES = (
    HEAD + "judgements: {}\n",
    HEAD + "judgements:\n",
    HEAD + "judgements:",
    HEAD,
    HEAD + "judgements: {help: {grade: good, evidence: [E-9]}}\n",
    HEAD + "judgements: {help: {grade: good}}",
    HEAD + "judgements:\n  help: {grade: good}\n  care:\n",
    HEAD + "judgements:\n  help:\n    grade: good",
    HEAD + "judgements:\n  help:\n    answers: {}\n    so_what: |+\n      Text.\n\n\n",
    HEAD + "judgements:\n  help:\n    answers: {what: a}\n    so_what: a\n      b\n",
    HEAD
    + "judgements:\n    help:\n        so_what: >+\n         Text.\n\n    care:\n        grade:\n",
    HEAD + "judgements:\n  help: &a\n    so_what: x\n  care: *a\n",
    WRITTEN.replace("\n", "\r\n"),
    "{schema: selfassess/self-evaluation@1, framework: test@1,\n"
    " judgements: {help: {grade: good}}}\n",
    HEAD
    + 'judgements:\n  help:\n    so_what: "a\n      #: b"\n'
    + "    strengths:\n    - a\n    - b\nplan: []\n",
    HEAD
    + "judgements:\n  H-1:\n    evidence:\n      - E-9   # why\n"
    + "  leavers:\n    so_what: |\n      #: x\n# end",
)


@pytest.mark.parametrize("text", SHAPES)
@pytest.mark.parametrize("criteria", [True, False])
def test_every_way_of_writing_a_file(text, criteria, framework, advice) -> None:
    once = synced(text, framework, advice, criteria=criteria)
    assert marked(once)
    assert without_marked(once) == text
    assert synced(once, framework, advice, criteria=criteria) == once
    assert read_text(once).data == read_text(text).data


TEXTS = st.text(alphabet=" \nab#:-|>'\"é", max_size=40)


@st.composite
def files(draw) -> str:
    """Files as people write them: any shape of text, comments, blank lines, either line end."""
    lines = [*HEAD.splitlines(), "judgements:"]
    indent = draw(st.sampled_from((2, 3, 4)))
    for node in draw(st.lists(st.sampled_from(("help", "care", "H-1", "L-1")), unique=True)):
        space = " " * indent
        if draw(st.booleans()):
            lines.append(f"{space}# {draw(st.sampled_from(('a', '#: b', ':')))}")
        lines.append(f"{space}{node}:")
        for key in draw(
            st.lists(st.sampled_from(("so_what", "author", "answers", "weaknesses")), unique=True)
        ):
            inner = " " * (2 * indent)
            value = draw(TEXTS)
            if key == "answers":
                lines.append(f"{inner}answers:")
                lines.append(f"{inner}  what: {_quoted(value)}")
            elif key == "weaknesses":
                dash = draw(st.sampled_from((inner, inner + "  ")))
                lines += [f"{inner}weaknesses:", f"{dash}- {_quoted(value)}"]
            elif draw(st.booleans()):
                style = draw(st.sampled_from(("|", ">", "|-", ">-", "|+", ">+")))
                lines.append(f"{inner}{key}: {style}")
                body = [f"{inner}  {part.strip() or 'x'}" for part in value.split("\n")] or ["x"]
                lines += body + [""] * draw(st.integers(0, 2))
            else:
                lines.append(f"{inner}{key}: {_quoted(value)}")
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(("", f"{space}  # behind", "# left"))))
    eol = draw(st.sampled_from(("\n", "\r\n")))
    return eol.join(lines) + (eol if draw(st.booleans()) else "")


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


@given(files())
@settings(max_examples=150, deadline=None)
def test_only_lines_of_ours_come_and_go(text) -> None:
    bare = without_marked(text)
    try:
        once = synced(text, FRAMEWORK, ADVICE)
    except EvidenceError:
        # A line end behind a text that has none would become part of it: that is refused.
        assert not text.endswith("\n")
        return
    assert without_marked(once) == bare
    assert synced(once, FRAMEWORK, ADVICE) == once
    assert read_text(once).data == read_text(text).data
    theirs = [line for line in text.splitlines() if not line.lstrip().startswith("#:")]
    kept = iter(once.splitlines())
    assert all(any(line == each for each in kept) for line in theirs)
