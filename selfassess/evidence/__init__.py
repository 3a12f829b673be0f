"""Reading: files become typed tables, and every row and cell is accounted for."""

from __future__ import annotations

from selfassess.evidence.intake import read_evidence
from selfassess.evidence.state import Evidence, Input, RawPublished, SourceFile, TableState
from selfassess.evidence.warehouse import Warehouse

__all__ = [
    "Evidence",
    "Input",
    "RawPublished",
    "SourceFile",
    "TableState",
    "Warehouse",
    "read_evidence",
]
