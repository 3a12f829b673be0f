"""Checks how scores add up: aggregates have parts, limiters can act, nothing goes in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import pairwise

from selfassess.errors import Problem
from selfassess.loading.checks.inspection import check_inspection
from selfassess.loading.checks.score_bands import ScoreBandsCheck
from selfassess.loading.names import Names, Where, unknown
from selfassess.model.framework import Framework, Node, Scale
from selfassess.model.framework_scoring import Aggregate, Limiter, exact

__all__ = ["check_scoring", "reach"]

_BELONGS = {
    "of": ("weighted-percent", "score-sum", "lowest"),
    "weights": ("weighted-percent", "score-sum"),
    "out_of": ("weighted-percent", "score-sum"),
    "bands": ("weighted-percent", "score-sum", "share-of-cases"),
}


def check_scoring(framework: Framework, names: Names, where: Where) -> Iterator[Problem]:
    """Say everything that is wrong with scores, totals, limiters and inspection arrangements."""
    for scale in framework.scales:
        yield from _scores(scale, where)
    if framework.kind == "narrative":
        yield from _narrative(framework, where)
    else:
        for node in framework.walk():
            if node.aggregate is not None:
                yield from _AggregateCheck(framework, node, node.aggregate, where).problems()
        for limiter in framework.limiters:
            yield from _limiter(framework, limiter, where)
        yield from _circles(framework, where)
    yield from check_inspection(framework, where)


def reach(framework: Framework, node: Node, aggregate: Aggregate) -> tuple[Fraction, Fraction]:
    """The least and the most that a node's parts can add up to."""
    least = most = Fraction(0)
    for part in framework.parts(node):
        scale = framework.scale(part.scale)
        scores = scale.scores() if scale else ()
        weight = exact(aggregate.weights.get(part.id, 1))
        least += weight * exact(min(scores, default=0))
        most += weight * exact(max(scores, default=0))
    return least, most


def _scores(scale: Scale, where: Where) -> Iterator[Problem]:
    scores = scale.scores()
    if scores and len(scores) < len(scale.levels):
        lacking = [level.id for level in scale.levels if level.score is None]
        yield Problem(
            where("scales", scale.id, ("levels",)),
            f"the scale '{scale.id}' gives a score to some levels but not to {', '.join(lacking)}.",
            "Give every level a 'score', or none.",
        )
    elif any(high <= low for high, low in pairwise(scores)):
        yield Problem(
            where("scales", scale.id, ("levels",)),
            f"the scores of the scale '{scale.id}' do not fall from its first level to its last.",
            "List the highest level first, each with a lower score than the one before.",
        )
    levels = {level.id for level in scale.levels}
    for index, level_id in enumerate(scale.described):
        if level_id not in levels:
            yield unknown(
                "level", level_id, levels, where("scales", scale.id, ("described", index))
            )


def _narrative(framework: Framework, where: Where) -> Iterator[Problem]:
    for node in framework.walk():
        if node.aggregate is not None:
            yield Problem(
                where("node", node.id, ("aggregate",)),
                f"'{node.id}' has an aggregate, but the framework is narrative: no grades.",
                "Remove 'aggregate', or write 'kind: graded'.",
            )
    for limiter in framework.limiters:
        yield Problem(
            where("limiters", limiter.id, ()),
            f"the limiter '{limiter.id}' limits a grade, but the framework is narrative.",
            "Remove it; a flag among 'ceilings' tells people to decide.",
        )


