"""Lists that stand in more than one sheet: parts of one list, or one list twice?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selfassess.errors import Problem
from selfassess.evidence.warehouse import Warehouse, quoted
from selfassess.model.evidence import SheetLedger, TableSpec

__all__ = ["repeats"]


@dataclass(frozen=True, slots=True)
class _Both:
    """What two places hold both of: rows that are alike in every column, and ids."""

    rows: int
    ids: int

    def __str__(self) -> str:
        told = ""
        if self.ids:
            told += f"; {self.ids} {'ids stand' if self.ids > 1 else 'id stands'} in both"
        if self.rows:
            told += f", {self.rows} {'rows' if self.rows > 1 else 'row'} alike in every column"
        return told


def repeats(
    warehouse: Warehouse, tables: Mapping[str, TableSpec], sheets: Sequence[SheetLedger]
) -> Iterator[Problem]:
    """Tell of files and sheets that hold a list which an earlier one holds as well.

    All their rows are used: whether one is to replace the other, nobody but a person can say.

    Args:
        warehouse: where their rows are.
        tables: the declared tables.
        sheets: every sheet read; a row's ``source_sheet`` is its place among them.
    """
    taken: dict[str, list[int]] = {}
    for index, sheet in enumerate(sheets):
        if sheet.table in tables and sheet.rows_used:
            taken.setdefault(str(sheet.table), []).append(index)
    by_file: dict[str, list[tuple[TableSpec, set[str], _Both]]] = {}
    for name, indexes in taken.items():
        for place, index in enumerate(indexes):
            # Sheets of the same file are told of one by one, other files as a whole.
            table, path, before = tables[name], sheets[index].path, indexes[:place]
            if own := [i for i in before if sheets[i].path == path]:
                both = _both(warehouse, table, [index], own)
                yield _of_sheet(sheets[index], sheets[own[-1]], table, both)
            elif before:
                mine = [i for i in indexes if sheets[i].path == path]
                both = _both(warehouse, table, mine, before)
                others = {sheets[i].path for i in before}
                by_file.setdefault(path, []).append((table, others, both))
    for path, found in by_file.items():
        yield _of_file(path, found)


def _both(
    warehouse: Warehouse, table: TableSpec, here: Sequence[int], before: Sequence[int]
) -> _Both:
    counts = []
    for columns in ((*(c.name for c in table.columns), "unknown_cells"), table.key):
        names = ", ".join(map(quoted, columns))
        either = (
            f"SELECT {names} FROM {quoted(table.id)} AS t"
            f" WHERE source_sheet IN ({', '.join(map(str, each))})"
            for each in (here, before)
        )
        asked = f"SELECT COUNT(*) FROM ({' INTERSECT '.join(either)}) AS u"
        counts.append(int(warehouse.query(asked)[0][0]))
    return _Both(*counts)


def _of_sheet(sheet: SheetLedger, other: SheetLedger, table: TableSpec, both: _Both) -> Problem:
    return Problem(
        where=f"{sheet.path}, {sheet.sheet}",
        message=f"read as {table.title}, as was the sheet {other.sheet}. The rows of both are "
        f"used{both}.",
        hint="Where one replaces the other, take the other out.",
    )


def _of_file(path: str, found: Sequence[tuple[TableSpec, set[str], _Both]]) -> Problem:
    titles = ", ".join(table.title for table, _, _ in found)
    others = sorted(set().union(*(paths for _, paths, _ in found)))
    both = _Both(sum(both.rows for *_, both in found), sum(both.ids for *_, both in found))
    return Problem(
        where=path,
        message=f"holds what {' and '.join(others)} {'hold' if len(others) > 1 else 'holds'} "
        f"as well: {titles}. The rows of all are used{both}.",
        hint="Where one replaces the other, as the newer workbook does the older, move the other "
        "out of evidence/, or name the files that count under sources: in selfassess.yaml.",
    )
