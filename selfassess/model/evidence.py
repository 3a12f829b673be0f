"""Evidence as it is read: sheets, and the ledger of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from selfassess.model.claims import Claim, ClaimItem, PlannedAction, RegisterEntry
from selfassess.model.tables import Code, Column, Link, TableSpec, View, ViewSource

__all__ = [
    "Claim",
    "ClaimItem",
    "Code",
    "Column",
    "EvidenceReader",
    "Link",
    "PlannedAction",
    "RegisterEntry",
    "SetAside",
    "Sheet",
    "SheetLedger",
    "TableSpec",
    "View",
    "ViewSource",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as a reader hands it over: text cells, no header understood yet.

    Attributes:
        name: the sheet's name, or the file's for CSV.
        cells: an Arrow-capable table of text columns (the Arrow PyCapsule interface), all rows of
            the sheet in order, blank rows kept.
        first_row: the spreadsheet row number of the first row of `cells` (1 for most).
        errors: (row, column) numbers, 1-based as in the spreadsheet, of error cells.
        unsaved: the same of formulas without a result, which no spreadsheet has reckoned.
        hidden: whether the sheet is hidden.
        date1904: whether the workbook counts days from 1904, as old Macintosh ones do; concerns
            dates that stand as plain numbers.
    """

    name: str
    cells: Any
    first_row: int = 1
    first_column: int = 1
    errors: frozenset[tuple[int, int]] = frozenset()
    unsaved: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    date1904: bool = False


class EvidenceReader(Protocol):
    """Turns a file into sheets of text cells."""

    suffixes: tuple[str, ...]
    """File endings it takes, lower case with the dot."""

    def read(self, path: Path) -> Iterator[Sheet]:
        """Yield every sheet; raises EvidenceError naming the file where it cannot be read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row or a cell that was not used, and why. Never holds the cell's content."""

    path: str
    sheet: str
    row: int
    reason: str
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLedger:
    """rows_read = rows_used + rows_set_aside, always.

    `reasons` counts set-aside rows and cells by reason; cells set aside leave their row in use.

    Attributes:
        table: the table that the sheet was recognised as; None for guidance and the like.
        rows_read: rows below the header, to the last that holds anything; all rows without one.
        ignored_columns: headers that no column of the table claims.
    """

    path: str
    sheet: str
    table: str | None
    rows_read: int
    rows_used: int
    rows_set_aside: int
    header_row: int | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)
    unknown_cells: int = 0
    ignored_columns: tuple[str, ...] = ()
    hidden: bool = False
