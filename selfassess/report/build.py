"""From an assessment to the contexts of its documents; nothing else is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from selfassess.errors import ReportError
from selfassess.report.actions import actions_of, unplanned_of
from selfassess.report.appendices import (
    framework_notes,
    gaps_of,
    lacking_of,
    ledger_of,
    method_of,
    published_of,
    uncounted_of,
)
from selfassess.report.changed import changes_of
from selfassess.report.chapters import chapters_of
from selfassess.report.checks import checks_of
from selfassess.report.context import Chapter, EnquiryContext, OverviewContext, ReportContext
from selfassess.report.cover import cover_of, key_of, made_with
from selfassess.report.doubts import quality_of
from selfassess.report.enquiry import enquiries_of
from selfassess.report.evidence import Evidence
from selfassess.report.folding import counted_measures
from selfassess.report.manifest import manifest_hash
from selfassess.report.overview import overview_of
from selfassess.report.paper.context import PaperContext
from selfassess.report.paper.made import paper_of
from selfassess.report.parts import Heading
from selfassess.report.plan_words import limits_words
from selfassess.report.summary import summary_of
from selfassess.report.text import Repertoire
from selfassess.report.trends import trends_of
from selfassess.report.words import plural

__all__ = ["SCHEMA", "build_context", "build_enquiry", "build_overview", "build_paper"]

SCHEMA = "selfassess/assessment@1"

T = TypeVar("T")


def build_context(assessment: Mapping[str, Any], repertoire: Repertoire) -> ReportContext:
    """Make the context of the full report.

    Args:
        assessment: the content of assessment.json.
        repertoire: the characters that the template's fonts can print.

    Raises:
        ReportError: where the mapping is not an assessment of the version known here.
    """
    return _made(assessment, repertoire, _report)


def build_overview(
    assessment: Mapping[str, Any], repertoire: Repertoire, tightness: int = 0
) -> OverviewContext:
    """Make the context of the overview; each step of `tightness` says less."""

    def make(clean: Mapping[str, Any], manifest: str, repertoire: Repertoire) -> OverviewContext:
        return OverviewContext(
            lang="en-GB",
            date=str(clean["as_at"]),
            generator=made_with(clean),
            cover=cover_of(clean, ledger_of(clean), manifest, graded=_graded(clean)),
            overview=overview_of(clean, tightness),
            text_note=_text_note(repertoire.replaced),
        )

    return _made(assessment, repertoire, make)


def build_enquiry(assessment: Mapping[str, Any], repertoire: Repertoire) -> EnquiryContext:
    """Make the context of the lines of enquiry on their own."""

    def make(clean: Mapping[str, Any], manifest: str, repertoire: Repertoire) -> EnquiryContext:
        evidence = Evidence(clean)
        sheets = enquiries_of(clean, evidence)
        return EnquiryContext(
            lang="en-GB",
            date=str(clean["as_at"]),
            generator=made_with(clean),
            cover=cover_of(clean, ledger_of(clean), manifest, graded=_graded(clean)),
            enquiries=sheets,
            register=evidence.entries_referred(),
            provenance=evidence.groups_referred(),
            text_note=_text_note(repertoire.replaced),
        )

    return _made(assessment, repertoire, make)


def build_paper(
    assessment: Mapping[str, Any], repertoire: Repertoire, tightness: int = 0
) -> PaperContext:
    """Make the context of a committee's paper; each step of `tightness` says less."""

    def make(clean: Mapping[str, Any], manifest: str, repertoire: Repertoire) -> PaperContext:
        return paper_of(clean, manifest, _text_note(repertoire.replaced), tightness)

    return _made(assessment, repertoire, make)


