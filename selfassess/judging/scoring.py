"""What people's own scores add up to under a framework's rules. The tool scores nothing itself.

Pure functions of a framework and of grades that people gave or claimed. Ceilings that evidence
sets play no part here. A narrative framework has no totals and no grades.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from selfassess.errors import EvidenceError, nearest
from selfassess.judging.scoring_words import Words
from selfassess.model.framework import Framework, Node, Scale
from selfassess.model.framework_scoring import Limiter, ScoreBands, exact
from selfassess.model.totals import Cases, Part, Total

__all__ = ["Cases", "Part", "Total", "score"]


def score(
    framework: Framework,
    grades: Mapping[str, str],
    cases: Mapping[str, Cases] | None = None,
) -> tuple[Total, ...]:
    """Say what people's grades make of each node that has an aggregate or a limiter.

    Args:
        framework: a whole framework; a narrative one gives nothing.
        grades: what people gave or claimed, by node id.
        cases: counts of reviewed cases by node id, for shares of cases.

    Raises:
        EvidenceError: a grade is not on its node's scale.
    """
    if framework.kind == "narrative":
        return ()
    scorer = _Scorer(framework, grades, cases or {})
    targets = {limiter.target for limiter in framework.limiters}
    return tuple(
        scorer.total(node)
        for node in framework.walk()
        if node.aggregate is not None or node.id in targets
    )


@dataclass(frozen=True, slots=True)
class _Result:
    """What a node's parts add up to, before limiters."""

    grade: str | None
    text: str
    value: Fraction | None = None
    rounded: Fraction | None = None
    out_of: Fraction | None = None
    parts: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()


