"""One council's rows, copied as they are from the engine that read them into another."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selfassess.evidence import Evidence
from selfassess.evidence.calendar import COLUMNS
from selfassess.evidence.rows import columns_of
from selfassess.evidence.warehouse import Warehouse, quoted

Rows = Sequence[Sequence[Any]]


def rows_of(warehouse: Warehouse, table: str, columns: Mapping[str, str]) -> Rows:
    """All rows of a table, in order of their first column that numbers them."""
    names = ", ".join(quoted(name) for name in columns)
    order = "row_id" if "row_id" in columns else "d"
    return warehouse.query(f"SELECT {names} FROM {quoted(table)} ORDER BY {order}")


def tables_of(evidence: Evidence) -> Iterator[tuple[str, dict[str, str], Rows]]:
    """(name, columns, rows) of every declared table and of the calendar."""
    for name, state in evidence.tables.items():
        columns = columns_of(state.spec)
        yield name, columns, rows_of(evidence.warehouse, name, columns)
    yield "calendar", COLUMNS, rows_of(evidence.warehouse, "calendar", COLUMNS)


class Copies:
    """Puts one council after another into a warehouse; what is there already stays.

    Attributes:
        warehouse: the engine.
    """

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self._held: dict[str, tuple[dict[str, str], Rows]] = {}

    def of(self, evidence: Evidence) -> Evidence:
        """The same evidence, with its rows in this warehouse."""
        for name, columns, rows in tables_of(evidence):
            # Most lists of a small council are empty, and its calendar is everyone's.
            if self._held.get(name) != (columns, rows):
                self.warehouse.create_table(name, columns, rows)
                self._held[name] = (columns, rows)
        return dataclasses.replace(evidence, warehouse=self.warehouse)

    def change(self, table: str, rows: Rows) -> None:
        """Put other rows into a table that is here."""
        columns, _ = self._held[table]
        self.warehouse.create_table(table, columns, rows)
        self._held[table] = (columns, rows)
