"""Evidence that lies in a warehouse: found, laid over our tables, and counted, without being moved.

Three kinds of tables meet here: those that `selfassess warehouse load` made of files, those of
somebody else's, and files of the workspace, which go to the warehouse for the time of the run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from selfassess.errors import EvidenceError, Problem
from selfassess.evidence import calendar
from selfassess.evidence.as_at import AFTER
from selfassess.evidence.concluding import Source, conclude, counted, day_of
from selfassess.evidence.foreign_sql import absent
from selfassess.evidence.intake import (
    Taken,
    set_aside_later,
    take_files,
)
from selfassess.evidence.laid import LaidOver, lay_all
from selfassess.evidence.ledger import Ledger
from selfassess.evidence.loaded import Loaded, loaded_in
from selfassess.evidence.rows import EXTRA_COLUMNS, columns_of
from selfassess.evidence.state import Evidence, Input, SourceFile, TableState
from selfassess.evidence.warehouse import Held, Warehouse, quoted
from selfassess.evidence.whose import no_row_of, nothing_in
from selfassess.model.evidence import EvidenceReader, SheetLedger, TableSpec

__all__ = ["attach"]

UNUSED = "the warehouse has this list"
"""The ledger's word for the rows of a file whose list lies in the warehouse as well."""


def attach(
    warehouse: Warehouse,
    *,
    tables: Mapping[str, TableSpec],
    files: Sequence[SourceFile] = (),
    readers: Sequence[EvidenceReader] = (),
    as_at: dt.date | None = None,
    council_column: str = "",
    council: str = "",
    other_evidence: bool = False,
    told: Sequence[Problem] = (),
    progress: Callable[[str], None] | None = None,
) -> Evidence:
    """Make a warehouse's tables, and files beside them, into evidence.

    Args:
        warehouse: an engine to which nothing of this run has been put yet.
        tables: the declared tables, by id. All of them can be asked afterwards.
        files: the workspace's own; a table that the warehouse holds as well is taken from there.
        readers: readers of file types.
        as_at: the day to measure at; None infers it from the lists.
        council_column: the column that says whose a row is; a table without it is taken whole.
        council: its value.
        other_evidence: whether there is evidence beside, so that no list is needed.
        told: what was found amiss before anything was read.
        progress: told what is being done, in words.

    Raises:
        EvidenceError: the engine refuses or goes away, no list has a row, or there is no date to
            measure at.
    """
    if progress:
        progress("Looking at the warehouse's tables")
    warehouse.wrong = EvidenceError
    held = warehouse.held()
    loaded = loaded_in(warehouse, held, tables, council_column, council)
    ledger = loaded.ledger
    ledger.problems += told
    there = lay_all(warehouse, tables, held, loaded, council_column, council)
    taken = take_files(
        [file for file in files if not _is_loaded(file, loaded)],
        tables=tables,
        readers=readers,
        progress=progress,
    )
    _look_for_rows(warehouse, tables, held, there, taken, ledger, council_column, council)
    offset = ledger.next_index
    _take_ledger(taken, ledger, there, held)
    for name, state in taken.intake.states.items():
        if state.present and name not in there:
            there[name] = LaidOver(state, listed=True)
    if not (there or taken.intake.published or (other_evidence and not ledger.problems)):
        raise nothing_in(warehouse, held, tables, ledger.problems)
    inputs = _inputs(warehouse, loaded, taken)
    sources = list(_sources(warehouse, tables, there, taken))
    day = day_of(sources, as_at, taken.intake.published, ledger, any_file=bool(files or held))
    for name, spec in tables.items():
        _bring(warehouse, spec, there.get(name), taken, ledger, offset, day)
    calendar.build(taken.warehouse)
    calendar.carry(taken.warehouse, warehouse)
    taken.warehouse.close()
    states = {
        name: counted(warehouse, there[name].state, _sheets_of(name, there[name], ledger), inputs)
        if name in there
        else TableState(spec=spec)
        for name, spec in tables.items()
    }
    return conclude(
        warehouse,
        day=day,
        inferred=as_at is None,
        states=states,
        ledger=ledger,
        inputs=inputs,
        published=taken.intake.published,
        other_evidence=other_evidence,
        any_file=bool(files or held),
    )


def _is_loaded(file: SourceFile, loaded: Loaded) -> bool:
    """Whether these very bytes lie in the warehouse, so that they need not be read again."""
    known = loaded.inputs.get(file.name)
    return known is not None and known.sha256 == file.digest()


