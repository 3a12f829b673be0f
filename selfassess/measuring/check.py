"""Checks measures and views when packs are loaded: every expression, every name, at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError, Problem, nearest
from selfassess.loading.packs import in_file_order
from selfassess.measuring.compile import compile_computation
from selfassess.measuring.compiled import Compiled
from selfassess.measuring.computing import is_computed, part, ways
from selfassess.measuring.frames import Frame
from selfassess.measuring.language import LanguageError, parse
from selfassess.measuring.lets import idle_lets, is_read, overgrown
from selfassess.measuring.placing import Places
from selfassess.measuring.quality import quality_problems
from selfassess.measuring.reckoned import labels
from selfassess.measuring.relations import Relation, Relations
from selfassess.measuring.session import relations_of, shared_for
from selfassess.measuring.translate import condition
from selfassess.measuring.units import plain
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
        MeasureError: every fault found, as ``file:line:column`` with thing and key; of things that
            come from no file, with pack, id, key and column.
    """
    problems = problems_of(library)
    if problems:
        raise MeasureError(problems=problems)


def problems_of(library: Library) -> list[Problem]:
    """Every fault of the library's tables, views, measures and rules of data quality."""
    places = Places(library)
    closings = dict(_closings(library))
    # A condition that a table says wrongly is told once, there, not wherever the table is used.
    tables = {
        name: dataclasses.replace(spec, closed_when=None) if name in closings else spec
        for name, spec in library.tables.items()
    }
    relations, faults = relations_of(tables, library.views, library.settings)
    found = [places.put("table", name, problem) for name, problem in closings.items()]
    found += [places.view(problem) for problem in faults]
    for measure in library.measures.values():
        told = set()
        for problem in _measure(measure, library, relations):
            place = places.put("measure", measure.id, problem)
            # Ways that share an expression share its faults.
            if (place.where, problem.message) not in told:
                told.add((place.where, problem.message))
                found.append(place)
    for rule, problem in quality_problems(library, relations):
        found.append(places.put("quality rule", rule, problem))
    # What draws on a view with a fault does not lack a view: it waits for that one to be mended.
    waiting = tuple(f"'{name}' is no table or" for name in library.views)
    if waiting:
        found = [each for each in found if not any(name in each.message for name in waiting)]
    return list(in_file_order(found) if library.declared else dict.fromkeys(found))


def _closings(library: Library) -> Iterator[tuple[str, Problem]]:
    """Faults of the conditions under which rows of tables count as closed."""
    relations = Relations(library.tables)
    for relation in relations.values():
        if relation.closed_when is None:
            continue
        shared = shared_for(relations, library.settings, ANY_DAY, lambda _relation, _name: False)
        try:
            condition(parse(relation.closed_when), Frame(shared, relation, "b"))
        except LanguageError as error:
            where = f"closed_when, column {error.column}"
            yield relation.id, Problem(where, error.message, error.hint)


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
            yield Problem("topics", f"'{topic}' is no topic.", _near(topic, library.topics))
    yield from _unit(measure)
    named = [name for item in labels(measure) for name in item]
    for where, names in (("by", named), ("dimensions", measure.dimensions)):
        for name in names:
            if name not in library.dimensions:
                hint = _near(name, library.dimensions)
                yield Problem(where, f"'{name}' is no dimension.", hint)
    for index, band in enumerate(measure.bands):
        for name in band.where:
            if name not in library.dimensions:
                hint = _near(name, library.dimensions)
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
        if name not in understood and name in library.dimensions:
            yield Problem(
                "by", f"no way has a column, a let or a period called '{name}'.", "Add it to let."
            )


def _near(name: str, valid: Iterable[str]) -> str:
    return nearest(name, valid) or "`selfassess measures words` lists those that there are."


_EXACT = ("percent", "working-days")
"""Units that change how a figure is counted or read: another spelling would change it unseen."""


def _unit(measure: Measure) -> Iterator[Problem]:
    said = measure.unit.casefold().replace(" ", "-").replace("_", "-")
    meant = "percent" if said in ("%", "per-cent", "pct") else ""
    if not meant and plain(said) != plain("working-days"):
        meant = next(iter(difflib.get_close_matches(said, _EXACT, n=1, cutoff=0.8)), "")
    if meant and measure.unit != meant:
        yield Problem("unit", f"'{measure.unit}' is no unit.", f"Did you mean '{meant}'?")


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
    grown = [*overgrown(computation, head)]
    if computation.per is not None and not computation.per.key:
        grown.append(Problem(f"{head}per.key", "no column says who holds.", "Name one at least."))
    if computation.clock is not None:
        limit = computation.clock.limit
        cases = (limit,) if isinstance(limit, str) else limit
        if any(each.lstrip().startswith("-") for each in cases):
            said = "a limit below nothing can never be met."
            grown.append(Problem(f"{head}clock.limit", said, "Leave the minus out."))
    if grown:
        yield from grown
        understood |= set(named)
        return
    try:
        compiled = compiled_of(computation, dict.fromkeys(named), relations, library.settings)
        understood |= set(compiled.dimensions)
        yield from idle_lets(computation, named, relations, library.settings, head)
    except MeasureError as error:
        if not error.problems:
            yield Problem(head.rstrip(": "), error.message, error.hint)
        unread = {name for name, text in computation.let.items() if not is_read(text)}
        for problem in error.problems:
            # A name that could not be read is told where it is written, not where it is used.
            if not any(problem.message.startswith(f"'{name}' is nothing") for name in unread):
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
