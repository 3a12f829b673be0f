"""What stands in small print under a reading: its trend, its cautions, what would move it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from selfassess.report.origins import source_name
from selfassess.report.text import brief
from selfassess.report.words import date_words, number, value_words

__all__ = ["ADVERSE", "notes_of", "source_words"]

ADVERSE = ("critical", "concern", "attention")


def notes_of(reading: Mapping[str, Any], *, under: bool) -> Iterable[str]:
    """Trend and cautions; the gap to the next band is told of the whole alone.

    Args:
        reading: the reading.
        under: whether it stands under the row of the whole.
    """
    unit = str(reading.get("unit") or "")
    series = list(reading.get("series") or ())
    if len(series) > 1:
        before = series[-2]
        dated = date_words(before.get("to"), short=True)
        yield f"before: {value_words(before['value'], unit)}{f' ({dated})' if dated else ''}"
    if reading.get("new"):
        yield "newly better: supports nothing until held for six months"
    if reading.get("worsening"):
        yield "worsening"
    if reading.get("unknown"):
        yield f"{number(reading['unknown'])} unknown, left out"
    if reading.get("not_due"):
        yield f"{number(reading['not_due'])} not yet due, left out"
    if reading.get("local_band"):
        yield "judged by a local band"
    if reading.get("published"):
        yield "published figure"
    for comparator in reading.get("comparators") or ():
        yield from _beside(comparator, unit)
    gap = reading.get("gap")
    if gap and not under and reading.get("signal") in ADVERSE:
        yield brief(str(gap.get("text") or ""), 240)
    if reading.get("reason"):
        yield brief(str(reading["reason"]), 240)


def _beside(comparator: Any, unit: str) -> Iterable[str]:
    """The nation's figure alone: what else it is compared with has a table of its own."""
    if not isinstance(comparator, Mapping) or comparator.get("kind") != "england":
        return
    value = comparator.get("value")
    if value is None:
        return
    period = brief(str(comparator.get("period") or ""), 60)
    name = brief(str(comparator.get("label") or "England"), 60)
    yield f"{name}: {value_words(float(value), unit)}{f' ({period})' if period else ''}"


def source_words(item: Mapping[str, Any]) -> str:
    """Where an item comes from: its citation, or its files without their folders."""
    if item.get("cited"):
        return str(item["cited"])
    if "measure" not in item:
        return str(item.get("source") or "")
    names = str(item.get("source") or "").split(", ")
    return ", ".join(dict.fromkeys(map(source_name, names)))
