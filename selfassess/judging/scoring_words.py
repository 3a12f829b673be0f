"""Says in plain words how a total came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from selfassess.model.framework import Framework, Node, Scale
from selfassess.model.framework_scoring import Limiter, ScoreBand, ScoreBands, exact

__all__ = ["Words"]

_ROUNDING = {
    "half-up": "rounded to the nearest, halves up",
    "half-even": "rounded to the nearest, halves to the even number",
    "down": "cut off",
    "up": "rounded up",
}


class Words:
    """Sentences about totals of one framework."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.nodes = {node.id: node for node in framework.walk()}

    def professional(self, node: Node, grade: str | None) -> str:
        """A person decides."""
        if grade is None:
            return "A person decides this grade; none is given yet."
        title = self._grade(node.id, grade)
        return f"A person decides this grade: {title}. Nothing is computed."

    def missing(self, missing: Sequence[str], number: int) -> str:
        """No total, and which parts are wanting."""
        verb = "has" if len(missing) == 1 else "have"
        return (
            f"No total: {len(missing)} of {number} parts {verb} no score "
            f"({', '.join(self._title(each) for each in missing)})."
        )

    def total(self, raw: Fraction, most: Fraction, percent: Fraction | None) -> str:
        """The sum, and the percentage where one is taken."""
        share = f", {_text(percent, 1)}%" if percent is not None else ""
        return f"The scores add up to {_text(raw)} of {_text(most)}{share}."

    def cases(self, sufficient: int, known: int, value: Fraction) -> str:
        """The share of cases."""
        return f"{sufficient} of {known} cases were good enough, {_text(value, 1)}%."

    def no_cases(self, node: Node, grade: str | None) -> str:
        """No case was counted; a person may have given the grade."""
        if grade is None:
            return "No total: no reviewed case could be judged."
        return f"A person gave this grade: {self._grade(node.id, grade)}. No cases were counted."

    def given(self, node: Node, grade: str) -> str:
        """People gave another grade than the total."""
        return f"The grade that people gave is {self._grade(node.id, grade)}."

    def band(self, scale: Scale, bands: ScoreBands, value: Fraction, *, percent: bool) -> str:
        """The band that a total falls into, and what rounding did."""
        sign = "%" if percent else ""
        step = bands.find(value)
        if step is None:
            return "That lies below the lowest band, so there is no grade."
        found = bands.rounded(value)
        parts = []
        if found != value:
            how = _ROUNDING[bands.round]
            if _between(bands, value):
                parts.append(
                    f"That lies between two bands; {how}, as this framework's file declares, it "
                    f"counts as {_text(found)}{sign}."
                )
            else:
                parts.append(f"It counts as {_text(found)}{sign} ({how}).")
        parts.append(f"The band {_span(bands, step)}{sign} is {scale.title_of(step.level)}.")
        return " ".join(parts)

    def lowest(self, scale: Scale, grade: str, at: Sequence[str]) -> str:
        """The lowest part."""
        verb = "sets" if len(at) == 1 else "set"
        names = ", ".join(self._title(each) for each in at)
        return f"The lowest part counts: {names} {verb} it at {scale.title_of(grade)}."

    def unknown(self, scale: Scale, number: int, ends: Iterable[ScoreBand | None]) -> str:
        """What cases that could not be judged might change."""
        titles = [scale.title_of(step.level) if step else "no grade" for step in ends]
        cases = "case" if number == 1 else "cases"
        if len(set(titles)) == 1:
            return f"{number} {cases} could not be judged; they could not change the band."
        return (
            f"{number} {cases} could not be judged; depending on them it would be "
            f"{titles[0]} to {titles[-1]}."
        )

    def holds(self, limiter: Limiter) -> str:
        """A hard limiter that holds."""
        return f"Because {self._cause(limiter)}, {self._effect(limiter)}. {limiter.because}"

    def advises(self, limiter: Limiter) -> str:
        """A soft limiter that holds."""
        return (
            f"Because {self._cause(limiter)}, the framework's advice is that "
            f"{self._effect(limiter)}; a person decides. {limiter.because}"
        )

    def open(self, limiter: Limiter) -> str:
        """A limiter on a node without a grade."""
        return (
            f"{self._title(limiter.node)} has no grade yet, and could limit "
            f"{self._title(limiter.target)}."
        )

    def left_out(self, nodes: Sequence[str]) -> str:
        """Parts that are rated and do not count."""
        verb = "is" if len(nodes) == 1 else "are"
        return f"{', '.join(self._title(each) for each in nodes)} {verb} rated but not counted."

    def _cause(self, limiter: Limiter) -> str:
        found = f"{self._title(limiter.node)} is {self._grade(limiter.node, limiter.at_most)}"
        return found if limiter.at_most == self._lowest(limiter.node) else f"{found} or lower"

    def _effect(self, limiter: Limiter) -> str:
        target = self._title(limiter.target)
        if limiter.force is not None:
            return f"{target} is {self._grade(limiter.target, limiter.force)}"
        return f"{target} is at most {self._grade(limiter.target, limiter.cap or '')}"

    def _title(self, node_id: str) -> str:
        return f"\u201c{self.nodes[node_id].title}\u201d"

    def _scale(self, node_id: str) -> Scale:
        scale = self.framework.scale(self.nodes[node_id].scale)
        if scale is None:
            raise KeyError(node_id)
        return scale

    def _grade(self, node_id: str, grade: str) -> str:
        return self._scale(node_id).title_of(grade)

    def _lowest(self, node_id: str) -> str:
        return self._scale(node_id).levels[-1].id


def _between(bands: ScoreBands, value: Fraction) -> bool:
    """Whether an unrounded total lies past one band's edge and short of the next one's."""
    steps = bands.ordered()
    return any(
        step.to is not None and exact(step.to) < value < exact(after.from_)
        for step, after in pairwise(steps)
    )


def _span(bands: ScoreBands, step: ScoreBand) -> str:
    if step.to is not None:
        return f"{step.from_:g} to {step.to:g}"
    steps = bands.ordered()
    position = steps.index(step)
    if position + 1 < len(steps):
        return f"{step.from_:g} to under {steps[position + 1].from_:g}"
    return f"{step.from_:g} and over"


def _text(value: Fraction, places: int | None = None) -> str:
    """A number in words: whole where it is whole, else to a place or as short as it is."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(round(value, places if places is not None else 6)):g}"
