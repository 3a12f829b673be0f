"""Measures the promises on speed and memory as ratios, all sides in one run on one machine.

    python benchmarks/run.py [--rows 60000] [--rounds 5] [--only reading,whole,measures,pdf,help]

Sides alternate, and each ratio is the median of the rounds' own ratios, so a machine that slows
down half way slows both sides. Nothing here is asserted: it is for people to look at.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from process import Cost, cost_of

HERE = Path(__file__).resolve().parent
TASKS = HERE / "tasks"
PYTHON = sys.executable
SELFASSESS = (PYTHON, "-m", "selfassess")
AS_AT = "2026-09-30"
Runs = dict[str, list[Cost]]


def alternate(rounds: int, sides: Mapping[str, Callable[[], Cost]]) -> Runs:
    """Run each side once a round, in turning order."""
    runs: Runs = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            runs[name].append(sides[name]())
            print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    return runs


def ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return median(one / other for one, other in zip(over, under, strict=True))


def show(title: str, runs: Runs, base: str, *, printed: bool = False) -> None:
    """A table of medians, each with its ratio to the base.

    Args:
        title: what is compared.
        runs: the costs of each side.
        base: the side that counts as 1.
        printed: take the seconds that the sides print themselves, not those of the process.
    """
    print(f"\n{title}")
    print(f"  {'':44} {'ratio':>7} {'CPU s':>8} {'wall s':>8} {'peak MiB':>9}")
    seconds = {
        name: [float(cost.output) if printed else cost.cpu for cost in costs]
        for name, costs in runs.items()
    }
    for name, costs in runs.items():
        peaks = [cost.peak for cost in costs if cost.peak is not None]
        wall = "" if printed else f"{median(cost.wall for cost in costs):.2f}"
        print(
            f"  {name:44} {ratio(seconds[name], seconds[base]):7.2f} {median(seconds[name]):8.2f} "
            f"{wall:>8} {f'{max(peaks):.0f}' if peaks else '':>9}"
        )


def reading(council: Path, rounds: int) -> None:
    """Our reader against a bare fastexcel read of the same file."""
    book = str(council / "evidence" / "annex-a.xlsx")
    sides = {
        "bare fastexcel, every cell as text": "read_bare.py",
        "our reader (cells, error cells, hidden sheets)": "read_ours.py",
        "our reader, then typed tables and row ledger": "read_typed.py",
    }
    runs = alternate(
        rounds,
        {
            name: lambda task=task: cost_of([PYTHON, str(TASKS / task), book])  # type: ignore[misc]
            for name, task in sides.items()
        },
    )
    show(
        "Reading the workbook (seconds of the reading alone)", runs, next(iter(sides)), printed=True
    )


def whole(council: Path, rounds: int) -> None:
    """Workbook to assessment.json against a pandas script for three of its measures."""
    if not all(importlib.util.find_spec(name) for name in ("pandas", "openpyxl")):
        print("\nThe whole run: left out, as it needs pandas and openpyxl installed.")
        return
    run = [*SELFASSESS, "run", str(council), "--format", "json"]
    holidays = HERE.parent / "selfassess" / "evidence" / "bank_holidays.csv"
    script = [PYTHON, str(TASKS / "three_measures.py"), str(council / "evidence"), AS_AT]
    with tempfile.TemporaryDirectory() as folder:

        def cold() -> Cost:
            # The council's own files are kept in its folder, not in the user's.
            shutil.rmtree(council / "out" / ".cache", ignore_errors=True)
            with tempfile.TemporaryDirectory() as empty:
                return cost_of(run, {"SELFASSESS_CACHE": empty})

        warm = {"SELFASSESS_CACHE": folder}
        cost_of(run, warm)

        def changed() -> Cost:
            # As after any edit of the evidence: rows are read and measured, definitions are known.
            (council / "out" / ".cache" / "measured.json").unlink(missing_ok=True)
            return cost_of(run, warm)

        runs = alternate(
            rounds,
            {
                "pandas over openpyxl, three measures": lambda: cost_of([*script, str(holidays)]),
                "selfassess run, every measure, no caches": cold,
                "the same, caches warm, evidence changed": changed,
                "the same, caches warm, evidence unchanged": lambda: cost_of(run, warm),
            },
        )
    first = next(iter(runs))
    show("Workbook to assessment.json (whole processes)", runs, first)
    compare(council, json.loads(runs[first][-1].output))


def compare(council: Path, counted: Mapping[str, float]) -> None:
    """Show the script's figures beside ours."""
    assessment = json.loads((council / "out" / "assessment.json").read_text(encoding="utf-8"))
    ours = {r["measure"]: r for r in assessment["readings"] if not r["where"]}
    print(f"  {'the same measures':44} {'pandas':>8} {'ours':>8}  way")
    for measure, value in counted.items():
        reading = ours.get(measure, {})
        found = reading.get("value")
        shown = "" if found is None else f"{found:.2f}"
        print(f"  {measure:44} {value:8.2f} {shown:>8}  {reading.get('way') or ''}")


