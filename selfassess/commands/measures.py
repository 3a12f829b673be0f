"""``measures list | show | sql | words``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.commands.options import packs_of, packs_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfassess.loading.library import Library
    from selfassess.model.measure import Setting

__all__ = ["measures"]


@click.group()
def measures() -> None:
    """Measures: what is counted, how, and how it is read."""


@measures.command("list")
@packs_option
def list_(workspace: Path | None) -> None:
    """List every measure with its unit and whether rows or published figures answer it."""
    from selfassess.toolkit import Toolkit

    toolkit = Toolkit.load(packs_of(workspace))
    for measure in toolkit.library.measures.values():
        how = "rows" if toolkit.is_computed(measure.id) else "published figures only"
        click.echo(f"{measure.id:38} {measure.unit:13} {how:23} {measure.title}")


@measures.command()
@click.argument("measure_id", metavar="ID")
@packs_option
def show(measure_id: str, workspace: Path | None) -> None:
    """Show a measure: what it can and cannot tell, its bands and their basis, what it reads."""
    from selfassess.judging.bands import band_text
    from selfassess.measuring.naming import settings_of
    from selfassess.toolkit import Toolkit

    toolkit = Toolkit.load(packs_of(workspace))
    measure = toolkit.measure(measure_id)
    click.echo(f"{measure.id}: {measure.title}\n{measure.why}")
    click.echo(f"Unit: {measure.unit}. Better: {measure.better}. About: {measure.about}.")
    click.echo(f"Topics: {', '.join(measure.topics)}")
    for way in measure.ways:
        click.echo(f"Way '{way.name}': {way.can_tell}")
    for band in measure.bands:
        scope = ", ".join(f"{k}={v}" for k, v in band.where.items()) or "all"
        vintage = f" {band.vintage}" if band.vintage else ""
        click.echo(f"Band ({scope}; {band.basis}{vintage}): {band_text(band)}")
    for setting in settings_of(measure, toolkit.library.views, toolkit.library.settings):
        click.echo(f"Reads the setting {setting.id} ({setting.title}): {_values(setting)}")
    if measure.source:
        click.echo(f"Source: {measure.source.title} {measure.source.url}")


@measures.command()
@click.argument("measure_id", metavar="ID")
@click.option("--dialect", default="duckdb", show_default=True, help="duckdb, postgres, spark …")
@packs_option
def sql(measure_id: str, dialect: str, workspace: Path | None) -> None:
    """Print the SQL that a measure compiles to."""
    from selfassess.toolkit import Toolkit

    click.echo(Toolkit.load(packs_of(workspace)).sql(measure_id, dialect))


@measures.command()
@packs_option
def words(workspace: Path | None) -> None:
    """List the words that measures share: topics, dimensions and settings."""
    from selfassess.toolkit import Toolkit

    for line in _words(Toolkit.load(packs_of(workspace)).library):
        click.echo(line)


def _words(library: Library) -> Iterator[str]:
    yield "Topics (what a measure, a criterion or an entry is about)"
    for topic in library.topics.values():
        yield f"  {topic.id:30} {topic.group:20} {topic.title}"
    yield "\nDimensions (parts of a whole, in 'by', 'dimensions' and 'where')"
    for dimension in library.dimensions.values():
        values = ", ".join(dimension.values) or "any value"
        yield f"  {dimension.id:30} {dimension.title}: {values}"
    yield "\nSettings (local standards: 'setting(name)', 'matches(x, name)')"
    for setting in library.settings.values():
        yield f"  {setting.id:30} {setting.title}: {_values(setting)}"


def _values(setting: Setting) -> str:
    """A setting's values as a workspace would write them, the fallback last."""
    said = []
    for value in sorted(setting.values, key=lambda each: -len(each.keys)):
        one = value.value
        text = ", ".join(one) if isinstance(one, tuple) else one
        text = f"{text:g}" if isinstance(text, (int, float)) else text
        keys = ", ".join(f"{key} {each}" for key, each in value.keys.items())
        said.append(f"{text} for {keys}" if keys else text)
    unit = f" ({setting.unit})" if setting.unit else ""
    return "; ".join(said) + unit
