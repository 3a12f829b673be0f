"""Excel and OpenDocument workbooks, every cell as text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from selfassess.errors import EvidenceError
from selfassess.evidence.readers.files import contents
from selfassess.model.evidence import Sheet

__all__ = ["LARGEST", "WorkbookReader"]

LARGEST = 1_500_000_000
"""Bytes that a workbook may unpack to. A list of a million rows needs a third of it."""

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class WorkbookReader:
    """Reads .xlsx, .xlsm, .xls and .ods.

    Rows and columns are numbered as the spreadsheet shows them. The library underneath gives both
    blank and error cells as nothing, so error cells are found in the file itself.
    """

    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xls", ".ods")

    def read(self, path: Path) -> Iterator[Sheet]:
        """Yield every sheet, hidden ones too."""
        import logging

        import fastexcel

        # What it remarks about sheets of charts is of no use to anybody here.
        logging.getLogger("calamine").setLevel(logging.CRITICAL)

        from selfassess.evidence.readers.error_cells import find_faults
        from selfassess.evidence.readers.faults import Faults

        data = contents(path)
        _refuse_what_is_no_workbook(data, path)
        try:
            faults: Faults = find_faults(data)
            book = fastexcel.read_excel(data)
            names = list(book.sheet_names)
        except (fastexcel.FastExcelError, zipfile.BadZipFile, ValueError, OSError) as error:
            raise _unreadable(path, error) from None
        for name in names:
            try:
                # skip_rows=0 keeps blank rows at the top: row numbers are the spreadsheet's own.
                cells = book.load_sheet(name, header_row=None, dtypes="string", skip_rows=0)
                columns = cells.available_columns()
            except (fastexcel.FastExcelError, ValueError) as error:
                raise _unreadable(path, error, sheet=name) from None
            yield Sheet(
                name=name,
                cells=cells if columns else None,
                first_column=columns[0].absolute_index + 1 if columns else 1,
                errors=faults.errors.get(name, frozenset()),
                unsaved=faults.unsaved.get(name, frozenset()),
                hidden=cells.visible != "visible",
                date1904=faults.date1904,
            )


def _refuse_what_is_no_workbook(data: bytes, path: Path) -> None:
    suffix = path.suffix.lower()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise EvidenceError(
                f"{path.name}: the workbook is protected by a password.",
                hint="Open it in Excel, take the password off (File, Info, Protect Workbook), "
                "save it and try again.",
            )
        if suffix != ".xls":
            raise EvidenceError(
                f"{path.name}: this is an old Excel workbook under the name of a newer one.",
                hint="Rename it to .xls, or save it as an Excel workbook (.xlsx).",
            )
        return
    if not data.startswith(_ZIP):
        raise EvidenceError(
            f"{path.name}: this is not a workbook, although its name ends in {suffix}.",
            hint=_what_it_is(data[:4096]),
        )
    try:
        with zipfile.ZipFile(_stream(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            protected = any(e.filename == "META-INF/manifest.xml" for e in archive.infolist()) and (
                b"encryption-data" in archive.read("META-INF/manifest.xml")
            )
    except zipfile.BadZipFile:
        raise EvidenceError(
            f"{path.name}: the workbook is damaged; its end may be missing.",
            hint="Copy or download it again; if Excel can repair it, save the repaired copy.",
        ) from None
    if protected:
        raise EvidenceError(
            f"{path.name}: the workbook is protected by a password.",
            hint="Open it, take the password off, save it and try again.",
        )
    if size > LARGEST:
        raise EvidenceError(
            f"{path.name}: the workbook unpacks to {size / 1e9:.1f} GB; "
            f"at most {LARGEST / 1e9:.1f} GB are read.",
            hint="Delete unused rows and columns, or give the lists as CSV or Parquet files.",
        )


def _what_it_is(start: bytes) -> str:
    """What to do with a file that only bears a workbook's name."""
    text = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"mime-version")):
        return (
            "It is a web page, as case systems export them: open it in Excel and save it as an "
            "Excel workbook (.xlsx)."
        )
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "Open it in the program that made it and save it as an Excel workbook (.xlsx)."
    return "It looks like text: rename it to .csv, or save it as an Excel workbook."


def _stream(data: bytes) -> zipfile.IO[bytes]:  # type: ignore[name-defined]
    import io

    return io.BytesIO(data)


def _unreadable(path: Path, error: Exception, sheet: str = "") -> EvidenceError:
    where = f"{path.name}, {sheet}" if sheet else path.name
    text = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
    return EvidenceError(
        f"{where}: the workbook cannot be read ({text}).",
        hint="Open it in Excel and save it again as an Excel workbook (.xlsx).",
    )
