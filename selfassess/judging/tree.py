"""The framework's tree, indexed: where a node stands, whose cohort it is, what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from selfassess.judging.scopes import cohort, other_agency
from selfassess.model.common import Scope
from selfassess.model.framework import Framework, Node
from selfassess.model.measure import Measure

__all__ = ["Links", "Place", "Tree"]


@dataclass(frozen=True, slots=True)
class Place:
    """A node where it stands.

    Attributes:
        order: position in the file.
        judgements: ids of the judgements above it, outermost first; itself last if it is one.
        cohort: its own or the nearest above.
        responsible: bodies that answer for it: its own list, the nearest above, or the framework's.
    """

    node: Node
    order: int
    judgements: tuple[str, ...]
    cohort: str | None
    responsible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The criteria and the judgements that an item belongs to, in framework order."""

    criteria: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()


class Tree:
    """Answers about a framework that need the whole of it."""

    def __init__(self, framework: Framework, measures: Mapping[str, Measure]) -> None:
        self.framework = framework
        self.measures = measures
        self.bodies = tuple(body.id for body in framework.responsible_bodies)
        self.places: dict[str, Place] = {}
        for node in framework.nodes:
            self._place(node, (), None, self.bodies)
        self._linked: dict[tuple[object, ...], Links] = {}

    def _place(
        self, node: Node, judgements: tuple[str, ...], above: str | None, bodies: tuple[str, ...]
    ) -> None:
        if node.kind == "judgement":
            judgements = (*judgements, node.id)
        above = node.cohort or above
        bodies = node.responsible or bodies
        self.places[node.id] = Place(node, len(self.places), judgements, above, bodies)
        for child in node.nodes:
            self._place(child, judgements, above, bodies)

    @cached_property
    def judgements(self) -> tuple[Place, ...]:
        """Every judgement, in framework order."""
        return tuple(p for p in self.places.values() if p.node.kind == "judgement")

    @cached_property
    def criteria(self) -> tuple[Place, ...]:
        """Every criterion, in framework order."""
        return tuple(p for p in self.places.values() if p.node.kind == "criterion")

    @cached_property
    def practice_topics(self) -> frozenset[str]:
        """Topics owned by nodes that judge practice."""
        return self.framework.practice_topics()

    @cached_property
    def listed(self) -> frozenset[str]:
        """Measures that some criterion lists."""
        return frozenset(measure for place in self.criteria for measure in place.node.measures)

    def criteria_of(self, node_id: str) -> tuple[Place, ...]:
        """Criteria at or below a node, in framework order."""
        below = {node.id for node in self.places[node_id].node.walk()}
        return tuple(place for place in self.criteria if place.node.id in below)

    def of_cohort(self, place: Place, name: str) -> bool:
        """Whether a node is of a cohort, by its cohort or by its id."""
        return name in (place.cohort, place.node.id) or name in place.judgements

    def cohorts_of(self, node_id: str) -> tuple[str, ...]:
        """Names of cohorts that narrow nothing at a node."""
        place = self.places[node_id]
        return tuple(name for name in (place.cohort, *place.judgements) if name)

    def cohorts_of_topic(self, topic: str) -> tuple[str, ...]:
        """Names of cohorts that narrow nothing for a topic: those of the node that owns it."""
        for place in self.places.values():
            if topic in place.node.owns:
                return self.cohorts_of(place.node.id)
        return ()

    def answers_for(self, where: Scope, bodies: tuple[str, ...]) -> bool:
        """Whether an item is the judged body's: the council's, or that of a body named here."""
        agency = other_agency(where)
        return agency is None or agency in bodies

    def owns(
        self, node_id: str, topic: str, where: Scope, names: tuple[str | None, ...] = ()
    ) -> bool:
        """Whether an item is among a node's own.

        A node that the item names has it; else the cohort in its scope moves an item of practice to
        the nodes of that cohort; else the node whose list holds the topic has it.

        `names` are the criterion and the judgement that the item names, or None.
        """
        place = self.places[node_id]
        ours = self.practice_topics if place.node.practice else frozenset(place.node.owns)
        named = [name for name in names if name in self.places]
        if named:
            return topic in ours and any(
                name == node_id or node_id in self.places[name].judgements for name in named
            )
        moved = cohort(where)
        if moved is not None and place.node.practice:
            return topic in ours and self.of_cohort(place, moved)
        return topic in place.node.owns

    def link(
        self,
        topics: tuple[str, ...],
        where: Scope,
        *,
        measure: str | None = None,
        criterion: str | None = None,
        judgement: str | None = None,
    ) -> Links:
        """Find where an item belongs.

        To the criterion or judgement it names; else to each criterion that lists its measure; else
        to each that shares a topic. A cohort in the scope keeps it to nodes of that cohort.
        """
        # Of a scope its cohort alone has a say, so all parts of a measure belong to one place.
        key = (topics, cohort(where), measure, criterion, judgement)
        if key not in self._linked:
            self._linked[key] = self._link(topics, where, measure, criterion, judgement)
        return self._linked[key]

    def _link(
        self,
        topics: tuple[str, ...],
        where: Scope,
        measure: str | None,
        criterion: str | None,
        judgement: str | None,
    ) -> Links:
        moved = cohort(where)
        shared = frozenset(topics)

        def allowed(place: Place) -> bool:
            return moved is None or self.of_cohort(place, moved)

        if criterion in self.places and self.places[criterion].node.kind == "criterion":
            return self._links((self.places[criterion],))
        named = judgement or criterion
        if named in self.places:
            under = tuple(p for p in self.criteria_of(named) if shared & set(p.node.topics))
            return self._links(under, self.places[named].judgements[-1:])
        candidates = tuple(place for place in self.criteria if allowed(place))
        if measure in self.listed:
            found = tuple(p for p in candidates if measure in p.node.measures)
        else:
            found = tuple(p for p in candidates if shared & set(p.node.topics))
        owners = tuple(
            place.node.id
            for place in self.judgements
            if any(self.owns(place.node.id, topic, where) for topic in topics)
            or (allowed(place) and not found and shared & set(place.node.topics))
        )
        return self._links(found, owners)

    def _links(self, criteria: tuple[Place, ...], judgements: tuple[str, ...] = ()) -> Links:
        nearest = {place.judgements[-1] for place in criteria if place.judgements}
        names = nearest | set(judgements)
        ordered = tuple(p.node.id for p in self.judgements if p.node.id in names)
        return Links(tuple(place.node.id for place in criteria), ordered)

    def order_of_topic(self, topic: str) -> int:
        """Position of the node that owns a topic, else of the first that speaks of it."""
        return self._topic_orders.get(topic, len(self.places))

    @cached_property
    def _topic_orders(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for place in self.places.values():
            for topic in place.node.owns:
                found.setdefault(topic, place.order)
        for place in self.places.values():
            for topic in place.node.topics:
                found.setdefault(topic, place.order)
        return found

    def order(self, node_ids: tuple[str, ...]) -> int:
        """Position of the first of these nodes; past the end for none."""
        return min(
            (self.places[name].order for name in node_ids if name in self.places),
            default=len(self.places),
        )
