"""Lines of enquiry: where an inspector would start, whom to ask, what to have ready."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.report.alike import by_measure
from selfassess.report.answering import names_of
from selfassess.report.evidence import Evidence
from selfassess.report.folding import folded_questions
from selfassess.report.parts import Doubt, Enquiry
from selfassess.report.positions import position_of
from selfassess.report.priorities import pressing
from selfassess.report.text import brief, headline
from selfassess.report.words import KIND, phrase, plural, voice_words

__all__ = ["enquiries_of"]

_MOST = 7
_HEARD = ("child", "family", "staff", "partner")
"""Voices that can be asked themselves; where one is silent, an inspector asks it first."""


def enquiries_of(assessment: Mapping[str, Any], evidence: Evidence) -> tuple[Enquiry, ...]:
    """Make a sheet for each judgement of which anything can be asked."""
    sheets = []
    for index, judgement in enumerate(assessment.get("judgements") or (), start=1):
        key = str(judgement["id"])
        found = assessment.get("findings") or ()
        mine = folded_questions(
            [finding for finding in found if key in (finding.get("judgements") or ())],
            evidence.saying,
        )
        doubts = by_measure([each for each in mine if each.get("kind") in _DOUBTS], evidence)
        chosen = pressing(assessment, evidence, mine, _MOST)
        if not chosen:
            continue
        rest = len(doubts) - len(chosen)
        position = position_of(index, judgement)
        shown = tuple(_doubt(finding, judgement, assessment, evidence) for finding in chosen)
        sheets.append(
            Enquiry(
                anchor=f"enquiry-{index}",
                title=brief(str(judgement.get("title") or key), 160),
                position=brief(position.sentence, 500),
                start=f"An inspector would start here: {shown[0].headline}",
                doubts=shown,
                more=f"{plural(rest, 'further doubts')} in the chapter." if rest > 0 else "",
            )
        )
    return tuple(sheets)


_DOUBTS = ("priority-action-risk", "improve", "question")


def _doubt(
    finding: Mapping[str, Any],
    judgement: Mapping[str, Any],
    assessment: Mapping[str, Any],
    evidence: Evidence,
) -> Doubt:
    text = str(finding.get("text") or "")
    head, detail = headline(text)
    where = finding.get("where") or {}
    scope = "" if evidence.scopes.said(text, where) else evidence.scopes.words(where, 60)
    criteria = [
        criterion
        for criterion in judgement.get("criteria") or ()
        if str(criterion["id"]) in (finding.get("criteria") or ())
    ]
    keys = [str(key) for key in finding.get("evidence") or ()]
    return Doubt(
        headline=brief(f"{head} ({scope})" if scope else head, 320),
        detail=brief(detail, 360),
        kind=phrase(KIND, str(finding["kind"])),
        evidence=tuple(evidence.references(keys, limit=2, beside=text)),
        ask=brief("; ".join(_asked(finding, criteria, assessment, evidence)), 160)
        or "the lead for this area",
        ready=tuple(brief(line, 160) for line in _ready(finding, criteria, keys, evidence)),
    )


def _asked(
    finding: Mapping[str, Any],
    criteria: Sequence[Mapping[str, Any]],
    assessment: Mapping[str, Any],
    evidence: Evidence,
) -> Iterable[str]:
    """Owners of actions that answer it, bodies responsible for it, and voices not yet heard."""
    keys = [str(key) for key in finding.get("evidence") or ()]
    measures = {str((evidence.readings.get(key) or {}).get("measure")) for key in keys}
    answered = set(names_of(finding))
    owners = dict.fromkeys(
        brief(str(action.get("owner") or ""), 60)
        for action in assessment.get("plan") or ()
        if answered & set(map(str, action.get("why") or ()))
        or measures & set(map(str, action.get("success_measures") or ()))
    )
    yield from filter(None, owners)
    yield from (brief(str(body), 60) for body in finding.get("responsible") or ())
    heard = {str(voice) for criterion in criteria for voice in criterion.get("voices") or ()}
    silent = [voice_words(voice) for voice in _HEARD if voice not in heard]
    if silent and criteria:
        yield f"{', '.join(silent)}: not heard on this yet"


def _ready(
    finding: Mapping[str, Any],
    criteria: Sequence[Mapping[str, Any]],
    keys: Sequence[str],
    evidence: Evidence,
) -> Iterable[str]:
    """Where to look, the rows behind the first figure, and required evidence that is missing."""
    if finding.get("look_at"):
        yield str(finding["look_at"])
    for key in keys:
        reading = evidence.readings.get(key)
        if reading and not reading.get("published") and reading.get("denominator") is not None:
            label = evidence.reading_reference(key).label
            yield f"the rows behind {label}: selfassess rows {reading.get('measure')}"
            break
    missing = [str(part) for criterion in criteria for part in criterion.get("missing") or ()]
    if missing:
        first, *others = dict.fromkeys(missing)
        yield f"missing: {first}{f' and {len(others)} more' if others else ''}"
