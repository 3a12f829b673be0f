"""Checks ceilings and flags: conditions make sense, grades exist, nothing waits for itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from selfassess.errors import Problem
from selfassess.loading.names import Names, Where, unknown
from selfassess.loading.source import KeyPath
from selfassess.model.framework import Condition, Framework, Node, Rule
from selfassess.model.measure import Signal

__all__ = ["FLAGS", "check_rules", "targets"]

FLAGS = ("priority-action-risk",)
"""What a rule can raise for a person to decide."""

_KINDS = ("measure", "register", "node", "missing", "all", "any")
_BELONGS = {
    "where": "measure",
    "signal": "measure",
    "at_least": "measure",
    "at_most": "measure",
    "distinct_topics": "register",
    "ceiling_at_most": "node",
}


def check_rules(framework: Framework, names: Names, where: Where) -> Iterator[Problem]:
    """Say everything that is wrong with a framework's rules."""
    for rule in framework.ceilings:
        yield from _RuleCheck(rule, framework, names, where).problems()
    yield from _circles(framework, where)


def targets(rule: Rule) -> tuple[str, ...]:
    """Ids of the judgements that a rule applies to."""
    if isinstance(rule.applies_to, str):
        return (rule.applies_to,) if rule.applies_to else ()
    return rule.applies_to


