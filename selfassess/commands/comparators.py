"""``comparators list | show | import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.commands.options import workspace_folder

if TYPE_CHECKING:
    import datetime as dt

    from selfassess.comparing import Benchmarks, Council
    from selfassess.model.comparing import Comparator
    from selfassess.toolkit import Toolkit

__all__ = ["comparators"]


@click.group()
def comparators() -> None:
    """Published figures that readings are set beside; they are shown and never scored."""


@comparators.command("list")
@workspace_folder
def list_(folder: Path) -> None:
    """List the published indicators: England's latest figure, the unit, the better end."""
    toolkit, benchmarks = _load(folder)
    used = {m.same_as or m.completed_as: m.id for m in toolkit.library.measures.values()}
    click.echo(f"{'indicator':30} {'England':>9} {'unit':14} {'better':7} {'latest':27} measure")
    for indicator in benchmarks.indicators.values():
        england = benchmarks.of(indicator.id, benchmarks.ENGLAND)
        years = [year for year, figure in england.items() if figure.usable is not None]
        latest = max(years, default=None)
        value = "-" if latest is None else f"{england[latest].value:g}"
        period = "-" if latest is None else indicator.period_words(latest)
        better = indicator.polarity.removesuffix("-better")
        click.echo(
            f"{indicator.id:30} {value:>9} {indicator.unit:14} {better:7} {period:27} "
            f"{used.get(indicator.id, '')}".rstrip()
        )
    for shipped in toolkit.library.comparators.values():
        release = shipped.release
        click.echo(f"\n{release.title} ({release.id}, put together {release.vintage})")
        click.echo(f"{release.publisher}. {release.licence}: {release.licence_url}")
        for note in release.notes:
            click.echo(note)
    for each in benchmarks.imported:
        click.echo(f"Imported: {each.path}, {each.rows} rows of {each.table}")


@comparators.command()
@click.argument("indicator_id", metavar="INDICATOR")
@click.option("--council", "name", metavar="NAME|CODE", help="Also show this council's figures.")
@click.option("--as-at", "day", metavar="DATE", help="The latest figures by this day: 2026-03-31.")
@workspace_folder
def show(indicator_id: str, name: str | None, day: str | None, folder: Path) -> None:
    """Show what an indicator counts, its source and figures, and whether it separates grades."""
    import datetime as dt

    from selfassess.comparing.separation import verdict_words
    from selfassess.errors import UsageError, nearest

    _, benchmarks = _load(folder)
    indicator = benchmarks.indicators.get(indicator_id)
    if indicator is None:
        raise UsageError(
            f"'{indicator_id}' is no published indicator that is held.",
            hint=nearest(indicator_id, benchmarks.indicators)
            or "`selfassess comparators list` shows all.",
        )
    try:
        as_at = dt.date.fromisoformat(day) if day else None
    except ValueError as error:
        raise UsageError(f"--as-at: '{day}' is no date; write it as 2026-03-31.") from error
    council = _council(benchmarks, name) if name else None
    click.echo(f"{indicator.id}: {indicator.title}\n{indicator.definition}")
    click.echo(f"As published: {indicator.official_title}")
    better = indicator.polarity.replace("-better", " is better")
    click.echo(f"Unit: {indicator.unit}. Direction: {better}. Period: {indicator.period}.")
    source = benchmarks.sources.get(indicator.source_id, indicator.source_id)
    click.echo(f"Source: {source}. {indicator.publication}, updated {indicator.last_updated}.")
    if indicator.next_publication:
        click.echo(f"Next release: {indicator.next_publication}")
    click.echo("England:")
    for year, figure in sorted(benchmarks.of(indicator.id, benchmarks.ENGLAND).items()):
        value = f"{figure.value:g}" if figure.value is not None else f"({figure.status})"
        click.echo(f"  {indicator.period_words(year):34} {value:>9}")
    areas = [each for (of, _), each in sorted(benchmarks.separation.items()) if of == indicator.id]
    if areas:
        click.echo("Beside published grades (no grade follows from a figure):")
    for each in areas:
        click.echo(f"  {each.area:22} {verdict_words(each.verdict)}")
    if council is not None:
        _show_council(benchmarks, council, indicator.id, as_at)


def _show_council(
    benchmarks: Benchmarks, council: Council, indicator: str, as_at: dt.date | None
) -> None:
    from selfassess.comparing.compare import comparators_of

    click.echo(f"{council.name} ({council.code}, {council.region}):")
    for each in comparators_of(indicator, None, benchmarks, council, as_at):
        click.echo(f"  {_line(each)}")
        for point in each.points:
            value = f"{point.value:g}" if point.value is not None else f"({point.status})"
            click.echo(f"    {point.period:32} {value:>9}")


def _line(item: Comparator) -> str:
    value = "no figure" if item.value is None else f"{item.value:g}"
    spread = "" if item.low is None or item.high is None else f", {item.low:g} to {item.high:g}"
    what = {"neighbours": "middle ", "good-or-better": "middle "}.get(item.kind, "")
    shown = f"{what}{value}{spread}" if item.value is not None else value
    count = f", {item.n} with a figure" if item.kind in ("neighbours", "own-trend") else ""
    period = f"; {item.period}" if item.period else ""
    return f"{item.label}: {shown}{count}{period}. {item.note}".rstrip()


@comparators.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@workspace_folder
def import_(file: Path, folder: Path) -> None:
    """Load a newer release from FILE (CSV in the shipped shape); nothing is fetched.

    It moves comparators alone: band edges stay with their measures.
    """
    from selfassess.comparing.imports import import_release
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace

    workspace = load_workspace(folder)
    toolkit = Toolkit.for_workspace(workspace)
    taken = import_release(file, workspace.root, toolkit.library.comparators.values())
    done = "replaced" if taken.replaced else "wrote"
    click.echo(f"{done} {taken.path}: {taken.rows} rows of {taken.table}")
    click.echo("Comparators follow it at the next run; bands and signals do not.")


def _load(folder: Path) -> tuple[Toolkit, Benchmarks]:
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import CONFIG, load_workspace

    named = folder != Path() or (folder / CONFIG).is_file()
    workspace = load_workspace(folder) if named else None
    toolkit = Toolkit.for_workspace(workspace) if workspace else Toolkit.load()
    return toolkit, toolkit.benchmarks(workspace)


def _council(benchmarks: Benchmarks, name: str) -> Council:
    from selfassess.errors import UsageError, nearest

    named = {council.name.casefold(): council for council in benchmarks.councils.values()}
    found = benchmarks.council(name) or named.get(name.strip().casefold())
    if found is None:
        names = [council.name for council in benchmarks.councils.values()]
        raise UsageError(
            f"'{name}' is no council's name or code.", hint=nearest(name.strip().title(), names)
        )
    return found
