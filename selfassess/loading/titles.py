"""Words for the values of dimensions: a dimension's own, else those of coded columns of its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from selfassess.model.evidence import TableSpec
from selfassess.model.measure import Dimension

__all__ = ["titled"]


def titled(
    dimensions: Mapping[str, Dimension], tables: Mapping[str, TableSpec]
) -> dict[str, Dimension]:
    """Give every dimension words for its values, as far as anybody wrote them."""
    codes: dict[str, dict[str, str]] = {}
    for table in tables.values():
        for column in table.columns:
            if column.name in dimensions:
                known = codes.setdefault(column.name, {})
                for code in column.codes:
                    known.setdefault(code.id, code.title)
    return {
        name: replace(dimension, titles={**codes.get(name, {}), **dimension.titles})
        for name, dimension in dimensions.items()
    }
