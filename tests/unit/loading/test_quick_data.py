"""The scanner in C gives the same data as the precise one, or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from selfassess.loading.source import quick_data, read_bytes

pytest.importorskip("_ruamel_yaml")

ROOT = Path(__file__).parents[3]
FILES = sorted(
    path
    for folder in ("frameworks", "plugins", "report_templates")
    for path in (ROOT / folder).rglob("*.yaml")
)


def test_every_shipped_file_reads_the_same_or_not_at_all() -> None:
    quick = 0
    for path in FILES:
        content = path.read_bytes()
        found = quick_data(content)
        if found is not None:
            assert found == read_bytes(content, path.name).data, path
            quick += 1
    assert quick > len(FILES) // 2


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "a: 1\na: 2\n",
        "a: !!python/object:os.system x\n",
        "a: 1\n---\nb: 2\n",
        "%YAML 1.1\n---\na: yes\n",
        "a: one\u2028two\n",
        "",
    ],
)
def test_what_needs_a_second_look_is_left_to_the_precise_scanner(text: str) -> None:
    assert quick_data(text.encode()) is None


def test_bytes_that_are_no_text_are_left_to_the_precise_scanner() -> None:
    assert quick_data(b"a: \xff") is None


@pytest.mark.parametrize(
    "text", ["a: yes", "a: 007", "a: 2026-04-01", "a: 1_000", "a: 0x1f", "a: ~"]
)
def test_scalars_mean_the_same(text: str) -> None:
    assert quick_data(text.encode()) == read_bytes(text.encode(), "x").data


SCALARS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), SCALARS, min_size=1))
@example({"a": "!"})
@example({"a": "! b"})
def test_what_both_take_they_read_the_same(data: dict[str, str]) -> None:
    content = "".join(f"{key}: {value}\n" for key, value in data.items()).encode()
    found = quick_data(content)
    precise = read_bytes(content, "x")
    if found is not None and not precise.problems:
        assert found == precise.data
