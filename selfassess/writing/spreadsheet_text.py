"""Text that a spreadsheet opens as text, whatever stands in it."""

from __future__ import annotations

__all__ = ["safe"]


def safe(cell: object) -> object:
    """A cell that a spreadsheet would take for a formula gets an apostrophe; others stay."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r\n") else cell
