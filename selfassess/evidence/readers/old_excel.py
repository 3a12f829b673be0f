"""Error cells of the old binary workbooks (.xls).

Only the records that can hold an error are looked at (the published BIFF8 format: sheet names in
BOUNDSHEET, values in BOOLERR, results of formulas in FORMULA).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from selfassess.evidence.readers.faults import Faults

__all__ = ["find_old_faults"]

_END_OF_CHAIN = 0xFFFFFFFE
_BOF, _EOF, _BOUNDSHEET, _DATEMODE, _FORMULA, _BOOLERR = 0x809, 0x0A, 0x85, 0x22, 0x06, 0x205
_BIFF8 = 0x0600


def find_old_faults(data: bytes) -> Faults:
    """Find the error cells and the date system of an .xls workbook.

    Raises:
        ValueError: the file is damaged, or older than Excel 97.
    """
    try:
        return _faults(_workbook_stream(data))
    except (struct.error, IndexError) as error:
        raise ValueError("damaged .xls workbook") from error


def _faults(book: bytes) -> Faults:
    starts: dict[int, str] = {}
    errors: dict[str, set[tuple[int, int]]] = {}
    date1904 = False
    sheet = ""
    for at, kind, body in _records(book):
        if kind == _BOF:
            if struct.unpack_from("<H", body)[0] != _BIFF8:
                raise ValueError("a workbook older than Excel 97; save it as .xlsx")
            sheet = starts.get(at, "")
        elif kind == _BOUNDSHEET:
            position, _, length, wide = struct.unpack_from("<IHBB", body)
            raw = body[8 : 8 + length * (2 if wide & 1 else 1)]
            starts[position] = raw.decode("utf-16-le" if wide & 1 else "latin-1")
        elif kind == _DATEMODE:
            date1904 = struct.unpack_from("<H", body)[0] == 1
        elif (kind == _BOOLERR and body[7] == 1) or (
            kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2
        ):
            row, column = struct.unpack_from("<HH", body)
            errors.setdefault(sheet, set()).add((row + 1, column + 1))
    return Faults(errors={k: frozenset(v) for k, v in errors.items()}, date1904=date1904)


def _records(book: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == 0 and length == 0:
            return
        yield at, kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _workbook_stream(data: bytes) -> bytes:
    """The stream named Workbook out of the compound file that an .xls is."""
    shift = struct.unpack_from("<H", data, 30)[0]
    size = 1 << shift
    if not 6 <= shift <= 16:
        raise ValueError("damaged .xls workbook")
    tables, directory, _, cutoff, mini_start, _, extra, _ = struct.unpack_from("<8I", data, 44)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    places = list(struct.unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while extra < _END_OF_CHAIN and extra not in seen:
        seen.add(extra)
        block = struct.unpack(f"<{size // 4}I", sector(extra))
        places += block[:-1]
        extra = block[-1]
    chain: list[int] = []
    for place in [p for p in places if p < _END_OF_CHAIN][:tables]:
        chain += struct.unpack(f"<{size // 4}I", sector(place))

    def stream(start: int) -> bytes:
        parts, visited = [], set()
        while start < _END_OF_CHAIN and start not in visited:
            visited.add(start)
            parts.append(sector(start))
            start = chain[start]
        return b"".join(parts)

    entries = stream(directory)
    root = entries[:128]
    for offset in range(0, len(entries), 128):
        entry = entries[offset : offset + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
        if name.casefold() in ("workbook", "book"):
            start, total = struct.unpack_from("<II", entry, 116)
            if total >= cutoff:
                return stream(start)[:total]
            small = stream(struct.unpack_from("<I", root, 116)[0])
            table = stream(mini_start)
            links = struct.unpack(f"<{len(table) // 4}I", table)
            parts: list[bytes] = []
            while start < _END_OF_CHAIN and len(parts) <= len(links):
                parts.append(small[start * 64 : start * 64 + 64])
                start = links[start]
            return b"".join(parts)[:total]
    raise ValueError("this compound file holds no workbook")
