"""The report as Word, Excel and Markdown: from the same page and the same assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

__all__ = ["OFFICE", "office_files"]

OFFICE = ("docx", "xlsx", "md")
"""The formats that office programs open."""


def office_files(
    formats: Collection[str], html: str, assessment: Mapping[str, Any], as_at: dt.date
) -> dict[str, bytes]:
    """The content of the files of some formats, by format.

    Args:
        formats: some of `OFFICE`; others are left alone.
        html: the rendered page; the workbook alone needs none.
        assessment: the content of assessment.json.
        as_at: the date written into the files.
    """
    found: dict[str, bytes] = {}
    if "xlsx" in formats:
        from selfassess.report.office.workbook import workbook

        found["xlsx"] = workbook(assessment)
    if {"docx", "md"} & set(formats):
        from selfassess.report.office.page import read_page

        blocks = read_page(html)
        if "md" in formats:
            from selfassess.report.office.markdown import markdown

            found["md"] = markdown(blocks).encode("utf-8")
        if "docx" in formats:
            from selfassess.report.office.word import word

            council = str((assessment.get("council") or {}).get("name") or "")
            title = f"Self-evaluation as at {as_at.isoformat()}"
            found["docx"] = word(blocks, title=title, author=council, as_at=as_at)
    return found
