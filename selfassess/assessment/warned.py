"""What reading the evidence met, as ``assessment.json`` says it: a report must not hide it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from selfassess.errors import Problem

__all__ = ["warnings"]


def warnings(problems: Sequence[Problem]) -> dict[str, Any]:
    """The key ``warnings``: where, what, and the next step of each; no key without any."""
    told = [{"where": p.where, "text": p.message, "remedy": p.hint} for p in problems]
    return {"warnings": told} if told else {}
