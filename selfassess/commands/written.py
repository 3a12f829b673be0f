"""Which formats a command is to write, and which files it wrote."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from selfassess.errors import UsageError

__all__ = ["announce", "formats_of", "next_line"]


def announce(written: Sequence[Path]) -> None:
    """Print what was written, a path a line."""
    for path in written:
        click.echo(f"wrote {path}")


def formats_of(text: str) -> tuple[str, ...]:
    """The formats of a list with commas.

    Raises:
        UsageError: one is unknown; names the nearest.
    """
    from selfassess.report.forms import FORMATS

    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [part for part in chosen if part not in FORMATS]
    if unknown or not chosen:
        from selfassess.errors import nearest

        raise UsageError(
            f"--format: '{', '.join(unknown) or text}' is not known.",
            hint=nearest(unknown[0], FORMATS) if unknown else f"Choose from {', '.join(FORMATS)}.",
        )
    return chosen


def next_line(command: str, folder: Path) -> str:
    """The command that comes next, as it can be pasted."""
    name = f'"{folder}"' if " " in str(folder) else str(folder)
    return f"Next: selfassess {command}" + ("" if name == "." else f" {name}")
