"""What ``self-evaluation.yaml`` says, with a change made: what its text is held against."""

from __future__ import annotations

from typing import Any

from selfassess.claims.placing import Item, Text

__all__ = ["change_data", "without_empty"]


def without_empty(data: Any) -> Any:
    """Data without keys that hold nothing, which the reader of claims passes over."""
    if isinstance(data, dict):
        kept = ((key, without_empty(value)) for key, value in data.items())
        return {key: value for key, value in kept if value not in (None, "", [], {})}
    return [without_empty(each) for each in data] if isinstance(data, list) else data


def change_data(data: dict[str, Any], change: Text | Item) -> None:
    """Make a change in what was read of the file."""
    judgements = data.get("judgements") or {}
    data["judgements"] = judgements
    claim = judgements.get(change.node) or {}
    judgements[change.node] = claim
    if isinstance(change, Text):
        holder, key = claim, change.field
        if key.startswith("answers."):
            holder = claim.get("answers") or {}
            claim["answers"] = holder
            key = key.removeprefix("answers.")
        holder[key] = change.text
        return
    listed = claim.get(change.field) or []
    claim[change.field] = listed
    if change.index is None:
        listed.append(change.text)
    elif change.text is None:
        listed.pop(change.index)
    elif isinstance(listed[change.index], dict):
        listed[change.index]["text"] = change.text
    else:
        listed[change.index] = change.text
