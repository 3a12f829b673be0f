"""Numbers, dates and verdicts in words. English only, and nothing about any one framework."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

from selfassess.model.common import MONTHS
from selfassess.report.parts import Phrase

__all__ = [
    "CHALLENGE",
    "CONFIDENCE",
    "KIND",
    "SIGNAL",
    "STATUS",
    "basis_words",
    "count_of",
    "date_words",
    "number",
    "period_words",
    "phrase",
    "plural",
    "value_words",
    "voice_words",
]


def _phrases(*rows: tuple[str, str, str, str]) -> dict[str, Phrase]:
    return {key: Phrase(word=word, shape=shape, tone=tone) for key, word, shape, tone in rows}


SIGNAL = _phrases(
    ("strong", "strong", "◆", "good"),
    ("secure", "secure", "●", "good"),
    ("attention", "attention", "▲", "fair"),
    ("concern", "concern", "▼", "poor"),
    ("critical", "critical", "■", "worst"),
    ("context", "context only", "○", "none"),
    ("small-base", "too few to judge", "○", "none"),
    ("not-computable", "not computable", "○", "none"),
    ("missing", "missing", "○", "none"),
    ("stale", "out of date", "○", "none"),
    ("suppressed", "suppressed", "○", "none"),
    ("error", "error", "○", "none"),
)
STATUS = _phrases(
    ("secure", "secure", "●", "good"),
    ("mixed", "mixed", "▲", "fair"),
    ("weak", "weak", "▼", "poor"),
    ("not enough evidence", "not enough evidence", "○", "none"),
)
CHALLENGE = _phrases(
    ("not contradicted", "not contradicted by the evidence", "●", "good"),
    ("above the evidence", "above the evidence", "▲", "poor"),
    ("below the evidence", "below the evidence", "▼", "fair"),
    ("not enough evidence", "not enough evidence", "○", "none"),
)
CONFIDENCE = _phrases(
    ("high", "high", "●●●", "plain"),
    ("medium", "medium", "●●○", "plain"),
    ("low", "low", "●○○", "plain"),
    ("none", "none", "○○○", "plain"),
)
KIND = _phrases(
    ("priority-action-risk", "risk to decide on", "■", "worst"),
    ("improve", "area for improvement", "▼", "poor"),
    ("strength", "strength", "●", "good"),
    ("question", "question", "○", "none"),
)
_VOICES = {
    "data": "data",
    "practice-audit": "practice audit",
    "child": "children",
    "family": "families",
    "staff": "staff",
    "partner": "partners",
    "inspector": "inspectors",
    "leaders": "leaders",
    "learning-review": "learning reviews",
}
_ONE = {
    "children": "child",
    "people": "person",
    "families": "family",
    "enquiries": "enquiry",
    "entries": "entry",
    "criteria": "criterion",
    "weaknesses": "weakness",
    "register entries": "register entry",
    "young people": "young person",
}


def phrase(table: Mapping[str, Phrase], key: str | None) -> Phrase:
    """The phrase for a key; an unknown key is printed as it stands, without tone."""
    if key is None:
        return Phrase(word="no figure", shape="○", tone="none")
    return table.get(key) or Phrase(word=key.replace("-", " "), shape="○", tone="none")


def voice_words(voice: str) -> str:
    """A voice in words; an unknown one as it stands."""
    return _VOICES.get(voice, voice.replace("-", " "))


def number(value: float, unit: str = "") -> str:
    """A number with thousands separated; one that is not nought is never printed as nought."""
    if value == int(value) and unit != "percent":
        return f"{int(value):,}"
    places = 1 if unit == "percent" or abs(value) >= 1 else 2
    while value and places < 6 and round(value, places) == 0:
        places += 1
    text = f"{value:,.{places}f}"
    return text.replace("-", "−")


def plural(count: float, noun: str) -> str:
    """``1 child``, ``3 children``; `noun` comes in the plural."""
    if count == 1:
        noun = _ONE.get(noun, noun[:-1] if noun.endswith("s") and noun[-2:] != "ss" else noun)
    return f"{number(count)} {noun}"


def value_words(value: float, unit: str) -> str:
    """A value with its unit: ``73.4%``, ``12 working days``."""
    if unit in {"percent", "%"}:
        return number(value, "percent") + "%"
    if unit in {"percentage-points", "points"}:
        return _points(value)
    if unit in {"", "ratio", "number", "score", "grade", "index"}:
        return number(value, unit)
    if "-per-" in unit or " per " in unit:
        return f"{number(value)} {unit.replace('-', ' ')}"
    return plural(value, unit.replace("-", " "))


def _points(value: float) -> str:
    """Percentage points as finely as percentages: ``0.5 points``, ``2 points``."""
    rounded = round(value, 1) or 0.0
    if rounded == int(rounded):
        return plural(rounded, "points")
    return f"{number(rounded, 'percent')} points"


def basis_words(band: Mapping[str, Any]) -> str:
    """What a band rests on, with its vintage."""
    parts = (band.get("basis"), band.get("vintage"))
    return " ".join(str(part) for part in parts if part is not None)


def count_of(numerator: Any, denominator: Any, unit: str = "percent") -> str:
    """``138 of 188`` for a share, ``1,066 ÷ 63`` for a mean, ``of 33`` beside a count itself."""
    if denominator is None:
        return ""
    if numerator is None:
        return f"base {number(denominator)}"
    if unit == "count":
        return f"of {number(denominator)}"
    sign = "of" if unit in {"percent", "%"} else "÷"
    return f"{number(numerator)} {sign} {number(denominator)}"


def date_words(value: Any, *, short: bool = False) -> str:
    """A date as ``31 March 2026`` (short: ``31 Mar 2026``); other text as it stands."""
    day = _day(value)
    if day is None:
        return str(value or "")
    name = MONTHS[day.month - 1]
    return f"{day.day} {name[:3] if short else name} {day.year}"


def period_words(start: Any, end: Any) -> str:
    """A period: whole months as ``Apr 2025 – Mar 2026``, others with days; one date alone."""
    first, last = _day(start), _day(end)
    if first is None or last is None:
        return date_words(end or start, short=True)
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if not whole:
        return f"{date_words(first, short=True)} – {date_words(last, short=True)}"
    begin = f"{MONTHS[first.month - 1][:3]} {first.year}"
    finish = f"{MONTHS[last.month - 1][:3]} {last.year}"
    return finish if begin == finish else f"{begin} – {finish}"


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
