"""Checks measures and views when packs are loaded: every expression, every name, at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError, Problem, nearest
from selfassess.measuring.answer import labels
from selfassess.measuring.compile import compile_computation
from selfassess.measuring.compiled import Compiled
from selfassess.measuring.computing import is_computed, part, ways
from selfassess.measuring.quality import quality_problems
from selfassess.measuring.relations import Relation, Relations
from selfassess.measuring.session import relations_of, shared_for
from selfassess.measuring.windows import parse_span
from selfassess.model.measure import Computation, Measure, Setting

if TYPE_CHECKING:
    from selfassess.loading.library import Library

__all__ = ["check_measures", "compiled_of", "problems_of"]

ANY_DAY = dt.date(2025, 3, 31)
"""Checking depends on no day; SQL that is only shown has this one."""


def check_measures(library: Library) -> None:
    """Check every measure and view of a library.

    Raises:
        MeasureError: every fault found, each with pack, measure, key and column.
    """
    problems = problems_of(library)
    if problems:
        raise MeasureError(problems=problems)


def problems_of(library: Library) -> list[Problem]:
    """Every fault of the library's measures and views."""
    relations, found = relations_of(library.tables, library.views, library.settings)
    for measure in library.measures.values():
        pack = library.origins.get(("measure", measure.id), "")
        head = f"{pack}: {measure.id}" if pack else measure.id
        for problem in _unique(_measure(measure, library, relations)):
            where = f"{head}: {problem.where}" if problem.where else head
            found.append(dataclasses.replace(problem, where=where))
    return [*found, *_unique(quality_problems(library, relations))]


def compiled_of(
    computation: Computation,
    by: Iterable[str],
    relations: Relations,
    settings: Mapping[str, Setting],
    as_at: dt.date = ANY_DAY,
    *,
    doubtful: bool = True,
) -> Compiled:
    """Compile without evidence.

    Args:
        computation: what to compile.
        by: breakdowns to look for.
        relations: tables and views.
        settings: local standards.
        as_at: the day that is written into the SQL.
        doubtful: whether every cell may be unknown, as on an engine that was not asked.
    """

    def doubts(relation: Relation, column: str) -> bool:
        return doubtful and column not in relation.key

    return compile_computation(
        computation, shared_for(relations, settings, as_at, doubts), tuple(by)
    )


def _measure(measure: Measure, library: Library, relations: Relations) -> Iterator[Problem]:
    for topic in measure.topics:
        if topic not in library.topics:
            yield Problem("topics", f"'{topic}' is no topic.", nearest(topic, library.topics))
    named = [name for item in labels(measure) for name in item]
    for where, names in (("by", named), ("dimensions", measure.dimensions)):
        for name in names:
            if name not in library.dimensions:
                hint = nearest(name, library.dimensions)
                yield Problem(where, f"'{name}' is no dimension.", hint)
    for index, band in enumerate(measure.bands):
        for name in band.where:
            if name not in library.dimensions:
                hint = nearest(name, library.dimensions)
                yield Problem(f"bands {index + 1} where", f"'{name}' is no dimension.", hint)
    if not is_computed(measure):
        if measure.by:
            yield Problem(
                "by", "only computed measures are broken down.", "List dimensions instead."
            )
        return
    names = [way.name for way in measure.ways]
    for name in {name for name in names if names.count(name) > 1}:
        yield Problem("ways", f"two ways are called '{name}'.")
    understood: set[str] = set()
    for way in ways(measure):
        head = f"way {way.name}: " if way.name else ""
        yield from _computation(way, named, library, relations, head, understood)
    if measure.reference and measure.reference.compute:
        compute = measure.reference.compute
        yield from _computation(compute, named, library, relations, "reference: ", set())
    for name in named:
        if name not in understood:
            yield Problem(
                "by", f"no way has a column, a let or a period called '{name}'.", "Add it to let."
            )


def _computation(
    computation: Computation,
    named: list[str],
    library: Library,
    relations: Relations,
    head: str,
    understood: set[str],
) -> Iterator[Problem]:
    if computation.ratio is None:
        yield from _plain(computation, named, library, relations, head, understood)
        return
    for key in ("clock", "numerator", "value", "aggregate", "per", "from_", "filter", "follow_up"):
        if getattr(computation, key) is not None:
            yield Problem(f"{head}{key.rstrip('_')}", "belongs to `of` or `to` of the ratio.")
    sides: list[set[str]] = []
    for name, piece in (("of", computation.ratio.of), ("to", computation.ratio.to)):
        if piece.ratio is not None:
            yield Problem(f"{head}ratio.{name}", "a ratio's side is no ratio itself.")
            continue
        side: set[str] = set()
        whole = part(computation, piece)
        yield from _plain(whole, named, library, relations, f"{head}ratio.{name}: ", side)
        sides.append(side)
    yield from _needs(computation, relations, head)
    if len(sides) == 2:
        understood |= sides[0] & sides[1]


def _plain(
    computation: Computation,
    named: list[str],
    library: Library,
    relations: Relations,
    head: str,
    understood: set[str],
) -> Iterator[Problem]:
    try:
        compiled = compiled_of(computation, dict.fromkeys(named), relations, library.settings)
        understood |= set(compiled.dimensions)
    except MeasureError as error:
        if not error.problems:
            yield Problem(head.rstrip(": "), error.message, error.hint)
        for problem in error.problems:
            yield dataclasses.replace(problem, where=f"{head}{problem.where}")
        # Without a compiled way it cannot be told which breakdowns it has.
        understood |= set(named)
    yield from _needs(computation, relations, head)


def _needs(computation: Computation, relations: Relations, head: str) -> Iterator[Problem]:
    for name, need in computation.needs.items():
        relation = relations.get(name)
        where = f"{head}needs {name}"
        if relation is None:
            yield Problem(where, f"'{name}' is no table or view.", relations.hint(name))
        elif not isinstance(need, str):
            for column in need:
                if column not in relation.columns:
                    hint = nearest(column, relation.columns)
                    yield Problem(where, f"'{column}' is no column of it.", hint)
        elif need != "present":
            try:
                span = parse_span(need)
            except MeasureError as error:
                hint = "Write present, a history (24 months) or a list of columns."
                yield Problem(where, error.message, hint)
                continue
            if relation.event is None:
                yield Problem(where, f"{relation.title} has no event date to measure a history by.")
            elif span.unit == "working days":
                yield Problem(where, "a history is counted in days, weeks or months.")


def _unique(problems: Iterable[Problem]) -> Iterator[Problem]:
    yield from dict.fromkeys(problems)
