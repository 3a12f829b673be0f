"""A measure's SQL for other engines: the portable shape, written in their dialect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from selfassess.errors import MeasureError
from selfassess.evidence.dialect import in_dialect
from selfassess.measuring.at_hand import Cut
from selfassess.measuring.check import ANY_DAY, compiled_of
from selfassess.measuring.computing import is_computed, part, ways
from selfassess.measuring.reckoned import labels
from selfassess.measuring.relations import Relation, Relations
from selfassess.measuring.session import relations_of, shared_for
from selfassess.measuring.supplying import supply_sql
from selfassess.measuring.view_sql import view_query
from selfassess.model.evidence import TableSpec, View
from selfassess.model.measure import Measure, Setting

__all__ = ["ALLOWED", "DIALECTS", "compiled_sql", "view_sql"]

DIALECTS = ("duckdb", "postgres", "spark", "tsql", "snowflake", "databricks")

ALLOWED = frozenset(
    [
        "Add",
        "Alias",
        "And",
        "Cast",
        "Case",
        "Coalesce",
        "Column",
        "Concat",
        "Count",
        "CTE",
        "DataType",
        "Distinct",
        "Div",
        "EQ",
        "Escape",
        "Extract",
        "From",
        "GT",
        "GTE",
        "Group",
        "GroupingSets",
        "Identifier",
        "If",
        "In",
        "Is",
        "Join",
        "LT",
        "LTE",
        "Lag",
        "Lead",
        "Like",
        "Literal",
        "Lower",
        "Max",
        "Min",
        "Mul",
        "NEQ",
        "Not",
        "Null",
        "Or",
        "Order",
        "Ordered",
        "Paren",
        "RowNumber",
        "Select",
        "Star",
        "Sub",
        "Subquery",
        "Sum",
        "Table",
        "TableAlias",
        "Trim",
        "Tuple",
        "Union",
        "Var",
        "Where",
        "Window",
        "With",
    ]
)
"""The sqlglot nodes that compiled measures and views may hold; a test keeps them to it.

sqlglot passes over what it cannot translate without a word, so anything outside this list may come
out wrong on another engine. Each of these was seen to come out right on all of `DIALECTS`.
"""


def compiled_sql(
    measure: Measure,
    dialect: str,
    *,
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
    settings: Mapping[str, Setting],
    as_at: dt.date = ANY_DAY,
) -> str:
    """The SQL of each way (and side of a ratio) of a measure, ways named in comments.

    Raises:
        MeasureError: published figures alone answer the measure, or the dialect is unknown.
    """
    if not is_computed(measure):
        raise MeasureError(f"{measure.id} takes published figures only: it has no SQL.")
    relations, problems = relations_of(tables, views, settings)
    if problems:
        raise MeasureError(problems=problems)
    sets = labels(measure)
    names = dict.fromkeys(name for each in sets for name in each)
    written = []
    for way in ways(measure):
        sides = (
            [("", way)]
            if way.ratio is None
            else [("of", part(way, way.ratio.of)), ("to", part(way, way.ratio.to))]
        )
        for side, computation in sides:
            compiled = compiled_of(computation, names, relations, settings, as_at)
            usable = [each for each in sets if set(each) <= set(compiled.dimensions)]
            head = " ".join(part_ for part_ in ("way", way.name, side) if part_)
            text = in_dialect(compiled.tally_sql(usable), dialect)
            written.append(f"-- {head}\n{text}" if head != "way" else text)
    return ";\n".join(written)


def view_sql(
    view: View,
    relations: Relations,
    settings: Mapping[str, Setting],
    as_at: dt.date = ANY_DAY,
    supplies: TableSpec | None = None,
) -> str:
    """The SQL that makes a view, with every source supplied and every cell open to doubt.

    Args:
        view: the view.
        relations: tables and views.
        settings: local standards.
        as_at: the day that is written into the SQL.
        supplies: the table that the view supplies; given, that table is made, not the view.
    """

    def doubts(relation: Relation, column: str) -> bool:
        return column not in relation.key

    def present(_table: str) -> bool:
        return True

    def lacks(_relation: Relation, _column: str) -> bool:
        return False

    shared = shared_for(relations, settings, as_at, doubts)
    if supplies is None:
        return view_query(view, relations[view.id], shared, present, lacks).sql
    whole = Cut(view=view, unsaid=frozenset(), lost={}, rows_lost=frozenset())
    return supply_sql(whole, shared, present, lacks, supplies)
