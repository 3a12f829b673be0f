# ruff: noqa: E501 - tables and cases read better in one line
"""A small world to measure: tables written as pipes, measures as YAML keys; on any engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from selfassess.evidence.calendar import build
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.evidence.rows import columns_of
from selfassess.evidence.state import Evidence, RawPublished, TableState
from selfassess.evidence.warehouse import Warehouse
from selfassess.loading.library import Library
from selfassess.measuring.check import problems_of
from selfassess.measuring.drilldown import DrillDown, drill_down
from selfassess.measuring.run import Measured, measure_evidence, prepare
from selfassess.model.evidence import SheetLedger, TableSpec, View
from selfassess.model.measure import Dimension, Measure, Reading, Setting, Topic

AS_AT = dt.date(2026, 3, 31)
_PYTHON: Mapping[str, Callable[[str], object]] = {
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "integer": int,
    "number": float,
}

TABLES = """
tables:
  - {id: referrals, title: Referrals, entity: child, key: [child_id], event: referral_date,
     state_columns: [team, worker], links: [{name: worker, table: workers, on: {worker: worker}}],
     columns: {child_id: id, referral_date: date, nfa: yes-no, earlier: integer, team: text, worker: text}}
  - {id: assessments, title: Assessments, entity: child, key: [child_id], event: start_date,
     opened: start_date, closed: authorised, born: born,
     columns: {child_id: id, start_date: date, authorised: date, team: text, worker: text, born: date}}
  - {id: cin, title: Children in need, entity: child, key: [child_id], event: start_date,
     opened: start_date, closed: closed, closed_when: "status = 'closed'",
     columns: {child_id: id, start_date: date, closed: date, status: status, team: text, worker: text}}
  - {id: cp, title: Child protection, entity: child, key: [child_id], event: start_date,
     opened: start_date, closed: closed, state_columns: [last_visit],
     columns: {child_id: id, start_date: date, closed: date, last_visit: date, team: text, worker: text}}
  - {id: care, title: Children in care, entity: child, key: [child_id], event: start_date,
     opened: start_date, closed: closed,
     columns: {child_id: id, start_date: date, closed: date, team: text, worker: text}}
  - {id: visits, title: Visits, entity: child, key: [child_id], event: date,
     columns: {child_id: id, kind: kind, date: date, alone: yes-no}}
  - {id: workers, title: Workers, entity: worker, key: [worker], opened: start, closed: end,
     columns: {worker: text, team: text, role: role, fte: number, start: date, end: date}}
  - {id: contacts_hub, title: Contacts to the hub, entity: contact, key: [contact_id], event: received,
     columns: {contact_id: id, child_id: id, rag: rag, received: datetime, decided: datetime}}
  - {id: audits, title: Audits, entity: audit, key: [audit_id], event: date,
     columns: {audit_id: id, team: text, date: date, auditor: number, moderator: number}}
