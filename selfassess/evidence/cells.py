"""How the text of a cell becomes a value, as SQL, by the column's declared type.

Every cell arrives as text. It is trimmed (spaces of every kind, also non-breaking ones), then it is
blank, or a value, or *unknown*: an error cell, or a text that the type cannot hold. Unknown is never
blank: it is named in the row's ``unknown_cells`` and told of in the ledger.

Blank is an empty cell, a dash, ``N/A``, ``null``, ``none`` and ``(blank)``; where no word can be
meant (dates and numbers) also ``NA``, ``NaN``, ``NaT``, ``not applicable``, ``tbc`` and ``unborn``.
``#N/A`` is not blank but an error.
"""

from __future__ import annotations

from selfassess.model.evidence import Column

__all__ = [
    "ERROR_TEXTS",
    "SQL_TYPES",
    "cleaned",
    "is_error_text",
    "literal",
    "may_hold_error",
    "odd_moments",
    "reason",
    "trimmed",
    "untidy",
    "value",
    "within",
]

FIRST_DAY, DAY_AFTER = "1985-01-01", "2041-01-01"
"""The days that the calendar knows; a date outside them is a slip or a stand-in (01/01/1900)."""

SQL_TYPES = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "code": "VARCHAR",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "integer": "BIGINT",
    "number": "DOUBLE",
}

ERROR_TEXTS = (
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#GETTING_DATA",
)
"""What spreadsheets print in error cells; a copied list may hold them as mere text."""

_BLANK = ("", "-", "--", "–", "—", "n/a", "null", "none", "(blank)")
_BLANK_VALUE = (*_BLANK, "na", "nan", "nat", "<na>", "not applicable", "tbc", "unborn")
_ODD_SPACES = "\t\r\n\x0b\x0c\u00a0\u2007\u202f"
_NO_WIDTH = "\u200b\ufeff"

_TIME = r"( \d{1,2}:\d{2}(:\d{2})?( ?[ap]m)?)?"
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %I:%M%p", " %I:%M:%S%p")
_TEXT_DATES = (
    (r"\d{1,2} \d{1,2} \d{4}", ("%d %m %Y",)),
    (r"\d{1,2} \d{1,2} \d{2}", ("%d %m %y",)),
    (r"\d{4} \d{1,2} \d{1,2}", ("%Y %m %d",)),
    (r"\d{1,2} [a-z]+ \d{4}", ("%d %b %Y", "%d %B %Y")),
    (r"\d{1,2} [a-z]+ \d{2}", ("%d %b %y", "%d %B %y")),
    (r"[a-z]+ \d{1,2} \d{4}", ("%b %d %Y", "%B %d %Y")),
)

