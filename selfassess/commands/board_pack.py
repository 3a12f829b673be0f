"""``board-pack``: what changed for children, what to decide, and the plan behind it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from selfassess.commands.options import DateType, folder_argument
from selfassess.commands.written import announce

__all__ = ["board_pack"]


@click.command("board-pack")
@folder_argument
@click.option(
    "--since",
    type=DateType(),
    help="The last board; the latest one that decided something if left out.",
)
@click.option("--as-at", type=DateType(), help="The day of the pack; today if left out.")
@click.option(
    "--audience",
    type=click.Choice(["internal", "public"]),
    default="internal",
    show_default=True,
    help="For whom. The public twin is made from out/public/assessment.json alone.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write; out/ of the workspace, or out/public/, if left out.",
)
def board_pack(
    folder: Path, since: dt.date | None, as_at: dt.date | None, audience: str, out: Path | None
) -> None:
    """Make the board pack: a PDF and an Excel workbook.

    One page of what got better or worse for children and what has to be decided; then exceptions,
    the scorecard with trajectories beside delivery, risks, decisions, changes, and the full plan.
    """
    from selfassess.board_pack import write_pack
    from selfassess.commands.progress import progress
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace
    from selfassess.workspace.brand import looks

    workspace = load_workspace(folder)
    toolkit = Toolkit.for_workspace(workspace)
    templates = looks(workspace, toolkit.library.templates)
    target = workspace.out
    if audience == "public":
        data = _public(workspace.out, since, as_at)
        target = workspace.out / "public"
    else:
        data = _internal(folder, toolkit, since, as_at)
    with progress() as show:
        written = write_pack(data, out or target, templates, progress=show)
    announce(written)


def _internal(
    folder: Path, toolkit: Any, since: dt.date | None, as_at: dt.date | None
) -> dict[str, Any]:
    from importlib.metadata import version

    from selfassess.board_pack import board_data
    from selfassess.commands.plan_session import opened

    session = opened(folder)
    council = session.workspace.config.council
    return board_data(
        session.events(),
        as_at=as_at or dt.datetime.now().astimezone().date(),
        start=since,
        settings=session.settings,
        council={"name": council.name, "code": council.code},
        titles={name: each.title for name, each in toolkit.library.measures.items()},
        words={name: each.titles for name, each in toolkit.library.dimensions.items()},
        made_with={"name": "selfassess", "version": version("selfassess")},
        parts=_parts(toolkit, toolkit.framework_of(session.workspace)),
    )


def _parts(toolkit: Any, framework: Any) -> dict[str, str]:
    """What topics, tags and the framework's own nodes are called, by id."""
    from selfassess.commands.plan_names import tag_titles

    library = toolkit.library
    topics = {name: each.title for name, each in library.topics.items()}
    return {**topics, **tag_titles(library), **{node.id: node.title for node in framework.walk()}}


def _public(out: Path, since: dt.date | None, as_at: dt.date | None) -> dict[str, Any]:
    from selfassess.board_pack import public_data
    from selfassess.board_pack.public import read_disclosed
    from selfassess.errors import UsageError

    found = read_disclosed(out)
    if as_at is not None and as_at.isoformat() != found["as_at"]:
        raise UsageError(
            f"The public copy speaks of {found['as_at']}, not of {as_at}.",
            hint=f"Leave --as-at out, or: selfassess run --audience public --as-at {as_at}",
        )
    if since is not None and since.isoformat() >= found["as_at"]:
        raise UsageError(
            f"--since {since} is not before the day of the public copy ({found['as_at']})."
        )
    return public_data(found, since.isoformat() if since else None)
