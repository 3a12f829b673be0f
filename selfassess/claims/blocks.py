"""The parts of a claim that a form in Word holds, each with an id that survives editing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selfassess.model.evidence import Claim
from selfassess.model.framework import Framework, Node

__all__ = ["LISTS", "TOKEN", "Block", "blocks", "normal", "token"]

LISTS = ("strengths", "weaknesses")
"""Fields that hold a sentence a paragraph."""
TOKEN = re.compile(r"_?sa_([0-9a-f]{12})_([0-9a-f]{12})(?:_[0-9]+)?\Z")
"""A block's id: of the place it belongs to, and of the text that was in it when it was written."""

_SPACE = re.compile(r"[ \t\u00a0]+")
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_NOT_IN_XML = re.compile("[\x00-\x08\x0e-\x1b\x1f\ufffe\uffff]")
_HELP = {
    "strengths": "One sentence a paragraph, with what it changed for children.",
    "weaknesses": "One sentence a paragraph: what is not good enough yet.",
    "so_what": "The difference that this makes to children, in a sentence.",
}
_TITLES = {
    "strengths": "Strengths",
    "weaknesses": "Weaknesses",
    "so_what": "What it means for children",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One text of a claim, or one list of sentences.

    Attributes:
        field: ``answers.<question>``, ``strengths``, ``weaknesses`` or ``so_what``.
        parts: paragraphs of the text; or the sentences of the list, empty ones too, so that each
            keeps its place.
    """

    node: str
    field: str
    title: str
    help: str
    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        """Where it belongs, for messages: ``help-and-protection, strengths``."""
        return f"{self.node}, {self.field}"

    @property
    def told(self) -> tuple[str, ...]:
        """Its parts that say something: what a form shows."""
        return tuple(part for part in self.parts if part)

    @property
    def is_list(self) -> bool:
        """Whether each part is a sentence of its own."""
        return self.field in LISTS


def blocks(
    framework: Framework,
    claims: Mapping[str, Claim],
    *,
    only: tuple[str, ...] = (),
    criteria: bool = True,
) -> Iterator[tuple[Node, tuple[Block, ...]]]:
    """Judgements, and criteria below them, with their blocks.

    Args:
        framework: what is asked.
        claims: what is said so far.
        only: judgements to take; all if empty.
        criteria: whether their criteria are taken too.
    """
    for judgement in framework.judgements():
        if only and judgement.id not in only:
            continue
        claim = claims.get(judgement.id, Claim())
        found = [
            Block(
                judgement.id,
                f"answers.{question.id}",
                question.text,
                "",
                paragraphs(claim.answers.get(question.id, "")),
            )
            for question in framework.questions
        ]
        yield judgement, (*found, *_common(judgement, claim))
        if criteria:
            for node in _criteria(judgement):
                yield node, _common(node, claims.get(node.id, Claim()))


def _common(node: Node, claim: Claim) -> tuple[Block, ...]:
    parts = {
        "strengths": tuple(normal(item.text) for item in claim.items("strengths")),
        "weaknesses": tuple(normal(item.text) for item in claim.items("weaknesses")),
        "so_what": paragraphs(claim.so_what),
    }
    return tuple(
        Block(node.id, field, _TITLES[field], _HELP[field], told) for field, told in parts.items()
    )


def _criteria(node: Node) -> Iterator[Node]:
    for child in node.nodes:
        if child.kind == "criterion":
            yield child
        if child.kind != "judgement":
            yield from _criteria(child)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: what stands between blank lines."""
    whole = _BLANK.sub("\n\n", text.replace("\r\n", "\n").strip())
    return tuple(found for part in whole.split("\n\n") if (found := normal(part)))


def normal(text: str) -> str:
    """A text as two writings of it are compared: single spaces, no space around lines.

    Characters that a Word document cannot hold are left out.
    """
    held = _NOT_IN_XML.sub("", text)
    lines = (_SPACE.sub(" ", line).strip() for line in held.splitlines())
    return "\n".join(line for line in lines if line)


def token(block: Block) -> str:
    """The id that a block carries in a document."""
    return f"sa_{_hash(block.name)}_{_hash(chr(0).join(block.told))}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
