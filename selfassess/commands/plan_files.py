"""``plan from-findings | export | import``: the plan and files."""

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
    from selfassess.commands.plan_session import Session
    from selfassess.plan.drafting import Author

__all__ = ["export", "from_findings", "import_"]

ENDINGS = (".yaml", ".yml", ".xlsx")


@click.command("from-findings")
@workspace_folder
@click.option(
    "--assessment",
    type=click.Path(path_type=Path),
    help="The assessment.json to take findings from; out/assessment.json if left out.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be proposed; write nothing.")
@author_options
@json_option
def from_findings(
    folder: Path,
    assessment: Path | None,
    by: str | None,
    at: dt.datetime | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Propose a draft for each weakness that no action answers; a second time adds nothing."""
    from selfassess.commands.plan_names import carried_nodes
    from selfassess.plan.events import plain
    from selfassess.plan.findings import proposals, propose
    from selfassess.plan.fold import fold

    session = opened(folder, create=True)
    found = _assessment(assessment or session.workspace.out / "assessment.json")
    carried = carried_nodes(session.toolkit, session.workspace)
    if dry_run:
        wanted = proposals(found, fold(session.events()), carried)
        if as_json:
            print_json([plain(each) for each in wanted])
            return
        for each in wanted:
            click.echo(f"{each.title}")
            click.echo(f"    answers {', '.join(each.findings)}")
        click.echo(f"{len(wanted)} actions would be proposed; nothing was written.")
        return
    author = session.author(by, at)
    events = session.do(lambda plan: propose(plan, author, proposals(found, plan, carried)))
    said(events, as_json=as_json)
    if not as_json:
        click.echo(
            f"{len(events)} drafts added. Next, for each: owner, due date, target."
            if events
            else "Every weakness has an action already."
        )


def _assessment(path: Path) -> dict[str, Any]:
    import json

    from selfassess.errors import PlanError

    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PlanError(
            f"{path}: no assessment can be read there.",
            hint="`selfassess run` writes out/assessment.json.",
        ) from error
    if not isinstance(found, dict) or found.get("schema") != "selfassess/assessment@1":
        raise PlanError(
            f"{path}: is no assessment.", hint="`selfassess run` writes out/assessment.json."
        )
    return found


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@workspace_folder
@click.option(
    "--as-at", type=DateType(), help="The day of colours and flags in Excel; today if left out."
)
def export(file: Path, folder: Path, as_at: dt.date | None) -> None:
    """Write the plan to FILE: .yaml with its whole history, or .xlsx to edit and import."""
    from selfassess.plan.fold import fold
    from selfassess.writing.files import replace_file

    _ending(file)
    session = opened(folder)
    events = session.events()
    if file.suffix.lower() == ".xlsx":
        from selfassess.plan.excel_out import to_excel

        content = to_excel(events, as_at or dt.date.today(), session.settings)
    else:
        from selfassess.plan.yaml_io import to_yaml

        content = to_yaml(events).encode("utf-8")
    replace_file(file, content)
    click.echo(f"wrote {file}: {len(fold(events).actions)} actions, {len(events)} events")


def _ending(file: Path) -> None:
    from selfassess.errors import UsageError

    if file.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{file.name}: the ending says which form it is.", hint="Use .yaml or .xlsx."
        )


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@workspace_folder
@click.option("--apply", "apply_", is_flag=True, help="Do it; without this it is only shown.")
@author_options
@json_option
def import_(
    file: Path,
    folder: Path,
    by: str | None,
    at: dt.datetime | None,
    *,
    apply_: bool,
    as_json: bool,
) -> None:
    """Take over FILE: an edited .xlsx export, a .yaml export, or the list in self-evaluation.yaml.

    Shows what would change. Nothing is written without --apply.
    """
    from selfassess.errors import UsageError
    from selfassess.plan.yaml_io import is_plan_file

    _ending(file)
    if not file.is_file():
        raise UsageError(f"{file}: no such file.", hint="Check the path.")
    session = opened(folder, create=True)
    author = session.author(by, at, preview=not apply_)
    if file.suffix.lower() == ".xlsx":
        _import_excel(session, author, file, apply_=apply_, as_json=as_json)
    elif is_plan_file(file):
        _import_history(session, file, apply_=apply_, as_json=as_json)
    else:
        _import_list(session, author, file, apply_=apply_, as_json=as_json)


def _import_excel(
    session: Session, author: Author, file: Path, *, apply_: bool, as_json: bool
) -> None:
    from selfassess.plan.events import plain
    from selfassess.plan.excel_drafts import drafts_of
    from selfassess.plan.excel_in import read_edits
    from selfassess.plan.fold import fold

    events = session.events()
    edits = read_edits(file, events, session.settings)
    drafts = drafts_of(edits, fold(session.events()), author)
    if as_json and not apply_:
        print_json({"differences": [plain(each) for each in edits.differences]})
        return
    if not as_json:
        for each in edits.differences:
            click.echo(f"{each.action:10} {each.column}: '{each.before}' to '{each.after}'")
            click.echo(f"           {each.place}")
        for name in edits.missing:
            click.echo(f"{name:10} is not in the workbook; it stays as it is.")
    if not drafts:
        click.echo("Nothing changes." if not as_json else "{}")
        return
    if apply_:
        done = session.store.write(
            lambda plan: drafts_of(edits, plan, author), expected=edits.versions
        )
        said(done, as_json=as_json)
        return
    _not_yet(len(edits.differences))


def _not_yet(count: int) -> None:
    changes = "1 change" if count == 1 else f"{count} changes"
    click.echo(f"{changes}; nothing was written. Add --apply to do it.")


def _import_history(session: Session, file: Path, *, apply_: bool, as_json: bool) -> None:
    from selfassess.commands.plan_text import written
    from selfassess.plan.fold import fold
    from selfassess.plan.store import checked_history, continuation
    from selfassess.plan.yaml_io import from_yaml

    history = from_yaml(file)
    if apply_:
        said(session.store.extend(history), as_json=as_json)
        return
    events = session.events()
    added = continuation(events, history)
    checked_history(fold(events), added)
    written(added)
    if added:
        _not_yet(len(added))


def _import_list(
    session: Session, author: Author, file: Path, *, apply_: bool, as_json: bool
) -> None:
    from selfassess.errors import EvidenceError
    from selfassess.loading.parse import load
    from selfassess.model.workspace import SelfEvaluation
    from selfassess.plan.fold import fold
    from selfassess.plan.takeover import take_over

    found = load(file, SelfEvaluation, schema="selfassess/self-evaluation@1", error=EvidenceError)
    if apply_:
        units = {each.id: each.unit for each in session.toolkit.library.measures.values()}
        events = session.do(lambda plan: take_over(plan, author, found.plan, units))
        said(events, as_json=as_json)
        if events:
            click.echo(
                f"The plan is kept in its store now: take the list `plan:` out of {file.name}.",
                err=True,
            )
        return
    drafts = take_over(fold(session.events()), author, found.plan)
    for draft in drafts:
        if draft.kind == "added":
            click.echo(f"{draft.action:10} {draft.to['title']}")
    _not_yet(sum(draft.kind == "added" for draft in drafts))