"""
CODES = {
    "yes-no": ("yes", "no"),
    "status": ("care", "cp", "cin", "assessment", "closed"),
    "kind": ("cp", "cin", "care"),
    "role": ("social-worker", "asye", "manager"),
    "rag": ("red", "amber", "green"),
}
SETTINGS = [
    {
        "id": "limit",
        "title": "Limit",
        "values": [{"keys": {"role": "asye"}, "value": 2}, {"value": 3}],
    },
    {
        "id": "plan-days",
        "title": "Days",
        "values": [{"keys": {"plan": "cp"}, "value": 10}, {"keys": {"plan": "care"}, "value": 30}],
    },
    {
        "id": "nobody",
        "title": "Placeholders",
        "values": [{"value": ["unallocated*", "*no worker*", "tbc", "100%_*"]}],
    },
    {"id": "duty", "title": "Duty", "values": [{"value": ["*duty*"]}]},
    {"id": "numbers", "title": "Numbers", "values": [{"value": 5}]},
]
DIMENSIONS = ("team", "role", "plan", "rag", "month", "quarter", "year", "age", "nfa", "fast")


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def declared() -> list[dict[str, Any]]:
    from ruamel.yaml import YAML

    return list(YAML(typ="safe").load(TABLES)["tables"])


def specs() -> dict[str, TableSpec]:
    found = {}
    for entry in declared():
        columns = []
        for name, kind in entry["columns"].items():
            codes = tuple({"id": code, "title": code} for code in CODES.get(kind, ()))
            columns.append(
                {
                    "name": name,
                    "headers": [f"The {name.replace('_', ' ')}"],
                    "type": "code" if kind in CODES else kind,
                    "codes": codes,
                }
            )
        spec = adapter(TableSpec).validate_python({**entry, "columns": columns})
        found[spec.id] = spec
    return found


@cache
def engine() -> DuckDBWarehouse:
    warehouse = DuckDBWarehouse()
    build(warehouse)
    warehouse.lock()
    return warehouse


@dataclass
class World:
    """Evidence and definitions, ready to be measured."""

    tables: dict[str, TableSpec] = field(default_factory=specs)
    views: dict[str, View] = field(default_factory=dict)
    settings: dict[str, Setting] = field(
        default_factory=lambda: {
            each["id"]: adapter(Setting).validate_python(each) for each in SETTINGS
        }
    )
    texts: dict[str, str] = field(default_factory=dict)
    as_at: dt.date = AS_AT
    extracts: dict[str, dt.date] = field(default_factory=dict)
    published: tuple[RawPublished, ...] = ()
    warehouse: Warehouse | None = None
    """Where its tables are put, with a calendar in it; DuckDB if left out."""
    _evidence: Evidence | None = None

    def table(self, name: str, text: str) -> World:
        """Supply a table: headers, then rows; ``#`` is a cell that cannot be read."""
        self.texts[name] = text
        self._evidence = None
        return self

    def view(self, **keys: Any) -> World:
        view = adapter(View).validate_python(keys)
        self.views[view.id] = view
        return self

    def setting(self, **keys: Any) -> World:
        setting = adapter(Setting).validate_python(keys)
        self.settings[setting.id] = setting
        return self

    def measure(self, **keys: Any) -> Measure:
        given = {
            "id": "a.measure",
            "title": "A measure",
            "unit": "percent",
            "better": "higher",
            "about": "compliance",
            "topics": ["topic"],
            "why": "Because.",
            **keys,
        }
        return adapter(Measure).validate_python(given)

    def library(self, *measures: Measure) -> Library:
        return Library(
            tables=self.tables,
            views=self.views,
            measures={measure.id: measure for measure in measures},
            settings=self.settings,
            topics={"topic": Topic(id="topic", title="Topic", group="Group")},
            dimensions={name: Dimension(id=name, title=name) for name in DIMENSIONS},
        )

    def evidence(self) -> Evidence:
        if self._evidence is None:
            self._evidence = self._load()
        return self._evidence

    def _load(self) -> Evidence:
        # One engine serves all tests, one after the other: the calendar takes longer than a test.
        warehouse = self.warehouse or engine()
        states = {}
        ledger = []
        for index, (name, spec) in enumerate(self.tables.items()):
            ledger.append(
                SheetLedger(
                    path=f"evidence/{name}.csv",
                    sheet=name,
                    table=name,
                    rows_read=0,
                    rows_used=0,
                    rows_set_aside=0,
                )
            )
            states[name] = self._fill(warehouse, index, spec, self.texts.get(name))
        return Evidence(
            as_at=self.as_at,
            as_at_inferred=False,
            warehouse=warehouse,
            tables=states,
            ledger=tuple(ledger),
            set_aside=(),
            inputs=(),
            published=self.published,
        )

    def _fill(
        self, warehouse: Warehouse, index: int, spec: TableSpec, text: str | None
    ) -> TableState:
        columns = columns_of(spec)
        if text is None:
            warehouse.create_table(spec.id, columns, [])
            return TableState(spec=spec)
        headers, *rows = [
            [cell.strip() for cell in line.strip().split("|")]
            for line in text.strip().splitlines()
            if line.strip()
        ]
        unknown: dict[str, int] = {}
        loaded: list[list[object]] = []
        for number, row in enumerate(rows, 1):
            assert len(row) <= len(headers), row
            cells = dict(zip(headers, row + [""] * (len(headers) - len(row)), strict=True))
            lost = [name for name, cell in cells.items() if cell == "#"]
            for name in lost:
                unknown[name] = unknown.get(name, 0) + 1
            values = [
                None
                if cells.get(c.name, "") in ("", "#")
                else _PYTHON.get(c.type, str)(cells[c.name])
                for c in spec.columns
            ]
            marks = f"|{'|'.join(lost)}|" if lost else None
            loaded.append([*values, number, index, number + 1, marks])
        warehouse.create_table(spec.id, columns, loaded)
        for name in headers:
            spec.column(name)
        return TableState(
            spec=spec,
            present=True,
            columns=frozenset(headers),
            rows=len(rows),
            files=(f"evidence/{spec.id}.csv",),
            extract_date=self.extracts.get(spec.id),
            unknown=unknown,
        )

    def run(self, *measures: Measure) -> Measured:
        library = self.library(*measures)
        faults = problems_of(library)
        assert not faults, "\n".join(str(fault) for fault in faults)
        return measure_evidence(library, self.evidence())

    def readings(self, **keys: Any) -> dict[tuple[tuple[str, str], ...], Reading]:
        measure = self.measure(**keys)
        return {reading.where: reading for reading in self.run(measure).readings}

    def read(self, **keys: Any) -> Reading:
        """The reading of the whole."""
        return self.readings(**keys)[()]

    def faults(self, **keys: Any) -> list[str]:
        """What checking says of a measure."""
        return [str(each) for each in problems_of(self.library(self.measure(**keys)))]

    def rows(self, where: Mapping[str, str] | None = None, **keys: Any) -> DrillDown:
        measure = self.measure(**keys)
        return drill_down(measure, prepare(self.library(measure), self.evidence()), where)
