"""``demo`` and ``init``: a workspace to try, a workspace to fill."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["demo", "init"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo-council"))
@click.option(
    "--rows",
    default=6000,
    show_default=True,
    type=click.IntRange(200),
    help="Rows over the eleven lists.",
)
@click.option("--seed", default=1, show_default=True, help="Another seed, another council.")
def demo(folder: Path, rows: int, seed: int) -> None:
    """Write an invented council's workspace into FOLDER and run it to a PDF.

    The problems planted in it are listed in FOLDER/ABOUT.md.
    """
    from selfassess.commands.assess import run_workspace
    from selfassess.commands.progress import progress
    from selfassess.commands.written import announce
    from selfassess.demo import write_demo
    from selfassess.errors import UsageError

    if folder.exists() and any(folder.iterdir()):
        raise UsageError(
            f"{folder} is not empty.", hint="Name a new folder: selfassess demo my-demo"
        )
    with progress() as show:
        write_demo(folder, rows=rows, seed=seed, progress=show)
        written = run_workspace(folder, formats=("pdf", "html", "json"), progress=show)
    announce(written)
    click.echo(f"About this council and what is planted in it: {folder / 'ABOUT.md'}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--council", required=True, help="The council's name, as the report shall print it.")
@click.option("--framework", "framework_id", required=True, help="For example ofsted-ilacs.")
@click.option("--edition", help="For example 2026-04; the latest in force if left out.")
def init(folder: Path, council: str, framework_id: str, edition: str | None) -> None:
    """Write an empty workspace into FOLDER, with a page that says what each file is."""
    from selfassess.scaffold import write_workspace
    from selfassess.toolkit import Toolkit

    library = Toolkit.load().library
    framework = library.framework(framework_id, edition)
    written = write_workspace(folder, council=council, framework=framework, tables=library.tables)
    for path in written:
        click.echo(f"wrote {path}")
    name = f'"{folder}"' if " " in str(folder) else str(folder)  # these lines are pasted
    click.echo(
        f"\nNext: put the Annex A workbook into {folder / 'evidence'}, then\n"
        f"  selfassess check {name}\n  selfassess run {name}"
    )
