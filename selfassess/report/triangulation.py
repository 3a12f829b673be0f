"""What each voice says of each criterion, and where voices disagree; words with shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.notes import ADVERSE
from selfassess.report.parts import Phrase
from selfassess.report.parts_figures import Disagreement, Triangulation, VoicesOfCriterion
from selfassess.report.text import brief
from selfassess.report.words import number, voice_words

__all__ = ["triangulation_of"]

VOICES = (
    "data",
    "practice-audit",
    "child",
    "family",
    "staff",
    "partner",
    "inspector",
    "learning-review",
    "leaders",
)
"""The order of columns; a voice unknown here comes last."""
_FOR, _AGAINST, _NEITHER = "supports", "weakens", "neither"
_SAYS = {
    "supports": Phrase(word="supports", shape="●", tone="good"),
    "weakens": Phrase(word="weakens", shape="▼", tone="poor"),
    "mixed": Phrase(word="mixed", shape="▲", tone="fair"),
    "neither": Phrase(word="neither", shape="○", tone="none"),
    "silent": Phrase(word="silent", shape="–", tone="none"),
}
_SIGNALS = {"strong": _FOR, "secure": _FOR, **dict.fromkeys(ADVERSE, _AGAINST)}
_DIRECTIONS = {"strength": _FOR, "weakness": _AGAINST}
_BAD_PARTS = ("concern", "critical")
_MOST = 12

Said = dict[str, dict[str, list[str]]]
"""By voice, then by what it says, the ids that say so."""


def triangulation_of(judgement: Mapping[str, Any], evidence: Evidence) -> Triangulation | None:
    """Set what the voices say of each criterion side by side; None where no criterion has any."""
    criteria = judgement.get("criteria") or ()
    said = [(criterion, _said(criterion, evidence)) for criterion in criteria]
    spoken = {voice for _, voices in said for voice in voices}
    if not spoken:
        return None
    columns = [voice for voice in VOICES if voice in spoken] + sorted(spoken - set(VOICES))
    silent = [voice_words(voice) for voice in VOICES if voice not in spoken]
    rows = [(criterion, voices) for criterion, voices in said if voices]
    disagreements = tuple(_disagreements(rows, evidence))
    return Triangulation(
        voices=tuple(voice_words(voice) for voice in columns),
        rows=tuple(
            VoicesOfCriterion(
                id=str(criterion["id"]),
                title=brief(str(criterion.get("title") or criterion["id"]), 120),
                says=tuple(_SAYS[_verdict(voices.get(voice))] for voice in columns),
            )
            for criterion, voices in rows
        ),
        silent=_listed(silent),
        unheard=_listed([str(criterion["id"]) for criterion, voices in said if not voices]),
        sentence=_sentence(rows, len(disagreements)),
        disagreements=disagreements[:_MOST],
        more=_more(len(disagreements) - _MOST),
    )


def _said(criterion: Mapping[str, Any], evidence: Evidence) -> Said:
    found: Said = {}
    signals = criterion.get("signals") or {}
    whole = {
        str((evidence.readings.get(key) or {}).get("measure"))
        for key in signals
        if key in evidence.readings and not evidence.readings[key].get("where")
    }
    for key, signal in signals.items():
        reading = evidence.readings.get(key)
        if reading is None or reading.get("value") is None:
            continue
        # The whole speaks for its parts, except for a part that is out of order by itself.
        part = bool(reading.get("where")) and str(reading.get("measure")) in whole
        if part and signal not in _BAD_PARTS:
            continue
        says = _SIGNALS.get(str(signal), _NEITHER)
        _add(found, str(reading.get("voice") or "data"), says, key)
    for key in criterion.get("entries") or ():
        if key in evidence.entries:
            entry = evidence.entries[key]
            says = _DIRECTIONS.get(str(entry.get("direction")), _NEITHER)
            _add(found, str(entry.get("voice") or "data"), says, key)
    return found


def _add(found: Said, voice: str, says: str, key: str) -> None:
    found.setdefault(voice, {}).setdefault(says, []).append(key)


def _verdict(said: Mapping[str, Sequence[str]] | None) -> str:
    if not said:
        return "silent"
    if _FOR in said and _AGAINST in said:
        return "mixed"
    return _FOR if _FOR in said else _AGAINST if _AGAINST in said else _NEITHER


def _disagreements(
    rows: Sequence[tuple[Mapping[str, Any], Said]], evidence: Evidence
) -> Iterable[Disagreement]:
    """Criteria that one voice supports and another weakens; a mixed voice takes no side."""
    for criterion, voices in rows:
        support = [voice for voice in voices if _verdict(voices[voice]) == _FOR]
        weaken = [voice for voice in voices if _verdict(voices[voice]) == _AGAINST]
        if not support or not weaken:
            continue
        keys = [key for voice in support for key in voices[voice][_FOR][:1]]
        keys += [key for voice in weaken for key in voices[voice][_AGAINST][:1]]
        title = brief(str(criterion.get("title") or ""), 120)
        one, other = _listed(_words(support)), _listed(_words(weaken))
        yield Disagreement(
            text=f"{criterion['id']} {title}: {one} {_verb('support', support)} it, "
            f"{other} {_verb('weaken', weaken)} it.",
            evidence=evidence.references(keys, limit=4),
        )


def _words(voices: Sequence[str]) -> list[str]:
    return [voice_words(voice) for voice in sorted(voices, key=_place)]


def _place(voice: str) -> int:
    return VOICES.index(voice) if voice in VOICES else len(VOICES)


def _verb(verb: str, voices: Sequence[str]) -> str:
    """``practice audit supports``, ``children support``; data are many."""
    single = len(voices) == 1 and not voice_words(voices[0]).endswith(("s", "ren", "data"))
    return f"{verb}s" if single else verb


def _sentence(rows: Sequence[tuple[Mapping[str, Any], Said]], disagree: int) -> str:
    """How many criteria rest on one voice, and on how many voices agree or disagree."""
    sides = []
    for _, voices in rows:
        verdicts = [_verdict(said) for said in voices.values()]
        sides.append([each for each in verdicts if each in (_FOR, _AGAINST, "mixed")])
    alone = sum(len(side) == 1 for side in sides)
    agree = sum(len(side) > 1 and len(set(side)) == 1 and side[0] != "mixed" for side in sides)
    rest = len(rows) - agree - disagree - alone
    criteria = "criterion" if len(rows) == 1 else "criteria"
    told = [
        f"voices agree on {number(agree)}",
        f"disagree on {number(disagree)}",
        f"{number(alone)} {'rests' if alone == 1 else 'rest'} on one voice",
    ]
    if rest > 0:
        told.append(f"on {number(rest)} a voice is mixed or takes no side")
    return f"Of {number(len(rows))} {criteria} with evidence, {_listed(told)}."


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _more(rest: int) -> str:
    return f"{number(rest)} more can be read from the table." if rest > 0 else ""
