"""The pack as a workbook: the same lists, to be filtered; nothing in it is a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.region.build import AUDIENCE_WORDS, CONTRIBUTION_WORDS
from selfassess.report.office.excel import Column, Sheet, plain_workbook
from selfassess.report.words import basis_words

__all__ = ["region_workbook"]


def region_workbook(data: Mapping[str, Any]) -> bytes:
    """The workbook of a pack; the same data give the same bytes."""
    sheets = [_about(data), _councils(data), _figures(data), _asked(data), _apart(data)]
    if data["claims"] is not None:
        sheets.append(_claims(data))
    day = dt.date.fromisoformat(str(data["as_at"]))
    return plain_workbook("Moderation pack", str(data["region"]["name"]), day, sheets)


def _about(data: Mapping[str, Any]) -> Sheet:
    rows: list[tuple[str, Any]] = [
        ("Region", data["region"]["name"]),
        ("As at", dt.date.fromisoformat(str(data["as_at"]))),
        ("For", AUDIENCE_WORDS[data["audience"]]),
        ("Made with", f"{data['made_with']['name']} {data['made_with']['version']}"),
        *(("To bear in mind", text) for text in data["notes"]),
        *(("How it is made", text) for text in data["rules"]),
    ]
    return "About", (Column("What", 22), Column("Content", 96)), rows


def _councils(data: Mapping[str, Any]) -> Sheet:
    rows = [
        (
            each["name"],
            each["code"],
            dt.date.fromisoformat(str(each["as_at"])),
            f"{each['framework']['title']} {each['framework']['edition']}",
            CONTRIBUTION_WORDS[each["contribution"]],
            each["quality"]["text"],
            "\n".join(each["standards_lowered"]),
        )
        for each in data["councils"]
    ]
    columns = (
        Column("Council", 30),
        Column("Code"),
        Column("As at"),
        Column("Framework", 40),
        Column("Contribution", 30),
        Column("Rows set aside", 24),
        Column("Standards set lower locally", 50),
    )
    return "Councils", columns, rows


def _figures(data: Mapping[str, Any]) -> Sheet:
    rows: list[Sequence[Any]] = []
    for item in data["measures"]:
        name = (item["title"], item["measure"])
        for row in item["councils"]:
            band, beside = row["band"] or {}, row["beside"] or {}
            withheld = "c" if row["withheld"] else None
            rows.append(
                (
                    *name,
                    row["council"],
                    row["value"] if withheld is None else withheld,
                    item["unit"],
                    row["base"] if withheld is None else withheld,
                    row["signal"],
                    band.get("text"),
                    basis_words(band) if band else None,
                    "yes" if row["local_band"] else None,
                    beside.get("rest"),
                    _chance(row["beside"]),
                    None,
                )
            )
        rows += [
            (*name, each["council"], *[None] * 9, f"cannot count it: {each['why']}")
            for each in item["missing"]
        ]
        rows += [
            (*name, each["council"], *[None] * 9, "counted differently, so not compared")
            for each in item["differently"]
        ]
    columns = (
        Column("Measure", 44),
        Column("Measure's id", 30),
        Column("Council", 26),
        Column("Value", 10),
        Column("Unit", 12),
        Column("Base, rounded", 10),
        Column("Signal", 12),
        Column("Band", 34),
        Column("Band rests on", 22),
        Column("Set by the council", 10),
        Column("The others together", 12),
        Column("Differs by more than chance", 14),
        Column("No figure, because", 44),
    )
    return "Side by side", columns, rows


def _chance(beside: Mapping[str, Any] | None) -> str:
    if beside is None:
        return "not tested"
    if not beside["beyond_chance"]:
        return "could be chance"
    return "yes, higher" if beside["higher"] else "yes, lower"


def _asked(data: Mapping[str, Any]) -> Sheet:
    titles = {item["measure"]: item["title"] for item in (*data["measures"], *data["apart"])}
    rows = [
        (each["council"], each["kind"], titles.get(each["measure"]), each["text"])
        for each in data["questions"]
    ]
    columns = (
        Column("Council", 26),
        Column("Because", 22),
        Column("Measure", 44),
        Column("Question", 100),
    )
    return "Questions", columns, rows


def _apart(data: Mapping[str, Any]) -> Sheet:
    rows = [
        (
            item["title"],
            item["measure"],
            item["why"],
            ", ".join(each["council"] for each in item["differently"]),
        )
        for item in data["apart"]
    ]
    columns = (
        Column("Measure", 44),
        Column("Measure's id", 30),
        Column("Why it is not compared", 40),
        Column("Counted by", 50),
    )
    return "Not compared", columns, rows


def _claims(data: Mapping[str, Any]) -> Sheet:
    rows = [
        (each["council"], item["title"], item["claim"], item["ceiling"])
        for each in data["claims"]
        for item in each["judgements"]
    ]
    columns = (
        Column("Council", 26),
        Column("Judgement", 50),
        Column("Leaders claim", 30),
        Column("The evidence leaves standing", 30),
    )
    return "Claims and ceilings", columns, rows
