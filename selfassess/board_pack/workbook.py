"""The pack as a workbook: the same lists, to be sorted and filtered; nothing in it is a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.board_pack.build import CHANGES
from selfassess.board_pack.sheets import sheet_rows
from selfassess.board_pack.words import delivery_of, impact_of
from selfassess.report.office.excel import Column, Sheet, plain_workbook

__all__ = ["board_workbook"]

_WAYS = {"worse": "worse", "better": "better", "steady": "no change", "unknown": "not known"}


def board_workbook(data: Mapping[str, Any], day: dt.date) -> bytes:
    """The workbook of a pack; the same data give the same bytes.

    Args:
        data: the content of ``board.json``.
        day: the day of the pack, written into the file's properties.
    """
    internal = data["audience"] == "internal"
    council = str(data["council"].get("name") or "Unnamed council")
    sheets = [_about(data, council), _story(data)]
    if internal:
        sheets += [_asks(data), _exceptions(data)]
    sheets.append(_scorecard(data, internal=internal))
    if internal:
        sheets += [_trajectories(data), _risks(data), _decisions(data)]
    if data["since"]:
        sheets.append(_changes(data))
    if internal:
        sheets.append(_plan(data))
    title = "Board pack" if internal else "Improvement plan: public summary"
    return plain_workbook(title, council, day, sheets)


def _about(data: Mapping[str, Any], council: str) -> Sheet:
    rows: list[tuple[str, Any]] = [
        ("Council", council),
        ("As at", _day(data["as_at"])),
        ("Since", _day(data["since"])),
        ("Since is", data["since_basis"]),
        ("Audience", data["audience"]),
        ("Made with", f"{data['made_with']['name']} {data['made_with']['version']}"),
        ("Plan (SHA-256)", data["plan_sha256"]),
    ]
    rows += [(each["label"], each["means"]) for each in data["legend"]]
    rows += [("Withheld", text) for text in (data["disclosure"] or {}).get("rules") or ()]
    kept = [row for row in rows if row[1]]
    return "About", (Column("What", 22), Column("Content", 96)), kept


def _story(data: Mapping[str, Any]) -> Sheet:
    actions = {each["id"]: each for each in data["actions"]}
    rows = [
        (
            _WAYS[way],
            each["action"],
            actions[each["action"]]["title"],
            "\n".join(each["texts"]),
            delivery_of(actions[each["action"]]),
            impact_of(actions[each["action"]]),
        )
        for way in _WAYS
        for each in data["story"].get(way) or ()
    ]
    columns = (
        Column("For children"),
        Column("Action", 10),
        Column("Title", 40),
        Column("What changed", 70),
        Column("Delivery", 24),
        Column("Impact"),
    )
    return "For children", columns, rows


def _asks(data: Mapping[str, Any]) -> Sheet:
    rows = [
        (each["of"], each["kind"].replace("-", " "), each["action"], each["who"], each["text"])
        for each in data["asks"]
    ]
    columns = (
        Column("Asked of"),
        Column("Because", 18),
        Column("Action", 10),
        Column("Owner", 30),
        Column("Question", 80),
    )
    return "Asks and decisions", columns, rows


def _exceptions(data: Mapping[str, Any]) -> Sheet:
    titles = {each["id"]: each["title"] for each in data["actions"]}
    rows = [
        (
            each["action"],
            titles[each["action"]],
            "; ".join(each["why"]),
            each["cause"],
            each["cause_by"],
            each["recovery"],
            each["recovery_by"],
            "\n".join(each["asks"]),
            each["owner"],
            _day(each["due"]),
            _day(each["first_due"]),
        )
        for each in data["exceptions"]
    ]
    columns = (
        Column("Action", 10),
        Column("Title", 36),
        Column("Why it is here", 36),
        Column("Cause", 40),
        Column("Said by", 24),
        Column("Recovery", 40),
        Column("Said by", 24),
        Column("Ask", 50),
        Column("Owner", 26),
        Column("Due"),
        Column("First due"),
    )
    return "Exceptions", columns, rows


def _scorecard(data: Mapping[str, Any], *, internal: bool) -> Sheet:
    rows: list[Sequence[Any]] = []
    for item in data["actions"]:
        common = (
            item["id"],
            item["title"],
            item["delivery"],
            _day(item["delivered"]),
            item["impact"],
            _day(item["closed"]),
            _day(item["due"]),
            _day(item["due_baseline"]),
            len(item["moves"]) if internal else item["moved"],
            item["drift"],
        )
        colour = (item["rag_label"], item["rag_rule"], item["owner"]) if internal else ()
        measures: Sequence[Mapping[str, Any]] = item["success"] or ({},)
        for success in measures:
            measure = (
                success.get("title"),
                success.get("unit"),
                "withheld" if success.get("withheld") else success.get("value"),
                success.get("target"),
                _day(success.get("target_date")),
            )
            rows.append((*common, *colour, *measure))
    columns = [
        Column("Action", 10),
        Column("Title", 40),
        Column("Delivery"),
        Column("Delivered on"),
        Column("Impact"),
        Column("Closed on"),
        Column("Due"),
        Column("First due"),
        Column("Moves", 8),
        Column("Days later", 10),
    ]
    if internal:
        columns += [Column("Colour"), Column("Rule of the colour", 50), Column("Owner", 26)]
    columns += [
        Column("Success measure", 40),
        Column("Unit"),
        Column("Value"),
        Column("Target"),
        Column("Target date"),
    ]
    return "Scorecard", columns, rows


def _trajectories(data: Mapping[str, Any]) -> Sheet:
    rows = [
        (
            item["id"],
            success["id"],
            success["title"],
            _day(point["date"]),
            point["value"] if point["value"] is not None else point["says"],
            point["status"],
            point["source"],
            point["text"],
        )
        for item in data["actions"]
        for success in item["success"]
        for point in success["points"]
    ]
    columns = (
        Column("Action", 10),
        Column("Measure", 10),
        Column("Title", 40),
        Column("Day"),
        Column("Read"),
        Column("Status"),
        Column("From"),
        Column("Words", 50),
    )
    return "Readings", columns, rows


def _risks(data: Mapping[str, Any]) -> Sheet:
    keys = ("level", "text", "response", "action", "title", "owner")
    columns = (
        Column("Level", 10),
        Column("Risk", 50),
        Column("Response", 50),
        Column("Action", 10),
        Column("Title", 40),
        Column("Owner", 26),
    )
    return "Risks", columns, [tuple(each[key] for key in keys) for each in data["risks"]]


def _decisions(data: Mapping[str, Any]) -> Sheet:
    rows = [
        (_day(each["board"]), each["text"], ", ".join(each["actions"]), each["by"])
        for each in data["decisions"]
    ]
    columns = (
        Column("Board"),
        Column("Decision", 80),
        Column("Actions", 24),
        Column("Noted by", 30),
    )
    return "Decisions", columns, rows


def _changes(data: Mapping[str, Any]) -> Sheet:
    rows = [
        (
            heading,
            each["action"],
            each["title"],
            each["text"],
            each["reason"],
            each["by"],
            _day(each["at"]),
        )
        for kind, heading in CHANGES.items()
        for each in data["changes"].get(kind) or ()
    ]
    columns = (
        Column("Kind", 24),
        Column("Action", 10),
        Column("Title", 40),
        Column("Change", 50),
        Column("Reason", 50),
        Column("By", 26),
        Column("On"),
    )
    return "Changes", columns, rows


def _plan(data: Mapping[str, Any]) -> Sheet:
    titles = {each["id"]: each["title"] for each in data["actions"]}
    rows = [
        (item["id"], item["title"], label, "\n".join(texts))
        for item in data["actions"]
        for label, texts in sheet_rows(item, titles)
        if texts
    ]
    columns = (Column("Action", 10), Column("Title", 40), Column("Part", 20), Column("Content", 90))
    return "Full plan", columns, rows


def _day(text: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(text)[:10]) if text else None
