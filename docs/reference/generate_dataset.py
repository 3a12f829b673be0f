"""Write ``standard-safeguarding-dataset.md`` from the installed packs.

The page is checked against them in ``tests/ssd/test_pages.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from selfassess.loading.library import Library, load_library
from selfassess.model.evidence import View
from selfassess.registry import Registry

DATASET = "Standard Safeguarding Dataset"
HEAD = """\
# Standard Safeguarding Dataset: tables and mapping

[How to use it](../how-to/use-the-standard-safeguarding-dataset.md). This page is written by
`generate_dataset.py` from the pack `ssd` (`plugins/ssd`).

## How each list is made

Expressions are of [the measure language](measure-language.md). `person.` leads to `ssd_children`,
`allocation.` to `ssd_allocated`, `held.` to `ssd_held`: views that stand below.
"""


def page(library: Library) -> str:
    """The whole page."""
    parts = [HEAD]
    views = [view for view in library.views.values() if view.id.startswith("ssd_")]
    for view in views:
        if view.supplies:
            parts.append(f"\n### {library.tables[view.supplies].title}\n")
            parts += lines(view)
            parts.append(unmade(library, view))
    parts.append("\n## Views that several lists are made of\n")
    for view in views:
        if not view.supplies:
            parts.append(f"\n### `{view.id}`: {view.title}\n")
            parts += lines(view)
    parts.append(
        "\n## Tables and columns that are read\n\n| Table | Columns | From |\n|---|---|---|"
    )
    for table in sorted(library.tables.values(), key=lambda each: each.id):
        if table.dataset == DATASET:
            columns = ", ".join(
                f"**`{each.headers[0]}`**" if each.required else f"`{each.headers[0]}`"
                for each in table.columns
            )
            source = table.source.title.removeprefix(f"{DATASET}, ") if table.source else ""
            parts.append(f"| `{table.id}` | {columns} | {source} |")
    parts.append("\nA table is known by the columns in bold.\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts))


def lines(view: View) -> Iterator[str]:
    """What a view is made of, column by column."""
    for source in view.union:
        where = f", where `{source.filter}`" if source.filter else ""
        open_ = ", open at the as-at date" if source.open else ""
        yield f"A row of `{source.table}`{where}{open_}.\n"
        yield "| Column | Is |\n|---|---|"
        for name in view.columns:
            if name in view.combine and name not in source.columns:
                continue
            text = source.columns.get(name, name)
            yield f"| `{name}` | `{cell(text)}` |"
        yield ""
    if view.per:
        order = f"; the latest `{view.newest}` speaks first" if view.newest else ""
        yield f"One row for each {', '.join(f'`{name}`' for name in view.per)}{order}.\n"
    for name, text in view.combine.items():
        yield f"- `{name}`: `{cell(text)}`"
    if view.note:
        yield f"\n{view.note.strip()}\n"


def cell(text: str) -> str:
    """An expression as a table's cell holds it."""
    return " ".join(text.split()).replace("|", "\\|")


def unmade(library: Library, view: View) -> str:
    """The columns of the list that the dataset does not tell."""
    assert view.supplies is not None  # noqa: S101 - asked of such views alone
    columns = library.tables[view.supplies].columns
    left = [each.headers[0] for each in columns if each.name not in view.columns]
    return f"Not told: {'; '.join(left)}.\n" if left else ""


if __name__ == "__main__":
    target = Path(__file__).with_name("standard-safeguarding-dataset.md")
    target.write_text(page(load_library(Registry.load(()).packs)), encoding="utf-8", newline="\n")
