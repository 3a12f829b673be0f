"""What changed since the assessment before: readings, findings, claims, evidence, the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from selfassess.report.parts import Line, Phrase
from selfassess.report.scopes import Scopes
from selfassess.report.text import brief, headline
from selfassess.report.words import (
    KIND,
    SIGNAL,
    count_of,
    date_words,
    phrase,
    plural,
    value_words,
)

__all__ = ["Changes", "Moved", "changes_of"]

_MARKS = re.compile(r"[*_`]+")
_MOST_MOVED = 18
_MOST_LISTED = 10
_WAYS = {
    "worse": Phrase(word="worse", shape="▼", tone="poor"),
    "better": Phrase(word="better", shape="▲", tone="good"),
    "moved": Phrase(word="moved", shape="◆", tone="none"),
    "same": Phrase(word="as before", shape="●", tone="none"),
}
_CHANCE = {True: "more than chance", False: "chance could explain it", None: "not tested"}
_FIELDS = {
    "grade": "grade claimed",
    "status": "status",
    "so_what": "what it means for children",
    "strengths": "strengths",
    "weaknesses": "weaknesses",
    "evidence": "evidence named",
    "claim": "all that was said",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A reading that moved."""

    title: Annotated[str, "What was measured."]
    scope: Annotated[str, "The part of the service, or nothing."]
    old: Annotated[str, "The figure before."]
    old_count: Annotated[str, "The counts behind it, or nothing."]
    new: Annotated[str, "The figure now."]
    new_count: Annotated[str, "The counts behind it, or nothing."]
    way: Annotated[Phrase, "Better, worse, or merely other."]
    signal: Annotated[str, "The signal before and now."]
    chance: Annotated[str, "Whether chance could explain it, in short."]
    note: Annotated[str, "The same in a sentence, with the interval."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since an earlier assessment."""

    title: Annotated[str, "The heading, with the earlier date."]
    summary: Annotated[str, "What changed, in a sentence or two."]
    overlap: Annotated[str, "How much can be compared where the edition changed, or nothing."]
    moved: Annotated[tuple[Moved, ...], "Readings that moved, the gravest first."]
    moved_note: Annotated[str, "What the table leaves out, or nothing."]
    lists: Annotated[
        tuple[Line, ...], "Findings, ceilings, claims, evidence and plan, a list each."
    ]


def changes_of(assessment: Mapping[str, Any]) -> Changes | None:
    """The page on what changed; None without an earlier assessment."""
    found = assessment.get("changes")
    if not found:
        return None
    scopes = Scopes(assessment.get("dimensions") or ())
    readings = found["readings"]
    ordered = sorted(readings["moved"], key=_gravity)
    shown = ordered[:_MOST_MOVED]
    rest = len(ordered) - len(shown)
    notes = [f"{plural(rest, 'further readings')} moved"] if rest > 0 else []
    if readings["left_out"]:
        notes.append(f"{plural(readings['left_out'], 'parts')} moved a little within their signal")
    said = "; ".join(notes)
    scopes = Scopes(assessment.get("dimensions") or ())
    since = date_words(found["old"]["as_at"])
    return Changes(
        title=f"What changed since {since}",
        summary=brief(str(found["text"]).replace(str(found["old"]["as_at"]), since), 600),
        overlap="" if found["overlap"]["same_edition"] else brief(found["overlap"]["text"], 300),
        moved=tuple(_moved(each, scopes) for each in shown),
        moved_note=f"{said}: see assessment.json, embedded in the PDF." if said else "",
        lists=tuple(_lists(found)),
    )


def _gravity(each: Mapping[str, Any]) -> tuple[bool, int, bool]:
    ways = {"worse": 0, "better": 1}
    way = ways.get(str(each["direction"]), 2)
    return each["beyond_chance"] is not True, way, bool(each["where"])


def _moved(each: Mapping[str, Any], scopes: Scopes) -> Moved:
    unit = str(each["unit"] or "")
    before, after = phrase(SIGNAL, each["old_signal"]), phrase(SIGNAL, each["new_signal"])
    same = each["old_signal"] == each["new_signal"]
    return Moved(
        title=brief(str(each["title"]), 160),
        scope=scopes.words(each["where"], 120),
        old=value_words(each["old"], unit),
        old_count=_count(each["old_count"], unit) if each["old_count"] else "",
        new=value_words(each["new"], unit),
        new_count=_count(each["new_count"], unit) if each["new_count"] else "",
        way=_WAYS[str(each["direction"])],
        signal=after.word if same else f"{before.word} → {after.word}",
        chance=_CHANCE[each["beyond_chance"]],
        note=brief(str(each["text"]), 240),
    )


def _count(count: Sequence[Any], unit: str) -> str:
    return count_of(count[0], count[1], unit)


def _lists(found: Mapping[str, Any]) -> Iterable[Line]:
    findings, readings = found["findings"], found["readings"]
    yield from _line("New findings", [_finding(each) for each in findings["new"]])
    yield from _line("Resolved findings", [_finding(each) for each in findings["resolved"]])
    yield from _line(
        "Findings of another kind",
        [f"{_finding(each)} Before: {_kind(each['old_kind'])}." for each in findings["changed"]],
    )
    yield from _line(
        "No longer asked by this edition", [_finding(each) for each in findings["no_longer_asked"]]
    )
    graded = any(each["what"] in ("ceiling", "challenge") for each in found["statuses"])
    yield from _line(
        "Ceilings, challenges and statuses" if graded else "Statuses and confidence",
        [f"{_named(each)}: {each['text']}" for each in found["statuses"]],
    )
    yield from _line("What leaders say", [_claim(each) for each in found["claims"]])
    yield from _line(
        "Evidence that expired", [f"{each['id']}: {each['text']}" for each in found["expired"]]
    )
    yield from _line(
        "The plan", [f"{each['id']} {each['title']}: {each['text']}" for each in found["plan"]]
    )
    yield from _line(
        "Cannot be compared",
        [f"{each['title']}: {each['why']}." for each in readings["incomparable"]],
    )
    yield from _line("A figure only now", [each["title"] for each in readings["gained"]])
    yield from _line("No figure any more", [each["title"] for each in readings["lost"]])


def _line(label: str, values: Sequence[str]) -> Iterable[Line]:
    if not values:
        return
    shown = [brief(value, 300) for value in values[:_MOST_LISTED]]
    rest = len(values) - len(shown)
    if rest > 0:
        shown.append(f"and {rest} more, in assessment.json")
    yield Line(label=f"{label} ({len(values)})", values=tuple(shown))


def _finding(each: Mapping[str, Any]) -> str:
    return f"{_kind(each['kind']).capitalize()}: {headline(str(each['text']))[0]}"


def _kind(kind: str) -> str:
    return phrase(KIND, kind).word


def _named(each: Mapping[str, Any]) -> str:
    title = str(each["title"])
    return title if each["what"] != "status" else f"{each['node']} {title}"


def _claim(each: Mapping[str, Any]) -> str:
    field = str(each["field"])
    question = field.removeprefix("answers.").replace("-", " ")
    words = _FIELDS.get(field) or f"answer to “{question}”"
    told = f"{each['title']}, {words}: {each['text']}"
    if field != "grade" and each.get("new"):
        told += f" Now: “{_MARKS.sub('', str(each['new']))}”"
    return told
