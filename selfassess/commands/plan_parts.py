"""``plan milestone | success | risk | evidence | read | comment | colour``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from selfassess.commands.options import DateType, named_folder, workspace_folder
from selfassess.commands.plan_edit import reason_option, said
from selfassess.commands.plan_session import (
    author_options,
    json_option,
    opened,
)
from selfassess.errors import UsageError

__all__ = ["colour", "comment", "evidence", "milestone", "read", "risk", "success"]


def _one(**given: object) -> str:
    """The one option that was given of several.

    Raises:
        UsageError: none was, or more than one.
    """
    named = [name for name, value in given.items() if value is not None]
    if len(named) != 1:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise UsageError(f"Give one of {options}.", hint="Each does one thing.")
    return named[0]


@click.command()
@click.argument("action")
@workspace_folder
@click.option("--add", metavar="TITLE", help="Add a step.")
@click.option("--due", type=DateType(), help="Its date.")
@click.option("--done", metavar="M1", help="Say that it is done.")
@click.option("--on", type=DateType(), help="The day on which it was done; --at if left out.")
@click.option("--drop", metavar="M1", help="Drop it, with a reason.")
@reason_option
@author_options
@json_option
def milestone(
    action: str,
    folder: Path,
    add: str | None,
    due: dt.date | None,
    done: str | None,
    on: dt.date | None,
    drop: str | None,
    reason: str,
    by: str | None,
    at: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Add a step of ACTION, say that it is done, or drop it; `move-date` moves it."""
    from selfassess.plan import drafting

    what = _one(add=add, done=done, drop=drop)
    session = opened(folder)
    author = session.author(by, at)
    if what == "add":
        events = session.do(
            lambda plan: drafting.add_milestone(plan, author, action, add or "", due)
        )
    elif what == "done":
        day = on or author.at.date()
        events = session.do(
            lambda plan: drafting.finish_milestone(plan, author, action, done or "", day)
        )
    else:
        events = session.do(lambda plan: drafting.drop(plan, author, action, drop or "", reason))
    said(events, as_json=as_json)


