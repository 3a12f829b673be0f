"""The appendix: everything that the plan holds of each action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from selfassess.board_pack.context import Sheet, SheetRow
from selfassess.board_pack.words import colour_of, dated, delivery_of, due_of, impact_of
from selfassess.report.text import brief
from selfassess.report.words import date_words, plural

__all__ = ["sheet_rows", "sheets_of"]

_LONG = 800

Rows = Iterator[tuple[str, Sequence[str]]]


def sheets_of(actions: Iterable[Mapping[str, Any]], titles: Mapping[str, str]) -> tuple[Sheet, ...]:
    """A sheet for each action, ended ones and drafts among them."""
    return tuple(
        Sheet(
            anchor=f"sheet-{index}",
            id=brief(str(item["id"]), 40),
            title=brief(str(item["title"]), 300),
            colour=colour_of(item),
            rows=tuple(
                SheetRow(label=label, texts=tuple(brief(dated(text), _LONG) for text in texts))
                for label, texts in sheet_rows(item, titles)
                if texts
            ),
        )
        for index, item in enumerate(actions, start=1)
    )


def sheet_rows(item: Mapping[str, Any], titles: Mapping[str, str]) -> Rows:
    """Each field of an action with its texts; one without any holds nothing."""
    yield "For children", _one(item["outcome"])
    yield "Why", _one("; ".join(str(each) for each in item["answers"]))
    came = str(item["came_from"] or "")
    if item["came_from_date"]:
        came += f", {date_words(item['came_from_date'])}"
    yield "Came from", _one(came)
    yield "Serves", _one("; ".join(str(each) for each in item["serves"]))
    people = (
        ("owner", item["owner"] or "nobody"),
        ("delivery lead", item["lead"]),
        ("assurer", item["assurer"] or "nobody"),
        ("responsible", ", ".join(str(each) for each in item["responsible"])),
    )
    yield "People", _one("; ".join(f"{label}: {name}" for label, name in people if name))
    yield "Delivery", _one(_with(delivery_of(item), item["delivery_reason"]))
    yield "Impact", _one(_with(impact_of(item), item["impact_reason"]))
    yield "Colour", _one(item["rag_rule"])
    yield "Due", [due_of(item), *(_move(each) for each in item["moves"])]
    yield "Success measures", [text for each in item["success"] for text in _success(each)]
    yield "Milestones", [_milestone(each) for each in item["milestones"]]
    waits = [f"{name} {titles.get(str(name), '')}".strip() for name in item["depends_on"]]
    yield "Waits for", _one("; ".join(waits))
    yield (
        "Risks",
        [
            f"{each['level']}: {each['text']} Response: {each['response'] or 'none was told'} "
            f"({each['owner'] or 'nobody owns it'})"
            for each in item["risks"]
        ],
    )
    yield (
        "Evidence",
        [
            ": ".join(
                str(part)
                for part in (each["shows"], each["date"], each["ref"], each["text"])
                if part
            )
            for each in item["evidence"]
        ],
    )
    yield (
        "Assured by",
        [f"{each['by']}, {each['at']}: {each['statement']}" for each in item["assurances"]],
    )
    yield (
        "Comments",
        [f"{each['by']}, {each['at']}: {each['text']}" for each in item["comments"]],
    )
    yield (
        "Decisions",
        [f"Board of {each['board']}: {each['text']}" for each in item["decisions"]],
    )


def _one(text: Any) -> list[str]:
    return [str(text)] if text else []


def _with(state: str, reason: Any) -> str:
    return f"{state}: {reason}" if reason else state


def _move(move: Mapping[str, Any]) -> str:
    return (
        f"Moved from {move['from']} to {move['to']} on {move['at']} by {move['by']}: "
        f"{move['reason']}"
    )


def _success(success: Mapping[str, Any]) -> Iterator[str]:
    tolerance = f", tolerance {success['tolerance']}" if success["tolerance"] else ""
    again = f", next reading {success['next_reading']}" if success["next_reading"] else ""
    yield f"{success['id']} {success['title']}: {success['goal']}{tolerance}{again}."
    yield str(success["text"])
    said = [
        f"{each['date']}: {each['says']}" + (f", “{each['text']}”" if each["text"] else "")
        for each in success["points"]
        if each["value"] is None and each["says"]
    ]
    if said:
        yield f"Said: {'; '.join(said)}"


def _milestone(each: Mapping[str, Any]) -> str:
    text = f"{each['id']} {each['title']}"
    if each["done"]:
        return f"{text}: done {each['done']}"
    if each["dropped"]:
        return f"{text}: dropped: {each['dropped']}"
    moved = f", moved {plural(each['moves'], 'times')}" if each["moves"] else ""
    return f"{text}: due {each['due'] or 'without a date'}{moved}"
