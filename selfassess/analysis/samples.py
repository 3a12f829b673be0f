"""Ranks children by the reasons to look at them, and draws so that every pathway is represented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Looked", "drawn", "ranked"]


@dataclass(frozen=True, slots=True)
class Looked:
    """A child, and why somebody would look.

    Attributes:
        child: the id.
        pathway: where the child is on the list of pathways; equal for children of one pathway.
        weights: the weight of each reason, by reason.
    """

    child: str
    pathway: int
    weights: Mapping[str, int]

    @property
    def weight(self) -> int:
        """All reasons together, each counted once."""
        return sum(self.weights.values())


def ranked(children: Iterable[Looked]) -> list[Looked]:
    """Heaviest first; then by the number of reasons, the heaviest reason, pathway and id."""
    return sorted(
        (each for each in children if each.weights),
        key=lambda each: (
            -each.weight,
            -len(each.weights),
            -max(each.weights.values()),
            each.pathway,
            each.child,
        ),
    )


def drawn(children: Sequence[Looked], most: int | None = None) -> list[Looked]:
    """The children to look at, ranked.

    With a limit, pathways take turns: in each round every pathway gives its next child, those with
    the heaviest next child first, until there are enough. So the largest does not fill the list.

    Args:
        children: any number, in any order.
        most: how many to draw; without it all who have a reason.
    """
    listed = ranked(children)
    if most is None or len(listed) <= most:
        return listed
    waiting: dict[int, list[Looked]] = {}
    for each in listed:
        waiting.setdefault(each.pathway, []).append(each)
    taken: list[Looked] = []
    while len(taken) < most:
        turn = ranked(queue.pop(0) for queue in waiting.values() if queue)
        taken += turn[: most - len(taken)]
    return ranked(taken)
