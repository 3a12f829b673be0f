"""From a number to its rows: what stands behind a reading, or breaks a rule of data quality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError, nearest

if TYPE_CHECKING:
    from selfassess.evidence import Evidence
    from selfassess.measuring.drilldown import DrillDown
    from selfassess.measuring.session import Session
    from selfassess.model.quality import QualityResult
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["has_clock", "quality_of", "rows_behind", "rows_breaking"]


def rows_behind(
    toolkit: Toolkit,
    workspace: Workspace,
    measure_id: str,
    where: Mapping[str, str],
    *,
    as_at: dt.date | None = None,
) -> DrillDown:
    """The rows behind a reading, with what became of each.

    Raises:
        MeasureError: no such measure, it takes published figures only, or no row is of such a part.
    """
    from selfassess.measuring.drilldown import drill_down

    measure = toolkit.measure(measure_id)
    session = _session(toolkit, workspace, as_at)
    found = drill_down(measure, session, where)
    if where and not found.rows:
        whole = drill_down(measure, session, {}, tuple(where))
        _refuse_unknown_parts(toolkit, measure_id, where, whole)
    return found


def _refuse_unknown_parts(
    toolkit: Toolkit, measure_id: str, where: Mapping[str, str], whole: DrillDown
) -> None:
    """No row is an answer where a part is known; a slip of the pen is none."""
    for place, (name, value) in enumerate(where.items()):
        there = {str(row[place - len(where)]) for row in whole.rows} - {"None"}
        declared = toolkit.library.dimensions[name].values
        if there and value not in there and value not in declared:
            raise MeasureError(
                f"{measure_id}: no row is of {name}={value}.",
                hint=nearest(value, {*there, *declared}, few=True),
            )


def has_clock(toolkit: Toolkit, measure_id: str, way: str | None) -> bool:
    """Whether a measure, in the way that was used, asks for something within a limit."""
    measure = toolkit.measure(measure_id)
    used = next((each for each in measure.ways if each.name == way), measure)
    return (used.clock or measure.clock) is not None


def rows_breaking(
    toolkit: Toolkit, workspace: Workspace, rule_id: str, *, as_at: dt.date | None = None
) -> DrillDown:
    """The rows that break a rule of data quality.

    Raises:
        MeasureError: no such rule, or the files lack what it asks for.
    """
    from selfassess.measuring.quality import quality_rows

    rule = toolkit.library.quality.get(rule_id)
    if rule is None:
        raise MeasureError(
            f"'{rule_id}' is no rule of data quality.",
            hint=nearest(rule_id, toolkit.library.quality) or "`selfassess check` names them.",
        )
    return quality_rows(rule, _session(toolkit, workspace, as_at))


def quality_of(
    toolkit: Toolkit, workspace: Workspace, evidence: Evidence
) -> tuple[QualityResult, ...]:
    """What the rules of data quality find in evidence; nothing is measured."""
    from selfassess.measuring.quality import ask_quality

    library = toolkit.library
    session = _session(toolkit, workspace, None, evidence)
    return ask_quality(library.quality, session, library.measures, ())


def _session(
    toolkit: Toolkit,
    workspace: Workspace,
    as_at: dt.date | None,
    evidence: Evidence | None = None,
) -> Session:
    from selfassess.measuring.run import prepare
    from selfassess.workspace.files import read_settings

    found = toolkit.read(workspace, as_at=as_at) if evidence is None else evidence
    return prepare(toolkit.library, found, read_settings(workspace, toolkit.library))
