"""Reading: files become typed tables, and every row and cell is accounted for.

Nothing heavy is imported until reading is asked for: a part that only writes SQL needs no engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOMES = {"read_evidence": "intake", "Warehouse": "warehouse"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'state')}"), name)
