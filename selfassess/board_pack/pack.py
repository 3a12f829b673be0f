"""Writes a pack: board.json's content into a PDF, and its lists into a workbook."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.board_pack.build import build_board
from selfassess.board_pack.front import TIGHTEST
from selfassess.board_pack.workbook import board_workbook
from selfassess.report.html import fill_template, locate, repertoire_of
from selfassess.report.pdf import page_count, still_written, write_pdf
from selfassess.writing.files import replace_file
from selfassess.writing.json_text import json_lines

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["NAME", "board_html", "write_pack"]

NAME = "board-pack"
TEMPLATE = "board.html.j2"


def write_pack(
    data: Mapping[str, Any],
    out: Path,
    templates: Mapping[str, Traversable],
    *,
    template: str = "default",
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write ``board-pack.pdf`` and ``board-pack.xlsx``; the same data give the same bytes.

    Args:
        data: what `board_data` or `public_data` gave.
        out: the folder to write to.
        templates: template folders by id.
        template: which one; one that has no board pack of its own lends the default's.
        progress: told what is being done.

    Raises:
        MissingLibraryError: Pango is not installed; the workbook is written all the same.
        ReportError: the template cannot be used.
    """
    folder = templates[template]
    if locate(folder, TEMPLATE) is None:
        folder = templates["default"]
    content = json_lines(dict(data))
    as_at = dt.date.fromisoformat(str(data["as_at"]))
    sheet, page = out / f"{NAME}.xlsx", out / f"{NAME}.pdf"
    replace_file(sheet, board_workbook(data, as_at))
    with still_written(str(sheet)):
        write_pdf(
            board_html(data, folder, _fitting(data, folder)),
            content,
            page,
            template=folder,
            as_at=as_at,
            progress=progress,
            attached="board.json",
        )
    return [page, sheet]


def _fitting(data: Mapping[str, Any], template: Traversable) -> int:
    """The first step at which the first page is one page; the last one fits whatever the names."""
    for step in range(TIGHTEST):
        if page_count(board_html(data, template, step, front_only=True), template) == 1:
            return step
    return TIGHTEST


def board_html(
    data: Mapping[str, Any],
    template: Traversable,
    tightness: int = 0,
    *,
    front_only: bool = False,
) -> str:
    """The pack as one page of HTML, which is what its PDF is made of.

    Args:
        data: the content of ``board.json``.
        template: the template's folder.
        tightness: how much shorter than usual the first page is said.
        front_only: leave out all but the first page.
    """
    manifest = hashlib.sha256(json_lines(dict(data))).hexdigest()
    context = build_board(data, manifest, repertoire_of(template), tightness)
    context = replace(context, front_only=front_only)
    return fill_template(template, TEMPLATE, context)
