"""What leaders say of single criteria, beside what they say of the judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from markupsafe import Markup

from selfassess.report.text import brief, markdown
from selfassess.report.words import date_words

__all__ = ["Said", "said_of", "signed_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What leaders say of one criterion."""

    criterion: Annotated[str, "The criterion, with its id."]
    texts: Annotated[tuple[Markup, ...], "Their answers, and what it means, as safe HTML."]
    strengths: Annotated[tuple[Markup, ...], "Strengths, as safe HTML."]
    weaknesses: Annotated[tuple[Markup, ...], "Weaknesses, as safe HTML."]
    signed: Annotated[str, "Author, date and status, or nothing."]


def said_of(judgement: Mapping[str, Any]) -> tuple[Said, ...]:
    """What leaders say of a judgement's criteria, where they say anything."""
    return tuple(_said(judgement.get("criteria") or ()))


def _said(criteria: Iterable[Mapping[str, Any]]) -> Iterable[Said]:
    for criterion in criteria:
        claim = criterion.get("claim_detail") or {}
        answers = claim.get("answers") or {}
        texts = _shown([*answers.values(), claim.get("so_what") or ""], 12_000)
        strengths, weaknesses = (_shown(claim.get(k) or (), 2_000) for k in _LISTS)
        if not texts and not strengths and not weaknesses:
            continue
        yield Said(
            criterion=brief(f"{criterion['id']} {criterion.get('title') or ''}", 240),
            texts=texts,
            strengths=strengths,
            weaknesses=weaknesses,
            signed=signed_words(claim),
        )


_LISTS = ("strengths", "weaknesses")


def _shown(texts: Iterable[Any], limit: int) -> tuple[Markup, ...]:
    return tuple(shown for text in texts if (shown := markdown(str(text), limit)))


def signed_words(claim: Mapping[str, Any]) -> str:
    """Who wrote a claim, when, and how far it is signed off."""
    parts = [brief(str(claim.get("author") or ""), 120), date_words(claim.get("date"))]
    if claim:
        parts.append(f"status: {claim.get('status') or 'draft'}")
        if again := claim.get("reconfirm"):
            parts.append("to be confirmed again: " + brief("; ".join(map(str, again)), 240))
    return ", ".join(part for part in parts if part)
