"""A workspace's evidence: from its files, or from the warehouse that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError

if TYPE_CHECKING:
    from selfassess.errors import Problem
    from selfassess.evidence import Evidence, SourceFile
    from selfassess.loading.library import Library
    from selfassess.registry import Registry
    from selfassess.workspace import Workspace

__all__ = ["read_workspace", "source_files", "unread_files"]

Progress = Callable[[str], None] | None


def source_files(registry: Registry, workspace: Workspace) -> tuple[SourceFile, ...]:
    """The files of a workspace that a reader takes."""
    return workspace.source_files(_suffixes(registry).__contains__)


def unread_files(registry: Registry, workspace: Workspace) -> tuple[Problem, ...]:
    """Files of a workspace that may hold lists and that no reader takes, and what to do."""
    return workspace.unread_files(_suffixes(registry).__contains__)


def _suffixes(registry: Registry) -> set[str]:
    return {suffix for reader in registry.readers() for suffix in reader.suffixes}


def read_workspace(
    registry: Registry,
    library: Library,
    workspace: Workspace,
    *,
    as_at: dt.date | None,
    other_evidence: bool,
    progress: Progress,
) -> Evidence:
    """Read a workspace's evidence; for the arguments see `Toolkit.read`.

    Raises:
        EvidenceError: no list is readable, or a file is at fault.
    """
    files = source_files(registry, workspace)
    told = unread_files(registry, workspace)
    if workspace.config.warehouse is not None:
        read = _through_warehouse(workspace, progress)
    elif files or other_evidence:
        from selfassess.evidence import read_evidence as read
    else:
        raise EvidenceError(
            f"{workspace.root}: no evidence found.",
            problems=told,
            hint="Put the Annex A workbook (or a folder of CSV files) into evidence/.",
        )
    evidence = read(
        files=files,
        tables=library.tables,
        readers=registry.readers(),
        as_at=as_at or workspace.config.as_at,
        other_evidence=other_evidence,
        told=told,
        progress=progress,
    )
    return _supplied(library, workspace, evidence)


def _through_warehouse(workspace: Workspace, progress: Progress) -> Callable[..., Evidence]:
    """What reads like `read_evidence`, with the rows of the warehouse that a workspace names."""
    from selfassess.evidence.attached import attach
    from selfassess.workspace.warehouse import open_warehouse, whose_rows

    if progress:
        progress("Connecting to the warehouse")
    warehouse = open_warehouse(workspace)
    column, council = whose_rows(workspace)
    return partial(attach, warehouse, council_column=column, council=council)


def _supplied(library: Library, workspace: Workspace, evidence: Evidence) -> Evidence:
    """The evidence with the tables that views make of others, where files do not hold them."""
    from selfassess.measuring.supplying import makers, supplied
    from selfassess.workspace.files import read_settings

    if not makers(evidence, library.views):
        return evidence
    settings = read_settings(workspace, library)
    return supplied(evidence, library.tables, library.views, settings)
