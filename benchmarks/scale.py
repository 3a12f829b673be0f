"""Twelve measures over national data, on three engines, beside decoding their columns once.

    python benchmarks/scale.py [--mode quick|default|long] [--sizes 200000,2000000]
        [--engines duckdb,postgresql,spark] [--memory 800MB] [--keep FOLDER] [--json FILE]

The reference of each size is reading and decoding the Parquet columns that the measures name,
once, with as many threads: by pyarrow into memory, where it is installed, and by DuckDB asked for
the largest value of each, or for a checksum of each. What each leaves undone is told where they are
defined. Each side is a process of its own; ratios are of seconds on the clock, each round's own,
and the median of the rounds is told. Answers of all engines are compared at each size. Nothing is
asserted. `scale_plot.py` draws the outcome.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from national import COUNCILS, write_national
from process import cost_of
from twelve import YARDSTICKS

HERE = Path(__file__).resolve().parent
TASK = HERE / "tasks" / "national_measures.py"
LOAD = HERE / "tasks" / "load_postgres.py"
MODES: dict[str, dict[str, Sequence[int]]] = {
    "quick": dict.fromkeys(("duckdb", "postgresql", "spark"), (60000, 200000)),
    "default": {
        "duckdb": (200_000, 2_000_000, 20_000_000),
        "postgresql": (200_000, 2_000_000),
        "spark": (200_000, 2_000_000),
    },
    "long": {"duckdb": (100_000_000,)},
}
MANY = 50_000_000
"""From here on one round has to do; for engines other than DuckDB it always does."""


@dataclass
class Sizes:
    """What one size took.

    Attributes:
        rows: in all tables.
        decode: seconds of the reference by each yardstick, a round each.
        runs: for each engine, what each round took.
        agree: engines whose answers are those of DuckDB, and those whose are not.
    """

    rows: int
    decode: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    runs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    agree: dict[str, bool] = field(default_factory=dict)


def measure(
    size: int, engines: Sequence[str], data: Path, work: Path, threads: int, memory: str
) -> Sizes:
    """Write the data if they are not there, and run every engine over them."""
    if not (data / "about.json").is_file():
        began = time.perf_counter()
        write_national(data, size)
        say(f"{size:,} rows written in {time.perf_counter() - began:.0f} s")
    about = json.loads((data / "about.json").read_text(encoding="utf-8"))
    found = Sizes(rows=sum(about["tables"].values()))
    keys = [f"threads={threads}", f"memory={memory}", f"spill={work / 'spill'}"]
    rounds = 1 if size >= MANY else 3
    out, used = work / "out.json", work / "used.json"
    answers: dict[str, Any] = {}
    with contextlib.ExitStack() as stack:
        url = None
        if "postgresql" in engines:
            url = stack.enter_context(_postgres(data))
        for number in range(rounds):
            for engine in engines if number == 0 else ("duckdb",):
                more = [f"url={url}"] if engine == "postgresql" else []
                told = _run(engine, data, out, [*keys, *more])
                answers[engine] = told.pop("answers")
                if engine == "duckdb":
                    used.write_text(json.dumps({"used": told.pop("used")}), encoding="utf-8")
                    for by in yardsticks():
                        told_by = _run("decode", data, out, [*keys, f"used={used}", f"by={by}"])
                        found.decode.setdefault(by, []).append(told_by)
                told.pop("used", None)
                found.runs.setdefault(engine, []).append(told)
                say(f"{found.rows:,} rows, {engine}, round {number + 1}: {told['wall']:.1f} s")
    for engine in engines:
        found.agree[engine] = answers[engine] == answers["duckdb"]
        for name in answers["duckdb"]:
            if answers[engine][name] != answers["duckdb"][name]:
                say(f"  {engine} answers {name} differently")
    return found


def yardsticks() -> list[str]:
    """The ways to decode the columns once; the first is the one that ratios go by."""
    return [*(["arrow"] if importlib.util.find_spec("pyarrow") else []), *YARDSTICKS]


def _run(engine: str, data: Path, out: Path, keys: Sequence[str]) -> dict[str, Any]:
    cost = cost_of([sys.executable, str(TASK), engine, str(data), str(out), *keys])
    told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    told["process"] = {"cpu": cost.cpu, "wall": cost.wall, "peak": cost.peak}
    return told


@contextlib.contextmanager
def _postgres(data: Path) -> Iterator[str]:
    """A server of our own that holds the data, for as long as the block."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from servers import started_postgres

    with started_postgres() as server:
        url = server.database()
        began = time.perf_counter()
        cost_of([sys.executable, str(LOAD), str(data), url])
        say(f"loaded into PostgreSQL in {time.perf_counter() - began:.0f} s")
        yield url


