"""One walk from a workspace's files to its assessments: read, measure, judge, set beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from selfassess.assessing.beside import set_beside
from selfassess.assessing.crossing import assess_under, with_crossings
from selfassess.assessing.gathering import Gathering
from selfassess.errors import UsageError
from selfassess.measuring.trends import trends_of
from selfassess.workspace.files import (
    read_overlays,
    read_register,
    read_self_evaluation,
    read_settings,
)
from selfassess.workspace.history import read_history
from selfassess.workspace.plan import assessed_plan

if TYPE_CHECKING:
    from selfassess.assessment import Assessment
    from selfassess.loading.library import Library
    from selfassess.model.framework import Framework
    from selfassess.registry import Registry
    from selfassess.workspace import Workspace

__all__ = ["assess_all"]


def assess_all(
    registry: Registry,
    library: Library,
    workspace: Workspace,
    also: Iterable[str],
    as_at: dt.date | None,
    progress: Callable[[str], None] | None,
) -> tuple[Assessment, ...]:
    """Read and measure once, judge under each framework; for the rest see `Toolkit.assess_all`."""
    framework = library.framework(workspace.config.framework, workspace.config.edition)
    others = _others(library, framework, also)
    self_evaluation = read_self_evaluation(workspace, framework, library)
    register = read_register(workspace, framework, library, others)
    settings = read_settings(workspace, library)
    overlays = read_overlays(workspace, library)
    gathering = Gathering(
        registry,
        library,
        workspace,
        settings,
        as_at=as_at,
        other_evidence=bool(register),
        progress=progress,
    )
    evidence, measured = gathering.evidence, gathering.measured
    readings = measured.readings
    history = read_history(workspace, evidence.as_at)
    trends = trends_of(readings, library.measures, history.kept, evidence.as_at)
    # Where a published and a computed figure differ, the reader has to hear of it.
    told = (*measured.problems, *history.problems)
    evidence = replace(evidence, problems=(*evidence.problems, *told))
    plan = assessed_plan(workspace, self_evaluation.plan, readings, evidence.as_at)
    if plan is not None:
        self_evaluation = replace(self_evaluation, plan=plan.listed)
    if progress:
        progress("Judging")
    loaded = tuple((info.name, info.version) for info in registry.plugins if not info.failure)
    assessments = [
        assess_under(
            each,
            config=workspace.config,
            library=library,
            evidence=evidence,
            readings=readings,
            register=register,
            self_evaluation=self_evaluation,
            overlays=overlays,
            own=framework,
            plugins=loaded,
            plugin_differences=_differences(workspace.config.plugins, dict(loaded)),
            quality=measured.quality,
        )
        for each in (framework, *others)
    ]
    comparison = set_beside(library, workspace, readings, evidence.as_at, gathering.twins)
    gathering.keep()
    return with_crossings(
        [replace(each, comparison=comparison, trends=trends, plan=plan) for each in assessments]
    )


def _others(library: Library, own: Framework, names: Iterable[str]) -> tuple[Framework, ...]:
    found: dict[str, Framework] = {}
    for name in names:
        other = library.framework(name)
        if other.reference == own.reference or other.reference in found:
            raise UsageError(
                f"--also {name}: {other.reference} is assessed already.",
                hint="Name each further framework once, and not the workspace's own.",
            )
        found[other.reference] = other
    return tuple(found.values())


def _differences(pins: Mapping[str, str], loaded: Mapping[str, str]) -> tuple[str, ...]:
    """Where the plugins are not those that the workspace was set up with."""
    return tuple(
        f"{name}: set up with {version}, run with {loaded.get(name) or 'none'}"
        for name, version in sorted(pins.items())
        if loaded.get(name) != version
    )
