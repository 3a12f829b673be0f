"""Writes claims as a form in Word: real headings, and a content control for each text.

A content control carries the block's id, and so does a hidden bookmark around each paragraph:
another program that saves the form may drop the one or the other.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from selfassess.claims.blocks import Block, blocks, token
from selfassess.model.evidence import Claim
from selfassess.model.framework import Framework, Node
from selfassess.report.text import property_text

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["KEYWORD", "form", "outside"]

KEYWORD = "selfassess-claims-1"
_INTRO = (
    "Write inside the boxes. Paragraphs outside a box are not brought back. Do not delete a box; "
    "leave it empty instead. Markdown is understood: **bold**, lists with a dash at the start of a "
    "line."
)


def form(
    framework: Framework,
    claims: Mapping[str, Claim],
    *,
    council: str,
    only: tuple[str, ...] = (),
    criteria: bool = True,
) -> bytes:
    """The document's bytes; the same claims give the same document.

    Args:
        framework: what is asked.
        claims: what is said so far.
        council: whose form it is.
        only: judgements to ask for; all if empty.
        criteria: whether their criteria are asked for too.
    """
    import datetime as dt

    from docx import Document as NewDocument

    document = NewDocument()
    properties = document.core_properties
    properties.title = property_text(f"Self-evaluation form, {council}")
    properties.author = property_text(council)
    properties.subject = framework.reference[:255]
    properties.keywords = " ".join((KEYWORD, "criteria" if criteria else "judgements", *only))[:255]
    properties.created = properties.modified = dt.datetime(2000, 1, 1)
    properties.language = "en-GB"
    document.add_heading(f"Self-evaluation form: {council}", 0)
    document.add_paragraph(framework.title)
    document.add_paragraph(_INTRO)
    number = 0
    for node, found in blocks(framework, claims, only=only, criteria=criteria):
        judgement = node.kind == "judgement"
        document.add_heading(_heading(node), 1 if judgement else 2)
        for block in found:
            document.add_heading(block.title, 2 if judgement else 3)
            if block.help:
                document.add_paragraph(block.help, style="Caption")
            number += 1
            _box(document, block, number)
    stream = io.BytesIO()
    document.save(stream)
    return _still(stream.getvalue())


def outside(
    framework: Framework, claims: Mapping[str, Claim], only: tuple[str, ...], *, criteria: bool
) -> tuple[set[str], list[str]]:
    """Texts that the form holds outside its boxes, and those of its headings in order."""
    texts = {framework.title, _INTRO}
    headings: list[str] = []
    for node, found in blocks(framework, claims, only=only, criteria=criteria):
        headings.append(_heading(node))
        for block in found:
            headings.append(block.title)
            texts.add(block.help)
    return texts, headings


def _heading(node: Node) -> str:
    return node.title if node.kind == "judgement" else f"{node.id} {node.title}"


def _box(document: Document, block: Block, number: int) -> None:
    """A content control with the block's paragraphs, a hidden bookmark around each."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    name = token(block)
    box = OxmlElement("w:sdt")
    about = OxmlElement("w:sdtPr")
    for tag, value in (
        ("w:alias", f"{block.node}: {block.title}"[:60]),
        ("w:tag", name),
        ("w:id", str(number)),
        ("w:lock", "sdtLocked"),
    ):
        part = OxmlElement(tag)
        part.set(qn("w:val"), value)
        about.append(part)
    content = OxmlElement("w:sdtContent")
    style = "List Bullet" if block.is_list else "Normal"
    for index, text in enumerate(block.told or ("",)):
        paragraph = document.add_paragraph(style=style)
        _write(paragraph, text)
        _frame(paragraph._p)
        _mark(paragraph._p, f"_{name}_{index}", 1_000 * number + index)
        content.append(paragraph._p)
    box.append(about)
    box.append(content)
    body = document.element.body
    body.insert(len(body) - 1, box)  # before the section's properties, which end the body


def _frame(paragraph: Any) -> None:
    """Draw a line around a paragraph: Word shows a control only while somebody is in it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "505A5F")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph.get_or_add_pPr().append(borders)


def _mark(paragraph: Any, name: str, number: int) -> None:
    """Put a paragraph between the ends of a hidden bookmark: those that begin with ``_`` are."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)


def _write(paragraph: Any, text: str) -> None:
    for index, line in enumerate(text.split("\n")):
        run = paragraph.add_run(line)
        if index < text.count("\n"):
            run.add_break()


def _still(content: bytes) -> bytes:
    """The same archive with one fixed date for every part."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            fixed = zipfile.ZipInfo(item.filename, (2000, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(item.filename))
    return out.getvalue()
