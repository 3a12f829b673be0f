"""What was given out before, so that two versions together tell no more than each alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["SCHEMA", "published_record"]

SCHEMA = "selfassess/published@1"
_KEPT = ("id", "measure", "where", "from", "to", "at", "value", "denominator", "status", "withheld")


def published_record(disclosed: Mapping[str, Any]) -> dict[str, Any]:
    """What to keep of a version that leaves: its figures as shown, and what it withheld.

    It holds nothing that the version itself does not hold.
    """
    return {
        "schema": SCHEMA,
        "audience": disclosed["audience"],
        "as_at": disclosed["as_at"],
        "framework": dict(disclosed["framework"])["id"],
        "readings": [{key: reading[key] for key in _KEPT} for reading in disclosed["readings"]],
    }
