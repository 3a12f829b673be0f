"""What if a limit were another one? One measure, measured twice on the same evidence.

Nothing is written and nothing is kept: the answer is for thinking about a local standard before
somebody decides on it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError, UsageError
from selfassess.model.measure import Measure, Reading, Setting
from selfassess.what_if.changes import Change, changed_limit, changed_settings

if TYPE_CHECKING:
    from selfassess.evidence import Evidence
    from selfassess.measuring.session import Session
    from selfassess.model.assessment import JudgedReading
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["PartChange", "WhatIf", "what_if"]


@dataclass(frozen=True, slots=True)
class PartChange:
    """A reading before and after, and how many holders or rows became something else."""

    before: JudgedReading | None
    after: JudgedReading | None
    changed: int

    @property
    def reading(self) -> Reading:
        """The one that is there, before if both are."""
        found = self.before or self.after
        assert found is not None  # noqa: S101 - one of the two is there
        return found.reading


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer.

    Attributes:
        whole: the whole, before and after.
        counted: what changed: ``rows``, or the holders that the measure counts.
        moves: how many went from which outcome to which; ``not in scope`` for those that came or
            went.
        parts: parts of the service that changed, in the order of readings.
    """

    measure: Measure
    as_at: dt.date
    changes: tuple[Change, ...]
    whole: PartChange
    counted: str
    moves: Mapping[tuple[str, str], int]
    parts: tuple[PartChange, ...]


def what_if(
    toolkit: Toolkit,
    workspace: Workspace,
    measure_id: str,
    *,
    settings: Sequence[str] = (),
    limit: float | None = None,
    as_at: dt.date | None = None,
) -> WhatIf:
    """Measure a measure as it is, then with changed limits.

    Args:
        toolkit: what is installed.
        workspace: whose evidence and local standards.
        measure_id: the measure, or an alias.
        settings: changes as ``caseload-limit[role=asye]=10``.
        limit: another number for the limit that stands in the measure's clock.
        as_at: the day to measure at, before the workspace's own.

    Raises:
        UsageError: a change cannot be read, or the measure does not depend on it.
        MeasureError: no such measure, or it takes published figures only.
    """
    from selfassess.measuring.computing import is_computed
    from selfassess.workspace.files import read_settings

    measure = toolkit.measure(measure_id)
    if not is_computed(measure):
        raise MeasureError(
            f"{measure.id} takes published figures only: no limit of ours is in them."
        )
    now = read_settings(workspace, toolkit.library)
    then, changes = changed_settings(now, settings)
    _used(toolkit, measure, changes)
    other = measure
    if limit is not None:
        other, change = changed_limit(measure, limit)
        changes = (*changes, change)
    if not changes:
        raise UsageError(
            "Nothing is changed.",
            hint="Add --setting ID=VALUE or --limit N. "
            + (_reads(toolkit, measure) or "The measure reads no setting."),
        )
    evidence = toolkit.read(workspace, as_at=as_at)
    before = _measured(toolkit, workspace, evidence, measure, now)
    after = _measured(toolkit, workspace, evidence, other, then)
    return _compared(measure, evidence.as_at, changes, before, after)


def _used(toolkit: Toolkit, measure: Measure, changes: Iterable[Change]) -> None:
    """Refuse a setting that neither the measure nor a view reads: nothing could change."""
    read = _read(toolkit, measure)
    for change in changes:
        name = change.what.partition("[")[0]
        if name not in read:
            raise UsageError(
                f"--setting {name}: {measure.id} does not read it.",
                hint=_reads(toolkit, measure) or "It reads no setting.",
            )


def _read(toolkit: Toolkit, measure: Measure) -> list[str]:
    text = repr(measure) + repr(list(toolkit.library.views.values()))
    return [
        name
        for name in toolkit.library.settings
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    ]


def _reads(toolkit: Toolkit, measure: Measure) -> str:
    own = repr(measure)
    named = [name for name in _read(toolkit, measure) if name in own]
    return f"{measure.id} reads: {', '.join(named)}." if named else ""


# measuring twice


@dataclass(frozen=True, slots=True)
class _Measured:
    """Readings by id; outcome and value of each holder or row, with the parts it is in."""

    readings: Mapping[str, JudgedReading]
    units: Mapping[tuple[object, ...], tuple[str, object]]
    parts: Mapping[tuple[object, ...], tuple[tuple[str, str], ...]]
    counted: str