class _Scorer:
    """Scores nodes of one framework, each once; parts before the whole."""

    def __init__(
        self, framework: Framework, grades: Mapping[str, str], cases: Mapping[str, Cases]
    ) -> None:
        self.framework = framework
        self.cases = cases
        self.nodes = {node.id: node for node in framework.walk()}
        self.words = Words(framework)
        self.done: dict[str, Total] = {}
        self.grades = {node: self._checked(node, grade) for node, grade in grades.items()}

    def _checked(self, node_id: str, grade: str) -> str:
        if node_id not in self.nodes:
            raise EvidenceError(
                f"A grade is given for '{node_id}', which is not in {self.framework.reference}.",
                hint=nearest(node_id, self.nodes),
            )
        scale = self.framework.scale(self.nodes[node_id].scale)
        levels = [level.id for level in scale.levels] if scale else []
        if grade not in levels:
            raise EvidenceError(
                f"'{grade}' is not a grade that '{node_id}' can have.", hint=nearest(grade, levels)
            )
        return grade

    def total(self, node: Node) -> Total:
        """The node's total, computed once."""
        if node.id not in self.done:
            self.done[node.id] = self._total(node)
        return self.done[node.id]

    def grade(self, node: Node) -> str | None:
        """The grade that a node has: computed where it is, else what people gave."""
        targets = {limiter.target for limiter in self.framework.limiters}
        if node.aggregate is not None or node.id in targets:
            return self.total(node).grade
        return self.grades.get(node.id)

    def _total(self, node: Node) -> Total:
        by = node.aggregate.by if node.aggregate else "professional"
        if by == "professional":
            result = self._professional(node)
        elif by == "share-of-cases":
            result = self._share(node)
        elif by == "lowest":
            result = self._lowest(node)
        else:
            result = self._sum(node, percent=by == "weighted-percent")
        return self._limited(node, by, result)

    def _scale(self, node: Node) -> Scale:
        scale = self.framework.scale(node.scale)
        if scale is None:  # held at load: a node with an aggregate has a scale
            raise EvidenceError(f"'{node.id}' has no scale, so it cannot be scored.")
        return scale

    def _professional(self, node: Node) -> _Result:
        grade = self.grades.get(node.id)
        return _Result(grade, self.words.professional(node, grade))

    def _parts(self, node: Node) -> tuple[Part, ...]:
        weights = node.aggregate.weights if node.aggregate else {}
        parts = []
        for each in self.framework.parts(node):
            grade = self.grade(each)
            level = self._scale(each).level(grade) if grade is not None else None
            worth = exact(level.score) if level is not None and level.score is not None else None
            parts.append(
                Part(
                    node=each.id,
                    grade=grade,
                    score=worth,
                    weight=exact(weights.get(each.id, 1)),
                )
            )
        return tuple(parts)

    def _sum(self, node: Node, *, percent: bool) -> _Result:
        parts = self._parts(node)
        most = Fraction(0)
        for part in parts:
            scores = self._scale(self.nodes[part.node]).scores()
            most += part.weight * exact(max(scores, default=0))
        missing = tuple(part.node for part in parts if part.score is None)
        if missing:
            text = self.words.missing(missing, len(parts))
            return _Result(None, text, None, None, most, parts, missing)
        raw = sum((p.weight * p.score for p in parts if p.score is not None), Fraction(0))
        value = 100 * raw / most if percent else raw
        bands = self._bands(node)
        step = bands.find(value)
        text = self.words.total(raw, most, value if percent else None)
        text += " " + self.words.band(self._scale(node), bands, value, percent=percent)
        grade = step.level if step else None
        return _Result(grade, text, value, bands.rounded(value), most, parts)

    def _bands(self, node: Node) -> ScoreBands:
        if node.aggregate is None or node.aggregate.bands is None:  # held at load
            raise EvidenceError(f"'{node.id}' has no bands, so its total gives no grade.")
        return node.aggregate.bands

    def _lowest(self, node: Node) -> _Result:
        parts = self._parts(node)
        missing = tuple(part.node for part in parts if part.grade is None)
        if missing or not parts:
            text = self.words.missing(missing, len(parts))
            return _Result(None, text, parts=parts, missing=missing)
        scale = self._scale(node)
        grades = [part.grade for part in parts if part.grade is not None]
        grade = min(grades, key=scale.rank)
        at = tuple(part.node for part in parts if part.grade == grade)
        return _Result(grade, self.words.lowest(scale, grade, at), parts=parts)

    def _share(self, node: Node) -> _Result:
        counted = self.cases.get(node.id)
        known = counted.sufficient + counted.insufficient if counted else 0
        if counted is None or known == 0:
            grade = self.grades.get(node.id)
            missing = () if grade is not None else (node.id,)
            return _Result(grade, self.words.no_cases(node, grade), missing=missing)
        value = Fraction(100 * counted.sufficient, known)
        bands = self._bands(node)
        step = bands.find(value)
        text = self.words.cases(counted.sufficient, known, value)
        text += " " + self.words.band(self._scale(node), bands, value, percent=True)
        if counted.unknown:
            every = known + counted.unknown
            ends = [
                bands.find(Fraction(100 * sufficient, every))
                for sufficient in (counted.sufficient, counted.sufficient + counted.unknown)
            ]
            text += " " + self.words.unknown(self._scale(node), counted.unknown, ends)
        grade = step.level if step else None
        return _Result(grade, text, value, bands.rounded(value), Fraction(100))

    def _limited(self, node: Node, by: str, result: _Result) -> Total:
        holding: list[Limiter] = []
        advised: list[Limiter] = []
        undecided: list[Limiter] = []
        for limiter in self.framework.limiters:
            if limiter.target != node.id:
                continue
            source = self.nodes[limiter.node]
            grade = self.grade(source)
            if grade is None:
                undecided.append(limiter)
            elif self._scale(source).rank(grade) <= self._scale(source).rank(limiter.at_most):
                (holding if limiter.strength == "hard" else advised).append(limiter)
        grade = self._apply(node, result.grade, holding)
        text = [result.text]
        given = self.grades.get(node.id)
        if result.grade is not None and given not in (None, result.grade):
            text.append(self.words.given(node, given))
        for limiter in holding:
            text.append(self.words.holds(limiter))
        for limiter in advised:
            text.append(self.words.advises(limiter))
        for limiter in undecided:
            text.append(self.words.open(limiter))
        excluded = tuple(each.id for each in node.walk() if each.excluded and each is not node)
        if excluded:
            text.append(self.words.left_out(excluded))
        return Total(
            node=node.id,
            by=by,
            grade=grade,
            before=result.grade,
            value=_number(result.value),
            rounded=_number(result.rounded),
            out_of=_number(result.out_of),
            parts=result.parts,
            missing=result.missing,
            excluded=excluded,
            limited_by=tuple(limiter.id for limiter in holding),
            advised=tuple(limiter.id for limiter in advised),
            undecided=tuple(limiter.id for limiter in undecided),
            text=" ".join(text),
        )

    def _apply(self, node: Node, grade: str | None, holding: list[Limiter]) -> str | None:
        """The grade under the limiters that hold: forced first, then capped; the lowest wins."""
        scale = self._scale(node)
        forced = [limiter.force for limiter in holding if limiter.force is not None]
        caps = [limiter.cap for limiter in holding if limiter.cap is not None]
        if forced:
            grade = min(forced, key=scale.rank)
        if grade is None:
            return None
        return min((grade, *caps), key=scale.rank)


def _number(value: Fraction | None) -> float | None:
    """To six places, halves to even, as every number in an assessment."""
    return None if value is None else float(round(value, 6))
