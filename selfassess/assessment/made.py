"""Lists that no file held, as ``assessment.json`` names them: what they were made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from selfassess.model.evidence import TableSpec

if TYPE_CHECKING:
    from selfassess.evidence import Evidence

__all__ = ["made_lists"]


def made_lists(evidence: Evidence, tables: Mapping[str, TableSpec]) -> dict[str, Any]:
    """The key ``made``: each list with its rows and the tables that they come from; or no key."""
    made = [
        {
            "table": name,
            "title": state.spec.title,
            "rows": state.rows,
            "of": [{"table": each, "title": tables[each].title} for each in state.made_of],
        }
        for name, state in evidence.tables.items()
        if state.made_of
    ]
    return {"made": made} if made else {}
