"""The list of children that an inspector would ask to see, for the council's own eyes.

It is made only when asked for, from a run's evidence, and written to files of its own. Nothing that
a report, an ``assessment.json``, a log or a snapshot is made of has seen it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.analysis.samples import Looked, drawn
from selfassess.writing.files import replace_file
from selfassess.writing.spreadsheet_text import safe

if TYPE_CHECKING:
    from selfassess.evidence import Evidence
    from selfassess.measuring.sampling import Asked, ChildFound
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["NOTICE", "Sample", "check_sampling_files", "draw_sample", "write_sample"]

NOTICE = (
    "For the council's own eyes: this list names children. Keep it within the service; it belongs "
    "in no report, e-mail or shared folder."
)
NO_PATHWAY = "Not open now"
_PLACES = 3
"""Rows named for a reason; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Children to look at, ranked.

    Attributes:
        of: how many children had a reason.
        not_asked: what could not be looked for, and why.
    """

    asked: Asked
    children: tuple[ChildFound, ...]
    of: int

    @property
    def not_asked(self) -> tuple[tuple[str, str], ...]:
        """What could not be looked for, and why."""
        return self.asked.not_asked


def check_sampling_files(toolkit: Toolkit) -> None:
    """Check the reasons before evidence is read.

    Raises:
        PluginError: an expression is at fault, or no pack brings a reason.
    """
    from selfassess.errors import PluginError
    from selfassess.measuring.sampling import check_reasons

    if not any(each.sampling.reasons for each in toolkit.library.sampling.values()):
        raise PluginError(
            "No pack brings a reason to look at a child, so there is no sample to draw.",
            hint="Reasons stand in files with schema: selfassess/sampling@1.",
        )
    check_reasons(toolkit.library)


def draw_sample(
    toolkit: Toolkit, workspace: Workspace, evidence: Evidence, most: int | None = None
) -> Sample:
    """Find the children, rank them and draw.

    Args:
        toolkit: its packs bring the reasons.
        workspace: whose local standards count.
        evidence: as the run read it.
        most: how many children at most; pathways take turns.
    """
    from selfassess.measuring.run import prepare
    from selfassess.measuring.sampling import ask_reasons
    from selfassess.workspace.files import read_settings

    session = prepare(toolkit.library, evidence, read_settings(workspace, toolkit.library))
    asked = ask_reasons(toolkit.library, session)
    looked = [
        Looked(key, found.pathway, {name: asked.reasons[name].weight for name in found.places})
        for key, found in asked.children.items()
    ]
    children = tuple(asked.children[each.child] for each in drawn(looked, most))
    return Sample(asked, children, len(looked))


def write_sample(sample: Sample, folder: Path) -> list[Path]:
    """Write ``sample.csv`` and ``sample.xlsx``; returns the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(_rows(sample, "; "))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow((NOTICE,))
    writer.writerows([safe(cell) for cell in row] for row in rows)
    text, book = folder / "sample.csv", folder / "sample.xlsx"
    replace_file(text, stream.getvalue().encode("utf-8-sig"))
    replace_file(book, _workbook(sample))
    return [text, book]


def _rows(sample: Sample, between: str) -> Iterator[Sequence[object]]:
    """A line for each child: each reason with the rows that it rests on."""
    asked = sample.asked
    titles = [*(pathway.title for pathway in asked.pathways), NO_PATHWAY]
    yield ("Rank", "Child", "Pathway", *asked.headings, "Weight", "Reasons", "Why")
    for rank, found in enumerate(sample.children, start=1):
        why = _by_weight(found, asked)
        yield (
            rank,
            found.child,
            titles[found.pathway],
            *(found.shown.get(heading, "") for heading in asked.headings),
            sum(asked.reasons[name].weight for name in why),
            len(why),
            between.join(
                f"{asked.reasons[name].text} ({_where(found.places[name])})" for name in why
            ),
        )


def _lines(sample: Sample) -> Iterator[Sequence[object]]:
    """A line for each reason of each child, for filters."""
    yield ("Rank", "Child", "Reason", "Weight", "Where")
    for rank, found in enumerate(sample.children, start=1):
        for name in _by_weight(found, sample.asked):
            reason = sample.asked.reasons[name]
            yield (rank, found.child, reason.text, reason.weight, _where(found.places[name]))


def _by_weight(found: ChildFound, asked: Asked) -> list[str]:
    """A child's reasons, the heaviest first; equal ones in the order of files."""
    order = list(asked.reasons)
    return sorted(found.places, key=lambda name: (-asked.reasons[name].weight, order.index(name)))


def _where(places: Sequence[tuple[str, str, int]]) -> str:
    """Where a reason's rows stand: ``annex-a.xlsx, List 7, row 12``."""
    listed = list(dict.fromkeys(places))
    shown = []
    for path, sheet, row in listed[:_PLACES]:
        file = path.rpartition("/")[2]
        shown.append(f"{file}, row {row}" if sheet in ("", file) else f"{file}, {sheet}, row {row}")
    more = len(listed) - len(shown)
    return " and ".join(shown) + (f" and {more} more" if more else "")


def _workbook(sample: Sample) -> bytes:
    """The same list as a workbook, with what could not be looked for on a sheet of its own."""
    import datetime as dt

    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    # A fixed date: the same evidence gives the same bytes.
    book.set_properties({"title": "Children to look at", "created": dt.datetime(2000, 1, 1)})
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheets = {
        "Children": (list(_rows(sample, "\n")), {"Rank": 6, "Weight": 8, "Reasons": 8, "Why": 110}),
        "Reasons": (list(_lines(sample)), {"Rank": 6, "Weight": 8, "Reason": 60, "Where": 60}),
    }
    for title, (rows, widths) in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.write_string(0, 0, NOTICE, bold)
        for column, heading in enumerate(rows[0]):
            sheet.set_column(column, column, widths.get(str(heading), 18))
            sheet.write_string(1, column, str(heading), bold)
        for line, row in enumerate(rows[1:], start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, column, cell, wrap)
                else:
                    sheet.write_string(line, column, str(cell), wrap)
        sheet.freeze_panes(2, 2)
        sheet.autofilter(1, 0, len(rows), len(rows[0]) - 1)
    about = book.add_worksheet("About")
    about.set_column(0, 1, 60)
    for line, words in enumerate(_about(sample)):
        for column, cell in enumerate(words):
            about.write_string(line, column, cell, bold if line == 0 else wrap)
    book.close()
    return stream.getvalue()


def _about(sample: Sample) -> Iterator[tuple[str, ...]]:
    yield (NOTICE,)
    yield (f"{len(sample.children)} of the {sample.of} children with a reason are listed.",)
    yield ("A child's weight is the sum of the weights of its reasons, each counted once.",)
    for reason in sample.asked.reasons.values():
        yield (reason.text, f"weight {reason.weight}")
    for title, why in sample.not_asked:
        yield (f"Not looked for: {title}", why)
