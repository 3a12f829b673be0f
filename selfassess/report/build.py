"""From an assessment to the context of a report; nothing else is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.errors import ReportError
from selfassess.report.answers import actions_of
from selfassess.report.appendices import (
    framework_notes,
    gaps_of,
    ledger_of,
    method_of,
    published_of,
)
from selfassess.report.chapters import chapters_of
from selfassess.report.context import Chapter, Cover, ReportContext, Summary
from selfassess.report.doubts import quality_of
from selfassess.report.evidence import Evidence
from selfassess.report.parts import Heading, Ledger, Line, Phrase
from selfassess.report.positions import grade_titles, reasons_of
from selfassess.report.priorities import priorities_of
from selfassess.report.text import Repertoire, brief
from selfassess.report.words import (
    CHALLENGE,
    CONFIDENCE,
    SIGNAL,
    STATUS,
    date_words,
    number,
    plural,
)

__all__ = ["SCHEMA", "build_context"]

SCHEMA = "selfassess/assessment@1"
_MOST_HASHES = 10
_MOST_REASONS = 8
_PURPOSE = (
    "This report sets what leaders say beside what the evidence says, contradicts and cannot tell.",
    "It does not predict the outcome of an inspection.",
)
_PURPOSE_GRADED = (
    "Evidence can refute a grade; it cannot prove one. Where nothing refutes a grade, that is all "
    "it means."
)
_REFERENCES = (
    "E1, E2 and so on are readings; other short names are entries of the evidence register. Both "
    "lead to Appendix A."
)
_AUDIENCES = {
    "internal": "internal: council leaders and managers",
    "partner": "partner: safeguarding partners",
    "public": "public",
}


def build_context(assessment: Mapping[str, Any], repertoire: Repertoire) -> ReportContext:
    """Make the context that templates print.

    Args:
        assessment: the content of assessment.json.
        repertoire: the characters that the template's fonts can print.

    Raises:
        ReportError: where the mapping is not an assessment of the version known here.
    """
    found = assessment.get("schema")
    if found != SCHEMA:
        raise ReportError(
            f"assessment.json: schema is {found!r}, expected {SCHEMA!r}.",
            hint="Give the assessment.json that `selfassess run` writes, made by this version.",
        )
    try:
        return _build(repertoire.clean_tree(assessment), repertoire)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"lacks the key {error}" if isinstance(error, KeyError) else f"is malformed: {error}"
        raise ReportError(
            f"assessment.json {what}.",
            hint="Make it anew with `selfassess run`; it is not meant to be edited.",
        ) from error


def _build(assessment: Mapping[str, Any], repertoire: Repertoire) -> ReportContext:
    evidence = Evidence(assessment)
    judgements = assessment.get("judgements") or ()
    graded = any(judgement.get("scale") for judgement in judgements)
    chapters = chapters_of(assessment, evidence)
    ledger = ledger_of(assessment)
    summary = _summary(assessment, evidence, chapters, ledger, graded)
    plan = actions_of(assessment, evidence)
    shown = sorted(evidence.referred, key=evidence.order)
    rest = len(evidence.readings) - len(shown)
    made = assessment.get("made_with") or {}
    return ReportContext(
        lang="en-GB",
        date=str(assessment["as_at"]),
        generator=f"{made.get('name') or 'selfassess'} {made.get('version') or ''}".strip(),
        cover=_cover(assessment, ledger, graded),
        contents=_contents(chapters),
        key=_key(graded),
        summary=summary,
        chapters=chapters,
        plan=plan,
        register=tuple(evidence.entry(key) for key in evidence.entries),
        readings=tuple(evidence.row(key) for key in shown),
        readings_note=(
            f"{plural(rest, 'further readings')} that this report does not refer to are in "
            "assessment.json, which is embedded in the PDF."
            if rest
            else ""
        ),
        ledger=ledger,
        quality=quality_of(assessment),
        method=method_of(assessment),
        published=published_of(assessment),
        framework_notes=framework_notes(assessment.get("framework") or {}),
        gaps=gaps_of(assessment),
        text_note=_text_note(repertoire.replaced),
    )


def _cover(assessment: Mapping[str, Any], ledger: Ledger, graded: bool) -> Cover:
    council, framework = assessment["council"], assessment["framework"]
    made = assessment.get("made_with") or {}
    name = brief(str(council.get("name") or "Unnamed council"), 160)
    title = f"{brief(str(framework.get('title') or framework['id']), 160)}"
    edition = f"edition {framework['edition']}"
    plugins = ", ".join(
        f"{plugin.get('name')} {plugin.get('version') or ''}".strip()
        for plugin in assessment.get("plugins") or ()
    )
    hashes = [f"{row.file}  {row.sha256[:12]}" for row in ledger.inputs]
    if len(hashes) > _MOST_HASHES:
        rest = len(hashes) - _MOST_HASHES
        hashes = [*hashes[:_MOST_HASHES], f"and {plural(rest, 'files')} listed in Appendix B"]
    as_at = date_words(assessment["as_at"])
    inferred = bool(assessment.get("as_at_inferred"))
    audience = str(assessment.get("audience") or "internal")
    note = "worked out from the latest dates in the evidence" if inferred else "given"
    code = f" ({council['code']})" if council.get("code") else ""
    control = (
        ("Council", (f"{name}{code}",)),
        ("Framework", (f"{title}, {edition}", f"{framework['id']}@{framework['edition']}")),
        ("As-at date", (f"{as_at}, {note}",)),
        ("Audience", (_AUDIENCES.get(audience, audience),)),
        ("Evidence (SHA-256)", tuple(hashes) or ("no files",)),
        ("Made with", (f"{made.get('name') or 'selfassess'} {made.get('version') or ''}".strip(),)),
        ("Plugins", (brief(plugins, 400) or "none",)),
    )
    return Cover(
        title="Self-evaluation",
        council=name,
        running=f"{brief(name, 60)} · Self-evaluation as at {as_at}",
        framework=f"{title}, {edition}",
        as_at=as_at,
        as_at_note=note,
        audience=_AUDIENCES.get(audience, audience),
        purpose=(*_PURPOSE, _PURPOSE_GRADED) if graded else _PURPOSE,
        control=tuple(Line(label=label, values=values) for label, values in control),
        differences=tuple(
            brief(str(text), 240) for text in assessment.get("plugin_differences") or ()
        ),
        loosened=tuple(_loosened(item) for item in assessment.get("loosened") or ()),
        sign_off=("Prepared by", "Checked by", "Approved by"),
    )


def _loosened(item: Mapping[str, Any]) -> str:
    """A guarded standard that is set lower here: from what to what, by whom and why."""
    who = brief(str(item.get("who") or "nobody named"), 80)
    why = brief(str(item.get("why") or "no reason given"), 160)
    change = f"{item.get('from')} became {item.get('to')}"
    return f"{brief(str(item.get('what')), 120)}: {brief(change, 160)} ({who}: {why})"


def _key(graded: bool) -> tuple[Line, ...]:
    signals = ("strong", "secure", "attention", "concern", "critical", "context")
    lines = [
        Line(label="Signals of a reading", values=_legend(SIGNAL[key] for key in signals)),
        Line(label="Status of a criterion", values=_legend(STATUS.values())),
        Line(label="Confidence", values=_legend(CONFIDENCE.values())),
    ]
    if graded:
        lines.append(Line(label="Claim against evidence", values=_legend(CHALLENGE.values())))
    return (*lines, Line(label="References", values=(_REFERENCES,)))


def _legend(phrases: Iterable[Phrase]) -> tuple[str, ...]:
    return tuple(f"{one.shape} {one.word}" for one in phrases)


def _contents(chapters: Sequence[Chapter]) -> tuple[Heading, ...]:
    fixed = (
        ("plan", "Improvement plan"),
        ("register", "Appendix A. Evidence register"),
        ("ledger", "Appendix B. Row ledger"),
        ("method", "Appendix C. Method"),
        ("gaps", "Appendix D. Gaps"),
    )
    return (
        Heading(anchor="summary", title="Summary for the director"),
        *(Heading(anchor=chapter.anchor, title=chapter.title) for chapter in chapters),
        *(Heading(anchor=anchor, title=title) for anchor, title in fixed),
    )


def _summary(
    assessment: Mapping[str, Any],
    evidence: Evidence,
    chapters: Sequence[Chapter],
    ledger: Ledger,
    graded: bool,
) -> Summary:
    judgements = assessment.get("judgements") or ()
    intro = (
        "Each row sets the grade that leaders claim beside the highest grade that the evidence "
        "leaves standing. The shapes show one criterion each."
        if graded
        else "Each row shows how the criteria stand; the shapes show one criterion each."
    )
    grades = grade_titles(assessment)
    reasons = [
        reason
        for judgement in judgements
        for reason in reasons_of(judgement, evidence, "because", grades)
    ]
    rest = len(reasons) - _MOST_REASONS
    return Summary(
        positions=tuple(chapter.position for chapter in chapters),
        graded=graded,
        intro=intro,
        reasons=tuple(reasons[:_MOST_REASONS]),
        reasons_more=f"{plural(rest, 'reasons')} more in the chapters." if rest > 0 else "",
        no_reasons=_no_reasons(assessment, graded=graded),
        priorities=priorities_of(assessment, evidence),
        basis=tuple(_basis(assessment, evidence, ledger)),
    )


def _no_reasons(assessment: Mapping[str, Any], *, graded: bool) -> str:
    """What to say where no reason binds; flags, which bind no grade, are told of all the same."""
    kinds = [finding.get("kind") for finding in assessment.get("findings") or ()]
    risks = kinds.count("priority-action-risk")
    if risks:
        verb = "is" if risks == 1 else "are"
        return (
            f"{plural(risks, 'risks')} {verb} for a person to decide on, first in the list below."
        )
    if graded:
        return "No rule of the framework binds: nothing here refutes a grade, nor proves one."
    return "No rule of the framework holds."


def _basis(assessment: Mapping[str, Any], evidence: Evidence, ledger: Ledger) -> list[str]:
    with_figure = [r for r in evidence.readings.values() if r.get("value") is not None]
    files = plural(len(ledger.inputs), "files")
    told = [
        f"{plural(len(with_figure), 'readings')} from {files}, and "
        f"{plural(len(evidence.entries), 'register entries')}."
    ]
    if ledger.total:
        told.append(
            f"{ledger.balanced} Cells that could not be read: {ledger.total.unknown} (Appendix B)."
        )
    gaps = assessment.get("gaps") or ()
    if gaps:
        told.append(f"{plural(len(gaps), 'things')} could not be computed (Appendix D).")
    lacking = sum(
        criterion.get("status") == "not enough evidence"
        for judgement in assessment.get("judgements") or ()
        for criterion in judgement.get("criteria") or ()
    )
    total = sum(
        len(judgement.get("criteria") or ()) for judgement in assessment.get("judgements") or ()
    )
    if total:
        told.append(f"{number(lacking)} of {number(total)} criteria have not enough evidence.")
    for each in assessment.get("totals") or ():
        text = brief(str(each["text"]), 400)
        told.append(f"The framework’s own rules on the grades that leaders claim: {text}")
    return told


def _text_note(replaced: int) -> str:
    if not replaced:
        return ""
    return (
        f"{plural(replaced, 'characters')} of the source texts cannot be printed in this report's "
        "typeface: signs are written as their name in brackets, letters as □. The full texts are "
        "in assessment.json."
    )