def _made(
    assessment: Mapping[str, Any],
    repertoire: Repertoire,
    make: Callable[[Mapping[str, Any], str, Repertoire], T],
) -> T:
    """Make a context of an assessment whose texts are printable, or say why that cannot be."""
    found = assessment.get("schema")
    if found != SCHEMA:
        raise ReportError(
            f"assessment.json: schema is {found!r}, expected {SCHEMA!r}.",
            hint="Give the assessment.json that `selfassess run` writes, made by this version.",
        )
    try:
        manifest = manifest_hash(assessment)
        return make(repertoire.clean_tree(assessment), manifest, repertoire)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"lacks the key {error}" if isinstance(error, KeyError) else f"is malformed: {error}"
        raise ReportError(
            f"assessment.json {what}.",
            hint="Make it anew with `selfassess run`; it is not meant to be edited.",
        ) from error


def _graded(assessment: Mapping[str, Any]) -> bool:
    return any(judgement.get("scale") for judgement in assessment.get("judgements") or ())


def _report(assessment: Mapping[str, Any], manifest: str, repertoire: Repertoire) -> ReportContext:
    evidence = Evidence(assessment)
    graded = _graded(assessment)
    chapters = chapters_of(assessment, evidence)
    ledger = ledger_of(assessment)
    positions = [chapter.position for chapter in chapters]
    summary = summary_of(assessment, evidence, positions, ledger, graded=graded)
    plan = actions_of(assessment, evidence)
    enquiries = enquiries_of(assessment, evidence)
    changes = changes_of(assessment)
    checks = checks_of(assessment, evidence)
    trends = trends_of(evidence)
    counted = counted_measures(assessment)
    # Last, because whatever was made before may refer to further readings.
    rows = evidence.rows_referred()
    rest = len(evidence.readings) - len(rows)
    return ReportContext(
        lang="en-GB",
        date=str(assessment["as_at"]),
        generator=made_with(assessment),
        cover=cover_of(assessment, ledger, manifest, graded=graded),
        contents=_contents(
            chapters,
            (("changes", changes.title),) if changes else (),
            (("checks", "Consistency checks"),) if checks else (),
            enquiries=bool(enquiries),
        ),
        key=key_of(graded=graded),
        summary=summary,
        chapters=chapters,
        plan=plan,
        unplanned=unplanned_of(assessment, evidence),
        changes=changes,
        checks=checks,
        register=tuple(evidence.entry(key) for key in evidence.entries),
        readings=rows,
        provenance=evidence.groups_referred(),
        readings_note=(
            f"{plural(rest, 'further readings')} that this report does not refer to are in "
            "assessment.json, which is embedded in the PDF."
            if rest
            else ""
        ),
        ledger=ledger,
        quality=quality_of(assessment),
        method=method_of(assessment, counted),
        uncounted=uncounted_of(assessment, counted),
        published=published_of(assessment),
        framework_notes=framework_notes(assessment.get("framework") or {}),
        gaps=gaps_of(assessment),
        enquiries=enquiries,
        trends=trends,
        text_note=_text_note(repertoire.replaced),
        plan_limits=limits_words(assessment),
        lacking=lacking_of(assessment),
    )


def _contents(
    chapters: Sequence[Chapter], *sections: tuple[tuple[str, str], ...], enquiries: bool
) -> tuple[Heading, ...]:
    fixed = (
        ("plan", "Improvement plan"),
        *(heading for section in sections for heading in section),
        ("register", "Appendix A. Evidence register"),
        ("ledger", "Appendix B. Row ledger"),
        ("method", "Appendix C. Method"),
        ("gaps", "Appendix D. Gaps"),
        *((("enquiry", "Appendix E. Lines of enquiry"),) if enquiries else ()),
    )
    return (
        Heading(anchor="summary", title="Summary for the director"),
        *(Heading(anchor=chapter.anchor, title=chapter.title) for chapter in chapters),
        *(Heading(anchor=anchor, title=title) for anchor, title in fixed),
    )


def _text_note(replaced: int) -> str:
    if not replaced:
        return ""
    return (
        f"{plural(replaced, 'characters')} of the source texts cannot be printed in this report's "
        "typeface: signs are written as their name in brackets, letters as □. The full texts are "
        "in assessment.json."
    )
