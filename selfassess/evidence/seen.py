"""What a warehouse holds of our tables, for a person who sets it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfassess.errors import EvidenceError, Problem
from selfassess.evidence.laid import lay_all
from selfassess.evidence.loaded import loaded_in
from selfassess.evidence.warehouse import Warehouse
from selfassess.evidence.whose import near_names, no_row_of
from selfassess.model.evidence import TableSpec

__all__ = ["Seen", "seen_in"]


@dataclass(frozen=True, slots=True)
class Seen:
    """One of our tables in a warehouse.

    Attributes:
        place: how it is called there.
        rows: those that can be used, later ones too; None where it cannot be used at all.
        missing: our columns that it lacks.
        loaded: whether `load` made it of files.
    """

    spec: TableSpec
    place: str
    rows: int | None
    missing: tuple[str, ...]
    loaded: bool


def seen_in(
    warehouse: Warehouse, tables: Mapping[str, TableSpec], column: str = "", council: str = ""
) -> tuple[list[Seen], list[Problem]]:
    """Those of our tables that a warehouse holds, and what is amiss with them.

    Args:
        warehouse: where to look.
        tables: ours.
        column: the column that says whose a row is.
        council: whose are wanted.

    Raises:
        EvidenceError: the engine refuses or goes away.
    """
    warehouse.wrong = EvidenceError
    held = warehouse.held()
    loaded = loaded_in(warehouse, held, tables, column, council)
    there = lay_all(warehouse, tables, held, loaded, column, council)
    found = []
    for name, spec in tables.items():
        table = held.get(name.lower())
        if table is None or (name in loaded.made and name not in there):
            continue
        if name in there:
            state = there[name].state
            rows = warehouse.query(f"SELECT COUNT(*) FROM ({there[name].query}) AS x")[0][0]
            missing = tuple(
                c.name for c in spec.columns if c.name not in state.columns and not c.optional
            )
            found.append(Seen(spec, table.place, rows, missing, name in loaded.states))
        else:
            found.append(Seen(spec, table.place, None, (), False))
    if column and there and all(each.empty for each in there.values()):
        nobody = no_row_of(warehouse, held, tables, column, council)
        loaded.ledger.problems.append(Problem("warehouse", nobody.message, nobody.hint))
    loaded.ledger.problems += near_names(held, tables)
    return found, loaded.ledger.problems
