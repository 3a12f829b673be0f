"""What ``selfassess.yaml`` names and counts, checked against what is installed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError, Problem, nearest
from selfassess.loading.source import Document, KeyPath, read
from selfassess.workspace.folder import CONFIG, Workspace

if TYPE_CHECKING:
    from selfassess.loading.library import Library
    from selfassess.loading.names import Names
    from selfassess.model.framework import Framework, MeasureBand
    from selfassess.model.plan import PlanSettings
    from selfassess.model.workspace import WorkspaceFile
    from selfassess.model.xray import XrayWaiver

__all__ = ["check_names", "names_elsewhere", "waiver_problems"]

_SHOW = "Show a framework to see its ids: frameworks show ID."


@dataclass(frozen=True, slots=True)
class _Named:
    """Something that a workspace names, and what may be meant."""

    at: KeyPath
    kind: str
    name: str
    known: Collection[str]


def check_names(workspace: Workspace, library: Library) -> None:
    """Check what ``selfassess.yaml`` names, and numbers and bands that types cannot check.

    Ids of any installed edition pass, for a workspace may be assessed under several; what its own
    edition does not have, `names_elsewhere` tells.

    Raises:
        EvidenceError: a setting, measure, ceiling rule, node, evidence request or consistency
            check that nothing brings, a band that cannot be read, or a number of the plan that
            makes no sense; all of them at once.
    """
    config = workspace.config
    named = [
        *(
            _Named(("settings", i, "id"), "setting", x.id, library.settings)
            for i, x in enumerate(config.settings)
        ),
        *(
            _Named(("bands", i, "measure"), "measure", x.measure, library.measures)
            for i, x in enumerate(config.bands)
        ),
        *_of_frameworks(config, tuple(library.frameworks.values())),
    ]
    wrong = [each for each in named if each.name not in each.known]
    unread = [*_unsound_settings(config, library), *_unsound_bands(config.bands, library.names())]
    beyond = [*_beyond(config.plan)]
    unwaivable = [*_unwaivable(config.xray_waivers, library)]
    if not (wrong or unread or beyond or unwaivable):
        return
    document = read(workspace.root / CONFIG, CONFIG)
    problems = [
        Problem(
            document.place(each.at, key=each.at[0] == "owners"),
            f"'{each.name}' is no {each.kind}.",
            nearest(each.name, each.known) or _SHOW,
        )
        for each in wrong
    ]
    told = (*unread, *beyond, *unwaivable)
    problems += [Problem(document.place(at), said, hint) for at, said, hint in told]
    raise EvidenceError(problems=problems)


def names_elsewhere(
    workspace: Workspace, frameworks: Sequence[Framework]
) -> list[tuple[str, Problem]]:
    """What ``selfassess.yaml`` names that only other editions have: it holds nothing now.

    Args:
        workspace: a workspace whose names passed `check_names`.
        frameworks: those that it is assessed under, its own first.

    Returns:
        Each such name, with what to tell of it.
    """
    config = workspace.config
    wrong = [each for each in _of_frameworks(config, frameworks) if each.name not in each.known]
    nodes = {*_nodes(frameworks), _PLAN}
    for index, waiver in enumerate(config.xray_waivers):
        node = _rule_and_node(waiver.finding)[1]
        if node not in nodes:
            at = ("xray_waivers", index, "finding")
            wrong.append(_Named(at, "judgement or criterion", node, nodes))
    if not wrong:
        return []
    document = read(workspace.root / CONFIG, CONFIG)
    also = " or ".join(each.reference for each in frameworks)
    return [
        (
            each.name,
            Problem(
                document.place(each.at, key=each.at[0] == "owners"),
                f"'{each.name}' is no {each.kind} of {also}, so nothing comes of it.",
                nearest(each.name, each.known) or "Take it away, or name what took its place.",
            ),
        )
        for each in wrong
    ]


def waiver_problems(
    waivers: Sequence[XrayWaiver], document: Document, library: Library
) -> list[Problem]:
    """Waivers of consistency checks, in either file, that name no rule or no node that there is."""
    return [
        Problem(document.place(at), said, hint) for at, said, hint in _unwaivable(waivers, library)
    ]


def _of_frameworks(config: WorkspaceFile, frameworks: Sequence[Framework]) -> Iterator[_Named]:
    """What the settings name of frameworks."""
    nodes = _nodes(frameworks)
    rules = {rule.id for each in frameworks for rule in each.ceilings}
    asked = {
        request.id
        for each in frameworks
        if each.inspection
        for request in each.inspection.evidence_requests
    }
    for index, waiver in enumerate(config.waivers):
        yield _Named(("waivers", index, "rule"), "ceiling rule", waiver.rule, rules)
    for index, request in enumerate(config.requests):
        yield _Named(("requests", index, "id"), "evidence request", request.id, asked)
    for owner in config.owners:
        yield _Named(("owners", owner), "judgement or criterion", owner, nodes)


def _nodes(frameworks: Iterable[Framework]) -> set[str]:
    return {node.id for each in frameworks for node in each.walk()}


_PLAN = "plan"
"""What a finding about an action names where the action belongs to no judgement."""


def _rule_and_node(finding: str) -> tuple[str, str]:
    """The two parts of a finding's id that are names: ``rule@node/detail``."""
    rule, _, rest = finding.partition("@")
    return rule, rest.partition("/")[0]


