"""Asks the reasons to look at a child: which rows each holds for, and where those stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError, PluginError, Problem
from selfassess.loading.pinpoint import Pinpoint
from selfassess.loading.source import KeyPath
from selfassess.measuring.check import compiled_of
from selfassess.measuring.drilldown import drill_down
from selfassess.measuring.labels import NOT_RECORDED
from selfassess.measuring.placing import placed
from selfassess.measuring.relations import Relations
from selfassess.measuring.session import Session, relations_of
from selfassess.model.measure import Computation, Measure
from selfassess.model.sampling import (
    OUTCOMES,
    Pathway,
    SampleReason,
    SampleRows,
    Sampling,
    SamplingFile,
)

if TYPE_CHECKING:
    from selfassess.loading.library import Library

__all__ = ["Asked", "ChildFound", "ask_reasons", "check_reasons"]


@dataclass(slots=True)
class ChildFound:
    """What was found of one child.

    Attributes:
        pathway: its place among the pathways; their number where the child is on none.
        shown: further columns, by heading.
        places: for each reason that holds, where its rows stand: (file, sheet, row).
    """

    child: str
    pathway: int
    shown: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked and found.

    Attributes:
        reasons: by id, in the order of files.
        pathways: in order.
        headings: of further columns.
        children: by id.
        not_asked: reasons and pathways that the evidence could not answer, and why.
    """

    reasons: Mapping[str, SampleReason]
    pathways: Sequence[Pathway]
    headings: tuple[str, ...]
    children: Mapping[str, ChildFound]
    not_asked: tuple[tuple[str, str], ...]


def ask_reasons(library: Library, session: Session) -> Asked:
    """Find the children that reasons hold for.

    Raises:
        PluginError: an expression is at fault; as ``file:line:column``.
    """
    files = [each.sampling for each in library.sampling.values()]
    pathways = [(file, pathway) for file in files for pathway in file.pathways]
    reasons = [(file, reason) for file in files for reason in file.reasons]
    headings = tuple(dict.fromkeys(heading for file in files for heading in file.show))
    none = len(pathways)
    children: dict[str, ChildFound] = {}
    not_asked: list[tuple[str, str]] = []

    def asked(file: Sampling, item: Pathway | SampleReason) -> Iterator[_Row]:
        try:
            yield from _rows(file, item.rows, item.id, library, session)
        except MeasureError as error:
            title = item.title if isinstance(item, Pathway) else item.text
            not_asked.append((title, error.message))

    for place, (file, pathway) in enumerate(pathways):
        for row in asked(file, pathway):
            found = children.setdefault(row.child, ChildFound(row.child, place))
            _show(found, row.shown)
    for file, reason in reasons:
        for row in asked(file, reason):
            found = children.setdefault(row.child, ChildFound(row.child, none))
            _show(found, row.shown)
            found.places.setdefault(reason.id, []).append(row.place)
    return Asked(
        reasons={reason.id: reason for _, reason in reasons},
        pathways=[pathway for _, pathway in pathways],
        headings=headings,
        children={key: found for key, found in children.items() if found.places},
        not_asked=tuple(not_asked),
    )


def check_reasons(library: Library) -> None:
    """Check the expressions of every sampling file, without evidence.

    Raises:
        PluginError: every fault found, as ``file:line:column``.
    """
    relations, _ = relations_of(library.tables, library.views, library.settings)
    problems: list[Problem] = []
    for each in library.sampling.values():
        faults = list(_faults(each, library, relations))
        if faults:
            file = Pinpoint(each.path, each.name)
            problems += [placed(file, *fault) for fault in faults]
    if problems:
        raise PluginError(problems=problems)


@dataclass(frozen=True, slots=True)
class _Row:
    child: str
    place: tuple[str, str, int]
    shown: Mapping[str, str]


_Fault = tuple[KeyPath, str, Problem]
"""Where the rows begin that are at fault, what they are for, and the fault."""


def _rows(
    file: Sampling, rows: SampleRows, name: str, library: Library, session: Session
) -> Iterator[_Row]:
    """The rows of children that are meant, in the order of files, sheets and rows."""
    show = (file.child, *file.show.values())
    if rows.measure is not None:
        measure = library.measures[rows.measure]
        wanted = frozenset[str]().union(*(OUTCOMES[word] for word in rows.outcome))
    else:
        measure, wanted = _picking(rows, name), OUTCOMES["counted"]
    drill = drill_down(measure, session, rows.where, show)
    first = 4 + len(drill.key_columns) - len(show)
    key = drill.key_columns.index(file.child)
    for outcome, path, sheet, row, *cells in drill.rows:
        labels = cells[first - 4 :]
        child = labels[0] if labels[0] is not None else cells[key]
        if outcome in wanted and child is not None and child != NOT_RECORDED:
            shown = {
                heading: str(label)
                for heading, label in zip(file.show, labels[1:], strict=True)
                if label is not None and label != NOT_RECORDED
            }
            yield _Row(str(child), (str(path), str(sheet), int(str(row))), shown)


def _picking(rows: SampleRows, name: str) -> Measure:
    """Rows of a table that a condition picks, as a measure that counts them."""
    return Measure(
        id=name,
        title=name,
        unit="rows",
        better="none",
        about="compliance",
        topics=(),
        why="",
        from_=rows.from_,
        filter=rows.filter,
        at=rows.at,
        over=rows.over,
        date=rows.date,
        let=rows.let,
        aggregate="count",
    )


def _show(found: ChildFound, shown: Mapping[str, str]) -> None:
    """Fill in columns that are still empty: what a pathway's row says comes first."""
    for heading, text in shown.items():
        found.shown.setdefault(heading, text)


def _faults(each: SamplingFile, library: Library, relations: Relations) -> Iterator[_Fault]:
    file = each.sampling
    listed: Iterable[tuple[KeyPath, str, SampleRows]] = (
        *(
            (("pathways", index, "rows"), f"pathway '{each.id}'", each.rows)
            for index, each in enumerate(file.pathways)
        ),
        *(
            (("reasons", index, "rows"), f"reason '{each.id}'", each.rows)
            for index, each in enumerate(file.reasons)
        ),
    )
    for path, thing, rows in listed:
        computation: Computation
        if rows.measure is not None:
            if fault := _child_fault(rows, file, library, relations):
                yield path, thing, fault
            continue
        computation = _picking(rows, "")
        try:
            compiled_of(computation, (file.child,), relations, library.settings)
        except MeasureError as error:
            for problem in error.problems:
                yield path, thing, problem


def _child_fault(
    rows: SampleRows, file: Sampling, library: Library, relations: Relations
) -> Problem | None:
    """Why a measure's rows name no child; None where they do."""
    from selfassess.measuring.computing import part, ways

    measure = library.measures[rows.measure or ""]
    for way in ways(measure):
        pieces = [part(way, p) for p in (way.ratio.of, way.ratio.to)] if way.ratio else [way]
        for piece in pieces:
            relation = relations.get(piece.from_ or "")
            if relation is not None and file.child not in relation.columns:
                return Problem(
                    "measure",
                    f"rows of '{measure.id}' come from {relation.title}, which has no column "
                    f"'{file.child}': they name no child.",
                    "Take another measure.",
                )
    if not any(True for _ in ways(measure)):
        return Problem(
            "measure",
            f"'{measure.id}' takes published figures only: there are no rows.",
            "Take a measure that is computed from rows.",
        )
    return None
