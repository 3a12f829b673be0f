"""Ids that lists write with different numbers of leading noughts: one child, two spellings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selfassess.errors import Problem
from selfassess.evidence.state import TableState
from selfassess.evidence.warehouse import Warehouse, quoted

__all__ = ["padded_ids"]


def padded_ids(warehouse: Warehouse, states: Mapping[str, TableState]) -> Iterator[Problem]:
    """Tell of ids that differ by noughts at their beginning alone.

    A spreadsheet drops them when it opens a CSV file; the rows of such a list then meet none of
    the others, and nothing looks wrong. They are not made equal: 0012 and 12 may be two children.

    Args:
        warehouse: where the tables are.
        states: what was supplied of each table.
    """
    held: dict[str, list[TableState]] = {}
    for state in states.values():
        for column in state.spec.columns:
            if state.present and column.type == "id" and column.name in state.columns:
                held.setdefault(column.name, []).append(state)
    for name, lists in held.items():
        id_ = quoted(name)
        if len(lists) < 2:
            continue
        # Few councils' ids begin with a nought: only where one does is anything compared.
        padded = " UNION ALL ".join(
            f"SELECT 1 AS x FROM {quoted(state.spec.id)} AS t WHERE {id_} LIKE '0%'"
            for state in lists
        )
        if not warehouse.query(f"SELECT x FROM ({padded}) AS u LIMIT 1"):
            continue
        each = " UNION ALL ".join(
            f"SELECT DISTINCT {place} AS place, {id_} AS id FROM {quoted(state.spec.id)} AS t"
            f" WHERE regexp_full_match({id_}, '[0-9]+')"
            for place, state in enumerate(lists)
        )
        found = warehouse.query(
            "SELECT min(place), max(place) FROM (SELECT id, min(place) AS place"
            f" FROM ({each}) GROUP BY id) GROUP BY ltrim(id, '0') HAVING count(*) > 1 ORDER BY ALL"
        )
        if found:
            yield _told(name, [lists[place] for place in dict.fromkeys(found[0])], len(found))


def _told(name: str, lists: Sequence[TableState], ids: int) -> Problem:
    files = dict.fromkeys(file for state in lists for file in state.files)
    return Problem(
        where=", ".join(files),
        message=f"'{lists[0].spec.column(name).headers[0]}': {ids} "
        f"{'ids differ' if ids > 1 else 'id differs'} by leading noughts alone, as in "
        f"{' and '.join(state.spec.title for state in lists)}; they are taken for different ones.",
        hint="Export the column as text from the source, so that no list loses its noughts.",
    )
