"""``rows``: the rows behind a number."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from selfassess.commands.options import DateType

__all__ = ["rows"]


@click.command()
@click.argument("measure")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--where", multiple=True, help="Part of the whole: --where team=North (repeatable).")
@click.option(
    "--quality",
    is_flag=True,
    help="MEASURE is a rule of data quality: list what breaks it.",
)
@click.option("--as-at", type=DateType(), help="As for run.")
@click.option(
    "--csv", "csv_file", type=click.Path(path_type=Path), help="Write to this file instead."
)
def rows(
    measure: str,
    folder: Path,
    where: tuple[str, ...],
    as_at: dt.date | None,
    csv_file: Path | None,
    *,
    quality: bool,
) -> None:
    """List the rows behind MEASURE's reading: where each stands and how it counted.

    This lists child ids, for use within the service. Keep it there.
    """
    import csv
    import io
    import sys

    from selfassess.drilling import has_clock, rows_behind, rows_breaking
    from selfassess.errors import UsageError
    from selfassess.measuring.drilldown import PLAIN
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace
    from selfassess.writing.files import replace_file
    from selfassess.writing.spreadsheet_text import safe

    scope = {}
    for pair in where:
        key, separator, value = pair.partition("=")
        if not separator or not key:
            raise UsageError(f"--where '{pair}': write it as team=North.")
        scope[key.strip()] = value.strip()
    workspace = load_workspace(folder)
    toolkit = Toolkit.for_workspace(workspace)
    if quality and scope:
        raise UsageError("--quality and --where do not go together: a rule is asked of every row.")
    if quality:
        drill = rows_breaking(toolkit, workspace, measure, as_at=as_at)
    else:
        drill = rows_behind(toolkit, workspace, measure, scope, as_at=as_at)
    words = {} if quality or has_clock(toolkit, measure, drill.way) else PLAIN
    found = [(words.get(str(row[0]), row[0]), *row[1:]) for row in drill.rows]
    header = ("outcome", "file", "sheet", "row", *drill.key_columns)
    if csv_file:
        stream = io.StringIO(newline="")
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows([safe(cell) for cell in row] for row in found)
        replace_file(csv_file, stream.getvalue().encode("utf-8-sig"))
        click.echo(f"wrote {csv_file} ({len(found)} rows)")
        return
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(found)
