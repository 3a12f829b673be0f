"""Which rows? The command's list against a count by hand from the demo council's own files."""

from __future__ import annotations

import csv
import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from reference.answer import MET, Where
from reference.engine import Answers, answers
from reference.workbook import read

from selfassess.demo import write_demo
from selfassess.demo.days import TODAY as TODAY_NUMBER
from selfassess.loading.library import Library, load_library
from selfassess.registry import Registry

TODAY = dt.date.fromordinal(TODAY_NUMBER)
ROWS = int(os.environ.get("SELFASSESS_DEMO_ROWS", "1500"))
SEED = int(os.environ.get("SELFASSESS_READINGS_SEED", "4"))


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(Registry.load(()).packs)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, rows=ROWS)
    return folder


@pytest.fixture(scope="module")
def by_hand(demo: Path, library: Library) -> Answers:
    return answers(read(demo, library.tables), TODAY)


def drawn(by_hand: Answers, seed: int) -> list[tuple[str, Where]]:
    """Five readings by chance, each of another measure and one of them of the whole."""
    random = Random(seed)  # noqa: S311 - any five will do
    some = sorted(key for key, answer in by_hand.items() if answer.rows)
    wholes = [key for key in some if not key[1]]
    parts = [key for key in some if key[1]]
    names = random.sample(sorted({name for name, _ in parts}), 4)
    return [random.choice(wholes), *(random.choice([p for p in parts if p[0] == n]) for n in names)]


def listed(measure: str, where: Where, demo: Path, target: Path) -> Counter[object]:
    """What the command writes: outcome, file, sheet and row of every row."""
    asked = [sys.executable, "-m", "selfassess", "rows", measure, str(demo), "--csv", str(target)]
    for name, label in where:
        asked += ["--where", f"{name}={label}"]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    with target.open(encoding="utf-8-sig", newline="") as file:
        return Counter(
            (row.get("side", ""), row["outcome"], (row["file"], row["sheet"], int(row["row"])))
            for row in csv.DictReader(file)
        )


COUNTED = {"counted": MET, "not counted": "failed"}


@pytest.mark.parametrize("pick", range(5))
def test_the_command_lists_the_rows_that_a_reader_counts(
    pick: int, demo: Path, by_hand: Answers, tmp_path: Path
) -> None:
    measure, where = drawn(by_hand, SEED)[pick]
    found = listed(measure, where, demo, tmp_path / "rows.csv")
    told = Counter({(s, COUNTED.get(o, o), place): n for (s, o, place), n in found.items()})
    assert told == Counter(by_hand[measure, where].rows), (measure, where)


def test_every_file_of_the_demo_is_read_by_hand(demo: Path, library: Library) -> None:
    tables = read(demo, library.tables)
    assert len(tables) >= 20
    assert sum(map(len, tables.values())) > ROWS
