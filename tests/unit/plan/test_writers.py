"""The store under fire: writers that are killed at any moment, and eight that write at once."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from selfassess.plan import drafting
from selfassess.plan.drafting import Author
from selfassess.plan.fold import fold
from selfassess.plan.store import PlanStore

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="writers are forked and killed by signals"
)

AT = dt.datetime(2026, 4, 1, 9)
KILLS = 300
"""Rounds of the kill test on a file; a fifth of it on PostgreSQL."""
WRITERS = 8


class Writers:
    """The process that forks writers."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("writer.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def begin(self, *orders: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(orders) + "\n")
        self._process.stdin.flush()

    def lines(self, ends: int) -> Iterator[list[str]]:
        """What they say, until so many have ended."""
        assert self._process.stdout is not None
        while ends:
            words = self._process.stdout.readline().split()
            ends -= words[0] == "end"
            yield words

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture(scope="module")
def writers() -> Iterator[Writers]:
    found = Writers()
    yield found
    found.stop()


def kill_one(writers: Writers, store: Path | str, tag: str, chance: random.Random) -> list[str]:
    """Let a writer write, kill it at some moment, and give what it had acknowledged.

    One in four is killed while it opens the store, or makes it; the others while they write.
    """
    writers.begin({"do": "acknowledge", "store": str(store), "tag": tag, "times": 10_000})
    acknowledged = []
    early = chance.random() < 0.25
    killer = None
    for words in writers.lines(1):
        assert words[0] != "fault", words
        if words[0] == "pid":
            victim = int(words[2])
        if words[0] == "ack":
            acknowledged.append(f"{tag} {words[2]}")
        if killer is None and words[0] == ("pid" if early else "ack"):
            killer = threading.Timer(chance.uniform(0, 0.02), os.kill, (victim, signal.SIGKILL))
            killer.start()
        if words[0] == "end":
            assert int(words[2]) == signal.SIGKILL, "it was killed, and did not end by itself"
    assert killer is not None
    killer.join()
    return acknowledged


def check_whole(store: PlanStore, acknowledged: list[str]) -> None:
    """Everything acknowledged is there, and nothing is half there."""
    plan = fold(store.events())  # reading checks the chain, so that no event is cut or lost
    titles = {action.title: action for action in plan.actions.values()}
    assert [name for name in acknowledged if name not in titles] == []
    for action in plan.actions.values():
        assert [comment.id for comment in action.comments] == ["C1", "C2"], "all three, or none"
    # At most one write per killed writer was on the disk before it could say so.
    unspoken = Counter(name.split()[0] for name in set(titles) - set(acknowledged))
    assert max(unspoken.values(), default=0) <= 1


def test_killed_hundreds_of_times_a_file_keeps_what_it_acknowledged(
    writers: Writers, tmp_path: Path
) -> None:
    chance = random.Random(6)  # noqa: S311  moments, no secret
    total = 0
    for store in range(10):  # some are killed while they make the store
        path = tmp_path / f"plan{store}.db"
        acknowledged: list[str] = []
        for round_ in range(KILLS // 10):
            acknowledged += kill_one(writers, path, f"t{store}.{round_}", chance)
        check_whole(PlanStore(path), acknowledged)
        total += len(acknowledged)
    assert total > KILLS // 2, "writers were killed before they wrote: the test shows nothing"


def test_killed_writers_leave_postgresql_whole(writers: Writers, database: str) -> None:
    chance = random.Random(7)  # noqa: S311
    acknowledged: list[str] = []
    for round_ in range(KILLS // 5):
        acknowledged += kill_one(writers, database, f"t{round_}", chance)
    assert len(acknowledged) > KILLS // 20, "writers were killed before they wrote"
    check_whole(PlanStore(database), acknowledged)


def together(writers: Writers, orders: list[dict[str, Any]]) -> dict[str, list[list[str]]]:
    writers.begin(*orders)
    said: dict[str, list[list[str]]] = {}
    for words in writers.lines(len(orders)):
        said.setdefault(words[0], []).append(words[1:])
    assert "fault" not in said, said["fault"]
    assert {code for _, code in said["end"]} == {"0"}
    return said


def test_eight_writers_number_without_a_double(writers: Writers, address: Path | str) -> None:
    """Nobody has made the store before: all eight try to."""
    each = 15
    orders = [
        {"do": "number", "store": str(address), "tag": f"w{n}", "times": each}
        for n in range(WRITERS)
    ]
    said = together(writers, orders)
    given = [name for _, name in said["ack"]]
    assert len(given) == len(set(given)) == WRITERS * each
    plan = PlanStore(address).plan()
    assert sorted(plan.actions) == sorted(f"A-{n:02d}" for n in range(1, WRITERS * each + 1))
    by = Counter(action.added_by for action in plan.actions.values())
    assert set(by.values()) == {each}
    for tag, name in said["ack"]:
        assert plan.actions[name].added_by == tag


def test_eight_writers_lose_no_update(writers: Writers, address: Path | str) -> None:
    each = 8
    store = PlanStore(address)
    store.write(lambda plan: drafting.add(plan, Author("Ann", AT), {"title": "0"}))
    orders = [
        {"do": "count", "store": str(address), "tag": f"w{n}", "times": each}
        for n in range(WRITERS)
    ]
    began = time.monotonic()
    said = together(writers, orders)
    assert time.monotonic() - began < 60
    action = store.plan().actions["A-01"]
    assert action.title == str(WRITERS * each), "every raise counts"
    assert action.version == 1 + WRITERS * each
    assert sorted(int(title) for _, title in said["ack"]) == list(range(1, WRITERS * each + 1))
    assert said.get("refused"), "nobody was ever refused: the test shows nothing"
