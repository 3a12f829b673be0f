"""The plan in words and tables: rich on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from selfassess.plan.events import Event
    from selfassess.plan.since import Changes

__all__ = ["action_lines", "change_lines", "event_line", "print_table", "written"]

_COLOURS = {"blue": "blue", "green": "green", "amber": "yellow", "red": "red", "none": ""}


def print_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], colours: Mapping[int, str] | None = None
) -> None:
    """Print rows: a table where a person watches, columns side by side elsewhere.

    Args:
        head: titles.
        rows: cells.
        colours: the colour of a row's first cell, by its number.
    """
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(*head, show_lines=False, pad_edge=False)
        for number, row in enumerate(rows):
            style = _COLOURS.get((colours or {}).get(number, "none"), "")
            # Text, not markup: what people wrote may hold brackets.
            table.add_row(Text(row[0], style=style), *(Text(cell) for cell in row[1:]))
        Console().print(table)
        return
    widths = [max(len(line[at]) for line in (head, *rows)) for at in range(len(head))]
    for line in (head, *rows):
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())


def list_row(item: Mapping[str, Any]) -> list[str]:
    """An action as a line of the list."""
    due = str(item["due"] or "no date")
    if item["drift"]:
        due += f" ({item['drift']:+d} d, moved {len(item['moves'])}x)"
    state = "closed" if item["closed"] else item["delivery"]
    return [
        item["id"],
        item["rag_label"],
        f"{state} / {item['impact']}",
        due,
        item["owner"] or "nobody",
        ", ".join(item["flags"]) or "-",
        item["title"] if len(item["title"]) <= 70 else item["title"][:69] + "…",
    ]


LIST_HEAD = ("id", "colour", "delivery / impact", "due", "owner", "flags", "title")


def action_lines(item: Mapping[str, Any]) -> Iterable[str]:
    """Everything of an action, as a page of text."""
    yield f"{item['id']}  {item['title']}"
    yield f"  {item['rag_rule']}"
    delivered = f" on {item['delivered']}" if item["delivered"] else ""
    closed = (
        f"; closed on {item['closed']}, test again on {item['retest']}" if item["closed"] else ""
    )
    yield f"  Delivery: {item['delivery']}{delivered}{closed}"
    yield f"  Impact: {item['impact']}"
    if item["reopened"]:
        yield f"  Reopened: {', '.join(item['reopened'])}"
    if item["flags"]:
        yield f"  Flags: {', '.join(item['flags'])}"
    moved = f", first {item['due_baseline']}, {item['drift']:+d} days" if item["moves"] else ""
    yield f"  Due: {item['due'] or 'no date'}{moved}"
    for move in item["moves"]:
        yield f"    {move['at']}: {move['from']} to {move['to']}, {move['by']}: {move['reason']}"
    who = (("Owner", "owner"), ("Delivery lead", "lead"), ("Assurer", "assurer"))
    for label, key in who:
        yield f"  {label}: {item[key] or 'nobody'}"
    if item["assured_by"]:
        yield f"  Assured by: {item['assured_by']}"
    for label, key in (
        ("Outcome for children", "outcome"),
        ("Comes from", "came_from"),
        ("Judgement", "judgement"),
        ("Criterion", "criterion"),
    ):
        if item[key]:
            yield f"  {label}: {item[key]}"
    for label, key in (
        ("Answers", "why"),
        ("Responsible", "responsible"),
        ("Tags", "tags"),
        ("Waits for", "depends_on"),
        ("Blocked by", "blocked_by"),
        ("Unmeasured", "unmeasured"),
        ("Impact shown by", "impact_evidence"),
    ):
        if item[key]:
            yield f"  {label}: {'; '.join(item[key])}"
    for each in item["success"]:
        yield f"  {each['id']}  {each['reading'] or each['asks']}: {each['goal']}"
        yield f"      {each['text']}"
    for each in item["milestones"]:
        state = f"done {each['done']}" if each["done"] else each["dropped"] or f"due {each['due']}"
        yield f"  {each['id']}  {each['title']} ({state})"
    for each in item["risks"]:
        yield f"  {each['id']}  {each['level']} risk: {each['text']} {each['response']}".rstrip()
    for each in item["evidence"]:
        said = f"{each['ref']}. {each['text']}".rstrip(". ")
        yield f"  {each['id']}  {each['shows']}, {each['date']}: {said}"
    for each in item["decisions"]:
        yield f"  {each['id']}  board of {each['board']}: {each['text']}"
    for each in item["comments"]:
        yield f"  {each['at']} {each['by']}: {each['text']}"


def event_line(event: Event) -> str:
    """An event in one line: when, who, what, from what to what, why."""
    what = f"{event.kind} {event.part}".rstrip()
    before, after = _short(event.from_), _short(event.to)
    change = f": {before} to {after}" if before and after else f": {before or after}"
    why = f" ({event.reason})" if event.reason else ""
    subject = event.action or "board"
    return (
        f"{event.seq:>5}  {event.at:%Y-%m-%d %H:%M}  {subject:8} {event.by}: "
        f"{what}{change if before or after else ''}{why}"
    )


def _short(value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, dict):
        named = value.get("title") or value.get("text") or value.get("ref") or value.get("measure")
        text = named or ", ".join(f"{key}={item}" for key, item in value.items())
    elif isinstance(value, list):
        text = ", ".join(map(str, value))
    else:
        text = str(value)
    text = " ".join(str(text).split())
    return text if len(text) <= 80 else text[:79] + "…"


def written(events: Sequence[Event]) -> None:
    """Say what was written."""
    for event in events:
        click.echo(event_line(event).lstrip())
    if not events:
        click.echo("Nothing changes.")


def change_lines(changes: Changes) -> Iterable[str]:
    """What changed since a day, by kind."""
    yield f"Since {changes.since}, up to {changes.until}"
    for title, found in (
        ("New", changes.new),
        ("Moved", changes.moved),
        ("Slipped", changes.slipped),
        ("Closed", changes.closed),
        ("Reopened", changes.reopened),
        ("Ended", changes.ended),
    ):
        yield f"{title}: {len(found)}"
        for each in found:
            why = f" ({each.reason})" if each.reason else ""
            yield f"  {each.action}  {each.title}: {each.text}{why}"
    yield f"Decisions: {len(changes.decisions)}"
    for decision in changes.decisions:
        yield f"  {decision.id}  {decision.board}: {decision.text}"
