"""Reads a council's files with openpyxl and csv alone, as a careful person would.

Sheets are known by their headers; the declared tables serve as the word list of headers and codes.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from reference.councils import Spec
from reference.lines import PLACE
from reference.logic import UNKNOWN

BLANK = {"", "-", "--", "n/a", "none", "null", "(blank)"}
ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)", re.IGNORECASE)
Grid = Iterator[tuple[int, Sequence[Any]]]


def read(folder: Path, specs: Mapping[str, Spec]) -> dict[str, list[dict[str, Any]]]:
    """The tables of a workspace's evidence; rows say (file, sheet, row)."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("evidence/*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            for sheet in book.worksheets:
                grid = enumerate(sheet.iter_rows(values_only=True), 1)
                take(grid, (name, sheet.title), specs, found)
            book.close()
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                take(enumerate(csv.reader(file), 1), (name, path.stem), specs, found)
    return found


def take(
    grid: Grid, place: tuple[str, str], specs: Mapping[str, Spec], found: dict[str, Any]
) -> None:
    """Read one sheet into its table, if it is one of them."""
    spec = None
    columns: dict[str, int] = {}
    for number, cells in grid:
        if spec is None:
            if number > 12:
                return
            spec, columns = known(cells, place[0], specs)
            continue
        row = {
            column.name: cell(cells[columns[column.name]], column)
            for column in spec.columns
            if column.name in columns
        }
        if all(row[key] is not None and row[key] is not UNKNOWN for key in spec.key):
            row[PLACE] = (*place, number)
            found.setdefault(spec.id, []).append(row)


def plain(text: Any) -> str:
    return re.sub(r"\W+", " ", str(text).lower().replace("(y/n)", "").replace("'", "")).strip()


def known(cells: Sequence[Any], name: str, specs: Mapping[str, Spec]) -> tuple[Any, dict[str, int]]:
    """The table whose headers these are, with the place of each column."""
    heads = {plain(text): index for index, text in enumerate(cells) if text}
    best: tuple[tuple[int, int], Any, dict[str, int]] = ((0, 0), None, {})
    for spec in specs.values():
        places = {
            column.name: heads[plain(head)]
            for column in reversed(spec.columns)
            for head in reversed(column.headers)
            if plain(head) in heads
        }
        if all(column.name in places for column in spec.columns if column.required):
            own = int(Path(name).name in getattr(spec, "files", ()))
            best = max(best, ((own, len(places)), spec, places), key=lambda each: each[0])
    return best[1], best[2]


def cell(value: Any, column: Any) -> Any:
    """A cell as what its column holds: blank, unreadable or a value."""
    if value is None or (isinstance(value, str) and value.strip().lower() in BLANK):
        return None
    if isinstance(value, str) and ERROR.fullmatch(value.strip()):
        return UNKNOWN
    if column.type in ("date", "datetime"):
        return moment(value, column.type)
    if column.type in ("integer", "number"):
        return float(value)
    text = " ".join(str(value).split())
    return coded(text, column.codes) if column.codes else text


def moment(value: Any, kind: str) -> Any:
    if not isinstance(value, dt.datetime):
        text = str(value).strip()
        if re.match(r"\d{1,2}/\d{1,2}/\d{4}", text):
            date, _, clock = text.partition(" ")
            text = "-".join(reversed([part.zfill(2) for part in date.split("/")])) + " " + clock
        try:
            value = dt.datetime.fromisoformat(text.strip())
        except ValueError:
            return UNKNOWN
    if not 1985 <= value.year <= 2040:
        return UNKNOWN
    return value if kind == "datetime" else value.date()


def coded(text: str, codes: Any) -> str:
    """The code that a written value means: by id, title, another spelling, or what begins it."""
    bare = re.sub(r"^\(?[a-z]{1,2}\d?\)\s*", "", text, flags=re.IGNORECASE)
    spelled = {plain(code.id): code.id for code in codes}
    for code in codes:
        for word in (code.title, *code.also):
            spelled.setdefault(plain(word), code.id)
    for candidate in (bare, re.split(r"[:\s]", bare)[0], bare.split(" - ")[0]):
        if plain(candidate) in spelled:
            return spelled[plain(candidate)]
    return text
