"""Rules on what texts say: words beside readings, activity without result, figures, length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from selfassess.model.assessment import JudgedReading
from selfassess.model.evidence import Claim
from selfassess.model.framework import Node
from selfassess.xray.case import Case
from selfassess.xray.prose import fingerprint, flat, sentences, word_count
from selfassess.xray.rule import Found, Rule, quote
from selfassess.xray.statements import Statement, statements

__all__ = ["RULES"]

_FIGURE = re.compile(r"(?<![\w.])\d[\d,.]*\s*(?:%|per cent|percent)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTS = 3
_ORDER = ("critical", "concern", "attention")

Place = tuple[tuple[str | int, ...], str]


def _present(case: Case, node: Node, claim: Claim) -> Iterator[Place]:
    """Texts that say how things are: answers but the last question's, strengths, the so-what."""
    at = ("judgements", node.id)
    questions = [question.id for question in case.framework.questions]
    ahead = questions[-1] if len(questions) > 1 else None
    for question, text in claim.answers.items():
        if question != ahead:
            yield (*at, "answers", question), text
    for index, item in enumerate(claim.items("strengths")):
        yield (*at, "strengths", index), item.text
    yield (*at, "so_what"), claim.so_what


def _against(case: Case) -> Iterator[Found]:
    heard = [each for each in case.outcome.readings if _is_heard(each)]
    for node, claim in case.said():
        told: set[tuple[str, str, str]] = set()
        for path, text in _present(case, node, claim):
            for said in statements(text, case.words):
                key = (said.assertion.id, said.subject.id, fingerprint(said.sentence))
                if key in told:
                    continue
                told.add(key)
                found = _contradicted(case, node, path, said, heard)
                if found is not None:
                    yield found


def _contradicted(
    case: Case,
    node: Node,
    path: tuple[str | int, ...],
    said: Statement,
    heard: Sequence[JudgedReading],
) -> Found | None:
    topics = frozenset(said.subject.topics)
    bearing = [each for each in heard if _speaks(each, said, topics)]
    own = [each for each in bearing if each.reading.id in case.linked[node.id]]
    adverse = [each for each in own or bearing if each.signal in said.assertion.signals]
    whole = _worst([each for each in adverse if not each.reading.where])
    parts = _worst([each for each in adverse if each.reading.where])
    if not whole and (said.hedged or not parts):
        return None
    shown = whole or parts[:_PARTS]
    beside = "; ".join(_words(each) for each in shown[:_PARTS])
    more = len(whole or parts) - len(shown[:_PARTS])
    beside += f"; and {more} more" if more > 0 else ""
    where = "" if whole else " in part"
    return Found(
        node.id,
        path,
        f"{quote(said.sentence)} says ‘{said.word}’. The reading says otherwise{where}: {beside}.",
        f"{said.assertion.id}.{said.subject.id}.{fingerprint(said.sentence)}",
        evidence=tuple(each.reading.id for each in shown),
        severity="error" if whole else "warning",
    )


def _is_heard(judged: JudgedReading) -> bool:
    """Whether a reading says anything that words could be held against."""
    if judged.signal is None or judged.reading.value is None:
        return False
    return all(key != "agency" for key, _ in judged.reading.where)


def _speaks(judged: JudgedReading, said: Statement, topics: frozenset[str]) -> bool:
    """Whether a reading is of the subject, and of a measure that could contradict the words."""
    measure = judged.reading.measure
    if topics.isdisjoint(judged.topics) and not _named(measure, said.subject.measures):
        return False
    return not said.assertion.measures or _named(measure, said.assertion.measures)


@cache
def _named(measure: str, names: tuple[str, ...]) -> bool:
    return any(
        measure.startswith(name[:-1]) if name.endswith("*") else measure == name for name in names
    )


def _worst(found: list[JudgedReading]) -> list[JudgedReading]:
    return sorted(found, key=lambda each: _ORDER.index(each.signal or "attention"))


