"""JSON as people read it, with a line for each value."""

from __future__ import annotations

import json
from typing import Any

import orjson

__all__ = ["json_lines"]

_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def json_lines(value: Any) -> bytes:
    """What ``json.dumps(value, ensure_ascii=False, indent=2)`` gives and a last line break, UTF-8.

    Args:
        value: plain data; keys are text. NaN and infinity, which JSON lacks, become ``null``.
    """
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except TypeError:
        # Whole numbers beyond 64 bits, which a published figure may hold by a slip of the keys.
        return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()
