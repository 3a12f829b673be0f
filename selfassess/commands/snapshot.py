"""``snapshot``: seal a run's outputs, say whether they are whole, sign them off."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.commands.copies import audience_option
from selfassess.commands.options import DateType, folder_argument

if TYPE_CHECKING:
    from selfassess.snapshots import Snapshot

__all__ = ["snapshot"]


@click.group()
def snapshot() -> None:
    """Seal a run's outputs, say whether they are whole, and sign them off."""


@snapshot.command("create")
@folder_argument
@audience_option
def create(folder: Path, audience: str) -> None:
    """Seal what the last run wrote into out/, with hashes of all evidence; copies no evidence."""
    from selfassess.snapshots import create_snapshot
    from selfassess.workspace import load_workspace

    workspace = load_workspace(folder)
    out = workspace.out if audience == "internal" else workspace.out / audience
    made, new = create_snapshot(workspace.root, out)
    click.echo(f"{'sealed' if new else 'there already'} {made.id}")
    click.echo(f"{len(made.files)} files; manifest {made.manifest}; seal {made.seal}")


@snapshot.command("list")
@folder_argument
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_(folder: Path, *, as_json: bool) -> None:
    """List snapshots with who signed them."""
    from selfassess.snapshots import list_snapshots
    from selfassess.snapshots.sign import read_signatures
    from selfassess.workspace import load_workspace

    found = list_snapshots(load_workspace(folder).root)
    if as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "id": each.id,
                        "as_at": each.as_at,
                        "audience": each.audience,
                        "framework": each.framework,
                        "manifest": each.manifest,
                        "seal": each.seal,
                        "files": len(each.files),
                        "signatures": [
                            {"name": s.name, "role": s.role, "date": s.date, "note": s.note}
                            for s in read_signatures(each)
                        ],
                    }
                    for each in found
                ],
                ensure_ascii=False,
                indent=1,
            )
        )
        return
    if not found:
        click.echo("No snapshot yet. `selfassess snapshot create` makes one of the last run.")
    for each in found:
        click.echo(f"{each.id}  {each.framework}, {len(each.files)} files")
        for s in read_signatures(each):
            click.echo(
                f"    signed by {s.name}, {s.role}, {s.date}{': ' if s.note else ''}{s.note}"
            )


@snapshot.command("verify")
@click.argument("name")
@folder_argument
def verify(name: str, folder: Path) -> None:
    """Say whether every byte of snapshot NAME is as it was sealed; exit 14 where one is not."""
    from selfassess.errors import ReportError
    from selfassess.snapshots import verify_snapshot

    found = _named(name, folder)
    problems = verify_snapshot(found)
    if problems:
        raise ReportError(problems=problems)
    click.echo(f"{found.id} is whole: {len(found.files)} files, seal {found.seal}")


@snapshot.command("sign")
@click.argument("name")
@folder_argument
@click.option("--name", "who", required=True, help="Who signs.")
@click.option("--role", required=True, help="In which role.")
@click.option("--date", "day", type=DateType(), help="The day of signing; today if left out.")
@click.option("--note", default="", help="What is said with it.")
def sign(name: str, folder: Path, who: str, role: str, day: dt.date | None, note: str) -> None:
    """Add a sign-off to snapshot NAME; a snapshot that is not whole cannot be signed."""
    from selfassess.errors import ReportError
    from selfassess.snapshots import sign_snapshot, verify_snapshot

    found = _named(name, folder)
    if problems := verify_snapshot(found):
        raise ReportError(problems=problems)
    signed = sign_snapshot(
        found, name=who, role=role, date=day or dt.datetime.now().astimezone().date(), note=note
    )
    click.echo(f"{found.id} signed by {signed.name}, {signed.role}, {signed.date}")


def _named(name: str, folder: Path) -> Snapshot:
    from selfassess.snapshots import read_snapshot
    from selfassess.snapshots.bundle import FOLDER
    from selfassess.workspace import load_workspace

    return read_snapshot(load_workspace(folder).root / FOLDER / Path(name).name)
