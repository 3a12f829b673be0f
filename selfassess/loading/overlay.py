"""Applies overlays to a framework: titles and expectations; bands are handed on as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from selfassess.model.framework import Expectation, Framework, MeasureBand, Node
from selfassess.model.overlay import ExpectationChange, Loosened, Overlay

__all__ = ["Overlaid", "overlay"]


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A framework as a council reads it.

    Attributes:
        framework: with local titles and expectations.
        bands: local bands, the strongest first, each with who and why.
        loosened: expectations that are easier to meet than the framework's.
    """

    framework: Framework
    bands: tuple[MeasureBand, ...]
    loosened: tuple[Loosened, ...]


def overlay(framework: Framework, overlays: Sequence[Overlay]) -> Overlaid:
    """Apply those overlays that are meant for a framework's edition.

    Args:
        framework: a whole framework.
        overlays: the later, the stronger: a council's own stand last.
    """
    meant = [each for each in overlays if each.concerns(framework.id, framework.edition)]
    labels = {name: title for each in meant for name, title in each.labels.items()}
    step = _Step(framework, meant)
    changed = replace(
        framework,
        nodes=tuple(step.node(node, labels) for node in framework.nodes),
        scales=tuple(
            replace(
                scale,
                levels=tuple(
                    replace(level, title=labels.get(f"{scale.id}/{level.id}", level.title))
                    for level in scale.levels
                ),
            )
            for scale in framework.scales
        ),
    )
    bands = tuple(
        replace(change, who=change.who or each.who, why=change.why or each.why)
        for each in reversed(meant)
        for change in each.bands
    )
    return Overlaid(changed if meant else framework, bands, tuple(step.loosened))


class _Step:
    """Changes expectations and notes which of them become easier to meet."""

    def __init__(self, framework: Framework, overlays: Iterable[Overlay]) -> None:
        self.framework = framework
        self.overlays = tuple(overlays)
        self.loosened: list[Loosened] = []

    def node(self, node: Node, labels: dict[str, str]) -> Node:
        """A node and everything below it, as it is read locally."""
        return replace(
            node,
            title=labels.get(node.id, node.title),
            expects=tuple(self._expectation(node, expectation) for expectation in node.expects),
            nodes=tuple(self.node(child, labels) for child in node.nodes),
        )

    def _expectation(self, node: Node, given: Expectation) -> Expectation:
        found, last = given, None
        for each in self.overlays:
            # The name that says the node too means this one more closely, so it is taken last.
            for name in (given.id, f"{node.id}/{given.id}"):
                change = each.expectations.get(name)
                if change is not None:
                    found, last = _changed(found, change), each
        if last is not None and _looser(found, given):
            self.loosened.append(
                Loosened(
                    what=f"{node.id} {node.title}: {given.title}",
                    from_=_said(given),
                    to=_said(found),
                    who=last.who,
                    why=last.why,
                )
            )
        return found


def _changed(expectation: Expectation, change: ExpectationChange) -> Expectation:
    return replace(
        expectation,
        max_age_days=_or(change.max_age_days, expectation.max_age_days),
        min_sample=expectation.min_sample if change.min_sample is None else change.min_sample,
        required=expectation.required if change.required is None else change.required,
    )


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _looser(found: Expectation, given: Expectation) -> bool:
    """Whether some evidence does now that did not, or none is asked for any more."""
    return (
        found.max_age_days > given.max_age_days
        or (found.min_sample or 0) < (given.min_sample or 0)
        or (given.required and not found.required)
    )


def _said(expectation: Expectation) -> str:
    parts = [
        "required" if expectation.required else "not required",
        f"at most {expectation.max_age_days} days old",
    ]
    if expectation.min_sample:
        parts.append(f"at least {expectation.min_sample} looked at")
    return ", ".join(parts)
