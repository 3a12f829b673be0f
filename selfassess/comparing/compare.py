"""What each reading is shown beside: England, region, neighbours, own trend, good or better."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from selfassess.comparing.attach import indicator_of
from selfassess.comparing.benchmarks import Benchmarks, Council, Figure, Imported, Indicator
from selfassess.comparing.separation import good_or_better
from selfassess.comparing.words import gap_note, missing_words
from selfassess.model.comparing import Comparator, ComparatorPoint
from selfassess.model.measure import Measure, Reading

__all__ = ["Comparison", "Twin", "comparators_of", "compare"]

JOINT = "joint-return"
NO_CODE = (
    "The workspace gives no council code, so nothing is compared with published figures. Add code: "
    "under council: in selfassess.yaml (nine characters, E and eight digits); or, to set readings "
    "beside England's figures alone, comparators: england."
)
NATIONAL_ALONE = (
    "The workspace asks for England's figures alone: no region, no statistical neighbours and no "
    "published figures of its own stand beside its readings."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A reading counted as publishers count it, completed work only, with what it is set beside."""

    reading: Reading
    comparators: tuple[Comparator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The comparators of every reading that takes any.

    Attributes:
        council: whose figures the own trend is; None where it is not known.
        note: what to say of the whole: why there are none, or what cannot be compared.
        by_reading: by the reading's id.
        imported: newer releases that the council loaded.
        twins: by the id of the reading that counts what was due, and so takes no comparator.
    """

    council: Council | None = None
    note: str = ""
    by_reading: Mapping[str, tuple[Comparator, ...]] = field(default_factory=dict)
    twins: Mapping[str, Twin] = field(default_factory=dict)
    imported: tuple[Imported, ...] = ()


def compare(
    readings: Iterable[Reading],
    measures: Mapping[str, Measure],
    benchmarks: Benchmarks,
    code: str | None,
    as_at: dt.date,
    twins: Mapping[str, Reading] | None = None,
    *,
    national: bool = False,
) -> Comparison:
    """Find the comparators of readings.

    Args:
        readings: of one assessment.
        measures: by id.
        benchmarks: what is published.
        code: the council's official or three-digit code.
        as_at: figures of later periods are not used, unless there are no others.
        twins: by reading id, the same work counted over completed work only.
        national: set readings beside the nation's figures alone, whatever the code.
    """
    if not national and not (code or "").strip():
        return Comparison(note=NO_CODE)
    if not benchmarks.indicators:
        return Comparison(note="No published figures are installed, so nothing is compared.")
    council = None if national else benchmarks.council(code)
    if council is None and not national:
        note = f"'{code}' is no council's code, so nothing is compared with published figures."
        return Comparison(note=note)
    found: dict[str, tuple[Comparator, ...]] = {}
    unknown: set[str] = set()
    for reading in readings:
        measure = measures.get(reading.measure)
        name = indicator_of(reading, measure) if measure else None
        if name is None:
            continue
        if name not in benchmarks.indicators:
            unknown.add(name)
            continue
        found[reading.id] = comparators_of(name, reading.value, benchmarks, council, as_at)
    counted: dict[str, Twin] = {}
    for identifier, twin in (twins or {}).items():
        published = measures[twin.measure].completed_as
        if published is None:
            continue
        if published not in benchmarks.indicators:
            unknown.add(published)
            continue
        beside = comparators_of(published, twin.value, benchmarks, council, as_at)
        counted[identifier] = Twin(reading=twin, comparators=beside)
    note = f"Not held, so not compared: {', '.join(sorted(unknown))}." if unknown else ""
    if council is None:
        note = f"{NATIONAL_ALONE} {note}".strip()
    elif council.abolished and council.abolished < as_at:
        gone = f"{council.name} was abolished on {council.abolished.isoformat()}."
        note = f"{gone} {note}".strip()
    return Comparison(
        council=council,
        note=note,
        by_reading=found,
        twins=counted,
        imported=tuple(benchmarks.imported),
    )


def comparators_of(
    name: str,
    value: float | None,
    benchmarks: Benchmarks,
    council: Council | None,
    as_at: dt.date | None,
) -> tuple[Comparator, ...]:
    """The five comparators of one indicator; one without a figure says why.

    Args:
        name: a held indicator.
        value: the reading's, for the line of good-or-better councils; None for no reading.
        benchmarks: what is published.
        council: whose region, neighbours and own trend are shown; None for none of these.
        as_at: as for `compare`; None for the latest of everything.
    """
    indicator = benchmarks.indicators[name]
    england = benchmarks.of(name, Benchmarks.ENGLAND)
    year = _latest(indicator, england, as_at)
    if year is None:
        return ()
    gap = gap_note(indicator.ends(year), as_at)
    asked = _Asked(indicator, year, gap, benchmarks, as_at)
    found = [asked.single("england", "England", england.get(year))]
    if council is not None:
        found += [
            asked.single("region", council.region, benchmarks.of(name, council.region).get(year)),
            asked.neighbours(council),
            asked.own(council),
        ]
    area = benchmarks.headlines.get(name, "")
    separation = benchmarks.separation.get((name, area))
    if separation is not None:
        elsewhere = [
            other.area
            for (each, _), other in sorted(benchmarks.separation.items())
            if each == name and other.area != area and other.verdict == "signal"
        ]
        found.append(good_or_better(indicator, separation, value, as_at, elsewhere))
    return tuple(found)


def _latest(
    indicator: Indicator, england: Mapping[int, Figure], as_at: dt.date | None
) -> int | None:
    """The latest year that ended by then and has a figure for England, else the nearest one."""
    years = sorted(year for year, figure in england.items() if figure.usable is not None)
    past = [year for year in years if as_at is None or indicator.ends(year) <= as_at]
    if past:
        return past[-1]
    return years[0] if years else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """One indicator in one year, and what every comparator of it repeats."""

    indicator: Indicator
    year: int
    gap: str
    benchmarks: Benchmarks
    as_at: dt.date | None

    @property
    def period(self) -> str:
        return self.indicator.period_words(self.year)

    def source(self, figures: Iterable[Figure | None]) -> str:
        """Where figures come from; each source once."""
        names = dict.fromkeys(each.source for each in figures if each is not None)
        return "; ".join(self.benchmarks.sources.get(name, name) for name in names)

    def single(self, kind: str, label: str, figure: Figure | None) -> Comparator:
        """England's or a region's figure."""
        value = figure.usable if figure else None
        return Comparator(
            kind="england" if kind == "england" else "region",
            label=label,
            value=value,
            n=int(value is not None),
            withheld=int(value is None),
            period=self.period,
            source=self.source([figure]),
            note=_joined("" if value is not None else missing_words([figure]), self.gap),
        )

    def neighbours(self, council: Council) -> Comparator:
        """The middle one of the statistical neighbours, and their range."""
        date, ids = self.benchmarks.neighbour_list(council, self.as_at)
        if not ids:
            note = f"No list of statistical neighbours holds {council.name}."
            return Comparator(kind="neighbours", label="Statistical neighbours", note=note)
        figures = [self.benchmarks.of(self.indicator.id, each).get(self.year) for each in ids]
        own = self.benchmarks.of(self.indicator.id, council.id).get(self.year)
        counted, shared = _joint_once(figures, own)
        values = [each.usable for each in counted if each.usable is not None]
        missing = [each for each in figures if each is None or each.usable is None]
        far = self.benchmarks.not_close.get((date, council.id), 0)
        notes = (
            missing_words(missing),
            "The middle one of the rest may mislead."
            if values and len(missing) * 3 > len(ids)
            else "",
            "A workforce return that two councils share is counted once." if shared else "",
            f"{far} of the {len(ids)} are not close." if far else "",
            f"List of {date}.",
            self.gap,
        )
        return Comparator(
            kind="neighbours",
            label=f"{len(ids)} statistical neighbours",
            value=median(values) if values else None,
            low=min(values, default=None),
            high=max(values, default=None),
            n=len(values),
            withheld=len(missing),
            period=self.period,
            source=self.source(counted),
            note=_joined(*notes),
        )

    def own(self, council: Council) -> Comparator:
        """The council's own published figures up to the year."""
        figures = self.benchmarks.of(self.indicator.id, council.id)
        upto = [figures[year] for year in sorted(figures) if year <= self.year]
        last = figures.get(self.year)
        values = [each.usable for each in upto if each.usable is not None]
        notes = (
            "" if last is not None and last.usable is not None else missing_words([last]),
            "One workforce return covers this council and another."
            if any(each.flag == JOINT for each in upto)
            else "",
            self.gap,
        )
        return Comparator(
            kind="own-trend",
            label=council.name,
            value=last.usable if last else None,
            low=min(values, default=None),
            high=max(values, default=None),
            n=len(values),
            withheld=len(upto) - len(values),
            period=self.period,
            source=self._own_source(upto),
            note=_joined(*notes),
            points=tuple(self._points(upto)),
        )

    def _own_source(self, figures: Sequence[Figure]) -> str:
        latest = self.source(figures[-1:])
        older = any(each.source != figures[-1].source for each in figures)
        return f"{latest}; earlier years from earlier editions" if older else latest

    def _points(self, figures: Sequence[Figure]) -> Iterator[ComparatorPoint]:
        for each in figures:
            yield ComparatorPoint(
                period=self.indicator.period_words(each.year),
                value=each.usable,
                status=each.flag if each.flag == "implausible-zero" else each.status,
            )


def _joint_once(figures: Sequence[Figure | None], own: Figure | None) -> tuple[list[Figure], bool]:
    """The figures that there are, a shared return only once, and not at all if it is one's own."""
    kept: list[Figure] = []
    shared = False
    for each in figures:
        if each is None:
            continue
        if each.flag == JOINT and (each in kept or each == own):
            shared = True
            continue
        kept.append(each)
    return kept, shared


def _joined(*notes: str) -> str:
    return " ".join(note for note in notes if note)
