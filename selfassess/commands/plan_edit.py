"""``plan add | update | move-date | status | impact | assure | close | decide``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import click

from selfassess.commands.options import DateType
from selfassess.commands.plan_change import Change, changing

__all__ = ["add", "assure", "close", "decide", "impact", "move_date", "status", "update"]

F = TypeVar("F", bound=Callable[..., Any])


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
@changing(create=True)
def add(
    change: Change,
    title: str,
    id_: str,
    successes: tuple[str, ...],
    milestones: tuple[str, ...],
    **fields: Any,
) -> None:
    """Add an action, as a draft, and say what must change for it to have worked."""
    from selfassess.plan import drafting
    from selfassess.plan.specs import date_of, parse_success

    given = {"title": title, **_given(fields)}
    measures = change.session.check_names(given, [parse_success(text) for text in successes])
    steps = []
    for text in milestones:
        name, equals, day = text.rpartition("=")
        steps.append((name, date_of(day, "--milestone")) if equals else (text, None))
    change.write(drafting.add, given, id_=id_, success=measures, milestones=steps)


@click.command()
@click.argument("action")
@click.option("--title", help="What will be done.")
@field_options
@changing(reason=True, version=True)
def update(change: Change, action: str, **fields: Any) -> None:
    """Say something of ACTION anew; a list that is named replaces the one that was there."""
    from selfassess.plan import drafting

    given = _given(fields)
    change.session.check_names(given)
    change.write(drafting.update, action, given, change.reason)


@click.command("move-date")
@click.argument("action")
@click.argument("date", type=DateType())
@click.option("--milestone", default="", metavar="M1", help="Move this milestone's date.")
@changing(reason=True, version=True)
def move_date(change: Change, action: str, date: dt.date, milestone: str) -> None:
    """Move the due date of ACTION, with the reason; the first one stays beside it."""
    from selfassess.plan import drafting

    change.write(drafting.move_date, action, date, change.reason, milestone=milestone)


def _mover(name: str, drafter: str, help_: str) -> click.Command:
    """A command that moves one of the two states."""

    @click.command(name, help=help_)
    @click.argument("action")
    @click.argument("state")
    @changing(reason=True, version=True)
    def command(change: Change, action: str, state: str) -> None:
        from selfassess.plan import drafting

        change.write(getattr(drafting, drafter), action, state, change.reason)

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
@click.option("--statement", required=True, help="What was looked at, and what it showed.")
@changing()
def assure(change: Change, action: str, statement: str) -> None:
    """Assure the impact of ACTION: --by somebody who neither owns nor delivers it."""
    from selfassess.plan import drafting

    change.write(drafting.assure, action, statement)


@click.command()
@click.argument("action")
@click.option("--retest", type=DateType(), help="When to test again whether the change holds.")
@changing(version=True)
def close(change: Change, action: str, retest: dt.date | None) -> None:
    """Close ACTION: sustained impact, evidenced after delivery, assured by another, re-test set."""
    from selfassess.plan import drafting

    change.write(drafting.close, action, retest)


@click.command()
@click.argument("text")
@click.option("--board", type=DateType(), help="The day of the board; that of --at if left out.")
@click.option("--action", "actions", multiple=True, help="An action that it is about.")
@changing(create=True)
def decide(change: Change, text: str, board: dt.date | None, actions: tuple[str, ...]) -> None:
    """Write down what a board decided, of actions or of the plan as a whole."""
    from selfassess.plan import drafting

    day = board or change.author.at.date()
    change.write(drafting.decide, text, board=day, actions=actions)
