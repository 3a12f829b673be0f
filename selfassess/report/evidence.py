"""The evidence of an assessment, by id, as rows and references that a page can print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from selfassess.report.groups import grouped
from selfassess.report.notes import notes_of, source_words
from selfassess.report.origins import origins_of
from selfassess.report.parts import Phrase, Reference
from selfassess.report.parts_figures import ReadingGroup, ReadingRow
from selfassess.report.parts_sources import Entry
from selfassess.report.scopes import Scopes
from selfassess.report.text import brief
from selfassess.report.words import (
    SIGNAL,
    basis_words,
    count_of,
    date_words,
    number,
    period_words,
    phrase,
    value_words,
    voice_words,
)

__all__ = ["Evidence"]

_DIRECTIONS = {
    "strength": ("●", "good"),
    "weakness": ("▼", "poor"),
    "fact": ("○", "none"),
    "plan": ("○", "none"),
}


class Evidence:
    """Readings and register entries of one assessment, numbered in the order they stand in.

    Args:
        assessment: the assessment, its texts already printable.
    """

    def __init__(self, assessment: Mapping[str, Any]) -> None:
        self.readings: dict[str, Mapping[str, Any]] = {
            str(reading["id"]): reading for reading in assessment.get("readings") or ()
        }
        self.entries: dict[str, Mapping[str, Any]] = {
            str(entry["id"]): entry for entry in assessment.get("register") or ()
        }
        self.topics: dict[str, str] = {
            str(topic["id"]): str(topic.get("title") or topic["id"])
            for topic in assessment.get("topics") or ()
        }
        self.scopes = Scopes(assessment.get("dimensions") or ())
        self._origins = origins_of(assessment)
        self._methods = {
            str(method["measure"]): f"method-{index}"
            for index, method in enumerate(assessment.get("method") or (), start=1)
        }
        self._numbers = {key: index for index, key in enumerate(self.readings, start=1)}
        self._entry_numbers = {key: index for index, key in enumerate(self.entries, start=1)}
        self._of_measure: dict[str, list[str]] = {}
        for key, reading in self.readings.items():
            self._of_measure.setdefault(str(reading.get("measure") or key), []).append(key)
        self.referred: set[str] = set()
        self.cited: set[str] = set()

    def order(self, reading_id: str) -> int:
        """The place of a reading among all."""
        return self._numbers.get(reading_id, 0)

    def anchor(self, key: str) -> str:
        """The id of the element that a reading or entry stands in."""
        if key in self.readings:
            return f"evidence-{self._numbers[key]}"
        return f"entry-{self._entry_numbers[key]}"

    def label(self, key: str) -> str:
        """The short name of a reading or entry."""
        return f"E{self._numbers[key]}" if key in self.readings else brief(key, 24)

    def key_of(self, measure: str, where: Mapping[str, Any]) -> str:
        """The id of the reading of a measure and scope; nothing where there is none."""
        parts = {str(key): str(value) for key, value in where.items()}
        for key in self._of_measure.get(measure, ()):
            if (self.readings[key].get("where") or {}) == parts:
                return key
        return ""

    def leading(self, ids: Iterable[str]) -> list[str]:
        """The same ids, of each measure its widest figure first, then all the others."""
        wide = sorted(ids, key=lambda key: len((self.readings.get(key) or {}).get("where") or {}))
        first: dict[str, str] = {}
        for key in wide:
            first.setdefault(str((self.readings.get(key) or {}).get("measure") or key), key)
        return [*first.values(), *(key for key in wide if key not in first.values())]

    def references(
        self, ids: Iterable[str], limit: int = 6, beside: str = "", *, sourced: bool = False
    ) -> tuple[Reference, ...]:
        """References for reading ids and entry ids; ids of neither are left out.

        Args:
            ids: of readings and entries.
            limit: how many at most.
            beside: what this text says already, a title or an entry's words, is not said again.
            sourced: whether to add of when each is and where it comes from; once for neighbours.
        """
        found: list[Reference] = []
        origins: list[str] = []
        measure = None
        for key in ids:
            if len(found) == limit:
                break
            if key in self.readings:
                reading = self.readings[key]
                told = bool(beside) and str(reading.get("title")) in beside
                again = measure is not None and reading.get("measure") == measure
                one = self.reading_reference(key, named=not again, told=told)
                origins.append(f"{self.when(reading)}, {brief(source_words(reading), 80)}")
                found.append(one)
                measure = reading.get("measure")
            elif key in self.entries:
                entry = self.entries[key]
                words = str(entry.get("text") or "").rstrip(". ")
                told = bool(beside) and words in beside
                one = self.entry_reference(key, told=told)
                origins.append(f"{brief(source_words(entry), 80)}, {self._day(entry)}")
                found.append(one)
        return _dated(found, origins) if sourced else tuple(found)

    def more(self, ids: Iterable[str], limit: int) -> str:
        """How many references a limit leaves out, in words."""
        rest = sum(key in self.readings or key in self.entries for key in ids) - limit
        return f"and {rest} more" if rest > 0 else ""

    def reading_reference(self, key: str, *, named: bool = True, told: bool = False) -> Reference:
        """A reading's short name and what it says in one line.

        Args:
            key: the reading's id.
            named: whether to print the measure before its scope.
            told: whether the text nearby says measure and value: the signal is left.
        """
        reading = self.readings[key]
        self.referred.add(key)
        scope = self.scopes.words(reading.get("where") or {}, 80)
        title = brief(str(reading.get("title") or reading.get("measure") or key), 110)
        signal = self.signal(reading).word
        whose = f"{title} ({scope})" if scope else title
        whose = scope if scope and not named else whose
        says = f"{whose}: {self.value(reading)}, {signal}"
        return Reference(
            label=f"E{self._numbers[key]}",
            anchor=self.anchor(key),
            text=f"{scope}, {signal}".removeprefix(", ") if told else says,
        )

    def entry_reference(self, key: str, *, told: bool = False) -> Reference:
        """A register entry's short name and what it says in one line, unless it is told nearby."""
        entry = self.entries[key]
        self.cited.add(key)
        voice = voice_words(str(entry.get("voice") or ""))
        return Reference(
            label=brief(key, 24),
            anchor=self.anchor(key),
            text=""
            if told
            else f"{voice}: {brief(str(entry.get('text') or ''), 220)}".rstrip(". "),
        )

    def signal(self, reading: Mapping[str, Any]) -> Phrase:
        """The signal, or the status where there is no figure to judge."""
        status = reading.get("status") or "ok"
        key = reading.get("signal")
        return phrase(SIGNAL, str(key) if key else (None if status == "ok" else str(status)))

    def value(self, reading: Mapping[str, Any]) -> str:
        """The value with its unit, or why there is none."""
        value, unit = reading.get("value"), str(reading.get("unit") or "")
        if value is None:
            return "no figure"
        low, high = reading.get("low"), reading.get("high")
        if low is not None and high is not None and low != high:
            return f"{number(low)} to {value_words(high, unit)}"
        return value_words(value, unit)

    @staticmethod
    def _day(entry: Mapping[str, Any]) -> str:
        return date_words(entry.get("date"), short=True) or "not dated"

    def when(self, reading: Mapping[str, Any]) -> str:
        """The as-at date or the period."""
        if reading.get("from"):
            return period_words(reading["from"], reading.get("to") or reading.get("at"))
        return date_words(reading.get("at") or reading.get("to"), short=True) or "not dated"

    def row(self, key: str, whole: str | None = None) -> ReadingRow:
        """A reading as a row; under the row of the `whole` an equal band is not repeated."""
        reading = self.readings[key]
        band = reading.get("band") or {}
        unit, value = str(reading.get("unit") or ""), reading.get("value")
        same = whole is not None and band == (self.readings[whole].get("band") or {}) and band
        definition = str(reading.get("definition") or "")
        return ReadingRow(
            reference=self.reading_reference(key),
            title=brief(str(reading.get("title") or reading.get("measure") or key), 200),
            scope=self.scopes.words(reading.get("where") or {}),
            value=self.value(reading),
            count=count_of(
                reading.get("numerator"),
                reading.get("denominator"),
                unit if unit == "percent" or value != reading.get("numerator") else "count",
            ),
            notes=tuple(notes_of(reading, under=whole is not None)),
            under=whole is not None,
            signal=self.signal(reading),
            band="as for the whole"
            if same
            else brief(str(band.get("text") or ""), 240) or "no band",
            basis="" if same else basis_words(band),
            when=self.when(reading),
            source=brief(source_words(reading), 160),
            way=brief(str(reading.get("way") or ""), 80),
            definition=definition.removeprefix("sha256:")[:12],
            origins=self._origins.of(reading),
            method=self._methods.get(str(reading.get("measure")), ""),
        )

    def rows_referred(self) -> tuple[ReadingRow, ...]:
        """Every reading that a reference was made to, as a row."""
        return tuple(self.row(key) for key in self._referred_in_order())

    def _referred_in_order(self) -> list[str]:
        return sorted(self.referred, key=self.order)

    @cached_property
    def saying(self) -> frozenset[str]:
        """Ids of evidence that says something: readings with a figure, and register entries."""
        figures = (key for key, each in self.readings.items() if each.get("value") is not None)
        return frozenset((*figures, *self.entries))

    def groups_referred(self) -> tuple[ReadingGroup, ...]:
        """The same rows by measure, where files and way are the same; those without figure last."""
        rows = [(self.readings[key], self.row(key)) for key in self._referred_in_order()]
        return grouped(
            [row for reading, row in rows if reading.get("value") is not None],
            tuple(row for reading, row in rows if reading.get("value") is None),
        )

    def entries_referred(self) -> tuple[Entry, ...]:
        """Every register entry that a reference was made to."""
        return tuple(self.entry(key) for key in self.entries if key in self.cited)

    def entry(self, key: str) -> Entry:
        """A register entry as a row."""
        entry = self.entries[key]
        direction = str(entry.get("direction") or "fact")
        shape, tone = _DIRECTIONS.get(direction, ("○", "none"))
        severity = str(entry.get("severity") or "")
        word = f"{severity} {direction}" if direction == "weakness" and severity else direction
        sample = entry.get("sample")
        source = brief(str(entry.get("source") or "no source given"), 200)
        topic = str(entry.get("topic") or "")
        return Entry(
            reference=self.entry_reference(key),
            text=brief(str(entry.get("text") or ""), 1_500),
            direction=Phrase(word=word, shape=shape, tone=tone),
            voice=voice_words(str(entry.get("voice") or "")),
            topic=self.topics.get(topic, topic.replace("-", " ")),
            when=self._day(entry),
            source=f"{source}; sample of {number(sample)}" if sample else source,
            scope=self.scopes.words(entry.get("where") or {}),
        )


def _dated(found: Sequence[Reference], origins: Sequence[str]) -> tuple[Reference, ...]:
    """References with where they come from, once for neighbours that share it."""
    return tuple(
        one
        if following == origin
        else replace(one, text=f"{one.text} ({origin})" if one.text else f"({origin})")
        for one, origin, following in zip(found, origins, (*origins[1:], ""), strict=False)
    )
