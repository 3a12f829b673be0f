"""Whether a warehouse holds what is looked for: tables of ours, and a council's rows in them."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterable, Mapping, Sequence

from selfassess.errors import EvidenceError, Problem, nearest
from selfassess.evidence.foreign_match import bare, claimed
from selfassess.evidence.warehouse import Held, RefusedError, Warehouse, quoted
from selfassess.model.evidence import TableSpec

__all__ = [
    "codes_in",
    "near_names",
    "no_row_of",
    "nothing_in",
    "perhaps_shared",
    "taken_whole",
    "without_column",
]

_NEAR = 0.8
"""How like one of ours a table's name has to be for both to be told of."""
_COUNCILS = frozenset(
    f"{one}{two}"
    for one in ("la", "lad", "council", "localauthority", "authority", "ons", "gss")
    for two in ("", "code", "name", "id")
)
"""What a column is called, bare, that says which council's a row is."""
_MOST = 8
"""Tables that are named where none is ours."""


def without_column(
    warehouse: Warehouse, held: Mapping[str, Held], tables: Mapping[str, TableSpec], column: str
) -> list[Held]:
    """Our tables that do not say whose a row is.

    Args:
        warehouse: where they lie.
        held: what lies there.
        tables: ours.
        column: the column that says it; an empty text where councils share nothing.

    Raises:
        EvidenceError: none of our tables says it, or it says something else in one of them, so that
            the column's name must be wrong.
    """
    for name, spec in tables.items():
        own = held[name.lower()].own(column) if column and name.lower() in held else None
        if own and bare(own) in claimed(spec):
            # Its values, which errors name and regions take for councils, could be children's ids.
            raise EvidenceError(
                f"{held[name.lower()].place}.{own} is a column of {spec.title}; it does not say "
                "which council's a row is.",
                hint="Correct warehouse.council_column.",
            )
    ours = [held[name.lower()] for name in tables if name.lower() in held] if column else []
    lacking = [each for each in ours if each.own(column) is None]
    if ours and len(lacking) == len(ours):
        kept = next((each for each in ours if column.casefold() in _folded(each.withheld)), None)
        if kept:
            raise EvidenceError(
                f"{kept.place}.{column}: this user may not read the column that says whose a row "
                "is.",
                hint=f"GRANT SELECT ON {kept.place} TO the user of warehouse.url.",
            )
        names = {name for each in ours for name in each.columns}
        raise EvidenceError(
            f"{warehouse.name} has no table of ours with the column '{column}', so nothing says "
            "whose a row is.",
            hint=f"Correct warehouse.council_column. {nearest(column, names)}".strip(),
        )
    return lacking


def taken_whole(lacking: Iterable[Held], column: str) -> list[Problem]:
    """What is told of tables that do not say whose a row is."""
    return [
        Problem(
            each.place,
            f"has no column '{column}': all of its rows are taken for this council's.",
            "Add the column if rows of other councils lie there as well.",
        )
        for each in lacking
    ]


def perhaps_shared(
    warehouse: Warehouse, held: Mapping[str, Held], tables: Mapping[str, TableSpec]
) -> list[Problem]:
    """What is told of tables that may hold many councils' rows, though nothing says so."""
    for name, spec in tables.items():
        table = held.get(name.lower())
        for column in table.columns if table else ():
            if bare(column) not in _COUNCILS - claimed(spec):
                continue
            assert table is not None  # noqa: S101 - it has the column
            count = 0
            with contextlib.suppress(RefusedError):  # told of when the table itself is read
                count = warehouse.query(
                    f"SELECT COUNT(DISTINCT t.{quoted(column)}) FROM {table.source} AS t"
                )[0][0]
            if count > 1:
                return [
                    Problem(
                        f"{table.place}.{column}",
                        f"holds {count} different values; if each is a council, the rows of all "
                        "of them are counted as one council's.",
                        f"Say whose are wanted: warehouse: {{…, council_column: {column}, "
                        "council: …}",
                    )
                ]
    return []


def codes_in(
    warehouse: Warehouse, held: Mapping[str, Held], tables: Iterable[str], column: str
) -> list[str]:
    """Whose rows there are, in any table of ours, in order."""
    asked = []
    for name in tables:
        table = held.get(name.lower())
        own = table.own(column) if table else None
        if table and own:
            code = f"CAST(t.{quoted(own)} AS VARCHAR)"
            asked.append(f"SELECT DISTINCT {code} AS code FROM {table.source} AS t")
    if not asked:
        return []
    every = " UNION ALL ".join(asked)
    rows = warehouse.query(f"SELECT DISTINCT u.code FROM ({every}) AS u WHERE u.code IS NOT NULL")
    return sorted(str(row[0]) for row in rows if str(row[0]).strip())


def no_row_of(
    warehouse: Warehouse,
    held: Mapping[str, Held],
    tables: Iterable[str],
    column: str,
    council: str,
) -> EvidenceError:
    """What is said where no table holds a row of a council."""
    codes = codes_in(warehouse, held, tables, column)
    return EvidenceError(
        f"{warehouse.name} holds no row whose '{column}' is '{council}'.",
        hint=nearest(council, codes, few=True)
        or "Correct warehouse.council in selfassess.yaml, or the council's code.",
    )


def nothing_in(
    warehouse: Warehouse,
    held: Mapping[str, Held],
    tables: Mapping[str, TableSpec],
    problems: Sequence[Problem],
) -> EvidenceError:
    """What is said where no table of a warehouse can be used, and no file is there."""
    look = "Look at what it holds: selfassess warehouse show"
    if any(name.lower() in held for name in tables):
        return EvidenceError(
            f"{warehouse.name} holds no list that can be used.", problems=problems, hint=look
        )
    return EvidenceError(
        f"{warehouse.name} holds no table with the name of a list"
        + (f"; it holds {_named(held)}." if held else ", nor any other."),
        problems=(*near_names(held, tables), *problems),
        hint="Lists' tables are called contacts, referrals and so on; a view of that name will "
        f"do. See also warehouse.schema or warehouse.folder. {look}",
    )


def near_names(held: Mapping[str, Held], tables: Mapping[str, TableSpec]) -> list[Problem]:
    """Tables that are called nearly like one of ours that is not there."""
    ours = {name.lower() for name in tables}
    absent = [name for name in tables if name.lower() not in held]
    found = []
    for name, table in held.items():
        if name in ours:
            continue
        near = difflib.get_close_matches(name, absent, n=1, cutoff=_NEAR)
        if near:
            found.append(
                Problem(
                    table.place,
                    f"is not read; {tables[near[0]].title} would be, in a table called "
                    f"'{near[0]}'.",
                    "Lay a view of that name over it if that is what it holds.",
                )
            )
    return found


def _named(held: Mapping[str, Held]) -> str:
    names = [each.place for each in held.values()]
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}
