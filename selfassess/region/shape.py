"""Whether a JSON file is an assessment as far as a region reads one, and a copy a copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from selfassess.disclosure.figures import LEAST_BASE, PERCENT, ROUND_TO

__all__ = ["SCHEMA", "faults"]

SCHEMA = "selfassess/assessment@1"
_ASK = "Ask the council for the assessment.json as `selfassess run` wrote it."
_AGAIN = "Ask the council for a copy as `selfassess run --audience partner` writes it."

_MOST = 1e12
"""No figure of a council comes near it."""

Fault = tuple[str, str, str]
"""The key at which it is, what was found, and the next step."""


def faults(data: Any) -> list[Fault]:
    """What keeps a file from being a contribution; the first kind of fault alone."""
    if not isinstance(data, Mapping):
        return [("", "holds no JSON object, so it is no assessment.", _ASK)]
    schema = data.get("schema")
    if schema != SCHEMA:
        if isinstance(schema, str) and schema.startswith(SCHEMA.split("@")[0] + "@"):
            text = f"is of the schema {schema[:60]}, not {SCHEMA}."
            hint = "Run the assessment with this version of selfassess, or read it with that one."
            return [("schema", text, hint)]
        shown = f"'{schema[:60]}'" if isinstance(schema, str) else "none"
        return [("schema", f"is no assessment: its schema is {shown}, not {SCHEMA}.", _ASK)]
    return list(_head(data)) or list(_readings(data)) or list(_copy(data))


def _head(data: Mapping[str, Any]) -> Iterable[Fault]:
    council = data.get("council")
    council = council if isinstance(council, Mapping) else {}
    name = council.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 200:
        yield "council", "names no council (1 to 200 characters).", _ASK
    elif not isinstance(council.get("code"), str | None):
        yield "council", "has a code that is no text.", _ASK
    try:
        dt.date.fromisoformat(str(data.get("as_at")))
    except ValueError:
        yield "as_at", "has no as-at date such as 2026-09-30.", _ASK
    framework = data.get("framework")
    if not isinstance(framework, Mapping) or not all(
        isinstance(framework.get(key), str) for key in ("id", "edition", "title")
    ):
        yield "framework", "names no framework with its edition.", _ASK
    if data.get("audience") not in ("internal", "partner", "public"):
        yield "audience", "is for no audience: internal, partner or public.", _ASK
    for key in ("readings", "method", "judgements", "inputs"):
        rows = data.get(key)
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            yield key, f"has no list of {key}.", _ASK


def _readings(data: Mapping[str, Any]) -> Iterable[Fault]:
    wholes = set()
    shares = {str(item.get("measure")) for item in data["method"] if _is_share(item)}
    for reading in data["readings"]:
        texts = all(isinstance(reading.get(key), str) for key in ("id", "measure", "status"))
        words = all(isinstance(reading.get(key), str | None) for key in ("unit", "signal", "title"))
        numbers = all(
            isinstance(reading.get(key), int | float | None)
            and not isinstance(reading.get(key), bool)
            for key in ("value", "numerator", "denominator")
        )
        if not (texts and words and numbers and isinstance(reading.get("where"), Mapping)):
            name = str(reading.get("id"))[:80]
            yield (
                "readings",
                f"holds a reading whose parts are not all there or of another kind: {name!r}.",
                _ASK,
            )
        elif wrong := _absurd(reading, share=str(reading["measure"]) in shares):
            yield "readings", f"holds a reading {wrong}: {str(reading['id'])[:80]!r}.", _ASK
        elif not reading["where"]:
            if reading["measure"] in wholes:
                text = f"holds {reading['measure'][:80]!r} twice."
                yield "readings", text, _ASK
            wholes.add(reading["measure"])


def _is_share(method: Mapping[str, Any]) -> bool:
    return method.get("aggregate") == "share"


def _absurd(reading: Mapping[str, Any], *, share: bool) -> str:
    """What no run gives: such a figure would shift everybody's range."""
    value, top, base = (reading.get(key) for key in ("value", "numerator", "denominator"))
    if any(each is not None and not abs(each) <= _MOST for each in (value, top, base)):
        return "with a number that is none"
    if any(each is not None and each < 0 for each in (top, base)):
        return "of less than nothing"
    if share and reading.get("unit") in PERCENT and value is not None and not 0 <= value <= 100:
        return "that is no share"
    if share and top is not None and base is not None and top > base:
        return "whose part is more than its whole"
    return ""


def _copy(data: Mapping[str, Any]) -> Iterable[Fault]:
    """A copy is used as it is, so it must be one: what it may not hold tells that it is not."""
    if data["audience"] == "internal":
        if data.get("disclosure"):
            yield "disclosure", "calls itself internal, yet holds what copies for others do.", _ASK
        return
    disclosure = data.get("disclosure")
    if not isinstance(disclosure, Mapping) or disclosure.get("audience") != data["audience"]:
        yield "disclosure", f"is no {data['audience']} copy: nothing was disclosed.", _AGAIN
        return
    for reading in data["readings"]:
        base = reading.get("denominator")
        fine = reading.get("numerator") is None and (
            base is None or (base % ROUND_TO == 0 and (base >= LEAST_BASE or not base))
        )
        if not fine or (reading["status"] == "suppressed" and reading.get("value") is not None):
            yield (
                "readings",
                f"is no copy: {reading['id'][:80]!r} holds a count that no copy gives.",
                _AGAIN,
            )
            return
