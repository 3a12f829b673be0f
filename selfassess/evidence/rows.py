"""A recognised sheet becomes typed rows, and every row and cell of it is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selfassess.evidence import cells
from selfassess.evidence.codes import code_finder
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse, quoted
from selfassess.evidence.headers import Match, column_letters, normalise
from selfassess.model.evidence import Code, Column, SetAside, Sheet, TableSpec

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

_SHOWN, _SHEET, _TEXTS, _STAGE = "_shown", "_sheet", "_texts", "_stage"
_ERRORS, _CODES, _DATES = "_errors", "_codes", "_dates"


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
    _keep_texts(warehouse, match, found, width, header_row)
    coded = _note_codes(warehouse, found)
    dated, failing = _survey(warehouse, found)
    if dated:
        _note_dates(warehouse, found, dated, date1904=sheet.date1904)
    warehouse.execute(
        _staging(sheet, match, found, numbers, looked_up=coded | dated, failing=failing)
    )
    last = warehouse.query(f"SELECT max(r) FROM {_STAGE} WHERE why IS DISTINCT FROM 'blank row'")
    end = last[0][0] or header_row
    intake = Intake(read=end - header_row)
    rows = warehouse.query(
        f"SELECT r, why FROM {_STAGE} WHERE why IS NOT NULL AND r <= {end} ORDER BY r"
    )
    intake.aside = [SetAside(path=path, sheet=sheet.name, row=r, reason=why) for r, why in rows]
    intake.cells = _cells_aside(warehouse, sheet, found, numbers, path, end)
    intake.unlisted = _unlisted(warehouse, found)
    intake.lost_digits = _lost_digits(warehouse, found)
    named = ", ".join(quoted(c.name) for c in found)
    warehouse.execute(
        f"INSERT INTO {quoted(table.id)}"
        f" ({named}, {', '.join(EXTRA_COLUMNS)})"
        f" SELECT {named}, {first_id - header_row} + r, {index}, r, unknown_cells"
        f" FROM {_STAGE} WHERE why IS NULL AND r <= {end} ORDER BY r"
    )
    for name in (_SHEET, _TEXTS, _STAGE):
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


def _keep_texts(
    warehouse: DuckDBWarehouse, match: Match, found: list[Column], width: int, header_row: int
) -> None:
    """Clean a sheet's cells: t0, t1 … are the columns found, NULL where blank."""
    others = [f"c{i}" for i in range(width) if i not in match.columns.values()]
    stray = " OR ".join(f"trim(CAST({c} AS VARCHAR)) <> ''" for c in others) or "FALSE"
    raw = [f"c{match.columns[c.name]}" for c in found]
    below = f"FROM {source(width)} WHERE r > {header_row}"
    asked = ", ".join(
        f"count(*) FILTER ({cells.untidy(cell, c)})" for cell, c in zip(raw, found, strict=True)
    )
    counts = warehouse.query(f"SELECT {asked} {below}")[0]
    inner = ", ".join(
        f"{cells.trimmed(cell) if count else cell} AS x{n}"
        for n, (cell, count) in enumerate(zip(raw, counts, strict=True))
    )
    outer = ", ".join(
        f"{cells.cleaned(f'x{n}', found[n]) if count else f'x{n}'} AS t{n}"
        for n, count in enumerate(counts)
    )
    warehouse.execute(
        f"CREATE OR REPLACE TEMP TABLE {_TEXTS} AS SELECT r, stray, {outer}"
        f" FROM (SELECT r, ({stray}) AS stray, {inner} {below})"
    )


def _note_codes(warehouse: DuckDBWarehouse, found: list[Column]) -> set[int]:
    """Look up each distinct value of the coded columns once; keeps (column, text, code)."""
    coded = {n for n, c in enumerate(found) if c.type == "code" and c.codes}
    entries: list[tuple[int, str, str | None]] = []
    finders: dict[tuple[Code, ...], Callable[[str], str | None]] = {}
    distinct = " UNION ALL ".join(
        f"SELECT DISTINCT {n} AS n, t{n} AS t FROM {_TEXTS} WHERE t{n} IS NOT NULL"
        for n in sorted(coded)
    )
    for n, text in warehouse.query(distinct) if coded else ():
        codes = found[n].codes
        find = finders.get(codes) or finders.setdefault(codes, code_finder(codes))
        entries.append((n, text, find(text)))
    _keep(warehouse, _CODES, "BIGINT, VARCHAR, VARCHAR", entries)
    return coded


