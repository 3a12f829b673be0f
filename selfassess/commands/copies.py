"""Partner and public copies on the command line: what a person has to look at, then the files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.errors import ReportError, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from selfassess.publishing import Copy

__all__ = ["audience_option", "check_formats", "confirm_option", "write_copies"]

audience_option = click.option(
    "--audience",
    type=click.Choice(["internal", "partner", "public"]),
    default="internal",
    show_default=True,
    help="Who it is for. Partner and public copies go to out/AUDIENCE/: small numbers are withheld "
    "and only texts marked for them are taken.",
)
confirm_option = click.option(
    "--confirm-text",
    is_flag=True,
    help="The places listed in texts were looked at; write the partner or public copy.",
)
_SHOWN = 80


def check_formats(formats: Sequence[str]) -> None:
    """Refuse forms that a copy is not made in.

    Raises:
        UsageError: one of them holds more than an audience may be given.
    """
    from selfassess.publishing import FORMATS

    more = [name for name in formats if name not in FORMATS]
    if more:
        raise UsageError(
            f"--format {', '.join(more)}: is made for the council alone.",
            hint=f"Partner and public copies: {', '.join(FORMATS)}.",
        )


def write_copies(
    copies: Sequence[tuple[Copy, Path]],
    root: Path,
    formats: Sequence[str],
    templates: Mapping[str, Traversable],
    *,
    confirmed: bool,
    template: str = "default",
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """List what was found in texts; write the copies where there was nothing or it is confirmed.

    Args:
        copies: each with its folder.
        root: the folder that holds ``published/``.
        formats: which forms of the report.
        templates: report templates by id.
        confirmed: whether a person has looked at the places listed.
        template: the id of the one to use.
        progress: told what is being done.

    Raises:
        ReportError: there are places to look at, and nobody has; nothing was written.
    """
    from selfassess.publishing import write_copy

    hits = sorted({hit for copy, _ in copies for hit in copy.hits})
    if hits:
        # What was found may be a name: it is for the eyes of who sits there, not for a log.
        seen = sys.stdout.isatty()
        click.echo(f"Found in texts that would leave, to be looked at ({len(hits)}):")
        for hit in hits:
            shown = f": {_printable(hit.text)}" if seen else ""
            click.echo(f"  {hit.place}: {hit.kind}{shown}")
        if not seen:
            click.echo("  (The words themselves are shown at a terminal only.)")
    if hits and not confirmed:
        raise ReportError(
            f"{len(hits)} places in texts have to be looked at first. Nothing was written.",
            hint="Reword them, or run again with --confirm-text if each may be read by "
            "everybody. The check cannot know every name: read the texts as well.",
        )
    written: list[Path] = []
    for copy, out in copies:
        written += write_copy(
            copy, out, root, formats, templates, template=template, progress=progress
        )
    return written


def _printable(text: str) -> str:
    """A text that cannot steer a terminal."""
    shown = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
