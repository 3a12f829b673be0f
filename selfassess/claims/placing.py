"""Sets a form beside what the self-evaluation says: what changes, and what has no place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from selfassess.claims.blocks import Block, blocks, normal, token
from selfassess.claims.word_in import Filled, Form
from selfassess.claims.word_out import outside
from selfassess.model.evidence import Claim
from selfassess.model.framework import Framework

__all__ = ["Item", "Placed", "Text", "placed"]

_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a claim gets in place of the one it has; empty for none."""

    node: str
    field: str
    text: str

    @property
    def name(self) -> str:
        """Where it belongs, for messages."""
        return f"{self.node}, {self.field}"


@dataclass(frozen=True, slots=True)
class Item:
    """One change of a list of sentences.

    Attributes:
        index: the place of a sentence that is there; None for one that is new.
        text: what it says now; None where it is gone.
    """

    node: str
    field: Literal["strengths", "weaknesses"]
    index: int | None
    text: str | None


@dataclass(slots=True)
class Placed:
    """What a form changes, and what could not be placed.

    Attributes:
        changes: in the order in which they are made.
        told: the same for people, a line each.
        unplaced: what was left out and why, a line each.
        conflicts: places that changed in the form and in the file since it was written.
        same: how many blocks say what the file says.
    """

    changes: list[Text | Item] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    same: int = 0


def placed(
    form: Form, framework: Framework, claims: Mapping[str, Claim], *, theirs: bool = False
) -> Placed:
    """Work out what a form changes; nothing is written.

    Args:
        form: as it came back.
        framework: the workspace's own.
        claims: what the self-evaluation says now.
        theirs: let the form win where both changed.
    """
    result = Placed()
    every = {_place(block): block for _, found in blocks(framework, claims) for block in found}
    seen: set[str] = set()
    for filled in form.blocks:
        block = every.get(filled.place)
        if block is None:
            shown = " ".join(" ".join(filled.parts).split())[:_SHOWN]
            result.unplaced.append(f"a box that {framework.reference} has no place for: ‘{shown}’")
            continue
        seen.add(filled.place)
        result.unplaced += [f"{block.name}: {what}" for what in dict.fromkeys(filled.lost)]
        _block(result, block, filled, theirs=theirs)
    _around(result, form, framework, claims, every, seen)
    return result


def _place(block: Block) -> str:
    return token(block).split("_")[1]


def _block(result: Placed, block: Block, filled: Filled, *, theirs: bool) -> None:
    now = block.told
    then = Block(block.node, block.field, "", "", tuple(filled.parts))
    came = tuple(filled.parts)
    exported = filled.exported
    if came == now or token(then).endswith(exported):
        result.same += 1
        return
    if not token(block).endswith(exported) and not theirs:
        result.conflicts.append(
            f"{block.name}: changed in the form, and in self-evaluation.yaml since it was written"
        )
        return
    if block.is_list:
        _items(result, block, came)
        return
    result.changes.append(Text(block.node, block.field, "\n\n".join(came)))
    if not came:
        result.told.append(f"{block.name}: emptied")
    else:
        count = sum(len(part.split()) for part in came)
        word = "now" if now else "new,"
        result.told.append(f"{block.name}: {word} {count} words")


def _items(result: Placed, block: Block, came: Sequence[str]) -> None:
    """Sentences that stay keep their evidence; one that was edited in its place keeps it too."""
    waiting = [at for at, part in enumerate(block.parts) if part]
    new: list[str] = []
    for text in came:
        same = next((at for at in waiting if block.parts[at] == text), None)
        if same is None:
            new.append(text)
        else:
            waiting.remove(same)
    pairs = list(zip(waiting, new, strict=False)) if len(waiting) == len(new) else []
    node, kind = block.node, block.field
    changes: list[Item] = []
    if pairs:
        changes = [Item(node, kind, at, text) for at, text in pairs]  # type: ignore[arg-type]
    else:
        changes = [Item(node, kind, at, None) for at in reversed(waiting)]  # type: ignore[arg-type]
        changes += [Item(node, kind, None, text) for text in new]  # type: ignore[arg-type]
    result.changes += changes
    parts = [
        (sum(c.index is not None and c.text is not None for c in changes), "edited"),
        (sum(c.index is None for c in changes), "new"),
        (sum(c.text is None for c in changes), "taken away"),
    ]
    told = ", ".join(f"{count} {word}" for count, word in parts if count)
    result.told.append(f"{block.name}: {told or 'in another order, which is not brought back'}")


def _around(
    result: Placed,
    form: Form,
    framework: Framework,
    claims: Mapping[str, Claim],
    every: Mapping[str, Block],
    seen: set[str],
) -> None:
    """What was written outside the boxes, and which boxes and headings are not there any more."""
    criteria = "criteria" in form.keywords or "judgements" not in form.keywords
    judgements = {node.id for node in framework.judgements()}
    only = tuple(each for each in form.keywords if each in judgements)
    texts, headings = outside(framework, claims, only, criteria=criteria)
    known = {normal(text) for text in (*texts, *headings)}
    result.unplaced += [
        f"outside every box: ‘{text[:_SHOWN]}’" for text in form.stray if normal(text) not in known
    ]
    expected = [normal(text) for text in headings]
    result.unplaced += [
        f"a heading that the form does not have: ‘{text[:_SHOWN]}’"
        for text in form.headings[1:]
        if text not in expected
    ]
    asked = [
        (block, _place(block))
        for _, found in blocks(framework, claims, only=only, criteria=criteria)
        for block in found
    ]
    result.unplaced += [
        f"{block.name}: its box was deleted, so what the file says stays"
        for block, place in asked
        if place not in seen
    ]
    if form.comments:
        noun = "comment" if form.comments == 1 else "comments"
        result.unplaced.append(f"{form.comments} {noun} in the margin")
