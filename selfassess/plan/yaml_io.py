"""The whole plan as YAML: what it adds up to, for people and git, and its history, a line an event.

The same plan gives the same text. Reading it back gives the same history, digest and all.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from selfassess.errors import PlanError, Problem
from selfassess.loading.yaml_text import dump, quoted
from selfassess.plan.apply import KINDS
from selfassess.plan.events import Event, digest_of, parse_at, plain
from selfassess.plan.fold import fold
from selfassess.plan.record import Action

__all__ = ["SCHEMA", "from_yaml", "is_plan_file", "to_yaml"]

SCHEMA = "selfassess/plan@1"
MOST_BYTES = 100_000_000

_HEAD = """\
# An improvement plan, written by `selfassess plan export`. `actions` says what the events add up
# to, for people and for git; `events` is the plan itself. Change it with `selfassess plan`.
"""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./()-]*[A-Za-z0-9)]")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"])
_KEYS = ("seq", "action", "version", "kind", "part", "by", "at", "from", "to", "reason")


def to_yaml(events: Sequence[Event]) -> str:
    """Write a history, and what it adds up to."""
    plan = fold(events)
    lines = [f"schema: {SCHEMA}", "", f"digest: {quoted(digest_of(events))}", ""]
    body = [_action(each) for each in plan.actions.values()]
    decisions = [plain(each) for each in plan.decisions]
    lines += ["actions:" if body else "actions: []", *_block(body, 1)]
    lines += ["", "decisions:" if decisions else "decisions: []", *_block(decisions, 1)]
    lines += ["", "events:" if events else "events: []"]
    lines += [f"  - {dump(_event(event))}" for event in events]
    return _HEAD + "\n".join(lines) + "\n"


def _action(action: Action) -> dict[str, Any]:
    """An action without its readings, of which each run adds some: those are in the events."""
    return plain(dataclasses.replace(action, readings=()))  # type: ignore[no-any-return]


def _event(event: Event) -> dict[str, Any]:
    held = {
        "seq": event.seq,
        "action": event.action,
        "version": event.version,
        "kind": event.kind,
        "part": event.part,
        "by": event.by,
        "at": plain(event.at),
        "from": event.from_,
        "to": event.to,
        "reason": event.reason,
    }
    texts = ("action", "part", "reason")
    return {
        key: value
        for key, value in held.items()
        if value is not None and not (key in texts and value == "")
    }


def _block(value: Any, depth: int) -> list[str]:
    """Lists and mappings over several lines, texts plain where nobody can take them for else."""
    space = "  " * depth
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, (Mapping, list)) and item and not _short(item):
                lines += [f"{space}{_scalar(key)}:", *_block(item, depth + 1)]
            else:
                lines.append(f"{space}{_scalar(key)}: {_inline(item)}")
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, Mapping) and item:
                inner = _block(item, depth + 1)
                lines += [f"{space}- {inner[0].lstrip()}", *inner[1:]]
            else:
                lines.append(f"{space}- {_inline(item)}")
    return lines


def _short(item: Any) -> bool:
    """A few words, which stand better on one line."""
    return (
        isinstance(item, list)
        and all(isinstance(each, str) for each in item)
        and sum(map(len, item)) < 60
    )


def _inline(item: Any) -> str:
    if isinstance(item, list):
        return f"[{', '.join(_inline(each) for each in item)}]"
    if isinstance(item, str):
        return _scalar(item)
    return dump(item)


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS else quoted(text)


def is_plan_file(path: Path) -> bool:
    """Whether a YAML file says that it is an exported plan."""
    with path.open(encoding="utf-8", errors="replace") as stream:
        return SCHEMA in stream.read(4000)


def from_yaml(path: Path) -> tuple[Event, ...]:
    """Read a history back.

    Raises:
        PlanError: the file is no export, or was edited since.
    """
    data = _data(path)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise PlanError(f"{path.name}: 'schema' is not {SCHEMA}.", hint="Give an exported plan.")
    listed = data.get("events")
    if not isinstance(listed, list):
        raise PlanError(f"{path.name}: 'events' is no list.", hint="Give an exported plan.")
    problems, events = [], []
    for index, item in enumerate(listed):
        try:
            event = _read(item)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            where = f"{path.name}, event {index + 1}"
            problems.append(Problem(where, f"cannot be read ({type(error).__name__}: {error})."))
            continue
        events.append(event)
    if problems:
        raise PlanError(problems=problems[:20])
    if digest_of(events) != data.get("digest", ""):
        raise PlanError(
            f"{path.name}: the events are not as they were exported: the digest at the top belongs "
            "to others.",
            hint="Take the file as exported. Changes are made with `selfassess plan`, or in the "
            "Excel export.",
        )
    _check_summary(path, data, events)
    return tuple(events)


def _check_summary(path: Path, data: Mapping[str, Any], events: Sequence[Event]) -> None:
    plan = fold(events)
    for index, action in enumerate(plan.actions.values()):
        listed = data.get("actions") or []
        given = listed[index] if index < len(listed) else None
        if given != _action(action):
            raise PlanError(
                f"{path.name}: 'actions' does not say of {action.id} what its events add up to.",
                hint="Changes are made with `selfassess plan`, or in the Excel export; `actions` "
                "is there to be read.",
            )


def _data(path: Path) -> Any:
    """The file's data, by the fast parser; what is wrong with it, by the one that knows places."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    from selfassess.loading.source import read

    if path.stat().st_size > MOST_BYTES:
        raise PlanError(f"{path.name}: over {MOST_BYTES // 1_000_000} MB; this is no plan.")
    try:
        return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (YAMLError, ValueError, RecursionError) as error:
        problems = read(path, path.name).problems
        if problems:
            raise PlanError(problems=problems) from error
        raise PlanError(f"{path.name}: is not YAML.", hint="Give an exported plan.") from error


def _read(item: Mapping[str, Any]) -> Event:
    unknown = set(item) - set(_KEYS)
    if unknown:
        raise ValueError(f"'{sorted(unknown)[0]}' is no key of an event")
    if item["kind"] not in KINDS:
        raise ValueError(f"'{item['kind']}' is no kind of event")
    texts = {name: item.get(name, "") for name in ("action", "part", "reason")}
    if not all(isinstance(text, str) for text in (*texts.values(), item["by"], item["at"])):
        raise TypeError("a text is missing its quotes")
    return Event(
        seq=int(item["seq"]),
        version=int(item["version"]),
        kind=item["kind"],
        by=item["by"],
        at=parse_at(item["at"]),
        from_=item.get("from"),
        to=item.get("to"),
        **texts,
    )
