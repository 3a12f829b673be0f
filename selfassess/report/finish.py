"""What WeasyPrint leaves undone in a tagged PDF/A: PDF/UA's mark, header scopes, artifacts.

These functions work on pydyf objects just before they are written. They touch internals of
WeasyPrint 70; `tests/unit/report` holds every effect against the finished file, so that an upgrade
that changes them is caught.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

import pydyf

__all__ = ["finisher"]

_RDF_END = b"</rdf:RDF>"
_UA_MARK = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Which part of ISO 14289 the file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>"""
"""PDF/UA's identification, with the schema for it that PDF/A asks for."""
_IDENTIFIER = b"""\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:identifier>%s</dc:identifier></rdf:Description>"""
_MCID = re.compile(rb"/MCID (\d+)")


def finisher(identifier: str = "") -> Callable[[Any, Any], None]:
    """The finisher of `write_pdf`: completes a tagged PDF/A-3a so that it is PDF/UA-1 as well.

    Args:
        identifier: says in the metadata, unpacked, which assessment the file was made from.
    """
    return lambda _document, pdf: _finish(pdf, identifier)


def _finish(pdf: Any, identifier: str) -> None:
    structure = [
        item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"
    ]
    _describe(pdf, _UA_MARK + (_IDENTIFIER % escape(identifier).encode() if identifier else b""))
    _scope_headers(pdf, structure)
    _wrap_list_items(pdf, structure)
    _mark_furniture(pdf, structure)
    _once_each(pdf.catalog.get("AF"))


def _number(reference: Any) -> int:
    text = reference.decode("ascii") if isinstance(reference, bytes) else str(reference)
    return int(text.split()[0])


def _is_reference(kid: Any) -> bool:
    return isinstance(kid, bytes | str)


def _describe(pdf: Any, description: bytes) -> None:
    """Put what is said of the file into the one rdf:RDF of its metadata, readable as it lies."""
    metadata = pdf.objects[_number(pdf.catalog["Metadata"])]
    metadata.compress = False
    metadata.stream = [
        part.replace(_RDF_END, description + _RDF_END) if isinstance(part, bytes) else part
        for part in metadata.stream
    ]


def _scope_headers(pdf: Any, structure: list[Any]) -> None:
    """Say of each header cell whether it heads a column or a row."""
    for cell in structure:
        if cell["S"] != "/TH":
            continue
        row = pdf.objects[_number(cell["P"])]
        group = pdf.objects[_number(row["P"])]
        cell["A"]["Scope"] = "/Column" if group.get("S") == "/THead" else "/Row"


def _wrap_list_items(pdf: Any, structure: list[Any]) -> None:
    """Put what stands in a list item beside its label into a list body, paragraphs too."""
    for item in structure:
        if item["S"] != "/LI":
            continue
        kids = {kid: pdf.objects[_number(kid)] for kid in item["K"] if _is_reference(kid)}
        bodies = [kid for kid in kids.values() if kid.get("S") == "/LBody"]
        loose = [kid for kid, one in kids.items() if one.get("S") not in {"/Lbl", "/LBody"}]
        if not loose:
            continue
        if bodies:
            body = bodies[-1]
        else:
            body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array()})
            body |= {"Pg": item["Pg"], "P": item.reference}
            pdf.add_object(body)
            item["K"].insert(item["K"].index(loose[0]), body.reference)
        for reference in loose:
            item["K"].remove(reference)
            body["K"].append(reference)
            kids[reference]["P"] = body.reference


def _mark_furniture(pdf: Any, structure: list[Any]) -> None:
    """Turn running headers and footers, which hang in no tree, into pagination artifacts."""
    hanging = _reachable(pdf)
    loose: dict[int, set[int]] = {}
    for element in structure:
        if element.number in hanging:
            continue
        for kid in element["K"]:
            if isinstance(kid, int):
                loose.setdefault(_number(element["Pg"]), set()).add(kid)
        element.free = "f"
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    numbers = pdf.objects[_number(root["ParentTree"])]["Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page_number, content in loose.items():
        page = pdf.objects[page_number]
        stream = pdf.objects[_number(page["Contents"])].stream
        for index, operator in enumerate(stream):
            if operator == b"BDC" and _content_id(stream[index - 1]) in content:
                stream[index - 2] = b"/Artifact"
                stream[index - 1] = b"<</Type /Pagination>>"
        kids = owners[page["StructParents"]]
        for index, reference in enumerate(kids):
            if _is_reference(reference) and _number(reference) not in hanging:
                kids[index] = "null"


def _reachable(pdf: Any) -> set[int]:
    found: set[int] = set()
    waiting = [_number(pdf.catalog["StructTreeRoot"])]
    while waiting:
        number = waiting.pop()
        if number in found:
            continue
        found.add(number)
        item = pdf.objects[number]
        kids = item.get("K", []) if isinstance(item, dict) else []
        for kid in kids if isinstance(kids, list) else [kids]:
            if _is_reference(kid):
                waiting.append(_number(kid))
    return found


def _content_id(properties: Any) -> int | None:
    data = properties if isinstance(properties, bytes) else getattr(properties, "data", b"")
    found = _MCID.search(data if isinstance(data, bytes) else str(data).encode("ascii"))
    return int(found[1]) if found else None


def _once_each(files: pydyf.Array | None) -> None:
    """WeasyPrint lists an attachment twice among the associated files."""
    if files is not None:
        once = list(dict.fromkeys(files))
        files.clear()
        files.extend(once)
