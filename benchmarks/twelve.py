"""Twelve measures over a national dataset, on whichever engine holds it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from national import AS_AT

from selfassess.evidence.rows import columns_of
from selfassess.evidence.state import Evidence, TableState
from selfassess.measuring.answer import answer
from selfassess.measuring.computing import ways
from selfassess.measuring.reckoned import labels
from selfassess.measuring.run import prepare
from selfassess.model.evidence import Column, TableSpec
from selfassess.model.measure import Measure, Reading
from selfassess.toolkit import Toolkit

if TYPE_CHECKING:
    from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
    from selfassess.evidence.warehouse import Warehouse
    from selfassess.loading.library import Library
    from selfassess.measuring.session import Session

__all__ = ["TITLES", "YARDSTICKS", "decoded", "evidence_in", "library", "measured", "used_columns"]

TITLES = {
    "thresholds.conversion": "contacts by source and quarter, and how many became referrals",
    "thresholds.re-referral-12m": "referrals within 12 months of an earlier one",
    "timeliness.assessment-45wd": "assessments within 45 working days",
    "timeliness.assessment-days": "working days of assessments, median",
    "timeliness.assessment-days-p90": "working days of assessments, nine in ten",
    "timeliness.icpc-15wd": "initial conferences within 15 working days",
    "thresholds.repeat-plan": "repeat protection plans",
    "timeliness.cp-review": "protection plan reviews in time",
    "timeliness.care-visit": "children in care visited in time, by gender and age",
    "caseloads.p90": "caseload of the most loaded tenth of workers",
    "thresholds.step-down-bounce": "referred again within six months of a step down",
    "benchmark.care-at-quarter-ends": "children in care at 24 quarter ends, by placement",
}
"""The measures, in plain words. All but the last are the catalogue's own."""

_TREND = Measure(
    id="benchmark.care-at-quarter-ends",
    title="Children in care at quarter ends",
    from_="care",
    at="quarter ends",
    over="last 72 months",
    aggregate="count",
    by=("placement_type",),
    unit="children",
    better="none",
    about="compliance",
    topics=(),
    why="How many children are in care, quarter by quarter.",
)
_COUNCIL = Column(name="council", headers=("council",), type="id")
YARDSTICKS = {"largest": 'MAX(b."{}")', "checksum": 'BIT_XOR(HASH(b."{}"))'}
"""What is asked of each column, so that it must be read: all of a column's values decide it."""


def library() -> Library:
    """The packs' definitions, in which every table and view knows its council."""
    found = Toolkit.load().library
    tables = {
        name: dataclasses.replace(spec, columns=(*spec.columns, _COUNCIL))
        for name, spec in found.tables.items()
    }
    views = {
        name: dataclasses.replace(view, columns=(*view.columns, "council"))
        for name, view in found.views.items()
        if not view.supplies
    }
    measures = {name: _by_council({**found.measures, _TREND.id: _TREND}[name]) for name in TITLES}
    return dataclasses.replace(found, tables=tables, views=views, measures=measures)


def _by_council(measure: Measure) -> Measure:
    """The measure broken down by council as well; a worker's council is on the list of workers."""
    by: tuple[str | tuple[str, ...], ...] = (*measure.by, "council")
    changes: dict[str, Any] = {}
    if measure.id == "timeliness.care-visit":
        by = (*by, "gender", "age_band", ("gender", "age_band"))
        let = {"age_band": "band(age(date_of_birth, as_at), 0-4, 5-9, 10-15, 16+)"}
        changes["let"] = {**measure.let, **let}
    if measure.per is not None:
        changes["ways"] = tuple(
            dataclasses.replace(way, let={**way.let, "council": "worker.council"})
            for way in measure.ways
            if "worker.team" in way.let.values()
        )
    return dataclasses.replace(measure, by=by, **changes)


