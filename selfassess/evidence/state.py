"""What reading hands over: tables, their state, the ledger, published figures."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.model.common import Scope
from selfassess.model.evidence import SetAside, SheetLedger, TableSpec

if TYPE_CHECKING:
    from selfassess.evidence.warehouse import Warehouse

__all__ = ["Evidence", "Input", "RawPublished", "SourceFile", "TableState"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read.

    Attributes:
        path: where it lies.
        name: how it is called in the ledger, the report and errors: relative to the workspace, with
            forward slashes.
        extract_date: the day on which it was drawn from the case system, where known.
    """

    path: Path
    name: str
    extract_date: dt.date | None = None

    def digest(self) -> str:
        """The SHA-256 of the file's bytes; an empty text where it cannot be opened."""
        try:
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that was read, with the hash of its bytes; or a table of a warehouse, without one.

    Attributes:
        through: the engine that holds the file's rows, where they were not read from it this time.
    """

    name: str
    sha256: str
    extract_date: dt.date | None = None
    through: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableState:
    """What was supplied of a declared table.

    Attributes:
        present: whether it was supplied; a CSV file with headers alone is a form not filled in.
        columns: names of the columns whose headers were found, in every sheet of the table.
        rows: rows in use.
        files: the sources, by name.
        extract_date: the earliest extract date of its files.
        unknown: for a column, its unreadable cells in rows in use.
        unlisted: for a coded column, the cells whose value is no code of the set, kept as they are.
        made_of: the tables that it was made of, where no file held it.
    """

    spec: TableSpec
    present: bool = False
    columns: frozenset[str] = frozenset()
    rows: int = 0
    files: tuple[str, ...] = ()
    extract_date: dt.date | None = None
    unknown: Mapping[str, int] = field(default_factory=dict)
    unlisted: Mapping[str, int] = field(default_factory=dict)
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPublished:
    """A published figure as ``readings.csv`` gives it; units are not yet converted.

    Attributes:
        place: ``file:line``.
        value: the figure, or the last of a series; None for a range.
        series: all values of a series, oldest first; empty for a single value.
        low, high: a range.
        cited: when and where its publisher printed it.
        comparator: a figure printed beside it.
    """

    place: str
    file: str
    measure: str
    value: float | None = None
    series: tuple[float, ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str = ""
    numerator: float | None = None
    denominator: float | None = None
    where: Scope = ()
    start: dt.date | None = None
    end: dt.date | None = None
    source: str = ""
    cited: str = ""
    comparator: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything read, as at one day.

    Attributes:
        as_at: the end of this day is the moment that everything is measured at.
        as_at_inferred: whether it was taken from the lists, not given.
        warehouse: the tables, the calendar; locked.
        tables: the state of every declared table, supplied or not.
        ledger: one entry a sheet, in reading order; ``source_sheet`` of a row is its index here.
        set_aside: every row and cell that is not in use, with its place and the reason.
        kept: cells in use as text whose value is no code of their column's set.
        problems: what was amiss and could be read around.
    """

    as_at: dt.date
    as_at_inferred: bool
    warehouse: Warehouse
    tables: Mapping[str, TableState]
    ledger: tuple[SheetLedger, ...]
    set_aside: tuple[SetAside, ...]
    inputs: tuple[Input, ...]
    published: tuple[RawPublished, ...] = ()
    kept: tuple[SetAside, ...] = ()
    problems: tuple[Problem, ...] = ()