def _survey(warehouse: DuckDBWarehouse, found: list[Column]) -> tuple[set[int], set[int]]:
    """Which columns hold dates in less common forms, and which texts that look like errors."""
    asked = [f"count(*) FILTER ({cells.may_hold_error(f't{n}')})" for n in range(len(found))]
    dated = [n for n, c in enumerate(found) if c.type in ("date", "datetime")]
    asked += [f"count(*) FILTER ({_odd_date(n, found)})" for n in dated]
    counts = warehouse.query(f"SELECT {', '.join(asked)} FROM {_TEXTS}")[0]
    errors, odd = counts[: len(found)], counts[len(found) :]
    return (
        {n for n, count in zip(dated, odd, strict=True) if count},
        {n for n, count in enumerate(errors) if count},
    )


def _odd_date(n: int, found: list[Column]) -> str:
    return f"t{n} IS NOT NULL AND {cells.value(f't{n}', found[n])} IS NULL"


def _note_dates(
    warehouse: DuckDBWarehouse, found: list[Column], dated: set[int], *, date1904: bool
) -> None:
    """Read dates in less common forms, each text once; keeps (text, moment)."""
    texts = " UNION ".join(
        f"SELECT t{n} AS t FROM {_TEXTS} WHERE {_odd_date(n, found)}" for n in sorted(dated)
    )
    moments = cells.odd_moments(texts, date1904=date1904)
    warehouse.execute(f"CREATE OR REPLACE TEMP TABLE {_DATES} AS {moments}")


def _keep(
    warehouse: DuckDBWarehouse, name: str, types: str, entries: Sequence[tuple[Any, ...]]
) -> None:
    """Make a small table of rows, its columns called a, b, c."""
    kinds = types.split(", ")
    columns = [[entry[i] for entry in entries] for i in range(len(kinds))]
    body = ", ".join(
        f"unnest(${i + 1}::{kind}[]) AS {'abc'[i]}" for i, kind in enumerate(kinds)
    )
    warehouse.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {body}", columns)


def _staging(
    sheet: Sheet,
    match: Match,
    found: list[Column],
    numbers: Mapping[str, int],
    *,
    looked_up: set[int],
    failing: set[int],
) -> str:
    """The statement that types a sheet: value, then what is amiss, then why a row is not in use."""
    error_columns = {column for _, column in sheet.errors}
    values, joins, marks, kept, marked = [], [], [], [], []
    for n, column in enumerate(found):
        typed = cells.value(f"t{n}", column)
        dated = column.type in ("date", "datetime")
        if n in looked_up and dated:
            joins.append(f" LEFT JOIN {_DATES} AS k{n} ON k{n}.t = t{n}")
            typed = f"coalesce({typed}, CAST(k{n}.moment AS {cells.SQL_TYPES[column.type]}))"
        elif n in looked_up:
            joins.append(f" LEFT JOIN {_CODES} AS k{n} ON k{n}.a = {n} AND k{n}.b = t{n}")
            typed = f"coalesce(k{n}.c, {typed})"
            values.append(f"(k{n}.c IS NULL) AS l{n}")
            kept.append(f'l{n} AS "l {column.name}"')
        text_error = cells.is_error_text(f"t{n}") if n in failing else "FALSE"
        if n in failing:
            typed = f"CASE WHEN {text_error} THEN NULL ELSE {typed} END"
        error = text_error
        if numbers[column.name] in error_columns:
            error = f"(contains(coalesce(cols, ''), '|{numbers[column.name]}|') OR {text_error})"
        values.append(f"{typed} AS d{n}, t{n}")
        kept.append(f"v{n} AS {quoted(column.name)}")
        if error == "FALSE" and column.type in ("id", "text", "code"):
            marks.append(f"CAST(NULL AS VARCHAR) AS m{n}")
            continue
        marked.append(n)
        marks.append(
            f"CASE WHEN v{n} IS NULL AND {error} THEN 'e{n}'"
            f" WHEN v{n} IS NULL AND t{n} IS NOT NULL THEN 'p{n}' END AS m{n}"
        )
    checked = ", ".join(
        f"{cells.within(f'd{n}') if c.type in ('date', 'datetime') else f'd{n}'} AS v{n}"
        for n, c in enumerate(found)
    )
    any_mark = f"coalesce({', '.join(f'm{n}' for n in marked) or 'NULL'}) IS NOT NULL"
    all_marks = ", ".join(["NULL", *(f"m{n}" for n in marked)])
    names = ", ".join(
        ["NULL", *(f"CASE WHEN m{n} <> '' THEN {cells.literal(found[n].name)} END" for n in marked)]
    )
    return (
        f"CREATE OR REPLACE TEMP TABLE {_STAGE} AS"
        f" SELECT r, {', '.join(kept)}, {_why(match.table, found)} AS why,"
        f" CASE WHEN {any_mark} THEN concat_ws('|', {all_marks}) END AS marks,"
        f" CASE WHEN {any_mark} THEN '|' || concat_ws('|', {names}) || '|' END AS unknown_cells"
        f" FROM (SELECT *, {', '.join(marks)}"
        f" FROM (SELECT *, {checked}"
        f" FROM (SELECT x.r, stray, cols, {', '.join(values)} FROM {_TEXTS} AS x"
        f" LEFT JOIN {_ERRORS} AS e ON e.r = x.r{''.join(joins)})))"
    )