def evidence_in(warehouse: Warehouse, folder: Path, tables: Mapping[str, TableSpec]) -> Evidence:
    """The dataset as evidence; the warehouse has its tables under their own names."""
    from selfassess.evidence import calendar
    from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse

    if isinstance(warehouse, DuckDBWarehouse):
        calendar.build(warehouse)
    else:
        source = DuckDBWarehouse()
        calendar.build(source)
        calendar.carry(source, warehouse)
        source.close()
    rows = json.loads((folder / "about.json").read_text(encoding="utf-8"))["tables"]
    states = {}
    for name, spec in tables.items():
        states[name] = TableState(spec=spec)
        if name in rows:
            states[name] = TableState(
                spec=spec,
                present=True,
                columns=frozenset(column.name for column in spec.columns),
                rows=rows[name],
                files=(name,),
            )
        elif not name.startswith("ssd_"):
            kinds = columns_of(spec).items()
            nothing = [f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in kinds]
            warehouse.create_view(name, f"SELECT {', '.join(nothing)} WHERE 1 = 0")
    warehouse.lock(sum(rows.values()))
    return Evidence(
        as_at=dt.date.fromisoformat(AS_AT),
        as_at_inferred=False,
        warehouse=warehouse,
        tables=states,
        ledger=(),
        set_aside=(),
        inputs=(),
    )


def measured(found: Library, evidence: Evidence) -> dict[str, Any]:
    """Every measure with its breakdowns and series: what it took, and what came out."""
    began, cpu = time.perf_counter(), time.process_time()
    session = prepare(found, evidence)
    each: dict[str, float] = {}
    readings: dict[str, tuple[Reading, ...]] = {}
    for name, measure in found.measures.items():
        start = time.perf_counter()
        readings[name] = answer(measure, session, "")
        each[name] = time.perf_counter() - start
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    # What follows serves the comparison of engines; no run does it.
    answers = {name: [_figures(one) for one in given] for name, given in readings.items()}
    way = {name: given[0].way for name, given in readings.items()}
    return {
        "wall": wall,
        "cpu": cpu,
        "each": each,
        "answers": answers,
        "used": used_columns(found, session, way),
    }


def _figures(reading: Reading) -> list[Any]:
    """All that engines must agree on."""
    kept = dataclasses.asdict(reading)
    names = ("where", "value", "numerator", "denominator", "status", "way", "unknown", "not_due")
    return [*(kept[name] for name in names), str(kept["series"]), str(kept["by_month"])]


def used_columns(
    found: Library, session: Session, ways_used: Mapping[str, str | None]
) -> dict[str, list[str]]:
    """The columns of tables that the measures read, through views as well.

    Args:
        found: the measures.
        session: the evidence.
        ways_used: the way by which each measure was answered.
    """
    names: set[tuple[str, str]] = set()
    for name, measure in found.measures.items():
        by = [label for each in labels(measure) for label in each]
        for way in ways(measure):
            if (way.name or None) == ways_used[name]:
                compiled = session.compile(way, by)
                names |= _through(session, compiled.uses)
                for _, uses in compiled.by_use.values():
                    names |= _through(session, uses)
    used: dict[str, list[str]] = {}
    for table, column in sorted(names):
        state = session.evidence.tables[table]
        if state.present and column in state.columns:
            used.setdefault(table, []).append(column)
    return used


def _through(session: Session, uses: frozenset[tuple[str, str]]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for name, column in uses:
        relation = session.relations[name]
        found |= relation.draws_on.get(column, frozenset())
        # A key tells rows of one child apart, in every table that is looked into.
        found |= {(table, key) for table in relation.tables for key in relation.key}
    return found


def decoded(warehouse: DuckDBWarehouse, used: Mapping[str, list[str]], by: str) -> None:
    """Read and decode the columns once.

    Neither way is pure decoding. The largest value of a date or a number is told by the file, and
    texts are compared; the checksum takes a column of few texts by its dictionary, undecoded.

    Args:
        warehouse: that holds the dataset.
        used: columns of tables.
        by: one of the yardsticks.
    """
    for table, columns in used.items():
        asked = ", ".join(YARDSTICKS[by].format(column) for column in columns)
        warehouse.query(f'SELECT {asked} FROM "{table}" AS b')
