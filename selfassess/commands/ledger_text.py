"""The row ledger as ``check`` prints it: what was read, what was not, where and why."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfassess.evidence import Evidence
    from selfassess.model.evidence import SheetLedger

__all__ = ["ledger_lines"]

_NAMED, _LONGEST = 3, 60
"""Columns or rows named after a reason, and characters of a column's name."""

_WIDTH = 100


def ledger_lines(evidence: Evidence) -> list[str]:
    """A line a sheet, then what was set aside, where and why; forms not filled in come together."""
    wide = max([18, *(len(sheet.table or "") for sheet in evidence.ledger)])
    lines = [
        "",
        f"{'sheet':44} {'table':{wide}} {'read':>7} {'used':>7} {'aside':>7} {'unread cells':>13}",
    ]
    places = _places(evidence)
    forms = [sheet.path for sheet in evidence.ledger if _is_form(sheet)]
    others = _many_others(evidence.ledger)
    for sheet in evidence.ledger:
        if _is_form(sheet) or (sheet.table is None and sheet.path in others):
            continue
        # A CSV file is one sheet, and a warehouse's table bears its name already.
        alone = sheet.path.endswith((".csv", f".{sheet.sheet}", f": {sheet.sheet}.parquet"))
        name = sheet.path if alone else f"{sheet.path} › {sheet.sheet}"
        lines.append(
            f"{name[-44:]:44} {sheet.table or '(none)':{wide}} {sheet.rows_read:>7} "
            f"{sheet.rows_used:>7} {sheet.rows_set_aside:>7} {sheet.unknown_cells:>13}"
        )
        for reason, count in sorted(sheet.reasons.items()):
            where = places.get((sheet.path, sheet.sheet, reason), "")
            lines.append(f"    {count} × {reason}{where and f': {where}'}")
    for path, sheets in others.items():
        rows = sum(sheet.rows_read for sheet in sheets)
        named = ", ".join(_some([sheet.sheet for sheet in sheets], "sheets"))
        lines += ["", f"{path}: {len(sheets)} sheets are no lists ({rows} rows): {named}"]
    if forms:
        told = f"Empty, which is no fault (README.md says what each is for): {', '.join(forms)}"
        lines += ["", *textwrap.wrap(told, _WIDTH, subsequent_indent="    ")]
    lines += _made(evidence)
    if any(sheet.reasons for sheet in evidence.ledger):
        lines += ["", "out/ledger.csv lists each of these rows and cells after a run."]
    return [*lines, ""]


def _many_others(ledger: Iterable[SheetLedger]) -> dict[str, list[SheetLedger]]:
    """By file, its sheets that are no lists, where they would bury those that are."""
    found: dict[str, list[SheetLedger]] = {}
    for sheet in ledger:
        if sheet.table is None:
            found.setdefault(sheet.path, []).append(sheet)
    return {path: sheets for path, sheets in found.items() if len(sheets) > _NAMED}


def _is_form(sheet: SheetLedger) -> bool:
    """Whether nothing stands below the headers of a text file."""
    return not sheet.rows_read and sheet.path.lower().endswith((".csv", ".tsv"))


def _places(evidence: Evidence) -> dict[tuple[str, str, str], str]:
    """For each sheet's reason the columns with their counts, or the rows, that it concerns."""
    columns: dict[tuple[str, str, str], Counter[str]] = {}
    rows: dict[tuple[str, str, str], list[int]] = {}
    for item in (*evidence.set_aside, *evidence.kept):
        key = (item.path, item.sheet, item.reason)
        if item.column is None:
            rows.setdefault(key, []).append(item.row)
        else:
            columns.setdefault(key, Counter())[item.column] += 1
    told = {key: ", ".join(_some(_numbered(found))) for key, found in rows.items()}
    for key, counts in columns.items():
        alone = len(counts) == 1
        named = [
            _short(name) if alone else f"{_short(name)} ({count})"
            for name, count in counts.most_common()
        ]
        told[key] = ", ".join(_some(named, "columns"))
    return told


def _numbered(rows: list[int]) -> list[str]:
    """Rows as numbers; those in a run as one."""
    found: list[list[int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return [f"row {a}" if a == b else f"rows {a} to {b}" for a, b in found]


def _some(named: list[str], what: str = "places") -> Iterator[str]:
    yield from named[:_NAMED]
    if len(named) > _NAMED:
        yield f"and {len(named) - _NAMED} more {what}"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _made(evidence: Evidence) -> list[str]:
    made = [state for state in evidence.tables.values() if state.made_of]
    lines = ["", "Lists made of other tables, as no file holds them:"] if made else []
    for state in made:
        of = ", ".join(state.made_of)
        lines.append(f"    {state.rows:>7} rows  {state.spec.title} [{state.spec.id}], of {of}")
    return lines
