"""Every table of ours that lies in a warehouse, whoever made it, as a run will see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfassess.evidence.foreign import lay
from selfassess.evidence.foreign_sql import absent, of_council
from selfassess.evidence.ledger import Ledger
from selfassess.evidence.loaded import Loaded
from selfassess.evidence.rows import columns_of
from selfassess.evidence.state import TableState
from selfassess.evidence.warehouse import Held, Warehouse, quoted
from selfassess.model.evidence import SheetLedger, TableSpec

__all__ = ["LaidOver", "lay_all"]

NO_KEY = "no id"
"""The ledger's word for a row without what tells whose it is, as with files."""


@dataclass(slots=True)
class LaidOver:
    """A table as a run will see it.

    Attributes:
        state: what was supplied of it.
        query: its rows in the warehouse, later ones too; nothing where they come from files.
        listed: whether the ledger knows each row's place, so that it can name those set aside.
        index: the number of its entry in the ledger, where it has one of its own.
    """

    state: TableState
    query: str = ""
    listed: bool = False
    index: int = -1


def lay_all(
    warehouse: Warehouse,
    tables: Mapping[str, TableSpec],
    held: Mapping[str, Held],
    loaded: Loaded,
    column: str,
    council: str,
) -> dict[str, LaidOver]:
    """Every table of ours that lies in the warehouse, in the order in which they are declared."""
    there: dict[str, LaidOver] = {}
    for name, spec in tables.items():
        table = held.get(name.lower())
        if table is None:
            continue
        source = of_council(table, column, council)
        if name in loaded.states:
            there[name] = LaidOver(
                loaded.states[name], _as_loaded(spec, table, source), listed=True
            )
        elif name not in loaded.made:
            found, problems = lay(warehouse, spec, table, source)
            loaded.ledger.problems += problems
            index = loaded.ledger.enter(_entry(warehouse, spec, table))
            if found is None:
                continue
            _enter(loaded.ledger, index, found.read, found.keyless, sum(found.unknown.values()))
            query = (
                f"SELECT x.*, {index} AS source_sheet, CAST(x.row_id AS INTEGER) AS source_row"
                f" FROM ({found.query}) AS x"
            )
            state = TableState(
                spec=spec,
                present=True,
                columns=found.columns,
                files=(_name_of(warehouse, table),),
                unknown=found.unknown,
                unlisted=found.unlisted,
            )
            there[name] = LaidOver(state, query, index=index)
    return there


def _as_loaded(spec: TableSpec, held: Held, source: str) -> str:
    columns = {c.name: c for c in spec.columns}
    names = [
        f"t.{quoted(name)}" if name in held.columns else absent(columns[name])
        for name in columns_of(spec)
    ]
    return f"SELECT {', '.join(names)} FROM {source} AS t"


def _name_of(warehouse: Warehouse, held: Held) -> str:
    return f"{warehouse.engine}: {held.place}"


def _entry(warehouse: Warehouse, spec: TableSpec, held: Held) -> SheetLedger:
    return SheetLedger(
        path=_name_of(warehouse, held),
        sheet=held.name,
        table=spec.id,
        rows_read=0,
        rows_used=0,
        rows_set_aside=0,
    )


def _enter(ledger: Ledger, index: int, read: int, keyless: int, unknown: int) -> None:
    ledger.change(index, rows_read=read, rows_used=read, unknown_cells=unknown)
    ledger.count_aside(index, NO_KEY, keyless)
