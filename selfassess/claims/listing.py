"""Claims as rows and as data, for people and programs."""

from __future__ import annotations

from typing import Any

from selfassess.assessment.claims import claim_detail
from selfassess.model.evidence import Claim
from selfassess.model.framework import Framework, Node
from selfassess.model.workspace import SelfEvaluation
from selfassess.xray.prose import word_count

__all__ = ["claim_lines", "listed", "shown"]


def listed(framework: Framework, written: SelfEvaluation) -> list[dict[str, Any]]:
    """A row for every judgement, and for every criterion of which something is said."""
    rows = []
    for node in framework.walk():
        claim = written.judgements.get(node.id)
        if node.kind != "judgement" and (claim is None or claim.blank):
            continue
        rows.append(_row(framework, node, claim))
    return rows


def shown(framework: Framework, written: SelfEvaluation, node: Node) -> dict[str, Any]:
    """Everything that is said of one node."""
    claim = written.judgements.get(node.id)
    return {**_row(framework, node, claim), "claim": claim_detail(claim)}


def _row(framework: Framework, node: Node, claim: Claim | None) -> dict[str, Any]:
    scale = framework.scale(node.scale)
    said = claim or Claim()
    texts = [*said.answers.values(), said.so_what]
    items = (*said.items("strengths"), *said.items("weaknesses"))
    answered = sum(bool(said.answers.get(q.id, "").strip()) for q in framework.questions)
    return {
        "node": node.id,
        "kind": node.kind,
        "title": node.title,
        "grade": said.grade,
        "grade_title": scale.title_of(said.grade) if scale and said.grade else None,
        "status": said.status if claim is not None and not said.blank else None,
        "answered": answered,
        "questions": len(framework.questions) if node.kind == "judgement" else answered,
        "strengths": len(said.strengths),
        "weaknesses": len(said.weaknesses),
        "evidence": len(said.references()),
        "words": sum(word_count(text) for text in (*texts, *(item.text for item in items))),
        "author": said.author,
        "date": said.date.isoformat() if said.date else None,
        "public": said.public,
    }


def claim_lines(framework: Framework, row: dict[str, Any]) -> list[str]:
    """One claim as text to be read from top to bottom."""
    lines = [f"{row['node']}: {row['title']}"]
    claim = row["claim"]
    if claim is None:
        return [*lines, "  Nothing is said of it."]
    if row["grade_title"]:
        lines.append(f"  Grade claimed: {row['grade_title']}")
    signed = [claim["author"] or "no author", claim["date"] or "no date", claim["status"]]
    lines.append(f"  By: {', '.join(signed)}")
    for question in framework.questions:
        text = claim["answers"].get(question.id)
        if text or row["kind"] == "judgement":
            lines += ["", f"  {question.text}", *_block(text or "(no answer)")]
    for words, key in (("Strengths", "strength_items"), ("Weaknesses", "weakness_items")):
        if claim[key]:
            lines += ["", f"  {words}"]
        for item in claim[key]:
            named = f" [{', '.join(item['evidence'])}]" if item["evidence"] else ""
            lines.append(f"    - {' '.join(item['text'].split())}{named}")
    if claim["so_what"]:
        lines += ["", "  What it means for children", *_block(claim["so_what"])]
    lines += ["", f"  Evidence: {', '.join(claim['evidence']) or 'none named'}"]
    lines += [f"  To be confirmed again: {each}" for each in claim["reconfirm"]]
    return lines


def _block(text: str) -> list[str]:
    return [f"    {line}".rstrip() for line in text.strip().splitlines()]
