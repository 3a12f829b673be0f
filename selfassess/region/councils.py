"""Councils whose rows lie in one warehouse: each assessed where they lie, as if it had contributed.

One council's rows are looked at at a time, by the same definitions; figures alone come back, and
what becomes of them is what becomes of any contribution.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError, Problem, SelfAssessError, nearest
from selfassess.evidence.engines import open_engine
from selfassess.evidence.whose import codes_in, nothing_in, without_column
from selfassess.model.workspace import Council, WorkspaceFile
from selfassess.region.contributions import Contribution
from selfassess.region.settings import CONFIG, Member, RegionFile
from selfassess.workspace import Workspace

if TYPE_CHECKING:
    from selfassess.model.evidence import TableSpec
    from selfassess.model.warehouse import WarehouseSettings
    from selfassess.toolkit import Toolkit

__all__ = ["Failed", "assess_councils"]

Failed = tuple[str, str]
"""A council that could not be assessed, and why."""


def assess_councils(
    folder: Path,
    settings: RegionFile,
    toolkit: Toolkit,
    *,
    besides: Collection[str] = (),
    progress: Callable[[str], None] | None = None,
) -> tuple[list[Contribution], list[Failed]]:
    """Assess every council that the region wants from its warehouse.

    A council that cannot be assessed is left out and named; the others go on.

    Args:
        folder: the region's.
        settings: with a warehouse.
        toolkit: the definitions, the same for all.
        besides: codes of councils that contributed an assessment; they are not assessed again.
        progress: told which council is being assessed.

    Raises:
        FrameworkError: there is no such framework or edition.
        EvidenceError: the warehouse cannot be reached (any more), no table of it says whose a row
            is, or a council that is wanted has no row.
    """
    assert settings.warehouse is not None  # noqa: S101 - the caller looked
    # A wrong name would fail each council in turn.
    toolkit.library.framework(settings.framework, settings.edition)
    where = _absolute(settings.warehouse, folder)
    members = [m for m in _wanted(where, folder, settings, toolkit) if m.code not in besides]
    found: list[Contribution] = []
    failed: list[Failed] = []
    for number, member in enumerate(members, 1):
        if progress:
            progress(f"{member.name} ({number} of {len(members)})")
        try:
            found.append(_assessed(member, where, settings, toolkit))
        except SelfAssessError as error:
            # An engine that is gone fails every council: then there is nothing to go on with.
            open_engine(where, folder).close()
            failed.append((member.name, _said(error)))
    return found, failed


def _assessed(
    member: Member, where: WarehouseSettings, settings: RegionFile, toolkit: Toolkit
) -> Contribution:
    """One council, from an empty folder: nothing of a workspace plays a part but its rows."""
    config = WorkspaceFile(
        council=Council(name=member.name.strip(), code=member.code),
        framework=settings.framework,
        edition=settings.edition,
        as_at=settings.as_at,
        warehouse=replace(where, council=member.code or ""),
    )
    with tempfile.TemporaryDirectory() as empty:
        assessment = toolkit.assess(Workspace(root=Path(empty), config=config))
        try:
            if not any(state.rows for state in assessment.evidence.tables.values()):
                raise EvidenceError("no row of it can be used.")
            data = json.loads(assessment.as_json())
        finally:
            assessment.evidence.warehouse.close()
    return Contribution(
        council=member.name.strip(),
        code=member.code,
        file=f"{member.code} in the warehouse",
        data=data,
        text="",
    )


def _wanted(
    where: WarehouseSettings, folder: Path, settings: RegionFile, toolkit: Toolkit
) -> list[Member]:
    """The councils that are listed without a file; all that have rows where none is listed."""
    codes = _codes(where, folder, toolkit.library.tables)
    listed = [member for member in settings.councils if not member.file]
    problems = [
        Problem(
            CONFIG,
            f"the warehouse has no row of '{member.code}' ({member.name}).",
            nearest(member.code or "", codes) or "Correct its code.",
        )
        for member in listed
        if member.code not in codes
    ]
    if problems:
        raise EvidenceError(problems=problems)
    if settings.councils:
        return listed
    known = toolkit.benchmarks()
    named = []
    for code in codes:
        council = known.council(code)
        named.append(Member(name=council.name if council else code, code=code))
    return sorted(named, key=lambda each: (each.name.casefold(), each.code or ""))


def _codes(where: WarehouseSettings, folder: Path, tables: Mapping[str, TableSpec]) -> list[str]:
    """Whose rows there are, in any table of ours."""
    engine = open_engine(where, folder)
    try:
        held = engine.held()
        if not any(name.lower() in held for name in tables):
            raise nothing_in(engine, held, tables, ())
        lacking = without_column(engine, held, tables, where.council_column)
        if lacking:
            raise EvidenceError(
                problems=[
                    Problem(
                        each.place,
                        f"has no column '{where.council_column}': its rows would count for every "
                        "council.",
                        "Add the column, or lay a view over the table that has it.",
                    )
                    for each in lacking
                ]
            )
        return codes_in(engine, held, tables, where.council_column)
    finally:
        engine.close()


def _absolute(settings: WarehouseSettings, folder: Path) -> WarehouseSettings:
    """The settings as they mean the same from anywhere."""

    def placed(path: str) -> str:
        return str((folder / path).resolve()) if path and "://" not in path else path

    return replace(settings, folder=placed(settings.folder), spill=placed(settings.spill))


def _said(error: SelfAssessError) -> str:
    """The first line of what went wrong: the rest quotes statements."""
    return error.message.partition("\n")[0]
