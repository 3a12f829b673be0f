"""``region``: councils side by side from their assessment.json files, for moderation."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.commands.written import announce

__all__ = ["region"]


@click.command("region")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--audience",
    type=click.Choice(["internal", "partner", "public"]),
    help="For whom; what region.yaml says, or partner, if left out. Suppression is on for all.",
)
@click.option(
    "--with-claims",
    is_flag=True,
    help="Show what leaders claim beside the ceilings: internal contributions and audience only.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write; DIR/out if left out.",
)
def region(folder: Path, audience: str | None, with_claims: bool, out: Path | None) -> None:
    """Set councils side by side: a moderation pack without any child's data.

    DIR holds what councils contribute: assessment.json files under names of their own, or councils'
    folders; region.yaml may name them, or a warehouse that holds many councils' rows. Writes
    region.json, a PDF and an Excel workbook.
    """
    from selfassess.commands.progress import progress
    from selfassess.region import read_contributions, region_data, write_region
    from selfassess.region.contributions import left_out
    from selfassess.region.pack import earlier_of, keep_records
    from selfassess.toolkit import Toolkit

    settings, found = read_contributions(folder)
    toolkit = Toolkit.load(tuple(folder / path for path in settings.packs))
    library = toolkit.library
    failed: list[tuple[str, str]] = []
    with progress() as show:
        if settings.warehouse is not None:
            from selfassess.region.councils import assess_councils

            known = {each.code for each in found if each.code}
            assessed, failed = assess_councils(
                folder, settings, toolkit, besides=known, progress=show
            )
            found = (*found, *assessed)
        data, copies = region_data(
            settings,
            found,
            migrations=library.migrations,
            audience=audience,
            with_claims=with_claims,
            earlier=earlier_of(folder),
            failed=failed,
        )
        for name, why in failed:
            click.echo(f"{name} is left out: {why}", err=True)
        # The record goes first: a pack that left without one could not be reckoned with later.
        keep_records(folder, found, copies)
        written = write_region(data, out or folder / "out", library.templates, progress=show)
    for name in left_out(folder, settings):
        click.echo(f"{name} is left out: region.yaml does not name it.", err=True)
    announce(written)
