"""The command line: one group, errors caught once, nothing heavy imported at start."""

from __future__ import annotations

import gc
import importlib
import sys
import traceback
from pathlib import Path

import click

from selfassess.errors import SelfAssessError, nearest

__all__ = ["COMMANDS", "cli", "main"]

COMMANDS = {
    "demo": ("create", "Write an invented council and run it to a report."),
    "init": ("create", "Write an empty workspace, with a page that says what is what."),
    "check": ("check", "Check settings, frameworks, evidence and rows; score nothing."),
    "run": ("assess", "Assess a workspace and write its report."),
    "render": ("render", "Make the report from an assessment.json alone."),
    "rows": ("rows", "List the rows behind a reading."),
    "what-if": ("what_if", "Measure twice: as it is, and with another limit."),
    "claims": ("claims", "What leaders say: kept in step, listed, shown."),
    "xray": ("xray", "Check the self-evaluation for inconsistencies."),
    "compare": ("compare", "Tell what changed between two assessments."),
    "plan": ("plan", "The improvement plan: delivery, and impact apart from it."),
    "board-pack": (
        "board_pack",
        "For a board: what changed for children, what to decide.",
    ),
    "region": ("region", "Councils side by side, without any child's data, for moderation."),
    "ready": ("ready", "The call has come: all that is needed, in one folder."),
    "warehouse": ("warehouse", "Rows in PostgreSQL, Spark or Parquet: load them, look at them."),
    "snapshot": ("snapshot", "Seal outputs, say whether they are whole, sign them off."),
    "frameworks": ("frameworks", "Inspection frameworks: list, show, check, compare, move."),
    "measures": ("measures", "Measures: what is counted, how, and how it is read."),
    "tables": ("tables", "Tables and views: the columns and codes that measures count."),
    "comparators": ("comparators", "Published figures that readings are set beside."),
    "plugins": ("plugins", "Plugins and packs: what is installed and what failed."),
    "cases": ("cases", "Run case files and compare what is said with what they expect."),
}
"""Each command: the module of `selfassess.commands` that has it, and what it does in a line.

A module is imported when its command is called, so that help does not wait for all of them.
"""


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which people meet them."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name, imported now; None for a name that there is not."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"selfassess.commands.{COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; a name that there is not brings the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = nearest(args[0], COMMANDS) if args else ""
            if not hint:
                raise
            raise click.UsageError(f"{error.message} {hint}", ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=Commands,
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


def main() -> None:
    """Run the command line; a known error becomes its message on stderr and its exit code."""
    # A run makes many objects that live to its end: looking through them again and again for
    # garbage costs a tenth of its time.
    gc.set_threshold(500_000, 20, 50)
    # Windows consoles may use a code page without the characters that titles hold.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli(standalone_mode=True)
    except SelfAssessError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:  # a folder without rights, a full disk, a share that went away
        where = f"{error.filename}: " if error.filename else ""
        click.echo(
            f"Error: {where}{error.strerror or type(error).__name__}.\n"
            "See that the place is there, that you may read and write it, that it has room, and "
            "that no other program holds the file open.",
            err=True,
        )
        sys.exit(1)
    except Exception as error:  # an exception's text may hold a cell: only its place is printed
        frames = traceback.extract_tb(error.__traceback__)
        places = "\n".join(f"  {Path(f.filename).name}:{f.lineno} in {f.name}" for f in frames[-6:])
        click.echo(
            f"Unexpected fault: {type(error).__name__}, at\n{places}\n"
            "Please report these lines; they hold nothing of your evidence.",
            err=True,
        )
        sys.exit(1)
