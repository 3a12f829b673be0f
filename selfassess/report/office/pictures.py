"""Charts as PNG for programs that draw no SVG: laid out by WeasyPrint, drawn by PDFium."""

from __future__ import annotations

import io
from typing import Any

__all__ = ["draw"]

_SCALE = 2.0
"""Pixels a point; charts stay sharp on paper."""


def draw(svg: bytes) -> bytes | None:
    """A chart as PNG; None where this machine lacks what draws it."""
    try:
        import pypdfium2
        import weasyprint
    except (ImportError, OSError):
        return None
    pdf = weasyprint.HTML(string=_page(svg), url_fetcher=_refuse).write_pdf()
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[0].render(scale=_SCALE).to_pil()
    finally:
        document.close()
    stream = io.BytesIO()
    image.save(stream, format="PNG", optimize=False)
    return stream.getvalue()


def _page(svg: bytes) -> str:
    import re

    found = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    width, height = (float(found[1]), float(found[2])) if found else (640.0, 320.0)
    return (
        f"<style>@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }} "
        f"svg {{ display: block }}</style>{svg.decode('utf-8')}"
    )


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"charts fetch nothing: {url[:40]}")
