"""Declared tables that no file supplied, made of others by the views that say so.

A view with `supplies` stands for a table: its query gives the table's columns and types, each row
with the sheet and row that it comes from, so that measures, rules and drill-down take it for a list
like any other. A list in a file of its own comes first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.evidence.cells import SQL_TYPES, literal
from selfassess.measuring.at_hand import AtHand, Cut, Lost
from selfassess.measuring.frames import Shared
from selfassess.measuring.pieces import column, quoted
from selfassess.measuring.session import Session, shared_for
from selfassess.measuring.view_sql import Lacks, view_query
from selfassess.measuring.views import view_relation
from selfassess.model.evidence import Column, TableSpec, View
from selfassess.model.measure import Setting

if TYPE_CHECKING:
    from selfassess.evidence.state import Evidence, TableState

__all__ = ["drawn_on", "makers", "supplied", "supply_sql"]


def supplied(
    evidence: Evidence,
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
    settings: Mapping[str, Setting],
) -> Evidence:
    """The evidence with every table that views can make of what was read.

    Args:
        evidence: what was read.
        tables: the declared tables.
        views: the declared views; those with `supplies` are asked, in their order.
        settings: local standards that the views name.

    Raises:
        MeasureError: a view is at fault (checked before, when packs are loaded).
    """
    found = makers(evidence, views)
    if not found:
        return evidence
    maker = _Maker(Session(evidence, tables, views, settings), dict(views))
    states = dict(evidence.tables)
    problems: list[Problem] = []
    own: list[str] = []
    for view in found:
        assert view.supplies is not None  # noqa: S101 - chosen by it
        if not states[view.supplies].present:
            states[view.supplies] = maker.made(view, tables[view.supplies], problems)
        elif not states[view.supplies].made_of:
            own.append(view.supplies)
    if own:
        problems.insert(0, _own_first(own, states))
    return dataclasses.replace(evidence, tables=states, problems=(*evidence.problems, *problems))


def makers(evidence: Evidence, views: Mapping[str, View]) -> list[View]:
    """The views that supply a table and have a source that was read."""
    return [
        view
        for view in views.values()
        if view.supplies and any(evidence.tables[each].present for each in drawn_on(view, views))
    ]


def drawn_on(view: View, views: Mapping[str, View]) -> Iterator[str]:
    """The tables whose rows a view draws, down through other views."""
    for source in view.union:
        if source.table in views:
            yield from drawn_on(views[source.table], views)
        else:
            yield source.table


def supply_sql(
    cut: Cut,
    shared: Shared,
    present: Callable[[str], bool],
    lacks: Lacks,
    spec: TableSpec,
) -> str:
    """The query that makes a table of a view.

    Args:
        cut: the view, cut down to what can be told.
        shared: names, settings, as-at date; its doubts say which cells may be unknown.
        present: whether a table or a view was supplied.
        lacks: columns that a supplied table's files do not hold.
        spec: the table that the view supplies.
    """
    plain = shared_for(shared.relations, shared.settings, shared.as_at, lambda _table, _name: False)
    relation = view_relation(cut.view, plain)
    query = view_query(cut.view, relation, shared, present, lacks, cut.unsaid)
    named = [*query.named, ("s", query.select)]
    picked = ["s.row_id AS row_id", "s.source_sheet AS source_sheet", "s.source_row AS source_row"]
    marks = []
    for each in spec.columns:
        kind = SQL_TYPES[each.type]
        if each.name not in cut.view.columns:
            picked.append(f"CAST(NULL AS {kind}) AS {quoted(each.name)}")
            continue
        doubt = f"{column('s', each.name + '__unknown')} = 1"
        own = column("s", each.name)
        cell = f"CASE WHEN {doubt} THEN NULL ELSE {own} END"
        picked.append(f"CAST({cell} AS {kind}) AS {quoted(each.name)}")
        marks.append((doubt, literal(f"{each.name}|")))
    unread = " OR ".join(doubt for doubt, _ in marks)
    texts = ", ".join(f"CASE WHEN {doubt} THEN {mark} ELSE '' END" for doubt, mark in marks)
    picked.append(f"CASE WHEN {unread} THEN CONCAT('|', {texts}) END AS unknown_cells")
    known = [f"{column('s', key)} IS NOT NULL" for key in spec.key]
    if spec.event in cut.view.columns:
        day = column("s", str(spec.event))
        as_at = f"DATE '{shared.as_at.isoformat()}'"
        known.append(f"({day} IS NULL OR CAST({day} AS DATE) <= {as_at})")
    with_ = ", ".join(f"{name} AS ({sql})" for name, sql in named)
    return f"WITH {with_} SELECT {', '.join(picked)} FROM s AS s WHERE {' AND '.join(known)}"


class _Maker:
    """Makes tables of views, over one body of evidence."""

    def __init__(self, session: Session, views: dict[str, View]) -> None:
        self._session = session
        self._views = views
        self._at_hand = AtHand(session, views)

    def made(self, view: View, spec: TableSpec, problems: list[Problem]) -> TableState:
        """Make a table and say what is wanting for it; its state as before if it cannot be made."""
        evidence = self._session.evidence
        before = evidence.tables[spec.id]
        cut = self._at_hand.cut(view)
        needed = [name for name in (*spec.key, *view.per, spec.event) if name in view.columns]
        gone = [name for name in needed if name not in cut.view.columns]
        lost = cut.rows_lost.union(*(cut.lost.get(name, ()) for name in gone))
        if lost:
            problems.append(self._problem(view, f"{spec.title} cannot be made", lost))
            return before
        session, supply = self._session, self._session.supply
        session.make_all(source.table for source in cut.view.union)
        shared = session.shared()
        sql = supply_sql(cut, shared, supply.present, supply.lacks, spec)
        session.make_all({*shared.rests_on, *shared.linked})
        evidence.warehouse.create_table_as(spec.id, sql)
        state = self._state(view, cut, spec)
        if state.rows:
            problems += self._partly(view, cut, spec)
        return state if state.rows else before

    def _state(self, view: View, cut: Cut, spec: TableSpec) -> TableState:
        session = self._session
        states = session.evidence.tables
        drawn = [
            name for name in dict.fromkeys(drawn_on(view, self._views)) if states[name].present
        ]
        columns = [each for each in spec.columns if each.name in cut.view.columns]
        asked = ["COUNT(*)"]
        for each in columns:
            asked.append(f"SUM(CASE WHEN b.unknown_cells LIKE '%|{each.name}|%' THEN 1 ELSE 0 END)")
        coded = [each for each in columns if each.codes]
        for each in coded:
            codes = ", ".join(literal(code.id) for code in each.codes)
            asked.append(
                f"SUM(CASE WHEN {column('b', each.name)} NOT IN ({codes}) THEN 1 ELSE 0 END)"
            )
        found = session.query(f"SELECT {', '.join(asked)} FROM {quoted(spec.id)} AS b")[0]
        rows, *counts = (int(str(figure or 0)) for figure in found)
        extracts = [day for name in drawn if (day := states[name].extract_date)]
        return dataclasses.replace(
            states[spec.id],
            # How far the other tables reach back is theirs to show, not the list's guidance.
            spec=dataclasses.replace(spec, cover=None),
            present=True,
            columns=frozenset(each.name for each in columns),
            rows=rows,
            files=tuple(dict.fromkeys(file for name in drawn for file in states[name].files)),
            extract_date=min(extracts, default=None),
            unknown=_counted(columns, counts[: len(columns)]),
            unlisted=_counted(coded, counts[len(columns) :]),
            made_of=tuple(drawn),
        )

    def _partly(self, view: View, cut: Cut, spec: TableSpec) -> Iterator[Problem]:
        """What a table was made without, one line for each thing that is wanting."""
        by_cause: dict[Lost, list[str]] = {}
        for name, lost in cut.lost.items():
            by_cause.setdefault(lost, []).append(f"'{spec.column(name).headers[0]}'")
        for lost, headers in by_cause.items():
            yield self._problem(view, f"{spec.title} is made without {', '.join(headers)}", lost)

    def _problem(self, view: View, what: str, lost: Lost) -> Problem:
        states = self._session.evidence.tables
        files = dict.fromkeys(
            file for name in drawn_on(view, self._views) for file in states[name].files
        )
        absent = sorted(table for table, name in lost if not name)
        lacking = [
            f"{table} lacks '{states[table].spec.column(name).headers[0]}'"
            for table, name in sorted(lost)
            if name
        ]
        if absent:
            were = "was" if len(absent) == 1 else "were"
            lacking.insert(0, f"{', '.join(absent)} {were} not supplied")
        return Problem(
            ", ".join(files),
            f"{what}: {'; '.join(lacking)}.",
            "What needs them reads not-computable. Supply them and run again.",
        )


def _own_first(tables: Iterable[str], states: Mapping[str, TableState]) -> Problem:
    found = [states[name] for name in tables]
    files = ", ".join(dict.fromkeys(file for state in found for file in state.files))
    titles = ", ".join(state.spec.title for state in found)
    return Problem(
        files,
        f"{titles}: read from here, though other files of the evidence hold the same; "
        "what those say of it is not used.",
        "Take out whichever is not to count.",
    )


def _counted(columns: Iterable[Column], counts: Iterable[int]) -> dict[str, int]:
    pairs = zip(columns, counts, strict=True)
    return {each.name: figure for each, figure in pairs if figure}
