"""Rules on what a claim has to carry: answers, a source, a date, a weakness; and its ceiling."""

from __future__ import annotations

from collections.abc import Iterator

from selfassess.xray.case import Case
from selfassess.xray.prose import flat
from selfassess.xray.rule import Found, Rule

__all__ = ["RULES"]


def _unanswered(case: Case) -> Iterator[Found]:
    if not case.framework.questions:
        return
    for node in case.framework.judgements():
        claim = case.claims.get(node.id)
        testable = any(part.kind == "criterion" for part in node.walk())
        if claim is None or claim.blank:
            if testable:
                text = f"Nothing is said of {node.title}: no question is answered."
                path = ("judgements", node.id) if claim is not None else ("judgements",)
                yield Found(node.id, path, text)
            continue
        for question in case.framework.questions:
            answer = flat(claim.answers.get(question.id, ""))
            if not case.words.says_nothing(answer):
                continue
            what = f"holds only '{answer}'" if answer else "has no answer"
            yield Found(
                node.id,
                ("judgements", node.id, "answers", question.id),
                f"{node.title}: the question ‘{question.text}’ {what}.",
                question.id,
            )


def _without_source(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        if not claim.references():
            yield Found(
                node.id,
                ("judgements", node.id, "evidence"),
                f"{node.title}: what leaders say names no evidence.",
            )


def _undated(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        if claim.date is None:
            text = f"{node.title}: what leaders say has no date."
        elif claim.date > case.as_at:
            text = (
                f"{node.title}: what leaders say is dated {claim.date.isoformat()}, after the "
                f"as-at date {case.as_at.isoformat()}."
            )
        else:
            continue
        yield Found(node.id, ("judgements", node.id, "date"), text)


def _unsigned(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        if not claim.author.strip():
            text = f"{node.title}: nobody is named as the author."
            yield Found(node.id, ("judgements", node.id, "author"), text)


def _old(case: Case) -> Iterator[Found]:
    limit = case.lexicon.limits.claim_days
    for node, claim in case.said():
        if limit is None or claim.date is None:
            continue
        age = (case.as_at - claim.date).days
        if age > limit:
            text = f"{node.title}: what leaders say was written {age} days before the as-at date."
            yield Found(node.id, ("judgements", node.id, "date"), text)


def _reconfirm(case: Case) -> Iterator[Found]:
    for key in case.nodes:
        claim = case.claims.get(key)
        if claim is not None and claim.reconfirm:
            text = (
                f"{case.nodes[key].title}: {len(claim.reconfirm)} "
                f"{'notes wait' if len(claim.reconfirm) > 1 else 'note waits'} for a person: "
                f"{claim.reconfirm[0]}"
            )
            yield Found(key, ("judgements", key, "reconfirm"), text)


def _above(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        judged = case.judgements.get(node.id)
        scale = case.framework.scale(node.scale)
        if judged is None or scale is None or claim.grade is None or judged.ceiling is None:
            continue
        if judged.challenge != "above the evidence":
            continue
        reasons = "; ".join(each.text.rstrip(".") for each in judged.because)
        claimed, stands = scale.title_of(claim.grade), scale.title_of(judged.ceiling)
        yield Found(
            node.id,
            ("judgements", node.id, "grade"),
            f"{node.title}: leaders claim {claimed}, the evidence leaves at most {stands} "
            f"standing. {reasons}.",
            evidence=tuple(
                dict.fromkeys(each for b in judged.because for each in (*b.readings, *b.register))
            ),
        )


def _below(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        judged = case.judgements.get(node.id)
        if judged is not None and claim.grade and judged.challenge == "below the evidence":
            text = f"{node.title}: leaders claim less than the evidence leaves standing."
            yield Found(node.id, ("judgements", node.id, "grade"), text)


def _no_weakness(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        if claim.strengths and not claim.weaknesses:
            count = len(claim.strengths)
            text = (
                f"{node.title}: {count} {'strengths' if count > 1 else 'strength'} and no weakness."
            )
            yield Found(node.id, ("judgements", node.id, "weaknesses"), text)


def _no_so_what(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        if node.kind == "judgement" and not claim.so_what.strip():
            text = f"{node.title}: nothing says what it means for children."
            yield Found(node.id, ("judgements", node.id, "so_what"), text)


RULES = (
    Rule(
        "question-unanswered",
        "error",
        "Each of the framework's questions is answered",
        "The questions are all that an inspectorate asks of a self-evaluation; an empty one is the "
        "first thing that is seen.",
        "Answer it in your own words, in a paragraph or two.",
        _unanswered,
    ),
    Rule(
        "claim-without-source",
        "error",
        "Each claim names its evidence",
        "What names no source cannot be checked, so it counts as an opinion.",
        "List under 'evidence' the readings or register entries that it rests on.",
        _without_source,
    ),
    Rule(
        "claim-undated",
        "error",
        "Each claim has a date",
        "Without a date nobody can tell which evidence the writer had seen.",
        "Write the day on which it was written or last confirmed: 'date: 2026-03-31'.",
        _undated,
    ),
    Rule(
        "claim-unsigned",
        "warning",
        "Each claim has an author",
        "Somebody has to stand for it when an inspector asks.",
        "Name a role under 'author'.",
        _unsigned,
    ),
    Rule(
        "claim-old",
        "remark",
        "No claim is older than the lexicon's limit",
        "Evidence moves on; a text that nobody looked at since may say what was true once.",
        "Read it again beside the evidence, and date it anew.",
        _old,
    ),
    Rule(
        "claim-to-reconfirm",
        "warning",
        "No claim waits to be confirmed again",
        "It was written under other wording of the framework and may answer another question.",
        "Read it beside the new wording, then take the line away from 'reconfirm'.",
        _reconfirm,
    ),
    Rule(
        "claim-above-evidence",
        "error",
        "No claim lies above its ceiling",
        "A grade that evidence already refutes costs trust in everything else that is written.",
        "Claim no more than stands, or show what changed since with newer evidence.",
        _above,
    ),
    Rule(
        "claim-below-evidence",
        "remark",
        "No claim lies far below what stands",
        "Leaders who do not see what works cannot spread it.",
        "Check whether evidence was left out of sight, or say what it does not show.",
        _below,
    ),
    Rule(
        "no-weakness",
        "warning",
        "Who names strengths names weaknesses",
        "A self-evaluation shy of weakness reads as one that does not know itself; a named "
        "weakness with a credible plan counts as good leadership.",
        "Name the thing that worries you most here, and the action that answers it.",
        _no_weakness,
    ),
    Rule(
        "so-what-missing",
        "warning",
        "Each judgement says what it means for children",
        "Much activity and little about its difference to children is what inspectorates complain "
        "of most.",
        "Write under 'so_what', in a sentence, what is different for children.",
        _no_so_what,
    ),
)
