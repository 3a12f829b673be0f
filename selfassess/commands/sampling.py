"""``run --sample``: the list of children that an inspector would ask to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from selfassess.errors import UsageError

if TYPE_CHECKING:
    from selfassess.evidence import Evidence
    from selfassess.sampling import Sample
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["RunCommand", "drawn_sample", "sample_option"]

ALL = 10**9
"""Without a number, every child with a reason is listed: no council has as many."""


class RunCommand(click.Command):
    """A command whose ``--sample`` takes a number only where one follows.

    Click would take whatever follows for the option's value, the workspace's folder as well.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give ``--sample`` its value where none is written."""
        written = []
        for place, word in enumerate(args):
            following = args[place + 1] if place + 1 < len(args) else ""
            bare = word == "--sample" and not following.removeprefix("-").isdecimal()
            written.append(f"--sample={ALL}" if bare else word)
        return super().parse_args(ctx, written)


def _checked(_ctx: click.Context, _param: click.Parameter, value: Any) -> int | None:
    if value is not None and value < 1:
        raise UsageError(
            f"--sample {value}: a number of children was expected.",
            hint="Write --sample 30, or --sample alone for every child with a reason.",
        )
    return None if value is None else int(value)


sample_option = click.option(
    "--sample",
    type=int,
    metavar="[N]",
    callback=_checked,
    help="Write out/sample.csv and .xlsx too: the children an inspector would look at, and why; "
    "with N at most so many, of every pathway. They name children: for the council's own eyes.",
)


def drawn_sample(toolkit: Toolkit, workspace: Workspace, evidence: Evidence, most: int) -> Sample:
    """Draw the sample; what could not be looked for is said."""
    from selfassess.sampling import draw_sample

    sample = draw_sample(toolkit, workspace, evidence, most)
    for title, why in sample.not_asked:
        click.echo(f"Not looked for in the sample: {title} ({why.rstrip('.')}).", err=True)
    return sample
