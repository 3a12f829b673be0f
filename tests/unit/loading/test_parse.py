"""Plain data becomes a model, or every fault is said at its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest

from selfassess.errors import EvidenceError, FrameworkError
from selfassess.loading.parse import load, parse
from selfassess.loading.source import read_text
from selfassess.model.common import STRICT
from selfassess.model.evidence import RegisterEntry


@dataclass(frozen=True, kw_only=True)
class Inner:
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    size: int = 1


@dataclass(frozen=True, kw_only=True)
class Outer:
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    colour: Literal["red", "green"] = "red"
    date: dt.date | None = None
    share: float = 0
    done: bool = False
    words: tuple[str, ...] = ()
    one_or_many: str | tuple[str, ...] = ()
    cut: int | str | None = None
    pairs: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Inner, ...] = ()
    part_or_name: str | Inner | None = None
    from_: str = ""


def problems(text: str, **options: Any) -> list[tuple[str, str, str]]:
    found = parse(read_text(text, "f.yaml"), Outer, **options).problems
    return [(problem.where, problem.message, problem.hint) for problem in found]


def outer(text: str) -> Outer:
    found = parse(read_text(text), Outer)
    assert found.problems == ()
    assert found.value is not None
    return found.value


def test_a_sound_file() -> None:
    value = outer(
        "id: a\ncolour: green\ndate: 2026-03-31\nshare: 1\nwords: [x]\none_or_many: [x, y]\n"
        "cut: 2025\npairs: {a: b}\nparts: [{name: n}]\nfrom: here\n"
    )
    assert value == Outer(
        id="a",
        colour="green",
        date=dt.date(2026, 3, 31),
        share=1.0,
        words=("x",),
        one_or_many=("x", "y"),
        cut=2025,
        pairs={"a": "b"},
        parts=(Inner(name="n"),),
        from_="here",
    )
    assert type(value.share) is float


def test_a_key_with_nothing_after_it_is_not_given() -> None:
    assert outer("id: a\ncolour:\ndate:\nwords:\npairs: {x: }\n") == Outer(id="a")


def test_an_unknown_key_with_nothing_after_it_is_still_unknown() -> None:
    assert problems("id: a\ncolor:\n") == [
        ("f.yaml:2:1", "'color' of 'a' is not a key that can stand here.", "Did you mean 'colour'?")
    ]


def test_every_fault_is_said_at_once_in_the_files_order() -> None:
    text = (
        "colour: blue\n"
        "date: 31/03/2026\n"
        "share: many\n"
        "done: yes\n"
        "words: one\n"
        "one_or_many: {a: b}\n"
        "cut: [1]\n"
        "pairs: {a: 1}\n"
        "parts: [{size: 1.5, nam: x}]\n"
        "shade: 1\n"
    )
    found = problems(text)
    assert [where for where, _, _ in found] == [
        "f.yaml:1:1",
        "f.yaml:1:9",
        "f.yaml:2:7",
        "f.yaml:3:8",
        "f.yaml:4:7",
        "f.yaml:5:8",
        "f.yaml:6:14",
        "f.yaml:7:6",
        "f.yaml:8:12",
        "f.yaml:9:9",
        "f.yaml:9:16",
        "f.yaml:9:21",
        "f.yaml:10:1",
    ]
    assert all(hint for _, _, hint in found)


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        (
            "colour: gren",
            "'gren' is not valid for 'colour' of 'a'; expected one of red, green.",
            "Did you mean 'green'?",
        ),
        (
            "date: 2026-3-31",
            "'date' of 'a' holds text ('2026-3-31'); expected a date as YYYY-MM-DD.",
            "Write the year first, such as 2026-03-31.",
        ),
        (
            "date: 20260331",
            "'date' of 'a' holds a number (20260331); expected a date as YYYY-MM-DD.",
            "Write the year first, such as 2026-03-31.",
        ),
        (
            "words: [x, 3]",
            "item 2 of 'words' holds a number; expected text.",
            "Put the value in quotes, so that it is read as text.",
        ),
        (
            "one_or_many: [x, 3]",
            "item 2 of 'one_or_many' holds a number; expected text.",
            "Put the value in quotes, so that it is read as text.",
        ),
        (
            "one_or_many: 3",
            "'one_or_many' of 'a' holds a number; expected text or a list of text.",
            "Put the value in quotes, so that it is read as text.",
        ),
        (
            "part_or_name: {name: x, size: big}",
            "'size' holds text ('big'); expected a whole number.",
            "Write the number alone, without quotes, unit or percent sign.",
        ),
        (
            "part_or_name: {nam: x, name: y}",
            "'nam' is not a key that can stand here.",
            "Did you mean 'name'?",
        ),
        (
            "part_or_name: [x]",
            "'part_or_name' of 'a' holds a list; expected text or keys with values.",
            "Write keys with values below it, indented by two spaces.",
        ),
        (
            "colour: true",
            "'colour' of 'a' holds the truth value true; expected one of red, green.",
            "Correct the value.",
        ),
        (
            "words: [x, ]\nfrom: [here]",
            "'from' of 'a' holds a list; expected text.",
            "Keep one value, without '- ' and [ ].",
        ),
        (
            "from: {here: there}",
            "'from' of 'a' holds keys with values; expected text.",
            "If the text holds ': ', put it in quotes.",
        ),
        (
            "words: [x, null]",
            "item 2 of 'words' holds nothing; expected text.",
            "Correct the value.",
        ),
        (
            "parts: {name: x}",
            "'parts' of 'a' holds keys with values; expected a list.",
            "Begin each item on a line of its own with '- ', or put it in [ ].",
        ),
        (
            "parts: [text]",
            "item 1 of 'parts' holds text; expected keys with values.",
            "Write keys with values below it, indented by two spaces.",
        ),
        (
            "done: 'true'",
            "'done' of 'a' holds text ('true'); expected true or false.",
            "Write true or false.",
        ),
    ],
)
def test_words_of_a_message(line: str, message: str, hint: str) -> None:
    assert [found[1:] for found in problems(f"id: a\n{line}\n")] == [(message, hint)]


def test_a_number_is_no_truth_value_and_a_date_is_no_time() -> None:
    assert len(problems("id: a\ndone: 1\n")) == 1
    assert len(problems("id: a\ndate: 2026-03-31T00:00:00\n")) == 1
    assert len(problems("id: a\ndate: '1700000000'\n")) == 1


def test_text_that_could_name_a_child_is_not_repeated() -> None:
    document = read_text(
        "- {id: 1, topic: [Ann Example], direction: weakness, voice: child, text: {Ann: Example}}\n"
    )
    found = parse(document, tuple[RegisterEntry, ...]).problems
    assert len(found) == 3
    assert not any("Ann" in problem.message for problem in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: a\n", "the key 'schema' is missing"),
        ("schema: selfassess/other@1\nid: a\n", "the file says it is 'selfassess/other@1'"),
        ("schema: selfassess/outer@2\nid: a\n", "version '2' of 'selfassess/outer' is not known"),
        ("schema: selfassess/outer\nid: a\n", "version '' of 'selfassess/outer' is not known"),
    ],
)
def test_the_schema_key(text: str, expected: str) -> None:
    found = problems(text, schema="selfassess/outer@1")
    assert len(found) == 1
    assert expected in found[0][1]


def test_a_part_of_a_document() -> None:
    document = read_text("list:\n  - {name: a}\n  - {name: 5}\n", "f.yaml")
    assert parse(document, Inner, at=("list", 0)).value == Inner(name="a")
    assert parse(document, Inner, at=("list", 1)).problems[0].where == "f.yaml:3:12"


@pytest.mark.parametrize("text", ["- 1", "text", "12"])
def test_a_file_that_is_no_mapping(text: str) -> None:
    assert "expected keys with values" in problems(text)[0][1]


def test_load_raises_all_problems_in_the_given_class(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("colour: blue\n", encoding="utf-8")
    with pytest.raises(FrameworkError) as caught:
        load(path, Outer, name="f.yaml", error=FrameworkError)
    assert len(caught.value.problems) == 2
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(EvidenceError):
        load(path, Outer)
    path.write_text("schema: x@1\nid: a\n", encoding="utf-8")
    assert load(path, Outer, schema="x@1") == Outer(id="a")
