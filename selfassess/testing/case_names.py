"""Checks the names in a case before it runs: each fault in the case's own file, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, get_args

from selfassess.errors import Problem, nearest
from selfassess.loading.packs import in_file_order
from selfassess.measuring.units import factor
from selfassess.model.framework import Framework
from selfassess.model.measure import Signal
from selfassess.testing.case_file import Case

if TYPE_CHECKING:
    from selfassess.loading.library import Library
    from selfassess.loading.source import Document, KeyPath

__all__ = ["case_problems"]


def case_problems(
    case: Case, document: Document, library: Library, framework: Framework
) -> tuple[Problem, ...]:
    """Every name in a case that nothing bears; the case's outcome is not looked at.

    Args:
        case: the case.
        document: its file, for places.
        library: measures, topics and dimensions.
        framework: the one that it is judged by.
    """
    return in_file_order([*_Names(case, document, library, framework).problems()])


class _Names:
    def __init__(
        self, case: Case, document: Document, library: Library, framework: Framework
    ) -> None:
        self._case = case
        self._document = document
        self._library = library
        self._framework = framework
        self._measures = {
            name: measure
            for measure in library.measures.values()
            for name in (measure.id, *measure.aliases)
        }
        self._judgements = {node.id: node for node in framework.judgements()}

    def problems(self) -> Iterator[Problem]:
        yield from self._readings()
        for index, entry in enumerate(self._case.statements):
            at: KeyPath = ("statements", index)
            yield from self._topic(entry.topic, (*at, "topic"))
            yield from self._scope(entry.where, (*at, "where"))
            nodes = [node.id for node in self._framework.walk()]
            for key in ("criterion", "judgement"):
                name = getattr(entry, key)
                if name is not None:
                    yield from self._one_of("node of the framework", name, nodes, (*at, key))
        for node, grade in self._case.claim.items():
            yield from self._grade(node, grade, ("claim", node))
        yield from self._expected()

    def _readings(self) -> Iterator[Problem]:
        for index, reading in enumerate(self._case.readings):
            at: KeyPath = ("readings", index)
            yield from self._one_of("measure", reading.measure, self._measures, (*at, "measure"))
            yield from self._scope(reading.where, (*at, "where"))
            measure = self._measures.get(reading.measure)
            if measure is not None and reading.unit and factor(reading.unit, measure) is None:
                yield Problem(
                    self._document.place((*at, "unit")),
                    f"'{reading.unit}' does not convert to {measure.unit}, the unit of "
                    f"'{measure.id}'.",
                    nearest(reading.unit, {measure.unit, *measure.units}) or "Leave it out.",
                )

    def _expected(self) -> Iterator[Problem]:
        expect, at = self._case.expect, "expect"
        for key, levels in expect.signals.items():
            place: KeyPath = (at, "signals", key)
            name = key.partition("[")[0].strip()
            yield from self._one_of("measure", name, self._measures, place, key=True)
            for index, level in enumerate(levels):
                if level is not None:
                    yield from self._one_of("signal", level, get_args(Signal), (*place, index))
        for section in ("topics_raised", "strengths", "quiet", "secure"):
            for index, topic in enumerate(getattr(expect, section)):
                yield from self._topic(topic, (at, section, index))
        for node, grade in expect.ceiling_at_most.items():
            yield from self._grade(node, grade, (at, "ceiling_at_most", node))
        for index, node in enumerate(expect.claim_challenged):
            place = (at, "claim_challenged", index)
            yield from self._one_of("judgement", node, self._judgements, place)
        for index, item in enumerate(self._case.must_not):
            if not isinstance(item, str):
                for node, grade in item.ceiling_below.items():
                    yield from self._grade(node, grade, ("must_not", index, "ceiling_below", node))

    def _topic(self, name: str, path: KeyPath) -> Iterator[Problem]:
        yield from self._one_of("topic", name, self._library.topics, path)

    def _scope(self, where: Mapping[str, object], path: KeyPath) -> Iterator[Problem]:
        for key, value in where.items():
            dimension = self._library.dimensions.get(key)
            if dimension is None:
                known = self._library.dimensions
                yield from self._one_of("dimension", key, known, (*path, key), key=True)
            elif dimension.values:
                said = ("yes" if value else "no") if isinstance(value, bool) else value
                kind = f"value of the dimension '{key}'"
                yield from self._one_of(kind, str(said), dimension.values, (*path, key))

    def _grade(self, node: str, grade: str, path: KeyPath) -> Iterator[Problem]:
        if node not in self._judgements:
            yield from self._one_of("judgement", node, self._judgements, path, key=True)
            return
        scale = self._framework.scale(self._judgements[node].scale)
        if scale is not None:
            levels = [level.id for level in scale.levels]
            yield from self._one_of(f"grade of '{node}'", grade, levels, path)

    def _one_of(
        self, kind: str, name: str, valid: Iterable[str], path: KeyPath, *, key: bool = False
    ) -> Iterator[Problem]:
        names = tuple(valid)
        if name not in names:
            yield Problem(
                self._document.place(path, key=key),
                f"'{name}' is no {kind}.",
                nearest(name, names, few=True),
            )
