"""Checks sampling files: tables, measures and parts exist, rows name one source and children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selfassess.errors import Problem, nearest
from selfassess.loading.names import unknown
from selfassess.loading.source import Document, KeyPath
from selfassess.model.evidence import TableSpec, View
from selfassess.model.measure import Measure
from selfassess.model.sampling import SampleRows, Sampling

__all__ = ["check_sampling"]


def check_sampling(
    file: Sampling,
    document: Document,
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
    measures: Mapping[str, Measure],
) -> Iterator[Problem]:
    """Say what is wrong with a file of reasons; its expressions are checked when they are asked."""
    sources = {
        **{name: [column.name for column in table.columns] for name, table in tables.items()},
        **{name: list(view.columns) for name, view in views.items()},
    }
    listed = [
        *(("pathways", i, pathway.rows) for i, pathway in enumerate(file.pathways)),
        *(("reasons", i, reason.rows) for i, reason in enumerate(file.reasons)),
    ]
    for section, index, rows in listed:
        yield from _rows(rows, file, document, (section, index, "rows"), sources, measures)
    if not file.reasons and not file.pathways:
        yield Problem(
            document.place(), "the file holds neither reasons nor pathways.", "Add a reason."
        )


def _rows(
    rows: SampleRows,
    file: Sampling,
    document: Document,
    at: KeyPath,
    sources: Mapping[str, list[str]],
    measures: Mapping[str, Measure],
) -> Iterator[Problem]:
    if (rows.measure is None) == (rows.from_ is None):
        found = "both 'measure' and 'from'" if rows.measure else "neither 'measure' nor 'from'"
        yield Problem(
            document.place(at), f"rows name {found}.", "Write one of the two: where they come from."
        )
        return
    if rows.measure is not None:
        yield from _of_measure(rows, document, at, measures)
        return
    assert rows.from_ is not None  # noqa: S101 - one of the two is there
    if rows.outcome or rows.where:
        key = "outcome" if rows.outcome else "where"
        yield Problem(
            document.place((*at, key)),
            f"'{key}' belongs to a measure; rows of a table have none.",
            "Write a filter, or name a measure.",
        )
    if rows.from_ not in sources:
        yield unknown("table or view", rows.from_, [*sources], document.place((*at, "from")))
    elif file.child not in sources[rows.from_]:
        yield Problem(
            document.place((*at, "from")),
            f"'{rows.from_}' has no column '{file.child}', so its rows name no child.",
            nearest(file.child, sources[rows.from_]) or "Say child: … or take another table.",
        )


def _of_measure(
    rows: SampleRows, document: Document, at: KeyPath, measures: Mapping[str, Measure]
) -> Iterator[Problem]:
    assert rows.measure is not None  # noqa: S101 - the caller looked
    measure = measures.get(rows.measure)
    for key in ("filter", "at", "over", "date", "let"):
        if getattr(rows, key):
            yield Problem(
                document.place((*at, key)),
                f"'{key}' belongs to rows of a table; a measure brings its own.",
                "Leave it out, or write from: in place of measure:.",
            )
    if measure is None:
        yield unknown("measure", rows.measure, [*measures], document.place((*at, "measure")))
        return
    if not rows.outcome:
        yield Problem(
            document.place(at),
            "'outcome' is missing: it says which of the measure's rows are meant.",
            "Write outcome: [counted] for its numerator, or [failed] for the rest.",
        )
    known = {name for item in measure.by for name in ((item,) if isinstance(item, str) else item)}
    for name in rows.where:
        if name not in known:
            place = document.place((*at, "where", name))
            yield unknown(f"breakdown of '{measure.id}'", name, [*known], place)
