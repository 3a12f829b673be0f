"""``compare``: what changed from one assessment to a later one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from selfassess.errors import UsageError

__all__ = ["compare"]

_MOST = 40


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON, as in assessment.json.")
@click.option("--all", "every", is_flag=True, help="Print every line, not the first forty of each.")
@click.option(
    "--format",
    "formats",
    default="",
    help="Write NEW's report with the page on what changed since OLD: pdf, html.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for --format; one that holds no other report.",
)
def compare(
    old: Path, new: Path, *, as_json: bool, every: bool, formats: str, out: Path | None
) -> None:
    """Tell what changed from the assessment OLD to the later assessment NEW.

    Both are assessment.json files of one council. Their framework's editions may differ: criteria
    are then followed along the migration files, and the overlap is told.
    """
    from selfassess.assessment.changes import nodes_between, read_assessment
    from selfassess.changes.compare import compare as compare_assessments
    from selfassess.changes.compare import refuse
    from selfassess.changes.nodes import Nodes

    before, after = read_assessment(old), read_assessment(new)
    refuse(before, after)
    nodes = Nodes()
    if before["framework"].get("edition") != after["framework"].get("edition"):
        from selfassess.toolkit import Toolkit

        nodes = nodes_between(Toolkit.load().library, before, after)
    found = compare_assessments(before, after, nodes)
    if formats:
        _report(after, {"file": old.name, **found}, formats, out)
        return
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for line in _lines(found, most=None if every else _MOST):
        click.echo(line)


def _report(
    after: Mapping[str, Any], changes: Mapping[str, Any], formats: str, out: Path | None
) -> None:
    """Write the later assessment's report as if it had been run since the earlier one."""
    from selfassess.commands.progress import progress
    from selfassess.commands.written import announce
    from selfassess.report.output import render
    from selfassess.toolkit import Toolkit
    from selfassess.writing.files import replace_file
    from selfassess.writing.json_text import json_lines

    chosen = [part.strip() for part in formats.split(",") if part.strip()]
    if out is None or not {*chosen} <= {"pdf", "html"}:
        raise UsageError(
            "--format takes pdf and html, and needs --out.",
            hint="selfassess compare OLD.json NEW.json --format pdf,html --out since-march",
        )
    path = out / "assessment.json"
    if path.exists():
        raise UsageError(
            f"{out}: holds an assessment already.", hint="Name a folder of its own for this report."
        )
    replace_file(path, json_lines({**after, "changes": changes}))
    with progress() as show:
        templates = Toolkit.load().library.templates
        announce(render(path, out, chosen, templates, progress=show))


def _lines(found: Mapping[str, Any], most: int | None) -> Iterator[str]:
    yield found["text"]
    if found["nothing"]:
        return
    yield found["overlap"]["text"]
    readings, findings = found["readings"], found["findings"]
    told = (
        ("Readings that moved", [_reading(each) for each in _ordered(readings["moved"])]),
        (
            "Readings that cannot be compared",
            [f"{each['title']}: {each['why']}" for each in readings["incomparable"]],
        ),
        ("Readings with a figure only now", [each["title"] for each in readings["gained"]]),
        ("Readings without a figure now", [each["title"] for each in readings["lost"]]),
        ("New findings", [_finding(each) for each in findings["new"]]),
        ("Resolved findings", [_finding(each) for each in findings["resolved"]]),
        (
            "Findings of another kind now",
            [f"{_finding(each)} (was: {each['old_kind']})" for each in findings["changed"]],
        ),
        (
            "Findings on what this edition no longer asks",
            [_finding(each) for each in findings["no_longer_asked"]],
        ),
        (
            "Ceilings and statuses",
            [f"{each['node']} {each['title']}: {each['text']}" for each in found["statuses"]],
        ),
        (
            "What leaders say",
            [f"{each['title']}, {each['field']}: {each['text']}" for each in found["claims"]],
        ),
        ("Evidence that expired", [f"{each['id']}: {each['text']}" for each in found["expired"]]),
        ("The plan", [f"{each['id']} {each['title']}: {each['text']}" for each in found["plan"]]),
    )
    for heading, lines in told:
        if not lines:
            continue
        yield ""
        yield f"{heading} ({len(lines)})"
        yield from (f"  {line}" for line in lines[:most])
        if most is not None and len(lines) > most:
            yield f"  … and {len(lines) - most} more (--all)"
    if readings["left_out"]:
        yield ""
        yield (
            f"{readings['left_out']} parts of readings that moved a little within their signal are "
            "not listed."
        )


def _ordered(moved: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What got worse beyond chance first, then what got better so, then wholes, then parts."""
    ways = {"worse": 0, "better": 1}
    return sorted(
        moved,
        key=lambda each: (
            each["beyond_chance"] is not True,
            ways.get(each["direction"], 2),
            bool(each["where"]),
        ),
    )


def _reading(each: Mapping[str, Any]) -> str:
    where = ", ".join(str(value) for value in each["where"].values())
    signal = f"{each['old_signal'] or 'no signal'} to {each['new_signal'] or 'no signal'}"
    unit = "%" if each["unit"] == "percent" else f" {str(each['unit']).replace('-', ' ')}"
    return (
        f"{each['title']}{f' ({where})' if where else ''}: {_number(each['old'])} to "
        f"{_number(each['new'])}{unit}, {each['direction']}, {signal}. {each['text']}"
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _finding(each: Mapping[str, Any]) -> str:
    return f"[{each['kind']}] {each['text']}"
