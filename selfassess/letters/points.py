"""Takes the points of a section, one by one, and says what it is unsure of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from selfassess.letters.dates import answer_due
from selfassess.letters.pdf import Line
from selfassess.letters.sections import Found, normal, says
from selfassess.model.letters import LetterForm, LetterPoint

__all__ = ["points_of"]

_NUMBERED = re.compile(
    r"^(?:\(?\d{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s+(?=\S)", re.IGNORECASE
)
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*([.;,]?)\s*$")
_SHORT, _LONG = 4, 90
"""Words of a point that are suspiciously few or many."""


@dataclass(slots=True)
class _Block:
    """Lines that belong together: an item of a list, or a paragraph."""

    item: bool
    first: Line
    texts: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        text = ""
        for part in self.texts:
            text += part if not text or text.endswith("-") else f" {part}"
        return text


def points_of(found: Found, form: LetterForm) -> Iterator[LetterPoint]:
    """The points of a section: the items of its lists, or its paragraphs where it has no list."""
    blocks = list(_blocks(found.lines))
    listed = any(block.item for block in blocks)
    lead = ""
    for block in blocks:
        text = block.text
        if not block.item and (text.endswith(":") or answer_due(text, form)):
            lead = text if text.endswith(":") else ""
            continue
        doubts = []
        if not found.set_apart:
            doubts.append("The heading of its section is set like ordinary text.")
        if not block.item:
            doubts.append(
                "It stands beside the section's list, not in it."
                if listed
                else "The section has no list; each paragraph was taken as a point."
            )
            lead = ""
        yield _point(found, form, block, text, lead, doubts)


def _point(
    found: Found, form: LetterForm, block: _Block, text: str, lead: str, doubts: list[str]
) -> LetterPoint:
    text, tags, unread = _tags(text, form)
    if unread:
        doubts.append(f"Its bracket '{unread}' holds a tag that is not known.")
    bodies = tuple(
        body.id
        for body in form.bodies
        if body.id == found.body or any(says(f"{lead} {text}", word) for word in body.words)
    )
    words = len(text.split())
    if words < _SHORT:
        doubts.append("It is very short: part of it may stand elsewhere.")
    if words > _LONG:
        doubts.append("It is very long: it may hold more than one point.")
    if len(block.pages) > 1:
        doubts.append("It runs over a page break.")
    elif text[:1].islower() and not lead:
        doubts.append("It begins in the middle of a sentence.")
    return LetterPoint(
        kind=found.section.kind,
        text=text,
        page=block.first.page,
        heading=found.heading,
        lead=lead,
        tags=tags,
        bodies=bodies,
        doubts=tuple(doubts),
    )


def _blocks(lines: Iterable[Line]) -> Iterator[_Block]:
    """Items and paragraphs, told apart by bullets, numbers, indents and gaps."""
    block: _Block | None = None
    before: Line | None = None
    for line in lines:
        numbered = _NUMBERED.match(line.text)
        starts_item = line.bullet or numbered is not None
        if block is None or starts_item or _breaks(block, before, line):
            if block is not None:
                yield block
            block = _Block(starts_item, line)
        text = line.text[numbered.end() :] if numbered and not line.bullet else line.text
        block.texts.append(text)
        block.pages.add(line.page)
        before = line
    if block is not None:
        yield block


def _breaks(block: _Block, before: Line | None, line: Line) -> bool:
    """Whether a line without a bullet begins a new paragraph."""
    if before is None:
        return True
    ended = before.text.endswith((".", ":", "?", "!", ")", ";"))
    if line.page != before.page:
        return ended and (line.text[:1].isupper() or not block.item)
    gap = line.top - before.bottom > 0.75 * line.size
    outdented = block.item and line.left <= block.first.left + 1 and ended
    return gap or outdented


def _tags(text: str, form: LetterForm) -> tuple[str, tuple[str, ...], str]:
    """A point without its tags, the tags, and the bracket if some of it was not understood."""
    match = _BRACKET.search(text)
    if match is None or not any(says(match[1], mark) for mark in form.tag_mark):
        return text, (), ""
    inner = match[1]
    tags, rest = _known(inner, form.tags)
    for mark in form.tag_mark:
        rest = re.sub(re.escape(mark), " ", rest, flags=re.IGNORECASE)
    names = {word for words in form.tags for word in words.replace("{n}", "").casefold().split()}
    unread = set(normal(rest).split()) - {"and", "the", "of"} - names
    plain = text[: match.start()].rstrip(" ,;")
    plain += "" if plain.endswith((".", "!", "?")) else match[2].strip(",;")
    return plain, tags, inner if unread or not tags else ""


def _known(inner: str, tags: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """The tags that a bracket's words stand for, in its order, and the words left over."""
    found: list[tuple[int, str]] = []
    rest = inner
    for words, tag in tags.items():
        if "{n}" in words:
            name = re.escape(words.replace("{n}", "").strip())
            numbers = r"\d(?:\s*(?:,|and|&|,\s*and)\s*\d(?!\w))*"
            pattern = re.compile(rf"\b{name}s?:?\s*({numbers})", re.IGNORECASE)
            for match in pattern.finditer(inner):
                found += [
                    (match.start(1) + digit.start(), tag.replace("{n}", digit[0]))
                    for digit in re.finditer(r"\d", match[1])
                ]
            rest = pattern.sub(" ", rest)
        else:
            pattern = re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE)
            found += [(match.start(), tag) for match in pattern.finditer(inner)]
            rest = pattern.sub(" ", rest)
    return tuple(dict.fromkeys(tag for _, tag in sorted(found))), rest
