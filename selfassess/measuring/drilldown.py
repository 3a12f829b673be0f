"""Which rows? The measure's query without its last step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selfassess.errors import MeasureError, nearest
from selfassess.evidence.cells import literal
from selfassess.measuring.compiled import Compiled
from selfassess.measuring.computing import is_computed, part, ways
from selfassess.measuring.labels import NOT_RECORDED
from selfassess.measuring.outcomes import OUTCOMES
from selfassess.measuring.reckoned import labels
from selfassess.measuring.session import Session
from selfassess.model.measure import Computation, Measure, Way

__all__ = ["PLAIN", "DrillDown", "drill_down"]

PLAIN = {"met": "counted", "failed": "not counted"}
"""Words for a condition, where met would sound like praise: an unallocated child is counted."""


@dataclass(frozen=True, slots=True)
class DrillDown:
    """The rows behind a reading.

    Attributes:
        key_columns: the names of what follows file, sheet and row in each of `rows`.
        rows: (outcome, file, sheet, row, *keys) in the order of files, sheets and rows.
        way: the way that was used.
    """

    key_columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    way: str | None = None


def drill_down(
    measure: Measure,
    session: Session,
    where: Mapping[str, str] | None = None,
    show: Sequence[str] = (),
) -> DrillDown:
    """List exactly the rows behind a measure's reading, with what became of each.

    For a measure of holders (``per``), each row carries its holder's outcome, so numerator and
    denominator are the different holders. For a ratio, rows are those of both sides.

    Args:
        measure: whose rows.
        session: the evidence.
        where: which part of the whole.
        show: columns or names of the measure to add to each row; None where a row has no such.

    Raises:
        MeasureError: only published figures answer it, the evidence supports none of its ways, or
            `where` names what it is not broken down by.
    """
    if not is_computed(measure):
        raise MeasureError(f"{measure.id} takes published figures only: there are no rows.")
    scope = dict(where or {})
    known = {name for item in labels(measure) for name in item}
    for name in scope:
        if name not in known:
            raise MeasureError(
                f"{measure.id} is not broken down by '{name}'.", hint=nearest(name, known)
            )
    lacking: list[str] = []
    for way in ways(measure):
        pieces = _pieces(way)
        names = tuple(dict.fromkeys((*scope, *show)))
        compiled = [(side, session.compile(each, names)) for side, each in pieces]
        missing = [
            word
            for (_, found), (_, each) in zip(compiled, pieces, strict=True)
            for word in session.supply.missing(
                found.rests_on, found.uses, {**way.needs, **each.needs}
            )
        ]
        if missing:
            lacking += missing
            continue
        return _rows(compiled, session, scope, way, show)
    raise MeasureError(f"{measure.id}: {'; '.join(dict.fromkeys(lacking))}.")


def _pieces(way: Way) -> list[tuple[str, Computation]]:
    if way.ratio is None:
        return [("", way)]
    return [("of", part(way, way.ratio.of)), ("to", part(way, way.ratio.to))]


def _rows(
    compiled: list[tuple[str, Compiled]],
    session: Session,
    scope: Mapping[str, str],
    way: Way,
    show: Sequence[str],
) -> DrillDown:
    sides = [side for side, _ in compiled if side]
    keys = tuple(dict.fromkeys(key for _, each in compiled for key in each.keys))
    holders = tuple(dict.fromkeys(name for _, each in compiled for name in each.holders))
    extra = tuple(name for name in holders if name not in keys)
    columns = (*(["side"] if sides else []), *keys, *extra, "value", *show)
    rows: list[tuple[object, ...]] = []
    for side, each in compiled:
        for outcome, sheet, row, found, value in _asked(each, session, scope, show):
            names = [found.get(name) for name in (*keys, *extra)]
            path, title = _place(session, sheet)
            shown = _shown(outcome, each)
            shown_too = [found.get(f"show {name}") for name in show]
            tail = [*([side] if side else []), *names, value, *shown_too]
            rows.append((shown, path, title, row, *tail))
    return DrillDown(columns, tuple(rows), way.name or None)


def _asked(
    each: Compiled, session: Session, scope: Mapping[str, str], show: Sequence[str]
) -> Iterator[tuple[int, object, object, dict[str, object], object]]:
    own = [f"r.k{i + 1}" for i in range(len(each.keys))]
    held = [f"r.w{i + 1}" for i in range(len(each.holders))]
    tests = []
    lines = "s" if each.holders else "r"
    for name, label in scope.items():
        index = each.dimensions.index(name) + 1 if name in each.dimensions else 0
        tests.append(f"{lines}.g{index} = {literal(label)}" if index else "1 = 0")
    if each.points:
        tests.append(f"r.p = DATE '{session.evidence.as_at.isoformat()}'")
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    order = " ORDER BY source_sheet, source_row, row_id"
    if each.holders:
        on = [f"s.h{i + 1} = r.h{i + 1}" for i in range(len(each.holders))]
        on += ["s.p = r.p"] if each.points else []
        source = f"r JOIN s ON r.o = 1 AND {' AND '.join(on)}"
        outcome, value = "s.o", "s.v"
    else:
        source, outcome, value = "r", "r.o", "r.v"
    labels = [
        f"{lines}.g{each.dimensions.index(name) + 1}" if name in each.dimensions else "NULL"
        for name in show
    ]
    place = ["r.source_sheet", "r.source_row", "r.row_id"]
    picked = ", ".join([outcome, *place, value, *own, *held, *labels])
    found = session.query(f"{each.with_()} SELECT {picked} FROM {source}{where}{order}")
    # Rows of no holder are of the whole, and of the part that nobody is recorded in.
    if each.holders and set(scope.values()) <= {NOT_RECORDED}:
        lost = ", ".join(["r.o", *place, "NULL", *own, *held, *("NULL" for _ in show)])
        found += session.query(f"{each.with_()} SELECT {lost} FROM r WHERE r.o <> 1{order}")
    names = [*each.keys, *each.holders, *(f"show {name}" for name in show)]
    for line in found:
        outcome_, sheet, row, _, value_, *cells = line
        yield int(str(outcome_)), sheet, row, dict(zip(names, cells, strict=True)), value_


def _place(session: Session, sheet: object) -> tuple[str, str]:
    ledger = session.evidence.ledger
    if isinstance(sheet, int) and 0 <= sheet < len(ledger):
        return ledger[sheet].path, ledger[sheet].sheet
    return "", ""


def _shown(outcome: int, each: Compiled) -> str:
    conditional = each.aggregate in ("share", "count")
    return "counted" if outcome == 1 and not conditional else OUTCOMES[outcome]
