"""A recognised sheet becomes typed rows, and every row and cell of it is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from selfassess.evidence import cells
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse, quoted
from selfassess.evidence.headers import Match, column_letters, normalise
from selfassess.evidence.terms import Terms, look_up
from selfassess.model.evidence import Column, SetAside, Sheet, TableSpec

__all__ = [
    "EXTRA_COLUMNS",
    "UNLISTED",
    "Intake",
    "create_table",
    "place",
    "show_sheet",
    "source",
    "take_rows",
]

UNLISTED = "code not in the set, kept as text"
"""The ledger's word for a coded cell whose value no code's spelling fits; it stays in use."""

EXTRA_COLUMNS = {
    "row_id": "BIGINT",
    "source_sheet": "INTEGER",
    "source_row": "INTEGER",
    "unknown_cells": "VARCHAR",
}
"""Columns that every table has besides its own."""

_SHOWN, _SHEET, _STAGE, _ERRORS = "_shown", "_sheet", "_stage", "_errors"


@dataclass(slots=True)
class Intake:
    """What became of a sheet's rows.

    Attributes:
        read: rows below the header, to the last that holds anything.
        aside: the rows set aside.
        cells: the cells set aside; their rows may be in use.
        unlisted: for a coded column, cells whose value is no code of the set.
        lost_digits: ids in scientific notation: what they were cannot be told any more.
    """

    read: int
    aside: list[SetAside] = field(default_factory=list)
    cells: list[SetAside] = field(default_factory=list)
    unlisted: dict[str, int] = field(default_factory=dict)
    lost_digits: int = 0

    @property
    def used(self) -> int:
        """Rows in use."""
        return self.read - len(self.aside)

    def reasons(self) -> dict[str, int]:
        """How many rows and cells were set aside for each reason."""
        counts = Counter(item.reason for item in (*self.aside, *self.cells))
        if self.unlisted:
            counts[UNLISTED] = sum(self.unlisted.values())
        return dict(sorted(counts.items()))


def place(column: int, header: str) -> str:
    """A column as the ledger names it: ``M 'Allocated Team'``."""
    return f"{column_letters(column)} '{header}'"


def create_table(warehouse: DuckDBWarehouse, table: TableSpec) -> None:
    """Make a declared table, empty."""
    columns = {c.name: cells.SQL_TYPES[c.type] for c in table.columns} | EXTRA_COLUMNS
    body = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns.items())
    warehouse.execute(f"CREATE TABLE {quoted(table.id)} ({body})")


def show_sheet(warehouse: DuckDBWarehouse, sheet: Sheet) -> int:
    """Copy a sheet's cells into the warehouse, as text and with row numbers.

    Returns:
        How many columns it has; `source` names them.
    """
    if sheet.cells is None:
        warehouse.execute(f"CREATE OR REPLACE TEMP TABLE {_SHEET} (r BIGINT)")
        return 0
    warehouse.show(_SHOWN, sheet.cells)
    try:
        # Numbered in the order in which they come: the scan of an Arrow stream keeps it.
        warehouse.execute(
            f"CREATE OR REPLACE TEMP TABLE {_SHEET} AS"
            f" SELECT row_number() OVER () + {sheet.first_row - 1} AS r, * FROM {_SHOWN}"
        )
    finally:
        warehouse.hide(_SHOWN)
    return len(warehouse.columns(f"SELECT * FROM {_SHEET}")) - 1


def source(width: int) -> str:
    """The shown sheet in SQL: its row number is r, its columns are c0, c1 …"""
    return f"{_SHEET} AS s({', '.join(['r', *(f'c{i}' for i in range(width))])})"


def take_rows(
    warehouse: DuckDBWarehouse,
    sheet: Sheet,
    match: Match,
    *,
    width: int,
    path: str,
    index: int,
    first_id: int,
) -> Intake:
    """Read the shown sheet's rows into its table.

    Args:
        width: how many columns the sheet has.
        path: the file's name, for places.
        index: the sheet's number in the ledger.
        first_id: the row id before the first row's.
    """
    table, positions = match.table, match.columns
    found = [c for c in table.columns if c.name in positions]
    header_row = sheet.first_row + match.row
    numbers = {c.name: sheet.first_column + positions[c.name] for c in found}
    _note_errors(warehouse, sheet, header_row)
    raw = [f"c{positions[column.name]}" for column in found]
    below = f"FROM {source(width)} WHERE r > {header_row}"
    terms = look_up(warehouse, found, raw, below, date1904=sheet.date1904)
    others = [f"c{i}" for i in range(width) if i not in positions.values()]
    warehouse.execute(
        f"CREATE OR REPLACE TEMP TABLE {_STAGE} AS "
        + _staging(table, found, raw, others, terms, sheet, numbers, below)
    )
    last = warehouse.query(f"SELECT max(r) FROM {_STAGE} WHERE why IS DISTINCT FROM 'blank row'")
    end = last[0][0] or header_row
    intake = Intake(read=end - header_row)
    rows = warehouse.query(
        f"SELECT r, why FROM {_STAGE} WHERE why IS NOT NULL AND r <= {end} ORDER BY r"
    )
    intake.aside = [SetAside(path=path, sheet=sheet.name, row=r, reason=why) for r, why in rows]
    intake.cells = _cells_aside(warehouse, sheet, found, numbers, path, end)
    intake.unlisted = _unlisted(warehouse, found, terms)
    intake.lost_digits = _lost_digits(warehouse, found, terms)
    named = ", ".join(quoted(c.name) for c in found)
    warehouse.execute(
        f"INSERT INTO {quoted(table.id)}"
        f" ({named}, {', '.join(EXTRA_COLUMNS)})"
        f" SELECT {named}, {first_id - header_row} + r, {index}, r, unknown_cells"
        f" FROM {_STAGE} WHERE why IS NULL AND r <= {end} ORDER BY r"
    )
    for name in (_SHEET, _STAGE):
        warehouse.execute(f"DROP TABLE IF EXISTS {name}")
    return intake


def _note_errors(warehouse: DuckDBWarehouse, sheet: Sheet, header_row: int) -> None:
    """Keep the error cells below the header, as one text of column numbers a row."""
    rows: dict[int, list[int]] = {}
    for row, column in sheet.errors:
        if row > header_row:
            rows.setdefault(row, []).append(column)
    numbers = sorted(rows)
    warehouse.execute(
        f"CREATE OR REPLACE TEMP TABLE {_ERRORS} AS"
        " SELECT unnest($1::BIGINT[]) AS r, unnest($2::VARCHAR[]) AS cols",
        [numbers, ["|" + "|".join(map(str, sorted(rows[n]))) + "|" for n in numbers]],
    )


def _staging(
    table: TableSpec,
    found: Sequence[Column],
    raw: Sequence[str],
    others: Sequence[str],
    terms: Terms,
    sheet: Sheet,
    numbers: Mapping[str, int],
    below: str,
) -> str:
    """The query that types a sheet: values, then what is amiss, then why a row is not in use."""
    error_columns = {column for _, column in sheet.errors}
    stray = " OR ".join(f"trim(CAST({c} AS VARCHAR)) <> ''" for c in others) or "FALSE"
    values, marks, amiss = [], [], []
    for n, column in enumerate(found):
        values.append(f"{terms.value(n, raw[n], column)} AS v{n}")
        mark = terms.mark(n, raw[n], column)
        if numbers[column.name] in error_columns:
            there = f"contains(cols, '|{numbers[column.name]}|')"
            mark = f"CASE WHEN {there} THEN 'e' ELSE {mark or 'NULL'} END"
        if mark:
            marks.append(f"{mark} AS m{n}")
            amiss.append(n)
    listed = [
        f'coalesce(m{n} = \'l\', FALSE) AS "l {found[n].name}"'
        for n in amiss
        if found[n].type == "code"
    ]
    kept = ", ".join([*(f"v{n} AS {quoted(c.name)}" for n, c in enumerate(found)), *listed])
    lost = {n: f"m{n} IN ('e', 'p')" for n in amiss}
    any_lost = " OR ".join(f"coalesce({sql}, FALSE)" for sql in lost.values()) or "FALSE"
    all_marks = ", ".join(
        ["NULL", *(f"CASE WHEN {sql} THEN m{n} || '{n}' END" for n, sql in lost.items())]
    )
    names = ", ".join(
        ["NULL"]
        + [f"CASE WHEN {sql} THEN {cells.literal(found[n].name)} END" for n, sql in lost.items()]
    )
    typed = (
        f"SELECT x.r, stray, cols, {', '.join(raw)}, {', '.join(values)}{terms.marks()}"
        f" FROM {terms.rows(stray, raw, below)} LEFT JOIN {_ERRORS} AS e ON e.r = x.r"
    )
    marked = f"SELECT *, {', '.join(marks)} FROM ({typed})" if marks else typed
    return (
        f"SELECT r, {kept}, {_why(table, found, amiss, terms)} AS why,"
        f" CASE WHEN lost THEN concat_ws('|', {all_marks}) END AS marks,"
        f" CASE WHEN lost THEN '|' || concat_ws('|', {names}) || '|' END AS unknown_cells"
        f" FROM (SELECT *, ({any_lost}) AS lost FROM ({marked}))"
    )


def _why(table: TableSpec, found: Sequence[Column], amiss: Sequence[int], terms: Terms) -> str:
    """SQL of why a row is not in use; NULL for the others."""
    places = {column.name: n for n, column in enumerate(found)}
    everything = range(len(found))
    keys = [places[name] for name in table.key]
    blank = " AND ".join(f"v{n} IS NULL" for n in everything)
    failed = " OR ".join(f"m{n} IN ('e', 'p')" for n in keys if n in amiss) or "FALSE"
    missing = " OR ".join(f"v{n} IS NULL" for n in keys)
    rules = [
        f"WHEN {blank} AND NOT lost AND NOT coalesce(stray, FALSE) AND cols IS NULL"
        " THEN 'blank row'",
        f"WHEN {failed} THEN 'id cannot be read'",
        f"WHEN {missing} THEN 'no id'",
    ]
    first = keys[0]
    if first in terms.looked_up or found[first].type != "id":
        # Where every id is plain, no total, note or second header can stand among them.
        rules += _notes(found, first, [n for n in everything if n not in keys])
    return f"CASE {' '.join(rules)} END"


def _notes(found: Sequence[Column], key: int, rest: Sequence[int]) -> list[str]:
    """Rules for rows whose id is a word: totals, notes, and headers that stand again."""
    alone = " AND ".join(f"v{n} IS NULL" for n in rest) or "FALSE"
    rules = [
        rf"WHEN regexp_matches(lower(v{key}), '^(grand |sub-?)?totals?\b') THEN 'a total'",
    ]
    if found[key].type == "id":
        rules.append(
            rf"WHEN {alone} AND (NOT regexp_matches(v{key}, '\d') OR regexp_matches(v{key}, ' \S+ '))"
            " THEN 'a note'"
        )
        again = _is_header(found, key)
    else:
        # A worker may be called by a header's word; a repeated header repeats its neighbour too.
        words = [n for n in rest if found[n].type in ("text", "code")]
        again = " AND ".join(_is_header(found, n) for n in (key, *words[:1]))
    return [f"WHEN {again} THEN 'header repeated'", *rules]


def _is_header(found: Sequence[Column], n: int) -> str:
    heads = ", ".join(sorted(cells.literal(normalise(h)) for h in found[n].headers))
    return f"trim(regexp_replace(lower(v{n}), '[\\W_]+', ' ', 'g')) IN ({heads})"


def _cells_aside(
    warehouse: DuckDBWarehouse,
    sheet: Sheet,
    found: list[Column],
    numbers: Mapping[str, int],
    path: str,
    end: int,
) -> list[SetAside]:
    """Every cell that could not be read, by row and column; error cells elsewhere in the row too."""
    known: dict[tuple[int, int], SetAside] = {}
    marked = f"SELECT r, marks FROM {_STAGE} WHERE marks IS NOT NULL AND r <= {end}"
    for row, marks in warehouse.query(marked):
        for mark in marks.split("|"):
            column = found[int(mark[1:])]
            number = numbers[column.name]
            known[row, number] = SetAside(
                path=path,
                sheet=sheet.name,
                row=row,
                reason="error cell" if mark[0] == "e" else cells.reason(column),
                column=place(number, column.headers[0]),
            )
    for row, number in sheet.errors:
        if (row, number) not in known and row <= end:
            known.setdefault(
                (row, number),
                SetAside(
                    path=path,
                    sheet=sheet.name,
                    row=row,
                    reason="error cell outside the list's columns",
                    column=column_letters(number),
                ),
            )
    return [known[key] for key in sorted(known)]


def _unlisted(
    warehouse: DuckDBWarehouse, found: Sequence[Column], terms: Terms
) -> dict[str, int]:
    coded = [
        c.name
        for n, c in enumerate(found)
        if c.type == "code" and c.codes and n in terms.looked_up
    ]
    if not coded:
        return {}
    sums = ", ".join(f"count(*) FILTER ({quoted('l ' + name)})" for name in coded)
    counts = warehouse.query(f"SELECT {sums} FROM {_STAGE} WHERE why IS NULL")[0]
    return {name: n for name, n in zip(coded, counts, strict=True) if n}


def _lost_digits(warehouse: DuckDBWarehouse, found: Sequence[Column], terms: Terms) -> int:
    ids = [c.name for n, c in enumerate(found) if c.type == "id" and n in terms.looked_up]
    if not ids:
        return 0
    sums = " + ".join(
        rf"count(*) FILTER (regexp_full_match({quoted(name)}, '\d(\.\d+)?E\+\d+'))"
        for name in ids
    )
    return int(warehouse.query(f"SELECT {sums} FROM {_STAGE} WHERE why IS NULL")[0][0])
