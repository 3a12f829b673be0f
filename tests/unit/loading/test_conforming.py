"""What conforms is what pydantic accepts, to the same value; all that is shipped conforms."""

from __future__ import annotations

import copy
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from selfassess.loading.conforming import conforms
from selfassess.loading.decode import build
from selfassess.loading.packs import _model, yaml_files
from selfassess.loading.source import quick_data
from selfassess.loading.validate import given as given_of
from selfassess.model.common import STRICT
from selfassess.registry import Registry


@cache
def shipped() -> tuple[tuple[str, Any, Any], ...]:
    """Each file of a built-in pack, its data and its model."""
    found = []
    for pack in Registry.load().packs:
        for _, file in yaml_files(pack.root):
            data = quick_data(file.read_bytes())
            assert isinstance(data, dict), file
            model = _model(data["schema"], data)
            found.append((file.name, {k: v for k, v in data.items() if k != "schema"}, model))
    return tuple(found)


@cache
def adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def agrees(data: Any, model: Any) -> bool:
    """Whether data conform; then pydantic makes the same of them, types of numbers included."""
    if not conforms(data, model):
        return False
    given_ = given_of(data, model)
    value = adapter(model).validate_json(json.dumps(given_), strict=True)
    assert repr(value) == repr(build(data, model))
    return True


def test_all_that_is_shipped_conforms() -> None:
    for name, data, model in shipped():
        assert agrees(data, model), name


def test_a_first_start_does_without_pydantic(tmp_path: Path) -> None:
    code = (
        "import sys; from selfassess.toolkit import Toolkit; Toolkit.load(cache=False); "
        "sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0


VALUES: list[Any] = [
    None,
    "",
    "x",
    "good",
    "yes",
    "2026-01-31",
    "2026-02-31",
    "2026-01-31T10:00:00",
    "20260131",
    0,
    1,
    -1.5,
    2**70,
    float("nan"),
    float("inf"),
    True,
    False,
    [],
    ["x"],
    [None],
    [1, "x"],
    [["x", "y"]],
    {},
    {"x": 1},
    {"id": "x"},
    {"x": None},
    {1: "x"},
]


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    found = [(data, key) for key in keys]
    for key in keys:
        found += places(data[key])
    return found


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_what_conforms_is_what_pydantic_accepts(draw: st.DataObject) -> None:
    """Whatever one or two places of a shipped file are changed to."""
    _, sound, model = draw.draw(st.sampled_from(shipped()))
    data = copy.deepcopy(sound)
    for _ in range(draw.draw(st.integers(1, 2))):
        spots = places(data)
        if not spots:
            break
        holder, key = spots[draw.draw(st.integers(0, len(spots) - 1))]
        how = draw.draw(st.sampled_from(["put", "put", "take", "add"]))
        value = copy.deepcopy(draw.draw(st.sampled_from(VALUES)))
        if how == "put":
            holder[key] = value
        elif how == "take":
            del holder[key]
        elif isinstance(holder, dict):
            holder[draw.draw(st.sampled_from(["id", "note", "x", "if", "if_", "from_"]))] = value
        else:
            holder.append(value)
    agrees(data, model)


@dataclass(frozen=True, kw_only=True)
class Odd:
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    text: str
    number: float = 0
    whole: int = 0
    truth: bool = False
    day: dt.date | None = None
    word: Literal["a", "b"] = "a"
    either: str | int | tuple[str, ...] = ""
    many: tuple[int, ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()
    by_name: Mapping[str, float] = field(default_factory=dict)
    several: tuple[dt.date | None, ...] = ()
    anything: Any = None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"text": "x"}, True),
        ({}, False),
        ({"text": None}, False),
        ({"text": 1}, False),
        ({"text": "x", "more": 1}, False),
        ({"text": "x", "number": 1}, True),
        ({"text": "x", "number": True}, False),
        ({"text": "x", "number": "1"}, False),
        ({"text": "x", "number": float("nan")}, False),
        ({"text": "x", "whole": 1.0}, False),
        ({"text": "x", "whole": True}, False),
        ({"text": "x", "truth": 1}, False),
        ({"text": "x", "day": "2026-01-31"}, True),
        ({"text": "x", "day": "2026-02-31"}, False),
        ({"text": "x", "day": None}, True),
        ({"text": "x", "word": "c"}, False),
        ({"text": "x", "either": 1}, True),
        ({"text": "x", "either": ["a"]}, True),
        ({"text": "x", "either": 1.5}, False),
        ({"text": "x", "many": [1, 2]}, True),
        ({"text": "x", "many": [1, None]}, False),
        ({"text": "x", "many": 1}, False),
        # Of a fixed length: left to pydantic.
        ({"text": "x", "pairs": [["a", 1]]}, False),
        ({"text": "x", "by_name": {"a": 1, "b": None}}, True),
        ({"text": "x", "by_name": {1: 1}}, False),
        ({"text": "x", "several": ["2026-01-31"]}, True),
        ({"text": "x", "anything": [{"a": [1, None, "x"]}]}, True),
        ({"text": "x", "anything": {1: 2}}, False),
        ([], False),
        ("x", False),
    ],
)
def test_by_hand(data: Any, expected: bool) -> None:
    assert conforms(data, Odd) is expected
    assert agrees(data, Odd) is expected