def _measured(
    toolkit: Toolkit,
    workspace: Workspace,
    evidence: Evidence,
    measure: Measure,
    settings: Mapping[str, Setting],
) -> _Measured:
    from selfassess.judging.signals import Authorities, judge_reading
    from selfassess.loading.overlay import overlay
    from selfassess.measuring.answer import answer
    from selfassess.measuring.run import definition_of, prepare
    from selfassess.workspace.files import read_overlays

    session = prepare(toolkit.library, evidence, settings)
    framework = toolkit.framework_of(workspace)
    local = overlay(framework, read_overlays(workspace, toolkit.library))
    authorities = Authorities.of((*workspace.config.bands, *local.bands), local.framework.bands)
    readings = {}
    for reading in answer(measure, session, definition_of(measure, settings)):
        judged, _ = judge_reading(
            reading, measure, authorities, toolkit.library.dimensions, evidence.as_at
        )
        readings[reading.id] = judged
    return _Measured(readings, *_units(toolkit, measure, session))


def _units(
    toolkit: Toolkit, measure: Measure, session: Session
) -> tuple[
    dict[tuple[object, ...], tuple[str, object]],
    dict[tuple[object, ...], tuple[tuple[str, str], ...]],
    str,
]:
    """What became of each holder, or of each row where the measure has no holders."""
    from selfassess.measuring.drilldown import PLAIN, drill_down

    dimensions = toolkit.library.dimensions
    show = [
        name
        for name in measure.by
        if isinstance(name, str) and name in dimensions and not dimensions[name].history
    ]
    try:
        drill = drill_down(measure, session, show=show)
    except MeasureError:
        return {}, {}, "rows"  # the reading says why there is no figure
    way = next((each for each in measure.ways if each.name == drill.way), measure)
    per = way.per or measure.per
    holders = ((per.key,) if isinstance(per.key, str) else tuple(per.key)) if per else ()
    names = drill.key_columns
    value = len(names) - len(show) - 1
    units: dict[tuple[object, ...], tuple[str, object]] = {}
    parts: dict[tuple[object, ...], tuple[tuple[str, str], ...]] = {}
    for outcome, path, sheet, row, *cells in drill.rows:
        side = cells[0] if names and names[0] == "side" else ""
        unit: tuple[object, ...]
        if holders:
            unit = (side, *(cells[names.index(name)] for name in holders))
        else:
            unit = (side, path, sheet, row, *cells[:value])
        units[unit] = (str(outcome), cells[value])
        parts[unit] = tuple(
            (name, str(label))
            for name, label in zip(show, cells[value + 1 :], strict=True)
            if label is not None
        )
    clocked = (way.clock or measure.clock) is not None
    if not clocked:
        units = {unit: (PLAIN.get(was, was), value_) for unit, (was, value_) in units.items()}
    return units, parts, _holders(toolkit, measure) if holders else "rows"


def _holders(toolkit: Toolkit, measure: Measure) -> str:
    """What a measure's holders are called, where some measure says so."""
    for each in toolkit.library.measures.values():
        if each.spread and measure.id in (each.id, *each.spread.over):
            return each.spread.holder.many
    return "holders"


def _compared(
    measure: Measure,
    as_at: dt.date,
    changes: tuple[Change, ...],
    before: _Measured,
    after: _Measured,
) -> WhatIf:
    nowhere = ("not in scope", None)
    moves: Counter[tuple[str, str]] = Counter()
    by_part: Counter[tuple[str, str]] = Counter()
    total = 0
    for unit in dict.fromkeys((*before.units, *after.units)):
        was, became = before.units.get(unit, nowhere), after.units.get(unit, nowhere)
        if was == became:
            continue
        total += 1
        moves[was[0], became[0]] += 1
        in_parts = {*before.parts.get(unit, ()), *after.parts.get(unit, ())}
        by_part.update(in_parts)
    parts = []
    for key in dict.fromkeys((*before.readings, *after.readings)):
        part = PartChange(before.readings.get(key), after.readings.get(key), 0)
        where = part.reading.where
        if len(where) == 1:
            part = dataclasses.replace(part, changed=by_part[where[0]])
            if part.changed or _differs(part):
                parts.append(part)
    whole = PartChange(before.readings[measure.id], after.readings[measure.id], total)
    return WhatIf(
        measure=measure,
        as_at=as_at,
        changes=changes,
        whole=whole,
        counted=before.counted,
        moves=dict(sorted(moves.items())),
        parts=tuple(parts),
    )


def _differs(part: PartChange) -> bool:
    if part.before is None or part.after is None:
        return True
    one, other = part.before, part.after
    return (one.reading.value, one.signal) != (other.reading.value, other.signal)
