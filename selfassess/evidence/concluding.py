"""The end of reading, wherever the rows lie: states are counted, and all becomes evidence."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from selfassess.errors import EvidenceError, Problem
from selfassess.evidence.as_at import days_of, doubts, infer, mostly_later, reaches
from selfassess.evidence.headers import HEAD_ROWS
from selfassess.evidence.ledger import TEXT_FILES, Ledger
from selfassess.evidence.state import Evidence, Input, RawPublished, TableState
from selfassess.evidence.warehouse import Warehouse, quoted
from selfassess.model.evidence import SheetLedger, TableSpec

__all__ = ["Source", "conclude", "counted", "day_of"]

Source = tuple[Warehouse, TableSpec, str]
"""A list that was supplied: where its rows are, its declaration, and how a query names it."""


def day_of(
    sources: Sequence[Source],
    as_at: dt.date | None,
    published: Iterable[RawPublished],
    ledger: Ledger,
    *,
    any_file: bool,
) -> dt.date:
    """The day to measure at: the one stated, else what the lists or published figures say.

    What speaks against it is told in the ledger. Lists are asked for all their days only where that
    decides anything.

    Args:
        sources: the lists.
        as_at: the day that was stated; None infers it.
        published: figures that came along.
        ledger: takes what is told.
        any_file: whether there was anything to read.

    Raises:
        EvidenceError: there is no day to measure at.
    """
    lists: dict[str, list[dt.date]] = {}
    if as_at is None or not any(reaches(*source, as_at) for source in sources):
        lists = {source[1].id: days_of(*source) for source in sources}
    day = as_at or infer(lists) or _last_published(published)
    if day is None:
        raise _nothing_to_measure(ledger, any_file)
    ledger.problems += doubts(day, lists, inferred=as_at is None)
    return day


def _last_published(published: Iterable[RawPublished]) -> dt.date | None:
    """The last day that a published figure speaks of."""
    return max((day for each in published if (day := each.end or each.start)), default=None)


def counted(
    warehouse: Warehouse,
    state: TableState,
    sheets: Sequence[SheetLedger],
    inputs: Sequence[Input],
) -> TableState:
    """A table's state with its rows in use, their unreadable cells and the extract date.

    Args:
        warehouse: where the table is, later rows taken out.
        state: what is known so far.
        sheets: the ledger's entries of its rows.
        inputs: the sources.
    """
    unknown: Counter[str] = Counter()
    if any(sheet.unknown_cells for sheet in sheets):
        rows = warehouse.query(
            f"SELECT unknown_cells, COUNT(*) FROM {quoted(state.spec.id)} AS t"
            " WHERE unknown_cells IS NOT NULL GROUP BY unknown_cells"
        )
        for words, count in rows:
            unknown.update(dict.fromkeys(words.strip("|").split("|"), count))
    drawn = [i.extract_date for i in inputs if i.name in state.files and i.extract_date]
    return replace(
        state,
        rows=sum(sheet.rows_used for sheet in sheets),
        unknown=dict(sorted(unknown.items())),
        extract_date=min(drawn, default=None),
    )


def conclude(
    warehouse: Warehouse,
    *,
    day: dt.date,
    inferred: bool,
    states: Mapping[str, TableState],
    ledger: Ledger,
    inputs: Sequence[Input],
    published: Sequence[RawPublished],
    other_evidence: bool,
    any_file: bool,
) -> Evidence:
    """End loading: what was read becomes evidence.

    Raises:
        EvidenceError: nothing can be measured.
    """
    _compare_extract_dates(inputs, day, ledger)
    ledger.problems += mostly_later(day, ledger.sheets())
    figures = published or any(state.present for state in states.values())
    if not figures and (ledger.problems or not other_evidence):
        raise _nothing_to_measure(ledger, any_file)
    warehouse.lock(sum(state.rows for state in states.values()))
    return Evidence(
        as_at=day,
        as_at_inferred=inferred,
        warehouse=warehouse,
        tables=states,
        ledger=ledger.sheets(),
        set_aside=ledger.set_aside(),
        kept=ledger.kept(),
        inputs=tuple(inputs),
        published=tuple(published),
        problems=tuple(ledger.problems),
    )


def _nothing_to_measure(ledger: Ledger, any_file: bool) -> EvidenceError:
    """What is said where no list has a row: every fault, and how each sheet was taken."""
    read = any(sheet.table and sheet.rows_used for sheet in ledger.sheets())
    if problems := [*ledger.problems, *(() if read else _of_no_use(ledger))]:
        return EvidenceError(
            "No list could be read.",
            problems=problems,
            hint="Mend the files named above and run again. How each list's headers are written "
            "stands in the workspace's README.md.",
        )
    return EvidenceError(
        "The evidence holds no list with rows and no published figure."
        if any_file
        else "There is no evidence to read.",
        hint="Put the Annex A workbook (or its lists as CSV files) into evidence/. "
        "Where there are figures without a date, state one: --as-at 2026-03-31",
    )


def _of_no_use(ledger: Ledger) -> Iterator[Problem]:
    """Sheets that hold rows and no list, and lists of workbooks that hold no row."""
    told = {problem.where.rpartition(", row ")[0] for problem in ledger.problems}
    for sheet in ledger.sheets():
        where = f"{sheet.path}, {sheet.sheet}"
        if where in told:
            continue
        if sheet.table is None and sheet.rows_read:
            yield Problem(
                where=where,
                message=f"none of its first {HEAD_ROWS} rows holds the headers of a list; "
                f"{sheet.rows_read} {'rows are' if sheet.rows_read > 1 else 'row is'} not used.",
                hint="Put the headers back above the rows, each spelt as in the list's form.",
            )
        elif sheet.table and not sheet.rows_read and not sheet.path.lower().endswith(TEXT_FILES):
            yield Problem(where=where, message="a list's headers, and no row below them.")


def _compare_extract_dates(inputs: Sequence[Input], day: dt.date, ledger: Ledger) -> None:
    for item in inputs:
        if item.extract_date and item.extract_date < day:
            gap = (day - item.extract_date).days
            ledger.problems.append(
                Problem(
                    where=item.name,
                    message=f"drawn on {item.extract_date:%d/%m/%Y}, {gap} "
                    f"{'day' if gap == 1 else 'days'} before the as-at date {day:%d/%m/%Y}: "
                    "what happened in between is not in it.",
                    hint="Draw the list again, or measure as at the earlier day.",
                )
            )
