"""Which parts of an earlier edition go on in a later one, and what of them can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Nodes", "overlap"]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The way from the earlier framework's nodes and questions to the later one's.

    Attributes:
        into: nodes that did not simply stay, with the nodes that carry them on; none where they
            are gone.
        questions: the same for questions.
        reworded: nodes that mean something else now, though their id stayed.
    """

    into: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reworded: frozenset[str] = frozenset()

    def heirs(self, node: str) -> tuple[str, ...]:
        """The ids that carry a node on."""
        return self.into.get(node, (node,))

    def question(self, question: str) -> str | None:
        """The one question that carries a question on; None where there is none or several."""
        found = self.questions.get(question, (question,))
        return found[0] if len(found) == 1 else None

    def finding(self, finding: str) -> tuple[str, ...]:
        """The ids that a finding would have now: its node part moves, the rest stays."""
        kind, _, rest = finding.partition(":")
        if kind == "missing":
            node, slash, expectation = rest.partition("/")
            return tuple(f"missing:{heir}{slash}{expectation}" for heir in self.heirs(node))
        if kind == "rule":
            rule, at, node = rest.rpartition("@")
            return tuple(f"rule:{rule}{at}{heir}" for heir in self.heirs(node))
        return (finding,)


def overlap(
    old: Mapping[str, Any], new: Mapping[str, Any], nodes: Nodes
) -> tuple[dict[str, Any], dict[str, str]]:
    """How much of two assessments can be compared, and the criterion that each became.

    Returns:
        What assessment.json says of it; and the later id of each earlier criterion that goes on as
        one and means the same.
    """
    before, after = _criteria(old), _criteria(new)
    pairs: dict[str, str] = {}
    targets: dict[str, int] = {}
    for node in before:
        for heir in nodes.heirs(node):
            targets[heir] = targets.get(heir, 0) + 1
    lost: list[str] = []
    for node in before:
        heirs = [heir for heir in nodes.heirs(node) if heir in after]
        if len(heirs) == 1 and targets[heirs[0]] == 1 and node not in nodes.reworded:
            pairs[node] = heirs[0]
        else:
            lost.append(node)
    same = _reference(old) == _reference(new)
    text = (
        "Both were made under the same edition: all criteria are comparable."
        if same and not lost
        else f"{len(pairs)} of {len(before)} criteria of {_reference(old)} are comparable with "
        f"{_reference(new)}; {len(after) - len(set(pairs.values()))} of its {len(after)} have no "
        "counterpart before."
    )
    return {
        "same_edition": same,
        "comparable": len(pairs),
        "total": len(before),
        "lost": lost,
        "text": text,
    }, pairs


def _criteria(assessment: Mapping[str, Any]) -> list[str]:
    return [str(criterion["id"]) for criterion in criteria(assessment)]


def criteria(assessment: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Every criterion once, in order."""
    seen: set[str] = set()
    for judgement in assessment.get("judgements") or ():
        for criterion in judgement.get("criteria") or ():
            if criterion["id"] not in seen:
                seen.add(str(criterion["id"]))
                yield criterion


def _reference(assessment: Mapping[str, Any]) -> str:
    framework = assessment["framework"]
    return f"{framework['id']}@{framework['edition']}"
