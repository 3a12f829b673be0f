"""``plan milestone | success | risk | evidence | read | comment | colour``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from selfassess.commands.options import DateType, named_folder, workspace_folder
from selfassess.commands.plan_change import Change, changing, reason_option
from selfassess.commands.plan_session import author_options, json_option, opened
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
@click.option("--add", metavar="TITLE", help="Add a step.")
@click.option("--due", type=DateType(), help="Its date.")
@click.option("--done", metavar="M1", help="Say that it is done.")
@click.option("--on", type=DateType(), help="The day on which it was done; --at if left out.")
@click.option("--drop", metavar="M1", help="Drop it, with a reason.")
@changing(reason=True)
def milestone(
    change: Change,
    action: str,
    add: str | None,
    due: dt.date | None,
    done: str | None,
    on: dt.date | None,
    drop: str | None,
) -> None:
    """Add a step of ACTION, say that it is done, or drop it; `move-date` moves it."""
    from selfassess.plan import drafting

    what = _one(add=add, done=done, drop=drop)
    if what == "add":
        change.write(drafting.add_milestone, action, add, due)
    elif what == "done":
        change.write(drafting.finish_milestone, action, done, on or change.author.at.date())
    else:
        change.write(drafting.drop, action, drop, change.reason)


@click.command()
@click.argument("action")
@click.option("--add", metavar="SPEC", help="Add one; SPEC as for `plan add --success`.")
@click.option("--change", "anew", metavar="S1", help="Say it anew, by --spec, with a reason.")
@click.option("--spec", help="The whole measure, as it shall be.")
@click.option("--drop", metavar="S1", help="Drop it, with a reason.")
@changing(reason=True)
def success(
    change: Change,
    action: str,
    add: str | None,
    anew: str | None,
    spec: str | None,
    drop: str | None,
) -> None:
    """Add, change or drop a success measure of ACTION."""
    from dataclasses import replace

    from selfassess.plan import drafting
    from selfassess.plan.specs import parse_success

    what = _one(add=add, change=anew, drop=drop)
    if what == "drop":
        change.write(drafting.drop, action, drop, change.reason)
        return
    (measure,) = change.session.check_names({}, [parse_success(add or spec or "")])
    if what == "add":
        change.write(drafting.add_success, action, measure)
    else:
        named = replace(measure, id=anew or "")
        change.write(drafting.change_success, action, named, change.reason)


@click.command()
@click.argument("action")
@click.option("--add", metavar="TEXT", help="What may stand in the way.")
@click.option("--level", type=click.Choice(["low", "medium", "high"]), default="medium")
@click.option("--response", default="", help="What is done about it.")
@click.option("--owner", default="", help="Who watches it.")
@click.option("--drop", metavar="R1", help="Drop it, with a reason.")
@changing(reason=True)
def risk(
    change: Change,
    action: str,
    add: str | None,
    level: str,
    response: str,
    owner: str,
    drop: str | None,
) -> None:
    """Add or drop a risk to ACTION."""
    from selfassess.plan import drafting
    from selfassess.plan.record_parts import Risk

    if _one(add=add, drop=drop) == "drop":
        change.write(drafting.drop, action, drop, change.reason)
    else:
        found = Risk(text=add or "", level=level, response=response, owner=owner)  # type: ignore[arg-type]
        change.write(drafting.add_risk, action, found)


@click.command()
@click.argument("action")
@click.argument("ref")
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
@changing()
def evidence(
    change: Change, action: str, ref: str, shows: str, day: dt.date, text: str, voice: str
) -> None:
    """Refer ACTION to evidence: a register entry, a document, a reading."""
    from selfassess.plan import drafting
    from selfassess.plan.record_parts import Evidence
    from selfassess.plan.specs import voice_of

    found = Evidence(
        shows=shows,  # type: ignore[arg-type]  # click allows these two
        ref=ref,
        date=day,
        text=text,
        voice=voice_of(voice) if voice else None,
    )
    change.write(drafting.add_evidence, action, found)


@click.command()
@click.argument("action")
@click.argument("measure", metavar="S1")
@click.option("--date", "day", type=DateType(), help="The day of the reading; --at if left out.")
@click.option("--value", type=float, help="The figure, for a measure that is counted elsewhere.")
@click.option(
    "--says",
    type=click.Choice(["better", "same", "worse"]),
    help="Which way, for one that is told.",
)
@click.option("--text", default="", help="What was said.")
@changing()
def read(
    change: Change,
    action: str,
    measure: str,
    day: dt.date | None,
    value: float | None,
    says: str | None,
    text: str,
) -> None:
    """Write down what a success measure of ACTION read; `run` does so for what it measures."""
    from selfassess.plan import drafting

    date = day or change.author.at.date()
    given = {"date": date, "value": value, "says": says, "text": text}
    change.write(drafting.read_measure, action, measure, **given)


@click.command()
@click.argument("action")
@click.argument("text")
@changing()
def comment(change: Change, action: str, text: str) -> None:
    """Remark something on ACTION."""
    from selfassess.plan import drafting

    change.write(drafting.comment, action, text)


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
    change = Change(session, session.author(by, at), reason, None, as_json)
    if end:
        change.write(drafting.end_override, action)
    else:
        change.write(drafting.override, action, colour, reason, until)
