"""A value as the text of one cell, and back.

Lists are written ``one; two``, scopes ``team=north; plan=cp``, truth as ``yes`` and ``no``. Where a
value may be one text or a list of them, a list of one ends in ``;``. A ``;`` inside an item is
doubled, and text that looks like a number where either may stand begins with an apostrophe.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from selfassess.loading import shape

__all__ = ["cell_text", "cell_value", "form_of"]

_WHOLE = re.compile(r"[+-]?\d+(?:\.0+)?\Z")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\Z")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00:00\Z")
_ITEMS = re.compile(r"(?:[^;]|;;)*")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}


def cell_text(value: Any, annotation: Any) -> str:
    """Write a value; nothing for None and for empty lists and mappings."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={_item(_plain(item))}" for key, item in value.items())
    if isinstance(value, (tuple, list)):
        text = "; ".join(_item(_plain(item)) for item in value)
        return f"{text};" if len(value) == 1 and len(shape.options(annotation)) > 1 else text
    text = _plain(value)
    if isinstance(value, str) and _mixed(annotation) and (_NUMBER.match(text) or text[:1] == "'"):
        return f"'{text}"
    return text


def cell_value(text: str, annotation: Any) -> Any:
    """Read a cell's text as what may stand there; text that cannot be read so stays text."""
    text = text.strip()
    options = shape.options(annotation)
    sorts = [shape.kind(option) for option in options]
    if "list" in sorts and (len(options) == 1 or _listed(text, annotation)):
        item = shape.item(options[sorts.index("list")])
        return [cell_value(part, item) for part in _parts(text)]
    if "mapping" in sorts:
        return _mapping(text, shape.item(options[sorts.index("mapping")]))
    if _mixed(annotation) and text.startswith("'"):
        return text[1:]
    if bool in options:
        return _TRUTH.get(text.lower(), text)
    if int in options and _WHOLE.match(text):
        return int(float(text)) if "." in text else int(text)
    if float in options and _NUMBER.match(text):
        return int(text) if _WHOLE.match(text) and "." not in text else float(text)
    if dt.date in options and (found := _MIDNIGHT.match(text)):
        return found[1]
    return text


def form_of(annotation: Any) -> str:
    """How a cell of this type is written, for the guide."""
    options = shape.options(annotation)
    sorts = [shape.kind(option) for option in options]
    if "list" in sorts:
        item = shape.item(options[sorts.index("list")])
        words = shape.choices(item)
        listed = f"one or more of {', '.join(words)}" if words else "one or more"
        return f"{listed}, separated by ;"
    if "mapping" in sorts:
        return "name=value; name=value"
    words = shape.choices(annotation)
    if words:
        return f"one of {', '.join(words)}" if len(words) > 1 else words[0]
    if bool in options:
        return "yes or no"
    return shape.describe(annotation)


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _item(text: str) -> str:
    return text.replace(";", ";;")


def _parts(text: str) -> list[str]:
    """Items of a list; a last ``;`` ends the list and begins no item."""
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _ITEMS.match(text, at)
        item = match[0] if match else ""
        at += len(item) + 1
        found.append(item.replace(";;", ";").strip())
    return [item for item in found if item]


def _listed(text: str, annotation: Any) -> bool:
    """Whether a text that may be one value or a list is a list."""
    if text in shape.choices(annotation):
        return False
    return ";" in text or str not in shape.options(annotation)


def _mapping(text: str, item: Any) -> Any:
    found: dict[str, Any] = {}
    for part in _parts(text):
        key, sign, value = part.partition("=")
        if not sign:
            return text
        found[key.strip()] = cell_value(value, item)
    return found


def _mixed(annotation: Any) -> bool:
    """Whether both text and a number may stand there."""
    options = shape.options(annotation)
    return str in options and bool({int, float} & set(options))
