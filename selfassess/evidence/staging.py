"""The query that types a sheet: values, then what is amiss, then why a row is not in use.

Only what a sheet needs is asked: a clean one costs a plain projection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfassess.evidence import cells
from selfassess.evidence.duckdb_warehouse import quoted
from selfassess.evidence.headers import column_letters
from selfassess.evidence.list_words import is_header, is_total
from selfassess.evidence.terms import Terms
from selfassess.model.evidence import Column, TableSpec

__all__ = ["ERRORS", "HEADER", "NO_RECORDS", "Staging"]

ERRORS = "_errors"
"""The table of (r, cols): for a row, its error cells' column numbers as ``|13|14|``."""

HEADER, _TOTAL, _NOTE = "header repeated", "a total", "a note"
_GUIDANCE, _NUMBERS = "guidance on the columns", "column numbers"
_PLAIN_KEYS = ("id", "text")
"""Types of key whose texts the survey has looked through for totals and headers."""
NO_RECORDS = (HEADER, _TOTAL, _NOTE, _GUIDANCE, _NUMBERS)
"""The ledger's words for rows that speak of the list itself; their cells are nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """A sheet to be typed.

    Attributes:
        found: the table's columns that the sheet has.
        raw: for each, the name of its cells in SQL.
        others: names of the cells that no column claims.
        numbers: for each column's name, its number in the spreadsheet.
        error_columns: numbers of the spreadsheet's columns that hold error cells.
        below: the rows below the header: ``FROM … WHERE …``.
    """

    table: TableSpec
    found: Sequence[Column]
    raw: Sequence[str]
    others: Sequence[str]
    numbers: Mapping[str, int]
    error_columns: frozenset[int]
    terms: Terms
    below: str

    @property
    def amiss(self) -> list[int]:
        """Columns that hold cells which could not be read."""
        return [n for n in range(len(self.found)) if n in self.terms.faulty or self._errors(n)]

    @property
    def clean(self) -> bool:
        """Whether no cell is amiss and each row has a plain id: no row and no cell is aside."""
        keys = [n for n, column in enumerate(self.found) if column.name in self.table.key]
        ids = [n for n, column in enumerate(self.found) if column.type == "id"]
        return (
            self.terms.complete
            and not (self.amiss or self.error_columns or self.terms.unlisted)
            and all(self.found[n].type in _PLAIN_KEYS for n in keys)
            and self.terms.looked_up.isdisjoint([*keys, *ids])
        )

    def plain_query(self) -> str:
        """SQL of (r, the columns, unknown_cells) in order, for a clean sheet."""
        values = ", ".join(
            f"{self._value(n)} AS {quoted(column.name)}" for n, column in enumerate(self.found)
        )
        joins = self.terms.joins(self.raw)
        # A projection keeps the rows' order; a join need not.
        order = " ORDER BY r" if joins else ""
        return (
            f"SELECT r, {values}, NULL AS unknown_cells FROM (SELECT * {self.below}) AS x"
            f"{joins}{order}"
        )

    def query(self) -> str:
        """SQL of (r, the columns, ``l <name>`` for unlisted codes, why, marks, unknown_cells)."""
        amiss = self.amiss
        stray = " OR ".join(f"trim({cell}) <> ''" for cell in self.others) or "FALSE"
        values = ", ".join(f"{self._value(n)} AS v{n}" for n in range(len(self.found)))
        joined = f" LEFT JOIN {ERRORS} AS e ON e.r = x.r" if self.error_columns else ""
        typed = (
            f"SELECT x.*, {values}{self.terms.marks(self.raw)}"
            f"{', cols' if joined else ', NULL AS cols'}"
            f" FROM (SELECT *, ({stray}) AS stray {self.below}) AS x"
            f"{self.terms.joins(self.raw)}{joined}"
        )
        names = [f"v{n} AS {quoted(c.name)}" for n, c in enumerate(self.found)]
        names += [
            f"coalesce(a{n} = 'l', FALSE) AS {quoted('l ' + self.found[n].name)}"
            for n in sorted(self.terms.unlisted)
        ]
        if not amiss:
            ending = "NULL AS marks, CAST(NULL AS VARCHAR) AS unknown_cells"
            return (
                f"SELECT r, {', '.join(names)}, {self._why()} AS why, {ending}"
                f" FROM (SELECT *, FALSE AS lost FROM ({typed}))"
            )
        marks = ", ".join(f"{self._mark(n)} AS m{n}" for n in amiss)
        lost = f"coalesce({', '.join(f'm{n}' for n in amiss)}) IS NOT NULL"
        places = ", ".join(f"m{n} || '{n}'" for n in amiss)
        words = ", ".join(
            f"CASE WHEN m{n} <> '' THEN {cells.literal(self.found[n].name)} END" for n in amiss
        )
        return (
            f"SELECT r, {', '.join(names)}, {self._why()} AS why,"
            f" CASE WHEN lost THEN concat_ws('|', {places}) END AS marks,"
            f" CASE WHEN lost THEN '|' || concat_ws('|', {words}) || '|' END AS unknown_cells"
            f" FROM (SELECT *, ({lost}) AS lost FROM (SELECT *, {marks} FROM ({typed})))"
        )

    def _errors(self, n: int) -> bool:
        return self.numbers[self.found[n].name] in self.error_columns

    def _in_error(self, n: int) -> str:
        return f"contains(cols, '|{self.numbers[self.found[n].name]}|')"

    def _value(self, n: int) -> str:
        value = self.terms.value(n, self.raw[n], self.found[n])
        # Some readers give an error cell's text; it is no value all the same.
        return (
            f"CASE WHEN {self._in_error(n)} THEN NULL ELSE {value} END"
            if self._errors(n)
            else value
        )

    def _mark(self, n: int) -> str:
        """``e`` for an error cell, ``p`` for what the type cannot hold, NULL for all else."""
        mark = self.terms.mark(n) if n in self.terms.faulty else "NULL"
        if self._errors(n):
            mark = f"CASE WHEN {self._in_error(n)} THEN 'e' ELSE {mark} END"
        return mark

    def _why(self) -> str:
        """SQL of why a row is not in use; NULL for the others."""
        places = {column.name: n for n, column in enumerate(self.found)}
        everything = range(len(self.found))
        keys = [places[name] for name in self.table.key]
        held = " AND ".join(f"v{n} IS NOT NULL" for n in keys)
        blank = " AND ".join(f"v{n} IS NULL" for n in everything if n not in keys) or "TRUE"
        failed = " OR ".join(f"m{n} IS NOT NULL" for n in keys if n in self.amiss) or "FALSE"
        first = keys[0]
        notes = "NULL"
        if first in self.terms.looked_up or self.found[first].type not in _PLAIN_KEYS:
            # Where every id is plain, no total, note or second header can stand among them.
            notes = self._notes(first, [n for n in everything if n not in keys])
        if numbered := self._numbered():
            notes = f"CASE WHEN {numbered} THEN '{_NUMBERS}' ELSE {notes} END"
        # Nearly every row has its id: what follows the first case is hardly ever computed.
        return (
            f"CASE WHEN {held} THEN {notes} WHEN {failed} THEN 'id cannot be read'"
            f" WHEN NOT lost AND cols IS NULL AND NOT coalesce(stray, FALSE) AND {blank}"
            f" AND {' AND '.join(f'v{n} IS NULL' for n in keys)} THEN 'blank row' ELSE 'no id' END"
        )

    def _notes(self, key: int, rest: Sequence[int]) -> str:
        """SQL for rows whose id is a word: totals, notes, and headers that stand again."""
        rules = [
            f"WHEN {is_total(f'v{key}')} THEN '{_TOTAL}'",
        ]
        if self.found[key].type == "id":
            alone = " AND ".join(f"v{n} IS NULL" for n in rest) or "FALSE"
            words = rf"NOT regexp_matches(v{key}, '\d') OR regexp_matches(v{key}, ' \S+ ')"
            rules.append(f"WHEN {alone} AND ({words}) THEN '{_NOTE}'")
            if guidance := self._guidance(key):
                rules.append(f"WHEN {guidance} THEN '{_GUIDANCE}'")
            again = is_header(f"v{key}", self.found[key])
        else:
            # A worker may be called by a header's word; a repeated header repeats its neighbour.
            texts = [n for n in rest if self.found[n].type in ("text", "code")]
            again = " AND ".join(is_header(f"v{n}", self.found[n]) for n in (key, *texts[:1]))
        return f"CASE WHEN {again} THEN '{HEADER}' {' '.join(rules)} END"

    def _guidance(self, key: int) -> str:
        """SQL of whether a row says what to write: its id is a word and none of its cells is read.

        An empty text where no row of the sheet can be one.
        """
        strict = [
            n
            for n, c in enumerate(self.found)
            if c.type in ("date", "datetime", "integer", "number") or cells.is_coded(c)
        ]
        unlisted = {n for n in strict if n in self.terms.unlisted}
        unread = [f"coalesce(m{n} = 'p', FALSE)" for n in strict if n in self.terms.faulty]
        unread += [f"coalesce(a{n} = 'l', FALSE)" for n in sorted(unlisted)]
        if len(unread) < 2:
            return ""
        nothing = [f"v{n} IS NULL" for n in strict if n not in unlisted]
        nothing += [f"(v{n} IS NULL OR a{n} = 'l')" for n in sorted(unlisted)]
        counted = " + ".join(f"CAST({each} AS INTEGER)" for each in unread)
        return rf"NOT regexp_matches(v{key}, '\d') AND {' AND '.join(nothing)} AND {counted} >= 2"

    def _numbered(self) -> str:
        """SQL of whether a row numbers or letters the columns; an empty text where no row can.

        Neither is a date, so that a sheet whose dates are all read has no such row.
        """
        dated = [n for n, c in enumerate(self.found) if c.type in ("date", "datetime")]
        if len(self.found) < 3 or not any(n in self.terms.faulty for n in dated):
            return ""
        first = min(self.numbers.values()) - 1
        return " AND ".join(
            f"coalesce({cell} IN ('{number}', '{number}.0', '{column_letters(number)}'), FALSE)"
            for cell, number in zip(
                self.raw, (self.numbers[c.name] - first for c in self.found), strict=True
            )
        )
