"""Published inspection letters, read on this machine: points to act on, tags, pages, clocks."""

from __future__ import annotations

from selfassess.letters.read import read_letter

__all__ = ["read_letter"]
