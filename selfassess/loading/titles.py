"""Words for the values of dimensions: a dimension's own, else those of coded columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from selfassess.model.evidence import TableSpec
from selfassess.model.measure import Computation, Dimension, Measure

__all__ = ["titled"]


def titled(
    dimensions: Mapping[str, Dimension],
    tables: Mapping[str, TableSpec],
    measures: Iterable[Measure] = (),
) -> dict[str, Dimension]:
    """Give every dimension words for its values, as far as anybody wrote them.

    A dimension's values come from the columns of its name, and from those that a measure calls by
    its name in ``let``.
    """
    columns = {name: {name} for name in dimensions}
    for measure in measures:
        computations: tuple[Computation, ...] = (measure, *measure.ways)
        for computation in computations:
            for name, expression in computation.let.items():
                if name in columns and expression.isidentifier():
                    columns[name].add(expression)
    codes = {name: _codes(known, tables) for name, known in columns.items()}
    return {
        name: replace(dimension, titles={**codes[name], **dimension.titles})
        for name, dimension in dimensions.items()
    }


def _codes(columns: set[str], tables: Mapping[str, TableSpec]) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in tables.values():
        for column in table.columns:
            if column.name in columns:
                for code in column.codes:
                    found.setdefault(code.id, code.title)
    return found
