"""Where a workbook holds error cells (``#N/A``) and formulas without a result, found in the file.

Nothing but places is taken from the file. XML is never parsed with entities: the parser is expat
with entity declarations refused, and the common case is a search for the mark of an error cell.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers import expat

from selfassess.evidence.readers.faults import Faults
from selfassess.evidence.readers.letters import places_of
from selfassess.evidence.readers.unsaved import Unsaved

__all__ = ["find_faults"]

_CHUNK = 1 << 20
_LONGEST_TAG = 4096
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\bt\s*=\s*[\"']e[\"'][^>]*>")
_MARKS = (b'"e"', b"'e'")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")


def find_faults(data: bytes) -> Faults:
    """Find a workbook's error cells and its date system.

    Raises:
        ValueError, zipfile.BadZipFile: the file is damaged.
    """
    if not data.startswith(b"PK"):
        from selfassess.evidence.readers.old_excel import find_old_faults

        return find_old_faults(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            return Faults(errors=_open_document(archive))
        return _open_xml(archive, names)


def _open_xml(archive: zipfile.ZipFile, names: set[str]) -> Faults:
    parts, date1904 = _sheet_parts(archive, names)
    errors: dict[str, frozenset[tuple[int, int]]] = {}
    unsaved: dict[str, frozenset[tuple[int, int]]] = {}
    for sheet, part in parts.items():
        formulas = Unsaved()
        if found := frozenset(_error_cells(archive, part, formulas)):
            errors[sheet] = found
        if formulas.places:
            unsaved[sheet] = frozenset(map(_position, formulas.places))
    return Faults(errors=errors, unsaved=unsaved, date1904=date1904)


def _sheet_parts(archive: zipfile.ZipFile, names: set[str]) -> tuple[dict[str, str], bool]:
    """For each sheet's name the part that holds it, by the workbook's own relations."""
    book = "xl/workbook.xml"
    for kind, root in _elements(archive, "_rels/.rels", names):
        if kind == "Relationship" and root.get("Type", "").endswith("/officeDocument"):
            book = root.get("Target", book).lstrip("/")
    folder, file = posixpath.split(book)
    related = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for kind, attributes in _elements(archive, f"{folder}/_rels/{file}.rels", names)
        if kind == "Relationship"
    }
    parts: dict[str, str] = {}
    date1904 = False
    for kind, attributes in _elements(archive, book, names):
        if kind == "workbookPr":
            date1904 = attributes.get("date1904", "0").lower() in ("1", "true")
        elif kind == "sheet":
            key = next((v for k, v in attributes.items() if k.endswith(":id") or k == "id"), "")
            target = related.get(key, "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            part = posixpath.normpath(part)
            if part in names:
                parts[attributes.get("name", "")] = part
    return parts, date1904


def _elements(
    archive: zipfile.ZipFile, part: str, names: set[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a small part: local name and attributes."""
    if part not in names:
        return
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: found.append(
        (name.rpartition(":")[2], attributes)
    )
    _feed(parser, archive.read(part))
    yield from found


def _error_cells(
    archive: zipfile.ZipFile, part: str, formulas: Unsaved
) -> Iterator[tuple[int, int]]:
    """Error cells of a sheet; what goes by is shown to `formulas`, for a part is unpacked once."""
    with archive.open(part) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            formulas.take(chunk)
            # The mark is looked for before anything is copied: few sheets hold one.
            if _marked(chunk) or _marked(tail + chunk[:8]):
                text = tail + chunk
                cut = text.rfind(b"<")
                for cell in _marked_elements(text[:cut]):
                    reference = _REFERENCE.search(cell)
                    if reference is None:
                        yield from _counted_error_cells(archive, part)
                        return
                    yield int(reference[2]), _number(reference[1].decode())
                tail = text[cut:][:_LONGEST_TAG]
            else:
                # An element that the chunk cuts in two waits for the next one.
                cut = chunk.rfind(b"<")
                tail = chunk[cut:] if cut >= 0 else (tail + chunk)[:_LONGEST_TAG]


