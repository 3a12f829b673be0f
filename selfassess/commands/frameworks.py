"""``frameworks list | show | check | new | schema | sheet | from-sheet``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.commands.framework_upgrade import diff, upgrade
from selfassess.commands.options import packs_of, packs_option
from selfassess.errors import FrameworkError, UsageError

if TYPE_CHECKING:
    from selfassess.loading.library import Library
    from selfassess.model.framework import Framework

__all__ = ["frameworks"]

SCHEMA_FILE = "framework.schema.json"

framework_argument = click.argument("framework_id", metavar="ID")
edition_option = click.option("--edition", help="The latest in force if left out.")


@click.group()
def frameworks() -> None:
    """Inspection frameworks: what is installed, what it says, whether a file is sound."""


@frameworks.command("list")
@packs_option
def list_(workspace: Path | None) -> None:
    """List installed frameworks and their editions."""
    from selfassess.toolkit import Toolkit

    for framework in Toolkit.load(packs_of(workspace)).library.frameworks.values():
        dates = f"{framework.in_force_from or '?'} to {framework.in_force_to or 'now'}"
        click.echo(f"{framework.reference:38} {framework.status:11} {dates:26} {framework.title}")


@frameworks.command()
@framework_argument
@edition_option
@click.option(
    "--resolved",
    is_flag=True,
    help="As one YAML file that stands on its own, what it extends written out.",
)
@packs_option
def show(framework_id: str, edition: str | None, workspace: Path | None, *, resolved: bool) -> None:
    """Show a framework as a tree; ID may carry the edition: ofsted-ilacs@2018."""
    from selfassess.toolkit import Toolkit

    framework = _framework(Toolkit.load(packs_of(workspace)).library, framework_id, edition)
    if resolved:
        from selfassess.loading.dump import framework_yaml

        click.echo(framework_yaml(framework, comment=_origin(framework)), nl=False)
        return
    from selfassess.commands.framework_text import framework_lines

    for line in framework_lines(framework):
        click.echo(line)


@frameworks.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Take remarks on the content as errors.")
@packs_option
def check(files: tuple[Path, ...], workspace: Path | None, *, strict: bool) -> None:
    """Check framework files, crosswalks and overlays: every problem at once, with its place.

    A file that lies in a pack may name the measures and words of that pack, and extend its
    frameworks. `selfassess plugins check FOLDER` checks a whole pack.

    Then come remarks on the content: what is right in form, but thin, unused or without effect. A
    file explains a remark that stands in its list 'lint'.
    """
    from selfassess.toolkit import Toolkit

    toolkit = Toolkit.beside(files, packs_of(workspace))
    problems = toolkit.check_framework_files(files)
    if problems:
        raise FrameworkError(problems=problems)
    remarks = toolkit.remarks_on_framework_files(files)
    if remarks and strict:
        raise FrameworkError(problems=remarks)
    for file in files:
        click.echo(f"{file}: sound")
    for remark in remarks:
        click.echo(str(remark))


@frameworks.command()
@click.argument("framework_id", metavar="ID")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--title", help="The framework's title.")
@click.option(
    "--kind",
    type=click.Choice(["graded", "narrative"]),
    default="graded",
    show_default=True,
    help="Whether people give grades under it.",
)
def new(framework_id: str, file: Path | None, title: str | None, kind: str) -> None:
    """Write a commented starter for a framework of your own; FILE is ID.yaml if left out."""
    from selfassess.loading.identifiers import is_id
    from selfassess.loading.starter import starter
    from selfassess.toolkit import Toolkit

    if not is_id(framework_id):
        raise UsageError(
            f"'{framework_id}' cannot be a framework's id: letters, digits, '-', '.', '_' only.",
            hint="Write it as in ofsted-ilacs.",
        )
    path = file or Path(f"{framework_id}.yaml")
    library = Toolkit.load().library
    text = starter(
        framework_id,
        title or framework_id,
        kind,
        topics=tuple(library.topics.values()),
        file=path.name,
    )
    _write_new(path, text.encode())
    _schema_beside(path)
    click.echo(f"Next: edit it, then `selfassess frameworks check {path}`.")


@frameworks.command()
def schema() -> None:
    """Print the JSON Schema of framework files, for editors that complete and check."""
    from selfassess.loading.schema import framework_schema_text

    click.echo(framework_schema_text(), nl=False)


@frameworks.command()
@framework_argument
@edition_option
@click.option("--out", type=click.Path(path_type=Path), help="ID-EDITION.xlsx if left out.")
@packs_option
def sheet(framework_id: str, edition: str | None, out: Path | None, workspace: Path | None) -> None:
    """Write a framework as an Excel workbook that can be edited and read back."""
    from selfassess.loading.sheet.write import framework_workbook
    from selfassess.toolkit import Toolkit

    library = Toolkit.load(packs_of(workspace)).library
    framework = _framework(library, framework_id, edition)
    path = out or Path(f"{framework.id}-{framework.edition}.xlsx")
    _write_new(path, framework_workbook(framework, library))


@frameworks.command("from-sheet")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="FILE.yaml if left out.")
@packs_option
def from_sheet(file: Path, out: Path | None, workspace: Path | None) -> None:
    """Turn a workbook that `sheet` wrote back into YAML; a fault names its sheet and cell."""
    from selfassess.loading.dump import framework_yaml
    from selfassess.loading.sheet.read import read_workbook
    from selfassess.toolkit import Toolkit

    framework = read_workbook(file, Toolkit.load(packs_of(workspace)).library)
    path = out or file.with_suffix(".yaml")
    _write_new(path, framework_yaml(framework, comment=f"Made from {file.name}.").encode())
    _schema_beside(path)


def _framework(library: Library, framework_id: str, edition: str | None) -> Framework:
    family, _, named = framework_id.partition("@")
    return library.framework(family, edition or named or None)


def _origin(framework: Framework) -> str:
    text = f"{framework.reference}, whole."
    return (
        f"{text} It was written as changes to {framework.extends}." if framework.extends else text
    )


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet; somebody's work is never written over."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(content)
    except FileExistsError as error:
        raise UsageError(
            f"{path} exists already, and is not written over.",
            hint="Name another file, or move that one away.",
        ) from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}.") from error
    click.echo(f"wrote {path}")


def _schema_beside(path: Path) -> None:
    """Put the JSON Schema where the file's first line says it is, unless one is there."""
    from selfassess.loading.schema import framework_schema_text

    beside = path.parent / SCHEMA_FILE
    if not beside.exists():
        beside.write_text(framework_schema_text(), encoding="utf-8", newline="\n")
        click.echo(f"wrote {beside}")


frameworks.add_command(diff)
frameworks.add_command(upgrade)
