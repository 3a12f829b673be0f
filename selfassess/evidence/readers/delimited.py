"""CSV files, as case systems and spreadsheets write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

from selfassess.errors import EvidenceError
from selfassess.evidence.readers.files import contents
from selfassess.model.evidence import Sheet

__all__ = ["DelimitedReader", "decoded", "regular_width"]

_LARGEST_FIELD = 10_000_000
_LONGEST_LINE = 400_000
"""Characters; the engine refuses lines of more than 2 MB."""
_DELIMITERS = ",;\t|"


class DelimitedReader:
    """Reads comma, semicolon, tab or pipe separated text in UTF-8, UTF-16 or Windows' cp1252.

    A regular file (`regular_width`) in UTF-8 is left to the engine, which takes a tenth of the
    time; all others are split by the standard library. Both give the same rows.
    """

    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def read(self, path: Path) -> Iterator[Sheet]:
        """Yield the file as one sheet; a record is a row, as a spreadsheet would number it."""
        from selfassess.evidence.readers.text_table import TextTable

        data = contents(path)
        text = decoded(data, path.name)
        delimiter = _delimiter(text)
        width = regular_width(text, delimiter) if _is_utf8(data) else None

        def split() -> TextTable:
            return TextTable.of_rows(_rows(text, delimiter, path))

        if width is not None and TextTable.takes(path):
            cells = TextTable.of_file(path, delimiter, width, split)
        else:
            cells = split()
        yield Sheet(name=path.stem, cells=cells)


def _rows(text: str, delimiter: str, path: Path) -> list[list[str]]:
    limit = csv.field_size_limit(_LARGEST_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise EvidenceError(
            f"{path.name}: not readable as CSV ({error}).",
            hint="Save it again as 'CSV UTF-8 (comma delimited)'.",
        ) from None
    finally:
        csv.field_size_limit(limit)


def regular_width(text: str, delimiter: str) -> int | None:
    """How many cells the widest row has, if every reader of CSV finds the same rows in a text.

    That is so where lines end alike, none is blank, and quotes enclose whole cells of one line, in
    which they stand doubled. None for any other text.
    """
    returns = text.count("\r")
    if returns and not returns == text.count("\r\n") == text.count("\n"):
        return None
    if not text or text[0] in "\r\n":
        return None
    # Lines are looked at one by one: two line ends in a row are found more slowly in the text.
    lines = text.split("\n")
    if ("\r" if returns else "") in lines[:-1]:
        return None
    if '"' in text:
        bare = _without_quoted(text, delimiter)
        if bare is None:
            return None
        lines = bare.split("\n")
    if _has_long_line(text):
        return None
    return max(map(str.count, lines, repeat(delimiter))) + 1


def _has_long_line(text: str) -> bool:
    """Whether a line is too long for the engine; looks at a few places alone."""
    start = 0
    while len(text) - start > _LONGEST_LINE:
        end = text.rfind("\n", start, start + _LONGEST_LINE + 1)
        if end < 0:
            return True
        start = end + 1
    return False


def _without_quoted(text: str, delimiter: str) -> str | None:
    """The text without its quoted cells; None where a quote or line end stands in a wrong place."""
    first, *pieces = text.split('"')
    inside, outside = pieces[0::2], pieces[1::2]
    if len(inside) != len(outside) or any("\n" in piece for piece in inside):
        return None
    before, after = ("", delimiter, "\n"), (delimiter, "\r", "\n")
    # An empty piece outside of quotes is a doubled quote within a cell.
    if first[-1:] not in before or not all(
        piece[0] in after and (piece[-1] in before or index == len(outside))
        for index, piece in enumerate(outside, 1)
        if piece
    ):
        return None
    return "".join([first, *outside])


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
