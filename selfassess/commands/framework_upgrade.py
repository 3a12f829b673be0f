"""``frameworks diff`` and ``frameworks upgrade``: editions side by side, and one to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.commands.options import packs_of, packs_option

if TYPE_CHECKING:
    from selfassess.loading.carry_plan import ClaimPlan, StepPlan
    from selfassess.loading.change import Change
    from selfassess.workspace import Workspace
    from selfassess.workspace.upgrade import Upgrade

__all__ = ["diff", "upgrade"]


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@packs_option
def diff(old: str, new: str, as_json: bool, workspace: Path | None) -> None:
    """Compare two editions of a framework: ofsted-ilacs@2018 ofsted-ilacs@2023 (or just 2023)."""
    from selfassess.loading.chain import chain, declared_between
    from selfassess.loading.compare import diff_along
    from selfassess.toolkit import Toolkit

    library = Toolkit.load(packs_of(workspace)).library
    first = library.framework(old)
    second = library.framework(new) if "@" in new else library.framework(first.id, new)
    editions = chain(library, first, second)
    changes = diff_along(first, second, declared_between(library, editions))
    if as_json:
        import json

        found = {
            "schema": "selfassess/framework-diff@1",
            "old": first.reference,
            "new": second.reference,
            "changes": [change.as_dict() for change in changes],
        }
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    click.echo(f"{first.reference} to {second.reference}")
    for line in _table(changes):
        click.echo(line)


def _table(changes: tuple[Change, ...]) -> list[str]:
    """The changes that need a person first, then the others; a change's sentence below it."""
    from textwrap import wrap

    if not changes:
        return ["No difference that concerns an assessment or a self-evaluation."]
    lines: list[str] = []
    for effect in ("needs a person", "compatible"):
        chosen = [change for change in changes if change.effect == effect]
        if not chosen:
            continue
        lines += ["", f"{effect[0].upper()}{effect[1:]}: {len(chosen)}"]
        for change in chosen:
            what: str = change.kind
            if change.kind == "reworded":
                what += ", editorial" if change.editorial else ", substantive"
            into = f" -> {', '.join(change.into)}" if change.into else ""
            told = "  (declared)" if change.declared else ""
            lines.append(f"  {what:22} {change.subject} {change.id}{into}{told}")
            lines += wrap(change.sentence, 96, initial_indent=" " * 25, subsequent_indent=" " * 25)
    return lines


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@click.option("--to", "edition", metavar="EDITION", help="The edition to move to.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--undo", is_flag=True, help="Put the files back that the last upgrade changed.")
def upgrade(folder: Path, edition: str | None, dry_run: bool, undo: bool) -> None:
    """Move a workspace to another edition of its framework without losing a word.

    The files as they were are kept below history/; --undo puts them back.
    """
    from selfassess.errors import UsageError
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace
    from selfassess.workspace.rewriting import write_files
    from selfassess.workspace.upgrade import plan_upgrade

    if undo == bool(edition):
        raise UsageError("Say either --to EDITION or --undo.")
    workspace = load_workspace(folder)
    if undo:
        _undo(workspace, dry_run)
        return
    library = Toolkit.for_workspace(workspace).library
    planned = plan_upgrade(workspace, library, str(edition))
    old, new = planned.editions[0], planned.editions[-1]
    if not planned.files:
        click.echo(f"{new.reference}: the workspace is there already; nothing to do.")
        return
    _tell(planned, planned.notes if dry_run else planned.notes_after())
    if dry_run:
        click.echo()
        for line in planned.difference():
            click.echo(line)
        click.echo("\nNothing was written. Leave --dry-run out to do it.")
        return
    kept = write_files(workspace.root, planned.files, old.edition, new.edition)
    click.echo(f"\nWritten: {', '.join(file.name for file in planned.files)}.")
    click.echo(f"The files as they were: {kept.relative_to(workspace.root).as_posix()}/")
    click.echo("To take it back: selfassess frameworks upgrade --undo")


def _undo(workspace: Workspace, dry_run: bool) -> None:
    from selfassess.errors import UsageError
    from selfassess.workspace.rewriting import put_back
    from selfassess.workspace.upgrade import edition_of

    if dry_run:
        raise UsageError("--undo has no dry run.", hint="Leave one of the two out.")
    back, files, kept = put_back(workspace.root, edition_of(workspace))
    click.echo(f"Back at edition {back}: {', '.join(files)}.")
    for path in kept:
        shown = path.relative_to(workspace.root).as_posix()
        click.echo(f"Edited since the upgrade, and kept as it was: {shown}")


def _tell(planned: Upgrade, notes: list[str]) -> None:
    """What happens to each claim, a step at a time; then what else to look at."""
    names = [edition.edition for edition in planned.editions]
    click.echo(f"{planned.editions[-1].id}: " + " -> ".join(names))
    for step in planned.steps:
        click.echo(f"\n{step.old} -> {step.new}")
        told = [*_lines(step)]
        for line in told or ["  everything stands as it is"]:
            click.echo(line)
    for note in notes:
        click.echo(f"\n{note}")


def _lines(step: StepPlan) -> list[str]:
    from textwrap import wrap

    lines: list[str] = []

    def line(node: str, words: str) -> None:
        first, *more = wrap(words, 73)
        lines.extend([f"  {node:24} {first}", *(" " * 27 + text for text in more)])

    for plan in step.claims.values():
        for words in _words(plan):
            line(plan.node, words)
    for created in step.created:
        if created.from_:
            line(created.node, f"carries on {' and '.join(created.from_)}; to re-confirm")
        else:
            line(created.node, "new: an empty entry is there to fill in")
    below = [
        change.id
        for change in step.changes
        if change.subject == "node"
        and change.id not in step.claims
        and change.id not in {created.node for created in step.created}
        and (change.effect == "needs a person" or change.kind == "added")
    ]
    if below:
        line("look also at", ", ".join(dict.fromkeys(below)) + " (`frameworks diff` says why)")
    return lines


def _words(plan: ClaimPlan) -> list[str]:
    if plan.archived is not None:
        return [f"to the archive. {plan.archived}"]
    found = []
    if plan.to != plan.node:
        found.append(f"is called {plan.to} now")
    if plan.reconfirm:
        found.append("kept, to re-confirm: " + " ".join(plan.reconfirm))
    if plan.private:
        found.append("not public any more: text came to it that was not")
    found += [f"answer '{q}' to the archive. {why}" for q, why in plan.dropped.items()]
    return found or ["stands as it is"]
