"""``cases``: what inspectors found, as tests."""

from __future__ import annotations

import json
from pathlib import Path

import click

from selfassess.commands.options import packs_of, packs_option

__all__ = ["cases"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option(
    "--keep", type=click.Path(path_type=Path), help="Leave each case's assessment.json here."
)
@packs_option
def cases(folder: Path, workspace: Path | None, *, as_json: bool, keep: Path | None) -> None:
    """Run the case files in FOLDER and compare what is said with what must be said.

    FOLDER may be one case file. With --workspace, frameworks and measures of its packs are known.

    Exits 15 where an expectation is missed.
    """
    from selfassess.errors import CaseError
    from selfassess.testing.cases import run_cases
    from selfassess.toolkit import Toolkit

    result = run_cases(folder, Toolkit.load(packs_of(workspace)), keep=keep)
    if as_json:
        click.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=1))
    else:
        for line in result.lines():
            click.echo(line)
    if missed := result.missed:
        raise CaseError(f"{missed} of {result.total} expectations were not met.")
