"""Earlier assessments that a workspace keeps in ``history/``, as far as a series needs them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfassess.errors import EvidenceError, Problem
from selfassess.loading.cache import ParsedCache
from selfassess.model.trend import Kept, KeptReading
from selfassess.workspace.folder import Workspace

__all__ = ["History", "read_history"]

_SCHEMA = "selfassess/assessment@1"
_MENDED = "Take the file out of history/, or put back the one that `run --keep` wrote."
_KEYS = ("id", "definition", "way", "from", "to", "at", "value", "numerator", "denominator")
_FORMAT = "history 1"


@dataclass(frozen=True, slots=True)
class History:
    """Earlier assessments, the oldest first, one a day; and what could not be used."""

    kept: tuple[Kept, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_history(workspace: Workspace, before: dt.date) -> History:
    """Read what was kept of days before one.

    A file that cannot be used is told of and left out: a damaged one must not stop a run. Of
    several of one day the last by name counts. The framework may differ, the council may not.

    Args:
        workspace: whose history.
        before: the day of the present assessment.
    """
    found: dict[dt.date, Kept] = {}
    problems: list[Problem] = []
    for path in _files(workspace.history):
        name = path.relative_to(workspace.root).as_posix()
        try:
            content = path.read_bytes()
            cache = ParsedCache(workspace.cache, _FORMAT, name.replace("/", "-"))
            plain = cache.get(content)
            if plain is None:
                plain = _plain(name, content)
                cache.put(content, plain)
            _refuse_others(name, plain, workspace)
            kept = _kept(name, plain)
        except EvidenceError as error:
            problems += error.problems
            continue
        except OSError as error:
            problems.append(Problem(name, f"cannot be read: {error.strerror or error}.", _MENDED))
            continue
        if kept.as_at < before:
            found[kept.as_at] = kept
    return History(tuple(found[day] for day in sorted(found)), tuple(problems))


def _files(folder: Path) -> Iterator[Path]:
    """Kept assessments: in the folder itself, then those under further frameworks."""
    if not folder.is_dir():
        return
    # By stem, so that 2026-03-31-b.json comes after 2026-03-31.json.
    own = sorted(folder.glob("*.json"), key=lambda path: path.stem)
    others = sorted(
        path for path in folder.glob("*/*.json") if not path.parent.name.startswith("upgrade-")
    )
    # Those of the workspace's own framework come last, so that they stand.
    yield from (path for path in (*others, *own) if path.is_file())


def _plain(name: str, content: bytes) -> dict[str, Any]:
    """The keys of a file that a series needs, in a shape that can be kept."""
    try:
        text = content.decode("utf-8-sig")
        found = json.loads(text)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _fault(f"{name}:{line}", "is no UTF-8 text.") from error
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno}:{error.colno}"
        raise _fault(where, f"is no JSON from here on ({error.msg.lower()}).") from error
    except RecursionError as error:
        raise _fault(name, "is nested too deeply to be an assessment.") from error
    if not isinstance(found, dict) or found.get("schema") != _SCHEMA:
        said = found.get("schema") if isinstance(found, dict) else None
        raise _fault(name, f"is no kept assessment: its schema is {said!r}, not {_SCHEMA!r}.")
    council = found.get("council")
    readings = found.get("readings")
    if not isinstance(council, dict) or not isinstance(readings, list):
        raise _fault(name, "is no whole assessment: 'council' or 'readings' is missing.")
    return {
        "as_at": str(found.get("as_at")),
        "audience": str(found.get("audience") or "internal"),
        "council": [str(council.get("code") or ""), str(council.get("name") or "")],
        "readings": [
            [*(each.get(key) for key in _KEYS), str(each.get("status") or "")]
            for each in readings
            if isinstance(each, dict)
        ],
    }


def _refuse_others(name: str, plain: dict[str, Any], workspace: Workspace) -> None:
    own = workspace.config.council
    code, title = plain["council"]
    mine = " ".join(own.name.split()).casefold()
    same = code == own.code if code and own.code else " ".join(title.split()).casefold() == mine
    if not same:
        raise _fault(
            name,
            f"speaks of another council, {title!r}; this workspace is {own.name!r}'s.",
            "Take the file out of history/: a series is of one council.",
        )
    if plain["audience"] != "internal":
        raise _fault(
            name,
            f"is a copy for a {plain['audience']} audience, from which figures were taken out.",
            "Keep the internal assessment with `run --keep`.",
        )


def _kept(name: str, plain: dict[str, Any]) -> Kept:
    try:
        return Kept(
            name=name,
            as_at=dt.date.fromisoformat(plain["as_at"]),
            readings={str(row[0]): _reading(row) for row in plain["readings"]},
        )
    except (ValueError, TypeError) as error:
        raise _fault(name, "holds a date or a figure that is none.") from error


def _reading(row: list[Any]) -> KeptReading:
    _, definition, way, start, until, at, value, numerator, denominator, status = row
    end = until or at
    return KeptReading(
        definition=str(definition or ""),
        way=str(way) if way else None,
        start=dt.date.fromisoformat(start) if start else None,
        end=dt.date.fromisoformat(end) if end else None,
        value=_number(value),
        numerator=_number(numerator),
        denominator=_number(denominator),
        status=status,
    )


def _number(value: Any) -> float | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise TypeError(type(value).__name__)


def _fault(where: str, message: str, hint: str = _MENDED) -> EvidenceError:
    return EvidenceError(problems=[Problem(where, message, hint)])
