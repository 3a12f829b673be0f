"""How comparators look in ``assessment.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from selfassess.assessment.parts import number

if TYPE_CHECKING:
    from selfassess.comparing import Comparison, Twin
    from selfassess.model.comparing import Comparator, Shipped

__all__ = ["beside", "summary"]


def beside(comparison: Comparison | None, reading: str) -> dict[str, Any]:
    """What stands beside a reading: its comparators, or its twin over completed work."""
    twin = comparison.twins.get(reading) if comparison else None
    found = comparison.by_reading.get(reading, ()) if comparison else ()
    return {
        "comparators": [_comparator(each) for each in found],
        "twin": _twin(twin) if twin else None,
    }


def summary(comparison: Comparison | None, shipped: Mapping[str, Shipped]) -> dict[str, Any]:
    """Whose figures were compared with which releases, or why nothing was."""
    council = comparison.council if comparison else None
    return {
        "council": {"name": council.name, "code": council.code, "region": council.region}
        if council
        else None,
        "note": comparison.note if comparison else "",
        "releases": [
            {
                "id": each.release.id,
                "title": each.release.title,
                "publisher": each.release.publisher,
                "licence": each.release.licence,
                "licence_url": each.release.licence_url,
                "attribution": each.release.attribution,
                "vintage": each.release.vintage,
                "notes": list(each.release.notes),
            }
            for each in shipped.values()
        ],
        "imported": [
            {"path": each.path, "table": each.table, "rows": each.rows, "sha256": each.sha256}
            for each in (comparison.imported if comparison else ())
        ],
    }


def _comparator(item: Comparator) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "label": item.label,
        "value": number(item.value),
        "low": number(item.low),
        "high": number(item.high),
        "n": item.n,
        "withheld": item.withheld,
        "period": item.period,
        "source": item.source,
        "note": item.note,
        "points": [
            {"period": point.period, "value": number(point.value), "status": point.status}
            for point in item.points
        ],
        "line": number(item.line),
        "past_line": item.past_line,
    }


def _twin(twin: Twin) -> dict[str, Any]:
    reading = twin.reading
    england = next((each for each in twin.comparators if each.kind == "england"), None)
    value, base = number(reading.value), number(reading.denominator)
    here = _shown(value, reading.unit)
    text = f"Counted as published figures are, over completed work only: {here}"
    text += f" ({number(reading.numerator)} of {base})" if base is not None else ""
    if england is not None and england.value is not None:
        text += f"; England {_shown(number(england.value), reading.unit)}, {england.period}"
    return {
        "value": value,
        "numerator": number(reading.numerator),
        "denominator": base,
        "unit": reading.unit,
        "status": reading.status,
        "text": f"{text}. What is open and overdue is not in it.",
        "comparators": [_comparator(each) for each in twin.comparators],
    }


def _shown(value: float | int | None, unit: str) -> str:
    if value is None:
        return "no figure"
    return f"{round(value, 1):g}{'%' if unit == 'percent' else ''}"
