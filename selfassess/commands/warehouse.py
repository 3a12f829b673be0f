"""``warehouse``: rows that lie in a database or a lake; loading them there, looking at them."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.commands.options import folder_argument

__all__ = ["warehouse"]


@click.group()
def warehouse() -> None:
    """Rows that lie in PostgreSQL, in Spark or in Parquet files, as selfassess.yaml says."""


@warehouse.command("load")
@folder_argument
def load(folder: Path) -> None:
    """Read the files of evidence and keep their rows in the warehouse: all of them or none.

    Tables that an earlier load made are replaced; no other table is touched.
    """
    from selfassess.commands.progress import progress
    from selfassess.toolkit import Toolkit
    from selfassess.warehouse_load import load_files
    from selfassess.workspace import load_workspace

    workspace = load_workspace(folder)
    with progress() as show:
        done = load_files(Toolkit.for_workspace(workspace), workspace, show)
    for problem in done.problems:
        click.echo(f"Warning: {problem}", err=True)
    for table, rows in done.rows:
        click.echo(f"{table:28} {rows:>10,}")
    click.echo(f"loaded into {done.name}")


@warehouse.command("show")
@folder_argument
def show(folder: Path) -> None:
    """Say which of our tables the warehouse holds, their rows, and what is amiss with them."""
    from textwrap import fill

    from selfassess.commands.progress import progress
    from selfassess.evidence.seen import seen_in
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace
    from selfassess.workspace.warehouse import open_warehouse, whose_rows

    workspace = load_workspace(folder)
    with progress():
        toolkit = Toolkit.for_workspace(workspace)
        engine = open_warehouse(workspace)
        found, problems = seen_in(engine, toolkit.library.tables, *whose_rows(workspace))
        engine.close()
    click.echo(engine.name)
    click.echo(f"\n{'table':28} {'lies at':36} {'rows':>12}  missing columns")
    for each in found:
        rows = "unusable" if each.rows is None else f"{each.rows:,}"
        place = each.place + (" (loaded)" if each.loaded else "")
        missing = ", ".join(each.missing)
        click.echo(f"{each.spec.id:28} {place[-36:]:36} {rows:>12}  {missing}".rstrip())
    if not found:
        click.echo("No table here has the name of one of ours.")
    there = {each.spec.id for each in found}
    absent = [each for each in toolkit.library.tables.values() if each.id not in there]
    parts = {each.dataset for each in toolkit.library.tables.values() if each.id in there}
    named = [each.id for each in absent if not each.dataset or each.dataset in parts]
    click.echo(fill(f"Not there: {', '.join(named) or 'none'}", 98, subsequent_indent="  "))
    for dataset in sorted({each.dataset for each in absent if each.dataset} - parts):
        click.echo(f"Nor any table of: {dataset} (selfassess tables list)")
    for problem in problems:
        click.echo(f"Warning: {problem}", err=True)
