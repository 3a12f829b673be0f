"""``measures list | show | sql``."""

from __future__ import annotations

import click

__all__ = ["measures"]


@click.group()
def measures() -> None:
    """Measures: what is counted, how, and how it is read."""


@measures.command("list")
def list_() -> None:
    """List every measure with its unit and whether rows or published figures answer it."""
    from selfassess.toolkit import Toolkit

    toolkit = Toolkit.load()
    for measure in toolkit.library.measures.values():
        how = "rows" if toolkit.is_computed(measure.id) else "published figures only"
        click.echo(f"{measure.id:38} {measure.unit:13} {how:23} {measure.title}")


@measures.command()
@click.argument("measure_id", metavar="ID")
def show(measure_id: str) -> None:
    """Show a measure: what it can and cannot tell, its bands and their basis."""
    from selfassess.judging.bands import band_text
    from selfassess.toolkit import Toolkit

    measure = Toolkit.load().measure(measure_id)
    click.echo(f"{measure.id}: {measure.title}\n{measure.why}")
    click.echo(f"Unit: {measure.unit}. Better: {measure.better}. About: {measure.about}.")
    click.echo(f"Topics: {', '.join(measure.topics)}")
    for way in measure.ways:
        click.echo(f"Way '{way.name}': {way.can_tell}")
    for band in measure.bands:
        scope = ", ".join(f"{k}={v}" for k, v in band.where.items()) or "all"
        vintage = f" {band.vintage}" if band.vintage else ""
        click.echo(f"Band ({scope}; {band.basis}{vintage}): {band_text(band)}")
    if measure.source:
        click.echo(f"Source: {measure.source.title} {measure.source.url}")


@measures.command()
@click.argument("measure_id", metavar="ID")
@click.option("--dialect", default="duckdb", show_default=True, help="duckdb, postgres, spark …")
def sql(measure_id: str, dialect: str) -> None:
    """Print the SQL that a measure compiles to."""
    from selfassess.toolkit import Toolkit

    click.echo(Toolkit.load().sql(measure_id, dialect))
