"""``run``: the main job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.commands.check import warn
from selfassess.commands.copies import (
    audience_option,
    check_formats,
    confirm_option,
    write_copies,
)
from selfassess.commands.options import DateType, folder_argument, kept_workspace, template_option
from selfassess.commands.sampling import RunCommand, drawn_sample, sample_option
from selfassess.commands.written import announce, formats_of
from selfassess.errors import EvidenceError, UsageError

if TYPE_CHECKING:
    from selfassess.assessment import Assessment
    from selfassess.workspace import Workspace

__all__ = ["run", "run_workspace"]


@click.command(cls=RunCommand)
@folder_argument
@click.option("--as-at", type=DateType(), help="The day that the assessment speaks of.")
@audience_option
@confirm_option
@click.option(
    "--format",
    "formats",
    default="pdf,html,json",
    show_default=True,
    help="What to write, separated by commas: pdf, html, json, docx, xlsx, md, overview (two "
    "pages), enquiry (what an inspector would ask).",
)
@click.option("--keep", is_flag=True, help="Keep the assessment in history/, for trends.")
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    help="Tell what changed since this assessment.json; the latest earlier one in history/ if "
    "left out.",
)
@click.option(
    "--strict", is_flag=True, help="Stop with exit 11 where any row or cell is set aside."
)
@click.option(
    "--also",
    metavar="FRAMEWORK",
    multiple=True,
    help="Assess a second framework on the same evidence, into out/FRAMEWORK/; may be repeated.",
)
@template_option
@sample_option
def run(
    folder: Path,
    as_at: dt.date | None,
    audience: str,
    formats: str,
    *,
    confirm_text: bool,
    also: tuple[str, ...],
    keep: bool,
    sample: int | None,
    since: Path | None,
    strict: bool,
    template: str | None,
) -> None:
    """Assess the workspace in FOLDER and write the report into its out/."""
    from selfassess.commands.progress import progress

    chosen = formats_of(formats)
    if audience != "internal":
        check_formats(chosen)
        if keep:
            raise UsageError(
                "--keep keeps the council's own assessment, not a copy for others.",
                hint="Run once with --keep, and once with --audience.",
            )
        if sample is not None:
            raise UsageError(
                "--sample names children, so it does not go with a copy for others.",
                hint="Run once with --sample, and once with --audience.",
            )
    with progress() as show:
        written = run_workspace(
            folder,
            formats=chosen,
            audience=audience,
            confirm_text=confirm_text,
            as_at=as_at,
            also=also,
            keep=keep,
            sample=sample,
            since=since,
            strict=strict,
            template=template,
            progress=show,
        )
    announce(written)


def run_workspace(
    folder: Path,
    *,
    formats: Sequence[str],
    audience: str = "internal",
    confirm_text: bool = False,
    as_at: dt.date | None = None,
    also: Sequence[str] = (),
    keep: bool = False,
    sample: int | None = None,
    since: Path | None = None,
    strict: bool = False,
    template: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Assess a workspace and write its outputs; returns the paths written.

    Args:
        folder: the workspace.
        formats: which forms of the report.
        audience: ``internal``, or whom copies are made for.
        confirm_text: a person has looked at what the check of texts listed.
        as_at: the day to measure at, before the workspace's own.
        also: further frameworks.
        keep: keep the assessments in ``history/``.
        sample: list so many children at most whom an inspector would look at.
        since: an earlier assessment to tell the changes from; the latest one kept if left out.
        strict: stop where a row or a cell is set aside.
        template: the id of a report template, before the workspace's own.
        progress: told what is being done.
    """
    from selfassess.assessment.changes import with_since
    from selfassess.outputs import check_outputs, write_outputs
    from selfassess.toolkit import Toolkit
    from selfassess.workspace.brand import looks, template_of

    workspace = kept_workspace(folder)
    own = workspace.out if audience == "internal" else workspace.out / audience
    check_outputs(own, formats, sample=sample is not None)
    toolkit = Toolkit.for_workspace(workspace)
    template = template_of(workspace, toolkit.library.templates, template)
    templates = looks(workspace, toolkit.library.templates)
    if sample is not None:
        from selfassess.sampling import check_sampling_files

        check_sampling_files(toolkit)
    assessments = toolkit.assess_all(workspace, also, as_at=as_at, progress=progress)
    assessment = assessments[0]
    warn(toolkit, assessment.evidence, workspace, [each.framework for each in assessments])
    if strict and (
        aside := sum(s.rows_set_aside + s.unknown_cells for s in assessment.evidence.ledger)
    ):
        raise EvidenceError(
            f"--strict: {aside} rows or cells were set aside.",
            hint=f"`selfassess check {folder}` lists them by sheet.",
        )
    families = [each.framework.id for each in assessments[1:]]
    folders = [""] + [
        each.framework.id if families.count(each.framework.id) < 2 else each.framework.reference
        for each in assessments[1:]
    ]
    if audience != "internal":
        from selfassess.publishing import known_in, make_copy

        known = known_in(assessment.evidence, toolkit.library.tables.values())
        assessment.evidence.warehouse.close()
        copies = [
            (
                make_copy(each.as_dict(), audience, workspace.root, known),
                workspace.out / audience / name,
            )
            for each, name in zip(assessments, folders, strict=True)
        ]
        return write_copies(
            copies,
            workspace.root,
            formats,
            templates,
            template=template,
            confirmed=confirm_text,
            progress=progress,
        )
    # Everything is asked before anything is written: a warehouse may go away at any time.
    drawn = (
        None if sample is None else drawn_sample(toolkit, workspace, assessment.evidence, sample)
    )
    assessment.evidence.warehouse.close()
    written = []
    told = with_since(assessments, workspace, since, toolkit.library)
    for each, name in zip(told, folders, strict=True):
        written += write_outputs(
            each,
            workspace,
            formats,
            templates=templates,
            template=template,
            keep=keep,
            folder=name,
            progress=progress,
        )
    if drawn is not None:
        from selfassess.sampling import write_sample

        written += write_sample(drawn, workspace.out)
    _feed_plan(workspace, assessment)
    return written


def _feed_plan(workspace: Workspace, assessment: Assessment) -> None:
    """Write readings into the plan's history; a store that is busy or shut spoils no report."""
    if assessment.plan is None:
        return
    from selfassess.errors import PlanError
    from selfassess.workspace.plan import record_readings

    readings = [item.reading for item in assessment.outcome.readings]
    try:
        record_readings(workspace, readings, assessment.evidence.as_at)
    except PlanError as error:
        click.echo(f"Warning: no reading was written into the plan: {error}", err=True)
