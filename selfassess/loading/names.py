"""The names that a file may use, and what to say of one that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from selfassess.errors import Problem, nearest
from selfassess.loading.source import KeyPath
from selfassess.model.measure import Dimension, Measure, Topic

__all__ = ["Names", "Where", "is_share", "unknown"]


class Where(Protocol):
    """Gives the place of a thing, or of a value in it, as ``file:line:column``."""

    def __call__(self, kind: str, identifier: str, path: KeyPath = (), *, nth: int = 0) -> str:
        """The place of the value at `path` in the thing of this kind and id."""
        ...


@dataclass(frozen=True, slots=True)
class Names:
    """Topics, measures and dimensions that exist.

    Attributes:
        complete: whether every file that could bring some was read; if not, an unknown name proves
            nothing and is passed over.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    complete: bool = True

    def topic(self, name: str, where: str) -> Iterator[Problem]:
        """Nothing, or that the topic does not exist."""
        if self.complete and name not in self.topics:
            yield unknown("topic", name, self.topics, where)

    def measure(self, name: str, where: str) -> Iterator[Problem]:
        """Nothing, or that no plugin brings the measure."""
        if not self.complete or name in self.measures:
            return
        if any(name in measure.aliases for measure in self.measures.values()):
            current = next(m.id for m in self.measures.values() if name in m.aliases)
            yield Problem(
                where, f"the measure '{name}' has a new id: '{current}'.", f"Write '{current}'."
            )
            return
        hint = nearest(name, self.measures)
        if not hint.startswith("Did you"):
            hint = (
                "Install the plugin that brings it; `selfassess measures list` shows what there is."
            )
        yield Problem(where, f"no plugin brings the measure '{name}'.", hint)

    def better(self, measure: str) -> str | None:
        """Which way a measure is good; None where it is not known."""
        found = self.measures.get(measure)
        return found.better if found else None

    def is_share(self, measure: str) -> bool:
        """Whether a measure is known to give so many of so many, in percent."""
        found = self.measures.get(measure)
        return found is not None and is_share(found)

    def scope(self, pairs: Mapping[str, str], at: Callable[..., str]) -> Iterator[Problem]:
        """Nothing, or which dimensions and values of a ``where`` do not exist."""
        if not self.complete:
            return
        for name, value in pairs.items():
            dimension = self.dimensions.get(name)
            if dimension is None:
                yield unknown("dimension", name, self.dimensions, at(name))
            elif dimension.values and value not in dimension.values:
                yield unknown(f"value of '{name}'", value, dimension.values, at(name))


def unknown(kind: str, name: str, valid: Iterable[str], where: str) -> Problem:
    """A name that does not exist, with the nearest that does."""
    names = tuple(valid)
    hint = nearest(name, names, few=True)
    if not hint:
        hint = "None is declared here." if not names else "Check the spelling."
    return Problem(where, f"there is no {kind} called '{name}' here.", hint)


def is_share(measure: Measure) -> bool:
    """Whether a measure is known to give so many of so many, in percent."""
    ways = (measure, *measure.ways)
    parts = any(each.numerator or each.clock for each in ways)
    whole = all(each.ratio is None and each.aggregate in (None, "share") for each in ways)
    return measure.unit == "percent" and parts and whole
