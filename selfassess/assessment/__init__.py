"""What a run found, as one immutable result and as ``assessment.json``; each part of it a module.

Attributes are taken from their module when they are asked for: whoever needs one part of the
result does not load all that a run needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selfassess.assessment.result import SCHEMA, Assessment

__all__ = ["SCHEMA", "Assessment"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from selfassess.assessment import result

    return getattr(result, name)
