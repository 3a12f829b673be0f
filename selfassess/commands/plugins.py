"""``plugins list``."""

from __future__ import annotations

import click

__all__ = ["plugins"]


@click.group()
def plugins() -> None:
    """Plugins and packs: what is installed, what each brings, what failed."""


@plugins.command("list")
def list_() -> None:
    """List plugins with version, pack format, what each brings, and failures."""
    from selfassess.toolkit import Toolkit

    toolkit = Toolkit.load()
    for info in toolkit.registry.plugins:
        if info.failure:
            click.echo(f"{info.name:22} {info.version:9} FAILED: {info.failure}")
            continue
        brings = toolkit.brought_by(info)
        click.echo(f"{info.name:22} {info.version:9} api {info.api or '-'}  {brings}")
