"""Runs a command as a process of its own and says what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Cost", "cost_of"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a whole process took, from its start to its end.

    Attributes:
        cpu: seconds of processor time, all threads; wall seconds where the system does not say.
        wall: seconds on the clock.
        peak: most resident memory in MiB; None where the system does not say (Windows).
        output: what it printed.
    """

    cpu: float
    wall: float
    peak: float | None
    output: str


def cost_of(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run the command and measure it.

    Raises:
        SystemExit: it failed; what it printed is shown.
    """
    surroundings = {**os.environ, **(environment or {})}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=surroundings)
        cpu: float | None = None
        peak: float | None = None
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu = usage.ru_utime + usage.ru_stime
            # Linux counts in KiB, macOS in bytes.
            peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        else:
            process.wait()
        wall = time.perf_counter() - began
        out.seek(0)
        err.seek(0)
        printed, failed = out.read().decode(errors="replace"), err.read().decode(errors="replace")
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\nended with {process.returncode}:\n{failed[-3000:]}")
    return Cost(cpu if cpu is not None else wall, wall, peak, printed)
