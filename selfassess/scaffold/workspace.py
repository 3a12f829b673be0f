"""Writes an empty workspace; never over one that is there."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import get_args

from selfassess.errors import UsageError
from selfassess.model.common import Voice
from selfassess.model.evidence import TableSpec
from selfassess.model.framework import Framework
from selfassess.scaffold.evaluation import evaluation_page, register_page
from selfassess.scaffold.guide import READINGS, guide_page
from selfassess.scaffold.settings import settings_page

__all__ = ["write_workspace"]

CONFIG = "selfassess.yaml"
READINGS_FILE = "readings.csv"


def write_workspace(
    folder: Path, *, council: str, framework: Framework, tables: Mapping[str, TableSpec]
) -> list[Path]:
    """Write an empty workspace and say which files were written.

    Args:
        folder: where; made if it is not there. Other files in it are left alone.
        council: the council's name, any characters.
        framework: what the workspace is for.
        tables: every declared table by id; those that name files get an empty one.

    Raises:
        UsageError: a file is already there, or the council has no name. Nothing is written then.
    """
    if not council.strip():
        raise UsageError("The council has no name.", hint='Give one: --council "Name of council"')
    local = _local_files(tables)
    name = folder.name or folder.resolve().name
    pages = {
        CONFIG: settings_page(council, framework),
        "self-evaluation.yaml": evaluation_page(framework),
        "README.md": guide_page(name, council, framework, tables, local),
        "evidence/register.yaml": register_page(framework, get_args(Voice)),
    }
    for file, table in local.items():
        pages[f"evidence/{file}"] = _header([column.headers[0] for column in table.columns])
    pages[f"evidence/{READINGS_FILE}"] = _header([column for column, _ in READINGS])
    _refuse_to_overwrite(folder, list(pages))
    try:
        for part in ("evidence", "history", "out"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        for file, text in pages.items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot write here: {error.strerror or error}.",
            hint="Choose a folder that you may write to, with room on its disk.",
        ) from error
    return [folder / file for file in pages]


def _refuse_to_overwrite(folder: Path, files: list[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder.", hint="Name a new folder.")
    there = [file for file in files if (folder / file).exists()]
    if there:
        also = f" ({len(there) - 1} more files are in the way too)" if len(there) > 1 else ""
        raise UsageError(
            f"{folder / there[0]} is already there and is not written over{also}.",
            hint="Name a new folder, or move the file away first.",
        )


def _local_files(tables: Mapping[str, TableSpec]) -> dict[str, TableSpec]:
    """Tables that come as a file of their own, by file name.

    Where two name the same file, or a name would leave the folder, the table's id names it.
    """
    found: dict[str, TableSpec] = {}
    for table in tables.values():
        if not table.files:
            continue
        file = table.files[0]
        plain = PurePosixPath(file).name == file == PureWindowsPath(file).name
        if not plain or file in found or file == READINGS_FILE:
            file = f"{table.id}.csv"
        if file != READINGS_FILE:
            found[file] = table
    return found


def _header(columns: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(columns)
    return text.getvalue()
