"""Data classes of `selfassess.records` do what those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import field
from typing import Any, Generic, TypeVar

import pytest
from pydantic import TypeAdapter, ValidationError

from selfassess import records

T = TypeVar("T")


@records.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One that can be found by its name, as unpickling does."""

    name: str
    parts: tuple[str, ...] = ()


def made_by(decorator: Callable[..., Any]) -> tuple[Any, Any, Any]:
    @decorator(frozen=True, slots=True)
    class Place:
        sheet: str
        row: int = 1
        seen: list[int] = field(default_factory=list)
        at: int = field(default=0, compare=False)
        hidden: str = field(default="", repr=False)

    @decorator(frozen=True, slots=True, kw_only=True)
    class Cell(Place):
        column: str
        row: int = 7

    @decorator(frozen=True, slots=True)
    class Nothing(Generic[T]):
        pass

    return Place, Cell, Nothing


OURS = made_by(records.dataclass)
THEIRS = made_by(dataclasses.dataclass)
BOTH = pytest.mark.parametrize("made", [OURS, THEIRS], ids=["ours", "theirs"])


@BOTH
def test_values_defaults_and_order_of_fields(made: Any) -> None:
    place, cell, _ = made
    one = place("a", 3, [1], 5, "x")
    assert dataclasses.astuple(one) == ("a", 3, [1], 5, "x")
    assert dataclasses.astuple(place("a")) == ("a", 1, [], 0, "")
    assert place("a").seen is not place("a").seen
    assert dataclasses.asdict(cell("a", column="B")) == {
        "sheet": "a", "row": 7, "seen": [], "at": 0, "hidden": "", "column": "B",
    }  # fmt: skip
    assert dataclasses.replace(one, row=4) == place("a", 4, [1], 0, "x")
    assert [each.name for each in dataclasses.fields(cell)] == [
        "sheet", "row", "seen", "at", "hidden", "column",
    ]  # fmt: skip


@BOTH
def test_what_is_missing_or_too_much_is_refused(made: Any) -> None:
    place, cell, nothing = made
    for wrong in (
        lambda: place(),
        lambda: place("a", colour="red"),
        lambda: cell("a", "B"),
        lambda: cell("a"),
        lambda: nothing(1),
    ):
        with pytest.raises(TypeError):
            wrong()


@BOTH
def test_equal_are_those_of_one_class_with_equal_compared_fields(made: Any) -> None:
    place, cell, nothing = made
    assert place("a", at=1) == place("a", at=2)
    assert place("a") != place("a", 2)
    assert place("a") != "a"
    assert nothing() == nothing()
    assert cell("a", column="B", row=1) != place("a")
    flat = place("a", 1, (), 4)
    assert len({flat, place("a", 1, (), 5), place("a", 1, (), 5, "x")}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(place("a"))


@BOTH
def test_nothing_changes_one(made: Any) -> None:
    for one in (made[0]("a"), made[1]("a", column="B")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.row = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del one.row
        # The standard library's own check stumbles over classes with slots.
        with pytest.raises((AttributeError, TypeError)):
            one.other = 2
        assert not hasattr(one, "__dict__")


def test_they_print_and_are_called_alike() -> None:
    for ours, theirs, given in zip(OURS, THEIRS, ({}, {"column": "B"}, {}), strict=True):
        one = [made(*(["a"] if ours is not OURS[2] else []), **given) for made in (ours, theirs)]
        assert repr(one[0]) == repr(one[1])
        assert ours.__match_args__ == theirs.__match_args__
        parameters = [
            [(p.name, p.kind) for p in inspect.signature(made).parameters.values()]
            for made in (ours, theirs)
        ]
        assert parameters[0] == parameters[1]


def test_a_generic_one_can_be_called_with_its_type() -> None:
    assert OURS[2][int]() == OURS[2]()


def test_one_can_be_copied_and_sent() -> None:
    one = Kept(name="a", parts=("b",))
    for same in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301
        assert same == one
        assert same.parts == ("b",)


def test_pydantic_takes_them() -> None:
    found = TypeAdapter(Kept).validate_python({"name": "a", "parts": ["b", "c"]})
    assert found == Kept(name="a", parts=("b", "c"))
    with pytest.raises(ValidationError):
        TypeAdapter(Kept).validate_python({"parts": []})


def test_what_may_change_is_left_to_the_standard_library() -> None:
    @records.dataclass(slots=True)
    class Count:
        n: int = 0

    @records.dataclass
    class Loose:
        n: int = 0

    @records.dataclass(frozen=True, slots=True, order=True)
    class Ranked:
        n: int

    for one in (Count(), Loose()):
        one.n += 1
        assert one.n == 1
    assert Ranked(1) < Ranked(2)
