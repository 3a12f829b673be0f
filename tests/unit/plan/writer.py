"""Processes that write to a plan's store until they have done so or are killed.

Run as a program, it reads orders, a list of them on a line, and answers in lines. Each is carried
out by a fork of this process, so that a writer begins within milliseconds.

    order   {"do": "acknowledge" | "number" | "count", "store": …, "tag": …, "times": …}
    answer  "pid TAG PID", then "ack TAG …" for each thing that is on the disk, then "end TAG CODE"
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401  so that a fork that makes a store does not wait for it

from selfassess.errors import PlanConflictError
from selfassess.plan import drafting
from selfassess.plan.drafting import Author
from selfassess.plan.events import Draft
from selfassess.plan.record import Plan
from selfassess.plan.store import PlanStore

AT = dt.datetime(2026, 4, 1, 9)


def say(*words: object) -> None:
    """One line, whole or not at all: several processes share the pipe."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def opened(order: dict[str, Any]) -> PlanStore:
    store = order["store"]
    return PlanStore(store if "://" in store else Path(store))


def acknowledge(order: dict[str, Any]) -> None:
    """Write three events at a time, and say so once they are on the disk."""
    store, author = opened(order), Author(order["tag"], AT)
    for number in range(order["times"]):

        def three(plan: Plan, number: int = number) -> list[Draft]:
            name = drafting.next_id(plan)
            added = drafting.add(plan, author, {"title": f"{order['tag']} {number}"})
            parts = [author.draft(name, "commented", f"{n}", part=f"C{n}") for n in (1, 2)]
            return [*added, *parts]

        store.write(three)
        say("ack", order["tag"], number)


def number(order: dict[str, Any]) -> None:
    """Add actions, each with the next free number."""
    store, author = opened(order), Author(order["tag"], AT)
    for index in range(order["times"]):
        fields = {"title": f"{order['tag']} {index}"}
        (event,) = store.write(lambda plan, f=fields: drafting.add(plan, author, f))
        say("ack", order["tag"], event.action)


def count(order: dict[str, Any]) -> None:
    """Raise a number that all raise, by reading it and writing one more; try again if refused."""
    store, author = opened(order), Author(order["tag"], AT)
    for _ in range(order["times"]):
        while True:
            action = store.plan().actions["A-01"]
            fields = {"title": str(int(action.title) + 1)}
            try:
                store.write(
                    lambda plan, f=fields: drafting.update(plan, author, "A-01", f),
                    expected={"A-01": action.version},
                )
            except PlanConflictError:
                say("refused", order["tag"])
            else:
                say("ack", order["tag"], fields["title"])
                break


DO = {"acknowledge": acknowledge, "number": number, "count": count}


def carried_out(order: dict[str, Any]) -> int:
    try:
        DO[order["do"]](order)
    except BaseException as error:
        say("fault", order["tag"], type(error).__name__, str(error).replace("\n", " "))
        return 1
    return 0


def main() -> None:
    running: dict[int, str] = {}
    for text in sys.stdin:
        for order in json.loads(text):
            child = os.fork()
            if child == 0:
                os._exit(carried_out(order))
            running[child] = order["tag"]
            say("pid", order["tag"], child)
        while running:
            child, code = os.waitpid(-1, 0)
            say("end", running.pop(child), code)


if __name__ == "__main__":
    main()
