"""What `selfassess warehouse load` keeps beside the rows: sources, ledger, what each table held.

With it, rows that were read from files and lie in a database still lead to file, sheet and row, and
give the same figures as the files do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selfassess.errors import EvidenceError, Problem
from selfassess.evidence.foreign_sql import of_council
from selfassess.evidence.intake import Taken
from selfassess.evidence.ledger import Ledger
from selfassess.evidence.loaded_tables import (
    BEGUN,
    COLUMNS,
    LOADED,
    OWN,
    check_shared,
    made_by_load,
)
from selfassess.evidence.rows import columns_of
from selfassess.evidence.sheets import FIGURES
from selfassess.evidence.state import Input, TableState
from selfassess.evidence.warehouse import Held, Store, Warehouse, quoted
from selfassess.model.evidence import SetAside, SheetLedger, TableSpec

__all__ = ["Loaded", "begun", "loaded_in", "to_store"]


@dataclass(slots=True)
class Loaded:
    """Files as they were read when they were loaded.

    Attributes:
        inputs: the files, by name.
        ledger: a sheet each, with what was set aside.
        states: what was supplied of each table.
        made: every table that `load` made, whosever rows it holds.
    """

    inputs: dict[str, Input] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    states: dict[str, TableState] = field(default_factory=dict)
    made: frozenset[str] = frozenset()


def to_store(
    taken: Taken, tables: Mapping[str, TableSpec], earlier: Iterable[str] = ()
) -> list[Store]:
    """What to keep of files that were read: the supplied tables and all that is known of them.

    Published figures stay files: they hold no rows.

    Args:
        taken: the files.
        tables: ours.
        earlier: tables that were loaded once and that no file holds any more; they are emptied.
    """
    states = {name: state for name, state in taken.intake.states.items() if state.present}
    kept = [(n, each) for n, each in enumerate(taken.ledger.sheets()) if each.table != FIGURES]
    sheets = [(n, each) for n, (_, each) in enumerate(kept)]
    moved = {old: n for n, (old, _) in enumerate(kept)}
    numbers = {(each.path, each.sheet): n for n, each in sheets}
    paths = {each.path for _, each in sheets}
    gone = {name: TableState(spec=tables[name]) for name in sorted(earlier) if name in tables}
    stores = [
        Store(name=name, columns=columns, rows=_rows(taken, name, columns, moved))
        for name, columns in ((name, columns_of(tables[name])) for name in states)
    ]
    rows: dict[str, list[tuple[Any, ...]]] = {
        f"{OWN}inputs": [
            (n, each.name, each.sha256, each.extract_date)
            for n, each in enumerate(taken.inputs)
            if each.name in paths
        ],
        f"{OWN}sheets": [
            (
                n,
                each.path,
                each.sheet,
                each.table,
                each.rows_read,
                each.header_row,
                int(each.hidden),
                json.dumps(each.ignored_columns),
            )
            for n, each in sheets
        ],
        f"{OWN}set_aside": [
            (numbers[item.path, item.sheet], what, item.row, item.column, item.reason)
            for what, items in (("aside", taken.ledger.set_aside()), ("kept", taken.ledger.kept()))
            for item in items
            if (item.path, item.sheet) in numbers
        ],
        f"{OWN}problems": [
            (n, each.where, each.message, each.hint)
            for n, each in enumerate(taken.ledger.problems)
            if each.where.partition(",")[0] in paths
        ],
        LOADED: [
            (
                name,
                int(state.present),
                json.dumps(sorted(state.columns)),
                json.dumps(state.files),
                json.dumps(dict(state.unlisted)),
            )
            for name, state in (*states.items(), *gone.items())
        ],
    }
    stores += [Store(name=name, columns=columns_of(tables[name]), rows=()) for name in gone]
    return [*stores, *(Store(name=n, columns=COLUMNS[n], rows=each) for n, each in rows.items())]


def begun(stores: Iterable[Store]) -> Store:
    """What to keep before a loading that an engine may leave half done: `loaded_in` refuses it."""
    rows = [(each.name, BEGUN, "[]", "[]", "{}") for each in stores]
    return Store(name=LOADED, columns=COLUMNS[LOADED], rows=rows)


def _rows(
    taken: Taken, table: str, columns: Mapping[str, str], moved: Mapping[int, int]
) -> Iterator[tuple[Any, ...]]:
    """A table's rows; a sheet's number is that among the sheets of rows."""
    names = ", ".join(map(quoted, columns))
    at = list(columns).index("source_sheet")
    for row in taken.warehouse.query(f"SELECT {names} FROM {quoted(table)} ORDER BY row_id"):
        yield (*row[:at], moved[row[at]], *row[at + 1 :])


def loaded_in(
    warehouse: Warehouse,
    held: Mapping[str, Held],
    tables: Mapping[str, TableSpec],
    column: str,
    council: str,
) -> Loaded:
    """What `load` kept in a warehouse; empty where it never ran there.

    Args:
        warehouse: where to look.
        held: the tables that lie there.
        tables: ours.
        column: the column that says whose a row is.
        council: whose are wanted.

    Raises:
        EvidenceError: a loading was broken off, or the tables beside the rows are incomplete.
    """
    found = Loaded()
    if LOADED not in held:
        return found
    if closed := held[LOADED].closed:
        why, hint = closed
        raise EvidenceError(f"{held[LOADED].place}: {why}", hint=hint)
    check_shared(held, column)
    broken = warehouse.query(
        f"SELECT COUNT(*) FROM {of_council(held[LOADED], column, council)} AS t"
        f" WHERE t.present = {BEGUN}"
    )
    if broken[0][0]:
        raise EvidenceError(
            f"{held[LOADED].place}: a loading was broken off; what lies there is incomplete.",
            hint="Load again: selfassess warehouse load",
        )
    lacking = sorted(name for name in COLUMNS if name not in held)
    if lacking:
        raise EvidenceError(
            f"{held[LOADED].place}: the tables that `warehouse load` made are not all there; "
            f"{', '.join(lacking)} is missing.",
            hint="Load again: selfassess warehouse load",
        )
    found.made = made_by_load(warehouse, held)

    def read(name: str) -> list[tuple[Any, ...]]:
        source = of_council(held[name], column, council)
        names = ", ".join(f"t.{quoted(each)}" for each in COLUMNS[name])
        return warehouse.query(f"SELECT {names} FROM {source} AS t")

    for _, name, sha256, date in sorted(read(f"{OWN}inputs"), key=_first):
        found.inputs[name] = Input(name=name, sha256=sha256, extract_date=date)
    _read_ledger(found, read(f"{OWN}sheets"), read(f"{OWN}set_aside"))
    for _, place, message, hint in sorted(read(f"{OWN}problems"), key=_first):
        found.ledger.problems.append(Problem(place, message, hint))
    for name, present, columns, files, unlisted in read(LOADED):
        if present and name in tables and name.lower() in held:
            found.states[name] = TableState(
                spec=tables[name],
                present=True,
                columns=frozenset(json.loads(columns)) & {c.name for c in tables[name].columns},
                files=tuple(json.loads(files)),
                unlisted=json.loads(unlisted),
            )
    return found


def _first(row: Sequence[Any]) -> int:
    return int(row[0])


def _read_ledger(
    found: Loaded, sheets: list[tuple[Any, ...]], aside: list[tuple[Any, ...]]
) -> None:
    of: dict[tuple[int, str], list[tuple[Any, ...]]] = {}
    for n, what, *item in aside:
        of.setdefault((n, what), []).append(tuple(item))
    for n, path, sheet, table, read, header, hidden, ignored in sorted(sheets, key=_first):
        items = {
            what: [
                SetAside(path=path, sheet=sheet, row=row, column=place, reason=reason)
                for row, place, reason in of.get((n, what), ())
            ]
            for what in ("aside", "kept")
        }
        entry = SheetLedger(
            path=path,
            sheet=sheet,
            table=table,
            rows_read=read,
            rows_used=read,
            rows_set_aside=0,
            header_row=header,
            hidden=bool(hidden),
            ignored_columns=tuple(json.loads(ignored)),
        )
        found.ledger.add(
            entry,
            rows=[each for each in items["aside"] if each.column is None],
            cells=[each for each in items["aside"] if each.column is not None],
            kept=items["kept"],
        )
