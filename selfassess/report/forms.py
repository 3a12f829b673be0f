"""Which forms a report comes in, and whether a template is there; asked before anything is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from selfassess.errors import ReportError, nearest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["FILES", "FORMATS", "check_template"]

FILES = {
    "pdf": "report.pdf",
    "html": "report.html",
    "json": "assessment.json",
    "docx": "report.docx",
    "xlsx": "evidence.xlsx",
    "md": "report.md",
    "overview": "overview.pdf",
    "enquiry": "enquiry.pdf",
}
"""What the file of each form is called."""

FORMATS = (*FILES,)


def check_template(template: str, templates: Mapping[str, Traversable]) -> None:
    """Refuse the id of a template that no pack brings.

    Raises:
        ReportError: naming the nearest that there is.
    """
    if template not in templates:
        installed = ", ".join(sorted(templates))
        raise ReportError(
            f"The template {template!r} is not installed.",
            hint=nearest(template, templates) or f"Installed: {installed}.",
        )
