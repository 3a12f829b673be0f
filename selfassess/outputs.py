"""Writes a run's outputs: whole files or none, never a half-written one."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import ReportError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from selfassess.assessment import Assessment
    from selfassess.workspace import Workspace

__all__ = ["write_outputs", "write_whole"]


def write_outputs(
    assessment: Assessment,
    workspace: Workspace,
    formats: Sequence[str],
    *,
    templates: Mapping[str, Traversable],
    keep: bool = False,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write ``assessment.json``, ``ledger.csv`` and the report; returns the paths written.

    The JSON and the ledger are always written: every other output can be made from the first.

    Raises:
        ReportError: a file could not be written, or the report could not be made. What could be
            written was.
    """
    out = workspace.out
    text = assessment.as_json().encode()
    written = [write_whole(out / "assessment.json", text)]
    written.append(write_whole(out / "ledger.csv", _ledger_csv(assessment)))
    if keep:
        name = f"{assessment.evidence.as_at.isoformat()}.json"
        written.append(write_whole(workspace.history / name, text))
    wanted = [name for name in formats if name != "json"]
    if wanted:
        from selfassess.report.render import render

        written += render(out / "assessment.json", out, wanted, templates, progress=progress)
    return written


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file so that a reader sees the old one or the new one, never a part.

    Raises:
        ReportError: the folder or the file cannot be written, for one because it is open.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
        raise ReportError(
            f"{path} could not be written: {error.strerror or error}.",
            hint="Close the file if it is open elsewhere, and check that you may write there.",
        ) from error
    return path


def _ledger_csv(assessment: Assessment) -> bytes:
    """Every row and cell set aside, by place and reason; no content of any cell."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(("file", "sheet", "row", "column", "reason"))
    for item in assessment.evidence.set_aside:
        writer.writerow((item.path, item.sheet, item.row, item.column or "", item.reason))
    return stream.getvalue().encode("utf-8-sig")
