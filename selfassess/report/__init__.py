"""The report: one context from assessment.json, printed as HTML and PDF.

`render` makes files from an assessment.json; `render_html` and `write_pdf` are its two steps.
Nothing heavy is imported until one of them is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selfassess.report.html import render_html
    from selfassess.report.output import render
    from selfassess.report.pdf import write_pdf

__all__ = ["render", "render_html", "write_pdf"]

_HOMES = {"render": "output", "render_html": "html", "write_pdf": "pdf"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
