"""Names that a plan takes from elsewhere: measures, nodes, topics, tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from selfassess.errors import PlanError, nearest

if TYPE_CHECKING:
    from selfassess.loading.library import Library
    from selfassess.plan.record import SuccessMeasure
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["carried_nodes", "check_fields", "known_measures", "tag_titles"]


def check_fields(toolkit: Toolkit, workspace: Workspace, fields: Mapping[str, Any]) -> None:
    """Refuse a criterion, judgement, topic or tag that no framework or pack has.

    Raises:
        PlanError: names the nearest.
    """
    framework = toolkit.framework_of(workspace)
    nodes = [node.id for node in framework.walk()]
    for key in ("criterion", "judgement"):
        _known(f"part of {framework.reference}", [fields.get(key) or ""], nodes)
    _known("topic", fields.get("topics") or (), toolkit.library.topics)
    prefixes = {f.tag_prefix: f for f in toolkit.library.frameworks.values() if f.tag_prefix}
    for tag in fields.get("tags") or ():
        prefix, colon, node = tag.partition(":")
        if not colon or prefix not in prefixes:
            _known("tag set", [prefix], prefixes)
            raise PlanError(f"'{tag}' is no tag.", hint=f"Write {prefix}:part.")
        _known(f"part of {prefix}", [node], [each.id for each in prefixes[prefix].walk()])


def tag_titles(library: Library) -> dict[str, str]:
    """What each tag stands for, by the tag: ``nf:outcome-3``."""
    return {
        f"{framework.tag_prefix}:{node.id}": node.title
        for framework in library.frameworks.values()
        if framework.tag_prefix
        for node in framework.walk()
    }


def known_measures(
    toolkit: Toolkit, success: Iterable[SuccessMeasure]
) -> tuple[SuccessMeasure, ...]:
    """Success measures with the unit and the better way of the measures that they name.

    Raises:
        PlanError: a measure or a dimension that there is not.
    """
    found = []
    for each in success:
        if not each.measure:
            found.append(each)
            continue
        _known("measure", [each.measure], toolkit.library.measures)
        _known("dimension", each.where, toolkit.library.dimensions)
        measure = toolkit.library.measures[each.measure]
        better = measure.better if measure.better != "none" else None
        filled = replace(each, unit=each.unit or measure.unit)
        if filled.target is None or filled.baseline is None:
            filled = replace(filled, better=each.better or better)
        found.append(filled)
    return tuple(found)


def _known(kind: str, names: Iterable[str], valid: Iterable[str]) -> None:
    known = list(valid)
    for name in names:
        if name and name not in known:
            raise PlanError(f"'{name}' is no {kind}.", hint=nearest(name, known))


def carried_nodes(toolkit: Toolkit, workspace: Workspace) -> Mapping[str, Sequence[str]]:
    """What became of nodes of earlier editions of the workspace's framework."""
    from selfassess.loading.lineage import lineage

    framework = toolkit.framework_of(workspace)
    family = sorted(
        (
            each
            for each in toolkit.library.frameworks.values()
            if each.id == framework.id and each.edition <= framework.edition
        ),
        key=lambda each: each.edition,
    )
    migrations = [
        each for each in toolkit.library.migrations.values() if each.framework == framework.id
    ]
    return {old: heir.into for old, heir in lineage(migrations, family).nodes.items()}
