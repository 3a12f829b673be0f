"""Builds models from data that were valid before; pydantic is not even imported.

Validation and its messages are `parse`'s business. Here a surprise is an exception, and the caller
reads the file anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from selfassess.loading import shape

__all__ = ["build", "fingerprint"]


def build(data: Any, annotation: Any) -> Any:
    """Build a value of the type; None for nothing."""
    if data is None:
        return None
    option = _option(data, annotation)
    sort = shape.kind(option)
    if sort == "record":
        known = shape.fields(option)
        values = {}
        for key, value in data.items():
            name, inner, _ = known[key]
            if value is not None:
                values[name] = build(value, inner)
        return option(**values)
    if sort == "list":
        inner = shape.item(option)
        return tuple(build(value, inner) for value in data)
    if sort == "mapping":
        inner = shape.item(option)
        return {key: build(value, inner) for key, value in data.items() if value is not None}
    if option is dt.date:
        return dt.date.fromisoformat(data)
    if option is float:
        return float(data)
    return data


def fingerprint(*models: Any) -> str:
    """Hash what the models allow; it differs as soon as any key or type does."""
    seen: dict[Any, str] = {}
    for model in models:
        _collect(model, seen)
    return hashlib.sha256("\n".join(sorted(seen.values())).encode()).hexdigest()


def _option(data: Any, annotation: Any) -> Any:
    """The member of a union that fits the data."""
    found = shape.options(annotation)
    if len(found) == 1:
        return found[0]
    wanted: tuple[str, ...] = ("leaf", "choice")
    if isinstance(data, (list, dict)):
        wanted = ("list",) if isinstance(data, list) else ("record", "mapping")
    fitting = [option for option in found if shape.kind(option) in wanted]
    for option in fitting:
        if option is type(data):
            return option
    numbers = [option for option in fitting if option is float and type(data) is int]
    return (numbers or [option for option in fitting if option not in (int, float)])[0]


def _collect(annotation: Any, seen: dict[Any, str]) -> None:
    for option in shape.options(annotation):
        sort = shape.kind(option)
        if sort == "record" and option not in seen:
            known = shape.fields(option)
            seen[option] = f"{option.__qualname__}: {sorted(known.items())!r}"
            for _, inner, _ in known.values():
                _collect(inner, seen)
        elif sort in ("list", "mapping"):
            _collect(shape.item(option), seen)
