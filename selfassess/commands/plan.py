"""``plan``: the improvement plan. Reading it; what changes it stands in `plan_edit` and beside."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.commands import plan_edit, plan_files, plan_letter, plan_parts
from selfassess.commands.options import DateType, named_folder, workspace_folder
from selfassess.commands.plan_session import json_option, opened, print_json

if TYPE_CHECKING:
    from selfassess.commands.plan_session import Session

__all__ = ["plan"]

as_at_option = click.option(
    "--as-at", type=DateType(), help="The day to look at; today if left out."
)


@click.group(
    epilog="Exit codes: 0 done; 2 usage; 11 the workspace; 17 a move that the plan refuses, "
    "or its store."
)
def plan() -> None:
    """The improvement plan: what was done, and apart from that what it changed for children."""


@plan.command("list")
@workspace_folder
@as_at_option
@click.option("--all", "all_", is_flag=True, help="Closed and ended actions as well.")
@click.option("--owner", help="Only what this person owns.")
@click.option("--flag", help="Only actions with this flag, such as overdue or unmeasured.")
@click.option(
    "--since",
    metavar="DATE",
    help="What changed since a day, or since the `last-board`, in place of the list.",
)
@json_option
def list_(
    folder: Path,
    as_at: dt.date | None,
    owner: str | None,
    flag: str | None,
    since: str | None,
    *,
    all_: bool,
    as_json: bool,
) -> None:
    """List the actions, worst first, as they are on a day."""
    from selfassess.commands.plan_text import LIST_HEAD, list_row, print_table
    from selfassess.errors import UsageError, nearest
    from selfassess.plan.assessed import items
    from selfassess.plan.derived import FLAGS
    from selfassess.plan.fold import fold
    from selfassess.plan.gates import same_person

    if flag and flag not in FLAGS:
        raise UsageError(f"--flag: '{flag}' is none.", hint=nearest(flag, FLAGS))
    session = opened(folder)
    day = as_at or dt.date.today()
    if since:
        _list_changes(session, since, day, as_json=as_json)
        return
    found = items(fold(session.events(), day), day, session.settings)
    chosen = [
        item
        for item in found
        if (all_ or not (item["closed"] or item["delivery"] in ("cancelled", "superseded")))
        and (not owner or same_person(owner, item["owner"]))
        and (not flag or flag in item["flags"])
    ]
    if as_json:
        print_json({"as_at": day.isoformat(), "actions": chosen})
        return
    order = ("red", "amber", "none", "green", "blue")
    chosen.sort(key=lambda item: order.index(item["rag"]))
    print_table(
        LIST_HEAD,
        [list_row(item) for item in chosen],
        {number: item["rag"] for number, item in enumerate(chosen)},
    )
    left = len(found) - len(chosen)
    rest = f"; {left} more not shown" if left else ""
    click.echo(f"{len(chosen)} actions as at {day}{rest}.")


def _list_changes(session: Session, start: str, day: dt.date, *, as_json: bool) -> None:
    from selfassess.commands.plan_text import change_lines
    from selfassess.errors import UsageError
    from selfassess.plan.events import plain
    from selfassess.plan.fold import fold
    from selfassess.plan.since import last_board, since
    from selfassess.plan.specs import date_of

    events = session.events()
    if start == "last-board":
        begin = last_board(fold(events, day), day)
        if begin is None:
            raise UsageError(
                f"No board before {day} decided anything.",
                hint="Name the day: --since 2026-06-30. `selfassess plan decide` writes decisions.",
            )
    else:
        begin = date_of(start, "--since")
    changes = since(events, begin, day, session.settings)
    if as_json:
        print_json(plain(changes))
        return
    for line in change_lines(changes):
        click.echo(line)


@plan.command()
@click.argument("action")
@workspace_folder
@as_at_option
@json_option
def show(action: str, folder: Path, as_at: dt.date | None, *, as_json: bool) -> None:
    """Show everything about ACTION on a day, and why it has its colour."""
    from selfassess.commands.plan_text import action_lines
    from selfassess.plan.assessed import items
    from selfassess.plan.drafting import found
    from selfassess.plan.fold import fold

    session = opened(folder)
    day = as_at or dt.date.today()
    held = fold(session.events(), day)
    version = found(held, action).version
    item = next(each for each in items(held, day, session.settings) if each["id"] == action)
    if as_json:
        print_json({"as_at": day.isoformat(), "version": version, **item})
        return
    for line in action_lines(item):
        click.echo(line)
    click.echo(f"  Version {version}, as at {day}")


@plan.command()
@click.argument("action", required=False)
@workspace_folder
@click.option("--since", type=DateType(), help="Only what happened after this day.")
@json_option
def history(action: str | None, folder: Path, since: dt.date | None, *, as_json: bool) -> None:
    """Show who changed what, when, from what to what; of ACTION, or of the whole plan."""
    from selfassess.commands.plan_text import event_line
    from selfassess.plan.drafting import found
    from selfassess.plan.events import plain
    from selfassess.plan.fold import fold

    action, folder = named_folder(action, folder)
    session = opened(folder)
    events = session.events()
    if action:
        found(fold(events), action)

    def named(event: Any) -> bool:
        decided = event.kind == "decided" and action in event.to.get("actions", ())
        return action is None or event.action == action or decided

    chosen = [e for e in events if named(e) and (since is None or e.at.date() > since)]
    if as_json:
        print_json([plain(event) for event in chosen])
        return
    for event in chosen:
        click.echo(event_line(event))


for command in (
    plan_edit.add,
    plan_edit.update,
    plan_edit.move_date,
    plan_edit.status,
    plan_edit.impact,
    plan_edit.assure,
    plan_edit.close,
    plan_edit.decide,
    plan_parts.milestone,
    plan_parts.success,
    plan_parts.risk,
    plan_parts.evidence,
    plan_parts.read,
    plan_parts.comment,
    plan_parts.colour,
    plan_files.from_findings,
    plan_letter.from_letter,
    plan_files.export,
    plan_files.import_,
):
    plan.add_command(command)
