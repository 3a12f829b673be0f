"""``check``: everything that a run looks at, and nothing scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.commands.options import folder_argument
from selfassess.commands.written import next_line

if TYPE_CHECKING:
    from selfassess.evidence import Evidence
    from selfassess.model.framework import Framework
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["check", "warn"]


@click.command()
@folder_argument
def check(folder: Path) -> None:
    """Check configuration, frameworks, evidence, rows and data quality; nothing is scored."""
    from selfassess.assessment.quality import quality_lines
    from selfassess.commands.ledger_text import ledger_lines
    from selfassess.commands.progress import progress
    from selfassess.drilling import quality_of
    from selfassess.measuring.published import possible, published_readings
    from selfassess.measuring.sampling import check_reasons
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace
    from selfassess.workspace.brand import read_brand, template_of
    from selfassess.workspace.files import read_overlays, read_register, read_self_evaluation

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
        published = published_readings(evidence.published, library.measures, library.dimensions, {})
        _, doubted = possible(published, library.measures)
        evidence = replace(evidence, problems=(*evidence.problems, *doubted))
        claims = read_self_evaluation(workspace, framework, library)
        quality = quality_of(toolkit, workspace, evidence)
    click.echo(f"Framework: {framework.title}, {framework.reference}")
    inferred = " (inferred from the lists)" if evidence.as_at_inferred else ""
    click.echo(f"As at: {evidence.as_at:%d %B %Y}{inferred}")
    click.echo(_published(toolkit, workspace))
    for line in (*ledger_lines(evidence), *quality_lines(quality)):
        click.echo(line)
    click.echo(f"Register entries: {len(register)}. Claims: {len(claims.judgements)}.")
    warn(toolkit, evidence, workspace, [framework])
    click.echo(next_line("run", folder))


def _published(toolkit: Toolkit, workspace: Workspace) -> str:
    """Whose published figures readings are set beside."""
    code, england = workspace.config.council.code, workspace.config.comparators == "england"
    if england:
        return "Published figures: England's alone"
    if not code:
        return "Published figures: none (council.code in selfassess.yaml is not filled in)"
    found = toolkit.benchmarks(workspace, all_=False).council(code)
    if found is None:
        return (
            f"Published figures: none, as '{code}' is no council's code; "
            "`selfassess comparators show INDICATOR --council NAME` prints a council's."
        )
    return f"Published figures: those of {found.name} ({found.code}), {found.region}"


def warn(
    toolkit: Any, evidence: Evidence, workspace: Workspace, frameworks: Sequence[Framework]
) -> None:
    """Tell of plugins that were not loaded, and of what was read and is not as it should be."""
    from selfassess.workspace.names import names_elsewhere

    for info in toolkit.registry.failures:
        click.echo(f"Warning: plugin '{info.name}' was not loaded: {info.failure}", err=True)
    elsewhere = [problem for _, problem in names_elsewhere(workspace, frameworks)]
    for problem in (*evidence.problems, *elsewhere):
        click.echo(f"Warning: {problem}", err=True)