def _take_ledger(
    taken: Taken, ledger: Ledger, there: Mapping[str, LaidOver], held: Mapping[str, Held]
) -> None:
    """Enter what was read from files; say which of it does not count."""
    ledger.append(taken.ledger, dict.fromkeys(there, UNUSED))
    for sheet in taken.ledger.sheets():
        table = sheet.table or ""
        if table in there and sheet.rows_read:
            ledger.problems.append(
                Problem(
                    f"{sheet.path}, {sheet.sheet}",
                    f"{there[table].state.spec.title} lies in the warehouse as well "
                    f"({held[table.lower()].place}); the rows there are used, and not these.",
                    "Take the file out, or load it: selfassess warehouse load",
                )
            )


def _look_for_rows(
    warehouse: Warehouse,
    tables: Mapping[str, TableSpec],
    held: Mapping[str, Held],
    there: dict[str, LaidOver],
    taken: Taken,
    ledger: Ledger,
    column: str,
    council: str,
) -> None:
    """Leave out tables that hold nothing: whether nothing happened or nothing came is not told.

    Raises:
        EvidenceError: nothing at all is there of the council.
    """
    present = {name for name, state in taken.intake.states.items() if state.present}
    empty = [name for name, laid in there.items() if laid.empty]
    if column and any(name.lower() in held for name in tables) and len(empty) == len(there):
        nobody = no_row_of(warehouse, held, tables, column, council)
        if not present:
            raise nobody
        ledger.problems.append(Problem("warehouse", nobody.message, nobody.hint))
    for name in empty:
        del there[name]
        if name not in present:
            whose = " of this council" if column and held[name.lower()].own(column) else ""
            ledger.problems.append(
                Problem(
                    held[name.lower()].place,
                    f"holds no row{whose}: {tables[name].title} counts as not supplied.",
                    "If there is nothing to list, say so by a workbook in evidence/ that holds the "
                    "list's headers alone.",
                )
            )


def _inputs(warehouse: Warehouse, loaded: Loaded, taken: Taken) -> tuple[Input, ...]:
    """Files by name, then the warehouse's own tables; their rows are not hashed."""
    files = {**loaded.inputs, **{each.name: each for each in taken.inputs}}
    through = {
        name: replace(each, through=warehouse.engine) for name, each in loaded.inputs.items()
    }
    named = [(files | through)[name] for name in sorted(files)]
    own = [each.path for each in loaded.ledger.sheets() if each.path not in files]
    return (*named, *(Input(name=name, sha256="") for name in own))


def _sources(
    warehouse: Warehouse,
    tables: Mapping[str, TableSpec],
    there: Mapping[str, LaidOver],
    taken: Taken,
) -> Iterator[Source]:
    """Each list that was supplied, wherever it is."""
    for name, spec in tables.items():
        if name not in there:
            continue
        if query := there[name].query:
            yield warehouse, spec, f"({query})"
        else:
            yield taken.warehouse, spec, quoted(name)


def _bring(
    warehouse: Warehouse,
    spec: TableSpec,
    laid: LaidOver | None,
    taken: Taken,
    ledger: Ledger,
    offset: int,
    day: dt.date,
) -> None:
    """Let the run see a table under its own name, without rows of a later day."""
    columns = columns_of(spec)
    names = ", ".join(map(quoted, columns))
    if laid is None:
        nothing = [absent(c) for c in spec.columns]
        nothing += [f"CAST(NULL AS {kind}) AS {name}" for name, kind in EXTRA_COLUMNS.items()]
        warehouse.create_view(spec.id, f"SELECT {', '.join(nothing)} WHERE 1 = 0")
        return
    if not laid.query:
        if spec.event:
            set_aside_later(taken.warehouse, spec, spec.event, day, ledger, first=offset)
        rows = taken.warehouse.query(f"SELECT {names} FROM {quoted(spec.id)} ORDER BY row_id")
        at = list(columns).index("source_sheet")
        warehouse.create_table(
            spec.id, columns, ((*r[:at], r[at] + offset, *r[at + 1 :]) for r in rows)
        )
        return
    where = ""
    if spec.event:
        event = f"CAST(x.{quoted(spec.event)} AS DATE)"
        later = f"FROM ({laid.query}) AS x WHERE {event} > DATE '{day}'"
        if laid.listed:
            asked = f"SELECT source_sheet, source_row {later} ORDER BY row_id"
            for sheet, row in warehouse.query(asked):
                ledger.set_row_aside(sheet, row, AFTER)
        else:
            ledger.count_aside(laid.index, AFTER, warehouse.query(f"SELECT COUNT(*) {later}")[0][0])
        where = f" WHERE x.{quoted(spec.event)} IS NULL OR {event} <= DATE '{day}'"
    warehouse.create_view(spec.id, f"SELECT {names} FROM ({laid.query}) AS x{where}")


def _sheets_of(table: str, laid: LaidOver, ledger: Ledger) -> list[SheetLedger]:
    """The ledger's entries of a table's rows: its own where it has one, else all of its name."""
    if laid.index >= 0:
        return [ledger.sheets()[laid.index]]
    return [sheet for sheet in ledger.sheets() if sheet.table == table]
