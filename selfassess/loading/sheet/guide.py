"""What a framework's workbook says of itself on its first sheet."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any

from selfassess.loading import shape
from selfassess.loading.sheet.cells import form_of
from selfassess.loading.sheet.layout import UNDER, Column, SheetPlan

__all__ = ["INTRODUCTION", "guide_lines", "help_on"]

INTRODUCTION = (
    "This workbook holds an inspection framework. Edit the sheets after this one, save it, and "
    "turn it back into a file that the toolkit reads:",
    "    selfassess frameworks from-sheet THIS-FILE.xlsx",
    "Every fault is then told with its sheet and cell, all at once, and nothing is written until "
    "there is none.",
    "A row is one thing. An empty cell means: not given. Rows may be added, removed and put in "
    "another order; the order of rows is the order of the framework. Columns may be moved, not "
    "renamed. Sheets without rows may stay empty.",
    "Ids name things and are never used again for something else. A row that belongs to another "
    "names that one's id in its first columns; a node says in 'under' which node it stands under.",
    "Separate several values in a cell by ;. The sheet 'Lists' holds the topics and measures that "
    "are known; it is for looking up, and is not read back.",
    "On the sheet 'Conditions' a rule's condition is the row without a part. Where it has parts, "
    "each is a row of its own: 'all 1' and 'all 2' have to hold together, of 'any 1' and 'any 2' "
    "one is enough; 'all 2 / any 1' is the first part of the second.",
    "Headers in bold are needed in every row.",
)


def guide_lines(plan: SheetPlan) -> Iterator[Sequence[str]]:
    """A line on each column of a sheet: sheet, column, needed, how it is written, what it is."""
    columns = {column.header: column for column in plan.columns}
    for text in plan.headers() if plan.shape != "head" else columns:
        column = columns.get(text)
        if column is not None:
            needed = "yes" if column.required else ""
            yield plan.title, text, needed, form_of(column.annotation), help_on(plan.model, column)
        elif text == UNDER:
            yield plan.title, text, "", "an id of this sheet", "the node above; empty at the top"
        elif text in plan.parents:
            yield plan.title, text, "yes", "an id", f"the {text} that the row belongs to"
        else:
            yield plan.title, text, "", "all 1 / any 2", "which part of the condition; empty: all"


_ENTRY = re.compile(r"^ {4}(\w[\w, ]*): (.*(?:\n {8}.*)*)", re.MULTILINE)


def help_on(model: Any, column: Column) -> str:
    """What the model's docstring says of a key."""
    for key in column.keys[:-1]:
        model = shape.options(shape.fields(model)[key][1])[0]
    _, _, attributes = (inspect.getdoc(model) or "").partition("Attributes:")
    for names, text in _ENTRY.findall(attributes):
        if column.keys[-1] in {shape.yaml_name(name) for name in names.split(", ")}:
            return re.sub(r"`+", "", " ".join(text.split()))
    return ""
