"""What a council's readings are shown beside: published figures, from packs and from imports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from selfassess.comparing import Benchmarks, compare, imported_files, load_benchmarks

if TYPE_CHECKING:
    from selfassess.comparing import Comparison
    from selfassess.loading.library import Library
    from selfassess.model.measure import Reading
    from selfassess.workspace import Workspace

__all__ = ["benchmarks_of", "set_beside"]


def benchmarks_of(library: Library, workspace: Workspace | None, *, all_: bool) -> Benchmarks:
    """Published figures; for the arguments see `Toolkit.benchmarks`.

    Raises:
        EvidenceError: an imported file is at fault.
        PluginError: a pack's file is.
    """
    named = {name for m in library.measures.values() for name in (m.same_as, m.completed_as)}
    return load_benchmarks(
        library.comparators.values(),
        imported_files(workspace.root) if workspace else (),
        only=None if all_ else {name for name in named if name},
        council=workspace.config.council.code if workspace and not all_ else None,
        national=bool(workspace and not all_ and workspace.config.comparators == "england"),
    )


def set_beside(
    library: Library,
    workspace: Workspace,
    readings: Sequence[Reading],
    as_at: dt.date,
    twins: Callable[[], Mapping[str, Reading]],
) -> Comparison:
    """What readings are shown beside; nothing is judged by it.

    Args:
        library: what is installed.
        workspace: whose readings.
        readings: what was measured.
        as_at: the day of the assessment.
        twins: gives the twins that count completed work alone; asked only where they are needed.
    """
    code = workspace.config.council.code
    national = workspace.config.comparators == "england"
    benchmarks = Benchmarks()
    if code or national:
        benchmarks = benchmarks_of(library, workspace, all_=False)
    completed = twins() if national or benchmarks.council(code) else {}
    measures = library.measures
    return compare(readings, measures, benchmarks, code, as_at, completed, national=national)
