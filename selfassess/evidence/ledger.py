"""The row ledger: for every sheet, rows read = rows in use + rows set aside, each with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.errors import Problem
from selfassess.model.evidence import SetAside, SheetLedger

__all__ = ["TEXT_FILES", "Ledger"]

TEXT_FILES = (".csv", ".tsv")
"""A file of these with headers alone is a form that nobody has filled in yet; a workbook's empty
list says that there is nothing to list."""


class Ledger:
    """Collects what became of every row and cell.

    Attributes:
        problems: what was amiss and could be read around.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._sheets: list[SheetLedger] = []
        self._aside: list[list[SetAside]] = []
        self._kept: list[SetAside] = []

    @property
    def next_index(self) -> int:
        """The number of the next sheet."""
        return len(self._sheets)

    def add(
        self,
        sheet: SheetLedger,
        *,
        rows: Sequence[SetAside] = (),
        cells: Sequence[SetAside] = (),
        kept: Sequence[SetAside] = (),
    ) -> None:
        """Enter a sheet.

        Args:
            sheet: its name, table and rows read; the rest is counted here.
            rows: rows set aside.
            cells: cells set aside.
            kept: cells that stay in use and are said all the same.
        """
        reasons = Counter(item.reason for item in (*rows, *cells, *kept))
        self._kept += sorted(kept, key=lambda item: (item.row, item.column or ""))
        aside = sorted((*rows, *cells), key=lambda item: (item.row, item.column is not None))
        self._aside.append(aside)
        self._sheets.append(
            replace(
                sheet,
                rows_used=sheet.rows_read - len(rows),
                rows_set_aside=len(rows),
                reasons=dict(sorted(reasons.items())),
                unknown_cells=len(cells),
            )
        )

    def enter(self, sheet: SheetLedger) -> int:
        """Enter a table whose rows are counted and not listed; returns its number."""
        self._aside.append([])
        self._sheets.append(sheet)
        return len(self._sheets) - 1

    def change(self, index: int, **counts: Any) -> None:
        """Say what an entry counts, once that is known."""
        self._sheets[index] = replace(self._sheets[index], **counts)

    def append(self, other: Ledger, unused: Mapping[str, str]) -> None:
        """Enter all that another ledger holds, after what is here.

        Args:
            other: the ledger.
            unused: for a table whose rows here do not count, the reason.
        """
        for sheet, aside in zip(other._sheets, other._aside, strict=True):
            self._aside.append(aside)
            self._sheets.append(sheet)
            if reason := unused.get(sheet.table or ""):
                self.count_aside(len(self._sheets) - 1, reason, sheet.rows_used)
        self._kept += other._kept
        self.problems += other.problems

    def count_aside(self, index: int, reason: str, rows: int) -> None:
        """Take rows out of use, by their number alone, after their table was entered."""
        if not rows:
            return
        sheet = self._sheets[index]
        reasons = {**sheet.reasons, reason: sheet.reasons.get(reason, 0) + rows}
        self._sheets[index] = replace(
            sheet,
            rows_used=sheet.rows_used - rows,
            rows_set_aside=sheet.rows_set_aside + rows,
            reasons=dict(sorted(reasons.items())),
        )

    def set_row_aside(self, index: int, row: int, reason: str) -> None:
        """Take a row out of use after its sheet was entered."""
        sheet = self._sheets[index]
        self._aside[index].append(
            SetAside(path=sheet.path, sheet=sheet.sheet, row=row, reason=reason)
        )
        self.count_aside(index, reason, 1)

    def sheets(self) -> tuple[SheetLedger, ...]:
        """Every sheet, in reading order."""
        return tuple(self._sheets)

    def kept(self) -> tuple[SetAside, ...]:
        """Cells that stay in use and are said all the same, sheet by sheet, from the top."""
        return tuple(self._kept)

    def set_aside(self) -> tuple[SetAside, ...]:
        """Every row and cell set aside, sheet by sheet, from the top."""
        return tuple(
            item
            for sheet in self._aside
            for item in sorted(sheet, key=lambda i: (i.row, i.column is not None))
        )
