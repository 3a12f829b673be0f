"""Looks through what people wrote for what could tell who somebody is. By rule, and explainable.

It cannot know every name. It finds what it can, says what each hit looks like, and a person
decides: nothing is taken out silently, and nothing leaves before the hits were listed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selfassess.disclosure.given_names import CAPITALS, GIVEN_NAMES

__all__ = ["Hit", "Known", "check_texts", "written_texts"]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>(?:19|20)?\d\d)(?!\d)"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m3>{_MONTH}),?\s+(?P<y3>\d{{4}})"
    rf"|\b(?P<m4>{_MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:born|birth|birthday|d\.?o\.?b)\b[^.;\n]{0,24}$", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_NUMBERS = re.compile(r"(?<![\w,.])(?:[A-Za-z]{1,4}[-/]?)?\d{5,}[A-Za-z]?(?![\w,]*\d)")
_LETTERED = re.compile(r"(?<!\w)[A-Za-z]{1,4}[-/]?\d{4,}[A-Za-z]?(?!\w)")
_INSURANCE = re.compile(r"(?<!\w)[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}")
_PHONE = re.compile(r"(?<!\d)(?:\+44 ?|0)\d{2,4}[ -]?\d{3}[ -]?\d{3,4}(?!\d)")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lady|Lord|Cllr|Councillor|Judge|HHJ)\.?"
    r"\s+[A-Z][\w'’-]{1,40}(?:\s+[A-Z][\w'’-]{1,40})?"
)
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.[ ]?){1,2}[A-Z]\.?(?![\w])")
_PERSON_LETTERS = re.compile(
    r"\b(?:child|children|boy|girl|baby|infant|sibling|brother|sister|mother|father|mum|dad|parent|"
    r"person|pupil|family|worker|carer|son|daughter|teenager)\s+(?P<l>[A-Z]{1,3}\d?)(?!\w)"
)
_TWO_CAPITALS = re.compile(r"(?<![\w/&.-])[A-Z]{2}(?![\w/&-])")
_WORD = re.compile(r"[^\W\d_][\w'’-]{0,60}")
_TOKEN = re.compile(r"[\w/-]{3,40}")


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Something in a text that a person has to look at.

    Attributes:
        place: where it stands, without anything of the text.
        kind: what it looks like.
        text: the words themselves; for a person's eyes at the terminal, never for a log.
    """

    place: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the evidence itself says of who is who.

    Attributes:
        names: names of workers and of others, as the lists spell them.
        numbers: ids of children and cases.
        born: dates of birth.
    """

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    born: frozenset[dt.date] = frozenset()


def check_texts(disclosed: Mapping[str, Any], known: Known | None = None) -> tuple[Hit, ...]:
    """Every hit in what people wrote, in order of place.

    Args:
        disclosed: the assessment that is to leave.
        known: names and numbers of the evidence, where it is at hand.
    """
    look = _Look(disclosed, known or Known())
    return tuple(
        sorted({hit for place, text in written_texts(disclosed) for hit in look.at(place, text)})
    )


def written_texts(disclosed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of an assessment that people of the council wrote, with its place."""
    for entry in disclosed["register"]:
        place = f"register.yaml, entry {_place(disclosed['register'], entry)}"
        for key in ("id", "text", "source"):
            yield f"{place}, {key}", str(entry.get(key) or "")
        for key, value in entry["where"].items():
            yield f"{place}, where {key}", str(value)
    for judgement in disclosed["judgements"]:
        yield f"title of {judgement['id']}", str(judgement["title"])
        yield from _claim(judgement)
        for criterion in judgement["criteria"]:
            yield f"title of {criterion['id']}", str(criterion["title"])
            yield from _claim(criterion)
    for action in disclosed["plan"]:
        place = f"plan, action {_place(disclosed['plan'], action)}"
        for key in ("id", "title", "outcome", "owner", "status"):
            yield f"{place}, {key}", str(action.get(key) or "")
    scopes = set()
    for reading in disclosed["readings"]:
        scopes |= set(reading["where"].items())
        if reading["published"]:
            yield f"source of {reading['measure']}", reading["source"]
            yield f"published for {reading['measure']}", reading["cited"]
    for number, (key, value) in enumerate(sorted(scopes), start=1):
        yield f"breakdown by {key}, part {number}", value
    for method in disclosed["method"]:
        for band in method["bands"]:
            if band.get("basis") == "local":
                yield f"band of {method['measure']}", str(band.get("source") or "")


def _place(items: Iterable[Any], item: Any) -> int:
    """The place in the list: an id could be the name that is looked for."""
    return next(number for number, each in enumerate(items, start=1) if each is item)


