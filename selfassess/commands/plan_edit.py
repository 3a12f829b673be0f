"""``plan add | update | move-date | status | impact | assure | close | decide``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from selfassess.commands.options import DateType, workspace_folder
from selfassess.commands.plan_session import (
    author_options,
    json_option,
    opened,
    print_json,
    version_option,
)

if TYPE_CHECKING:
    from selfassess.plan.events import Event

__all__ = ["add", "assure", "close", "decide", "impact", "move_date", "said", "status", "update"]

F = TypeVar("F", bound=Callable[..., Any])
reason_option = click.option("--reason", default="", help="Why.")


def said(events: Sequence[Event], *, as_json: bool) -> None:
    """Print what was written, as lines or as JSON."""
    from selfassess.commands.plan_text import written
    from selfassess.plan.events import plain

    if as_json:
        print_json({"events": [plain(event) for event in events]})
    else:
        written(events)


def field_options(command: F) -> F:
    """Options for everything that is simply said of an action."""
    options = (
        click.option("--outcome", help="What will be different for children."),
        click.option("--owner", help="Who answers for it."),
        click.option("--lead", help="Who leads its delivery."),
        click.option("--assurer", help="Who will assure its impact; neither owner nor lead."),
        click.option("--due", type=DateType(), help="By when; the first due date never changes."),
        click.option("--why", multiple=True, help="A finding, recommendation or entry it answers."),
        click.option("--came-from", help="The inspection or review that it comes from."),
        click.option("--came-from-date", type=DateType(), help="The exact day of that."),
        click.option("--judgement", help="The judgement that it belongs to."),
        click.option("--criterion", help="The criterion that it belongs to."),
        click.option("--topic", "topics", multiple=True, help="A topic."),
        click.option("--tag", "tags", multiple=True, help="What it serves, such as nf:outcome-3."),
        click.option("--responsible", multiple=True, help="A body that has to act."),
        click.option("--depends-on", multiple=True, help="An action that has to come first."),
        click.option(
            "--audience",
            type=click.Choice(["service", "partner", "public"]),
            help="Who may read it in a copy that leaves.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that were named; a list that was named once with nothing in it is emptied."""
    found = {key: value for key, value in fields.items() if value is not None and value != ()}
    for key, value in found.items():
        if isinstance(value, tuple):
            found[key] = [part for part in value if part.strip()]
    if found.get("audience") == "service":
        found["audience"] = ""
    return found


@click.command()
@click.argument("title")
@workspace_folder
@click.option("--id", "id_", default="", help="An id of your own; the next number if left out.")
@field_options
@click.option(
    "--success",
    "successes",
    multiple=True,
    metavar="SPEC",
    help="'MEASURE; where=team=North; baseline=62@2026-04-30; target=90@2026-12-18; "
    "tolerance=2; point=2026-08-31:75; next=2026-08-31', or 'text=…; voice=child'.",
)
@click.option(
    "--milestone", "milestones", multiple=True, metavar="TITLE=DATE", help="A step and its date."
)
@author_options
@json_option
def add(
    title: str,
    folder: Path,
    id_: str,
    successes: tuple[str, ...],
    milestones: tuple[str, ...],
    by: str | None,
    at: dt.datetime | None,
    *,
    as_json: bool,
    **fields: Any,
) -> None:
    """Add an action, as a draft, and say what must change for it to have worked."""
    from selfassess.plan.drafting import add as drafted
    from selfassess.plan.specs import date_of, parse_success

    session = opened(folder, create=True)
    given = {"title": title, **_given(fields)}
    measures = session.check_names(given, [parse_success(text) for text in successes])
    steps = []
    for text in milestones:
        name, equals, day = text.rpartition("=")
        steps.append((name, date_of(day, "--milestone")) if equals else (text, None))
    author = session.author(by, at)
    events = session.do(
        lambda plan: drafted(plan, author, given, id_=id_, success=measures, milestones=steps)
    )
    said(events, as_json=as_json)


