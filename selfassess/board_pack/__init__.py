"""The board pack: what changed for children, what a board has to decide, and the plan behind it."""

from __future__ import annotations

from selfassess.board_pack.collect import board_data
from selfassess.board_pack.pack import write_pack
from selfassess.board_pack.public import public_data

__all__ = ["board_data", "public_data", "write_pack"]
