"""What the published figures of councils judged good or better say, and where they say nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from selfassess.comparing.benchmarks import Indicator, Separation
from selfassess.comparing.words import gap_note
from selfassess.model.comparing import Comparator

__all__ = ["good_or_better", "verdict_words"]

VERDICTS = {
    "signal": "separates grades",
    "weak": "separates grades only weakly",
    "none": "does not separate grades",
    "too-few": "was held against too few inspections to tell whether it separates grades",
}
"""What a verdict means, of a figure. Others are a verdict with an ending of `ENDINGS`."""
ENDINGS = {
    "opposite": "runs against its better end: councils of better grades show worse figures",
    "context": "is context, not practice",
}

LABEL = "Councils judged good or better"


def verdict_words(verdict: str) -> str:
    """What a verdict says of a figure: ``does not separate grades``."""
    _, _, ending = verdict.rpartition("-")
    return VERDICTS.get(verdict) or ENDINGS.get(ending) or VERDICTS["none"]


def good_or_better(
    indicator: Indicator,
    separation: Separation,
    value: float | None,
    as_at: dt.date | None,
    elsewhere: Sequence[str] = (),
) -> Comparator:
    """Quartiles of councils judged good or better; or, without a difference, that alone.

    The quartiles were taken less England's figure of their year; they are shown at England's level
    of the vintage, and newer figures do not move them. A line needs a clear difference, at all
    times, and a better end.

    Args:
        indicator: the figure.
        separation: how it separates grades in one judgement area.
        value: the reading's.
        as_at: of the evidence.
        elsewhere: other judgement areas in which the figure separates grades.
    """
    source = f"Own analysis of published grades ({separation.area}) and published figures."
    said = f"This figure {verdict_words(separation.verdict)} ({separation.area})"
    also = f" It does for: {', '.join(elsewhere)}." if elsewhere else ""
    higher = separation.polarity == "higher-better"
    worst = separation.low if higher else separation.high
    edge, year = separation.edge, separation.year
    if separation.verdict not in ("signal", "weak"):
        note = f"{said}.{also} It is given no weight and no line."
        return Comparator(kind="good-or-better", label=LABEL, source=source, note=note)
    if edge is None or worst is None or year is None:
        note = (
            f"{said}, but has no better end: it shows demand or recording, not practice. It is "
            "given no weight and no line."
        )
        return Comparator(kind="good-or-better", label=LABEL, source=source, note=note)
    england = edge - worst
    clear = separation.verdict == "signal"
    past = None
    if clear and value is not None:
        past = value < edge if higher else value > edge
    first = (
        f"Look here if {'under' if higher else 'over'} {edge:g}: a quarter of councils judged good "
        "or better lie beyond it too, so it is a question, not a finding."
        if clear
        else f"{said}: no line.{also}"
    )
    gap = gap_note(indicator.ends(year), as_at)
    return Comparator(
        kind="good-or-better",
        label=LABEL,
        value=_at(england, separation.middle),
        low=_at(england, separation.low),
        high=_at(england, separation.high),
        n=separation.n,
        period=f"England's level, {indicator.period_words(year)}",
        source=source,
        note=f"{first} {gap}".strip(),
        line=edge if clear else None,
        past_line=past,
    )


def _at(england: float, difference: float | None) -> float | None:
    return None if difference is None else round(england + difference, 6)
