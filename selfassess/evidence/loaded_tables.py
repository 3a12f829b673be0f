"""The tables that `selfassess warehouse load` keeps beside the rows, and whose rows those are."""

from __future__ import annotations

from collections.abc import Mapping

from selfassess.errors import EvidenceError
from selfassess.evidence.warehouse import Held, Warehouse

__all__ = ["BEGUN", "COLUMNS", "LOADED", "OWN", "check_shared", "made_by_load"]

OWN = "selfassess_"
"""How the names of the tables beside the rows begin."""

LOADED = f"{OWN}tables"
"""The one that names the tables which `load` made."""

COLUMNS: Mapping[str, Mapping[str, str]] = {
    f"{OWN}inputs": {
        "n": "INTEGER",
        "name": "VARCHAR",
        "sha256": "VARCHAR",
        "extract_date": "DATE",
    },
    f"{OWN}sheets": {
        "n": "INTEGER",
        "path": "VARCHAR",
        "sheet": "VARCHAR",
        "table_id": "VARCHAR",
        "rows_read": "BIGINT",
        "header_row": "INTEGER",
        "hidden": "INTEGER",
        "ignored_columns": "VARCHAR",
    },
    f"{OWN}set_aside": {
        "n": "INTEGER",
        "what": "VARCHAR",
        "source_row": "BIGINT",
        "place": "VARCHAR",
        "reason": "VARCHAR",
    },
    f"{OWN}problems": {"n": "INTEGER", "place": "VARCHAR", "message": "VARCHAR", "hint": "VARCHAR"},
    LOADED: {
        "table_id": "VARCHAR",
        "present": "INTEGER",
        "columns": "VARCHAR",
        "files": "VARCHAR",
        "unlisted": "VARCHAR",
    },
}


BEGUN = -1
"""In place of whether a table is present: its loading was begun."""


def check_shared(held: Mapping[str, Held], column: str, *, loading: bool = False) -> None:
    """See that loaded tables say whose a row is by the column that is named, or not at all.

    Args:
        held: what lies in the warehouse.
        column: the column that the settings name.
        loading: whether rows are to be put there; they would take the place of all councils' ones,
            or find no column.

    Raises:
        EvidenceError: they say it by another column; or by none, and rows are to be put there.
    """
    if LOADED not in held:
        return
    place = held[LOADED].place
    shared = next((each for each in held[LOADED].columns if each not in COLUMNS[LOADED]), "")
    nothing = " Nothing was loaded." if loading else ""
    if shared and shared.casefold() != column.casefold():
        raise EvidenceError(
            f"{place}: many councils share these tables; '{shared}' says whose a row is.{nothing}",
            hint=f"In selfassess.yaml: warehouse: {{…, council_column: {shared}, council: …}}",
        )
    if loading and column and not shared:
        raise EvidenceError(
            f"{place}: these tables were loaded for one council alone; nothing there says whose a "
            f"row is.{nothing}",
            hint="Load into a schema or folder of their own, or leave warehouse.council_column "
            "out.",
        )


def made_by_load(warehouse: Warehouse, held: Mapping[str, Held]) -> frozenset[str]:
    """The tables that `load` made in a warehouse, whosever rows they hold."""
    if LOADED not in held:
        return frozenset()
    rows = warehouse.query(f"SELECT DISTINCT t.table_id FROM {held[LOADED].source} AS t")
    return frozenset(name for (name,) in rows)
