"""Checks bands of totals: each level once, rising, and every total in exactly one band."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from selfassess.errors import Problem
from selfassess.loading.names import unknown
from selfassess.model.framework_scoring import ScoreBand, ScoreBands, exact

__all__ = ["ScoreBandsCheck"]


class ScoreBandsCheck:
    """The bands of one node.

    Args:
        bands: as the file has them.
        levels: ids of the levels of the node's scale, the highest first.
        node: its id.
        at: gives the place of a value in the bands.
    """

    def __init__(
        self, bands: ScoreBands, levels: Sequence[str], node: str, at: Callable[..., str]
    ) -> None:
        self.bands = bands
        self.levels = list(levels)
        self.node = node
        self.at = at

    def problems(self, least: Fraction, most: Fraction) -> Iterator[Problem]:
        """Say what is wrong with the bands, for totals from `least` to `most`."""
        yield from self._levels()
        if self.bands.steps:
            for step in self.bands.steps:
                yield from self._step(step)
            for low, high in pairwise(self.bands.ordered()):
                yield from self._meet(low, high)
            yield from self._cover(least, most)

    def _place(self, step: ScoreBand, key: str) -> str:
        return self.at("steps", self.bands.steps.index(step), key)

    def _levels(self) -> Iterator[Problem]:
        found = [step.level for step in self.bands.ordered()]
        for step in self.bands.steps:
            if step.level not in self.levels:
                yield unknown("level", step.level, self.levels, self._place(step, "level"))
        wanting = [level for level in self.levels if level not in found]
        if wanting:
            yield Problem(
                self.at("steps"),
                f"no band of '{self.node}' gives {', '.join(wanting)}.",
                "Give each level of the scale one band.",
            )
        elif found != self.levels[::-1] and set(found) == set(self.levels):
            yield Problem(
                self.at("steps"),
                f"the bands of '{self.node}' do not rise with its levels, each once.",
                "Give each level one band; a higher level a higher one.",
            )

    def _step(self, step: ScoreBand) -> Iterator[Problem]:
        unit = Fraction(1, 10**self.bands.places)
        for key, edge in (("from", step.from_), ("to", step.to)):
            if edge is not None and self.bands.round != "none" and exact(edge) % unit:
                yield Problem(
                    self._place(step, key),
                    f"the edge {edge:g} has more decimal places than totals keep "
                    f"({self.bands.places}).",
                    "Raise 'places', or write the edge with fewer.",
                )
        if step.to is not None and step.to < step.from_:
            yield Problem(
                self._place(step, "to"),
                f"the band of '{step.level}' ends at {step.to:g}, before it begins.",
                "Correct one of the two.",
            )

    def _meet(self, low: ScoreBand, high: ScoreBand) -> Iterator[Problem]:
        """Two neighbours: at the declared rounding nothing lies between them or in both."""
        spare = Fraction(1, 10**self.bands.places) if self.bands.round != "none" else Fraction(0)
        start = exact(high.from_)
        end = exact(low.to) if low.to is not None else None
        if (end is not None and end >= start) or low.from_ == high.from_:
            yield Problem(
                self._place(high, "from"),
                f"the bands of '{low.level}' and '{high.level}' overlap at {high.from_:g}.",
                "Let each total fall into one band only.",
            )
        elif end is not None and start - end > spare:
            yield Problem(
                self._place(high, "from"),
                f"a total between {low.to:g} and {high.from_:g} falls into no band of "
                f"'{self.node}'.",
                "Declare how totals are rounded in 'round' and 'places', or leave out 'to': "
                "a band then reaches up to the next.",
            )

    def _cover(self, least: Fraction, most: Fraction) -> Iterator[Problem]:
        ordered = self.bands.ordered()
        lowest, highest = ordered[0], ordered[-1]
        if self.bands.rounded(least) < exact(lowest.from_):
            yield Problem(
                self._place(lowest, "from"),
                f"the lowest total that '{self.node}' can have is {_text(least)}, below its "
                "lowest band.",
                "Begin the lowest band there or below.",
            )
        if highest.to is not None and self.bands.rounded(most) > exact(highest.to):
            yield Problem(
                self._place(highest, "to"),
                f"the highest total that '{self.node}' can have is {_text(most)}, above its "
                "highest band.",
                "End the highest band there or above, or leave out its 'to'.",
            )


def _text(value: Fraction) -> str:
    return f"{float(round(value, 2)):g}"
