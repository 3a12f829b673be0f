"""The pieces that appendices list: entries, the row ledger, data quality, method and gaps.

Part of the contract of `selfassess.report.context`; every field carries its help text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from selfassess.report.parts import Phrase, Reference

__all__ = [
    "Entry",
    "Gap",
    "InputRow",
    "Lacking",
    "Ledger",
    "Method",
    "Quality",
    "QualityRow",
    "SheetRow",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A register entry."""

    reference: Annotated[Reference, "Its id and its anchor."]
    text: Annotated[str, "What was seen or said."]
    direction: Annotated[Phrase, "Strength, weakness, fact or plan, with severity."]
    voice: Annotated[str, "Whose voice."]
    topic: Annotated[str, "The topic."]
    when: Annotated[str, "When."]
    source: Annotated[str, "Where it comes from, with sample size."]
    scope: Annotated[str, "The part it speaks of, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Required evidence that nobody has given, by where it could come from."""

    look_at: Annotated[str, "Where it could come from."]
    items: Annotated[tuple[str, ...], "What is missing, each with its criterion."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A source sheet in the row ledger."""

    file: Annotated[str, "The file, relative to the workspace."]
    first: Annotated[bool, "Whether to print the file: on its first sheet only."]
    sheet: Annotated[str, "The sheet."]
    table: Annotated[str, "What it was read as."]
    read: Annotated[str, "Rows read."]
    used: Annotated[str, "Rows used."]
    aside: Annotated[str, "Rows set aside."]
    unknown: Annotated[str, "Cells that could not be read."]
    reasons: Annotated[tuple[str, ...], "Why rows and cells were set aside, with counts."]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """A source file."""

    file: Annotated[str, "The file, relative to the workspace."]
    sha256: Annotated[str, "Its hash, in full."]
    extract_date: Annotated[str, "When it was extracted."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something that reading met and read around."""

    where: Annotated[str, "The file, sheet and row, or what is spoken of."]
    text: Annotated[str, "What was met."]
    remedy: Annotated[str, "What to do about it, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every row of every source."""

    inputs: Annotated[tuple[InputRow, ...], "The source files."]
    sheets: Annotated[tuple[SheetRow, ...], "Their sheets; of many without rows none."]
    empty: Annotated[str, "Sheets without rows that the list leaves out, or nothing."]
    total: Annotated[SheetRow | None, "The sum, or None without sheets."]
    balanced: Annotated[str, "Whether rows read are rows used plus rows set aside, in words."]
    made: Annotated[tuple[str, ...], "Lists that no file held, and what they were made of."]
    warnings: Annotated[tuple[Warned, ...], "What reading met that may make figures wrong."]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRow:
    """A rule of data quality that rows break."""

    title: Annotated[str, "What is at fault."]
    table: Annotated[str, "Id of the list."]
    severity: Annotated[str, "Minor, moderate or serious."]
    rows: Annotated[str, "Rows at fault of those that could be, with their share."]
    weakens: Annotated[str, "The measures that this makes doubtful, in words."]
    remedy: Annotated[str, "What to do about it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What the rules of data quality found."""

    told: Annotated[str, "How many rules were asked and broken, or nothing if none was asked."]
    rows: Annotated[tuple[QualityRow, ...], "Broken rules, the most serious first."]
    unasked: Annotated[tuple[str, ...], "Rules that the files could not answer, and why."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a measure is counted and judged."""

    measure: Annotated[str, "The measure's id."]
    title: Annotated[str, "Its title."]
    why: Annotated[str, "What it can and cannot tell."]
    direction: Annotated[str, "Which way is good, and the unit."]
    bands: Annotated[tuple[str, ...], "Every band with scope, basis, vintage and source."]
    anchor: Annotated[str, "Id of its row."]
    counted: Annotated[tuple[str, ...], "How it is counted, in the words of its definition."]
    definition: Annotated[str, "Short hash of the definition."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be computed or read."""

    what: Annotated[str, "What."]
    why: Annotated[str, "Why not."]
    remedy: Annotated[str, "What to supply."]
