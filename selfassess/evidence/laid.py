"""Every table of ours that lies in a warehouse, whoever made it, as a run will see it."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from selfassess.errors import Problem
from selfassess.evidence.foreign import Laid, lay
from selfassess.evidence.foreign_sql import absent, of_council
from selfassess.evidence.ledger import Ledger
from selfassess.evidence.loaded import Loaded
from selfassess.evidence.rows import UNLISTED, columns_of
from selfassess.evidence.state import TableState
from selfassess.evidence.warehouse import Fault, Held, RefusedError, Warehouse, quoted
from selfassess.evidence.whose import perhaps_shared, taken_whole, without_column
from selfassess.model.evidence import SheetLedger, TableSpec

__all__ = ["LaidOver", "lay_all"]

NO_KEY = "no id"
"""The ledger's word for a row without what tells whose it is, as with files."""

OUTSIDE = "not a date from 1985 to 2040"
"""The ledger's word for a date that cannot be looked up."""

UNUSABLE = "the table cannot be used as it is"
"""The ledger's word for all rows of a table; what is amiss with it is told apart."""


@dataclass(slots=True)
class LaidOver:
    """A table as a run will see it.

    Attributes:
        state: what was supplied of it.
        query: its rows in the warehouse, later ones too; nothing where they come from files.
        listed: whether the ledger knows each row's place, so that it can name those set aside.
        index: the number of its entry in the ledger, where it has one of its own.
        empty: whether a table of somebody else's holds no row.
    """

    state: TableState
    query: str = ""
    listed: bool = False
    index: int = -1
    empty: bool = False


def lay_all(
    warehouse: Warehouse,
    tables: Mapping[str, TableSpec],
    held: Mapping[str, Held],
    loaded: Loaded,
    column: str,
    council: str,
) -> dict[str, LaidOver]:
    """Every table of ours that lies in the warehouse, in the order in which they are declared.

    A table that the engine refuses to read is told of and left out; the others are read.

    Raises:
        EvidenceError: no table says whose a row is, though it should; or the engine goes away.
    """
    lacking = without_column(warehouse, held, tables, column)
    loaded.ledger.problems += (
        taken_whole(lacking, column) if column else perhaps_shared(warehouse, held, tables)
    )
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
            index = loaded.ledger.enter(_entry(warehouse, spec, table))
            found = _laid(warehouse, spec, table, source, loaded.ledger)
            if found is None:
                _count_unused(warehouse, table, source, loaded.ledger, index)
                continue
            _enter(loaded.ledger, index, found)
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
            there[name] = LaidOver(state, query, index=index, empty=not found.read)
    return there


def _laid(
    warehouse: Warehouse, spec: TableSpec, held: Held, source: str, ledger: Ledger
) -> Laid | None:
    try:
        found, problems = lay(warehouse, spec, held, source)
    except RefusedError as error:
        found, problems = None, [_unreadable(warehouse, held, error.fault)]
    ledger.problems += problems
    return found


def _unreadable(warehouse: Warehouse, held: Held, fault: Fault) -> Problem:
    detail = f": {fault.detail}" if fault.detail else ""
    return Problem(
        held.place,
        f"{warehouse.name} refuses to read it ({fault.kind}{detail}). None of its rows are used.",
        held.look or f"See that this works for the same user: SELECT * FROM {held.place}",
    )


def _count_unused(
    warehouse: Warehouse, held: Held, source: str, ledger: Ledger, index: int
) -> None:
    """Enter the rows of a table that cannot be used, as far as they can be counted."""
    if held.closed:
        return
    with contextlib.suppress(RefusedError):
        read = warehouse.query(f"SELECT COUNT(*) FROM {source} AS t")[0][0]
        ledger.change(index, rows_read=read, rows_used=read)
        ledger.count_aside(index, UNUSABLE, read)


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


def _enter(ledger: Ledger, index: int, found: Laid) -> None:
    """Count what was read, and why what is not in use is not, in the words that files have."""
    dates = {c.name for c in found.spec.columns if c.type in ("date", "datetime")}
    reasons = Counter({UNLISTED: sum(found.unlisted.values())})
    for name, count in found.unknown.items():
        reasons[OUTSIDE if name in dates else "error cell"] += count
    ledger.change(
        index,
        rows_read=found.read,
        rows_used=found.read,
        unknown_cells=sum(found.unknown.values()),
        reasons={reason: count for reason, count in sorted(reasons.items()) if count},
    )
    ledger.count_aside(index, NO_KEY, found.keyless)
