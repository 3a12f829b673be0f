"""The improvement plan: delivery and impact apart, and the weaknesses that no action works on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from selfassess.report.alike import by_measure
from selfassess.report.evidence import Evidence
from selfassess.report.parts import Action, Phrase, Point, Points
from selfassess.report.priorities import ranked
from selfassess.report.steps import references_of
from selfassess.report.text import brief, headline
from selfassess.report.words import date_words, plural

__all__ = ["SHAPES", "actions_of", "dated", "in_short", "unplanned_of"]

SHAPES = {
    "blue": ("◆", "good"),
    "green": ("●", "good"),
    "amber": ("▲", "fair"),
    "red": ("▼", "poor"),
    "none": ("○", "none"),
}
"""Shape and tone of each colour of an action, so that none is told by its colour alone."""
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_SHARE = re.compile(r", which is the tolerance and [\d.]+% of the way")
"""How far amber goes is told once, above all actions."""
_LIMITS = re.compile(r" \(green to [^)]*\)")
_MOST = 25


def actions_of(
    assessment: Mapping[str, Any], evidence: Evidence, judgement: str | None = None
) -> tuple[Action, ...]:
    """The improvement plan, or the part of it that belongs to one judgement."""
    titles = {
        str(node["id"]): str(node.get("title") or node["id"])
        for node in assessment.get("judgements") or ()
    }
    of_criterion = {
        str(criterion["id"]): str(node["id"])
        for node in assessment.get("judgements") or ()
        for criterion in node.get("criteria") or ()
    }
    told = {key: str(entry.get("text") or "") for key, entry in evidence.entries.items()}
    for finding in assessment.get("findings") or ():
        told[str(finding["id"])] = headline(str(finding.get("text") or ""))[0]
    actions = []
    for action in assessment.get("plan") or ():
        node = str(action.get("judgement") or of_criterion.get(str(action.get("criterion")), ""))
        if judgement is None or node == judgement:
            actions.append(_action(action, evidence, told, titles.get(node, "")))
    return tuple(actions)


def _action(
    action: Mapping[str, Any], evidence: Evidence, told: Mapping[str, str], judgement: str
) -> Action:
    kept = "delivery" in action
    return Action(
        id=brief(str(action["id"]), 40),
        title=brief(str(action.get("title") or ""), 400),
        owner=brief(str(action.get("owner") or ""), 120) or "no owner named",
        due=date_words(action.get("due"), short=True) or "no date set",
        status=_status(action)
        if kept
        else brief(str(action.get("status") or ""), 80) or "not stated",
        outcome=brief(str(action.get("outcome") or ""), 400),
        answers=tuple(brief(told.get(str(why), str(why)), 200) for why in action.get("why") or ()),
        moves=_successes(action, evidence) if kept else _measures(action, evidence),
        judgement=brief(judgement, 200),
        colour=_colour(action) if kept else None,
        rule=_rule(action, evidence) if kept else "",
        impact=f"Impact: {str(action['impact']).replace('-', ' ')}" if kept else "",
        moved=_moved(action) if kept else "",
        flags=tuple(_flags(action)) if kept else (),
        evidence=references_of(_readings(action, evidence, kept=kept), evidence),
    )


def _readings(action: Mapping[str, Any], evidence: Evidence, *, kept: bool) -> Iterable[str]:
    """The ids of the readings that its measures stand in."""
    if kept:
        yield from (str(each.get("reading")) for each in action.get("success") or ())
        return
    for measure in action.get("success_measures") or ():
        key = str(measure)
        yield key if key in evidence.readings else evidence.key_of(key, {})


def _status(action: Mapping[str, Any]) -> str:
    if action.get("closed"):
        again = date_words(action.get("retest"), short=True)
        return f"closed {date_words(action['closed'], short=True)}, to be tested again {again}"
    state = str(action["delivery"]).replace("-", " ")
    day = action.get("delivered") if state in ("delivered", "embedded") else None
    return f"{state} {date_words(day, short=True)}" if day else state


def _colour(action: Mapping[str, Any]) -> Phrase:
    shape, tone = SHAPES[str(action["rag"])]
    word = brief(str(action["rag_label"]), 40)
    return Phrase(word=word[:1].lower() + word[1:], shape=shape, tone=tone)


def _rule(action: Mapping[str, Any], evidence: Evidence) -> str:
    """Why it has its colour, where its measures do not say so themselves."""
    by_hand = action.get("rag_set_by")
    if not (by_hand or action["rag"] == "blue" or not action.get("success")):
        return ""
    told = dated(str(action["rag_rule"]))
    for key in _readings(action, evidence, kept=True):
        title = str((evidence.readings.get(key) or {}).get("title") or key)
        told = told.replace(key, f"{title[:1].lower()}{title[1:]},")
    return brief(told, 500)


def in_short(action: Action) -> Action:
    """An action as it stands in a chapter: its whole entry is in the improvement plan."""
    return replace(action, moves=tuple(_LIMITS.sub("", line) for line in action.moves))


def _moved(action: Mapping[str, Any]) -> str:
    moves = action.get("moves") or ()
    if not moves:
        return ""
    times = "once" if len(moves) == 1 else f"{len(moves)} times"
    days = plural(abs(int(action["drift"])), "days")
    way = "later" if action["drift"] >= 0 else "earlier"
    first = date_words(action.get("due_baseline"), short=True)
    why = brief(str(moves[-1].get("reason") or ""), 160)
    return f"First due {first}; moved {times}, {days} {way} now. Last because: {why}"


def _flags(action: Mapping[str, Any]) -> Iterable[str]:
    found = set(action.get("flags") or ())
    if "overdue" in found:
        yield f"overdue by {plural(int(action['overdue_days']), 'days')}"
    if "delivered-without-impact" in found:
        yield "delivered, and nothing has changed for children yet"
    if "fell-back" in found:
        yield "fell back after its target had been reached"
    if action.get("reopened"):
        yield f"reopened {date_words(action['reopened'][-1], short=True)}"
    if "unmeasured" in found:
        yield "; ".join(str(each) for each in action.get("unmeasured") or ())
    if "blocked-by" in found:
        yield f"waits for {', '.join(action.get('blocked_by') or ())}"
    if "retest-due" in found:
        yield "to be tested again, and not read since"
    if "stale" in found:
        yield "nobody has touched it for weeks"


def _successes(action: Mapping[str, Any], evidence: Evidence) -> tuple[str, ...]:
    """Each success measure: what it is, from where to where, and what it reads."""
    lines = []
    for each in action.get("success") or ():
        name = brief(str(each.get("asks") or ""), 160)
        reading = evidence.readings.get(str(each.get("reading")))
        if reading is not None:
            name = brief(str(reading.get("title") or each["reading"]), 140)
            where = each.get("where") or {}
            scope = ", ".join(evidence.scopes.value(key, where[key]) for key in where)
            name += f" ({brief(scope, 60)})" if scope else ""
        elif each.get("measure"):
            name = brief(str(each["reading"]), 140)
        text = str(each.get("text") or "").removeprefix(str(each.get("id"))).lstrip(": ")
        goal = dated(str(each.get("goal") or ""))
        head = f"{name} {goal[:1].upper()}{goal[1:]}" if name.endswith("?") else f"{name}: {goal}"
        said = _SHARE.sub("", dated(text[:1].upper() + text[1:]))
        lines.append(f"{head}. {brief(said, 300)}")
    return tuple(lines)


def dated(text: str) -> str:
    """Days as words."""
    return _ISO.sub(lambda found: date_words(found.group(), short=True), text)


def _measures(action: Mapping[str, Any], evidence: Evidence) -> tuple[str, ...]:
    """Of a plan without a store: the measures that are named, with what they read."""
    return tuple(_moves(str(measure), evidence) for measure in action.get("success_measures") or ())


def _moves(measure: str, evidence: Evidence) -> str:
    for reading in evidence.readings.values():
        if measure in (reading["id"], reading.get("measure")):
            if reading["id"] != measure and reading.get("where"):
                continue
            title = brief(str(reading.get("title") or measure), 120)
            return f"{title}: now {evidence.value(reading)}"
    return brief(measure, 160)


def unplanned_of(assessment: Mapping[str, Any], evidence: Evidence) -> Points | None:
    """Weaknesses that no action works on; None where the assessment does not know."""
    if "unplanned" not in assessment:
        return None
    findings = {str(each["id"]): each for each in assessment.get("findings") or ()}
    named = by_measure(
        ranked(
            assessment,
            evidence,
            [findings[name] for name in assessment["unplanned"] if name in findings],
        ),
        evidence,
    )
    rest = len(named) - _MOST
    return Points(
        heading="Weaknesses that no action works on",
        items=tuple(
            Point(
                text=brief(headline(str(each.get("text") or each["id"]))[0], 400),
                evidence=evidence.references(
                    each.get("evidence") or (), limit=2, beside=str(each.get("text") or "")
                ),
                more=evidence.more(each.get("evidence") or (), 2),
            )
            for each in named[:_MOST]
        ),
        empty="Every weakness that was found has an action that works on it.",
        more=f"{rest} more under Findings." if rest > 0 else "",
    )