@click.command()
@click.argument("action")
@workspace_folder
@click.option("--title", help="What will be done.")
@field_options
@reason_option
@author_options
@version_option
@json_option
def update(
    action: str,
    folder: Path,
    reason: str,
    by: str | None,
    at: dt.datetime | None,
    version: int | None,
    *,
    as_json: bool,
    **fields: Any,
) -> None:
    """Say something of ACTION anew; a list that is named replaces the one that was there."""
    from selfassess.plan.drafting import update as drafted

    session = opened(folder)
    given = _given(fields)
    session.check_names(given)
    author = session.author(by, at)
    events = session.do(
        lambda plan: drafted(plan, author, action, given, reason), action=action, version=version
    )
    said(events, as_json=as_json)


@click.command("move-date")
@click.argument("action")
@click.argument("date", type=DateType())
@workspace_folder
@click.option("--milestone", default="", metavar="M1", help="Move this milestone's date.")
@reason_option
@author_options
@version_option
@json_option
def move_date(
    action: str,
    date: dt.date,
    folder: Path,
    milestone: str,
    reason: str,
    by: str | None,
    at: dt.datetime | None,
    version: int | None,
    *,
    as_json: bool,
) -> None:
    """Move the due date of ACTION, with the reason; the first one stays beside it."""
    from selfassess.plan.drafting import move_date as drafted

    session = opened(folder)
    author = session.author(by, at)
    events = session.do(
        lambda plan: drafted(plan, author, action, date, reason, milestone=milestone),
        action=action,
        version=version,
    )
    said(events, as_json=as_json)


def _mover(name: str, drafter: str, help_: str) -> click.Command:
    """A command that moves one of the two states."""

    @click.command(name, help=help_)
    @click.argument("action")
    @click.argument("state")
    @workspace_folder
    @reason_option
    @author_options
    @version_option
    @json_option
    def command(
        action: str,
        state: str,
        folder: Path,
        reason: str,
        by: str | None,
        at: dt.datetime | None,
        version: int | None,
        *,
        as_json: bool,
    ) -> None:
        from selfassess.plan import drafting

        session = opened(folder)
        author = session.author(by, at)
        events = session.do(
            lambda plan: getattr(drafting, drafter)(plan, author, action, state, reason),
            action=action,
            version=version,
        )
        said(events, as_json=as_json)

    return command


status = _mover(
    "status",
    "move_delivery",
    "Move the delivery of ACTION to STATE: agreed, in-progress, blocked, delivered, embedded, "
    "cancelled or superseded.",
)
impact = _mover(
    "impact",
    "move_impact",
    "Move the impact of ACTION to STATE: none-yet, emerging, sustained or reversed. The reversal "
    "of a closed action reopens it.",
)


@click.command()
@click.argument("action")
@workspace_folder
@click.option("--statement", required=True, help="What was looked at, and what it showed.")
@author_options
@json_option
def assure(
    action: str,
    folder: Path,
    statement: str,
    by: str | None,
    at: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Assure the impact of ACTION: --by somebody who neither owns nor delivers it."""
    from selfassess.plan.drafting import assure as drafted

    session = opened(folder)
    author = session.author(by, at)
    said(session.do(lambda plan: drafted(plan, author, action, statement)), as_json=as_json)


@click.command()
@click.argument("action")
@workspace_folder
@click.option("--retest", type=DateType(), help="When to test again whether the change holds.")
@author_options
@version_option
@json_option
def close(
    action: str,
    folder: Path,
    retest: dt.date | None,
    by: str | None,
    at: dt.datetime | None,
    version: int | None,
    *,
    as_json: bool,
) -> None:
    """Close ACTION: sustained impact, evidenced after delivery, assured by another, re-test set."""
    from selfassess.plan.drafting import close as drafted

    session = opened(folder)
    author = session.author(by, at)
    events = session.do(
        lambda plan: drafted(plan, author, action, retest), action=action, version=version
    )
    said(events, as_json=as_json)


@click.command()
@click.argument("text")
@workspace_folder
@click.option("--board", type=DateType(), help="The day of the board; that of --at if left out.")
@click.option("--action", "actions", multiple=True, help="An action that it is about.")
@author_options
@json_option
def decide(
    text: str,
    folder: Path,
    board: dt.date | None,
    actions: tuple[str, ...],
    by: str | None,
    at: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Write down what a board decided, of actions or of the plan as a whole."""
    from selfassess.plan.drafting import decide as drafted

    session = opened(folder, create=True)
    author = session.author(by, at)
    day = board or author.at.date()
    events = session.do(lambda plan: drafted(plan, author, text, board=day, actions=actions))
    said(events, as_json=as_json)