@click.command()
@click.argument("action")
@workspace_folder
@click.option("--add", metavar="SPEC", help="Add one; SPEC as for `plan add --success`.")
@click.option("--change", metavar="S1", help="Say it anew, by --spec, with a reason.")
@click.option("--spec", help="The whole measure, as it shall be.")
@click.option("--drop", metavar="S1", help="Drop it, with a reason.")
@reason_option
@author_options
@json_option
def success(
    action: str,
    folder: Path,
    add: str | None,
    change: str | None,
    spec: str | None,
    drop: str | None,
    reason: str,
    by: str | None,
    at: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Add, change or drop a success measure of ACTION."""
    from dataclasses import replace

    from selfassess.plan import drafting
    from selfassess.plan.specs import parse_success

    what = _one(add=add, change=change, drop=drop)
    session = opened(folder)
    author = session.author(by, at)
    if what == "drop":
        events = session.do(lambda plan: drafting.drop(plan, author, action, drop or "", reason))
    else:
        (measure,) = session.check_names({}, [parse_success(add or spec or "")])
        if what == "add":
            events = session.do(lambda plan: drafting.add_success(plan, author, action, measure))
        else:
            named = replace(measure, id=change or "")
            events = session.do(
                lambda plan: drafting.change_success(plan, author, action, named, reason)
            )
    said(events, as_json=as_json)


@click.command()
@click.argument("action")
@workspace_folder
@click.option("--add", metavar="TEXT", help="What may stand in the way.")
@click.option("--level", type=click.Choice(["low", "medium", "high"]), default="medium")
@click.option("--response", default="", help="What is done about it.")
@click.option("--owner", default="", help="Who watches it.")
@click.option("--drop", metavar="R1", help="Drop it, with a reason.")
@reason_option
@author_options
@json_option
def risk(
    action: str,
    folder: Path,
    add: str | None,
    level: str,
    response: str,
    owner: str,
    drop: str | None,
    reason: str,
    by: str | None,
    at: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Add or drop a risk to ACTION."""
    from selfassess.plan import drafting
    from selfassess.plan.record import Risk

    what = _one(add=add, drop=drop)
    session = opened(folder)
    author = session.author(by, at)
    if what == "drop":
        events = session.do(lambda plan: drafting.drop(plan, author, action, drop or "", reason))
    else:
        found = Risk(text=add or "", level=level, response=response, owner=owner)  # type: ignore[arg-type]
        events = session.do(lambda plan: drafting.add_risk(plan, author, action, found))
    said(events, as_json=as_json)


@click.command()
@click.argument("action")
@click.argument("ref")
@workspace_folder
@click.option(
    "--shows",
    type=click.Choice(["delivery", "impact"]),
    default="delivery",
    show_default=True,
    help="That it was done, or that it changed something for children.",
)
@click.option("--date", "day", type=DateType(), required=True, help="The day of the evidence.")
@click.option("--text", default="", help="What it says.")
@click.option("--voice", default="", help="Whose voice it is: child, family, practice-audit …")
@author_options
@json_option
def evidence(
    action: str,
    ref: str,
    folder: Path,
    shows: str,
    day: dt.date,
    text: str,
    voice: str,
    by: str | None,
    at: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Refer ACTION to evidence: a register entry, a document, a reading."""
    from selfassess.plan import drafting
    from selfassess.plan.record import Evidence
    from selfassess.plan.specs import voice_of

    session = opened(folder)
    author = session.author(by, at)
    found = Evidence(
        shows=shows,  # type: ignore[arg-type]  # click allows these two
        ref=ref,
        date=day,
        text=text,
        voice=voice_of(voice) if voice else None,
    )
    events = session.do(lambda plan: drafting.add_evidence(plan, author, action, found))
    said(events, as_json=as_json)


@click.command()
@click.argument("action")
@click.argument("measure", metavar="S1")
@workspace_folder
@click.option("--date", "day", type=DateType(), help="The day of the reading; --at if left out.")
@click.option("--value", type=float, help="The figure, for a measure that is counted elsewhere.")
@click.option(
    "--says",
    type=click.Choice(["better", "same", "worse"]),
    help="Which way, for one that is told.",
)
@click.option("--text", default="", help="What was said.")
@author_options
@json_option
def read(
    action: str,
    measure: str,
    folder: Path,
    day: dt.date | None,
    value: float | None,
    says: str | None,
    text: str,
    by: str | None,
    at: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Write down what a success measure of ACTION read; `run` does so for what it measures."""
    from selfassess.plan import drafting

    session = opened(folder)
    author = session.author(by, at)
    events = session.do(
        lambda plan: drafting.read_measure(
            plan,
            author,
            action,
            measure,
            date=day or author.at.date(),
            value=value,
            says=says,
            text=text,
        )
    )
    said(events, as_json=as_json)


@click.command()
@click.argument("action")
@click.argument("text")
@workspace_folder
@author_options
@json_option
def comment(
    action: str,
    text: str,
    folder: Path,
    by: str | None,
    at: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Remark something on ACTION."""
    from selfassess.plan import drafting

    session = opened(folder)
    author = session.author(by, at)
    events = session.do(lambda plan: drafting.comment(plan, author, action, text))
    said(events, as_json=as_json)


@click.command()
@click.argument("action")
@click.argument("colour", metavar="COLOUR", required=False)
@workspace_folder
@click.option("--until", type=DateType(), help="The day on which the rule takes over again.")
@click.option("--end", is_flag=True, help="Let the rule give the colour again now.")
@reason_option
@author_options
@json_option
def colour(
    action: str,
    colour: str | None,
    folder: Path,
    until: dt.date | None,
    reason: str,
    by: str | None,
    at: dt.datetime | None,
    *,
    end: bool,
    as_json: bool,
) -> None:
    """Set the COLOUR of ACTION by hand, with a reason and an end; the rule's stays beside it."""
    from selfassess.plan import drafting

    if end:
        colour, folder = named_folder(colour, folder)
    if not end and (colour is None or until is None):
        raise UsageError("A colour set by hand needs COLOUR and --until DATE.", hint="Or --end.")
    session = opened(folder)
    author = session.author(by, at)
    if end:
        events = session.do(lambda plan: drafting.end_override(plan, author, action))
    else:
        day = until or author.at.date()
        events = session.do(
            lambda plan: drafting.override(plan, author, action, colour or "", reason, day)
        )
    said(events, as_json=as_json)
