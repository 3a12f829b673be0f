"""How data quality looks in ``assessment.json`` and in ``quality.csv``: counts, never a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from selfassess.model.quality import QualityResult
from selfassess.writing.spreadsheet_text import safe

__all__ = ["quality", "quality_csv", "quality_lines"]

_ORDER = {"serious": 0, "moderate": 1, "minor": 2}


def quality(item: QualityResult) -> dict[str, Any]:
    """A rule with what it found and which measures that weakens."""
    return {
        "id": item.rule.id,
        "title": item.rule.title,
        "table": item.rule.table,
        "severity": item.rule.severity,
        "status": item.status,
        "reason": item.reason or None,
        "count": item.count,
        "base": item.base,
        "share": _share(item.share),
        "columns": list(item.rule.columns),
        "why": item.rule.why,
        "remedy": item.rule.remedy,
        "weakens": [
            {"measure": each.measure, "share": _share(each.share)} for each in item.weakens
        ],
    }


def quality_csv(items: Iterable[QualityResult]) -> bytes:
    """Every rule, a line each; no content of any cell."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(
        ("rule", "title", "table", "severity", "status", "count", "base", "share", "weakens")
    )
    for item in items:
        weakens = "; ".join(f"{each.measure} {_percent(each.share)}" for each in item.weakens)
        share = _share(item.share)
        cells = (
            item.rule.id,
            item.rule.title,
            item.rule.table,
            item.rule.severity,
            item.reason or item.status,
            "" if item.count is None else item.count,
            "" if item.base is None else item.base,
            "" if share is None else share,
            weakens,
        )
        writer.writerow([safe(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def quality_lines(items: Iterable[QualityResult]) -> list[str]:
    """The summary as text: a line a rule that rows break, the most serious first."""
    found = list(items)
    broken = [item for item in found if item.count]
    broken.sort(key=lambda item: (_ORDER[item.rule.severity], -(item.share or 0), item.rule.id))
    lines = [f"Data quality: {len(found)} rules asked, {len(broken)} broken."]
    for item in broken:
        assert item.count is not None and item.share is not None  # noqa: S101,PT018 - it is broken
        of = f"{item.count} of {item.base} rows ({_percent(item.share)})"
        lines.append(f"    {item.rule.severity:9} {of:28} {item.rule.title} [{item.rule.id}]")
    lines += [
        f"    not asked: {item.rule.title} [{item.rule.id}]: {item.reason}"
        for item in found
        if item.status != "ok"
    ]
    return [*lines, ""]


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 6)


def _percent(share: float) -> str:
    """A share in words; what is there never reads as nothing."""
    percent = share * 100
    return "under 0.1%" if 0 < percent < 0.1 else f"{percent:.1f}".removesuffix(".0") + "%"
