"""``claims sync | list | show | export | import``: what leaders say, kept in step, in Word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.commands.options import kept_workspace
from selfassess.errors import UsageError, nearest

if TYPE_CHECKING:
    from selfassess.model.framework import Framework
    from selfassess.model.workspace import SelfEvaluation
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["CHANGES", "claims"]

CHANGES = 16
"""The exit code of ``sync --check`` where the file is out of step."""
folder_argument = click.argument("folder", type=click.Path(path_type=Path), default=Path())
json_option = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group()
def claims() -> None:
    """What leaders say: self-evaluation.yaml, kept in step, listed, and in Word."""


@claims.command(epilog="Exit codes: 0 done, or in step; 16 with --check where it is out of step.")
@folder_argument
@click.option("--check", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--criteria/--no-criteria",
    default=True,
    show_default=True,
    help="Lines to fill in for each criterion of which nothing is said.",
)
@click.option("--clear", is_flag=True, help="Take the lines of earlier runs away, add none.")
@click.pass_context
def sync(context: click.Context, folder: Path, *, check: bool, criteria: bool, clear: bool) -> None:
    """Add to self-evaluation.yaml what framework and evidence ask of it.

    Only comment lines that begin with '#:' are added, renewed or taken away: parts of the framework
    of which nothing is said yet, references that vanished, evidence to look at. What people wrote
    stays as it is, byte for byte.
    """
    import difflib

    from selfassess.writing.files import replace_file

    workspace, toolkit, framework = _opened(folder)
    path = workspace.self_evaluation
    old = path.read_bytes() if path.is_file() else b""
    new = _renewed(workspace, toolkit, framework, old, criteria=criteria, clear=clear)
    if new == old:
        click.echo(f"{path.name}: in step with {framework.reference} and the evidence.")
        return
    if not check:
        replace_file(path, new)
    before, after = (content.decode("utf-8-sig").splitlines() for content in (old, new))
    if check:
        for line in difflib.unified_diff(before, after, path.name, path.name, lineterm=""):
            click.echo(line)
        context.exit(CHANGES)
    changed = [line for line in difflib.ndiff(before, after) if line[:1] in "+-"]
    added = sum(line.startswith("+") for line in changed)
    click.echo(f"wrote {path}: {added} comment lines added, {len(changed) - added} taken away.")
    for line in after:
        if "is not in the evidence any more" in line and line.lstrip().startswith("#:"):
            click.echo(f"Warning: {line.strip().lstrip('#: ')}", err=True)


def _renewed(
    workspace: Workspace,
    toolkit: Toolkit,
    framework: Framework,
    old: bytes,
    *,
    criteria: bool,
    clear: bool,
) -> bytes:
    from selfassess.claims.advice import advice_of
    from selfassess.claims.marked import without_marked
    from selfassess.claims.sync import synced
    from selfassess.commands.progress import progress
    from selfassess.scaffold.evaluation import evaluation_page
    from selfassess.workspace.files import read_self_evaluation

    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    read_self_evaluation(workspace, framework, toolkit.library)
    text = old[len(mark) :].decode("utf-8") if old else evaluation_page(framework)
    if clear:
        return mark + without_marked(text).encode("utf-8")
    with progress() as show:
        assessment = toolkit.assess(workspace, progress=show)
    new = synced(text, assessment.framework, advice_of(assessment), criteria=criteria)
    return mark + new.encode("utf-8")


@claims.command("list")
@folder_argument
@json_option
def list_(folder: Path, *, as_json: bool) -> None:
    """List what is said of each judgement, and of criteria."""
    from selfassess.claims.listing import listed

    framework, written = _written(folder)
    rows = listed(framework, written)
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    click.echo(
        f"{'node':24} {'grade':22} {'status':10} {'answers':>8} {'words':>6} {'evidence':>9}  "
        f"{'date':10}  author"
    )
    for row in rows:
        answers = f"{row['answered']} of {row['questions']}" if row["questions"] else ""
        click.echo(
            f"{row['node']:24} {(row['grade'] or '-')[:22]:22} {row['status'] or 'silent':10} "
            f"{answers:>8} {row['words']:>6} {row['evidence']:>9}  {row['date'] or '-':10}  "
            f"{row['author'] or '-'}"
        )


@claims.command()
@click.argument("node")
@folder_argument
@json_option
def show(node: str, folder: Path, *, as_json: bool) -> None:
    """Show what is said of NODE, a judgement or a criterion."""
    from selfassess.claims.listing import claim_lines, shown

    framework, written = _written(folder)
    nodes = {each.id: each for each in framework.walk()}
    if node not in nodes:
        raise UsageError(
            f"'{node}' is no part of {framework.reference}.",
            hint=nearest(node, nodes) or f"`selfassess frameworks show {framework.reference}`",
        )
    row = shown(framework, written, nodes[node])
    if as_json:
        click.echo(json.dumps(row, indent=2, ensure_ascii=False))
        return
    for line in claim_lines(framework, row):
        click.echo(line)


@claims.command()
@folder_argument
@click.option("--docx", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--only", metavar="JUDGEMENT", multiple=True, help="One judgement; may be repeated.")
@click.option("--criteria/--no-criteria", default=True, show_default=True, help="Ask of each too.")
def export(folder: Path, *, docx: Path, only: tuple[str, ...], criteria: bool) -> None:
    """Write a form in Word for those who know each part, with what is said so far."""
    from selfassess.claims.word_out import form
    from selfassess.workspace.files import read_self_evaluation
    from selfassess.writing.files import replace_file

    workspace, toolkit, framework = _opened(folder)
    written = read_self_evaluation(workspace, framework, toolkit.library)
    known = [node.id for node in framework.judgements()]
    for each in only:
        if each not in known:
            raise UsageError(
                f"--only: '{each}' is no judgement.", hint=nearest(each, known, few=True)
            )
    content = form(
        framework,
        written.judgements,
        council=workspace.config.council.name,
        only=only,
        criteria=criteria,
    )
    replace_file(docx, content)
    click.echo(f"wrote {docx}")


@claims.command("import", epilog="Exit codes: 0 done; 16 something could not be placed.")
@click.argument("form", type=click.Path(path_type=Path))
@folder_argument
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--tracked",
    type=click.Choice(["refuse", "accept", "reject"]),
    default="refuse",
    show_default=True,
    help="What to do with changes that Word recorded.",
)
@click.option("--theirs", is_flag=True, help="Let the form win where the file changed as well.")
@click.pass_context
def import_(
    context: click.Context, form: Path, folder: Path, *, dry_run: bool, tracked: str, theirs: bool
) -> None:
    """Bring the texts of a filled-in FORM back into self-evaluation.yaml.

    Only texts that were changed in the form are written, and no comment of the file is lost. What
    could not be placed is listed.
    """
    import difflib

    from selfassess.claims.edits import edited
    from selfassess.claims.placing import placed
    from selfassess.claims.word_in import is_ours, read_form
    from selfassess.scaffold.evaluation import evaluation_page
    from selfassess.workspace.files import read_self_evaluation
    from selfassess.writing.files import replace_file

    workspace, toolkit, framework = _opened(folder)
    written = read_self_evaluation(workspace, framework, toolkit.library)
    read = read_form(form, tracked=tracked)
    if is_ours(read) and read.reference != framework.reference:
        click.echo(
            f"Warning: {form} was written for {read.reference}; the workspace is at "
            f"{framework.reference}.",
            err=True,
        )
    result = placed(read, framework, written.judgements, theirs=theirs)
    path = workspace.self_evaluation
    old = path.read_bytes() if path.is_file() else evaluation_page(framework).encode("utf-8")
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    text = old[len(mark) :].decode("utf-8")
    new = edited(text, result.changes, framework)
    for line in result.told:
        click.echo(f"{'would change' if dry_run else 'changed'}  {line}")
    for line in result.conflicts:
        click.echo(f"CONFLICT  {line}. Not placed; --theirs lets the form win.")
    for line in result.unplaced:
        click.echo(f"NOT PLACED  {line}")
    if dry_run:
        before, after = text.splitlines(), new.splitlines()
        for line in difflib.unified_diff(before, after, path.name, path.name, lineterm=""):
            click.echo(line)
    elif new != text or not path.is_file():
        replace_file(path, mark + new.encode("utf-8"))
        click.echo(f"wrote {path}")
    click.echo(
        f"{len(result.told)} changed, {result.same} as before, {len(result.conflicts)} in "
        f"conflict, {len(result.unplaced)} not placed."
    )
    if result.conflicts or result.unplaced:
        context.exit(CHANGES)


def _opened(folder: Path) -> tuple[Workspace, Toolkit, Framework]:
    from selfassess.toolkit import Toolkit

    workspace = kept_workspace(folder)
    toolkit = Toolkit.for_workspace(workspace)
    return workspace, toolkit, toolkit.framework_of(workspace)


def _written(folder: Path) -> tuple[Framework, SelfEvaluation]:
    from selfassess.workspace.files import read_self_evaluation

    workspace, toolkit, framework = _opened(folder)
    return framework, read_self_evaluation(workspace, framework, toolkit.library)
