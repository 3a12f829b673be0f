"""YAML becomes plain data, each key and value with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.loading.source import MAX_BYTES, MAX_DEPTH, read, read_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("true", True),
        ("False", False),
        ("2026-04", "2026-04"),
        ("2026-04-01", "2026-04-01"),
        ("2026-04-01 10:30", "2026-04-01 10:30"),
        ("007", "007"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        ("1e3", 1000.0),
        ("", None),
        ("~", None),
        ("null", None),
        ("'12'", "12"),
        ('"true"', "true"),
        (".nan", ".nan"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_scalars_keep_what_they_are(text: str, value: object) -> None:
    found = read_text(f"key: {text}\n").data["key"]
    assert found == value
    assert type(found) is type(value)


def test_text_over_several_lines() -> None:
    document = read_text("a: >-\n  one\n  two\nb: |\n  12\n")
    assert document.data == {"a": "one two", "b": "12\n"}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert read_text("1: a\nyes: b\n2026-01-01: c\n").data == {
        "1": "a",
        "yes": "b",
        "2026-01-01": "c",
    }


def test_places_of_keys_and_values() -> None:
    document = read_text("top:\n  - name: x\n    list: [1, 22]\n", "f.yaml")
    assert document.place(("top", 0, "name")) == "f.yaml:2:11"
    assert document.place(("top", 0, "name"), key=True) == "f.yaml:2:5"
    assert document.place(("top", 0, "list", 1)) == "f.yaml:3:15"


def test_the_place_of_what_is_absent_is_the_place_of_what_would_hold_it() -> None:
    document = read_text("top:\n  - name: x\n", "f.yaml")
    assert document.place(("top", 0, "title", "deeper")) == "f.yaml:2:5"
    assert document.place(("other",)) == "f.yaml:1:1"


def test_an_alias_is_written_out_and_shares_nothing() -> None:
    document = read_text("a: &x [1, {b: 2}]\nc: *x\n")
    assert document.data == {"a": [1, {"b": 2}], "c": [1, {"b": 2}]}
    document.data["c"][1]["b"] = 3
    assert document.data["a"][1]["b"] == 2


def test_every_duplicate_key_is_named() -> None:
    document = read_text("a: 1\na: 2\nb: {c: 1, c: 2}\n", "f.yaml")
    assert [problem.where for problem in document.problems] == ["f.yaml:2:1", "f.yaml:3:11"]
    assert document.data is None


def test_every_tag_is_named() -> None:
    document = read_text("a: !!python/name:os.system x\nb: !mine [1]\nc: !!set {x}\n", "f.yaml")
    assert [problem.where for problem in document.problems] == [
        "f.yaml:1:4",
        "f.yaml:2:4",
        "f.yaml:3:4",
    ]


def test_a_tag_runs_nothing(tmp_path: Path) -> None:
    target = tmp_path / "made"
    text = f"a: !!python/object/apply:os.mkdir ['{target.as_posix()}']"
    assert read_text(text).problems
    assert not target.exists()


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_has_an_end(opening: str) -> None:
    text = opening * 5000
    problems = read_text(text).problems
    assert len(problems) == 1
    assert str(MAX_DEPTH) in problems[0].message


def test_as_deep_as_allowed_is_read() -> None:
    levels = MAX_DEPTH
    assert read_text("[" * levels + "]" * levels).problems == ()


def test_aliases_cannot_unfold_without_end() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for index in range(1, 12):
        name, before = chr(97 + index), chr(96 + index)
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    problems = read_text("\n".join(lines)).problems
    assert len(problems) == 1
    assert "aliases" in problems[0].message


def test_a_value_cannot_hold_itself() -> None:
    assert "stands for nothing" in read_text("a: &a [*a]").problems[0].message


def test_the_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfkey: value\r\nother: 1\r\n")
    assert read(path).data == {"key": "value", "other": 1}


@pytest.mark.parametrize(
    ("content", "line"), [(b"a: \xff\n", 1), ("a: b\nc: é".encode("utf-16"), 1), (b"a: 1\n\xe9", 2)]
)
def test_other_encodings_are_named(content: bytes, line: int, tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(content)
    problem = read(path, "f.yaml").problems[0]
    assert "UTF-8" in problem.message
    assert problem.where.startswith(f"f.yaml:{line}:")


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert "larger than" in read(path).problems[0].message


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    problem = read(tmp_path / "none.yaml", "none.yaml").problems[0]
    assert problem.where == "none.yaml"
    assert "cannot be read" in problem.message


def test_a_folder_is_a_problem(tmp_path: Path) -> None:
    assert read(tmp_path).problems


def test_names_are_relative_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    path = tmp_path / "sub" / "f.yaml"
    path.write_text("a: 1", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read(path).name == "sub/f.yaml"


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcdefgh-", min_size=1, max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(plain)
def test_json_is_read_as_it_was_written(data: Any) -> None:
    """JSON is YAML: what any program writes comes back, unless the file holds nothing."""
    text = json.dumps({"data": data}, ensure_ascii=False)
    assert read_text(text).data == {"data": data}


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    document = read_text(text, "f.yaml")
    assert bool(document.problems) == (document.data is None) or document.data is None
    for problem in document.problems:
        assert problem.where.startswith("f.yaml:")
        assert problem.hint


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    from selfassess.loading.source import read_bytes

    document = read_bytes(content, "f.yaml")
    assert document.problems or document.name == "f.yaml"
