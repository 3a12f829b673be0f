"""Options and arguments that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from selfassess.errors import UsageError

if TYPE_CHECKING:
    from selfassess.workspace import Workspace

__all__ = [
    "DateType",
    "folder_argument",
    "kept_workspace",
    "named_folder",
    "packs_of",
    "packs_option",
    "template_option",
    "workspace_folder",
]

F = TypeVar("F", bound=Callable[..., Any])
_DIR = "selfassess.dir"


class DateType(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.2 only
    """A date written as in the files: ``2026-09-30`` or ``30/09/2026``."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Read a date, or say how to write one."""
        if isinstance(value, dt.date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return dt.datetime.strptime(value, form).date()
            except ValueError:
                continue
        return self.fail(
            f"'{value}' is not a date. Write it as 2026-09-30 or 30/09/2026.", param, ctx
        )


template_option = click.option(
    "--template", metavar="ID", help="Another report template than the workspace's, or the default."
)
packs_option = click.option(
    "--workspace",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Also look in the packs that this workspace lists; or in this pack, by its own folder.",
)
folder_argument = click.argument("folder", type=click.Path(path_type=Path), default=Path())


def workspace_folder(command: F) -> F:
    """A workspace as the last argument, FOLDER, or as ``--dir FOLDER``; else the current folder."""
    command = click.option(
        "--dir",
        metavar="FOLDER",
        type=click.Path(path_type=Path, file_okay=False),
        help="The workspace, in place of FOLDER; the current folder if both are left out.",
        is_eager=True,
        expose_value=False,
        callback=_keep,
    )(command)
    return click.argument(
        "folder",
        required=False,
        type=click.Path(path_type=Path, file_okay=False),
        callback=_folder,
    )(command)


def _keep(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    context.meta[_DIR] = value


def _folder(context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    named: Path | None = context.meta.get(_DIR)
    if value is not None and named is not None and value != named:
        raise UsageError(
            f"Two workspaces are named: '{value}' and '{named}'.",
            hint="Leave one out. A text with blanks in it stands in quotes.",
        )
    return value or named or Path()


def kept_workspace(folder: Path) -> Workspace:
    """The workspace in a folder; what is read of it is kept, unless nothing is to be."""
    from selfassess.loading.cache import cache_folder
    from selfassess.workspace import load_workspace

    return load_workspace(folder, keep=cache_folder() is not None)


def packs_of(folder: Path | None) -> tuple[Path, ...]:
    """The packs that `packs_option` names: those of a workspace, or a pack itself."""
    from selfassess.workspace import CONFIG, load_workspace

    if folder is None:
        return ()
    if (folder / "pack.yaml").is_file() and not (folder / CONFIG).is_file():
        return (folder,)
    return load_workspace(folder).pack_folders()


def named_folder(text: str | None, folder: Path) -> tuple[str | None, Path]:
    """What an argument that may be left out says, where the workspace stands behind it.

    ``plan history my-council`` names a workspace and no action.
    """
    from selfassess.workspace import CONFIG

    if text is not None and folder == Path() and (Path(text) / CONFIG).is_file():
        return None, Path(text)
    return text, folder
