"""Texts made safe to print: characters that the fonts have, a sane length, a safe Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from markdown_it import MarkdownIt

__all__ = ["BOX", "Repertoire", "brief", "headline", "markdown", "property_text", "xml_text"]

BOX = "□"
"""Stands for a letter that the report's fonts do not have."""

_NAME = 160
_SHOWN = ("https://", "mailto:")
_HEAD = 30
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z“])")
_NAMED = {"So", "Sk", "Sm", "Sc", "Po"}
_WORD = re.compile(r"\S+\s*\Z")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Repertoire:
    """The characters that a template's fonts can print, and what stands for the others.

    A PDF with a missing character is unreadable for a screen reader and fails PDF/UA, so every text
    passes here first. Signs get their Unicode name in brackets, letters of other scripts a box;
    control characters and invisible direction marks, which can disguise text, go.

    Args:
        characters: code points that every face of the fonts has.
    """

    def __init__(self, characters: AbstractSet[int]) -> None:
        self.characters = frozenset(characters)
        self.replaced = 0
        self._table: dict[int, str] = {}

    def clean(self, text: str) -> str:
        """Make one text printable."""
        if text.isascii() and text.isprintable():
            return text
        text = unicodedata.normalize("NFC", text)
        parts = []
        for char in text:
            code = ord(char)
            if code in self.characters and code >= 32:
                parts.append(char)
                continue
            shown = self._table.get(code)
            if shown is None:
                shown = self._table[code] = self._stand_in(char)
            self.replaced += not (char.isspace() or unicodedata.category(char) in {"Cc", "Cf"})
            parts.append(shown)
        return "".join(parts)

    def clean_tree(self, value: Any) -> Any:
        """Make every text in a tree of mappings and lists printable, keys included."""
        if isinstance(value, str):
            return self.clean(value)
        if isinstance(value, Mapping):
            return {self.clean(str(key)): self.clean_tree(part) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.clean_tree(part) for part in value]
        return value

    def missing(self, text: str) -> list[str]:
        """Characters of a text that the fonts lack, sorted; white space does not count."""
        return sorted(
            char for char in set(text) if ord(char) not in self.characters and not char.isspace()
        )

    def _stand_in(self, char: str) -> str:
        category = unicodedata.category(char)
        if char in "\n\t":
            return char
        if char.isspace():
            return " "
        if category in {"Cc", "Cf"}:
            return ""
        plain = unicodedata.normalize("NFKC", char)
        if plain != char and all(ord(part) in self.characters for part in plain):
            return plain
        if category in {"Mn", "Me", "Mc"}:
            return ""
        name = unicodedata.name(char, "")
        return f"[{name.lower()}]" if name and category in _NAMED else BOX


def brief(text: str, limit: int) -> str:
    """Shorten a text at a word's end.

    Prose says ``[shortened]``: the whole text stands in the data file. Names only get dots.
    """
    text = text.strip()
    if len(text) <= limit:
        return text
    head = text[:limit]
    shorter = _WORD.sub("", head).rstrip()
    mark = " … [shortened]" if limit > _NAME else "…"
    return (shorter if len(shorter) > limit // 2 else head).rstrip(",;:. ") + mark


def xml_text(text: str) -> str:
    """A text without the characters that XML, and so Word and Excel, have no room for."""
    return _NOT_IN_XML.sub("", text)


def property_text(text: str) -> str:
    """A text for a file's properties: a line of printable characters, of a length all formats take.

    Direction marks go too: a property stands in a window's title, where they could disguise it.
    """
    shown = "".join(
        char if char.isprintable() else " "
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cs")
    )
    return brief(" ".join(shown.split()), 200)


def headline(text: str) -> tuple[str, str]:
    """Split a text into its first sentence, or more where that is very short, and the rest."""
    sentences = _SENTENCE.split(text)
    head = sentences.pop(0)
    while sentences and len(head) < _HEAD:
        head = f"{head} {sentences.pop(0)}"
    return head, " ".join(sentences)


def markdown(text: str, limit: int = 12_000) -> Markup | None:
    """Turn Markdown that people wrote into safe HTML; None for an empty text.

    CommonMark without HTML and entities. Headings become bold paragraphs, because the document's
    own headings must not be disturbed. A link becomes its words, with the address behind them where
    that is a web page's or a mailbox's; nothing is clickable. An image becomes its words.
    """
    text = brief(text, limit)
    return Markup(_parser().render(text)) if text else None  # noqa: S704 - html is disabled


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    parser.disable(["html_inline", "html_block", "entity", "reference"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    rules = parser.renderer.rules  # type: ignore[attr-defined]
    rules["link_open"] = lambda *_: ""
    rules["link_close"] = _address
    rules["image"] = lambda tokens, index, *_: str(escape(tokens[index].content))
    rules["heading_open"] = lambda *_: "<p><strong>"
    rules["heading_close"] = lambda *_: "</strong></p>\n"
    rules["hr"] = lambda *_: ""
    return parser


def _address(tokens: Sequence[Any], index: int, *_: Any) -> str:
    """The address of a link that ends here, in brackets, unless its words are the address."""
    start = next(at for at in range(index, -1, -1) if tokens[at].type == "link_open")
    address = str(tokens[start].attrGet("href") or "")
    words = "".join(token.content for token in tokens[start:index])
    if not address.casefold().startswith(_SHOWN) or words in (address, address[len("mailto:") :]):
        return ""
    return f" ({escape(address)})"
