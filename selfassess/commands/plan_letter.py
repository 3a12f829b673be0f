"""``plan from-letter``: actions from a published inspection report or letter."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.commands.options import DateType, workspace_folder
from selfassess.commands.plan_change import said
from selfassess.commands.plan_session import (
    author_options,
    json_option,
    opened,
    print_json,
)

if TYPE_CHECKING:
    from selfassess.model.letters import Letter
    from selfassess.plan.from_letter import LetterProposal, Statement
    from selfassess.plan.record import Plan

__all__ = ["from_letter"]


@click.command("from-letter")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@workspace_folder
@click.option("--published", type=DateType(), help="The day of publication, before the letter's.")
@click.option("--dry-run", is_flag=True, help="Show what would be proposed; write nothing.")
@author_options
@json_option
def from_letter(
    file: Path,
    folder: Path,
    published: dt.date | None,
    by: str | None,
    at: dt.datetime | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Propose a draft for each point of FILE, a published inspection report or letter (PDF).

    The file is read on this machine. What is unsure is marked for a person to look at. A second
    time adds nothing.
    """
    from selfassess.commands.plan_names import tag_titles
    from selfassess.letters import read_letter
    from selfassess.plan.fold import fold
    from selfassess.plan.from_letter import proposals, propose, statement_of

    session = opened(folder, create=True)
    letter = read_letter(file, tuple(session.toolkit.library.letters.values()))
    own = session.settings.statement_working_days
    statement = statement_of(letter, published, _after, own)

    def wanted(plan: Plan) -> tuple[LetterProposal, ...]:
        return proposals(letter, plan, statement)

    found = wanted(fold(session.events()))
    if dry_run:
        if as_json:
            print_json(_data(letter, statement, found))
        else:
            _show(letter, statement, found)
            new = sum(each.planned is None for each in found)
            click.echo(f"{new} actions would be proposed; nothing was written.")
        return
    known = tag_titles(session.toolkit.library).__contains__
    author = session.author(by, at)
    events = session.do(lambda plan: propose(plan, author, letter, wanted(plan), known))
    if as_json:
        said(events, as_json=True)
        return
    _show(letter, statement, found)
    added = sum(event.kind == "added" for event in events)
    click.echo(
        f"{added} drafts added. Next, for each: criterion, owner, due date, success measure."
        if added
        else "Every point of the letter has an action already."
    )


def _after(day: dt.date, working_days: int) -> dt.date:
    from selfassess.evidence.calendar import is_working_day
    from selfassess.judging.clocks import due_on
    from selfassess.model.framework_inspection import Due

    return due_on(Due(after="publication", working_days=working_days), day, is_working_day)


def _show(letter: Letter, statement: Statement | None, found: tuple[LetterProposal, ...]) -> None:
    visited = (
        f", visited {letter.visited[0].isoformat()} to {letter.visited[1].isoformat()}"
        if letter.visited
        else ""
    )
    click.echo(f"{letter.title}: {letter.subject or 'nobody named'}{visited}")
    if statement is not None:
        due = statement.due.isoformat() if statement.due else "no day known"
        click.echo(f"Statement of action due: {due} ({statement.basis})")
    for doubt in letter.doubts:
        click.echo(f"To be looked at: {doubt}")
    for each in found:
        state = f"answered by {each.planned}" if each.planned else "new"
        page = f" p. {each.page}" if each.page else ""
        click.echo(f"- {each.title}  [{each.recommendation}{page}; {state}]")
        for label, names in (("tags", each.tags), ("responsible", each.responsible)):
            if names:
                click.echo(f"    {label}: {', '.join(names)}")
        for doubt in each.doubts:
            click.echo(f"    to be looked at: {doubt}")


def _data(
    letter: Letter, statement: Statement | None, found: tuple[LetterProposal, ...]
) -> dict[str, Any]:
    def iso(day: dt.date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "letter": {
            "file": letter.name,
            "sha256": letter.sha256,
            "kind": letter.form,
            "title": letter.title,
            "subject": letter.subject,
            "visited": [iso(day) for day in letter.visited] if letter.visited else None,
            "published": iso(letter.published),
            "statement_due": iso(statement.due) if statement else None,
            "statement_basis": statement.basis if statement else None,
            "doubts": list(letter.doubts),
        },
        "proposals": [
            {
                "recommendation": each.recommendation,
                "kind": each.kind,
                "title": each.title,
                "text": each.text,
                "page": each.page,
                "tags": list(each.tags),
                "responsible": list(each.responsible),
                "due": iso(each.due),
                "doubts": list(each.doubts),
                "planned": each.planned,
            }
            for each in found
        ],
    }
