"""Where a figure comes from: its files, their sheets and their hashes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selfassess.evidence.engines import ENGINES
from selfassess.report.text import brief

__all__ = ["Origins", "origins_of", "source_name"]

_MOST = 6
_HASH = 12


@dataclass(frozen=True, slots=True)
class Origins:
    """The source files of an assessment by path, and the sheets that were read as each table."""

    hashes: Mapping[str, str]
    sheets: Mapping[str, tuple[tuple[str, str], ...]]

    def of(self, reading: Mapping[str, Any]) -> tuple[str, ...]:
        """A line for each file behind a reading: its sheets and the start of its hash."""
        found: dict[str, list[str]] = {
            path: [] for path in str(reading.get("source") or "").split(", ") if path in self.hashes
        }
        for table in reading.get("tables") or ():
            for path, sheet in self.sheets.get(str(table), ()):
                if path in found and sheet not in found[path]:
                    found[path].append(sheet)
        return tuple(self._line(path, sheets) for path, sheets in found.items())

    def _line(self, path: str, sheets: list[str]) -> str:
        name = source_name(path)
        # A warehouse's table bears its sheet's name already.
        told = [sheet for sheet in sheets if sheet != name and not name.endswith(f".{sheet}")]
        shown = [brief(sheet, 40) for sheet in told][:_MOST]
        rest = len(told) - len(shown)
        more = f" and {rest} more" if rest > 0 else ""
        where = f" › {', '.join(shown)}{more}" if shown else ""
        digest = self.hashes[path][:_HASH]
        return f"{brief(name, 80)}{where}{f' ({digest})' if digest else ''}"


def source_name(path: str) -> str:
    """A file without its folders, or a warehouse's table without its engine."""
    engine, _, table = path.partition(": ")
    return table if engine in ENGINES else path.rsplit("/", 1)[-1]


def origins_of(assessment: Mapping[str, Any]) -> Origins:
    """Note every file's hash and what each of its sheets was read as."""
    hashes: dict[str, str] = {}
    sheets: dict[str, list[tuple[str, str]]] = {}
    for source in assessment.get("inputs") or ():
        path = str(source.get("path") or "")
        hashes[path] = str(source.get("sha256") or "")
        for sheet in source.get("sheets") or ():
            if sheet.get("table"):
                sheets.setdefault(str(sheet["table"]), []).append(
                    (path, str(sheet.get("sheet") or ""))
                )
    return Origins(hashes, {table: tuple(found) for table, found in sheets.items()})
