"""The report as a Word document that people can edit: real headings, styles, tables, captions.

The same page gives the same bytes: every date in the file is the as-at date.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from selfassess.report.office.blocks import (
    Block,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Run,
    Table,
    plain,
)
from selfassess.report.office.word_xml import bookmark, fill, table_xml
from selfassess.report.text import property_text

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["word"]

_STYLES = {"figure-title": "Caption", "kind": "Subtitle", "sub": "Normal", "refs": "Quote"}
"""Classes of paragraphs in the page that have a style of their own in Word."""


def word(
    blocks: Sequence[Block],
    *,
    title: str,
    author: str,
    as_at: dt.date,
    language: str = "en-GB",
    pictures: bool = True,
) -> bytes:
    """A .docx of a page's blocks.

    Args:
        blocks: the page.
        title: of the document's properties.
        author: of the document's properties.
        as_at: the date in the document's properties.
        language: of its text.
        pictures: draw figures; their tables and sentences are written in any case.
    """
    import docx

    document = docx.Document()
    _set_up(document, title, author, as_at, language)
    writer = _Writer(document, _drawn(blocks) if pictures else {})
    for block in blocks:
        writer.write(block)
    stream = io.BytesIO()
    document.save(stream)
    return _undated(stream.getvalue())


class _Writer:
    """Writes blocks, one after the other, and numbers captions and bookmarks."""

    def __init__(self, document: Document, drawn: dict[int, bytes]) -> None:
        self.document = document
        self.drawn = drawn
        self.tables = 0
        self.parts = 0
        self.anchors: dict[str, int] = {}
        self.styles = {style.name: style.style_id for style in document.styles}

    def write(self, block: Block) -> None:
        """Write a block at the document's end."""
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            style = _STYLES.get(block.kind.split(" ")[0], "Normal")
            self._paragraph(block.runs, style, block.anchors)
        elif isinstance(block, Listing):
            self._listing(block, 0)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._figure(block)

    def _heading(self, block: Heading) -> None:
        if block.level == 1:
            self._paragraph(block.runs, "Title", block.anchors)
            return
        found = self._paragraph(block.runs, f"Heading {min(block.level - 1, 9)}", block.anchors)
        found.paragraph_format.keep_with_next = True
        found.paragraph_format.page_break_before = block.level == 2 and self.parts > 0
        self.parts += block.level == 2

    def _paragraph(self, runs: Iterable[Run], style: str, anchors: Sequence[str] = ()) -> Any:
        paragraph = self.document.add_paragraph()
        # Setting the style through python-docx looks through all of them each time.
        paragraph._p.get_or_add_pPr().get_or_add_pStyle().val = self.styles[style]
        for anchor in anchors:
            bookmark(paragraph._p, anchor, self._number(anchor))
        fill(paragraph._p, runs)
        return paragraph

    def _number(self, anchor: str) -> int:
        return self.anchors.setdefault(anchor, len(self.anchors) + 1)

    def _listing(self, block: Listing, depth: int) -> None:
        name = "List Number" if block.ordered else "List Bullet"
        style = f"{name} {min(depth + 1, 3)}" if depth else name
        for item in block.items:
            for index, part in enumerate(item):
                if isinstance(part, Listing):
                    self._listing(part, depth + 1)
                elif index == 0 and isinstance(part, Heading | Paragraph):
                    mark = (*part.runs,)
                    self._paragraph(mark, style, part.anchors)
                elif isinstance(part, Heading | Paragraph):
                    self._paragraph(part.runs, "List Continue", part.anchors)
                else:
                    self.write(part)

    def _table(self, block: Table) -> None:
        if not block.columns:
            return
        if block.caption:
            self.tables += 1
            caption = self._paragraph((), "Caption")
            caption.paragraph_format.keep_with_next = True
            _sequence(caption, "Table", self.tables)
            caption.add_run(f". {block.caption}")
        for row in (*block.head, *block.rows):
            for anchor in row.anchors:
                self._number(anchor)
        body = self.document.element.body
        body.insert_element_before(table_xml(block, self.anchors), "w:sectPr")
        self.document.add_paragraph()

    def _figure(self, block: Figure) -> None:
        for part in block.blocks:
            self.write(part)
        picture = self.drawn.get(id(block))
        if picture is None:
            return
        from docx.shared import Mm

        paragraph = self.document.add_paragraph()
        width = Mm(42 if block.logo else 165)
        shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=width)
        if block.logo and shape.height > Mm(18):
            shape.width, shape.height = round(shape.width * Mm(18) / shape.height), Mm(18)
        shape._inline.docPr.set("descr", block.alt or plain(_said(block)))


def _said(block: Figure) -> tuple[Run, ...]:
    """The sentences of a figure: what a listener hears in its place."""
    return tuple(
        Run(plain(part.runs) + " ") for part in block.blocks if isinstance(part, Paragraph)
    )


def _set_up(document: Document, title: str, author: str, as_at: dt.date, language: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    fonts = normal.element.rPr.rFonts
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    for style in styles:
        properties = style.element.rPr if style.type == 1 else None
        if properties is not None and properties.rFonts is not None:
            for name in list(properties.rFonts.attrib):
                del properties.rFonts.attrib[name]
            style.font.name = "Arial"
    for name in ("Title", "Subtitle", "Caption", "Quote", *(f"Heading {n}" for n in range(1, 6))):
        styles[name].font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    styles["Quote"].font.italic = False
    styles["Quote"].font.size = styles["Caption"].font.size = Pt(9)
    defaults = styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:rPr"))
    tongue = defaults.find(qn("w:lang"))
    if tongue is not None:
        tongue.set(qn("w:val"), language)
    moment = dt.datetime.combine(as_at, dt.time())
    properties = document.core_properties
    author = property_text(author)
    properties.title, properties.author = property_text(title), author
    properties.language = language
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision, properties.comments = author, 1, ""
    _page_numbers(section)


def _page_numbers(section: Any) -> None:
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    _field(footer, "PAGE", "1")


def _sequence(paragraph: Any, label: str, number: int) -> None:
    paragraph.add_run(f"{label} ")
    _field(paragraph, f"SEQ {label} \\* ARABIC", str(number))


def _field(paragraph: Any, code: str, shown: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _drawn(blocks: Iterable[Block]) -> dict[int, bytes]:
    """Each figure as PNG, by the block's identity; nothing where it cannot be drawn here."""
    from selfassess.report.office.pictures import draw

    return {
        id(block): picture
        for block in blocks
        if isinstance(block, Figure)
        and (picture := block.png or (draw(block.svg) if block.svg else None))
    }


def _undated(content: bytes) -> bytes:
    """The same archive without the time of writing."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                data = re.sub(rb' w:rsid\w*="\w*"', b"", data)
            fixed = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, data)
    return target.getvalue()
