"""Questions and flags that no single figure gives: missing evidence, conflicts, rules that hold.

Every question for evidence that is not there has an id that begins with ``missing:``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from selfassess.judging.ceilings import Ceilings, Held
from selfassess.judging.docket import Docket
from selfassess.judging.findings import responsible
from selfassess.judging.items import EXPERIENCE, Item, different_sources, serious
from selfassess.judging.scopes import COUNCIL, other_agency
from selfassess.judging.tree import Links, Place
from selfassess.judging.wording import (
    entry_sentence,
    listing,
    reading_sentence,
    scope_words,
)
from selfassess.model.assessment import Finding, JudgedReading
from selfassess.model.common import VOICES, Scope, scope_text
from selfassess.model.framework import Expectation

__all__ = ["conflicts", "flags", "missing_evidence", "missing_from_entries"]

FIGURES = "figures"
"""Stands for an expectation's id where the figures that a criterion lists are not there."""


def missing_evidence(docket: Docket) -> Iterable[Finding]:
    """A question for each required expectation that nothing meets.

    And one a criterion for the other figures that it lists and nobody has.
    """
    absent = _no_figure(docket)
    for place in docket.tree.criteria:
        told: set[str] = set()
        for expectation in docket.missing(place):
            found = [absent[m] for m in expectation.measures if m in absent]
            told.update(expectation.measures)
            yield _expectation(place, expectation, found, docket)
        left = [absent[m] for m in place.node.measures if m in absent and m not in told]
        if left:
            titles = listing(sorted(_reason(judged) for judged in left))
            yield Finding(
                id=f"missing:{place.node.id}/{FIGURES}",
                kind="question",
                text=f"{place.node.title}: no figure for {titles}. Why is it not counted?",
                topics=place.node.topics,
                criteria=(place.node.id,),
                judgements=place.judgements[-1:],
                evidence=tuple(sorted(judged.reading.id for judged in left)),
                look_at="forms, extract",
            )


def _no_figure(docket: Docket) -> Mapping[str, JudgedReading]:
    """Measures of which no scope has a figure that can be judged, with their whole's reading."""
    held = {one.reading.measure for one in docket.judged if one.reading.value is not None}
    return {
        one.reading.measure: one
        for one in docket.judged
        if one.reading.measure not in held and not one.reading.where
    }


def _reason(judged: JudgedReading) -> str:
    reason = (judged.reading.reason or "").strip().rstrip(".")
    return f"{judged.reading.title}{f' ({reason})' if reason else ''}"


def _expectation(
    place: Place, expectation: Expectation, absent: list[JudgedReading], docket: Docket
) -> Finding:
    voices = listing(VOICES[voice].lower() for voice in expectation.voices)
    title = expectation.title.strip().rstrip(".")
    text = f"{place.node.title}: nothing current on “{title}” (expected from {voices})."
    if absent:
        text += f" No figure for {listing(sorted(_reason(judged) for judged in absent))}."
    if set(expectation.voices) & EXPERIENCE:
        question, look_at = "What would children say?", "advocacy, complaints"
    elif absent:
        question, look_at = "Why is it not counted?", "forms, extract"
    else:
        question, look_at = "How do you know?", expectation.method
    return Finding(
        id=f"missing:{place.node.id}/{expectation.id}",
        kind="question",
        text=f"{text} {question}",
        topics=expectation.topics or place.node.topics,
        criteria=(place.node.id,),
        judgements=place.judgements[-1:],
        evidence=tuple(sorted(judged.reading.id for judged in absent)),
        look_at=look_at,
    )


def missing_from_entries(docket: Docket) -> Iterable[Finding]:
    """Questions for what an entry leaves out.

    What a plan will change for children, and the second name that a serious weakness needs.
    """
    for item in docket.entries:
        entry = item.entry
        if entry is None or not item.current:
            continue
        said = entry_sentence(item, docket.dimensions)
        if entry.direction == "plan":
            text = f"{said} What will differ for children, and when?"
            yield _about(docket, item, f"measure-for-{item.id}", text, "plan")
        elif entry.direction == "weakness" and entry.severity == "serious" and not serious(entry):
            text = f"{said} Recorded as serious without two names. Who else agrees that it is?"
            yield _about(docket, item, f"agreement-for-{item.id}", text, "the entry's source")


def _about(docket: Docket, item: Item, name: str, text: str, look_at: str) -> Finding:
    home = next(iter(item.links.criteria), item.topics[0])
    return Finding(
        id=f"missing:{home}/{name}",
        kind="question",
        text=text,
        topics=item.topics,
        criteria=item.links.criteria,
        judgements=item.links.judgements,
        responsible=responsible(docket, item),
        evidence=(item.id,),
        where=item.where,
        look_at=look_at,
    )


