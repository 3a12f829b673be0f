"""What ``selfassess.yaml`` names and counts, checked against what is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError, Problem, nearest
from selfassess.loading.source import KeyPath, read
from selfassess.workspace import CONFIG, Workspace

if TYPE_CHECKING:
    from selfassess.loading.library import Library
    from selfassess.model.framework import MeasureBand
    from selfassess.model.plan import PlanSettings

__all__ = ["check_names"]


def check_names(workspace: Workspace, library: Library) -> None:
    """Check what ``selfassess.yaml`` names, and numbers and bands that types cannot check.

    Ids of any installed edition pass: `frameworks upgrade` tells which of them hold no more.

    Raises:
        EvidenceError: a setting, measure, ceiling rule, node or evidence request that nothing
            brings, a band that cannot be read, or a number of the plan that makes no sense; all of
            them at once.
    """
    config = workspace.config
    frameworks = library.frameworks.values()
    nodes = {node.id for each in frameworks for node in each.walk()}
    rules = {rule.id for each in frameworks for rule in each.ceilings}
    asked = {
        request.id
        for each in frameworks
        if each.inspection
        for request in each.inspection.evidence_requests
    }
    named: list[tuple[KeyPath, str, str, Iterable[str]]] = [
        *(
            (("settings", i, "id"), "setting", x.id, library.settings)
            for i, x in enumerate(config.settings)
        ),
        *(
            (("bands", i, "measure"), "measure", x.measure, library.measures)
            for i, x in enumerate(config.bands)
        ),
        *(
            (("waivers", i, "rule"), "ceiling rule", x.rule, rules)
            for i, x in enumerate(config.waivers)
        ),
        *(
            (("requests", i, "id"), "evidence request", x.id, asked)
            for i, x in enumerate(config.requests)
        ),
        *((("owners", x), "judgement or criterion", x, nodes) for x in config.owners),
    ]
    wrong = [each for each in named if each[2] not in each[3]]
    unread = [*_unread_bands(config.bands)]
    beyond = [*_beyond(config.plan)]
    if not (wrong or unread or beyond):
        return
    document = read(workspace.root / CONFIG, CONFIG)
    problems = [
        Problem(
            document.place(at, key=at[0] == "owners"),
            f"'{name}' is no {kind}.",
            nearest(name, sorted(known)) or "Show a framework to see its ids: frameworks show ID.",
        )
        for at, kind, name, known in wrong
    ]
    problems += [Problem(document.place(at), said, hint) for at, said, hint in (*unread, *beyond)]
    raise EvidenceError(problems=problems)


def _unread_bands(bands: Sequence[MeasureBand]) -> Iterator[tuple[KeyPath, str, str]]:
    """Where a cut of a local band cannot be read, what was found, and what is expected."""
    from selfassess.judging.bands import ADVERSE_LEVELS, cut_of

    for index, measured in enumerate(bands):
        for at, band in enumerate(measured.bands):
            for level in ("strong", *ADVERSE_LEVELS):
                try:
                    cut_of(band, level)
                except ValueError as error:
                    said, _, hint = str(error).partition("; ")
                    hint = f"{hint[:1].upper()}{hint[1:]}." if hint else "Put the lower one first."
                    yield ("bands", index, "bands", at, level), f"{said}.", hint


def _beyond(plan: PlanSettings) -> Iterator[tuple[KeyPath, str, str]]:
    """Numbers of the plan's settings that would make every action stale, or none amber."""
    for key in ("stale_days", "moved_often", "statement_working_days"):
        value = getattr(plan, key)
        if value is not None and value < 1:
            yield ("plan", key), f"'{key}' is {value}.", "Write 1 or more."
    if not 0 <= plan.amber_share <= 1:
        said = f"'amber_share' is {plan.amber_share:g}."
        yield ("plan", "amber_share"), said, "Write a share from 0 to 1, such as 0.25."
