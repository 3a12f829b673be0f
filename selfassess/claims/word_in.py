"""Reads a filled-in form: the text of each block, and what could not be placed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selfassess.claims.blocks import TOKEN, normal
from selfassess.claims.word_out import KEYWORD
from selfassess.errors import EvidenceError

__all__ = ["Filled", "Form", "is_ours", "read_form"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_LARGEST = 60_000_000
_DOCUMENT = "word/document.xml"
_SHOWN = 60


@dataclass(slots=True)
class Filled:
    """What stands in one block.

    Attributes:
        place, exported: ids of the place and of the text that was there when the form was written.
        parts: its paragraphs.
        lost: what it holds that cannot be brought back: a table, an image, bold print.
    """

    place: str
    exported: str
    parts: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Form:
    """A form as somebody sent it back.

    Attributes:
        reference: the framework that it says it was made for; nothing where it does not say.
        keywords: what it was made with.
        headings: texts of its headings.
        stray: texts outside every block, in order.
        tracked: how many insertions and deletions wait to be accepted or rejected.
        comments: how many comments it has.
    """

    reference: str = ""
    keywords: tuple[str, ...] = ()
    blocks: list[Filled] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    tracked: int = 0
    comments: int = 0


def read_form(path: Path, *, tracked: str = "refuse") -> Form:
    """Read a form.

    Args:
        path: a .docx file, as written by this program or saved again by another.
        tracked: ``accept`` or ``reject`` changes that Word recorded, or ``refuse`` such a form.

    Raises:
        EvidenceError: it cannot be read, is no form of ours, or holds recorded changes that nobody
            decided on.
    """
    body, properties, comments = _opened(path)
    form = Form(
        reference=properties.get("subject", ""),
        keywords=tuple(properties.get("keywords", "").replace(",", " ").split()),
        comments=comments,
    )
    form.tracked = sum(
        1 for tag in ("ins", "del", "moveFrom", "moveTo") for _ in body.iter(_W + tag)
    )
    if form.tracked and tracked == "refuse":
        raise EvidenceError(
            f"{path}: holds {form.tracked} changes that Word recorded and nobody decided on.",
            hint="Accept or reject them in Word, or say --tracked accept or --tracked reject.",
        )
    _Reader(form, body, reject=tracked == "reject").walk(body)
    if not form.blocks:
        raise EvidenceError(
            f"{path}: holds none of the form's boxes, so nothing can be placed.",
            hint="Use a form written by `selfassess claims export`; saving it as another kind of "
            "file and back may lose its boxes.",
        )
    return form


def _opened(path: Path) -> tuple[Any, dict[str, str], int]:
    from lxml import etree  # type: ignore[import-untyped]

    # Entities are not followed and nothing is fetched: the file may come from anyone.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            if sum(item.file_size for item in archive.infolist()) > _LARGEST:
                raise EvidenceError(
                    f"{path}: unpacks to more than {_LARGEST // 1_000_000} MB; no form does.",
                    hint="Take images out of it, or check that it is the right file.",
                )
            names = set(archive.namelist())
            root = etree.fromstring(archive.read(_DOCUMENT), parser)
            properties: dict[str, str] = {}
            if "docProps/core.xml" in names:
                for each in etree.fromstring(archive.read("docProps/core.xml"), parser):
                    properties[etree.QName(each).localname] = each.text or ""
            comments = 0
            if "word/comments.xml" in names:
                found = etree.fromstring(archive.read("word/comments.xml"), parser)
                comments = len(found.findall(_W + "comment"))
    except OSError as error:
        raise EvidenceError(
            f"{path}: cannot be read: {error.strerror or error}.", hint="Check the path."
        ) from error
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError) as error:
        raise EvidenceError(
            f"{path}: is no Word document of the kind .docx, or is damaged.",
            hint="In Word: Save as, Word document (.docx).",
        ) from error
    except (RuntimeError, ValueError) as error:
        raise EvidenceError(
            f"{path}: cannot be opened; it may be protected by a password.",
            hint="In Word: take the protection away and save it again.",
        ) from error
    body = root.find(_W + "body")
    return (root if body is None else body), properties, comments


class _Reader:
    """Walks a document in order, and knows in which block it is."""

    def __init__(self, form: Form, body: Any, *, reject: bool) -> None:
        self.form = form
        self.reject = reject
        tags = (tag.get(_W + "val") or "" for tag in body.iter(_W + "tag"))
        self.controls = any(TOKEN.match(tag) for tag in tags)
        """Whether the form still has its controls. Without, headings tell where a block ends."""
        self.last: Filled | None = None

    def walk(self, parent: Any, block: Filled | None = None) -> None:
        """Read the paragraphs below an element."""
        for element in parent:
            if not isinstance(element.tag, str):
                continue
            name = element.tag.removeprefix(_W)
            if name == "p":
                self._paragraph(element, block)
            elif name == "sdt":
                self._control(element, block)
            elif name == "tbl":
                self._table(element, block or (None if self.controls else self.last))
            elif name not in ("sectPr", "sdtPr") and not self._gone(name):
                self.walk(element, block)

    def _gone(self, name: str) -> bool:
        """Whether an element holds what a recorded change takes away."""
        return name in (("ins", "moveTo") if self.reject else ("del", "moveFrom"))

    def _control(self, element: Any, block: Filled | None) -> None:
        tag = element.find(f"{_W}sdtPr/{_W}tag")
        found = TOKEN.match(tag.get(_W + "val") or "") if tag is not None else None
        content = element.find(_W + "sdtContent")
        if content is None:
            return
        inner = block
        if found is not None and block is None:
            inner = self._block(found[1], found[2])
        # An emptied control shows Word's own prompt, which nobody wrote.
        if element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is None:
            self.walk(content, inner)

    def _block(self, place: str, exported: str) -> Filled:
        """The block of a place; one that stands there twice is one."""
        for each in self.form.blocks:
            if each.place == place:
                return each
        self.form.blocks.append(Filled(place, exported))
        return self.form.blocks[-1]

    def _marked(self, element: Any) -> Filled | None:
        """The block that a paragraph's hidden bookmark names."""
        for start in element.iter(_W + "bookmarkStart"):
            found = TOKEN.match(start.get(_W + "name") or "")
            if found is not None:
                return self._block(found[1], found[2])
        return None

    def _paragraph(self, element: Any, block: Filled | None) -> None:
        text = normal("".join(self._text(element)))
        style = element.find(f"{_W}pPr/{_W}pStyle")
        named = (style.get(_W + "val") or "") if style is not None else ""
        inner = block or self._marked(element)
        heading = named.startswith(("Heading", "Title"))
        if inner is not None:
            self.last = inner
        elif heading or named.startswith("Caption"):
            self.last = None
        elif not self.controls:
            inner = self.last
        image = any(True for _ in element.iter(_W + "drawing", _W + "pict", _W + "object"))
        if inner is not None:
            inner.parts += [text] if text else []
            inner.lost += self._lost(element, image=image)
            return
        if text:
            (self.form.headings if heading else self.form.stray).append(text)
        if image:
            self.form.stray.append("(an image)")

    def _text(self, element: Any) -> Iterator[str]:
        for part in element:
            if not isinstance(part.tag, str):
                continue
            name = part.tag.removeprefix(_W)
            if name == "t" or (name == "delText" and self.reject):
                yield part.text or ""
            elif name == "tab":
                yield " "
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif self._gone(name):
                continue
            elif name not in ("pPr", "rPr", "drawing", "pict", "instrText", "sdtPr", "object"):
                yield from self._text(part)

    def _lost(self, element: Any, *, image: bool) -> list[str]:
        found = ["an image"] if image else []
        for run in element.iter(_W + "r"):
            if any(_on(run.find(f"{_W}rPr/{_W}{mark}")) for mark in ("b", "i", "u")):
                found.append("bold, italic or underlined print")
                break
        if any(True for _ in element.iter(_W + "footnoteReference", _W + "endnoteReference")):
            found.append("a note at the foot")
        return found

    def _table(self, element: Any, block: Filled | None) -> None:
        words = normal(" ".join("".join(self._text(p)) for p in element.iter(_W + "p")))
        shown = words.replace("\n", " ")[:_SHOWN]
        if block is None:
            self.form.stray.append(f"(a table: {shown} …)")
        else:
            block.lost.append(f"a table: {shown} …")


def _on(mark: Any) -> bool:
    """Whether a mark of print is there and not switched off."""
    return mark is not None and mark.get(_W + "val") not in ("0", "false", "none")


def is_ours(form: Form) -> bool:
    """Whether a form says that this program wrote it."""
    return KEYWORD in form.keywords
