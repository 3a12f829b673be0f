"""What a report template is given: one `ReportContext`, and nothing else.

Every field carries its help text. ``docs/reference/report-context.md`` is made from it, so these
classes are the promise to authors of templates: fields may be added, not renamed. All text is
ready to print (numbers formatted, characters the fonts lack replaced), so templates compute
nothing. `Markup` fields are safe HTML; every other string is escaped when printed.
"""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass
from typing import Annotated, Any

from markupsafe import Markup

from selfassess.report.changed import Changes
from selfassess.report.checks import Checks
from selfassess.report.copies import CopyContext
from selfassess.report.document_head import DocumentHead
from selfassess.report.paper.context import PaperContext
from selfassess.report.parts import (
    Action,
    Answer,
    CriteriaGroup,
    Enquiry,
    Finding,
    FindingGroup,
    Heading,
    Line,
    Point,
    Points,
    Position,
    Priority,
    Reason,
)
from selfassess.report.parts_figures import (
    Benchmarks,
    Chart,
    Overview,
    ReadingGroup,
    ReadingRow,
    Teams,
    Triangulation,
)
from selfassess.report.parts_sources import Entry, Gap, Lacking, Ledger, Method, Quality
from selfassess.report.said import Said
from selfassess.report.trends import Trends

__all__ = [
    "Chapter",
    "Cover",
    "EnquiryContext",
    "OverviewContext",
    "ReportContext",
    "Summary",
    "reference",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page."""

    title: Annotated[str, "The document's title."]
    council: Annotated[str, "Whose self-evaluation it is."]
    running: Annotated[str, "A short running title for page headers."]
    framework: Annotated[str, "The framework's title and edition."]
    as_at: Annotated[str, "The as-at date in words."]
    as_at_note: Annotated[str, "How the date came about: given, or worked out from the evidence."]
    audience: Annotated[str, "For whom it was made."]
    manifest: Annotated[str, "SHA-256 of the manifest: what it was made from."]
    purpose: Annotated[tuple[str, ...], "What the report is and what it is not, one sentence each."]
    control: Annotated[tuple[Line, ...], "The control block."]
    differences: Annotated[tuple[str, ...], "Plugins that differ from those the workspace pins."]
    loosened: Annotated[tuple[str, ...], "Guarded standards set lower locally: what, who and why."]
    sign_off: Annotated[tuple[str, ...], "Who signs, one blank line each."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The two pages for a director."""

    positions: Annotated[tuple[Position, ...], "One for each judgement."]
    graded: Annotated[bool, "Whether any judgement has a scale."]
    intro: Annotated[str, "How to read the table."]
    reasons: Annotated[tuple[Reason, ...], "Why no higher grade stands: the reasons that bind."]
    reasons_more: Annotated[str, "How many more reasons the chapters hold, or nothing."]
    no_reasons: Annotated[str, "What to say where nothing binds."]
    priorities: Annotated[tuple[Priority, ...], "The five things to act on, most pressing first."]
    basis: Annotated[tuple[str, ...], "What the report rests on, one sentence each."]
    strengths: Annotated[tuple[Point, ...], "Strengths that the evidence carries, by topic."] = ()
    strengths_more: Annotated[str, "How many more topics the chapters hold, or nothing."] = ""
    plan: Annotated[tuple[str, ...], "How the improvement plan stands, one sentence each."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A judgement's chapter."""

    anchor: Annotated[str, "Id of the chapter."]
    title: Annotated[str, "The judgement."]
    running: Annotated[str, "The title cut to fit a page header."]
    position: Annotated[Position, "Where it stands."]
    reasons: Annotated[tuple[Reason, ...], "Rules that bind."]
    also: Annotated[tuple[Reason, ...], "Other rules that hold."]
    waived: Annotated[tuple[str, ...], "Rules that a named person set aside, one sentence each."]
    signed: Annotated[str, "Author, date and status of leaders' view, or nothing."]
    answers: Annotated[tuple[Answer, ...], "The framework's questions."]
    strengths: Annotated[tuple[Markup, ...], "Strengths that leaders see, as safe HTML."]
    weaknesses: Annotated[tuple[Markup, ...], "Weaknesses that leaders see, as safe HTML."]
    so_what: Annotated[Markup | None, "What it means for children, as safe HTML."]
    said: Annotated[tuple[Said, ...], "What leaders say of single criteria."] = ()
    criteria: Annotated[tuple[CriteriaGroup, ...], "Criteria with status, by group."]
    readings: Annotated[tuple[ReadingRow, ...], "The evidence table."]
    readings_note: Annotated[str, "What the evidence table leaves out, or nothing."]
    readings_missing: Annotated[str, "Measures of this judgement without a figure, or nothing."]
    benchmarks: Annotated[Benchmarks | None, "Readings beside published figures, or None."]
    triangulation: Annotated[Triangulation | None, "Whose evidence says what, or None."]
    charts: Annotated[tuple[Chart, ...], "Charts of distributions, steps and times."]
    charts_elsewhere: Annotated[str, "Where charts of the same readings stand, or nothing."]
    trends: Annotated[tuple[Chart, ...], "Readings over time that changed or are adverse."] = ()
    trends_more: Annotated[str, "What was left out for length, or nothing."] = ""
    teams: Annotated[Teams | None, "What averages hide, or None."] = None
    findings: Annotated[tuple[FindingGroup, ...], "Findings by kind."]
    questions: Annotated[tuple[Finding, ...], "Questions an inspector would ask."]
    questions_more: Annotated[str, "What was left out for length, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext(DocumentHead):
    """Everything a report template is given, as `report`."""

    cover: Annotated[Cover, "The first page."]
    contents: Annotated[tuple[Heading, ...], "The chapters and appendices."]
    key: Annotated[tuple[Line, ...], "How to read the report: its words with their shapes."]
    summary: Annotated[Summary, "The two pages for a director."]
    chapters: Annotated[tuple[Chapter, ...], "A chapter for each judgement."]
    plan: Annotated[tuple[Action, ...], "The improvement plan."]
    unplanned: Annotated[Points | None, "Weaknesses that no action works on, or None."]
    changes: Annotated[Changes | None, "What changed since an earlier assessment, or None."]
    checks: Annotated[Checks | None, "Consistency checks of leaders' text, or None."]
    register: Annotated[tuple[Entry, ...], "The evidence register."]
    readings: Annotated[tuple[ReadingRow, ...], "Every reading this report refers to."]
    provenance: Annotated[tuple[ReadingGroup, ...], "The same by measure: where each comes from."]
    readings_note: Annotated[str, "How many further readings the data file holds, or nothing."]
    ledger: Annotated[Ledger, "The row ledger."]
    quality: Annotated[Quality, "What rows break rules of data quality."]
    method: Annotated[tuple[Method, ...], "Every measure that has a figure, with its bands."]
    uncounted: Annotated[str, "How many measures have no figure, and where they are named."]
    published: Annotated[
        tuple[str, ...], "What is compared with, whose, on what terms; or why not."
    ]
    framework_notes: Annotated[tuple[str, ...], "Source, licence and notes of the framework."]
    gaps: Annotated[tuple[Gap, ...], "What could not be computed."]
    enquiries: Annotated[tuple[Enquiry, ...], "A line of enquiry sheet for each judgement."]
    trends: Annotated[Trends, "Every series: what it varies between, and what it says."]
    text_note: Annotated[str, "What was replaced in the texts, or nothing."]
    plan_limits: Annotated[str, "What the limits behind a plan's measures mean, or nothing."] = ""
    lacking: Annotated[tuple[Lacking, ...], "Required evidence that nobody has given."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewContext(DocumentHead):
    """What `overview.html.j2` is given, as `report`; its PDF has two pages whatever the council."""

    cover: Annotated[Cover, "What a first page would hold; the overview has none."]
    overview: Annotated[Overview, "The two pages."]
    text_note: Annotated[str, "What was replaced in the texts, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryContext(DocumentHead):
    """What `enquiry.html.j2` is given, as `report`: the lines of enquiry on their own."""

    cover: Annotated[Cover, "The first page."]
    enquiries: Annotated[tuple[Enquiry, ...], "A line of enquiry sheet for each judgement."]
    register: Annotated[tuple[Entry, ...], "Entries that the sheets refer to."]
    provenance: Annotated[tuple[ReadingGroup, ...], "Readings that the sheets refer to."]
    text_note: Annotated[str, "What was replaced in the texts, or nothing."]


def reference() -> str:
    """Write the reference page of the context: every class, field, type and help text."""
    lines = [
        "# What a report template is given",
        "",
        "Made from the classes of `selfassess/report/context.py`; do not edit. A template receives",
        "one variable, `report`: `report.html.j2` a `ReportContext`, `overview.html.j2` an",
        "`OverviewContext`, `enquiry.html.j2` an `EnquiryContext`, `copy.html.j2` a `CopyContext`,",
        "`paper.html.j2` a `PaperContext`. Fields may be added, not renamed.",
    ]
    seen: list[type[Any]] = []
    for root in (ReportContext, OverviewContext, EnquiryContext, CopyContext, PaperContext):
        _collect(root, seen)
    for kind in seen:
        lines += ["", f"## {kind.__name__}", "", (kind.__doc__ or "").strip(), ""]
        lines += ["| Field | Type | What it is |", "|---|---|---|"]
        for name, hint in typing.get_type_hints(kind, include_extras=True).items():
            (told,) = hint.__metadata__
            lines.append(f"| `{name}` | `{_shown(hint.__origin__)}` | {told} |")
    return "\n".join(lines) + "\n"


def _collect(kind: type[Any], seen: list[type[Any]]) -> None:
    if kind in seen:
        return
    seen.append(kind)
    for hint in typing.get_type_hints(kind).values():
        for part in (hint, *_arguments(hint)):
            if dataclasses.is_dataclass(part) and isinstance(part, type):
                _collect(part, seen)


def _arguments(hint: Any) -> list[Any]:
    found: list[Any] = []
    for part in typing.get_args(hint):
        found += [part, *_arguments(part)]
    return found


def _shown(hint: Any) -> str:
    """A type as a reader of a table likes it: ``list of Reason``, ``text or None``."""
    parts = [part for part in typing.get_args(hint) if part is not Ellipsis]
    if typing.get_origin(hint) is tuple:
        return f"list of {_shown(parts[0])}"
    if parts:
        return " or ".join(_shown(part) for part in parts)
    return {"str": "text", "float": "number", "int": "number", "bool": "yes or no"}.get(
        hint.__name__, "None" if hint is type(None) else str(hint.__name__)
    )
