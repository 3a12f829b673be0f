"""Where the plan is kept: events are added at the end, and what they add up to is read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from selfassess.errors import PlanConflictError, PlanError
from selfassess.plan.connect import connected, engine_of, writing
from selfassess.plan.events import Draft, Event, chained, number, parse_at, plain
from selfassess.plan.fold import fold, step
from selfassess.plan.migrate import migrate
from selfassess.plan.record import Plan
from selfassess.plan.rules import check
from selfassess.plan.schema import event as table

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Command", "PlanStore"]

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
Command = Callable[[Plan], Sequence[Draft]]
"""What somebody wants done, told by the plan as it stands when their turn to write has come."""


class PlanStore:
    """A plan's history in a database; every write is checked against the plan as it then stands."""

    def __init__(self, address: Path | str, *, backups: Path | None = None) -> None:
        """Open a store, make it where it is new, and bring it to this version's shape.

        Args:
            address: a file, or the URL of a PostgreSQL database.
            backups: where the backup of a file goes before its shape changes.

        Raises:
            PlanError: it cannot be opened, or a later version wrote it.
        """
        self._engine, self.name = engine_of(address)
        self.backup = migrate(self._engine, self.name, backups=backups)

    def events(self) -> tuple[Event, ...]:
        """The whole history.

        Raises:
            PlanError: an event was changed, or taken out, behind the store's back.
        """
        with connected(self._engine, self.name) as connection:
            return self._read(connection)[0]

    def plan(self, as_at: dt.date | None = None) -> Plan:
        """What the history adds up to, up to the end of a day."""
        return fold(self.events(), as_at)

    def write(
        self, command: Command, *, expected: Mapping[str, int] | None = None
    ) -> tuple[Event, ...]:
        """Do what a command says, as one: all its events are kept, or none.

        Args:
            command: given the plan, says what happens; called while nobody else writes.
            expected: versions of actions as the caller read them.

        Returns:
            The events as they were kept; once this returns they are on the disk.

        Raises:
            PlanConflictError: somebody else changed an action since.
            PlanError: a rule refuses; nothing was written.
        """
        with writing(self._engine, self.name) as connection:
            events, digest = self._read(connection)
            plan = fold(events)
            check_versions(plan, expected or {}, events)
            drafts = [_plain_draft(draft) for draft in command(plan)]
            added = checked(plan, drafts)
            self._insert(connection, added, digest)
        return added

    def extend(self, history: Sequence[Event]) -> tuple[Event, ...]:
        """Take over a history that begins with this store's own, such as an export's.

        Raises:
            PlanConflictError: the two histories went different ways.
            PlanError: the history breaks a rule.
        """
        with writing(self._engine, self.name) as connection:
            events, digest = self._read(connection)
            added = continuation(events, history)
            checked_history(fold(events), added)
            self._insert(connection, added, digest)
        return added

    def _read(self, connection: Connection) -> tuple[tuple[Event, ...], str]:
        digest = ""
        found: list[Event] = []
        for row in connection.execute(select(table).order_by(table.c.seq)):
            event = _event(row)
            digest = chained(digest, event)
            if digest != row.digest or event.seq != len(found) + 1:
                raise PlanError(
                    f"{self.name}: event {row.seq} is not as it was written: somebody changed the "
                    "history in the database itself.",
                    hint="Put back a backup, or import the last export into a new store.",
                )
            found.append(event)
        return tuple(found), digest

    def _insert(self, connection: Connection, events: Sequence[Event], digest: str) -> None:
        rows = []
        for event in events:
            digest = chained(digest, event)
            rows.append({**_row(event), "digest": digest})
        if rows:
            connection.execute(insert(table), rows)


def check_versions(plan: Plan, expected: Mapping[str, int], events: Sequence[Event]) -> None:
    """Refuse a change to an action that is not as its author read it.

    Raises:
        PlanConflictError: says who changed what since.
    """
    for name, version in expected.items():
        action = plan.actions.get(name)
        now = action.version if action else 0
        if now == version:
            continue
        since = [
            event
            for event in events
            if event.action == name and event.version > version and event.kind != "reading"
        ]
        last = since[-1] if since else None
        by = f", last by {last.by} on {last.at:%Y-%m-%d %H:%M} ({last.kind})" if last else ""
        raise PlanConflictError(
            f"{name} was changed since you read it: it is at version {now} now, you had "
            f"{version}{by}. Nothing was written.",
            hint=f"Look at it again: selfassess plan show {name}",
        )


def checked(plan: Plan, drafts: Sequence[Draft]) -> tuple[Event, ...]:
    """Number events and check each against the plan as the ones before it leave it."""
    versions = {name: action.version for name, action in plan.actions.items()}
    versions[""] = len(plan.decisions)
    actions, decisions = dict(plan.actions), list(plan.decisions)
    added = number(drafts, plan.seq, versions)
    for event in added:
        check(Plan(actions=actions, decisions=tuple(decisions)), event)
        step(actions, decisions, event)
    return added


def checked_history(plan: Plan, events: Sequence[Event]) -> None:
    """Check numbered events as if they happened now, one by one.

    Raises:
        PlanError: names the event that no command could have made.
    """
    for event, own in zip(events, _renumbered(plan, events), strict=True):
        if event != own:
            raise PlanError(
                f"Event {event.seq} of the history has another number or version than its place "
                f"gives it ({own.seq}, version {own.version}).",
                hint="Histories are exported, not written by hand.",
            )


def _renumbered(plan: Plan, events: Sequence[Event]) -> tuple[Event, ...]:
    try:
        return checked(plan, [_plain_draft(event) for event in events])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PlanError(
            f"The history holds an event that cannot be read: {type(error).__name__}.",
            hint="Histories are exported, not written by hand.",
        ) from error


def continuation(events: Sequence[Event], history: Sequence[Event]) -> tuple[Event, ...]:
    """What a history adds to the events that are there.

    Raises:
        PlanConflictError: it does not begin with them.
    """
    shared = min(len(events), len(history))
    for index in range(shared):
        if events[index] != history[index]:
            mine = events[index]
            raise PlanConflictError(
                f"The two histories part at event {mine.seq}: here {mine.by} wrote "
                f"'{mine.kind}' of {mine.action or 'a board'} on {mine.at:%Y-%m-%d %H:%M}, "
                "there it is something else. Nothing was taken over.",
                hint="Import into a new store, or carry the other's changes over by hand.",
            )
    return tuple(history[shared:])


def _plain_draft(draft: Draft) -> Draft:
    """The event's content as it will be read back."""
    return Draft(
        action=draft.action,
        kind=draft.kind,
        part=draft.part,
        by=draft.by,
        at=draft.at.replace(microsecond=0),
        from_=plain(draft.from_),
        to=plain(draft.to),
        reason=draft.reason,
    )


def _event(row: Any) -> Event:
    try:
        return Event(
            seq=row.seq,
            action=row.action,
            version=row.version,
            kind=row.kind,
            part=row.part,
            by=row.who,
            at=parse_at(row.at),
            from_=json.loads(row.before),
            to=json.loads(row.after),
            reason=row.reason,
        )
    except ValueError as error:
        raise PlanError(
            f"Event {row.seq} of the plan cannot be read.", hint="Put back a backup."
        ) from error


def _row(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "action": event.action,
        "version": event.version,
        "kind": event.kind,
        "part": event.part,
        "who": event.by,
        "at": plain(event.at),
        "before": _json(event.from_),
        "after": _json(event.to),
        "reason": event.reason,
    }


def _json(value: Any) -> str:
    return _ENCODER.encode(value)
