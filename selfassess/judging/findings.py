"""Findings that one reading or one entry gives: strength, improve or a question.

A reading that is in order gives none ("in place"), a context reading none, a fact none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from selfassess.judging.bands import ADVERSE_LEVELS, cut_of
from selfassess.judging.docket import Docket
from selfassess.judging.items import LEADERS, Item, bodies_of, contested
from selfassess.judging.parts import folded_parts, parts_sentence
from selfassess.judging.scopes import part_of_whole
from selfassess.judging.wording import band_sentence, entry_sentence, reading_sentence
from selfassess.model.assessment import Finding
from selfassess.model.measure import Ask, Band

__all__ = ["entry_findings", "reading_findings", "responsible"]

FIRST_HAND = frozenset({"inspector", "practice-audit", "learning-review", "data", "leaders"})
"""Voices whose weakness stands by itself."""
PEOPLE_ENOUGH = 10
"""A weakness that so many people told of stands by itself."""


def responsible(docket: Docket, item: Item) -> tuple[str, ...]:
    """Who answers for an item: the agency in its scope, or the one body its criteria name."""
    named = bodies_of(item.where)
    if named:
        return named
    bodies = {
        body for name in item.links.criteria for body in docket.tree.places[name].node.responsible
    }
    return tuple(bodies) if len(bodies) == 1 else ()


def entry_findings(docket: Docket) -> Iterable[Finding]:
    """One finding an entry that counts, or whose age or loneliness asks a question."""
    for item in docket.entries:
        entry = item.entry
        if entry is None or entry.direction in ("fact", "plan"):
            continue
        said = entry_sentence(item, docket.dimensions)
        if not item.current:
            yield _of(
                docket,
                item,
                "question",
                f"{said} Is it still so?",
                look_at="what has been seen since",
            )
        elif entry.direction == "strength":
            yield _strength(docket, item, said)
        elif _stands(docket, item):
            against = contested(entry, docket.entries)
            yield _of(docket, item, "improve", said + (_CONTESTED if against else ""))
        else:
            yield _of(
                docket,
                item,
                "question",
                f"{said} One voice so far: does other evidence say the same?",
                look_at="audit, complaints, what others say",
            )


_CONTESTED = " Contested: other current evidence speaks the other way."


def _strength(docket: Docket, item: Item, said: str) -> Finding:
    if docket.leaders_alone(item):
        return _of(docket, item, "question", f"{said} Who else says so?", look_at="audit, families")
    against = _adverse_on(docket, item.topics, item)
    cohorts = tuple(c for name in item.links.judgements for c in docket.tree.cohorts_of(name))
    scope = " Of this part only." if part_of_whole(item.where, cohorts) else ""
    return _of(docket, item, "strength", said + scope + (_CONTESTED if against else ""))


def _stands(docket: Docket, item: Item) -> bool:
    """Whether a weakness stands: first hand, told by ten, or another voice or a reading agrees."""
    entry = item.entry
    if entry is None or entry.voice in FIRST_HAND:
        return True
    if entry.sample is not None and entry.sample >= PEOPLE_ENOUGH:
        return True
    return any(
        other.current
        and other.lean == "adverse"
        and other.id != item.id
        and (other.judged is not None or other.voice != item.voice)
        and entry.topic in other.topics
        for other in docket.items
    )


def reading_findings(docket: Docket, bands: Mapping[str, Band | None]) -> Iterable[Finding]:
    """One finding a reading that is out of order, unusually quick to improve, or borne out.

    A part that is no worse than the wider figure is told with it.

    `bands` holds the band that gave each reading its signal, by reading id.
    """
    parts = folded_parts(docket)
    folded = {item.id for items in parts.values() for item in items}
    for item in docket.readings:
        judged = item.judged
        if judged is None or judged.signal in (None, "context") or item.id in folded:
            continue
        reading = judged.reading
        band = bands.get(item.id)
        rate = item.needs_base
        said = reading_sentence(item, docket.dimensions, rate=rate)
        if not item.current:
            old = "The extract does not fit the date" if reading.status == "stale" else "It is old"
            yield _of(
                docket,
                item,
                "question",
                f"{said} {old}: what is it now?",
                look_at="a newer extract",
            )
            continue
        compared = band_sentence(band, reading.unit, judged.signal, reading.reference)
        text = " ".join(part for part in (said, compared) if part)
        if judged.worsening:
            text += " It is getting worse."
        others = parts.get(item.id, ())
        if told := parts_sentence(item, others, docket.dimensions):
            text += f" {told}"
        ask = _ask(docket, item, band)
        if item.lean == "adverse":
            beside = _agreeing(docket, item)
            weak_basis = band is not None and (
                band.basis == "benchmark" or docket.measures[reading.measure].better == "two-sided"
            )
            kind = "question" if weak_basis and not beside else "improve"
            text += _fair_beside(docket, item)
            yield _of(
                docket,
                item,
                kind,
                text,
                ask=ask,
                others=others,
                beside=beside if weak_basis else (),
            )
        elif item.lean == "attention" or judged.new:
            yield _of(docket, item, "question", text, ask=ask, others=others)
        elif item.lean == "favourable":
            topics = _borne_out(docket, item)
            if topics:
                yield _of(docket, item, "strength", text, topics=topics)


def _adverse_on(docket: Docket, topics: Iterable[str], item: Item) -> tuple[Item, ...]:
    """Adverse items on any of the topics, but the item itself."""
    found = {
        other.id: other
        for topic in topics
        if topic in docket.by_topic
        for other in docket.by_topic[topic].adverse
        if other.id != item.id
    }
    return tuple(found.values())


def _agreeing(docket: Docket, item: Item) -> tuple[Item, ...]:
    """Other adverse evidence on a reading's topics: an entry, or another measure."""
    return tuple(o for o in _adverse_on(docket, item.topics, item) if o.measure != item.measure)


