"""The command line as tests start it: as a process of its own, or within the tests' own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from selfassess.cli import cli

__all__ = ["call", "selfassess"]


def selfassess(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run it as a user does; its exit code and what it wrote."""
    return subprocess.run(
        [sys.executable, "-m", "selfassess", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def call(*arguments: object) -> Result:
    """Run it in this process, which is quicker and keeps the exception that ended it."""
    return CliRunner().invoke(cli, [str(each) for each in arguments])
