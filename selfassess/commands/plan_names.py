"""Names that a plan takes from elsewhere: measures, nodes, topics, tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from selfassess.errors import PlanError, nearest

if TYPE_CHECKING:
    from selfassess.loading.library import Library
    from selfassess.plan.record_parts import SuccessMeasure
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["carried_nodes", "check_fields", "known_measures", "tag_titles"]


def check_fields(toolkit: Toolkit, workspace: Workspace, fields: Mapping[str, Any]) -> None:
    """Refuse a criterion, judgement, topic, body or tag that no framework or pack has.

    Bodies are checked where the framework names some; letters may name others.

    Raises:
        PlanError: names the nearest.
    """
    framework = toolkit.framework_of(workspace)
    nodes = {node.id: node.title for node in framework.walk()}
    for key in ("criterion", "judgement"):
        _known(f"part of {framework.reference}", [fields.get(key) or ""], nodes)
    topics = {topic.id: topic.title for topic in toolkit.library.topics.values()}
    _known("topic", fields.get("topics") or (), topics)
    if framework.responsible_bodies:
        bodies = {body.id: body.title for body in framework.responsible_bodies}
        forms = toolkit.library.letters.values()
        bodies |= {body.id: "" for form in forms for body in form.bodies if body.id not in bodies}
        responsible = fields.get("responsible") or ()
        _known(f"responsible body of {framework.reference}", responsible, bodies)
    prefixes = {f.tag_prefix: f for f in toolkit.library.frameworks.values() if f.tag_prefix}
    for tag in fields.get("tags") or ():
        prefix, colon, node = tag.partition(":")
        if not colon or prefix not in prefixes:
            _known("tag set", [prefix], dict.fromkeys(prefixes, ""))
            raise PlanError(f"'{tag}' is no tag.", hint=f"Write {prefix}:part.")
        parts = {each.id: each.title for each in prefixes[prefix].walk()}
        _known(f"part of {prefix}", [node], parts)


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
        measures = {known.id: known.title for known in toolkit.library.measures.values()}
        _known("measure", [each.measure], measures)
        dimensions = {known.id: known.title for known in toolkit.library.dimensions.values()}
        _known("dimension", each.where, dimensions)
        measure = toolkit.library.measures[each.measure]
        better = measure.better if measure.better != "none" else None
        filled = replace(each, unit=each.unit or measure.unit)
        if filled.target is None or filled.baseline is None:
            filled = replace(filled, better=each.better or better)
        found.append(filled)
    return tuple(found)


def _known(kind: str, names: Iterable[str], valid: Mapping[str, str]) -> None:
    """Refuse a name that is no key of `valid`; its values are titles, by which one may be meant."""
    titled = {title.casefold(): key for key, title in valid.items()}
    for name in names:
        if name and name not in valid:
            meant = titled.get(name.strip().casefold())
            hint = f"Did you mean '{meant}'?" if meant else nearest(name, valid, few=True)
            raise PlanError(f"'{name}' is no {kind}.", hint=hint)


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
