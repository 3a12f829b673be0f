"""Success measures, scopes and trajectories as one line of text, for the command line and Excel.

timeliness.cp-visit; where=team=North,plan=cp; baseline=62@2026-04-30; target=90@2026-12-18;
tolerance=2; point=2026-08-31:75; next=2026-08-31
text=Do you know your worker?; voice=child; next=2026-09-30
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from selfassess.errors import PlanError, nearest
from selfassess.model.common import Voice
from selfassess.plan.record_parts import Point, SuccessMeasure

__all__ = [
    "date_of",
    "number_of",
    "parse_points",
    "parse_scope",
    "parse_success",
    "points_text",
    "scope_words",
    "voice_of",
]

KEYS = (
    "measure",
    "where",
    "text",
    "voice",
    "unit",
    "better",
    "baseline",
    "target",
    "tolerance",
    "point",
    "next",
)
BETTER = ("higher", "lower", "two-sided")


def date_of(text: str, what: str = "date") -> dt.date:
    """Read a day, in ISO or UK order.

    Raises:
        PlanError: it is neither.
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise PlanError(
        f"{what}: '{text[:60]}' is not a date.", hint="Write it as 2026-09-30 or 30/09/2026."
    )


def number_of(text: str, what: str) -> float:
    """Read a finite number; a percent sign and thousands separators are allowed.

    Raises:
        PlanError: it is none.
    """
    try:
        value = float(text.strip().removesuffix("%").replace(",", ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise PlanError(f"{what}: '{text[:60]}' is not a number.", hint="Write it as 62.5.")
    return value


def voice_of(text: str) -> Any:
    """Read a voice.

    Raises:
        PlanError: it is none that evidence may have.
    """
    valid = get_args(Voice)
    if text.strip() not in valid:
        raise PlanError(
            f"voice: '{text[:60]}' is none.",
            hint=nearest(text.strip(), valid) or "Valid: " + ", ".join(valid) + ".",
        )
    return text.strip()


def parse_scope(text: str) -> dict[str, str]:
    """Read ``team=North,plan=cp``; a value may hold a comma: ``team=North, East``.

    Raises:
        PlanError: a part is no pair.
    """
    found: dict[str, str] = {}
    parts: list[str] = []
    for part in text.split(","):
        if "=" not in part and parts and part.strip():
            parts[-1] += f",{part}"
        else:
            parts.append(part)
    for part in filter(None, (each.strip() for each in parts)):
        key, equals, value = (each.strip() for each in part.partition("="))
        if not (key and equals and value) or key in found:
            raise PlanError(
                f"where: '{part[:60]}' is no part of the whole.", hint="Write team=North,plan=cp."
            )
        found[key] = value
    return dict(sorted(found.items()))


def scope_words(where: Mapping[str, str]) -> str:
    """Write what `parse_scope` reads."""
    return ",".join(f"{key}={value}" for key, value in sorted(where.items()))


def parse_points(text: str) -> tuple[Point, ...]:
    """Read ``2026-08-31:75; 2026-10-31:82``.

    Raises:
        PlanError: a part is no day with a value.
    """
    return tuple(
        sorted(
            (_point(part) for part in text.replace("\n", ";").split(";") if part.strip()),
            key=lambda point: point.date,
        )
    )


def _point(text: str) -> Point:
    day, colon, value = text.partition(":")
    if not colon:
        raise PlanError(
            f"trajectory: '{text.strip()[:60]}' is no point.", hint="Write 2026-08-31:75."
        )
    return Point(date=date_of(day, "trajectory"), value=number_of(value, "trajectory"))


def points_text(points: Iterable[Point]) -> str:
    """Write what `parse_points` reads."""
    return "; ".join(f"{point.date}:{_number(point.value)}" for point in points)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def parse_success(text: str) -> SuccessMeasure:
    """Read a success measure from one line.

    Raises:
        PlanError: names the part that is not understood.
    """
    values: dict[str, Any] = {}
    points: list[Point] = []
    for index, part in enumerate(each.strip() for each in text.split(";")):
        if not part:
            continue
        key, equals, value = (each.strip() for each in part.partition("="))
        if not equals and index == 0:
            key, value = "measure", part
        if key not in KEYS or not value:
            raise PlanError(
                f"success measure: '{part[:60]}' is not understood.",
                hint=nearest(key, KEYS) or "Keys: " + ", ".join(KEYS) + ".",
            )
        if key == "point":
            points.append(_point(value))
        elif key in ("baseline", "target"):
            number, at, day = value.partition("@")
            values[key] = number_of(number, key)
            if at:
                values[f"{key}_date"] = date_of(day, key)
        elif key == "next":
            values["next_reading"] = date_of(value, key)
        elif key == "tolerance":
            values[key] = number_of(value, key)
        elif key == "where":
            values[key] = parse_scope(value)
        elif key == "voice":
            values[key] = voice_of(value)
        elif key == "better" and value not in BETTER:
            raise PlanError(f"better: '{value[:60]}' is none.", hint=nearest(value, BETTER))
        else:
            values[key] = value
    ordered = tuple(sorted(points, key=lambda point: point.date))
    return SuccessMeasure(**values, trajectory=ordered)
