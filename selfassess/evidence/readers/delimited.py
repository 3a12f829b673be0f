"""CSV files, as case systems and spreadsheets write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from selfassess.errors import EvidenceError
from selfassess.evidence.readers.files import contents
from selfassess.model.evidence import Sheet

__all__ = ["DelimitedReader", "decoded"]

_LARGEST_FIELD = 10_000_000
_DELIMITERS = ",;\t|"


class DelimitedReader:
    """Reads comma, semicolon, tab or pipe separated text in UTF-8, UTF-16 or Windows' cp1252."""

    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def read(self, path: Path) -> Iterator[Sheet]:
        """Yield the file as one sheet; a record is a row, as a spreadsheet would number it."""
        from selfassess.evidence.readers.text_table import TextTable

        text = decoded(contents(path), path.name)
        limit = csv.field_size_limit(_LARGEST_FIELD)
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
        except csv.Error as error:
            raise EvidenceError(
                f"{path.name}: not readable as CSV ({error}).",
                hint="Save it again as 'CSV UTF-8 (comma delimited)'.",
            ) from None
        finally:
            csv.field_size_limit(limit)
        yield Sheet(name=path.stem, cells=TextTable.of_rows(rows))


def decoded(data: bytes, name: str) -> str:
    """Text of a file whose encoding nobody states: its byte-order mark, UTF-8, then cp1252.

    Raises:
        EvidenceError: it is a spreadsheet or another binary file.
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise EvidenceError(
            f"{name}: this is a workbook under the name of a CSV file.",
            hint="Rename it to .xlsx (or .xls), or save it as CSV.",
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data:
        raise EvidenceError(f"{name}: this is not a text file.", hint="Save it as 'CSV UTF-8'.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Five byte values mean nothing in cp1252; they become the replacement sign.
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The sign that splits the first lines into the most, and the same number of, cells."""
    lines = [line for line in text[:65_536].splitlines()[:50] if line.strip()]
    if lines and (named := lines[0].lower()).startswith("sep=") and len(named) == 5:
        return named[4]

    def score(sign: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
        most = max(counts, default=1)
        return (sum(1 for n in counts if n == most) * (most > 1), most)

    try:
        return max(_DELIMITERS, key=score)
    except csv.Error:
        return ","
