"""SQL of texts by which a row speaks of the list itself: a total, a header that stands again."""

from __future__ import annotations

from selfassess.evidence.cells import literal
from selfassess.evidence.headers import normalise
from selfassess.model.evidence import Column

__all__ = ["is_header", "is_total"]


def is_total(text: str) -> str:
    """SQL of whether a text begins like the name of a total."""
    return rf"regexp_matches(lower({text}), '^(grand |sub-?)?totals?\b')"


def is_header(text: str, column: Column) -> str:
    """SQL of whether a text is one of a column's own headers."""
    heads = ", ".join(sorted(literal(normalise(header)) for header in column.headers))
    return f"trim(regexp_replace(lower({text}), '[\\W_]+', ' ', 'g')) IN ({heads})"
