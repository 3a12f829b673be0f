"""What moderators may ask each council: why it differs, cannot count, or counts otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.region.words import figure_words
from selfassess.report.words import plural

__all__ = ["ASIDE", "KINDS", "questions"]

KINDS = ("differs", "alone past its band", "cannot count", "counts differently", "rows set aside")
ASIDE = 5
"""From this share of rows set aside on, in per cent, a council is asked about them (ours)."""
_PAST = ("attention", "concern", "critical")


def questions(
    names: Sequence[str],
    measures: Iterable[Mapping[str, Any]],
    apart: Iterable[Mapping[str, Any]],
    quality: Mapping[str, Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Questions in the region's order of councils, what differs first.

    Args:
        names: the councils.
        measures: the comparisons.
        apart: measures that cannot be compared.
        quality: what was set aside, by council.
    """
    found: list[dict[str, Any]] = []
    for item in measures:
        found += _of_figures(item)
        found += _of_gaps(item)
    found += [
        _question(each["council"], "counts differently", item, _otherwise(item["title"]))
        for item in apart
        if len(item["differently"]) > 1
        for each in item["differently"]
    ]
    for name in names:
        share = quality[name]["share"]
        if share is not None and share >= ASIDE:
            text = (
                f"{share}% of the rows in your lists were set aside. Which lists are they in, and "
                "which figures here would be others with them?"
            )
            found.append(_question(name, "rows set aside", None, text))
    found.sort(key=lambda each: (names.index(each["council"]), KINDS.index(each["kind"])))
    return found


def _question(council: str, kind: str, item: Mapping[str, Any] | None, text: str) -> dict[str, Any]:
    measure = item["measure"] if item else None
    return {"council": council, "kind": kind, "measure": measure, "text": text}


def _of_figures(item: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    rows = item["councils"]
    past = [row for row in rows if row["signal"] in _PAST]
    shown = [row for row in rows if row["signal"] is not None]
    for row in rows:
        beside = row["beside"]
        if beside is not None and beside["beyond_chance"]:
            yield _question(row["council"], "differs", item, _differs(item, row))
        elif past == [row] and len(shown) > 2:
            text = (
                f"{item['title']}: {figure_words(row['value'], item['unit'])}. Yours alone, of "
                f"{len(shown)} that are shown, is past its band. Why do you differ here?"
            )
            yield _question(row["council"], "alone past its band", item, text)


def _differs(item: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    beside, unit = row["beside"], item["unit"]
    better = {"higher": beside["higher"], "lower": not beside["higher"]}.get(item["better"])
    ask = "Is it recorded alike, and why do you differ here?"
    if better:
        ask = "Is it recorded alike? If so: why do you differ here, and what can others learn?"
    return (
        f"{item['title']}: {figure_words(row['value'], unit)}, in the others together "
        f"{figure_words(beside['rest'], unit)}; that is more than chance. {ask}"
    )


def _of_gaps(item: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    able = len(item["councils"])
    for each in item["missing"]:
        text = (
            f"{item['title']}: {plural(able, 'councils')} can count it, you cannot "
            f"({each['why']}). What would it take?"
        )
        yield _question(each["council"], "cannot count", item, text)
    for each in item["differently"]:
        yield _question(each["council"], "counts differently", item, _otherwise(item["title"]))


def _otherwise(title: str) -> str:
    return (
        f"{title}: you count it another way than the others. Which standard, list or version is "
        "behind that, and could it be the common one?"
    )
