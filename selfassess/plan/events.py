"""Events: who did what and when, from what to what. In their order they give the plan (`fold`).

An event is never changed and never removed. Each carries the digest of all before it, so that a
history which somebody edited is told from one that grew.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = [
    "Draft",
    "Event",
    "chained",
    "content_hash",
    "digest_of",
    "line",
    "number",
    "parse_at",
    "plain",
    "until",
]

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
READING = "reading"
"""Readings come by themselves: they neither count as a change by a person nor bump the version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event that is not in the store yet.

    Attributes:
        action: whose event; empty for a board's decision.
        kind: what was done; `selfassess.plan.apply` knows the kinds.
        part: the milestone, success measure or field that it is about, if any.
        by: who.
        at: when, local time to the second.
        from_, to: plain data, before and after.
        reason: why.
    """

    action: str
    kind: str
    by: str
    at: dt.datetime
    part: str = ""
    from_: Any = None
    to: Any = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Draft):
    """An event with its place in the history.

    Attributes:
        seq: its number in the whole history, from 1, without gaps.
        version: its number in its action's history; a reading has that of the event before it.
    """

    seq: int
    version: int


def plain(value: Any) -> Any:
    """A value as JSON holds it: dates as text, records without what they leave at its default."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {}
        for each in dataclasses.fields(value):
            held = getattr(value, each.name)
            default = each.default
            if each.default_factory is not dataclasses.MISSING:
                default = each.default_factory()
            if held != default:
                found[each.name.rstrip("_")] = plain(held)
        return found
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def parse_at(text: str) -> dt.datetime:
    """Read an event's time; only what `plain` writes.

    Raises:
        ValueError: it is no local time.
    """
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError("a zone is not allowed")
    return found.replace(microsecond=0)


def line(event: Event) -> str:
    """An event as one line of JSON, always written in the same way."""
    fields = [
        event.seq,
        event.action,
        event.version,
        event.kind,
        event.part,
        event.by,
        plain(event.at),
        event.from_,
        event.to,
        event.reason,
    ]
    return _ENCODER.encode(fields)


def chained(digest: str, event: Event) -> str:
    """The digest of a history that ends with an event, from that of the history before it."""
    return hashlib.sha256(f"{digest}\n{line(event)}".encode()).hexdigest()


def digest_of(events: Iterable[Event]) -> str:
    """The digest of a whole history; empty for one without events."""
    digest = ""
    for event in events:
        digest = chained(digest, event)
    return digest


def number(drafts: Iterable[Draft], seq: int, versions: Mapping[str, int]) -> tuple[Event, ...]:
    """Give events their numbers, behind those that are there.

    Args:
        drafts: in the order in which they happened.
        seq: number of the last event that is there.
        versions: each action's last version.
    """
    last = dict(versions)
    found = []
    for draft in drafts:
        seq += 1
        if draft.kind != READING:
            last[draft.action] = last.get(draft.action, 0) + 1
        values = {each.name: getattr(draft, each.name) for each in dataclasses.fields(Draft)}
        found.append(Event(seq=seq, version=last.get(draft.action, 0), **values))
    return tuple(found)


def until(events: Iterable[Event], as_at: dt.date | None) -> tuple[Event, ...]:
    """The events up to the end of a day; all where none is given."""
    return tuple(each for each in events if as_at is None or each.at.date() <= as_at)


def content_hash(events: Sequence[Event], as_at: dt.date) -> str:
    """What an assessment of a day depends on, as one hash.

    Left out is what a run of that day records itself, so that a second run finds the same plan.
    """
    digest = hashlib.sha256()
    for event in until(events, as_at):
        if not recorded_by_run(event, as_at):
            content = line(dataclasses.replace(event, seq=0))
            digest.update(content.encode() + b"\n")
    return digest.hexdigest()


def recorded_by_run(event: Event, as_at: dt.date) -> bool:
    """Whether a run of that very day wrote down this reading."""
    return (
        event.kind == READING
        and event.to.get("source") == "assessment"
        and event.to.get("date") == as_at.isoformat()
    )