def _marked_elements(text: bytes) -> Iterator[bytes]:
    """The cells that carry the mark of an error, found from the mark backwards: most carry none."""
    for at in _marks(text):
        element = text[text.rfind(b"<", 0, at) : text.find(b">", at) + 1]
        if _ERROR_CELL.match(element):
            yield element


def _marked(text: bytes) -> bool:
    return any(True for _ in _marks(text))


def _marks(text: bytes) -> Iterator[int]:
    """Where the mark of an error stands in a text."""
    places = places_of(b"e", text)
    if places is not None:
        yield from (at - 1 for at in places if at and text[at - 1 : at + 2] in _MARKS)
        return
    for mark in _MARKS:
        # Nearly every writer quotes by the one sign alone: a single one is found at once.
        at = text.find(mark) if mark[:1] in text else -1
        while at >= 0:
            yield at
            at = text.find(mark, at + 1)


def _counted_error_cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    """The same for files whose cells do not say where they stand: they are counted."""
    found: list[tuple[int, int]] = []
    row = column = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        kind = name.rpartition(":")[2]
        if kind == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        elif kind == "c":
            letters = re.match(r"[A-Za-z]+", attributes.get("r", ""))
            column = _number(letters[0]) if letters else column + 1
            if attributes.get("t") == "e":
                found.append((row, column))

    parser = _parser()
    parser.StartElementHandler = start
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            _feed(parser, chunk, final=False)
    yield from found


def _open_document(archive: zipfile.ZipFile) -> dict[str, frozenset[tuple[int, int]]]:
    """Error cells of an OpenDocument sheet: formula cells that carry the mark of an error."""
    found: dict[str, set[tuple[int, int]]] = {}
    sheet = ""
    row = column = rows = columns = 0
    state: dict[str, Any] = {"cell": None, "text": ""}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal sheet, row, column, rows, columns
        kind = name.rpartition(":")[2]
        if kind == "table":
            sheet, row, rows = attributes.get("table:name", ""), 0, 1
        elif kind == "table-row":
            row += rows if row else 1
            rows = _repeats(attributes, "table:number-rows-repeated")
            column, columns = 0, 1
        elif kind in ("table-cell", "covered-table-cell"):
            column += columns if column else 1
            columns = _repeats(attributes, "table:number-columns-repeated")
            state["cell"] = attributes
            state["text"] = ""

    def end(name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind in ("table-cell", "covered-table-cell") and state["cell"] is not None:
            if _failed(state["cell"], state["text"]):
                # Repeats beyond what a list can hold are the empty rest of the sheet.
                for r in range(row, row + min(rows, 100_000)):
                    for c in range(column, column + min(columns, 1_000)):
                        found.setdefault(sheet, set()).add((r, c))
            state["cell"] = None

    def text(data: str) -> None:
        if state["cell"] is not None and len(state["text"]) < 20:
            state["text"] += data

    parser = _parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    with archive.open("content.xml") as stream:
        while chunk := stream.read(_CHUNK):
            _feed(parser, chunk, final=False)
    return {name: frozenset(cells) for name, cells in found.items()}


def _failed(attributes: Mapping[str, str], text: str) -> bool:
    if attributes.get("calcext:value-type") == "error":
        return True
    return "table:formula" in attributes and (
        text.startswith("Err:") or (text.startswith("#") and text.rstrip("!?").isupper())
    )


def _repeats(attributes: Mapping[str, str], key: str) -> int:
    value = attributes.get(key, "1")
    return max(int(value), 1) if value.isdigit() else 1


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ValueError("the workbook declares XML entities")

    parser.EntityDeclHandler = refuse
    return parser


def _feed(parser: expat.XMLParserType, data: bytes, *, final: bool = True) -> None:
    try:
        parser.Parse(data, final)
    except expat.ExpatError as error:
        raise ValueError(f"damaged XML: {expat.ErrorString(error.code)}") from None


def _position(place: str) -> tuple[int, int]:
    letters = place.rstrip("0123456789")
    return int(place[len(letters) :]), _number(letters)


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
