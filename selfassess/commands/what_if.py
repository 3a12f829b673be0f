"""``what-if``: a measure as it is, and as it would be with another limit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.commands.options import DateType

if TYPE_CHECKING:
    from selfassess.model.assessment import JudgedReading
    from selfassess.what_if import PartChange, WhatIf

__all__ = ["what_if"]


@click.command("what-if")
@click.argument("measure")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--setting",
    "settings",
    metavar="ID=VALUE",
    multiple=True,
    help="Another value of a local standard: visit-working-days[plan=cp]=15; may be repeated.",
)
@click.option("--limit", type=float, help="Another number for the limit in the measure's clock.")
@click.option("--as-at", type=DateType(), help="As for run.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def what_if(
    measure: str,
    folder: Path,
    settings: tuple[str, ...],
    limit: float | None,
    as_at: dt.date | None,
    *,
    as_json: bool,
) -> None:
    """Measure MEASURE twice: as it is, and with another limit. Nothing is written.

    A limit is not made easier by this: to change a local standard, write it into selfassess.yaml
    with who and why.
    """
    import json

    from selfassess.toolkit import Toolkit
    from selfassess.what_if import what_if as ask
    from selfassess.workspace import load_workspace

    workspace = load_workspace(folder)
    toolkit = Toolkit.for_workspace(workspace)
    found = ask(toolkit, workspace, measure, settings=settings, limit=limit, as_at=as_at)
    if as_json:
        click.echo(json.dumps(_dict(found), indent=1, ensure_ascii=False))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: WhatIf) -> Iterator[str]:
    yield f"{found.measure.title} ({found.measure.id}), as at {found.as_at.isoformat()}"
    for change in found.changes:
        yield f"with {change.what}: {change.after}, in place of {change.before}"
    yield ""
    whole = found.whole
    yield f"{'':34} {'now':>24} {'then':>24}"
    yield f"{'whole':34} {_shown(whole.before):>24} {_shown(whole.after):>24}"
    for part in found.parts:
        label = ", ".join(f"{key} {value}" for key, value in part.reading.where)
        moved = f"   {part.changed} changed" if part.changed else ""
        yield f"{label[:34]:34} {_shown(part.before):>24} {_shown(part.after):>24}{moved}"
    yield ""
    for side, item in (("now", whole.before), ("then", whole.after)):
        if item is not None and item.reading.reason:
            yield f"{side}: {item.reading.reason}"
    yield f"{whole.changed} {found.counted} change."
    for (was, became), count in found.moves.items():
        now = became if was != became else "the same, with another value"
        yield f"  {count}: {was}, then {now}"
    yield "Nothing was written."


def _shown(item: JudgedReading | None) -> str:
    from selfassess.report.words import value_words

    value = item.reading.value if item is not None else None
    if item is None or value is None:
        return "no figure"
    reading = item.reading
    base = ""
    if reading.unit == "percent" and reading.denominator is not None:
        base = f" of {reading.denominator:g}"
    return f"{value_words(value, reading.unit)}{base} {item.signal or reading.status}"


def _dict(found: WhatIf) -> dict[str, Any]:
    return {
        "measure": found.measure.id,
        "title": found.measure.title,
        "unit": found.measure.unit,
        "as_at": found.as_at.isoformat(),
        "changes": [
            {"what": each.what, "before": each.before, "after": each.after}
            for each in found.changes
        ],
        "counted": found.counted,
        **_part(found.whole),
        "moves": [
            {"before": was, "after": became, "count": count}
            for (was, became), count in found.moves.items()
        ],
        "parts": [{"where": dict(part.reading.where), **_part(part)} for part in found.parts],
    }


def _part(part: PartChange) -> dict[str, Any]:
    return {"before": _reading(part.before), "after": _reading(part.after), "changed": part.changed}


def _reading(item: JudgedReading | None) -> dict[str, Any] | None:
    if item is None:
        return None
    from selfassess.assessment.parts import number

    reading = item.reading
    return {
        "value": number(reading.value),
        "numerator": number(reading.numerator),
        "denominator": number(reading.denominator),
        "status": reading.status,
        "reason": reading.reason,
        "signal": item.signal,
    }
