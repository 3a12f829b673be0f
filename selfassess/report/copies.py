"""What partner and public copies are printed from: a document of its own, with no verdict in it.

Such a copy holds less than the council's own, so it must not be read through the same sentences:
"nothing refutes a grade" would be untrue of a copy that withholds what might.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from selfassess.report.appendices import framework_notes, method_of, published_of
from selfassess.report.copies_context import CopyChapter, CopyContext, Figure, Found
from selfassess.report.parts import Action, Answer, Phrase, Reference
from selfassess.report.parts_sources import Entry, Gap
from selfassess.report.scopes import Scopes
from selfassess.report.text import Repertoire, brief, markdown
from selfassess.report.words import (
    KIND,
    SIGNAL,
    basis_words,
    date_words,
    number,
    period_words,
    phrase,
    plural,
    value_words,
    voice_words,
)

__all__ = [
    "CopyChapter",
    "CopyContext",
    "CopyEvidence",
    "Figure",
    "Found",
    "action_copied",
    "build_copy",
]

_COUNTS = ("count", "distinct", "sum")


def build_copy(assessment: Mapping[str, Any], repertoire: Repertoire) -> CopyContext:
    """Make the context of a copy.

    Args:
        assessment: what disclosure made for an audience.
        repertoire: the characters that the template's fonts can print.
    """
    found = repertoire.clean_tree(assessment)
    council = brief(str(found["council"].get("name") or "Unnamed council"), 160)
    framework, disclosure = found["framework"], found["disclosure"]
    as_at = date_words(found["as_at"])
    made = found.get("made_with") or {}
    evidence = CopyEvidence(found)
    return CopyContext(
        lang="en-GB",
        date=str(found["as_at"]),
        generator=f"{made.get('name') or 'selfassess'} {made.get('version') or ''}".strip(),
        title="Self-evaluation",
        council=council,
        running=brief(f"{council} · Self-evaluation as at {as_at}", 80),
        framework=brief(f"{framework.get('title')}, edition {framework.get('edition')}", 300),
        as_at=as_at,
        audience=str(disclosure["title"]),
        loosened=tuple(
            brief(f"{item['what']}: {item['from']} was set to {item['to']}", 300)
            for item in found.get("loosened") or ()
        ),
        rules=tuple(str(rule) for rule in disclosure["rules"]),
        signals=tuple(
            phrase(SIGNAL, name)
            for name in ("strong", "secure", "attention", "concern", "critical", "context")
        ),
        chapters=tuple(
            _chapter(index, judgement, found, evidence)
            for index, judgement in enumerate(found.get("judgements") or (), start=1)
        ),
        plan=tuple(action_copied(action, evidence) for action in found.get("plan") or ()),
        register=tuple(evidence.entry(entry) for entry in found.get("register") or ()),
        figures=tuple(evidence.figures.values()),
        gaps=tuple(
            Gap(what=brief(str(gap["what"]), 240), why=brief(str(gap["why"]), 240), remedy="")
            for gap in found.get("gaps") or ()
        ),
        method=method_of(found),
        framework_notes=framework_notes(framework),
        published=published_of(found),
        text_note=f"{plural(repertoire.replaced, 'characters')} that the fonts lack were replaced."
        if repertoire.replaced
        else "",
    )


class CopyEvidence:
    """Figures and entries by id, numbered in the order they stand in."""

    def __init__(self, assessment: Mapping[str, Any]) -> None:
        self.scopes = Scopes(assessment.get("dimensions") or ())
        self.titles = {
            str(topic["id"]): str(topic.get("title") or topic["id"])
            for topic in assessment.get("topics") or ()
        }
        aggregates = {
            str(method["measure"]): str(method.get("aggregate") or "")
            for method in assessment.get("method") or ()
        }
        shown = [
            reading
            for reading in assessment.get("readings") or ()
            if reading["value"] is not None or reading["status"] == "suppressed"
        ]
        self.figures = {
            str(reading["id"]): self._figure(place, reading, aggregates.get(reading["measure"], ""))
            for place, reading in enumerate(shown, start=1)
        }
        self.references = {key: figure.reference for key, figure in self.figures.items()}
        for place, entry in enumerate(assessment.get("register") or (), start=1):
            self.references[str(entry["id"])] = Reference(
                label=brief(str(entry["id"]), 40), anchor=f"entry-{place}", text=""
            )

    def of(self, ids: Iterable[str]) -> tuple[Reference, ...]:
        """References of those ids that are shown."""
        return tuple(self.references[key] for key in ids if key in self.references)

    def entry(self, entry: Mapping[str, Any]) -> Entry:
        """A register entry."""
        weight = f", {entry['severity']}" if entry.get("severity") else ""
        sample = f", sample of {entry['sample']}" if entry.get("sample") else ""
        good = entry["direction"] == "strength"
        return Entry(
            reference=self.references[str(entry["id"])],
            text=brief(str(entry["text"]), 2_000),
            direction=Phrase(
                word=f"{entry['direction']}{weight}",
                shape="●" if good else "▼" if entry["direction"] == "weakness" else "○",
                tone="good" if good else "poor" if entry["direction"] == "weakness" else "none",
            ),
            voice=voice_words(str(entry["voice"])),
            topic=self.titles.get(str(entry["topic"]), str(entry["topic"])),
            when=date_words(entry.get("date"), short=True),
            source=brief(f"{entry.get('source') or ''}{sample}", 240),
            scope=self.scopes.words(entry.get("where") or {}),
        )

    def _figure(self, place: int, reading: Mapping[str, Any], aggregate: str) -> Figure:
        band = reading.get("band") or {}
        withheld = reading["status"] == "suppressed"
        notes = [str(reading["reason"])] if reading.get("reason") else []
        if reading.get("withheld") and not withheld:
            names = "; ".join(f"by {self._keys(keys)}" for keys in reading["withheld"])
            notes.append(f"breakdowns not shown: {names}")
        return Figure(
            reference=Reference(label=f"E{place}", anchor=f"figure-{place}", text=""),
            title=brief(str(reading["title"]), 200),
            scope=self.scopes.words(reading["where"]),
            value="c" if withheld else _value(reading, aggregate),
            base=f"of about {number(reading['denominator'])}" if reading["denominator"] else "",
            signal=phrase(SIGNAL, reading["signal"] or reading["status"]),
            band=f"{band['text']} ({basis_words(band)})" if band.get("text") else "",
            when=period_words(reading.get("from"), reading.get("to"))
            if reading.get("from")
            else date_words(reading.get("at"), short=True),
            source=brief(str(reading.get("cited") or reading.get("source") or ""), 200),
            notes=tuple(brief(note, 300) for note in notes),
        )

    def _keys(self, keys: str) -> str:
        return " and ".join(part.replace("-", " ") for part in keys.split(", "))


def _value(reading: Mapping[str, Any], aggregate: str) -> str:
    value, unit = reading["value"], str(reading["unit"])
    if unit in ("percent", "%"):
        return f"{value:,}%"
    words = value_words(value, unit)
    return f"about {words}" if aggregate in _COUNTS and value else words


def _chapter(
    index: int, judgement: Mapping[str, Any], assessment: Mapping[str, Any], evidence: CopyEvidence
) -> CopyChapter:
    title = str(judgement.get("title") or judgement["id"])
    claim = judgement.get("claim_detail") or {}
    questions = (assessment["framework"].get("questions")) or ()
    shown = {name for each in judgement["criteria"] for name in each["signals"]}
    return CopyChapter(
        anchor=f"judgement-{index}",
        title=brief(title, 200),
        running=brief(title, 64),
        claim=brief(str(judgement.get("claim_title") or judgement.get("claim") or ""), 80),
        signed=", ".join(
            filter(
                None,
                (
                    brief(str(claim.get("author") or ""), 120),
                    date_words(claim.get("date")),
                    f"status: {claim['status']}" if claim.get("status") else "",
                ),
            )
        ),
        answers=tuple(
            _answer(str(question["text"]), text)
            for question in questions
            if (text := markdown(str((claim.get("answers") or {}).get(question["id"]) or "")))
        ),
        strengths=_texts(claim.get("strengths")),
        weaknesses=_texts(claim.get("weaknesses")),
        so_what=markdown(str(claim.get("so_what") or "")),
        findings=tuple(
            Found(
                kind=phrase(KIND, str(finding["kind"])),
                text=brief(str(finding["text"]), 1_000),
                evidence=evidence.of(finding["evidence"]),
            )
            for finding in assessment.get("findings") or ()
            if judgement["id"] in finding["judgements"]
        ),
        figures=tuple(
            figure for key, figure in evidence.figures.items() if key in shown and not figure.scope
        ),
    )


def _answer(question: str, text: Markup) -> Answer:
    return Answer(
        question=question,
        text=text,
        none_text="",
        points=(),
        voices=(),
        rests_on="",
        actions=(),
        no_actions="",
    )


def action_copied(action: Mapping[str, Any], evidence: CopyEvidence) -> Action:
    """An action as an audience is given it."""
    return Action(
        id=brief(str(action["id"]), 40),
        title=brief(str(action["title"]), 300),
        owner=brief(str(action.get("owner") or "the council"), 120),
        due=date_words(action.get("due"), short=True),
        status=brief(str(action.get("status") or ""), 60),
        outcome=brief(str(action.get("outcome") or ""), 400),
        answers=(),
        moves=tuple(
            f"{figure.title}: now {figure.value}"
            for name in action.get("success_measures") or ()
            if (figure := evidence.figures.get(str(name)))
        ),
        judgement="",
    )


def _texts(texts: Sequence[Any] | None) -> tuple[Markup, ...]:
    return tuple(shown for text in texts or () if (shown := markdown(str(text), 2_000)))
