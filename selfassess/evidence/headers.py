"""Which table is this sheet? Answered by its headers alone, never by its name or its place."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from selfassess.evidence.cells import NO_WIDTH
from selfassess.model.evidence import TableSpec

__all__ = ["HEAD_ROWS", "Match", "NearMiss", "TableFinder", "column_letters", "normalise"]

Cell = tuple[int, str, str]

HEAD_ROWS = 30
"""A header stands within this many rows; titles, notes and blank rows may come before it."""

_UNMEANT = str.maketrans("", "", "'\"`´‘’‚‛“”„‟′″" + NO_WIDTH)
_YES_NO = re.compile(r"\by n\b")
_LETTER = re.compile(r"[^\W\d_]")


@cache
def normalise(header: str) -> str:
    """Bring a header to the form in which headers are compared.

    Case, spaces of every kind, quotes, brackets, question marks and other punctuation do not count,
    neither do signs that nobody sees, nor the remark ``(Y/N)``.
    """
    text = unicodedata.normalize("NFKC", header).translate(_UNMEANT).casefold()
    words = re.sub(r"[\W_]+", " ", text).strip()
    return _YES_NO.sub("", words).strip() if " " in words else words


def column_letters(number: int) -> str:
    """A column's letters as the spreadsheet shows them: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A sheet recognised.

    Attributes:
        row: index of the header row within the rows looked at.
        columns: for a column's name, the index of the cell that heads it.
        repeated: (name, index) of headers that stand a second time; the first is used.
        ignored: headers that no column of the table claims.
        missing: names of columns whose header is not there, and that are not optional.
        rivals: ids of other tables that fit equally well.
    """

    table: TableSpec
    row: int
    columns: Mapping[str, int]
    repeated: tuple[tuple[str, int], ...]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A sheet that would be a table's but for a required header.

    Attributes:
        missing: the official headers that are wanting.
        nearest: for each of them the likeliest header that stands there, or an empty string.
        strangers: the headers there that no column of the table claims.
    """

    table: TableSpec
    row: int
    missing: tuple[str, ...]
    nearest: tuple[str, ...]
    strangers: tuple[str, ...] = ()


class TableFinder:
    """Says which table a sheet is, by its first rows."""

    def __init__(self, tables: Iterable[TableSpec]) -> None:
        """Learn the headers of the declared tables."""
        self._wanted = [_Wanted(table) for table in tables]
        self._headers = {key for wanted in self._wanted for key in wanted.known}

    def find(
        self, head: Sequence[Sequence[str | None]], *, file_name: str = ""
    ) -> Match | NearMiss | None:
        """Recognise a sheet.

        Args:
            head: the first rows, as texts.
            file_name: breaks a tie between tables whose headers fit equally well.

        Returns:
            The best match; failing that, the nearest miss; failing that, None: a sheet of guidance.
        """
        matches: list[tuple[tuple[int, int, int, int], Match]] = []
        misses: list[tuple[tuple[int, int], Callable[[], NearMiss]]] = []
        for index, cells in _heads(head[:HEAD_ROWS], self._headers):
            present = {key for _, _, key in cells if key}
            if len(present) < 2:
                continue
            for wanted in self._wanted:
                table, required = wanted.table, wanted.required
                found = {wanted.known[key] for key in present if key in wanted.known}
                if len(found) < 2 and found != required:
                    continue
                if required <= found:
                    match = _match(table, wanted.known, index, cells)
                    named = any(file_name.casefold() == f.casefold() for f in table.files)
                    # Most columns found first, fewest strangers next; the upper row wins a tie.
                    rank = (len(found), int(named), -len(match.ignored), -index)
                    matches.append((rank, match))
                elif 2 * len(found) >= len(table.columns) or len(required - found) < len(required):
                    # Looking for the likeliest headers takes longer than all the rest.
                    later = partial(_near_miss, table, wanted.known, index, cells, found)
                    misses.append(((len(found), -index), later))
        # Workers without their start column must not be taken for posts, whose few columns they
        # hold: a miss counts where it has more columns than the best match.
        most = max((rank[0] for rank, _ in matches), default=0)
        for (found_columns, _), miss in sorted(misses, key=lambda pair: pair[0], reverse=True):
            if found_columns <= most:
                break
            told = miss()
            if found_columns >= 3 or all(told.nearest):
                return told
        return _uppermost(matches) if matches else None