def measures(council: Path, rounds: int) -> None:
    """Measures with all their breakdowns, from tables in memory, against pandas on the same."""
    if not importlib.util.find_spec("pandas"):
        print("\nThe measures: left out, as it needs pandas installed.")
        return
    task = str(TASKS / "same_measures.py")
    with tempfile.TemporaryDirectory() as folder:
        told = {side: Path(folder) / f"{side}.json" for side in ("pandas", "ours", "every")}
        names = {
            "pandas": "pandas, nine measures and their breakdowns",
            "ours": "ours, the same nine, with monthly series",
            "every": "ours, the whole catalogue and data quality",
        }
        runs = alternate(
            rounds,
            {
                names[side]: lambda side=side: cost_of(  # type: ignore[misc]
                    [PYTHON, task, side, str(council), str(told[side])]
                )
                for side in told
            },
        )
        found = {side: json.loads(path.read_text("utf-8")) for side, path in told.items()}
    show("Measuring alone (seconds of the counting)", runs, names["pandas"], printed=True)
    counts = ", ".join(f"{side} {each['readings']}" for side, each in found.items())
    print(f"  readings: {counts}")
    for name, value in found["pandas"]["figures"].items():
        same = found["ours"]["figures"][name]
        print(f"  {name:44} {value:8.2f} {same:8.2f}")


def pdf(council: Path, rounds: int) -> None:
    """Our PDF against WeasyPrint alone on the same HTML, of a short report and of a long one."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small"
        write_council(small, 600)
        _pdf(small, rounds, "a council of 600 rows")
    _pdf(council, rounds, "the council")


def _pdf(council: Path, rounds: int, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        cache = {"SELFASSESS_CACHE": str(target / "cache")}
        source = council / "out" / "assessment.json"
        if not source.exists():
            cost_of([*SELFASSESS, "run", str(council), "--format", "json"], cache)
        render = [*SELFASSESS, "render", str(source), "--out", folder, "--format"]
        cost_of([*render, "html"], cache)
        page = next(target.glob("*.html"))
        alone = [PYTHON, str(TASKS / "weasyprint_alone.py"), str(page), str(target / "alone.pdf")]
        runs = alternate(
            rounds,
            {
                "WeasyPrint alone, same HTML": lambda: cost_of(alone),
                "selfassess render, assessment.json to PDF": lambda: cost_of(
                    [*render, "pdf"], cache
                ),
            },
        )
    show(f"The report of {name} as PDF (whole processes)", runs, "WeasyPrint alone, same HTML")


def helping(_: Path, rounds: int) -> None:
    """How long --help takes, beside an interpreter that does nothing."""
    runs = alternate(
        rounds * 2,
        {
            "python -c pass": lambda: cost_of([PYTHON, "-c", "pass"]),
            "selfassess --help": lambda: cost_of([*SELFASSESS, "--help"]),
        },
    )
    show("Starting up (whole processes)", runs, "python -c pass")
    milliseconds = 1000 * median(cost.wall for cost in runs["selfassess --help"])
    print(f"  --help: {milliseconds:.0f} ms on the clock")


PARTS = {
    "reading": reading,
    "whole": whole,
    "measures": measures,
    "pdf": pdf,
    "help": helping,
}


def write_council(folder: Path, rows: int) -> None:
    """Write a demo council."""
    # In a process of its own: a child's peak is never below what its parent held at the fork.
    write = "import sys; from pathlib import Path; from selfassess.demo import write_demo; "
    write += "write_demo(Path(sys.argv[1]), rows=int(sys.argv[2]))"
    cost_of([PYTHON, "-c", write, str(folder), str(rows)])


def main() -> None:
    """Write a demo council and compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=60_000, help="rows of the demo council")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, separated by commas")
    chosen = parser.parse_args()
    unknown = set(chosen.only.split(",")) - set(PARTS)
    if unknown:
        parser.error(f"--only knows {', '.join(PARTS)}; not {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        council = Path(folder) / "council"
        write_council(council, chosen.rows)
        print(
            f"Demo council of {chosen.rows} rows, {chosen.rounds} rounds, Python {sys.version[:6]}"
        )
        for name in chosen.only.split(","):
            PARTS[name](council, chosen.rounds)


if __name__ == "__main__":
    main()
