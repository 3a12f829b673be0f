"""A PDF's text as lines that know their page, size, weight and place."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfassess.errors import EvidenceError

__all__ = ["BULLETS", "Line", "body_size", "read_lines"]

MAX_PAGES = 150
"""Published reports have under 40 pages; a longer file is something else."""
_LETTERS = 20
"""Letters that a page of text has at least."""
BULLETS = "•◦‣▪■◼●○–\uf0a7\uf0b7\uf06e\uf076\uf0d8❑➢➤"
"""Characters that begin an item, those of the symbol fonts of office programs among them."""
_SYMBOL_FONT = re.compile(r"wingding|symbol|dingbat", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_EDGE = 0.09
"""The share of a page at its top and its bottom in which running heads and feet stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text.

    Attributes:
        page: from 1.
        text: without the bullet that begins it.
        size: of most of its letters, in points.
        bold: whether all of it is.
        bullet: whether a bullet begins it.
        left: of its first word, in points from the page's left edge.
        top: in points from the page's upper edge.
        bottom: as `top`.
        height: of the page.
    """

    page: int
    text: str
    size: float
    bold: bool
    bullet: bool
    left: float
    top: float
    bottom: float
    height: float


def read_lines(path: Path) -> tuple[int, tuple[Line, ...]]:
    """The pages of a PDF, and its lines in reading order, without running heads and feet.

    Raises:
        EvidenceError: the file is no PDF, is locked, is too long, or holds no text.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    name = path.name
    try:
        with pdfplumber.open(path) as document:
            pages = len(document.pages)
            if pages > MAX_PAGES:
                raise EvidenceError(
                    f"{name}: {pages} pages; a published letter has at most {MAX_PAGES}.",
                    hint="Name the letter or report itself, not a bundle of papers.",
                )
            lines: list[Line] = []
            for number, page in enumerate(document.pages, 1):
                lines += _page_lines(number, page)
                page.close()
    except FileNotFoundError:
        raise EvidenceError(f"{name}: there is no such file.", hint="Check the path.") from None
    except PdfminerException as error:
        locked = isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect)
        raise EvidenceError(
            f"{name}: {'locked with a password' if locked else 'cannot be read as a PDF'}.",
            hint="Download the letter again from the inspectorate's own pages.",
        ) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise EvidenceError(
            f"{name}: cannot be read as a PDF ({type(error).__name__}).",
            hint="Download the letter again from the inspectorate's own pages.",
        ) from None
    if sum(c.isalpha() for line in lines for c in line.text) < _LETTERS * pages:
        raise EvidenceError(
            f"{name}: its pages ({pages}) hold no text, or next to none; it looks like a scan.",
            hint="Use the file that the inspectorate published, not a scan of a print.",
        )
    return pages, tuple(_without_running(lines))


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most letters are set, in points."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return max(letters, key=lambda size: (letters[size], size)) if letters else 0.0


def _page_lines(number: int, page: Any) -> list[Line]:
    words = page.extract_words(extra_attrs=["fontname", "size"], keep_blank_chars=False)
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["top"], word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        for row in reversed(rows[-4:]):
            if row[0]["top"] <= middle <= row[0]["bottom"]:
                row.append(word)
                break
        else:
            rows.append([word])
    lines = (_line(number, page, sorted(row, key=lambda word: word["x0"])) for row in rows)
    return [line for line in lines if line]


def _line(number: int, page: Any, words: Sequence[dict[str, Any]]) -> Line | None:
    letters: Counter[float] = Counter()
    for word in words:
        letters[round(word["size"] * 2) / 2] += len(word["text"])
    size = max(letters, key=lambda each: (letters[each], each))
    bullet = _is_bullet(words)
    rest = words[1:] if bullet else words
    text, before = "", None
    for word in rest:
        if word["size"] < 0.8 * size and word["text"].strip("*†").isdigit():
            continue  # the mark of a footnote
        gap = 0.0 if before is None else word["x0"] - before
        text += (" " if text and gap > 0.12 * size else "") + word["text"]
        before = word["x1"]
    text = _plain(text)
    if not text:
        return None
    bold = all(_BOLD.search(word["fontname"]) for word in rest)
    return Line(
        page=number,
        text=text,
        size=size,
        bold=bold,
        bullet=bullet,
        left=round(float(words[0]["x0"]), 1),
        top=round(float(min(word["top"] for word in words)), 1),
        bottom=round(float(max(word["bottom"] for word in words)), 1),
        height=float(page.height),
    )


def _is_bullet(words: Sequence[dict[str, Any]]) -> bool:
    first = words[0]
    if len(words) < 2 or len(first["text"]) != 1:
        return False
    if first["text"] in BULLETS or _SYMBOL_FONT.search(first["fontname"]):
        return True
    return first["text"] in "-o*" and words[1]["x0"] - first["x1"] > 0.4 * float(first["size"])


def _plain(text: str) -> str:
    """One line of plain text: no control characters, ligatures as letters, single spaces."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    kept = (c if not unicodedata.category(c).startswith("C") else " " for c in text)
    return " ".join("".join(kept).split())


def _without_running(lines: Sequence[Line]) -> list[Line]:
    """Lines without those at a page's edges that are a number or stand on several pages."""
    seen: dict[str, set[int]] = {}
    for line in lines:
        if _at_edge(line):
            seen.setdefault(_shape(line), set()).add(line.page)
    return [
        line
        for line in lines
        if not (_at_edge(line) and (not _shape(line) or len(seen[_shape(line)]) > 1))
    ]


def _at_edge(line: Line) -> bool:
    return line.top < _EDGE * line.height or line.bottom > (1 - _EDGE) * line.height


def _shape(line: Line) -> str:
    """A line without its digits and the words around page numbers."""
    return re.sub(r"\b(page|of)\b|[\W\d_]", "", line.text.casefold())