def _borne_out(docket: Docket, item: Item) -> tuple[str, ...]:
    """Topics on which a favourable figure of the whole is a strength.

    There a voice beside data and leaders agrees, and nothing adverse stands.
    """
    if item.new or part_of_whole(item.where) or item.voice in docket.doubted:
        return ()
    return tuple(
        topic
        for topic in item.topics
        if (item.voice not in (LEADERS, "data") or docket.backed(item, (topic,)))
        and not _adverse_on(docket, (topic,), item)
    )


def _fair_beside(docket: Docket, item: Item) -> str:
    """Say so where the mean of what a tail figure looks at is fair."""
    if not item.tail or item.judged is None or item.where:
        return ""
    for other in docket.readings:
        if other.judged is None or other.where or other.lean != "favourable" or not other.current:
            continue
        unit, per, _ = other.judged.reading.unit.partition(" per ")
        if per and unit == item.judged.reading.unit and other.topics == item.topics:
            title = other.judged.reading.title
            return f" {title} looks fair beside it: which team or role does it hide?"
    return ""


BEHIND_IMPROVEMENT = Ask(
    question="Did practice change, or the counting?",
    look_at="the same figure week by week; a sample of children",
)
BEHIND = Ask(question="What lies behind it?", look_at="a sample of children")
"""Asked where the measure's author wrote no question that fits."""


def _ask(docket: Docket, item: Item, band: Band | None) -> Ask | None:
    """The question that the measure's author wrote for what is seen, or a plain one."""
    judged = item.judged
    if judged is None or judged.reading.value is None:
        return None
    wanted = []
    if judged.new:
        wanted.append("improved")
    side = _side(judged.reading.value, band)
    if side:
        wanted.append(side)
    wanted.append("adverse")
    asks = docket.measures[judged.reading.measure].ask
    plain = BEHIND_IMPROVEMENT if judged.new else BEHIND
    return next((ask for when in wanted for ask in asks if ask.when == when), plain)


def _side(value: float, band: Band | None) -> str | None:
    """On which side of a two-sided range a value lies: ``low`` or ``high``."""
    if band is None:
        return None
    for name in ADVERSE_LEVELS:
        cut = cut_of(band, name)
        if cut and cut.words == "outside" and cut.low is not None and cut.high is not None:
            if value < cut.low:
                return "low"
            if value > cut.high:
                return "high"
        elif cut and cut.holds(value):
            return "high" if cut.words in ("over", "at least") else "low"
    return None


def _of(
    docket: Docket,
    item: Item,
    kind: str,
    text: str,
    *,
    ask: Ask | None = None,
    look_at: str = "",
    topics: tuple[str, ...] | None = None,
    others: tuple[Item, ...] = (),
    beside: tuple[Item, ...] = (),
) -> Finding:
    """A finding of one item, with the criteria and judgements that the item belongs to."""
    if ask is not None:
        text = f"{text} {ask.question}"
        look_at = ask.look_at
    prefix = "reading" if item.judged else "entry"
    evidence = (item.id, *sorted(other.id for other in (*others, *beside)))
    return Finding(
        id=f"{prefix}:{item.id}",
        kind=kind,  # type: ignore[arg-type]
        text=text,
        topics=item.topics if topics is None else topics,
        criteria=item.links.criteria,
        judgements=item.links.judgements,
        responsible=responsible(docket, item),
        evidence=tuple(dict.fromkeys(evidence)),
        where=item.where,
        look_at=look_at,
    )
