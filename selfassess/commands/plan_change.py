"""What every command that changes the plan shares: who does it and when, and how it is told."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from selfassess.commands.options import workspace_folder
from selfassess.commands.plan_session import author_options, json_option, opened, print_json

if TYPE_CHECKING:
    from selfassess.commands.plan_session import Session
    from selfassess.plan.drafting import Author
    from selfassess.plan.events import Event

__all__ = ["Change", "changing", "reason_option", "said"]

reason_option = click.option("--reason", default="", help="Why.")
version_option = click.option(
    "--if-version",
    "version",
    type=int,
    metavar="N",
    help="Refuse if the action is not at version N any more.",
)


@dataclass(frozen=True)
class Change:
    """A change as the command was called.

    Attributes:
        reason: why; empty where the command takes none or none was given.
        version: the version that the action has to be at; None for any.
        as_json: whether what was written is printed for programs.
    """

    session: Session
    author: Author
    reason: str
    version: int | None
    as_json: bool

    def write(self, draft: Callable[..., Any], *arguments: Any, **named: Any) -> None:
        """Write what one of `selfassess.plan.drafting` makes of it, and print what was written.

        Args:
            draft: takes the plan, who does it, and then the arguments.
            arguments: the action's id first, where it is about one.
            named: further ones.
        """
        events = self.session.do(
            lambda plan: draft(plan, self.author, *arguments, **named),
            action=str(arguments[0]) if self.version is not None else "",
            version=self.version,
        )
        said(events, as_json=self.as_json)


def changing(
    *, reason: bool = False, version: bool = False, create: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the workspace and the options of a change; it takes a `Change` first.

    Args:
        reason: whether it takes ``--reason``.
        version: whether it takes ``--if-version``.
        create: whether a new plan may begin with it.
    """

    def decorated(function: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(function)
        def command(
            *,
            folder: Any,
            by: Any,
            at: Any,
            as_json: bool,
            reason: str = "",
            version: int | None = None,
            **given: Any,
        ) -> None:
            session = opened(folder, create=create)
            change = Change(session, session.author(by, at), reason, version, as_json)
            function(change, **given)

        options = [
            workspace_folder,
            *([reason_option] if reason else []),
            author_options,
            *([version_option] if version else []),
            json_option,
        ]
        taken: Callable[..., None] = command
        for option in reversed(options):
            taken = option(taken)
        return taken

    return decorated


def said(events: Sequence[Event], *, as_json: bool) -> None:
    """Print what was written, as lines or as JSON."""
    from selfassess.commands.plan_text import written
    from selfassess.plan.events import plain

    if as_json:
        print_json({"events": [plain(event) for event in events]})
    else:
        written(events)
