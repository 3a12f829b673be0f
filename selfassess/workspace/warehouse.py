"""The engine that a workspace names, and what lies in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError, Problem
from selfassess.evidence.engines import faults, open_engine
from selfassess.loading.source import read
from selfassess.workspace.folder import CONFIG, Workspace

if TYPE_CHECKING:
    from selfassess.evidence.warehouse import Warehouse
    from selfassess.model.warehouse import WarehouseSettings

__all__ = ["check_warehouse", "open_warehouse", "whose_rows"]


def check_warehouse(workspace: Workspace) -> WarehouseSettings | None:
    """What `warehouse:` says; nothing where the workspace has none.

    Raises:
        EvidenceError: it cannot be used as it stands; all faults at once.
    """
    settings = workspace.config.warehouse
    if settings is None:
        return None
    found = list(faults(settings))
    column, council = whose_rows(workspace)
    if column and not council:
        found.append(
            Problem(
                "council_column",
                "says whose a row is, but nothing says whose are wanted.",
                "Add warehouse.council, or the council's code.",
            )
        )
    if found:
        document = read(workspace.root / CONFIG, CONFIG)
        raise EvidenceError(
            problems=[
                Problem(
                    document.place(("warehouse", each.where), key=True),
                    f"warehouse.{each.where} {each.message}"
                    if each.where != "engine"
                    else f"warehouse: {each.message}",
                    each.hint,
                )
                for each in found
            ]
        )
    return settings


def whose_rows(workspace: Workspace) -> tuple[str, str]:
    """The column that says whose a row is, and whose are wanted; nothing where none says it."""
    settings = workspace.config.warehouse
    if settings is None or not settings.council_column:
        return "", ""
    return settings.council_column, settings.council or workspace.config.council.code or ""


def open_warehouse(workspace: Workspace) -> Warehouse:
    """Connect to the engine that a workspace names.

    Raises:
        EvidenceError: it names none, or a faulty one, or the engine cannot be reached.
    """
    settings = check_warehouse(workspace)
    if settings is None:
        raise EvidenceError(
            f"{workspace.root / CONFIG}: there is no warehouse here.",
            hint="Name one: warehouse: {engine: postgresql, url: postgresql://user@host/database}",
        )
    return open_engine(settings, workspace.root)
