"""How the text of a cell becomes a value, as SQL, by the column's declared type.

Every cell arrives as text. It is trimmed (spaces of every kind, also non-breaking ones) and freed
of signs that nobody sees, then it is blank, or a value, or *unknown*: an error cell, or a text that
the type cannot hold. Unknown is never blank: it is named in the row's ``unknown_cells`` and told of
in the ledger.

Blank is an empty cell, a dash, ``N/A``, ``null``, ``none`` and ``(blank)``; where no word can be
meant (dates and numbers) also ``NA``, ``NaN``, ``NaT``, ``not applicable``, ``tbc`` and ``unborn``.
``#N/A`` is not blank but an error.

Most cells are written in a usual form and are taken as they stand (`plain_value`). Of the unusual
ones each distinct text is read once (`readings_of`).
"""

from __future__ import annotations

from selfassess.model.evidence import Column

__all__ = [
    "BLANK",
    "DAY_AFTER",
    "ERROR_TEXTS",
    "FIRST_DAY",
    "SQL_TYPES",
    "is_british",
    "is_coded",
    "is_usual",
    "literal",
    "plain_value",
    "readings_of",
    "reason",
    "usual_value",
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

BLANK = ("", "-", "--", "–", "—", "n/a", "null", "none", "(blank)")
BLANK_VALUE = (*BLANK, "na", "nan", "nat", "<na>", "not applicable", "tbc", "unborn")
ODD_SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""Everything that Unicode calls a space, but the space."""

NO_WIDTH = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062"
    "\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Signs that nobody sees: soft hyphens, marks of direction, joiners of words; no text means them.

Those that join or part letters stay: some scripts write names with them.
"""

_PLAIN = {
    # A short prefix may be set off (HUB-000012); a longer word could be a total or a header.
    "id": r"[0-9A-Za-z]*[0-9][0-9A-Za-z]*|[A-Za-z]{1,4}[-/][0-9]+",
    # No space at an end, none doubled, plain ASCII, no error; one word is longer than 'none'.
    "text": r"[0-9A-Za-z][!-~]{4,}|[0-9A-Za-z][!-~]*( [!-~]+)+",
    "integer": r"\d{1,15}",
    "number": r"-?\d{1,15}(\.\d{1,15})?",
}

_ISO = {
    "date": ("____-__-__ 00:00:00", "____-__-__"),
    "datetime": ("____-__-__ __:__:__", "____-__-__ __:__", "____-__-__"),
}
_LAST = {"date": "2040-12-31", "datetime": "2040-12-31 23:59:59.999999"}
"""The last that the calendar knows, to the engine's finest unit."""

_BRITISH = {"date": ("%d/%m/%Y",), "datetime": ("%d/%m/%Y %H:%M", "%d/%m/%Y")}
"""Two usual forms of dates. Most columns hold the first alone, which an engine reads fastest."""

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
    (r"(\d:\d\d) ?[-+]0[01]:?00$", r"\1"),
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


def is_coded(column: Column) -> bool:
    """Whether every text of a column is looked up: it has a set of codes."""
    return column.type == "code" and bool(column.codes)


def is_usual(text: str, kind: str) -> str:
    """SQL of whether `usual_value` reads a text that is there."""
    if kind in _ISO:
        # The cast says whether signs are figures; the form alone is half the price of a pattern.
        return f"({_is_iso(text, kind)} AND {_is_known(_cast(text, kind), kind)})"
    return f"regexp_full_match({text}, {literal(_PLAIN.get(kind, _PLAIN['text']))})"


def is_british(text: str, kind: str) -> str:
    """SQL of whether a text that is not usual is a date that `plain_value` reads all the same."""
    return _is_known(_british(text, kind), kind)


def usual_value(cell: str, kind: str) -> str:
    """SQL of a cell's value in a column that holds usual texts alone."""
    return cell if kind in ("id", "text", "code") else _cast(cell, kind)


def plain_value(cell: str, kind: str) -> str:
    """SQL of a cell's value where it is usual or a British date; other texts are looked up."""
    if kind not in _ISO:
        return usual_value(cell, kind)
    # Of the two, the British alone holds a slash; that both are dates is known by now.
    return (
        f"CASE WHEN contains({cell}, '/') THEN {_british(cell, kind)} ELSE {_cast(cell, kind)} END"
    )


def _is_iso(text: str, kind: str) -> str:
    return f"({' OR '.join(f'{text} LIKE {literal(form)}' for form in _ISO[kind])})"


def _cast(text: str, kind: str) -> str:
    whole = f"left({text}, 10)" if kind == "date" else text
    return f"try_cast({whole} AS {SQL_TYPES[kind]})"


def _british(text: str, kind: str) -> str:
    forms = ", ".join(map(literal, _BRITISH[kind]))
    return f"try_strptime({text}, [{forms}])::{SQL_TYPES[kind]}"


def within(moment: str, kind: str = "datetime") -> str:
    """SQL of a date or moment that the calendar knows; NULL for others."""
    return f"(CASE WHEN {_is_known(moment, kind)} THEN {moment} END)"


def _is_known(moment: str, kind: str) -> str:
    """SQL of whether the calendar knows a date or moment; never NULL."""
    # BETWEEN reckons the moment once, two comparisons twice.
    ends = f"{SQL_TYPES[kind]} '{FIRST_DAY}' AND {SQL_TYPES[kind]} '{_LAST[kind]}'"
    return f"coalesce({moment} BETWEEN {ends}, FALSE)"


def reason(column: Column) -> str:
    """Why a text that the type cannot hold was set aside."""
    return {
        "date": "not a date (day first, 1985 to 2040)",
        "datetime": "not a date and time (day first, 1985 to 2040)",
        "integer": "not a whole number",
        "number": "not a number",
    }.get(column.type, "cannot be read")


def readings_of(distinct: str, kind: str, *, date1904: bool = False) -> str:
    """A query that reads texts of one type: (n, raw, word, number, moment, mark).

    The mark is ``b`` for blank, ``e`` for an error, ``p`` for what the type cannot hold.

    Args:
        distinct: a query with columns n and raw.
        kind: the columns' type.
        date1904: whether plain numbers count days from 1904.
    """
    dated = kind in ("date", "datetime")
    counted = kind in ("integer", "number")
    blank = BLANK_VALUE if dated or counted else BLANK
    words = ", ".join(literal(word) for word in blank)
    errors = literal("|" + "|".join(ERROR_TEXTS) + "|")
    # Signs beyond the spaces have no counterpart, so they go; a letter and its accent become one.
    spaced = (
        f"SELECT n, raw, nfc_normalize(trim(translate(raw, {literal(ODD_SPACES + NO_WIDTH)},"
        f" '{' ' * len(ODD_SPACES)}'))) AS t FROM ({distinct})"
    )
    if kind not in ("text", "code"):
        # The sign that makes Excel take a number for text; some exports write it out.
        spaced = f"SELECT n, raw, regexp_replace(t, '^''(.)', '\\1') AS t FROM ({spaced})"
    read = (
        f"SELECT n, raw, t, lower(t) IN ({words}) AS blank, t LIKE '#%' AND"
        f" (contains({errors}, '|' || upper(t) || '|') OR replace(t, '#', '') = '') AS failed"
        f" FROM ({spaced})"
    )
    if dated:
        value = "NULL AS word, NULL AS number, moment"
        read = _moments(read, date1904)
    elif counted:
        value = f"NULL AS word, {_number('t', whole=kind == 'integer')} AS number, NULL AS moment"
    else:
        value = f"{_word('t', kind)} AS word, NULL AS number, NULL AS moment"
    held = "coalesce(word, CAST(number AS VARCHAR), CAST(moment AS VARCHAR))"
    return (
        "SELECT n, raw, CASE WHEN mark IS NULL THEN word END AS word,"
        " CASE WHEN mark IS NULL THEN number END AS number,"
        " CASE WHEN mark IS NULL THEN moment END AS moment, mark"
        " FROM (SELECT *, CASE WHEN blank THEN 'b' WHEN failed THEN 'e'"
        f" WHEN {held} IS NULL THEN 'p' END AS mark"
        f" FROM (SELECT n, raw, blank, failed, {value} FROM ({read})))"
    )


def _word(text: str, kind: str) -> str:
    """Runs of spaces become one: names must meet across lists."""
    single = f"regexp_replace({text}, ' +', ' ', 'g')"
    if kind != "id":
        return single
    # A number typed as a decimal is the same id as the whole number in another list.
    return (
        rf"CASE WHEN regexp_full_match({text}, '\d+\.0+') THEN split_part({text}, '.', 1)"
        f" ELSE {single} END"
    )


def _number(text: str, *, whole: bool) -> str:
    # The form is checked first: the engine would take 'nan', 'inf' and '1_000' for numbers.
    form = r"[+-]?\d{1,15}(\.0*)?" if whole else r"[+-]?(\d{1,15}\.?\d*|\.\d+)([eE][+-]?\d{1,2})?"
    return f"CASE WHEN regexp_full_match({text}, '{form}') THEN try_cast({text} AS DOUBLE) END"


def _moments(read: str, date1904: bool) -> str:
    start = "1904-01-01" if date1904 else "1899-12-30"
    serial = (
        f"TIMESTAMP '{start} 00:00:00'"
        " + to_seconds(CAST(round(try_cast(t AS DOUBLE) * 86400) AS BIGINT))"
    )
    tidied = f"SELECT *, lower(t) AS p FROM ({read})"
    for pattern, replacement in _TIDYING:
        tidied = (
            f"SELECT * REPLACE (regexp_replace(p, {literal(pattern)}, {literal(replacement)}, 'g')"
            f" AS p) FROM ({tidied})"
        )
    branches = " ".join(
        f"WHEN regexp_full_match(p, {literal(pattern + _TIME)})"
        f" THEN try_strptime(p, [{', '.join(literal(d + c) for d in dates for c in _CLOCKS)}])"
        for pattern, dates in _TEXT_DATES
    )
    moment = (
        rf"CASE WHEN regexp_full_match(t, '\d{{5}}(\.\d*)?') THEN {serial}"
        rf" WHEN regexp_full_match(t, '\d{{8}}') THEN try_strptime(t, '%Y%m%d') {branches} END"
    )
    return (
        f"SELECT * REPLACE ({within('moment')} AS moment) FROM (SELECT *, {moment} AS moment"
        f" FROM (SELECT * REPLACE (trim(p) AS p) FROM ({tidied})))"
    )