def _words(judged: JudgedReading) -> str:
    reading = judged.reading
    scope = ", ".join(value for _, value in reading.where)
    value = reading.value or 0.0
    shown = f"{value:.1f}".removesuffix(".0")
    unit = "%" if reading.unit == "percent" else f" {_one(reading.unit, value)}"
    return f"{reading.title}{f' ({scope})' if scope else ''}: {shown}{unit}, {judged.signal}"


def _one(unit: str, value: float) -> str:
    """A unit in words, in the singular where there is one of it."""
    words = unit.replace("-", " ")
    if value != 1:
        return words
    if words == "children":
        return "child"
    return words[:-3] + "y" if words.endswith("ies") else words.removesuffix("s")


def _activity(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        for path, text in _present(case, node, claim):
            parts = sentences(text)
            for index, (written, flat_text) in enumerate(parts):
                hit = case.words.activity.first(flat_text)
                if hit is None or case.words.intention.first(flat_text, 0, hit.start) is not None:
                    continue
                following = parts[index + 1][1] if index + 1 < len(parts) else ""
                if case.words.result.first(flat_text) or case.words.result.first(following):
                    continue
                yield Found(
                    node.id,
                    path,
                    f"{quote(written)} says what was done (‘{hit.word}’), not what came of it.",
                    fingerprint(written),
                )


def _figures(case: Case) -> Iterator[Found]:
    most = case.lexicon.limits.figures_most
    if most is None:
        return
    for node, claim in case.said():
        for path, text in _present(case, node, claim):
            found = [m[0] for m in _FIGURE.finditer(text) if not _YEAR.fullmatch(m[0].strip())]
            if len(found) <= most:
                continue
            if any(case.words.effect.first(flat_text) for _, flat_text in sentences(text)):
                continue
            yield Found(
                node.id,
                path,
                f"{node.title}: {len(found)} figures in one answer, and no word of what children "
                "experience.",
                str(path[-1]),
            )


def _length(case: Case) -> Iterator[Found]:
    limits = case.lexicon.limits
    total = 0
    for node, claim in case.said():
        texts = [*claim.answers.items()]
        total += sum(word_count(text) for _, text in texts) + word_count(claim.so_what)
        total += sum(
            word_count(item.text)
            for item in (*claim.items("strengths"), *claim.items("weaknesses"))
        )
        for question, text in texts:
            count = word_count(text)
            if not count or case.words.says_nothing(flat(text)):
                continue
            path = ("judgements", node.id, "answers", question)
            if limits.answer_most is not None and count > limits.answer_most:
                said = f"{count} words answer one question; {limits.answer_most} are plenty"
                yield Found(
                    node.id,
                    path,
                    f"{node.title}: {said}.",
                    question,
                    mend="Keep what only this answer can say; move figures to the evidence.",
                )
            elif limits.answer_least is not None and count < limits.answer_least:
                said = f"an answer of {count} words"
                yield Found(
                    node.id, path, f"{node.title}: {said} can hardly say what you know.", question
                )
    if limits.whole_most is not None and total > limits.whole_most:
        yield Found(
            "whole",
            ("judgements",),
            f"The self-evaluation has {total} words; {limits.whole_most} are about as much as "
            "anybody reads.",
            mend="Cut what the evidence pages say already.",
        )


RULES = (
    Rule(
        "words-against-reading",
        "error",
        "No text says in order what a reading says is not",
        "An inspector holds the sentence beside the figure. A contradiction in your own document "
        "costs trust in the rest.",
        "Say what the reading says, and what you do about it; or, if the reading is wrong, mend "
        "the evidence.",
        _against,
    ),
    Rule(
        "activity-without-result",
        "warning",
        "What was done is told with what came of it",
        "A list of what was launched shows effort. What matters is what is different for children.",
        "Add what came of it, with the evidence; or say that it is too early to tell, and when you "
        "will know.",
        _activity,
    ),
    Rule(
        "figures-crowd-answer",
        "remark",
        "Answers are no lists of figures",
        "Self-evaluations are found to hold many indicators and little about practice.",
        "Keep the figure that carries the point; the report prints the others beside it.",
        _figures,
    ),
    Rule(
        "length",
        "remark",
        "Answers are neither too short nor too long",
        "Too short shows little; too long is not read.",
        "Say what you know, how, and what you will do.",
        _length,
    ),
)