class _AggregateCheck:
    """One node's aggregate."""

    def __init__(
        self, framework: Framework, node: Node, aggregate: Aggregate, where: Where
    ) -> None:
        self.framework = framework
        self.node = node
        self.aggregate = aggregate
        self.where = where
        self.scale = framework.scale(node.scale)

    def at(self, *path: str | int) -> str:
        return self.where("node", self.node.id, ("aggregate", *path))

    def problems(self) -> Iterator[Problem]:
        aggregate = self.aggregate
        for key, methods in _BELONGS.items():
            if getattr(aggregate, key) not in ((), None, {}) and aggregate.by not in methods:
                yield Problem(
                    self.at(key),
                    f"'{key}' says nothing for an aggregate by '{aggregate.by}'.",
                    f"Remove '{key}', or choose another way in 'by'.",
                )
        if self.scale is None:
            yield Problem(
                self.at("by"),
                f"'{self.node.id}' has an aggregate but no scale, so its total gives no grade.",
                "Give the node a 'scale'.",
            )
            return
        if aggregate.by == "professional":
            return
        if aggregate.by != "share-of-cases":
            yield from self._parts()
        if aggregate.by == "share-of-cases":
            yield from self._bands(Fraction(0), Fraction(100))
        elif aggregate.by != "lowest":
            least, most = reach(self.framework, self.node, aggregate)
            if aggregate.out_of is not None and exact(aggregate.out_of) != most:
                yield Problem(
                    self.at("out_of"),
                    f"'{self.node.id}' is said to be out of {aggregate.out_of:g}, but its parts "
                    f"can add up to {float(most):g}.",
                    "Correct the number, the weights, the scores or the list of parts.",
                )
            if aggregate.by == "weighted-percent" and most > 0:
                yield from self._bands(100 * least / most, Fraction(100))
            else:
                yield from self._bands(least, most)

    def _parts(self) -> Iterator[Problem]:
        aggregate = self.aggregate
        nodes = {node.id: node for node in self.framework.walk()}
        for index, name in enumerate(aggregate.of):
            if name not in nodes:
                yield unknown("node", name, nodes, self.at("of", index))
            elif nodes[name].excluded:
                yield Problem(
                    self.at("of", index),
                    f"'{name}' counts in '{self.node.id}', but is marked 'excluded'.",
                    "Take it out of 'of', or remove 'excluded'.",
                )
        parts = self.framework.parts(self.node)
        if not parts:
            yield Problem(
                self.at("by"),
                f"nothing counts in '{self.node.id}': no node below it has a scale.",
                "Name the nodes that count in 'of', or give nodes below a 'scale'.",
            )
        for name, weight in aggregate.weights.items():
            if name not in {part.id for part in parts}:
                yield unknown("part", name, [p.id for p in parts], self.at("weights", name))
            elif weight <= 0:
                yield Problem(
                    self.at("weights", name),
                    f"'{name}' has the weight {weight:g}; expected a number over 0.",
                    "Mark the node 'excluded: true' if it does not count.",
                )
        for part in parts:
            scale = self.framework.scale(part.scale)
            if aggregate.by == "lowest" and part.scale != self.node.scale:
                yield Problem(
                    self.at("by"),
                    f"the lowest grade is taken, but '{part.id}' has another scale than "
                    f"'{self.node.id}'.",
                    "Give both the same scale.",
                )
            elif aggregate.by != "lowest" and (scale is None or not scale.scores()):
                yield Problem(
                    self.at("by"),
                    f"the scores of '{part.id}' are to be added up, but its scale has none.",
                    "Give each level of the scale a 'score'.",
                )

    def _bands(self, least: Fraction, most: Fraction) -> Iterator[Problem]:
        bands = self.aggregate.bands
        if bands is None:
            yield Problem(
                self.at("by"),
                f"'{self.node.id}' is computed by '{self.aggregate.by}', but has no bands.",
                "Add 'bands' with 'round' and the 'steps'.",
            )
            return
        levels = [level.id for level in self.scale.levels] if self.scale else []
        check = ScoreBandsCheck(bands, levels, self.node.id, partial(self.at, "bands"))
        yield from check.problems(least, most)


def _limiter(framework: Framework, limiter: Limiter, where: Where) -> Iterator[Problem]:
    def at(*path: str | int) -> str:
        return where("limiters", limiter.id, path)

    nodes = {node.id: node for node in framework.walk()}
    graded = {name: node for name, node in nodes.items() if node.scale is not None}
    scales: dict[str, list[str]] = {}
    for key, name in (("node", limiter.node), ("target", limiter.target)):
        if name not in nodes:
            yield unknown("node", name, graded, at(key))
        elif name not in graded:
            yield Problem(
                at(key),
                f"the limiter '{limiter.id}' speaks of the grade of '{name}', which has no scale.",
                "Name a graded node.",
            )
        else:
            scale = framework.scale(graded[name].scale)
            scales[key] = [level.id for level in scale.levels] if scale else []
    if "node" in scales and limiter.at_most not in scales["node"]:
        yield unknown(f"grade of '{limiter.node}'", limiter.at_most, scales["node"], at("at_most"))
    if (limiter.force is None) == (limiter.cap is None):
        yield Problem(
            at(),
            f"the limiter '{limiter.id}' needs either 'force' or 'cap'.",
            "'force' sets the target's grade; 'cap' sets the highest that it can have.",
        )
    for key, grade in (("force", limiter.force), ("cap", limiter.cap)):
        if grade is None or "target" not in scales:
            continue
        if grade not in scales["target"]:
            yield unknown(f"grade of '{limiter.target}'", grade, scales["target"], at(key))
        elif key == "cap" and grade == scales["target"][0]:
            yield Problem(
                at(key),
                f"the limiter '{limiter.id}' caps '{limiter.target}' at its highest grade, so it "
                "limits nothing.",
                "Name a lower grade.",
            )


def _circles(framework: Framework, where: Where) -> Iterator[Problem]:
    """Grades that wait for one another."""
    waits: dict[str, list[str]] = {}
    for node in framework.walk():
        waits[node.id] = [part.id for part in framework.parts(node)]
    for limiter in framework.limiters:
        waits.setdefault(limiter.target, []).append(limiter.node)
    reported: set[str] = set()
    for start in waits:
        circle = _circle(start, waits, ())
        if circle and not reported & set(circle):
            reported |= set(circle)
            yield Problem(
                where("node", circle[0], ()),
                f"grades wait for one another in a circle: {' waits for '.join(circle)}.",
                "Let totals and limiters go one way only, from parts to the whole.",
            )


def _circle(node: str, waits: Mapping[str, list[str]], trail: tuple[str, ...]) -> tuple[str, ...]:
    if node in trail:
        return (*trail[trail.index(node) :], node)
    for source in waits.get(node, ()):
        found = _circle(source, waits, (*trail, node))
        if found:
            return found
    return ()
