"""The command line: one group, errors caught once, nothing heavy imported at start."""

from __future__ import annotations

import gc
import sys
import traceback
from pathlib import Path

import click

from selfassess.commands import (
    assess,
    cases,
    claims,
    comparators,
    compare,
    create,
    frameworks,
    measures,
    plan,
    plugins,
    ready,
    rows,
    snapshot,
    what_if,
    xray,
)
from selfassess.errors import SelfAssessError

__all__ = ["cli", "main"]


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done; 2 usage; 10 framework; 11 evidence; 12 plugin; 13 measure; "
    "14 report; 15 a case's expectation failed; 16 a check found something; 17 improvement plan.",
)
@click.version_option(package_name="selfassess", prog_name="selfassess")
def cli() -> None:
    """Inspection-readiness self-assessment for children's services.

    A council's workbook in, an honest self-evaluation out: what the evidence supports, what it
    contradicts and what it cannot tell. It never predicts an inspection grade.
    """


for command in (
    create.demo,
    create.init,
    assess.check,
    assess.run,
    rows.rows,
    what_if.what_if,
    assess.render,
    frameworks.frameworks,
    measures.measures,
    comparators.comparators,
    plan.plan,
    plugins.plugins,
    cases.cases,
    snapshot.snapshot,
    ready.ready,
    claims.claims,
    xray.xray,
    compare.compare,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; a known error becomes its message on stderr and its exit code."""
    # A run makes many objects that live to its end: looking through them again and again for
    # garbage costs a tenth of its time.
    gc.set_threshold(50_000, 20, 50)
    # Windows consoles may use a code page without the characters that titles hold.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli(standalone_mode=True)
    except SelfAssessError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
    except Exception as error:  # an exception's text may hold a cell: only its place is printed
        frames = traceback.extract_tb(error.__traceback__)
        places = "\n".join(f"  {Path(f.filename).name}:{f.lineno} in {f.name}" for f in frames[-6:])
        click.echo(
            f"Unexpected fault: {type(error).__name__}, at\n{places}\n"
            "Please report these lines; they hold nothing of your evidence.",
            err=True,
        )
        sys.exit(1)
