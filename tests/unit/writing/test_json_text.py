"""Indented JSON equals the standard library's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.writing.json_text import json_lines

whole = st.integers(-(2**63), 2**64 - 1)
leaves: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | whole | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
plain = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(plain)
def test_content_is_what_was_given(value: Any) -> None:
    assert json.loads(json_lines(value)) == value


# Numbers with a point may be written in more than one way.
exact = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(exact)
def test_but_for_fractions_it_is_text_for_text_the_standard_library_s(value: Any) -> None:
    assert json_lines(value).decode() == json.dumps(value, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("value", [10**20, "é “”", "\u2028\x07", 0.1, [], {}, {"a": [1, {}]}])
def test_text_is_that_of_the_standard_library(value: Any) -> None:
    given = {"one": value, "two": [value, None, True]}
    assert json_lines(given).decode() == json.dumps(given, ensure_ascii=False, indent=2) + "\n"


def test_what_json_lacks_becomes_null() -> None:
    assert json_lines([float("nan"), float("inf")]) == b"[\n  null,\n  null\n]\n"
