"""The grammar: what is written can be read again, and nonsense is refused with its column."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.measuring import syntax as s
from selfassess.measuring.language import LanguageError, parse, parse_limit
from selfassess.measuring.syntax import write, write_limit

WORDS = {"and", "or", "not", "in", "yes", "no", "if"}
UNITS = {"days", "day", "weeks", "week", "months", "month", "working", "hours", "hour"}
names = st.from_regex(r"[a-z_][a-z0-9_]{0,6}", fullmatch=True).filter(
    lambda name: name not in WORDS | UNITS
)
numbers = st.builds(s.Number, st.integers(0, 10**6)) | st.builds(
    s.Number, st.integers(1, 10**6).map(lambda n: n / 64)
)
texts = st.builds(
    s.Text, st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8)
)
paths = st.builds(s.Path, st.lists(names, min_size=1, max_size=2).map(tuple))
leaves = numbers | texts | paths | st.builds(s.Answer, st.booleans())
bands = st.builds(s.Band, st.integers(0, 50), st.none() | st.integers(0, 99))


def grown(inner: st.SearchStrategy[s.Expression]) -> st.SearchStrategy[s.Expression]:
    several = st.lists(inner, min_size=2, max_size=3)
    argument = (
        inner
        | bands
        | st.builds(s.Duration, inner, st.sampled_from(s.DURATIONS))
        | st.builds(s.Rows, paths, inner)
    )
    return (
        st.builds(
            s.Binary, st.sampled_from(["=", "!=", "<", "<=", ">", ">=", *"+-*/"]), inner, inner
        )
        | st.builds(s.Logic, st.sampled_from(["and", "or"]), several.map(tuple))
        | st.builds(s.Not, inner)
        | st.builds(s.Negative, inner)
        | st.builds(s.In, inner, several.map(tuple), st.booleans())
        | st.builds(
            s.Call,
            names,
            st.lists(argument, max_size=3).map(tuple),
            st.lists(st.tuples(names, inner), max_size=2).map(tuple),
        )
    )


expressions = st.recursive(leaves, grown, max_leaves=12)


@given(expressions)
def test_what_is_written_reads_as_the_same(tree: s.Expression) -> None:
    assert parse(write(tree)) == tree


@given(expressions, st.sampled_from(s.UNITS), st.none() | expressions)
def test_limits_read_as_the_same(value: s.Expression, unit: str, when: s.Expression | None) -> None:
    limit = s.Limit(value, unit, when)
    assert parse_limit(write_limit(limit)) == limit


@given(st.text(max_size=60))
def test_anything_else_is_refused_in_words(text: str) -> None:
    for read in (parse, parse_limit):
        with contextlib.suppress(LanguageError):
            read(text)


@given(st.lists(st.sampled_from(["not", "-", "(", ")", "a", "in", "and", "1", ",", "[", "]", "="])))
def test_shuffled_tokens_never_crash(tokens: list[str]) -> None:
    with contextlib.suppress(LanguageError):
        parse(" ".join(tokens))


def test_brackets_may_not_nest_for_ever() -> None:
    for text in ("(" * 5000 + "a", "not " * 5000 + "a", "-" * 5000 + "1"):
        with pytest.raises(LanguageError):
            parse(text)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a and b or c", "(a and b) or c"),
        ("not a = b", "not (a = b)"),
        ("a - b - c", "(a - b) - c"),
        ("a - b * c", "a - (b * c)"),
        ("-a * b", "(-a) * b"),
        ('"cp"', "'cp'"),
    ],
)
def test_binding(text: str, tree: str) -> None:
    assert parse(text) == parse(tree)


def test_a_hyphen_without_spaces_is_part_of_a_name() -> None:
    assert parse("a-b") == s.Path(("a-b",))
    assert parse("a - b") == s.Binary("-", s.Path(("a",)), s.Path(("b",)))


def test_quotes_are_doubled_inside() -> None:
    assert parse("'it''s'") == s.Text("it's")


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("a == b", 4, "'=' was found where a value was expected."),
        ("days(a, b", 10, "the text ends where ')' was expected."),
        ("a b", 3, "'b' was found where the expression should end, or an operator follow."),
        ("a = 'b", 5, "a text is not closed."),
        ("a ; b", 3, "';' has no meaning here."),
        ("setting(x, a: b, c)", 18, "'c' was found where a named argument was expected"),
        ("", 1, "the text ends where a value was expected."),
        ("worker.", 8, "the text ends where a column's name was expected."),
        ("a in b", 6, "'b' was found where '(' was expected."),
    ],
)
def test_faults_say_where(text: str, column: int, message: str) -> None:
    with pytest.raises(LanguageError) as caught:
        parse(text)
    assert caught.value.column == column
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1 working day", "working days"),
        ("45 working days", "working days"),
        ("6 weeks", "weeks"),
        ("4 hours if rag = 'red'", "hours"),
        ("setting(x, a: b) working hours", "working hours"),
    ],
)
def test_units_of_a_limit(text: str, unit: str) -> None:
    assert parse_limit(text).unit == unit


@pytest.mark.parametrize("text", ["45", "45 fortnights", "45 days unless x", "days"])
def test_a_limit_without_a_unit_is_refused(text: str) -> None:
    with pytest.raises(LanguageError):
        parse_limit(text)
