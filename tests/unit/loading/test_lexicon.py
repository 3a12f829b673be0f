"""A lexicon of consistency checks: what it names exists, and each word can be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.loading.checks.lexicon import check_lexicon
from selfassess.loading.names import Names
from selfassess.loading.parse import parse
from selfassess.loading.source import read_text
from selfassess.model.measure import Measure, Topic
from selfassess.model.xray import Lexicon

SHIPPED = Path(__file__).parents[3] / "frameworks" / "xray-words.yaml"
NAMES = Names(
    {"visits": Topic(id="visits", title="Visits", group="g")},
    {
        "t.seen": Measure(
            id="t.seen",
            title="",
            unit="percent",
            better="higher",
            about="quality",
            topics=(),
            why="",
        )
    },
)


def problems(text: str, names: Names = NAMES) -> list[str]:
    document = read_text(f"schema: selfassess/xray@1\nid: a\n{text}", "w.yaml")
    parsed = parse(document, Lexicon, schema="selfassess/xray@1")
    if parsed.value is None:
        return [str(each) for each in parsed.problems]
    return [str(each) for each in check_lexicon(parsed.value, document, names)]


def test_a_sound_lexicon() -> None:
    text = (
        "assertions: [{id: a, words: [on time], measures: [t.seen, 't.*']}]\n"
        "subjects: [{id: s, words: [visits], topics: [visits]}]\nnegations: [not, -n't]\n"
    )
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("subjects: [{id: s, words: [x], topics: [visit]}]", "Did you mean 'visits'"),
        ("subjects: [{id: s, words: [x]}]", "neither topic nor measure"),
        ("assertions: [{id: a, words: [x], measures: [t.sen]}]", "no plugin brings the measure"),
        ("assertions: [{id: a, words: [x], measures: ['u.*']}]", "begins with 'u.'"),
        ("assertions: [{id: a, words: [On time]}]", "Write 'on time'"),
        ("negations: ['not  yet']", "Write 'not yet'"),
        ("hedges: [' ']", "Take it away"),
        ("assertions: [{id: a, words: [x]}, {id: a, words: [y]}]", "used twice"),
        ("assertions: [{id: a, words: [x], signals: [bad]}]", "'bad' is not valid"),
        ("negation: [x]", "Did you mean 'negations'"),
    ],
)
def test_faults_are_told_with_their_place(text, words) -> None:
    found = problems(text)
    assert any(words in each for each in found), found
    assert all(each.startswith("w.yaml:3:") for each in found)


def test_names_prove_nothing_where_files_are_missing() -> None:
    text = "assertions: [{id: a, words: [x], measures: [t.sen, 'u.*']}]"
    assert problems(text, Names(complete=False)) == []


def test_the_shipped_words_turn_no_phrase_against_itself() -> None:
    document = read_text(SHIPPED.read_text(encoding="utf-8"))
    lexicon = parse(document, Lexicon, schema="selfassess/xray@1").value
    assert lexicon is not None
    asserted = {word for each in lexicon.assertions for word in each.words}
    assert not asserted & {*lexicon.negations, *lexicon.intentions, *lexicon.hedges}
    assert not {*lexicon.activities} & {*lexicon.results}