def conflicts(docket: Docket) -> Iterable[Finding]:
    """A question where one topic, at one scope, has evidence both ways from different sources.

    A figure speaks to its first topic only, and two figures are no conflict: they measure
    different things.
    """
    found: dict[tuple[str, Scope], list[Item]] = {}
    for item in docket.items:
        decided = item.lean in ("adverse", "favourable")
        if item.counts and decided and item.topics and not item.new:
            found.setdefault((item.topics[0], item.where), []).append(item)
    for (topic, where), items in sorted(found.items()):
        pairs = [
            (one, other)
            for one in items
            for other in items
            if (one.lean, other.lean) == ("favourable", "adverse")
            and different_sources((one, other))
            and not (one.judged and other.judged)
        ]
        if pairs:
            for_ = list({one.id: one for one, _ in pairs}.values())
            against = list({other.id: other for _, other in pairs}.values())
            yield _conflict(docket, topic, where, for_, against)


def _conflict(
    docket: Docket, topic: str, where: Scope, for_: list[Item], against: list[Item]
) -> Finding:
    title = docket.topics[topic].title if topic in docket.topics else topic
    scope = scope_words(where, docket.dimensions)
    items = (*for_, *against)
    text = (
        f"On {title[:1].lower()}{title[1:]}{f' ({scope})' if scope else ''} the evidence points "
        f"both ways: {listing(_label(item) for item in for_)} for, "
        f"{listing(_label(item) for item in against)} against. Which holds for most children?"
    )
    criteria = {name for item in items for name in item.links.criteria}
    judgements = {name for item in items for name in item.links.judgements}
    return Finding(
        id=f"conflict:{topic}{scope_text(where)}",
        kind="question",
        text=text,
        topics=(topic,),
        criteria=tuple(p.node.id for p in docket.tree.criteria if p.node.id in criteria),
        judgements=tuple(p.node.id for p in docket.tree.judgements if p.node.id in judgements),
        evidence=tuple(sorted(item.id for item in items)),
        where=where,
        look_at="the children behind both",
    )


def _label(item: Item) -> str:
    if item.judged:
        title = item.judged.reading.title
        return f"{title[:1].lower()}{title[1:]}"
    return f"{VOICES[item.voice].lower()} ({item.id})"


def flags(docket: Docket, ceilings: Ceilings) -> Iterable[Finding]:
    """A priority-action risk for each rule with a flag that holds, for a person to decide."""
    for place in docket.tree.places.values():
        for held in ceilings.held(place.node.id):
            if held.rule.flag:
                yield _flag(docket, held, place.node.id)
    for held in ceilings.everywhere:
        if held.rule.flag:
            yield _flag(docket, held, None)


def _flag(docket: Docket, held: Held, node_id: str | None) -> Finding:
    tree = docket.tree
    linked = _linked(docket, held.items)
    node = node_id or next(iter(linked.judgements), docket.framework.nodes[0].id)
    if node_id:
        below = {place.node.id for place in tree.criteria_of(node_id)}
        linked = Links(
            tuple(c for c in linked.criteria if c in below), tree.places[node_id].judgements[-1:]
        )
    told = _told(held.items)
    seen = [
        reading_sentence(item, docket.dimensions, rate=item.needs_base)
        if item.judged
        else entry_sentence(item, docket.dimensions)
        for item in told
    ]
    if more := len(held.items) - len(seen):
        seen.append(f"And {more} more.")
    topics = dict.fromkeys(topic for item in held.items for topic in item.topics)
    return Finding(
        id=f"rule:{held.rule.id}@{node}",
        kind="priority-action-risk",
        text=" ".join((*seen, held.rule.because, _ACT)),
        topics=held.rule.topics or tuple(topics),
        criteria=linked.criteria,
        judgements=linked.judgements or (node,),
        responsible=held.rule.responsible or _bodies(docket, held.items),
        evidence=tuple(sorted({item.id for item in held.items})),
        look_at="each of these children, today",
    )


SHOWN = 3
"""Evidence that a risk's sentence spells out; all of it stands in the finding's list."""


def _told(items: Iterable[Item]) -> list[Item]:
    """What a risk's sentence spells out: of each measure the widest figure, and entries.

    Its parts would only say the same again; where they are all there is, the widest of them.
    """
    wholes_first = sorted(items, key=lambda item: (len(item.where), item.id))
    first: dict[str, Item] = {}
    for item in wholes_first:
        first.setdefault(item.measure or item.id, item)
    return list(first.values())[:SHOWN]


_ACT = (
    "Children may be at risk: make each child found at risk safe that day. Whether this calls for "
    "priority action is for a person to decide."
)


def _linked(docket: Docket, items: Iterable[Item]) -> Links:
    criteria = {name for item in items for name in item.links.criteria}
    judgements = {name for item in items for name in item.links.judgements}
    return Links(
        tuple(p.node.id for p in docket.tree.criteria if p.node.id in criteria),
        tuple(p.node.id for p in docket.tree.judgements if p.node.id in judgements),
    )


def _bodies(docket: Docket, items: Iterable[Item]) -> tuple[str, ...]:
    """The agencies that the items name, the council among them where several bodies are judged."""
    agencies = {other_agency(item.where) or COUNCIL for item in items}
    return tuple(body for body in docket.tree.bodies if body in agencies)
