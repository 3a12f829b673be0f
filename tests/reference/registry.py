"""Which function answers which measure, with what it is broken down by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reference.answer import Tally

SHARE = Tally("share", percent=True)
COUNT = Tally("count", base=True)


@dataclass(frozen=True)
class Question:
    """A measure as it is answered here.

    Attributes:
        ask: gives lines; for a ratio, (lines above, lines below), and how the lines below add up
            where that is not `below`.
        below: for a ratio, how the lines below add up; `tally` is for those above.
        series: whether it is asked at month ends, too: `ask` then takes a day as well.
    """

    ask: Callable[..., Any]
    tally: Tally
    by: tuple[tuple[str, ...], ...]
    below: Tally | None = None
    percent: bool = False
    series: Callable[..., bool] | None = None


QUESTIONS: dict[str, Question] = {}


def measure(
    name: str,
    tally: Tally,
    *,
    by: Sequence[str | Iterable[str]] = (),
    below: Tally | None = None,
    percent: bool = False,
    series: Callable[..., bool] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare the function that answers a measure."""

    def declared(ask: Callable[..., Any]) -> Callable[..., Any]:
        parts = tuple((each,) if isinstance(each, str) else tuple(each) for each in by)
        assert name not in QUESTIONS
        QUESTIONS[name] = Question(ask, tally, parts, below, percent, series)
        return ask

    return declared
