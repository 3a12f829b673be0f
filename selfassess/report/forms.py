"""Which forms a report comes in, and whether a template is there; asked before anything is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from selfassess.errors import ReportError, nearest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["FORMATS", "check_template"]

FORMATS = ("pdf", "html", "json", "docx", "xlsx", "md", "overview", "enquiry")


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
