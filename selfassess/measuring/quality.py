"""Asks the rules of data quality: each table's rules in one pass over its rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from selfassess.errors import MeasureError, Problem, nearest
from selfassess.measuring.drilldown import DrillDown
from selfassess.measuring.frames import Frame, Shared
from selfassess.measuring.language import LanguageError, parse
from selfassess.measuring.pieces import Any_, Condition, both, column, yes
from selfassess.measuring.relations import Relations
from selfassess.measuring.session import Session, shared_for
from selfassess.measuring.syntax import Expression, Path, children
from selfassess.measuring.translate import condition
from selfassess.measuring.weakening import weakening
from selfassess.model.measure import Measure, Reading, Setting
from selfassess.model.quality import QualityResult, QualityRule

if TYPE_CHECKING:
    from selfassess.loading.library import Library

__all__ = ["ask_quality", "quality_problems", "quality_rows"]

EACH = "each"
"""The name in a rule's condition that stands for its columns in turn."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A rule, compiled.

    Attributes:
        among: the rows that it is counted against; None for all.
        faults: what is at fault, by column; under ``""`` for a rule that names no ``each``.
        lacking: what the files lack, in words; the rule is then not computable.
    """

    rule: QualityRule
    among: Condition | None = None
    faults: Mapping[str, Condition] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()

    @property
    def fault(self) -> Condition:
        found = tuple(self.faults.values())
        whole = both(self.among, found[0] if len(found) == 1 else Any_(found))
        assert whole is not None  # noqa: S101 - a rule has a condition
        return whole


def ask_quality(
    rules: Mapping[str, QualityRule],
    session: Session,
    measures: Mapping[str, Measure],
    readings: Sequence[Reading],
) -> tuple[QualityResult, ...]:
    """Count what breaks each rule, and name the computed figures that this weakens.

    Rules whose table was not supplied are left out: the gap is told where figures miss it.

    Args:
        rules: by id.
        session: the evidence.
        measures: by id.
        readings: what was measured.

    Raises:
        MeasureError: a rule's condition is at fault (checked before, when packs are loaded).
    """
    by_table: dict[str, list[QualityRule]] = {}
    for rule in rules.values():
        if rule.table in session.relations and session.supply.present(rule.table):
            by_table.setdefault(rule.table, []).append(rule)
    found: list[QualityResult] = []
    for table, own in by_table.items():
        found += _counted(table, own, session)
    return weakening(found, session, measures, readings)


def quality_rows(rule: QualityRule, session: Session) -> DrillDown:
    """List the rows that break a rule, by file, sheet and row.

    Raises:
        MeasureError: the table was not supplied, or the files lack what the rule asks for.
    """
    relation = session.relations[rule.table]
    if not session.supply.present(rule.table):
        raise MeasureError(f"{rule.id}: {relation.title} was not supplied.")
    frame, shared = _frame(rule.table, session)
    asked = _ask(rule, frame, session)
    if asked.lacking:
        raise MeasureError(f"{rule.id}: {'; '.join(asked.lacking)}.")
    keys = ", ".join(column("b", key) for key in relation.key)
    sql = (
        f"{_with(shared)}SELECT b.source_sheet, b.source_row, {keys} FROM {_source(frame)} "
        f"WHERE {yes(asked.fault)} ORDER BY b.source_sheet, b.source_row, b.row_id"
    )
    ledger = session.evidence.ledger
    rows = []
    for sheet, row, *cells in session.query(sql):
        place = ledger[int(str(sheet))]
        rows.append(("at fault", place.path, place.sheet, row, *cells))
    return DrillDown(relation.key, tuple(rows))


def quality_problems(library: Library, relations: Relations) -> Iterator[tuple[str, Problem]]:
    """Every fault of the library's rules, with the rule's id: names and types in conditions."""
    for rule in library.quality.values():
        for problem in _problems(rule, relations, library.settings):
            yield rule.id, problem


def _problems(
    rule: QualityRule, relations: Relations, settings: Mapping[str, Setting]
) -> Iterator[Problem]:
    relation = relations.get(rule.table)
    if relation is None:
        yield Problem("table", f"'{rule.table}' is no table or view.", relations.hint(rule.table))
        return
    if relation.view:
        yield Problem("table", f"'{rule.table}' is a view.", "Rules are about tables as supplied.")
        return
    known = [name for name in rule.columns if name in relation.columns]
    for name in rule.columns:
        if name not in relation.columns:
            hint = nearest(name, relation.columns)
            yield Problem("columns", f"'{name}' is no column of it.", hint)
    shared = shared_for(relations, settings, dt.date(2025, 3, 31), lambda _relation, _name: True)
    for key, text in (("among", rule.among), ("if", rule.if_)):
        if text is None:
            continue
        try:
            node = parse(text)
            for each in known if _names_each(node) else [""]:
                frame = Frame(shared, relation, "b", looks_up=True)
                frame.date = Path((relation.event,)) if relation.event else None
                condition(_standing_for(node, each), frame)
                if frame.earlier:
                    yield Problem(key, "'previous' has no meaning in a rule.", "Use count(…).")
            for name in sorted(shared.rests_on):
                if name in relations and relations[name].view:
                    yield Problem(key, f"'{name}' is a view.", "Look into tables as supplied.")
        except LanguageError as error:
            place = f"{key}, column {error.column}" if error.column else key
            yield Problem(place, error.message, error.hint)
        except MeasureError as error:
            yield Problem(key, error.message, error.hint)


def _counted(table: str, rules: Sequence[QualityRule], session: Session) -> Iterator[QualityResult]:
    frame, shared = _frame(table, session)
    asked = [_ask(rule, frame, session) for rule in rules]
    flags = _Flags()
    picked = ["COUNT(*)"]
    for each in asked:
        if not each.lacking:
            picked += _sums(each, flags)
    columns = ", ".join(["1 AS f0", *flags.picked()])
    shared.ctes.append(("f", f"SELECT {columns} FROM {_source(frame)}"))
    sql = f"{_with(shared)}SELECT {', '.join(picked)} FROM f"
    numbers = iter([int(str(value)) for value in session.query(sql)[0]])
    rows = next(numbers)
    for each in asked:
        if each.lacking:
            reason = "; ".join(each.lacking)
            yield QualityResult(rule=each.rule, status="not-computable", reason=reason)
            continue
        base = rows if each.among is None else next(numbers)
        count = next(numbers)
        by_column = {name: next(numbers) for name in each.faults} if len(each.faults) > 1 else {}
        if not by_column and "" not in each.faults:
            by_column = dict.fromkeys(each.faults, count)
        yield QualityResult(rule=each.rule, count=count, base=base, by_column=by_column)


class _Flags:
    """What is asked of each row: a condition that several counts need is written once.

    What does not hold is NULL, not 0: to count what is there costs an engine less than to add up.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, holds: Condition) -> str:
        """The name of the column that is 1 where a condition holds, else NULL."""
        return self._names.setdefault(yes(holds), f"f{len(self._names) + 1}")

    def picked(self) -> Iterator[str]:
        """The columns."""
        for sql, name in self._names.items():
            yield f"CASE WHEN {sql} THEN 1 END AS {name}"