_TIDYING = (
    (r"(:\d\d)\.\d+", r"\1"),
    (r"(\d)t(\d)", r"\1 \2"),
    (r"(\d)z$", r"\1"),
    (r"(\d)(st|nd|rd|th)\b", r"\1"),
    (r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", ""),
    (r"\bsept\b", "sep"),
    (r"[-./, ]+", " "),
)
"""Brings a written date to words and numbers with single spaces, for `_TEXT_DATES`."""


def literal(text: str) -> str:
    """A text as SQL takes it."""
    return "'" + text.replace("'", "''") + "'"


def _among(texts: tuple[str, ...]) -> str:
    return "(" + ", ".join(literal(text) for text in texts) + ")"


def untidy(cell: str, column: Column) -> str:
    """SQL of whether a cell may need `trimmed` and `cleaned`; cheap, to ask of a whole column.

    Most columns hold no such cell, and are taken as they stand.
    """
    signs = " OR ".join(f"contains({cell}, {literal(sign)})" for sign in ("  ", "\t", "\n", "\r"))
    return (
        f"({cell} LIKE ' %' OR {cell} LIKE '% ' OR {signs} OR strlen({cell}) <> length({cell})"
        f" OR (strlen({cell}) <= {_longest(column)} AND lower({cell}) IN {_among(_blank(column))}))"
    )


def trimmed(cell: str) -> str:
    """SQL of a cell's text with plain spaces only, and none around it."""
    plain = f"translate(CAST({cell} AS VARCHAR), {literal(_ODD_SPACES)}, '{' ' * len(_ODD_SPACES)}')"
    return f"trim({plain}, {literal(' ' + _NO_WIDTH)})"


def cleaned(text: str, column: Column) -> str:
    """SQL of a trimmed text; NULL where it is blank.

    Runs of spaces within become one: names must meet across lists.
    """
    single = text
    for _ in range(4):
        single = f"replace({single}, '  ', ' ')"
    return (
        f"(CASE WHEN length({text}) <= {_longest(column)}"
        f" AND lower({text}) IN {_among(_blank(column))} THEN NULL"
        f" WHEN contains({text}, '  ') THEN {single} ELSE {text} END)"
    )


def _blank(column: Column) -> tuple[str, ...]:
    return _BLANK if column.type in ("id", "text", "code") else _BLANK_VALUE


def _longest(column: Column) -> int:
    return max(len(text) for text in _blank(column))


def may_hold_error(text: str) -> str:
    """SQL of whether a cleaned text begins as error texts do; cheap, to ask of a whole column."""
    return f"{text} LIKE '#%'"


def is_error_text(text: str) -> str:
    """SQL of whether a cleaned text is what a spreadsheet prints in an error cell."""
    known = literal("|" + "|".join(ERROR_TEXTS) + "|")
    return (
        f"({text} LIKE '#%' AND (contains({known}, '|' || upper({text}) || '|')"
        f" OR replace({text}, '#', '') = ''))"
    )


def value(text: str, column: Column) -> str:
    """SQL of a cleaned text's value; NULL where the type cannot hold it.

    Codes are not looked up here, error texts are not told apart, and of dates only the common forms are read (see `odd_moment`).
    """
    match column.type:
        case "date":
            return _date(text)
        case "datetime":
            return _moment(text)
        case "integer":
            number = _number(text)
            return f"(CASE WHEN {number} = floor({number}) THEN CAST({number} AS BIGINT) END)"
        case "number":
            return _number(text)
        case "id":
            # A number typed as a decimal is the same id as the whole number in another list.
            return (
                f"(CASE WHEN {text} LIKE '%.0' AND translate({text}, '0123456789', '') = '.'"
                f" THEN left({text}, length({text}) - 2) ELSE {text} END)"
            )
        case _:
            return text


def _number(text: str) -> str:
    # The signs are checked first: the engine would take 'nan', 'inf' and '1_000' for numbers.
    return (
        f"(CASE WHEN translate({text}, '0123456789.+-eE', '') = '' AND length({text}) <= 25"
        f" AND abs(try_cast({text} AS DOUBLE)) < 1e15 THEN try_cast({text} AS DOUBLE) END)"
    )


def reason(column: Column) -> str:
    """Why a text that the type cannot hold was set aside."""
    return {
        "date": "not a date (day first, 1985 to 2040)",
        "datetime": "not a date and time (day first, 1985 to 2040)",
        "integer": "not a whole number",
        "number": "not a number",
    }.get(column.type, "cannot be read")


def within(moment: str) -> str:
    """SQL of a date or moment that the calendar knows; NULL for others."""
    return (
        f"(CASE WHEN {moment} >= DATE '{FIRST_DAY}' AND {moment} < DATE '{DAY_AFTER}'"
        f" THEN {moment} END)"
    )


def _date(text: str) -> str:
    return (
        f"(CASE WHEN {text} LIKE '____-__-__' OR {text} LIKE '____-__-__ 00:00:00'"
        f" THEN try_cast(left({text}, 10) AS DATE)"
        f" WHEN {text} LIKE '__/__/____' THEN CAST(try_strptime({text}, '%d/%m/%Y') AS DATE) END)"
    )


def _moment(text: str) -> str:
    return (
        f"(CASE WHEN {text} LIKE '____-__-__ __:__:__' OR {text} LIKE '____-__-__ __:__'"
        f" OR {text} LIKE '____-__-__' THEN try_cast({text} AS TIMESTAMP)"
        f" WHEN {text} LIKE '__/__/____ __:__' THEN try_strptime({text}, '%d/%m/%Y %H:%M') END)"
    )


def odd_moments(texts: str, *, date1904: bool = False) -> str:
    """A query of (t, moment) for dates in less common forms: serials, ``5 Feb 2024``, ``5/2/24``.

    These cost ten times what the common forms do, so they are asked once for each text.

    Args:
        texts: a query with a column t of cleaned texts.
        date1904: whether plain numbers count days from 1904.
    """
    start = "1904-01-01" if date1904 else "1899-12-30"
    serial = (
        f"TIMESTAMP '{start} 00:00:00'"
        " + to_seconds(CAST(round(try_cast(t AS DOUBLE) * 86400) AS BIGINT))"
    )
    inner = "SELECT t, lower(t) AS p FROM (" + texts + ")"
    for pattern, replacement in _TIDYING:
        inner = (
            f"SELECT t, regexp_replace(p, {literal(pattern)}, {literal(replacement)}, 'g') AS p"
            f" FROM ({inner})"
        )
    branches = " ".join(
        f"WHEN regexp_full_match(p, {literal(pattern + _TIME)})"
        f" THEN try_strptime(p, [{', '.join(literal(d + c) for d in dates for c in _CLOCKS)}])"
        for pattern, dates in _TEXT_DATES
    )
    return (
        rf"SELECT t, CASE WHEN regexp_full_match(t, '\d{{5}}(\.\d*)?') THEN {serial}"
        rf" WHEN regexp_full_match(t, '\d{{8}}') THEN try_strptime(t, '%Y%m%d')"
        f" {branches} END AS moment FROM (SELECT t, trim(p) AS p FROM ({inner}))"
    )
