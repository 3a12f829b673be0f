"""Data that were valid before become the models that validation made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from selfassess.loading.decode import build
from selfassess.model.common import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    from_: dt.date | None = None
    weight: float = 1.0
    grade: Literal["good", "poor"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: str | None = None
    children: tuple[Tree, ...] = ()
    leaves: tuple[Leaf, ...] | Leaf | None = None
    limit: int | float | str | None = None
    other: str | float | int | None = None
    cases: Mapping[str, tuple[float, ...] | bool] | None = None
    rows: tuple[tuple[float | None, ...], ...] = ()


def plain(**values: Any) -> dict[str, Any]:
    return values


leaves = st.fixed_dictionaries(
    {"id": st.text(max_size=3)},
    optional={
        "from": st.dates().map(dt.date.isoformat),
        "weight": st.integers(-3, 3) | st.floats(allow_nan=False),
        "grade": st.sampled_from(["good", "poor"]),
    },
)
limits = st.one_of(st.integers(-9, 9), st.floats(allow_nan=False), st.text(max_size=3))
members = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text(max_size=3),
        "leaves": leaves | st.lists(leaves, max_size=3),
        "limit": limits,
        "other": limits,
        "cases": st.dictionaries(
            st.text(max_size=2),
            st.booleans() | st.lists(st.floats(allow_nan=False), max_size=2),
            max_size=2,
        ),
        "rows": st.lists(st.lists(st.none() | st.floats(allow_nan=False), max_size=2), max_size=2),
    },
)
trees = st.recursive(
    members, lambda inner: st.builds(lambda own, below: own | {"children": below}, members,
                                     st.lists(inner, max_size=2)), max_leaves=4
)  # fmt: skip


@given(trees)
def test_what_is_valid_is_built_as_validation_builds_it(data: dict[str, Any]) -> None:
    assert build(data, Tree) == TypeAdapter(Tree).validate_python(listless(data))


def listless(data: Any) -> Any:
    """The same with tuples in place of lists, as only JSON may hold lists for them."""
    if isinstance(data, dict):
        return {key: listless(value) for key, value in data.items()}
    return tuple(map(listless, data)) if isinstance(data, list) else data


def test_keys_with_nothing_after_them_are_left_out() -> None:
    assert build(plain(title=None, children=[plain(limit=None)]), Tree) == Tree(children=(Tree(),))
    assert build(plain(cases={"a": None, "b": True}), Tree) == Tree(cases={"b": True})
    assert build(None, Tree) is None


def test_one_kind_of_data_does_not_settle_what_the_next_is() -> None:
    first = build(plain(leaves=[{"id": "a", "weight": 2}]), Tree)
    assert first.leaves == (Leaf(id="a", weight=2.0),)
    assert type(first.leaves[0].weight) is float
    assert build(plain(leaves={"id": "b"}), Tree).leaves == Leaf(id="b")
    kinds = [type(build(plain(limit=n, other=n), Tree).limit) for n in (1, 1.5, "x", 2)]
    assert kinds == [int, float, str, int]


@pytest.mark.parametrize("data", [{"nosuch": 1}, {"leaves": {"from": "soon"}}, {"leaves": 3}])
def test_what_fits_no_model_is_an_exception(data: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, IndexError, AttributeError)):
        build(data, Tree)
