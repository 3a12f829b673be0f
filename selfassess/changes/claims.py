"""What leaders say otherwise than before, and what became of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selfassess.changes.nodes import Nodes, criteria
from selfassess.changes.wording import text_change

__all__ = ["claims", "plan"]

Said = Mapping[str, Any]


def claims(
    old: Mapping[str, Any], new: Mapping[str, Any], nodes: Nodes
) -> Iterator[dict[str, Any]]:
    """Each field of a claim that changed: grades, answers, strengths, evidence, status."""
    before, after = _said(old), _said(new)
    carried: dict[str, str] = {}
    for node in before:
        heirs = [heir for heir in nodes.heirs(node) if heir in after]
        if len(heirs) == 1:
            carried.setdefault(heirs[0], node)
    titles = {**_titles(old), **_titles(new)}
    for node, (grade, said) in after.items():
        was_grade, was = before.get(carried.get(node, ""), (None, {}))
        for item in _fields(was_grade, was, grade, said, nodes):
            yield {"node": node, "title": titles.get(node, node), **item}
    for node, (grade, said) in before.items():
        if node in carried.values():
            continue
        if grade or any(said.get(key) for key in ("answers", "strengths", "weaknesses")):
            text = "What leaders said of it has no place in the later assessment."
            yield {
                "node": node,
                "title": titles.get(node, node),
                "field": "claim",
                "text": text,
                "old": None,
                "new": None,
            }


def _said(assessment: Mapping[str, Any]) -> dict[str, tuple[str | None, Said]]:
    found: dict[str, tuple[str | None, Said]] = {}
    for judgement in assessment.get("judgements") or ():
        grade = judgement.get("claim_title") or judgement.get("claim")
        found[str(judgement["id"])] = grade, judgement.get("claim_detail") or {}
    for criterion in criteria(assessment):
        if criterion.get("claim_detail"):
            found[str(criterion["id"])] = None, criterion["claim_detail"]
    return found


def _titles(assessment: Mapping[str, Any]) -> dict[str, str]:
    parts = [*(assessment.get("judgements") or ()), *criteria(assessment)]
    return {str(each["id"]): str(each.get("title") or each["id"]) for each in parts}


def _fields(
    was_grade: str | None, was: Said, grade: str | None, said: Said, nodes: Nodes
) -> Iterator[dict[str, Any]]:
    if was_grade != grade:
        text = f"The grade claimed moved from {was_grade or 'none'} to {grade or 'none'}."
        yield {"field": "grade", "text": text, "old": was_grade, "new": grade}
    if was.get("status") != said.get("status") and was and said:
        one, other = was.get("status"), said.get("status")
        yield {
            "field": "status",
            "text": f"Its status was {one} and is {other}.",
            "old": one,
            "new": other,
        }
    answers = {nodes.question(key): text for key, text in (was.get("answers") or {}).items()}
    given = said.get("answers") or {}
    for question in dict.fromkeys((*given, *(key for key in answers if key))):
        yield from _text(
            f"answers.{question}", answers.get(question) or "", given.get(question) or ""
        )
    yield from _text("so_what", was.get("so_what") or "", said.get("so_what") or "")
    for kind in ("strengths", "weaknesses"):
        yield from _list(kind, was.get(kind) or (), said.get(kind) or ())
    yield from _list("evidence", was.get("evidence") or (), said.get("evidence") or ())


def _text(field: str, old: str, new: str) -> Iterator[dict[str, Any]]:
    change = text_change(old, new)
    if change is None:
        return
    if not old.strip():
        text = f"New: {_words(change['words_added'])}."
    elif not new.strip():
        text = f"Taken away: {_words(change['words_taken'])}."
    else:
        added, taken = change["words_added"], change["words_taken"]
        text = f"{_words(added)} added, {taken} taken away."
    yield {"field": field, "text": text, "old": change["taken"], "new": change["added"]}


def _words(count: object) -> str:
    return f"{count} {'word' if count == 1 else 'words'}"


def _list(field: str, old: Any, new: Any) -> Iterator[dict[str, Any]]:
    before = [" ".join(str(each).split()) for each in old]
    after = [" ".join(str(each).split()) for each in new]
    added = [each for each in after if each not in before]
    taken = [each for each in before if each not in after]
    if added or taken:
        parts = [f"{len(added)} new"] if added else []
        parts += [f"{len(taken)} gone"] if taken else []
        text = ", ".join(parts) + "."
        yield {"field": field, "text": text, "old": "; ".join(taken), "new": "; ".join(added)}


def plan(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Actions that are new, gone, due on another day or in another state."""
    before = {str(each["id"]): each for each in old.get("plan") or ()}
    after = {str(each["id"]): each for each in new.get("plan") or ()}
    for key, action in after.items():
        title = str(action.get("title") or key)
        was = before.get(key)
        if was is None:
            yield {"id": key, "title": title, "text": "New in the plan."}
            continue
        told = [
            f"{words} was {was.get(name) or 'not stated'} and is {action.get(name) or 'not stated'}"
            for name, words in (
                ("status", "its status"),
                ("due", "its date"),
                ("owner", "its owner"),
            )
            if (was.get(name) or None) != (action.get(name) or None)
        ]
        if told:
            text = "; ".join(told)
            yield {"id": key, "title": title, "text": f"{text[0].upper()}{text[1:]}."}
    for key, action in before.items():
        if key not in after:
            title = str(action.get("title") or key)
            yield {"id": key, "title": title, "text": "No longer in the plan."}
