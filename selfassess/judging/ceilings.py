"""Ceilings: the highest grade that the evidence leaves standing, and the rules that say so.

Rules are the framework's data. They see readings by the framework's bands, never by the
workspace's, and never a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from selfassess.judging.docket import Docket
from selfassess.judging.items import Item, contested, serious
from selfassess.judging.scopes import cohort, matches
from selfassess.judging.signals import small_base
from selfassess.model.assessment import Because, Waiver
from selfassess.model.framework import Condition, RegisterCondition, Rule, Scale

__all__ = ["Ceiling", "Ceilings", "Held"]


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that holds at a node, with the items that made it hold."""

    rule: Rule
    node: str | None
    items: tuple[Item, ...]

    def because(self) -> Because:
        """As it stands in the assessment."""
        return Because(
            rule=self.rule.id,
            text=self.rule.because,
            at_most=self.rule.at_most,
            readings=tuple(sorted({item.id for item in self.items if item.judged})),
            register=tuple(sorted({item.id for item in self.items if item.entry})),
        )


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What stands of a node's scale; None where nothing refutes any grade."""

    grade: str | None
    because: tuple[Because, ...]
    also: tuple[Because, ...]
    after_waivers: str | None
    waived: tuple[Waiver, ...]


class Ceilings:
    """Evaluates a framework's rules, children before the nodes that depend on them."""

    def __init__(self, docket: Docket, waivers: Sequence[Waiver] = ()) -> None:
        self._docket = docket
        self._waivers = {waiver.rule: waiver for waiver in waivers if waiver.until >= docket.as_at}
        self._held: dict[str, tuple[Held, ...]] = {}
        self._open: set[str] = set()

    def held(self, node_id: str) -> tuple[Held, ...]:
        """Rules that hold at a node, in the framework's order."""
        if node_id not in self._held:
            if node_id in self._open:  # a cycle; loading refuses such frameworks
                return ()
            self._open.add(node_id)
            self._held[node_id] = tuple(
                Held(rule, node_id, items)
                for rule in self._docket.framework.ceilings
                if node_id in applies_to(rule)
                and (items := self._holds(rule.if_, node_id)) is not None
            )
            self._open.discard(node_id)
        return self._held[node_id]

    @cached_property
    def everywhere(self) -> tuple[Held, ...]:
        """Rules without ``applies_to`` that hold: they speak of the framework's whole subject."""
        return tuple(
            Held(rule, None, items)
            for rule in self._docket.framework.ceilings
            if not rule.applies_to and (items := self._holds(rule.if_, None)) is not None
        )

    def ceiling(self, node_id: str) -> Ceiling:
        """The lowest grade that a holding rule leaves, all rules at that level, and the others."""
        held = self.held(node_id)
        scale = self._scale(node_id)
        lowest = _lowest(held, scale)
        binding = [h for h in held if lowest is not None and h.rule.at_most == lowest]
        waived = {h.rule.id for h in held if h.rule.id in self._waivers and h.rule.at_most}
        return Ceiling(
            grade=lowest,
            because=tuple(h.because() for h in binding),
            also=tuple(h.because() for h in held if h not in binding),
            after_waivers=_lowest([h for h in held if h.rule.id not in waived], scale),
            waived=tuple(self._waivers[rule] for rule in sorted(waived)),
        )

    def _scale(self, node_id: str) -> Scale | None:
        return self._docket.framework.scale(self._docket.tree.places[node_id].node.scale)

    def _holds(self, condition: Condition, node_id: str | None) -> tuple[Item, ...] | None:
        """The items that make a condition hold; None where it does not."""
        if condition.all_:
            parts = [self._holds(part, node_id) for part in condition.all_]
            held = [part for part in parts if part is not None]
            return _join(held) if len(held) == len(parts) else None
        if condition.any_:
            parts = [self._holds(part, node_id) for part in condition.any_]
            held = [part for part in parts if part is not None]
            return _join(held) if held else None
        if condition.measure is not None:
            return self._readings(condition, node_id) or None
        if condition.register is not None:
            return self._entries(condition.register, condition.distinct_topics, node_id)
        if condition.node is not None:
            return self._node(condition.node, condition.ceiling_at_most)
        if condition.missing is not None:
            return self._missing(condition.missing, node_id)
        return None

    def _here(self, item: Item, node_id: str | None) -> bool:
        """Among nodes of practice, an item is at home where it names a node or a cohort."""
        tree = self._docket.tree
        if node_id is None or not tree.places[node_id].node.practice:
            return True
        entry = item.entry
        names = [n for n in (entry.criterion, entry.judgement) if n in tree.places] if entry else []
        if names:
            return any(n == node_id or node_id in tree.places[n].judgements for n in names)
        moved = cohort(item.where)
        return moved is None or tree.of_cohort(tree.places[node_id], moved)

    def _readings(self, condition: Condition, node_id: str | None) -> tuple[Item, ...]:
        """Readings of which every part of the condition is true at once."""
        signals = {condition.signal} if isinstance(condition.signal, str) else condition.signal
        found = []
        for item in self._docket.readings:
            judged = item.judged
            if judged is None or judged.reading.measure != condition.measure or not item.current:
                continue
            reading = judged.reading
            measure = self._docket.measures[reading.measure]
            if reading.status != "ok" or reading.value is None or small_base(reading, measure):
                continue
            if signals and judged.rule_signal not in signals:
                continue
            if condition.at_least is not None and reading.value < condition.at_least:
                continue
            if condition.at_most is not None and reading.value > condition.at_most:
                continue
            if matches(condition.where, item.where, self._docket.tree.bodies) and self._here(
                item, node_id
            ):
                found.append(item)
        return tuple(found)

    def _entries(
        self, condition: RegisterCondition, distinct: int | None, node_id: str | None
    ) -> tuple[Item, ...] | None:
        found = []
        for item in self._docket.entries:
            entry = item.entry
            if entry is None or entry.direction != condition.direction or not item.current:
                continue
            if condition.severity and _severity(item) != condition.severity:
                continue
            if condition.voices and entry.voice not in condition.voices:
                continue
            if not matches(condition.where, item.where, self._docket.tree.bodies):
                continue
            if not self._on_topic(item, condition.topics, node_id):
                continue
            if condition.uncontested and contested(entry, self._docket.entries):
                continue
            found.append(item)
        topics = {item.topics[0] for item in found}
        enough = max(condition.distinct_topics, distinct or 1)
        return tuple(found) if len(topics) >= enough else None

    def _on_topic(
        self, item: Item, topics: tuple[str, ...] | str | None, node_id: str | None
    ) -> bool:
        entry = item.entry
        tree = self._docket.tree
        topic = item.topics[0]
        if topics == "practice":
            return topic in tree.practice_topics
        if topics == "own":
            names = (entry.criterion, entry.judgement) if entry else ()
            return node_id is not None and tree.owns(node_id, topic, item.where, names)
        return (topics is None or topic in topics) and self._here(item, node_id)

    def _node(self, node_id: str, grade: str | None) -> tuple[Item, ...] | None:
        """Another node's ceiling is at most a grade; its reasons become this one's."""
        scale = self._scale(node_id)
        held = self.held(node_id)
        lowest = _lowest(held, scale)
        if scale is None or lowest is None or grade is None:
            return None
        if scale.rank(lowest) > scale.rank(grade):
            return None
        return _join(h.items for h in held if h.rule.at_most == lowest)

    def _missing(self, expectation: str, node_id: str | None) -> tuple[Item, ...] | None:
        tree = self._docket.tree
        criteria = tree.criteria_of(node_id) if node_id else tree.criteria
        held = any(
            expectation in (e.id, f"{place.node.id}/{e.id}")
            for place in criteria
            for e in self._docket.missing(place)
        )
        return () if held else None


def applies_to(rule: Rule) -> tuple[str, ...]:
    """Nodes that a rule speaks of."""
    return (rule.applies_to,) if isinstance(rule.applies_to, str) else rule.applies_to


def _severity(item: Item) -> str:
    """The severity that counts: serious without two names is moderate."""
    entry = item.entry
    if entry is None:
        return ""
    return "moderate" if entry.severity == "serious" and not serious(entry) else entry.severity


def _lowest(held: Iterable[Held], scale: Scale | None) -> str | None:
    grades = [h.rule.at_most for h in held if h.rule.at_most]
    if not grades or scale is None:
        return None
    return min(grades, key=scale.rank)


def _join(groups: Iterable[tuple[Item, ...]]) -> tuple[Item, ...]:
    found: Mapping[str, Item] = {item.id: item for group in groups for item in group}
    return tuple(found.values())
