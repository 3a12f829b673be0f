"""``check``, ``run`` and ``render``: the main job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.commands.copies import (
    audience_option,
    check_formats,
    confirm_option,
    write_copies,
)
from selfassess.commands.options import DateType, folder_argument, template_option
from selfassess.commands.sampling import RunCommand, drawn_sample, sample_option
from selfassess.errors import EvidenceError, ReportError, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from selfassess.assessment import Assessment
    from selfassess.evidence import Evidence
    from selfassess.model.framework import Framework
    from selfassess.workspace import Workspace

__all__ = ["announce", "check", "render", "run", "run_workspace"]


@click.command()
@folder_argument
def check(folder: Path) -> None:
    """Check configuration, frameworks, evidence, rows and data quality; nothing is scored."""
    from selfassess.assessment_quality import quality_lines
    from selfassess.commands.progress import progress
    from selfassess.drilling import quality_of
    from selfassess.measuring.published import published_readings
    from selfassess.measuring.sampling import check_reasons
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace
    from selfassess.workspace_brand import read_brand, template_of
    from selfassess.workspace_files import read_overlays, read_register, read_self_evaluation

    workspace = load_workspace(folder)
    with progress() as show:
        toolkit = Toolkit.for_workspace(workspace)
        check_reasons(toolkit.library)  # otherwise only `run --sample` would tell
        framework = toolkit.framework_of(workspace)
        template_of(workspace, toolkit.library.templates)
        read_brand(workspace)
        register = read_register(workspace, framework, toolkit.library)
        read_overlays(workspace, toolkit.library)
        evidence = toolkit.read(workspace, other_evidence=bool(register), progress=show)
        # Measured only by a run, but its names and units are no different then.
        library = toolkit.library
        published_readings(evidence.published, library.measures, library.dimensions, {})
        claims = read_self_evaluation(workspace, framework, library)
        quality = quality_of(toolkit, workspace, evidence)
    click.echo(f"Framework: {framework.title}, {framework.reference}")
    inferred = " (inferred from the lists)" if evidence.as_at_inferred else ""
    click.echo(f"As at: {evidence.as_at:%d %B %Y}{inferred}")
    for line in (*ledger_lines(evidence), *quality_lines(quality)):
        click.echo(line)
    click.echo(f"Register entries: {len(register)}. Claims: {len(claims.judgements)}.")
    _warn(toolkit, evidence, workspace, [framework])


def ledger_lines(evidence: Evidence) -> list[str]:
    """The row ledger as text: a line a sheet, then what was set aside and why."""
    wide = max([18, *(len(sheet.table or "") for sheet in evidence.ledger)])
    lines = [
        "",
        f"{'sheet':44} {'table':{wide}} {'read':>7} {'used':>7} {'aside':>7} {'unread cells':>13}",
    ]
    for sheet in evidence.ledger:
        name = f"{sheet.path} › {sheet.sheet}" if not sheet.path.endswith(".csv") else sheet.path
        lines.append(
            f"{name[-44:]:44} {sheet.table or '(none)':{wide}} {sheet.rows_read:>7} "
            f"{sheet.rows_used:>7} {sheet.rows_set_aside:>7} {sheet.unknown_cells:>13}"
        )
        lines += [f"    {count} × {reason}" for reason, count in sorted(sheet.reasons.items())]
    made = [state for state in evidence.tables.values() if state.made_of]
    if made:
        lines += ["", "Lists made of other tables, as no file holds them:"]
    for state in made:
        of = ", ".join(state.made_of)
        lines.append(f"    {state.rows:>7} rows  {state.spec.title} [{state.spec.id}], of {of}")
    return [*lines, ""]


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

    chosen = _formats(formats)
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
    from selfassess.assessment_changes import with_since
    from selfassess.loading.cache import cache_folder
    from selfassess.outputs import write_outputs
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace
    from selfassess.workspace_brand import looks, template_of

    workspace = load_workspace(folder, keep=cache_folder() is not None)
    toolkit = Toolkit.for_workspace(workspace)
    template = template_of(workspace, toolkit.library.templates, template)
    templates = looks(workspace, toolkit.library.templates)
    if sample is not None:
        from selfassess.sampling import check_sampling_files

        check_sampling_files(toolkit)
    assessments = toolkit.assess_all(workspace, also, as_at=as_at, progress=progress)
    assessment = assessments[0]
    _warn(toolkit, assessment.evidence, workspace, [each.framework for each in assessments])
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
    from selfassess.workspace_plan import record_readings

    readings = [item.reading for item in assessment.outcome.readings]
    try:
        record_readings(workspace, readings, assessment.evidence.as_at)
    except PlanError as error:
        click.echo(f"Warning: no reading was written into the plan: {error}", err=True)


@click.command()
@click.argument("assessment", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write into; beside the file if left out.",
)
@click.option(
    "--format",
    "formats",
    default="pdf,html",
    show_default=True,
    help="pdf, html, docx, xlsx, md, overview, enquiry.",
)
@audience_option
@confirm_option
@template_option
@click.option(
    "--brand",
    type=click.Path(path_type=Path),
    metavar="WORKSPACE",
    help="Take template, colours, logo and typeface from this workspace.",
)
def render(
    assessment: Path,
    out: Path | None,
    formats: str,
    audience: str,
    *,
    confirm_text: bool,
    template: str | None,
    brand: Path | None,
) -> None:
    """Make the report from an assessment.json alone, on this or another machine."""
    from selfassess.commands.progress import progress
    from selfassess.report.output import render as render_report

    chosen = [name for name in _formats(formats) if name != "json"]
    if not assessment.is_file():
        raise ReportError(
            f"{assessment}: no such file.",
            hint="`selfassess run` writes out/assessment.json; name that file.",
        )
    with progress() as show:
        templates, used = _look(template, brand)
        if audience != "internal":
            announce(
                _render_copy(
                    assessment,
                    audience,
                    out,
                    chosen,
                    templates,
                    confirm_text,
                    template=used,
                    progress=show,
                )
            )
            return
        written = render_report(
            assessment,
            out or assessment.parent,
            chosen,
            templates,
            template=used,
            progress=show,
        )
    announce(written)


def _look(template: str | None, brand: Path | None) -> tuple[Mapping[str, Traversable], str]:
    """The templates in the look of a workspace, if one is named, and which of them to use."""
    from selfassess.report.forms import check_template
    from selfassess.toolkit import Toolkit

    if brand is None:
        templates = Toolkit.load().library.templates
        check_template(template or "default", templates)
        return templates, template or "default"
    from selfassess.workspace import load_workspace
    from selfassess.workspace_brand import looks, template_of

    workspace = load_workspace(brand)
    templates = Toolkit.for_workspace(workspace).library.templates
    return looks(workspace, templates), template_of(workspace, templates, template)


def _render_copy(
    path: Path,
    audience: str,
    out: Path | None,
    formats: Sequence[str],
    templates: Mapping[str, Traversable],
    confirmed: bool,
    *,
    template: str,
    progress: Callable[[str], None] | None,
) -> list[Path]:
    """Make a copy from the council's own assessment.json; without its evidence, rules alone see."""
    from selfassess.publishing import make_copy
    from selfassess.report.output import load_assessment
    from selfassess.workspace import CONFIG

    check_formats(formats)
    _, own = load_assessment(path)
    above = (path.parent, *path.resolve().parents)
    root = next((folder for folder in above if (folder / CONFIG).is_file()), path.parent)
    copy = make_copy(own, audience, root)
    target = (out or path.parent) / audience
    return write_copies(
        [(copy, target)],
        root,
        formats,
        templates,
        template=template,
        confirmed=confirmed,
        progress=progress,
    )


def announce(written: Sequence[Path]) -> None:
    """Print what was written, a path a line."""
    for path in written:
        click.echo(f"wrote {path}")


def _formats(text: str) -> tuple[str, ...]:
    from selfassess.report.forms import FORMATS

    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [part for part in chosen if part not in FORMATS]
    if unknown or not chosen:
        from selfassess.errors import nearest

        raise UsageError(
            f"--format: '{', '.join(unknown) or text}' is not known.",
            hint=nearest(unknown[0], FORMATS) if unknown else f"Choose from {', '.join(FORMATS)}.",
        )
    return chosen


def _warn(
    toolkit: Any, evidence: Evidence, workspace: Workspace, frameworks: Sequence[Framework]
) -> None:
    from selfassess.workspace_names import names_elsewhere

    for info in toolkit.registry.failures:
        click.echo(f"Warning: plugin '{info.name}' was not loaded: {info.failure}", err=True)
    elsewhere = [problem for _, problem in names_elsewhere(workspace, frameworks)]
    for problem in (*evidence.problems, *elsewhere):
        click.echo(f"Warning: {problem}", err=True)
