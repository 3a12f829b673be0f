"""What every chart is drawn with: a width, round steps, places on an axis, labels that fit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from selfassess.report.parts_figures import Mark
from selfassess.report.words import number

__all__ = ["LEFT", "RIGHT", "ROW", "WIDTH", "Axis", "at", "mark", "step_of", "wrapped"]

WIDTH = 640.0
LEFT, RIGHT = 24.0, 616.0
ROW = 26.0
_LETTER = 5.6
"""Width of an average letter of the labels, in chart units; a little more than the font's own."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A horizontal axis from `low` to `high`, drawn from `left` to `right`."""

    low: float
    high: float
    left: float
    right: float

    def place(self, value: float) -> float:
        """Where a value lies; values beyond the ends lie on them."""
        span = (self.high - self.low) or 1.0
        share = min(max((value - self.low) / span, 0.0), 1.0)
        return round(self.left + (self.right - self.left) * share, 1)

    def ticks(self, base: float, step: float, suffix: str = "") -> tuple[Mark, ...]:
        """Labels below the axis, every `step` from its low end."""
        count = int(round((self.high - self.low) / step, 6))
        values = [self.low + step * index for index in range(count + 1)]
        return tuple(
            at(self.place(value), base + 16, f"{number(round(value, 6))}{suffix}")
            for value in values
        )


def at(x: float, y: float, label: str) -> Mark:
    """A label alone."""
    return mark("text", x, y, label=label)


def mark(
    form: str,
    x: float,
    y: float,
    width: float = 0.0,
    height: float = 0.0,
    *,
    label: str = "",
    strong: bool = False,
    path: str = "",
    side: str = "",
) -> Mark:
    """A mark with its numbers rounded, so that the same data give the same bytes everywhere."""
    return Mark(
        form=form,
        x=round(x, 1),
        y=round(y, 1),
        width=round(width, 1),
        height=round(height, 1),
        label=label,
        strong=strong,
        path=path,
        side=side,
    )


def step_of(rough: float, *, whole: bool = True) -> float:
    """The nearest 1, 2 or 5 times a power of ten that is not below; `whole` numbers stay whole."""
    if rough <= 1 and whole:
        return 1.0
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough - 1e-9)


def wrapped(text: str, room: float, lines: int = 2) -> tuple[str, ...]:
    """Break a label into lines that fit a room, the last one shortened where it must be."""
    most = max(4, int(room / _LETTER))
    found: list[str] = []
    for word in text.split():
        if found and len(found[-1]) + 1 + len(word) <= most:
            found[-1] += f" {word}"
        else:
            found.append(word)
    kept = [line if len(line) <= most else line[: most - 1] + "…" for line in found[:lines]]
    if len(found) > lines and not kept[-1].endswith("…"):
        kept[-1] = kept[-1][: most - 1].rstrip() + "…"
    return tuple(kept)
