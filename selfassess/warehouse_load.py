"""Files into the warehouse that a workspace names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError, Problem

if TYPE_CHECKING:
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["Loading", "load_files"]


@dataclass(frozen=True, slots=True)
class Loading:
    """What was loaded.

    Attributes:
        name: how the warehouse is called.
        rows: by table, the rows; those of a day after the assessment's are among them.
        problems: what was amiss in the files.
    """

    name: str
    rows: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def load_files(
    toolkit: Toolkit, workspace: Workspace, progress: Callable[[str], None] | None = None
) -> Loading:
    """Read a workspace's files and keep their rows in the warehouse that it names.

    Raises:
        EvidenceError: no file holds a list, the warehouse cannot be reached, or a table of somebody
            else's lies where one of ours would go. Nothing was changed there.
    """
    from selfassess.evidence.intake import take_files
    from selfassess.evidence.loaded import begun, to_store
    from selfassess.evidence.loaded_tables import check_shared, made_by_load
    from selfassess.workspace.warehouse import open_warehouse, whose_rows

    warehouse = open_warehouse(workspace)
    taken = take_files(
        toolkit.source_files(workspace),
        tables=toolkit.library.tables,
        readers=toolkit.registry.readers(),
        progress=progress,
    )
    present = [name for name, state in taken.intake.states.items() if state.present]
    if not present:
        raise EvidenceError(
            f"{workspace.root}: no file holds a list that could be loaded.",
            problems=taken.ledger.problems,
            hint="Mend the files named above, or see how each sheet is read: selfassess check",
        )
    held = warehouse.held()
    column, council = whose_rows(workspace)
    check_shared(held, column, loading=True)
    made = made_by_load(warehouse, held)
    strangers = [
        held[name.lower()].place for name in present if name.lower() in held and name not in made
    ]
    if strangers:
        raise EvidenceError(
            f"{warehouse.name} holds tables of these names that `warehouse load` did not make: "
            f"{', '.join(strangers)}. They were left as they are; nothing was loaded.",
            hint="Load into a schema or folder of their own (warehouse.schema, warehouse.folder), "
            "or load nothing: `selfassess run` reads such tables as they stand.",
        )
    if progress:
        progress(f"Loading into {warehouse.name}")
    whose = (column, council) if column else None
    stores = to_store(taken, toolkit.library.tables, made.difference(present))
    if not warehouse.at_once:
        warehouse.store([begun(stores)], council=whose)
    warehouse.store(stores, council=whose)
    warehouse.close()
    counts = dict.fromkeys(present, 0)
    for sheet in taken.ledger.sheets():
        if sheet.table in counts:
            counts[sheet.table] += sheet.rows_used
    return Loading(warehouse.name, tuple(counts.items()), tuple(taken.ledger.problems))
