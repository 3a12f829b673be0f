"""The first page of a document, and the key to its words and shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from selfassess.report.context import Cover
from selfassess.report.parts import Line, Phrase
from selfassess.report.parts_sources import Ledger
from selfassess.report.text import brief
from selfassess.report.words import CHALLENGE, CONFIDENCE, SIGNAL, STATUS, date_words, plural

__all__ = ["cover_of", "key_of", "made_with"]

_MOST_HASHES = 10
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
_LENGTH = (
    "The summary is for everybody. Each chapter begins with the answers and the plan; criteria, "
    "figures, findings and questions follow. The appendices are there so that every number can be "
    "traced, and need not be read through."
)
_BANDS = (
    "A band says from where on a figure is in order or not; its basis says how far to trust it: "
    "statute, guidance, benchmark (published figures), local (the council’s own) or proposed (the "
    "toolkit’s own, to be agreed or replaced)."
)
_AUDIENCES = {
    "internal": "internal: council leaders and managers",
    "partner": "partner: safeguarding partners",
    "public": "public",
}


def cover_of(
    assessment: Mapping[str, Any], ledger: Ledger, manifest: str, *, graded: bool
) -> Cover:
    """Say whose document it is, of what, for whom, and what it was made from."""
    council, framework = assessment["council"], assessment["framework"]
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
        ("Manifest (SHA-256)", (manifest,)),
        ("Made with", (made_with(assessment),)),
        ("Plugins", (brief(plugins, 400) or "none",)),
    )
    return Cover(
        title="Self-evaluation",
        council=name,
        running=f"{brief(name, 60)} · Self-evaluation as at {as_at}",
        framework=f"{title}, {edition}",
        as_at=as_at,
        manifest=manifest,
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


def key_of(*, graded: bool) -> tuple[Line, ...]:
    """The words of the report with their shapes."""
    signals = ("strong", "secure", "attention", "concern", "critical", "context")
    lines = [
        Line(label="Signals of a reading", values=_legend(SIGNAL[key] for key in signals)),
        Line(label="Bands", values=(_BANDS,)),
        Line(label="Status of a criterion", values=_legend(STATUS.values())),
        Line(label="Confidence", values=_legend(CONFIDENCE.values())),
    ]
    if graded:
        lines.append(Line(label="Claim against evidence", values=_legend(CHALLENGE.values())))
    return (
        *lines,
        Line(label="References", values=(_REFERENCES,)),
        Line(label="How much to read", values=(_LENGTH,)),
    )


def _legend(phrases: Iterable[Phrase]) -> tuple[str, ...]:
    return tuple(f"{one.shape} {one.word}" for one in phrases)


def made_with(assessment: Mapping[str, Any]) -> str:
    """Name and version of the program."""
    made = assessment.get("made_with") or {}
    return f"{made.get('name') or 'selfassess'} {made.get('version') or ''}".strip()