def _why(table: TableSpec, found: list[Column]) -> str:
    """SQL of why a row is not in use; NULL for the others."""
    by_name = {column.name: column for column in found}
    numbers = {column.name: n for n, column in enumerate(found)}
    everything = range(len(found))
    blank = " AND ".join(f"t{n} IS NULL" for n in everything)
    keys = [numbers[name] for name in table.key]
    rest = " AND ".join(f"t{n} IS NULL" for n in everything if n not in keys) or "FALSE"
    first = f"t{keys[0]}"
    headers = {normalise(h) for h in by_name[table.key[0]].headers}
    same = f"trim(regexp_replace(lower({first}), '[\\W_]+', ' ', 'g'))"
    note = (
        rf"(NOT regexp_matches({first}, '\d') OR regexp_matches({first}, ' \S+ '))"
        if by_name[table.key[0]].type == "id"
        else "FALSE"
    )
    total = rf"regexp_matches(lower({first}), '^(grand |sub-?)?totals?\b')"
    repeated = f"{same} IN ({', '.join(sorted(cells.literal(h) for h in headers))})"
    second = next((n for n in everything if n not in keys), None)
    if second is not None:
        # A worker may be called by a header's word; a repeated header repeats its neighbour too.
        heads = sorted(cells.literal(normalise(h)) for h in found[second].headers)
        there = f"trim(regexp_replace(lower(t{second}), '[\\W_]+', ' ', 'g'))"
        repeated += f" AND {there} IN ({', '.join(heads)})"
    failed = " OR ".join(f"m{n} IS NOT NULL" for n in keys)
    missing = " OR ".join(f"v{n} IS NULL" for n in keys)
    return (
        f"CASE WHEN {blank} AND NOT coalesce(stray, FALSE) AND cols IS NULL THEN 'blank row'"
        f" WHEN {failed} THEN 'id cannot be read'"
        f" WHEN {missing} THEN 'no id'"
        f" WHEN {repeated} THEN 'header repeated'"
        f" WHEN {total} THEN 'a total'"
        f" WHEN {rest} AND {note} THEN 'a note' END"
    )


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


def _unlisted(warehouse: DuckDBWarehouse, found: list[Column]) -> dict[str, int]:
    coded = [c.name for c in found if c.type == "code" and c.codes]
    if not coded:
        return {}
    sums = ", ".join(
        f"count(*) FILTER ({quoted('l ' + name)} AND {quoted(name)} IS NOT NULL)" for name in coded
    )
    counts = warehouse.query(f"SELECT {sums} FROM {_STAGE} WHERE why IS NULL")[0]
    return {name: n for name, n in zip(coded, counts, strict=True) if n}


def _lost_digits(warehouse: DuckDBWarehouse, found: list[Column]) -> int:
    ids = [c.name for c in found if c.type == "id"]
    if not ids:
        return 0
    sums = " + ".join(
        f"count(*) FILTER ({quoted(name)} LIKE '%E+%'"
        rf" AND regexp_full_match({quoted(name)}, '\d(\.\d+)?E\+\d+'))"
        for name in ids
    )
    return int(warehouse.query(f"SELECT {sums} FROM {_STAGE} WHERE why IS NULL")[0][0])