class _Wanted:
    """A declared table, and what its headers say.

    Attributes:
        known: normalised headers, with the column that each means.
        required: names of the columns without which a sheet is not the table.
    """

    __slots__ = ("known", "required", "table")

    def __init__(self, table: TableSpec) -> None:
        self.table = table
        self.known = {normalise(header): c.name for c in table.columns for header in c.headers}
        self.required = {c.name for c in table.columns if c.required}


def _heads(
    head: Sequence[Sequence[str | None]], headers: Collection[str]
) -> Iterator[tuple[int, list[Cell]]]:
    """Rows that hold a header, by index: (column, text, normalised) of each cell that is filled.

    Headers may stand on two rows, as where some cells are merged downwards: a row also comes with
    the headers of the row above where its own cells are empty.
    """
    above: list[Cell] = []
    for index, row in enumerate(head):
        # Most rows are the list's own: none of their cells heads a column of any table.
        if not any(text and _LETTER.search(text) and normalise(text) in headers for text in row):
            above = []
            continue
        cells = [(i, text, normalise(text)) for i, text in enumerate(row) if text and text.strip()]
        yield index, cells
        filled = {i for i, _, _ in cells}
        if more := [cell for cell in above if cell[0] not in filled]:
            yield index, sorted((*cells, *more))
        above = [cell for cell in cells if cell[2] in headers]


def _uppermost(matches: list[tuple[tuple[int, int, int, int], Match]]) -> Match:
    """The best match, unless another list with most of its columns begins well above it."""
    best = _best(matches)
    above = [
        (rank, match)
        for rank, match in matches
        if match.row < best.row - 1
        and match.table.id != best.table.id
        and 2 * len(match.columns) >= len(match.table.columns)
    ]
    first = min((match.row for _, match in above), default=None)
    return best if first is None else _best([pair for pair in above if pair[1].row == first])


def _best(matches: list[tuple[tuple[int, int, int, int], Match]]) -> Match:
    rank, best = max(matches, key=lambda pair: pair[0])
    rivals = sorted(
        {m.table.id for r, m in matches if r[:3] == rank[:3] and m.table.id != best.table.id}
    )
    if not rivals:
        return best
    return Match(
        table=best.table,
        row=best.row,
        columns=best.columns,
        repeated=best.repeated,
        ignored=best.ignored,
        missing=best.missing,
        rivals=tuple(rivals),
    )


def _match(table: TableSpec, known: Mapping[str, str], row: int, cells: Sequence[Cell]) -> Match:
    columns: dict[str, int] = {}
    repeated: list[tuple[str, int]] = []
    ignored: list[str] = []
    for index, text, key in cells:
        name = known.get(key)
        if name is None:
            ignored.append(" ".join(text.split()))
        elif name in columns:
            repeated.append((name, index))
        else:
            columns[name] = index
    missing = tuple(c.name for c in table.columns if c.name not in columns and not c.optional)
    return Match(
        table=table,
        row=row,
        columns=columns,
        repeated=tuple(repeated),
        ignored=tuple(ignored),
        missing=missing,
    )


def _near_miss(
    table: TableSpec,
    known: Mapping[str, str],
    row: int,
    cells: Sequence[Cell],
    found: set[str],
) -> NearMiss:
    strangers = {key: " ".join(text.split()) for _, text, key in cells if key not in known}
    missing: list[str] = []
    nearest: list[str] = []
    for column in table.columns:
        if not column.required or column.name in found:
            continue
        missing.append(column.headers[0])
        close = [
            match
            for header in column.headers
            for match in difflib.get_close_matches(normalise(header), list(strangers), 1, 0.75)
        ]
        nearest.append(strangers[close[0]] if close else "")
    return NearMiss(
        table=table,
        row=row,
        missing=tuple(missing),
        nearest=tuple(nearest),
        strangers=tuple(strangers.values()),
    )
