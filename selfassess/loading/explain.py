"""Says in words for a person who writes no Python what is wrong with a value, and what to do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from selfassess.errors import nearest
from selfassess.loading import shape
from selfassess.loading.compose import KeyPath

__all__ = ["explain", "type_at", "value_at"]


_FORMS = {
    "limit": "{} working days",
    **dict.fromkeys(("strong", "attention", "concern", "critical"), "over {}"),
}
"""Keys for which a number alone says too little, and what would say enough."""


def type_at(model: Any, path: KeyPath) -> Any:
    """The type of the value at a place in a model."""
    annotation: Any = model
    for step in path:
        wanted = ("list",) if isinstance(step, int) else ("record", "mapping")
        holder = next(o for o in shape.options(annotation) if shape.kind(o) in wanted)
        if shape.kind(holder) == "record":
            annotation = shape.fields(holder)[str(step)][1]
        else:
            annotation = shape.item(holder)
    return annotation


def value_at(data: Any, path: KeyPath) -> Any:
    """The value at a place in plain data; None where there is none."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def explain(kind: str, path: KeyPath, annotation: Any, model: Any, data: Any) -> tuple[str, str]:
    """Message and next step for one error."""
    last = path[-1] if path else ""
    holder = value_at(data, path[:-1])
    owner = f" of '{holder['id']}'" if isinstance(holder, dict) and "id" in holder else ""
    if kind in ("missing", "missing_argument", "missing_keyword_only_argument"):
        expected = shape.describe(annotation)
        return f"the key '{last}'{owner} is missing; expected {expected}.", f"Add '{last}: …' here."
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        options = shape.options(type_at(model, path[:-1]))
        known = shape.fields(next(each for each in options if shape.kind(each) == "record"))
        absent = [key for key in known if not isinstance(holder, dict) or key not in holder]
        if last == "<<":
            return "keys are not merged here ('<<').", "Write the keys out."
        hint = nearest(last, known) or "Known keys: " + ", ".join(sorted(known)) + "."
        if hint.startswith("Valid: "):
            hint = "Known keys: " + ", ".join(absent or known) + "."
        return f"'{last}'{owner} is not a key that can stand here.", hint
    value = value_at(data, path)
    named = f"'{last}'{owner}" if isinstance(last, str) and last else f"item {_ordinal(last)}"
    if isinstance(last, int) and len(path) > 1 and isinstance(path[-2], str):
        named += f" of '{path[-2]}'"
    if not path:
        named = "the file"
    words = shape.choices(annotation)
    if words and isinstance(value, str):
        expected = shape.describe(annotation)
        message = f"'{_short(value)}' is not valid for {named}; expected {expected}."
        return message, nearest(value, words) or "Write one of these words."
    found, shown = _found(value, annotation)
    message = f"{named} holds {found}{shown}; expected {shape.describe(annotation)}."
    if isinstance(value, (int, float)) and last in _FORMS and str in shape.options(annotation):
        return message, f"Write it in words, such as '{_FORMS[str(last)].format(value)}'."
    return message, _remedy(value, annotation)


def _ordinal(position: Any) -> str:
    return str(position + 1) if isinstance(position, int) else str(position)


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:37] + "…"


def _found(value: Any, annotation: Any) -> tuple[str, str]:
    """Name a value's kind, and show it where it cannot be about a child."""
    showable = set(shape.options(annotation)) <= {bool, int, float, dt.date, dt.datetime}
    if value is None:
        return "nothing", ""
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}", ""
    if isinstance(value, (int, float)):
        return "a number", f" ({value})" if showable else ""
    if isinstance(value, str):
        return "text", f" ('{_short(value)}')" if showable else ""
    return ("a list", "") if isinstance(value, list) else ("keys with values", "")


def _remedy(value: Any, annotation: Any) -> str:
    expected = {shape.kind(option) for option in shape.options(annotation)}
    described = shape.describe(annotation)
    if isinstance(value, (int, float)) and str in shape.options(annotation):
        return "Put the value in quotes, so that it is read as text."
    if "list" in expected and not isinstance(value, list):
        return "Begin each item on a line of its own with '- ', or put it in [ ]."
    if bool in shape.options(annotation):
        return "Write true or false."
    if described.startswith("a date"):
        return "Write the year first, such as 2026-03-31."
    if expected & {"record", "mapping"}:
        return "Write keys with values below it, indented by two spaces."
    if "number" in described:
        return "Write the number alone, without quotes, unit or percent sign."
    if isinstance(value, dict):
        return "If the text holds ': ', put it in quotes."
    if isinstance(value, list):
        return "Keep one value, without '- ' and [ ]."
    return "Correct the value."
