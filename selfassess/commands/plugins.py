"""``plugins list | check | schema``."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.commands.options import packs_of, packs_option

__all__ = ["plugins"]


@click.group()
def plugins() -> None:
    """Plugins and packs: what is installed, what each brings, what failed."""


@plugins.command("list")
@packs_option
def list_(workspace: Path | None) -> None:
    """List plugins with version, pack format, what each brings, and failures."""
    from selfassess.toolkit import Toolkit

    toolkit = Toolkit.load(packs_of(workspace))
    for info in toolkit.registry.plugins:
        if info.failure:
            click.echo(f"{info.name:22} {info.version:9} FAILED: {info.failure}")
            continue
        brings = toolkit.brought_by(info)
        click.echo(f"{info.name:22} {info.version:9} api {info.api or '-'}  {brings}")


@plugins.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(folders: tuple[Path, ...]) -> None:
    """Check packs, by their folders, beside what is installed: every fault, with its place.

    A pack that is installed as well is checked as the folder has it.
    """
    from selfassess.registry import read_pack
    from selfassess.toolkit import Toolkit

    toolkit = Toolkit.load(folders, instead=True)
    ids = [read_pack(folder, plugin="").id for folder in folders]
    toolkit.check_indicators(ids)
    for folder, pack in zip(folders, ids, strict=True):
        (info,) = (i for i in toolkit.registry.plugins if pack in {p.id for p in i.packs})
        click.echo(f"{folder}: sound: {toolkit.brought_by(info)}")


@plugins.command()
def schema() -> None:
    """Print the JSON Schema of a pack's files, for editors that complete and check."""
    from selfassess.loading.pack_schema import pack_schema_text

    click.echo(pack_schema_text(), nl=False)
