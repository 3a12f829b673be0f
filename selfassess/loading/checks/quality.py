"""Checks rules of data quality: the table and the columns that each names exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.loading.names import unknown
from selfassess.loading.source import Document
from selfassess.model.evidence import TableSpec

if TYPE_CHECKING:
    from selfassess.loading.packs import QualityFile

__all__ = ["check_quality"]


def check_quality(
    file: QualityFile, document: Document, tables: Mapping[str, TableSpec]
) -> Iterator[Problem]:
    """Say what is wrong with a file of rules; their expressions are checked with the measures."""
    for index, rule in enumerate(file.rules):
        table = tables.get(rule.table)
        if table is None:
            place = document.place(("rules", index, "table"))
            yield unknown("table", rule.table, [*tables], place)
            continue
        names = [column.name for column in table.columns]
        for position, name in enumerate(rule.columns):
            if name not in names:
                place = document.place(("rules", index, "columns", position))
                yield unknown(f"column of '{table.id}'", name, names, place)
        if not rule.columns:
            yield Problem(
                document.place(("rules", index, "columns")),
                f"the rule '{rule.id}' names no column, so it could weaken nothing.",
                "List the columns that a fault makes doubtful.",
            )
