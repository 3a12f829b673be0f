"""The page that says what each file of a workspace is, and each column of its tables."""

from __future__ import annotations

from collections.abc import Mapping

from selfassess.model.evidence import Column, TableSpec
from selfassess.model.framework import Framework
from selfassess.scaffold.words import markdown_table

__all__ = ["READINGS", "guide_page"]

READINGS = (
    ("measure", "the measure's id, as `selfassess measures list` prints it"),
    ("value", "a number; `58;64;71` for a series, oldest first; `14..22` for a range"),
    ("unit", "may be left out where it is the measure's own"),
    ("numerator", "if known"),
    ("denominator", "if known; without it the reading counts as one of unknown size"),
    ("where", "what part it speaks of, as in `team=north; rag=red`; empty for the whole"),
    ("from", "first day of the period, if it is one"),
    ("to", "last day of the period, or the day"),
    ("source", "where the figure comes from, in words"),
    ("published", "where it was printed, if it was"),
    ("comparator", "a figure printed beside it, if any"),
)
"""Columns of readings.csv and what each holds."""
MOST_CODES = 12
"""Longer lists of codes are cut here; the reference pages hold them all."""
TYPES = {
    "id": "identifier",
    "text": "text",
    "date": "date",
    "datetime": "date, with time if known",
    "integer": "whole number",
    "number": "number",
    "code": "one of",
}
PAGE = """# {council}: self-assessment workspace

Framework: {title} ({reference}).

Put the files below into `evidence/`, then run, from the folder above this one:

```
selfassess check {folder}
selfassess run {folder}
```

The report comes to `out/`. Everything in this folder stays on this machine: the program makes no
network call. `evidence/` holds children's data. Keep the folder where such data may be kept.

## Files

{files}

Any of them may be missing or empty. What cannot be measured without it is then named in the
report, with the file or column that would mend it; nothing missing is counted as nought. Dates are
`2026-03-31` or `31/03/2026`; a time follows after a space. Files may be `.csv` or `.xlsx`.
"""
LISTS = """
## Lists of the workbook

A sheet is recognised by its headers, never by its name or its place. Columns marked *needed* are
those by which it is recognised. Other spellings of a header that are in use are understood.
"""
LOCAL = """
## Local files

Keep the header as it is; the order of columns does not matter.
"""
DATASET = """
## Tables of the {name}

In place of the workbook, or beside it: a list that no file holds is made of these. One file a
table, under any name, with the dataset's own headers; columns not named here are not read.
"""
AGGREGATES = """
### evidence/readings.csv: figures that are already counted

For figures from a dashboard or a publication where the rows behind them are not here. One row a
figure. Earlier values of the same measure, with their dates, make a trend.
"""


def guide_page(
    folder: str,
    council: str,
    framework: Framework,
    tables: Mapping[str, TableSpec],
    local: Mapping[str, TableSpec],
) -> str:
    """The page.

    Args:
        folder: the workspace's name, as commands shall name it.
        council: the council's name.
        framework: the framework that the workspace is for.
        tables: every declared table, by id.
        local: those that come as a file of their own, by file name.
    """
    datasets: dict[str, list[TableSpec]] = {}
    for table in tables.values():
        if table.dataset:
            datasets.setdefault(table.dataset, []).append(table)
    others = [table for table in tables.values() if table not in local.values()]
    lists = [table for table in others if not table.dataset]
    files = [
        ("`selfassess.yaml`", "settings: council, framework, as-at date, sources; commented"),
        ("`self-evaluation.yaml`", "leaders' claims and answers; a simple plan to begin with"),
        ("`plan.db`", "the improvement plan with its history, once `selfassess plan` is used"),
        ("`evidence/register.yaml`", "evidence that is not a number"),
    ]
    if lists:
        titles = "; ".join(table.title for table in lists)
        files.append(("`evidence/` any workbook", f"the lists, a sheet each: {titles}"))
    files += [
        ("`evidence/` a file a table", f"tables of the {name}, of which lists are made")
        for name in datasets
    ]
    files += [(f"`evidence/{name}`", table.title) for name, table in local.items()]
    files += [
        ("`evidence/readings.csv`", "figures that are already counted"),
        ("`history/`", "earlier assessments, which `selfassess run --keep` adds; trends need them"),
        ("`out/`", "what a run writes; safe to delete"),
    ]
    parts = [
        PAGE.format(
            council=" ".join(council.split()),
            title=framework.title,
            reference=framework.reference,
            folder=f'"{folder}"' if " " in folder else folder,
            files=markdown_table(("File", "Holds"), files),
        )
    ]
    if lists:
        parts.append(LISTS)
        parts += [_table(f"### {table.title}", table) for table in lists]
    parts.append(LOCAL)
    parts += [_table(f"### evidence/{name}: {table.title}", table) for name, table in local.items()]
    for name, found in datasets.items():
        rows = [
            (f"`{table.id}`", ", ".join(f"`{column.headers[0]}`" for column in table.columns))
            for table in sorted(found, key=lambda table: table.id)
        ]
        parts += [DATASET.format(name=name), "\n", markdown_table(("Table", "Columns"), rows)]
    parts += [AGGREGATES, "\n", markdown_table(("Column", "Holds"), READINGS), "\n"]
    return "".join(parts)


def _table(heading: str, table: TableSpec) -> str:
    lines = ["", heading, ""]
    if table.note:
        lines += [" ".join(table.note.split()), ""]
    if table.cover:
        lines += [f"Holds {table.cover}.", ""]
    rows = [
        (column.headers[0], _holds(column), "needed" if column.required else "")
        for column in table.columns
    ]
    lines.append(markdown_table(("Column", "Holds", ""), rows))
    return "\n".join(lines) + "\n"


def _holds(column: Column) -> str:
    if not column.codes:
        return TYPES[column.type]
    shown = [f"`{code.id}` {code.title}" for code in column.codes[:MOST_CODES]]
    more = len(column.codes) - MOST_CODES
    if more > 0:
        shown.append(f"and {more} more")
    return f"{TYPES[column.type]}: {'; '.join(shown)}"
