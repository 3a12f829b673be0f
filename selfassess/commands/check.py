"""``check``: everything that a run looks at, and nothing scored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.commands.options import folder_argument

if TYPE_CHECKING:
    from selfassess.evidence import Evidence
    from selfassess.model.framework import Framework
    from selfassess.workspace import Workspace

__all__ = ["check", "ledger_lines", "warn"]


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
    warn(toolkit, evidence, workspace, [framework])


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


def warn(
    toolkit: Any, evidence: Evidence, workspace: Workspace, frameworks: Sequence[Framework]
) -> None:
    """Tell of plugins that were not loaded, and of what was read and is not as it should be."""
    from selfassess.workspace_names import names_elsewhere

    for info in toolkit.registry.failures:
        click.echo(f"Warning: plugin '{info.name}' was not loaded: {info.failure}", err=True)
    elsewhere = [problem for _, problem in names_elsewhere(workspace, frameworks)]
    for problem in (*evidence.problems, *elsewhere):
        click.echo(f"Warning: {problem}", err=True)