class _RuleCheck:
    """One rule, with what its parts may refer to."""

    def __init__(self, rule: Rule, framework: Framework, names: Names, where: Where) -> None:
        self.rule = rule
        self.framework = framework
        self.names = names
        self.where = where
        self.nodes = {node.id: node for node in framework.walk()}

    def at(self, path: KeyPath) -> str:
        return self.where("ceilings", self.rule.id, path)

    def problems(self) -> Iterator[Problem]:
        rule = self.rule
        yield from self._targets()
        if rule.at_most is None and rule.flag is None:
            yield Problem(
                self.at(()),
                f"the rule '{rule.id}' does nothing: it has neither 'at_most' nor 'flag'.",
                f"Add 'at_most: GRADE', or 'flag: {FLAGS[0]}'.",
            )
        if rule.at_most is not None and not targets(rule):
            yield Problem(
                self.at(("at_most",)),
                f"the rule '{rule.id}' sets a ceiling on no judgement.",
                "Add 'applies_to' with the judgement's id.",
            )
        if rule.flag is not None and rule.flag not in FLAGS:
            yield unknown("flag", rule.flag, FLAGS, self.at(("flag",)))
        for index, topic in enumerate(rule.topics):
            yield from self.names.topic(topic, self.at(("topics", index)))
        bodies = {body.id for body in self.framework.responsible_bodies}
        for index, body in enumerate(rule.responsible):
            if body not in bodies:
                yield unknown("responsible body", body, bodies, self.at(("responsible", index)))
        yield from self._condition(rule.if_, ("if",), nested=False)

    def _targets(self) -> Iterator[Problem]:
        for index, name in enumerate(targets(self.rule)):
            one = isinstance(self.rule.applies_to, str)
            place = self.at(("applies_to",) if one else ("applies_to", index))
            node = self.nodes.get(name)
            if node is None or node.kind != "judgement":
                judgements = [each.id for each in self.framework.judgements()]
                yield unknown("judgement", name, judgements, place)
            elif self.rule.at_most is not None:
                yield from self._ceiling(node, self.rule.at_most)

    def _ceiling(self, node: Node, grade: str) -> Iterator[Problem]:
        place = self.at(("at_most",))
        if node.scale is None:
            yield Problem(
                place,
                f"the rule '{self.rule.id}' caps '{node.id}', which has no scale.",
                "Give the node a scale, or keep the flag and remove 'at_most'.",
            )
            return
        levels = self._levels(node)
        if levels and grade not in levels:
            yield unknown(f"level of the scale '{node.scale}'", grade, levels, place)
        elif levels and grade == levels[-1]:
            yield Problem(
                place,
                f"the rule '{self.rule.id}' caps '{node.id}' at '{grade}', the lowest level: "
                "that would award a grade.",
                f"Cap it at '{levels[-2:][0]}' at the strictest; a 'flag' tells people to decide.",
            )

    def _levels(self, node: Node) -> list[str]:
        scale = self.framework.scale(node.scale)
        return [level.id for level in scale.levels] if scale else []

    def _condition(self, condition: Condition, path: KeyPath, *, nested: bool) -> Iterator[Problem]:
        given = {
            "measure": condition.measure is not None,
            "register": condition.register is not None,
            "node": condition.node is not None,
            "missing": condition.missing is not None,
            "all": bool(condition.all_),
            "any": bool(condition.any_),
        }
        kinds = [kind for kind in _KINDS if given[kind]]
        if len(kinds) != 1:
            found = "holds " + " and ".join(f"'{kind}'" for kind in kinds) if kinds else "is empty"
            yield Problem(
                self.at(path),
                f"a condition of the rule '{self.rule.id}' {found}; expected exactly one of "
                f"{', '.join(_KINDS)}.",
                "List several under 'all:' or 'any:'." if kinds else "Say what to look for.",
            )
            return
        kind = kinds[0]
        for key, owner in _BELONGS.items():
            if getattr(condition, key) not in ((), None, {}) and owner != kind:
                yield Problem(
                    self.at((*path, key)),
                    f"'{key}' belongs to a condition on '{owner}', not to one on '{kind}'.",
                    f"Move it beside '{owner}:'.",
                )
        if kind == "measure":
            yield from self._measure(condition, path)
        elif kind == "register":
            yield from self._register(condition, path)
        elif kind == "node":
            yield from self._node(condition, path)
        elif kind == "missing":
            yield from self._missing(condition, path)
        elif nested:
            yield Problem(
                self.at((*path, kind)),
                f"'{kind}' stands inside another 'all' or 'any' in the rule '{self.rule.id}'.",
                "One level is allowed: split the rule in two.",
            )
        else:
            for index, part in enumerate(condition.all_ or condition.any_):
                yield from self._condition(part, (*path, kind, index), nested=True)

    def _measure(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        yield from self.names.measure(str(condition.measure), self.at((*path, "measure")))
        yield from self.names.scope(condition.where, lambda key: self.at((*path, "where", key)))
        one = isinstance(condition.signal, str)
        levels = (condition.signal,) if isinstance(condition.signal, str) else condition.signal
        for index, level in enumerate(levels):
            if level not in get_args(Signal):
                place = (*path, "signal") if one else (*path, "signal", index)
                yield unknown("signal", level, get_args(Signal), self.at(place))
        if not levels and condition.at_least is None and condition.at_most is None:
            yield Problem(
                self.at((*path, "measure")),
                f"the condition on '{condition.measure}' asks for nothing.",
                "Add 'signal', 'at_least' or 'at_most'.",
            )

    def _register(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        wanted = condition.register
        if wanted is None:
            return
        inner = (*path, "register")
        yield from self.names.scope(wanted.where, lambda key: self.at((*inner, "where", key)))
        place = self.at((*inner, "topics"))
        if wanted.topics == "own":
            owners = [self.nodes[name] for name in targets(self.rule) if name in self.nodes]
            for node in owners:
                if not node.owns:
                    yield Problem(
                        place,
                        f"'topics: own' can never hold for '{node.id}', which owns no topics.",
                        "Give the node an 'owns' list, or name the topics here.",
                    )
            if not owners and not targets(self.rule):
                yield Problem(
                    place,
                    f"'topics: own' needs judgements whose topics are meant; the rule "
                    f"'{self.rule.id}' applies to none.",
                    "Add 'applies_to', or write 'topics: practice'.",
                )
        elif wanted.topics == "practice":
            if not self.framework.practice_topics():
                yield Problem(
                    place,
                    "'topics: practice' can never hold: no node with 'practice: true' owns topics.",
                    "Mark the judgements of practice, or name the topics here.",
                )
        elif wanted.topics is not None:
            for index, topic in enumerate(wanted.topics):
                yield from self.names.topic(topic, self.at((*inner, "topics", index)))
        count = max(wanted.distinct_topics, condition.distinct_topics or 1)
        if count < 1 or (isinstance(wanted.topics, tuple) and count > len(wanted.topics)):
            yield Problem(
                place,
                f"{count} distinct topics can never be found in this list.",
                "Lower 'distinct_topics', or name more topics.",
            )

    def _node(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        place = self.at((*path, "node"))
        node = self.nodes.get(str(condition.node))
        if node is None or node.kind != "judgement":
            judgements = [each.id for each in self.framework.judgements()]
            yield unknown("judgement", str(condition.node), judgements, place)
            return
        if condition.ceiling_at_most is None:
            yield Problem(
                place,
                f"the condition on '{node.id}' does not say at which ceiling it holds.",
                "Add 'ceiling_at_most: GRADE'.",
            )
            return
        levels = self._levels(node)
        if node.scale is None:
            yield Problem(
                place,
                f"the condition waits for a ceiling of '{node.id}', which has no scale.",
                "Name a judgement with a scale.",
            )
        elif levels and condition.ceiling_at_most not in levels:
            name = f"level of the scale '{node.scale}'"
            grade = self.at((*path, "ceiling_at_most"))
            yield unknown(name, condition.ceiling_at_most, levels, grade)

    def _missing(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        place = self.at((*path, "missing"))
        known = {e.id for node in self.nodes.values() for e in node.expects}
        known |= {f"{node.id}/{e.id}" for node in self.nodes.values() for e in node.expects}
        if condition.missing not in known:
            yield unknown("expectation", str(condition.missing), known, place)
        if self.rule.at_most is not None:
            yield Problem(
                place,
                f"missing evidence sets no ceiling, but the rule '{self.rule.id}' has 'at_most'.",
                "Remove 'at_most' and keep a 'flag': missing is neither good nor bad.",
            )


def _circles(framework: Framework, where: Where) -> Iterator[Problem]:
    """Ceilings that wait for one another."""
    waits: dict[str, dict[str, str]] = {}
    for rule in framework.ceilings:
        parts = (rule.if_, *rule.if_.all_, *rule.if_.any_)
        for source in (part.node for part in parts if part.node is not None):
            for target in targets(rule):
                waits.setdefault(target, {}).setdefault(source, rule.id)
    done: set[str] = set()
    for start in waits:
        circle = _circle(start, waits, ())
        if circle and not done & set(circle):
            done |= set(circle)
            first = waits[circle[0]][circle[1]]
            yield Problem(
                where("ceilings", first, ("if",)),
                f"ceilings wait for one another in a circle: {' waits for '.join(circle)}.",
                "Let ceilings go one way only, from a part to the whole.",
            )


def _circle(node: str, waits: dict[str, dict[str, str]], trail: tuple[str, ...]) -> tuple[str, ...]:
    if node in trail:
        return (*trail[trail.index(node) :], node)
    for source in waits.get(node, {}):
        found = _circle(source, waits, (*trail, node))
        if found:
            return found
    return ()