def say(text: str) -> None:
    """Tell of progress, beside what is printed."""
    print(text, file=sys.stderr, flush=True)


def _ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """The median of the ratios of the rounds that both sides ran."""
    return median(one / other for one, other in zip(over, under, strict=False))


def show(found: Sizes) -> None:
    """A table of one size; ratios are to the first yardstick, the others are told beside it."""
    print(f"\n{found.rows:,} rows, {COUNCILS} councils")
    print(f"  {'':28} {'ratio':>7} {'wall s':>8} {'CPU s':>8} {'peak MiB':>9}  answers")
    base = [each["wall"] for each in next(iter(found.decode.values()))]
    for by, runs in found.decode.items():
        walls, spent = [each["wall"] for each in runs], median(each["cpu"] for each in runs)
        name = f"decoding once, {by}"
        print(f"  {name:28} {_ratio(walls, base):7.2f} {median(walls):8.2f} {spent:8.2f}")
    for engine, runs in found.runs.items():
        walls = [each["wall"] for each in runs]
        own = engine == "duckdb"
        shown = f"{median(each['cpu'] for each in runs):8.2f}" if own else f"{'':8}"
        peak = f"{max(each['peak'] for each in runs):9.0f}" if own else f"{'':9}"
        agree = "the same" if found.agree[engine] else "DIFFERENT"
        print(
            f"  {engine:28} {_ratio(walls, base):7.2f} {median(walls):8.2f} {shown} {peak}  {agree}"
        )
    walls = [each["wall"] for each in found.runs["duckdb"]]
    for by, runs in list(found.decode.items())[1:]:
        others = [each["wall"] for each in runs]
        print(f"  {f'duckdb, to {by}':28} {_ratio(walls, others):7.2f}")
    print("  seconds of each measure, DuckDB")
    for name in found.runs["duckdb"][0]["each"]:
        seconds = median(each["each"][name] for each in found.runs["duckdb"])
        print(f"    {name:40} {seconds:7.2f}  {seconds / median(base):5.2f}")


def main() -> None:
    """Measure the sizes asked for, print them and keep them as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--mode", choices=MODES, default="default")
    parser.add_argument("--sizes", help="in place of the mode's, for every engine")
    parser.add_argument("--engines", default="duckdb,postgresql,spark")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--memory",
        default="800MB",
        help="what DuckDB may take; the process takes some more, here less than 1 GB in all",
    )
    parser.add_argument("--keep", type=Path, help="a folder for the data, to be used again")
    parser.add_argument(
        "--json", type=Path, help="a file for the figures; sizes in it are replaced"
    )
    chosen = parser.parse_args()
    named = chosen.engines.split(",")
    if "duckdb" not in named:
        parser.error("--engines needs duckdb: the others are compared with it")
    plan = MODES[chosen.mode]
    if chosen.sizes:
        plan = {name: [int(each) for each in chosen.sizes.split(",")] for name in named}
    sizes = sorted({size for name in named for size in plan.get(name, ())})
    kept: list[dict[str, Any]] = []
    if chosen.json and chosen.json.is_file():
        kept = json.loads(chosen.json.read_text(encoding="utf-8"))["sizes"]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            engines = [name for name in named if size in plan.get(name, ())]
            data = (chosen.keep or Path(folder)) / str(size)
            found = measure(size, engines, data, Path(folder), chosen.threads, chosen.memory)
            show(found)
            kept = [each for each in kept if each["rows"] != found.rows] + [vars(found)]
            if chosen.json:
                kept.sort(key=lambda each: each["rows"])
                content = {"threads": chosen.threads, "memory": chosen.memory, "sizes": kept}
                chosen.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