def _sums(asked: _Asked, flags: _Flags) -> Iterator[str]:
    """The rows that a rule is counted against, those at fault, and those of each column."""
    faults = [flags.of(fault) for fault in asked.faults.values()]
    among = ""
    if asked.among is not None:
        name = flags.of(asked.among)
        yield f"COUNT({name})"
        among = f"{name} * "
    if len(faults) > 1:
        yield f"COUNT({among}COALESCE({', '.join(faults)}))"
    for fault in faults:
        yield f"COUNT({among}{fault})"


def _ask(rule: QualityRule, frame: Frame, session: Session) -> _Asked:
    among: Condition | None = None
    lacking: list[str] = []
    if rule.among is not None:
        among, lacking = _told(parse(rule.among), frame, session)
    if lacking:
        return _Asked(rule, lacking=tuple(lacking))
    node = parse(rule.if_)
    faults: dict[str, Condition] = {}
    wanting: dict[str, None] = {}
    for name in rule.columns if _names_each(node) else [""]:
        fault, lacking = _told(_standing_for(node, name), frame, session)
        if not lacking:
            faults[name] = fault
        wanting.update(dict.fromkeys(lacking))
    # A column that the files lack is no fault of the rows; the others are asked all the same.
    return _Asked(rule, among, faults) if faults else _Asked(rule, lacking=tuple(wanting))


def _told(node: Expression, frame: Frame, session: Session) -> tuple[Condition, list[str]]:
    """A condition, and what the files lack for it."""
    shared = frame.shared
    shared.uses.clear()
    shared.rests_on.clear()
    # A look that an earlier rule made would not tell again what it rests on.
    frame.seen.clear()
    found = condition(node, frame)
    # Unlike a measure, a rule cannot do without the row that a link leads to.
    named = {table for table, _ in shared.uses} - {frame.relation.id}
    return found, session.supply.missing(shared.rests_on | named, shared.uses, {})


def _frame(table: str, session: Session) -> tuple[Frame, Shared]:
    shared = session.shared()
    relation = session.relations[table]
    frame = Frame(shared, relation, "b", looks_up=True)
    frame.date = Path((relation.event,)) if relation.event else None
    return frame, shared


def _source(frame: Frame) -> str:
    joins = "".join(f" {join}" for join in frame.joins)
    return f'"{frame.relation.id}" AS b{joins}'


def _with(shared: Shared) -> str:
    if not shared.ctes:
        return ""
    return "WITH " + ", ".join(f"{name} AS ({sql})" for name, sql in shared.ctes) + " "


def _names_each(node: Expression) -> bool:
    return (isinstance(node, Path) and node.parts[-1] == EACH) or any(
        _names_each(part) for part in children(node)
    )


def _standing_for(node: Expression, name: str) -> Expression:
    """A condition with a column's name for ``each``."""
    if not name:
        return node
    if isinstance(node, Path):
        if node.parts[-1] != EACH:
            return node
        return dataclasses.replace(node, parts=(*node.parts[:-1], name))
    changes: dict[str, Any] = {}
    for item in dataclasses.fields(node):
        value = getattr(node, item.name)
        if dataclasses.is_dataclass(value):
            changes[item.name] = _standing_for(cast("Expression", value), name)
        elif isinstance(value, tuple):
            changes[item.name] = tuple(
                _standing_for(cast("Expression", each), name)
                if dataclasses.is_dataclass(each)
                else each
                for each in value
            )
    return dataclasses.replace(node, **changes)
