"""Writes a run's outputs: whole files or none, never a half-written one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.assessment.quality import quality_csv
from selfassess.report.forms import FILES
from selfassess.writing.files import check_free, replace_file
from selfassess.writing.spreadsheet_text import safe

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from selfassess.assessment import Assessment
    from selfassess.workspace import Workspace

__all__ = ["check_outputs", "write_outputs"]

_LISTS = ("ledger.csv", "quality.csv")


def check_outputs(out: Path, formats: Sequence[str], *, sample: bool = False) -> None:
    """Refuse a run whose outputs of last time are open in another program.

    Args:
        out: the folder that it writes to.
        formats: which forms of the report.
        sample: whether it also lists children to look at.

    Raises:
        ReportError: naming every file that cannot be replaced.
    """
    names = ["assessment.json", *_LISTS, *(FILES[name] for name in formats)]
    names += ["sample.csv", "sample.xlsx"] if sample else []
    check_free(out / name for name in dict.fromkeys(names))


def write_outputs(
    assessment: Assessment,
    workspace: Workspace,
    formats: Sequence[str],
    *,
    templates: Mapping[str, Traversable],
    template: str = "default",
    keep: bool = False,
    folder: str = "",
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write ``assessment.json``, both lists of faults and the report; returns the paths written.

    The JSON, ``ledger.csv`` and ``quality.csv`` are always written: every other output can be made
    from the first.

    Args:
        assessment: what to write.
        workspace: where to.
        formats: which forms of the report.
        templates: report templates by id.
        template: the id of the one to use.
        keep: keep the assessment for trends.
        folder: a folder in ``out/`` and ``history/``, for an assessment beside the workspace's own.
        progress: told what is being done.

    Raises:
        ReportError: a file could not be written, or the report could not be made. What could be
            written was.
    """
    out = workspace.out / folder
    text = assessment.as_json()
    written = [_write(out / "assessment.json", text)]
    written.append(_write(out / "ledger.csv", _ledger_csv(assessment)))
    written.append(_write(out / "quality.csv", quality_csv(assessment.quality)))
    if keep:
        name = f"{assessment.evidence.as_at.isoformat()}.json"
        written.append(_write(workspace.history / folder / name, text))
    wanted = [name for name in formats if name != "json"]
    if wanted:
        from selfassess.report.output import render

        written += render(
            out / "assessment.json", out, wanted, templates, template=template, progress=progress
        )
    return written


def _write(path: Path, content: bytes) -> Path:
    replace_file(path, content)
    return path


def _ledger_csv(assessment: Assessment) -> bytes:
    """Rows and cells set aside, then cells kept as text, by place and reason; no cell's content."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(("file", "sheet", "row", "column", "reason"))
    for item in (*assessment.evidence.set_aside, *assessment.evidence.kept):
        cells = (item.path, item.sheet, item.row, item.column or "", item.reason)
        writer.writerow([safe(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")