def _unwaivable(
    waivers: Sequence[XrayWaiver], library: Library
) -> Iterator[tuple[KeyPath, str, str]]:
    if not waivers:
        return
    from selfassess.xray.examine import ALL_RULES

    rules = [rule.id for rule in ALL_RULES]
    nodes = [*_nodes(library.frameworks.values()), _PLAN]
    for index, waiver in enumerate(waivers):
        at = ("xray_waivers", index, "finding")
        rule, node = _rule_and_node(waiver.finding)
        if rule not in rules:
            hint = nearest(rule, rules) or "docs/reference/xray-rules.md lists the rules."
            yield at, f"'{rule}' is no consistency check.", hint
        elif not node:
            said = f"'{waiver.finding}' does not say where the check is set aside."
            yield at, said, f"Write {rule}@NODE, or a finding's id as `selfassess xray` prints it."
        elif node not in nodes:
            yield at, f"'{node}' is no judgement or criterion.", nearest(node, nodes) or _SHOW


_KINDS = {float: "number", int: "number", str: "text", tuple: "list of texts"}


def _unsound_settings(
    config: WorkspaceFile, library: Library
) -> Iterator[tuple[KeyPath, str, str]]:
    """Local standards of another kind than the packs' own, or for keys that nothing gives."""
    first: dict[str, int] = {}
    for index, change in enumerate(config.settings):
        general = library.settings.get(change.id)
        if general is None:
            continue
        at: KeyPath = ("settings", index)
        if first.setdefault(change.id, index) != index:
            yield (*at, "id"), f"'{change.id}' is set twice.", "Keep one of the two."
        if not change.values:
            yield (*at, "values"), f"'{change.id}' has no value.", "Give one, or take it away."
        kind = _KINDS[type(general.values[0].value)]
        keys = general.known_keys()
        for position, each in enumerate(change.values):
            inner = (*at, "values", position)
            if _KINDS[type(each.value)] != kind:
                unit = f" of {general.unit}" if general.unit else ""
                said = f"'{change.id}' is a {kind}{unit}; a {_KINDS[type(each.value)]} stands here."
                hint = {
                    "number": "Write the number alone, without quotes or unit.",
                    "text": "Write one text.",
                    "list of texts": "Put the texts in [ ].",
                }
                yield (*inner, "value"), said, hint[kind]
            for key in each.keys:
                if key not in keys:
                    said = f"no measure gives '{change.id}' the key '{key}'."
                    hint_ = nearest(key, keys) or "Leave the keys out: this holds for all."
                    yield (*inner, "keys", key), said, hint_
            if any(each.keys == other.keys for other in change.values[:position]):
                yield inner, f"'{change.id}' has two values for the same.", "Keep one of the two."


def _unsound_bands(
    bands: Sequence[MeasureBand], names: Names
) -> Iterator[tuple[KeyPath, str, str]]:
    """What is wrong with local bands, as with those of a pack."""
    from selfassess.loading.checks.bands import check_bands

    for index, measured in enumerate(bands):
        met: list[KeyPath] = []

        def at(path: KeyPath, index: int = index, met: list[KeyPath] = met) -> str:
            met.append(("bands", index, "bands", *path))
            return str(len(met) - 1)

        better, share = names.better(measured.measure), names.is_share(measured.measure)
        for problem in check_bands(measured.bands, names, at, better, share=share):
            yield met[int(problem.where)], problem.message, problem.hint


def _beyond(plan: PlanSettings) -> Iterator[tuple[KeyPath, str, str]]:
    """Numbers of the plan's settings that would make every action stale, or none amber."""
    for key in ("stale_days", "moved_often", "statement_working_days"):
        value = getattr(plan, key)
        if value is not None and value < 1:
            yield ("plan", key), f"'{key}' is {value}.", "Write 1 or more."
    if not 0 <= plan.amber_share <= 1:
        said = f"'amber_share' is {plan.amber_share:g}."
        yield ("plan", "amber_share"), said, "Write a share from 0 to 1, such as 0.25."
