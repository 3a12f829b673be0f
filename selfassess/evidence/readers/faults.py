"""What is amiss with a workbook's cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Faults"]


@dataclass(frozen=True, slots=True)
class Faults:
    """What the file says beside its values.

    Attributes:
        errors: for a sheet's name, the (row, column) numbers of its error cells.
        unsaved: the same of formulas that no spreadsheet has reckoned.
        date1904: whether days are counted from 1904.
    """

    errors: Mapping[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    unsaved: Mapping[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    date1904: bool = False
