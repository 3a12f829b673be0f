"""Reads a workbook that `write` wrote back into a framework; every fault names its cell.

The rows become the data that the framework's file would hold, with the cell of each value in place
of its line. Then the same checks run as on a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from selfassess.errors import FrameworkError, Problem
from selfassess.loading.checks.framework import check_editions
from selfassess.loading.editions import resolve
from selfassess.loading.kinds import FRAMEWORK
from selfassess.loading.packs import PackFile
from selfassess.loading.parse import parse
from selfassess.loading.sheet.build import Builder
from selfassess.loading.sheet.layout import GUIDE, HEAD, LISTS, plans
from selfassess.loading.sheet.places import order_of
from selfassess.loading.sheet.rows import Grid
from selfassess.model.framework import Framework
from selfassess.model.pack import API, Manifest, Pack

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from selfassess.loading.library import Library

__all__ = ["read_workbook"]

_LARGEST = 20_000_000
"""Bytes of the largest workbook read; a framework's takes less than a twentieth."""


def read_workbook(path: Path, library: Library) -> Framework:
    """Read a framework from a workbook.

    Args:
        path: an ``.xlsx`` file.
        library: the topics, measures and dimensions that the framework may name.

    Raises:
        FrameworkError: the file is no such workbook, or has faults: all of them at once.
    """
    builder = Builder(_grids(path))
    document = builder.document()
    parsed = parse(document, Framework)
    problems = [*builder.problems, *parsed.problems]
    if parsed.value is not None:
        file = PackFile(_pack(path), document, FRAMEWORK, _folder(path), parsed.value)
        editions, found = resolve([file])
        problems += [*found, *check_editions(editions.values(), library.names())]
    if problems:
        ordered = sorted(dict.fromkeys(map(_in_words, problems)), key=order_of)
        raise FrameworkError(problems=ordered)
    return cast("Framework", parsed.value)


def _grids(path: Path) -> Mapping[str, Grid]:
    """The sheets by title, every cell as text."""
    import fastexcel

    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError as error:
        raise FrameworkError(
            f"{path}: the file cannot be read: {(error.strerror or str(error)).lower()}.",
            hint="Check the path.",
        ) from error
    try:
        book = fastexcel.read_excel(data)
        grids = dict(_sheets(book))
    except (fastexcel.FastExcelError, ValueError) as error:
        raise FrameworkError(
            f"{path}: this is no workbook that can be read.",
            hint="Save it in Excel as an Excel workbook (.xlsx), without a password.",
        ) from error
    if HEAD not in grids:
        raise FrameworkError(
            f"{path}: there is no sheet '{HEAD}', so this workbook holds no framework.",
            hint="Start from the workbook that `selfassess frameworks sheet ID` writes.",
        )
    return grids


def _sheets(book: Any) -> Iterator[tuple[str, Grid]]:
    import duckdb

    with duckdb.connect() as connection:
        for name in book.sheet_names:
            if name in (GUIDE, LISTS):
                continue
            cells = book.load_sheet(name, header_row=None, dtypes="string", skip_rows=0)
            columns = cells.available_columns()
            rows: list[tuple[str | None, ...]] = []
            if columns:
                connection.register("cells", cells)
                rows = connection.execute("SELECT * FROM cells").fetchall()
                connection.unregister("cells")
            yield name, Grid(name, rows, columns[0].absolute_index if columns else 0)


_KEY = re.compile(r"\bthe key '(\w+)'(.*)")


def _in_words(problem: Problem) -> Problem:
    """A problem in the words of a workbook: it has cells and sheets where a file has keys."""
    message, hint = problem.message, problem.hint
    found = _KEY.match(message)
    if found:
        rows = {plan.path[-1]: plan.title for plan in plans() if plan.shape == "parts"}
        title = rows.get(found[1])
        column = found[1].replace("_", " ")
        message = f"the column '{column}'{found[2]}"
        hint = "Write it into this cell."
        if problem.where == f"{HEAD}!A1":
            message = f"the line '{column}' is missing{found[2].partition(' is missing')[2]}"
            hint = f"Add a line with '{column}' in the first column and its value beside it."
        if title is not None:
            owner = re.sub(r" is missing;.*", "", found[2])
            message = f"nothing is said of the key '{found[1]}'{owner}."
            hint = f"Add a row for it on the sheet '{title}'."
    message = message.replace("expected true or false", "expected yes or no")
    if message.endswith("expected keys with values."):
        message = message.replace("keys with values", "names and values")
        hint = "Write it as team=north; plan=cp."
    hint = hint.replace("Write true or false", "Write yes or no")
    return Problem(problem.where, message, hint)


def _pack(path: Path) -> Pack:
    manifest = Manifest(id="", version="", api=API, title="", licence="")
    return Pack(manifest=manifest, root=_folder(path), plugin="")


def _folder(path: Path) -> Traversable:
    return cast("Traversable", path.parent)
