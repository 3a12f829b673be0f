"""Rules that can never bind: conditions that no evidence meets, ceilings that cap nothing."""

from __future__ import annotations

from collections.abc import Iterator

from selfassess.loading.checks.rules import targets
from selfassess.loading.names import Names, Where
from selfassess.model.framework import Condition, Framework, Rule
from selfassess.model.measure import Band

__all__ = ["rule_remarks"]

_CUTS = ("strong", "attention", "concern", "critical")
Found = Iterator[tuple[str, str, str, str]]


def rule_remarks(framework: Framework, names: Names, where: Where) -> Found:
    """Say which rules can never bind, and why."""
    for index, rule in enumerate(framework.ceilings):
        place = where("ceilings", rule.id)
        yield from _top(framework, rule, place)
        for reason in _never(framework, names, rule, rule.if_):
            yield (
                f"never-binds:{rule.id}",
                place,
                f"the rule '{rule.id}' can never bind: {reason}.",
                "Correct the condition, or remove the rule.",
            )
            break
        for topic in _strange(framework, rule.if_):
            yield (
                f"orphan-topic:{rule.id}/{topic}",
                place,
                f"the rule '{rule.id}' looks for the topic '{topic}', to which no node speaks.",
                "Add the topic to a criterion, or take it out of the rule.",
            )
        same = [each for each in framework.ceilings[:index] if each.if_ == rule.if_]
        earlier = next((each for each in same if _covered(framework, rule, each)), None)
        if earlier is not None:
            yield (
                f"never-binds:{rule.id}",
                place,
                f"the rule '{rule.id}' adds nothing to '{earlier.id}', which has the same "
                "condition and at least the same effect.",
                "Remove one of the two.",
            )


def _strange(framework: Framework, condition: Condition) -> list[str]:
    """Topics that a rule looks for and that no node of the framework speaks to."""
    reach = {topic for node in framework.walk() for topic in (*node.topics, *node.owns)}
    found: list[str] = []
    for part in (condition, *condition.all_, *condition.any_):
        if part.register is not None and isinstance(part.register.topics, tuple):
            found += [topic for topic in part.register.topics if topic not in reach]
    return found


def _top(framework: Framework, rule: Rule, place: str) -> Found:
    for name in targets(rule):
        scale = framework.scale(framework.node(name).scale)
        if scale is not None and rule.at_most == scale.levels[0].id:
            yield (
                f"never-binds:{rule.id}",
                place,
                f"the rule '{rule.id}' caps '{name}' at its highest grade, so it caps nothing.",
                "Name a lower grade.",
            )
            return


def _covered(framework: Framework, rule: Rule, earlier: Rule) -> bool:
    """Whether an earlier rule with the same condition does all that a rule does."""
    if not set(targets(rule)) <= set(targets(earlier)):
        return False
    if rule.flag is not None and rule.flag != earlier.flag:
        return False
    if rule.at_most is None:
        return True
    if earlier.at_most is None:
        return False
    for name in targets(rule):
        scale = framework.scale(framework.node(name).scale)
        if scale is None or scale.rank(earlier.at_most) > scale.rank(rule.at_most):
            return False
    return True


def _never(framework: Framework, names: Names, rule: Rule, condition: Condition) -> Iterator[str]:
    """Why a condition can never hold; nothing if it can."""
    if condition.all_:
        for part in condition.all_:
            yield from _never(framework, names, rule, part)
    elif condition.any_:
        reasons = [list(_never(framework, names, rule, part)) for part in condition.any_]
        if all(reasons):
            yield reasons[0][0]
    elif condition.measure is not None:
        yield from _signal(framework, names, condition)
        low, high = condition.at_least, condition.at_most
        if low is not None and high is not None and low > high:
            yield f"no value is at least {low:g} and at most {high:g}"
    elif condition.register is not None:
        yield from _count(framework, rule, condition)
    elif condition.node is not None:
        rules = [r for r in framework.ceilings if condition.node in targets(r) and r.at_most]
        if not rules:
            yield f"no rule sets a ceiling on '{condition.node}'"
        elif not _reached(framework, condition, rules):
            yield (
                f"no rule sets the ceiling of '{condition.node}' at "
                f"{condition.ceiling_at_most} or lower"
            )


def _count(framework: Framework, rule: Rule, condition: Condition) -> Iterator[str]:
    """More distinct topics than there are among those that the condition looks at."""
    wanted = condition.register
    if wanted is None or wanted.topics not in ("own", "practice"):
        return
    if wanted.topics == "practice":
        most = len(framework.practice_topics())
    else:
        most = max((len(framework.node(name).owns) for name in targets(rule)), default=0)
    count = max(wanted.distinct_topics, condition.distinct_topics or 1)
    if count > most:
        yield f"it asks for {count} distinct topics, and there are {most}"


def _reached(framework: Framework, condition: Condition, rules: list[Rule]) -> bool:
    scale = framework.scale(framework.node(str(condition.node)).scale)
    if scale is None or condition.ceiling_at_most is None:
        return False
    limit = scale.rank(condition.ceiling_at_most)
    return any(scale.rank(str(rule.at_most)) <= limit for rule in rules)


def _signal(framework: Framework, names: Names, condition: Condition) -> Iterator[str]:
    """A signal that the measure's bands can never give."""
    measure = names.measures.get(str(condition.measure))
    levels = {condition.signal} if isinstance(condition.signal, str) else set(condition.signal)
    if measure is None or not levels:
        return
    bands: list[Band] = list(measure.bands)
    for entry in framework.bands:
        if entry.measure == measure.id:
            bands = list(entry.bands)
    scope = set(condition.where.items())
    fitting = [band for band in bands if _fits(band, scope)]
    possible = {"context"}
    if fitting:
        possible.add("attention")  # a figure that worsens is at least that, whatever its band
    for band in fitting:
        possible |= {level for level in _CUTS if getattr(band, level) is not None}
        possible |= {"secure"} if measure.better != "two-sided" else set()
    if not possible & levels:
        yield (
            f"no band of '{measure.id}' can give the signal "
            f"{' or '.join(sorted(level for level in levels))}"
        )


def _fits(band: Band, scope: set[tuple[str, str]]) -> bool:
    """Whether a band can judge a reading of the scope: it contradicts no pair."""
    wanted = dict(scope)
    return all(wanted.get(key, value) == value for key, value in band.where.items())
