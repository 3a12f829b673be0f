"""Everything that a reader or a program can find in the files of a copy, a format a function."""

from __future__ import annotations

import html.parser
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NUMBER = re.compile(r"(?<![\w#])\d[\d,]*(?:\.\d+)?")


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """(where, text) for every text, alternative text, attribute, attachment and metadata field."""
    for path in sorted(folder.iterdir()):
        yield path.name, path.name
        yield from _READERS[path.suffix](path)


def numbers_in(text: str) -> set[str]:
    """Numbers without separators of thousands or needless noughts."""
    found = {each.replace(",", "") for each in NUMBER.findall(text)}
    return {each.rstrip("0").rstrip(".") if "." in each else each for each in found}


def _json(path: Path) -> Iterator[tuple[str, str]]:
    yield path.name, path.read_text(encoding="utf-8")


def _markdown(path: Path) -> Iterator[tuple[str, str]]:
    yield path.name, path.read_text(encoding="utf-8")


def _html(path: Path) -> Iterator[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    class Reader(html.parser.HTMLParser):
        skip = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.skip = tag == "style"
            for name, value in attrs:
                if name not in ("class", "href", "src", "id", "width", "height", "content"):
                    found.append((f"{path.name} @{name}", value or ""))
                if name == "content":
                    found.append((f"{path.name} meta", value or ""))

        def handle_data(self, data: str) -> None:
            if not self.skip:
                found.append((path.name, data))

    Reader().feed(path.read_text(encoding="utf-8"))
    yield from found


def _docx(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            kept = ("word/document", "word/footnotes", "word/comments", "word/header", "docProps/")
            if name.startswith(kept) and name.endswith(".xml"):
                raw = parts.read(name).decode("utf-8")
                yield f"{path.name} {name}", re.sub(r"<[^>]+>", " ", raw)
                for value in re.findall(r'(?:descr|title)="([^"]*)"', raw):
                    yield f"{path.name} {name} alternative text", value


def _pdf(path: Path) -> Iterator[tuple[str, str]]:
    import pikepdf
    import pypdfium2

    pages = pypdfium2.PdfDocument(path)
    try:
        for number in range(len(pages)):
            yield f"{path.name} page", pages[number].get_textpage().get_text_range()
    finally:
        pages.close()
    with pikepdf.open(path) as pdf:
        with pdf.open_metadata() as metadata:
            yield f"{path.name} XMP", " ".join(str(value) for value in metadata.values())
        yield f"{path.name} info", " ".join(str(v) for v in pdf.docinfo.values())
        for name, attached in pdf.attachments.items():
            yield f"{path.name} attachment {name}", attached.get_file().read_bytes().decode()
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary):
                for key in ("/Alt", "/ActualText", "/Contents", "/TU", "/Title", "/E"):
                    value: Any = item.get(key)
                    if isinstance(value, pikepdf.String):
                        yield f"{path.name} {key}", str(value)


_READERS = {".json": _json, ".md": _markdown, ".html": _html, ".docx": _docx, ".pdf": _pdf}


def said_in_json(value: Any) -> Iterator[str]:
    """Every text and number that an assessment.json holds."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from said_in_json(each)
    elif isinstance(value, list):
        for each in value:
            yield from said_in_json(each)
    elif value is not None:
        yield json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
