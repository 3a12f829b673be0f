"""What if a limit were another one? Asked of one measure, on the same evidence."""

from __future__ import annotations

from selfassess.what_if.answer import PartChange, WhatIf, what_if

__all__ = ["PartChange", "WhatIf", "what_if"]