def _claim(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    claim = node.get("claim_detail")
    if not claim:
        return
    place = f"self-evaluation.yaml, {node['id']}"
    for question, text in claim["answers"].items():
        yield f"{place}, answer {question}", str(text)
    for key in ("strengths", "weaknesses"):
        for number, text in enumerate(claim[key], start=1):
            yield f"{place}, {key} {number}", str(text)
    for key in ("so_what", "author"):
        yield f"{place}, {key}", str(claim[key])


class _Look:
    """Looks at one text after another."""

    def __init__(self, disclosed: Mapping[str, Any], known: Known) -> None:
        self.as_at = dt.date.fromisoformat(str(disclosed["as_at"]))
        self.numbers = {each.casefold() for each in known.numbers if _telling(each)}
        self.born = known.born
        words = [tuple(_words(name)) for name in known.names]
        self.names = {each for each in words if len(each) > 1}
        self.names |= {tuple(reversed(each)) for each in self.names}
        self.longest = max((len(each) for each in self.names), default=0)
        scopes = " ".join(v for r in disclosed["readings"] for v in r["where"].values())
        plain = set(_words(f"{scopes} {disclosed['council'].get('name') or ''}"))
        self.surnames = {each[-1] for each in words if len(each) > 1 and len(each[-1]) > 3} - plain

    def at(self, place: str, text: str) -> Iterator[Hit]:
        """The hits of one text."""
        for kind, found in (*self._people(text), *self._dates(text), *self._codes(text)):
            yield Hit(place, kind, found.strip())

    def _people(self, text: str) -> Iterator[tuple[str, str]]:
        for match in _TITLED.finditer(text):
            yield "name", match[0]
        words = list(_WORD.finditer(text))
        low = [word[0].casefold() for word in words]
        for index, word in enumerate(words):
            capital = word[0][0].isupper()
            for length in range(2, self.longest + 1):
                if tuple(low[index : index + length]) in self.names:
                    yield (
                        "name in the evidence",
                        text[word.start() : words[index + length - 1].end()],
                    )
            if capital and _bare(low[index]) in self.surnames:
                yield "surname in the evidence", word[0]
            if capital and _bare(low[index]) in GIVEN_NAMES:
                yield "name", word[0]
        for match in _DOTTED.finditer(text):
            if match[0].replace(".", "").replace(" ", "") not in CAPITALS:
                yield "initials", match[0]
        for match in _PERSON_LETTERS.finditer(text):
            if match["l"] not in CAPITALS and match["l"] not in ("I", "CIN", "LAC", "CLA"):
                yield "initials", match[0]
        for match in _TWO_CAPITALS.finditer(text):
            if match[0] not in CAPITALS:
                yield "initials", match[0]

    def _dates(self, text: str) -> Iterator[tuple[str, str]]:
        for match in _DATES.finditer(text):
            day = _day(match, self.as_at.year)
            if day is None:
                continue
            old = 365 < (self.as_at - day).days < 27 * 366
            if day in self.born or _BORN.search(text[max(0, match.start() - 40) : match.start()]):
                yield "date of birth", match[0]
            elif old:
                yield "date that could be one of birth", match[0]

    def _codes(self, text: str) -> Iterator[tuple[str, str]]:
        for match in _TEN_DIGITS.finditer(text):
            if _is_nhs(re.sub(r"\D", "", match[0])):
                yield "NHS number", match[0]
        for kind, pattern in (
            ("case number", _NUMBERS),
            ("case number", _LETTERED),
            ("National Insurance number", _INSURANCE),
            ("postcode", _POSTCODE),
            ("e-mail address", _MAIL),
            ("telephone number", _PHONE),
        ):
            for match in pattern.finditer(text):
                yield kind, match[0]
        for match in _TOKEN.finditer(text):
            if match[0].casefold() in self.numbers:
                yield "number in the evidence", match[0]


def _telling(number: str) -> bool:
    """Whether a number can be told from a count or a year when it stands in a text."""
    has_digit = any(each.isdigit() for each in number)
    return has_digit and (len(number) > 4 or (len(number) > 2 and not number.isdigit()))


def _words(text: str) -> list[str]:
    return [word[0].casefold() for word in _WORD.finditer(text)]


def _bare(word: str) -> str:
    """A name without the genitive: ``emma's``."""
    return re.sub(r"['’]s?$", "", word)


def _day(match: re.Match[str], year_now: int) -> dt.date | None:
    for suffix in ("", "2", "3", "4"):
        if (year := match.group(f"y{suffix}")) is None:
            continue
        month = match.group(f"m{suffix}")
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
        full = int(year)
        if full < 100:
            full += 2000 if full <= year_now % 100 else 1900
        try:
            return dt.date(full, number, int(match.group(f"d{suffix}")))
        except ValueError:
            return None
    return None


def _is_nhs(digits: str) -> bool:
    """Whether the tenth digit is the check digit of the nine before it (modulo 11)."""
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == int(digits[9]) and check != 10
