"""Reading evidence: files become sheets, sheets become tables, and nothing gets lost on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from selfassess.errors import EvidenceError, Problem, nearest
from selfassess.evidence import calendar
from selfassess.evidence.as_at import AFTER
from selfassess.evidence.concluding import conclude, counted, day_of
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.evidence.ledger import Ledger
from selfassess.evidence.padded import padded_ids
from selfassess.evidence.repeats import repeats
from selfassess.evidence.rows import columns_of, forget_sheet
from selfassess.evidence.sheets import SheetIntake
from selfassess.evidence.state import Evidence, Input, SourceFile
from selfassess.evidence.warehouse import quoted
from selfassess.model.evidence import EvidenceReader, TableSpec

__all__ = [
    "Taken",
    "read_evidence",
    "set_aside_later",
    "take_files",
]

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """Files as they were read: typed tables, with later rows still in them.

    Attributes:
        intake: what was supplied of each table, and the published figures.
    """

    warehouse: DuckDBWarehouse
    ledger: Ledger
    intake: SheetIntake
    inputs: tuple[Input, ...]


def take_files(
    files: Sequence[SourceFile],
    *,
    tables: Mapping[str, TableSpec],
    readers: Sequence[EvidenceReader],
    progress: Progress | None = None,
) -> Taken:
    """Read files into typed tables; no row is looked at for its date. See `read_evidence`."""
    warehouse = DuckDBWarehouse(files=[file.path for file in files])
    for table in tables.values():
        warehouse.create_table(table.id, columns_of(table), ())
    ledger = Ledger()
    intake = SheetIntake(warehouse, tables, ledger)
    inputs = tuple(_read_file(file, readers, intake, progress) for file in files)
    warehouse.shut()
    forget_sheet(warehouse)
    ledger.problems += repeats(warehouse, tables, ledger.sheets())
    ledger.problems += padded_ids(warehouse, intake.states)
    return Taken(warehouse, ledger, intake, inputs)


def read_evidence(
    files: Sequence[SourceFile],
    *,
    tables: Mapping[str, TableSpec],
    readers: Sequence[EvidenceReader],
    as_at: dt.date | None = None,
    other_evidence: bool = False,
    told: Sequence[Problem] = (),
    progress: Progress | None = None,
) -> Evidence:
    """Read every file into typed tables, with a ledger of every row.

    A file that cannot be read is told of in the problems; the others are read nonetheless.

    Args:
        files: the sources.
        tables: the declared tables, by id. All of them exist in the warehouse afterwards.
        readers: readers of file types; the first that takes a file's ending reads it.
        as_at: the day to measure at; None infers it from the lists.
        other_evidence: whether there is evidence beside the files, such as register entries, so
            that files without a row are no fault.
        told: what was found amiss before anything was read; it heads the evidence's problems.
        progress: told what is being read, in words.

    Raises:
        EvidenceError: no list and no published figure could be read, or there is no date to
            measure at; carries every problem met.
    """
    taken = take_files(files, tables=tables, readers=readers, progress=progress)
    warehouse, ledger, intake, inputs = taken.warehouse, taken.ledger, taken.intake, taken.inputs
    ledger.problems[:0] = told
    calendar.build(warehouse)
    sources = [
        (warehouse, spec, quoted(name))
        for name, spec in tables.items()
        if intake.states[name].present
    ]
    day = day_of(sources, as_at, intake.published, ledger, any_file=bool(files))
    for table in tables.values():
        if table.event and intake.states[table.id].present:
            set_aside_later(warehouse, table, table.event, day, ledger)
    states = {}
    for name in tables:
        sheets = [sheet for sheet in ledger.sheets() if sheet.table == name]
        states[name] = counted(warehouse, intake.states[name], sheets, inputs)
    return conclude(
        warehouse,
        day=day,
        inferred=as_at is None,
        states=states,
        ledger=ledger,
        inputs=inputs,
        published=intake.published,
        other_evidence=other_evidence,
        any_file=bool(files),
    )


def _read_file(
    file: SourceFile,
    readers: Sequence[EvidenceReader],
    intake: SheetIntake,
    progress: Progress | None,
) -> Input:
    if progress:
        progress(f"Reading {file.name}")
    suffix = file.path.suffix.lower()
    reader = next((r for r in readers if suffix in r.suffixes), None)
    try:
        if reader is None:
            endings = sorted({s for r in readers for s in r.suffixes})
            raise EvidenceError(
                f"{file.name}: no reader takes a file that ends in '{suffix}'.",
                hint=nearest(suffix, endings),
            )
        for sheet in reader.read(file.path):
            intake.take(sheet, file)
    except EvidenceError as error:
        message = error.message.removeprefix(f"{file.path.name}: ")
        intake.ledger.problems.append(
            Problem(
                where=file.name, message=message.removeprefix(f"{file.name}: "), hint=error.hint
            )
        )
        intake.ledger.problems.extend(error.problems)
    return Input(name=file.name, sha256=file.digest(), extract_date=file.extract_date)


def set_aside_later(
    warehouse: DuckDBWarehouse,
    table: TableSpec,
    event: str,
    day: dt.date,
    ledger: Ledger,
    *,
    first: int = 0,
) -> None:
    """Take out rows whose event lies after a day, and enter each in the ledger.

    Args:
        warehouse: where the rows are.
        table: which table.
        event: its column that says when.
        day: the last day that counts.
        ledger: where its sheets are entered.
        first: the number there of the sheet that rows call the first.
    """
    later = f"CAST({quoted(event)} AS DATE) > DATE '{day}'"
    rows = warehouse.query(
        f"SELECT source_sheet, source_row FROM {quoted(table.id)} WHERE {later} ORDER BY row_id"
    )
    for sheet, row in rows:
        ledger.set_row_aside(first + sheet, row, AFTER)
    if rows:
        warehouse.execute(f"DELETE FROM {quoted(table.id)} WHERE {later}")
