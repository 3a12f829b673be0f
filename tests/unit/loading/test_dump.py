"""A framework written out reads back as the same framework, and always as the same text."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfassess.loading.dump import framework_yaml, yaml_text
from selfassess.loading.library import Library, load_library
from selfassess.loading.parse import parse
from selfassess.loading.source import read_text
from selfassess.model.framework import Framework
from selfassess.registry import Registry


@pytest.fixture(scope="module")
def installed() -> Library:
    return load_library(Registry.load().packs)


def reread(text: str) -> Framework:
    parsed = parse(read_text(text), Framework, schema="selfassess/framework@1")
    assert parsed.value is not None, parsed.problems
    return parsed.value


def test_every_edition_reads_back_as_it_was(installed: Library) -> None:
    assert len(installed.frameworks) > 10
    for framework in installed.frameworks.values():
        text = framework_yaml(framework, comment="One line.\nAnother: with a colon.")
        assert reread(text) == dataclasses.replace(framework, extends=None)
        assert framework_yaml(reread(text), comment="One line.\nAnother: with a colon.") == text


text = st.text(st.characters(blacklist_categories=("Cs", "Cc"), max_codepoint=0xFFF0), max_size=90)
words = st.sampled_from(
    ["yes", "null", "~", "2018", "007", "1e5", "0x1F", "2026-04-01", "- a", "a: b", "#", "", "true"]
)
values = st.recursive(
    st.one_of(
        text,
        words,
        st.booleans(),
        st.integers(-(10**9), 10**9),
        st.floats(-1e6, 1e6).filter(lambda number: math.isclose(number, round(number, 6))),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4),
        st.dictionaries(
            st.from_regex(r"[a-z]{1,8}", fullmatch=True), inner, min_size=1, max_size=4
        ),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), values, min_size=1))
def test_what_is_written_is_read(data: dict[str, object]) -> None:
    document = read_text(yaml_text(data))
    assert document.problems == ()
    assert document.data == data


def test_text_that_looks_like_something_else_stays_text() -> None:
    data = {"edition": "2018", "truth": "true", "nothing": "null", "number": "1.5"}
    assert read_text(yaml_text(data)).data == data
