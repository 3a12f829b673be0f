"""``ready``: what to have in hand on the day of the call."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from selfassess.commands.options import DateType, folder_argument

__all__ = ["ready"]

_FORMATS = ("html", "json", "xlsx", "pdf", "overview")


@click.command()
@folder_argument
@click.option("--call", type=DateType(), help="The day of the call; today if left out.")
@click.option("--as-at", type=DateType(), help="The day that the assessment speaks of.")
@click.option(
    "--sample", type=click.IntRange(1), default=30, show_default=True, help="Children to list."
)
def ready(folder: Path, call: dt.date | None, as_at: dt.date | None, sample: int) -> None:
    """The call has come: run, seal a snapshot, and put all that is needed into ready/.

    The folder holds the two-page overview, the report, the evidence workbook, what inspectors will
    ask for with its due dates, what is missing by who answers for it, what is out of date, a list
    of children to look at first (for the council's own eyes), and a log.
    """
    from selfassess.commands.assess import run_workspace
    from selfassess.commands.progress import progress
    from selfassess.ready import gaps_by_owner, requests, stale, write_folder
    from selfassess.report.output import load_assessment
    from selfassess.report.pdf import MissingLibraryError
    from selfassess.snapshots import create_snapshot
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace

    day = call or dt.datetime.now().astimezone().date()
    workspace = load_workspace(folder)
    _not_before(day, as_at or workspace.config.as_at)
    log = [f"Call on {day.isoformat()}."]
    with progress() as show:
        try:
            written = run_workspace(
                folder, formats=_FORMATS, as_at=as_at, sample=sample, progress=show
            )
            log += [f"Wrote {path.relative_to(workspace.root).as_posix()}" for path in written]
        except MissingLibraryError as error:
            # Without what draws PDFs, everything else is still worth having today.
            click.echo(f"Warning: {error}", err=True)
            for name in ("report.pdf", "overview.pdf"):
                (workspace.out / name).unlink(missing_ok=True)
            log.append("No PDF was made: the system's library for it is missing.")
        if show:
            show("Sealing and putting together")
        _, assessment = load_assessment(workspace.out / "assessment.json")
        _not_before(day, dt.date.fromisoformat(str(assessment["as_at"])))
        snapshot, _ = create_snapshot(workspace.root, workspace.out)
        log.append(f"Sealed {snapshot.id}, seal {snapshot.seal}, manifest {snapshot.manifest}.")
        log += [
            f"Evidence {item['path']}, "
            + (f"SHA-256 {item['sha256']}" if item["sha256"] else "in the warehouse, not hashed")
            for item in assessment.get("inputs") or ()
        ]
        framework = Toolkit.for_workspace(workspace).framework_of(workspace)
        asked = requests(framework, day, assessment, workspace.config.requests, workspace.root)
        gaps = gaps_by_owner(assessment, framework, workspace.config.owners)
        old = stale(assessment, day)
        made = write_folder(
            workspace.root,
            workspace.out,
            call=day,
            assessment=assessment,
            snapshot=snapshot,
            asked=asked,
            gaps=gaps,
            old=old,
            log=log,
        )
    click.echo(f"wrote {made}")
    missing = sum(request.state in ("missing", "partly there") for request in asked)
    click.echo(
        f"{len(asked)} requests, {missing} of them not there yet; {len(gaps)} gaps; "
        f"{len(old)} out of date. Sealed as {snapshot.id}."
    )
    click.echo("sample.csv and sample.xlsx name children: keep them within the service.")


def _not_before(call: dt.date, as_at: dt.date | None) -> None:
    """Refuse a call that comes before the day that the evidence speaks of.

    What is due by when, what is out of date and what is sealed would all be told of a day on which
    nobody could know it.
    """
    from selfassess.errors import UsageError

    if as_at is not None and call < as_at:
        raise UsageError(
            f"The call on {call.isoformat()} comes before the day that the assessment speaks of, "
            f"{as_at.isoformat()}.",
            hint=f"Check --call; or measure at the day of the call: --as-at {call.isoformat()}",
        )
