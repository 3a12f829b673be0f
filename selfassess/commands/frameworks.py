"""``frameworks list | show | check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from selfassess.model.framework import Node

__all__ = ["frameworks"]


@click.group()
def frameworks() -> None:
    """Inspection frameworks: what is installed, what it says, whether a file is sound."""


@frameworks.command("list")
def list_() -> None:
    """List installed frameworks and their editions."""
    from selfassess.toolkit import Toolkit

    for framework in Toolkit.load().library.frameworks.values():
        dates = f"{framework.in_force_from or '?'} to {framework.in_force_to or 'now'}"
        click.echo(f"{framework.reference:38} {framework.status:11} {dates:26} {framework.title}")


@frameworks.command()
@click.argument("framework_id", metavar="ID")
@click.option("--edition", help="The latest in force if left out.")
def show(framework_id: str, edition: str | None) -> None:
    """Show a framework as a tree; ID may carry the edition: ofsted-ilacs@2018."""
    from selfassess.toolkit import Toolkit

    family, _, named = framework_id.partition("@")
    framework = Toolkit.load().library.framework(family, edition or named or None)
    click.echo(f"{framework.title} ({framework.reference}, {framework.kind}, {framework.status})")
    click.echo(f"Source: {framework.source.title}. {framework.source.url}")
    for scale in framework.scales:
        click.echo(f"Scale {scale.id}: " + " > ".join(level.title for level in scale.levels))
    for node in framework.nodes:
        _tree(node, 0)
    if framework.ceilings:
        click.echo("Rules:")
    for rule in framework.ceilings:
        effect = f"at most {rule.at_most}" if rule.at_most else "flag only"
        click.echo(f"  {rule.id}: {effect}. {rule.because}")


def _tree(node: Node, depth: int) -> None:
    mark = " [unverified]" if node.provenance == "unverified" else ""
    click.echo(f"{'  ' * depth}{node.id}  {node.title}{mark}")
    for child in node.nodes:
        _tree(child, depth + 1)


@frameworks.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check framework files; every problem at once, as file:line:column."""
    from selfassess.errors import FrameworkError
    from selfassess.toolkit import Toolkit

    problems = Toolkit.load().check_framework_files(files)
    if problems:
        raise FrameworkError(problems=problems)
    for file in files:
        click.echo(f"{file}: sound")
