"""Draws what `scale.py` measured, and prints it as tables in Markdown.

    python benchmarks/scale_plot.py FIGURES.json PICTURE.svg

Both axes are logarithmic. Each line has its own marks and its name beside its end, so that nothing
hangs on colour.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any
from xml.sax.saxutils import escape

__all__ = ["svg"]

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 215, 30, 60
NAMES = {
    "duckdb": "DuckDB over Parquet",
    "postgresql": "PostgreSQL",
    "spark": "Spark",
    "decode": "decoding the columns once",
}
COLOURS = {
    "duckdb": "#1d4f91",
    "postgresql": "#00703c",
    "spark": "#942514",
    "decode": "#505a5f",
}
DASHES = {"duckdb": "", "postgresql": "9 4", "spark": "2 4", "decode": "12 4 2 4"}
Points = list[tuple[float, float]]


def _lines(found: dict[str, Any]) -> dict[str, Points]:
    lines: dict[str, Points] = {}
    for size in found["sizes"]:
        decoding = next(iter(size["decode"].values()))
        for name, runs in {**size["runs"], "decode": decoding}.items():
            seconds = median(float(run["wall"]) for run in runs)
            lines.setdefault(name, []).append((float(size["rows"]), seconds))
    return {name: lines[name] for name in NAMES if name in lines}


class Axis:
    """A logarithmic axis between whole powers of ten."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low = math.floor(math.log10(min(values)))
        self.high = math.ceil(math.log10(max(values)))
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        """Where a value lies."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    @property
    def steps(self) -> list[float]:
        """The powers of ten that it shows."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def _rows(value: float) -> str:
    return f"{value / 1e6:.3g} million" if value >= 1e6 else f"{value:,.0f}"


def _mark(name: str, x: float, y: float) -> str:
    colour = COLOURS[name]
    if name == "duckdb":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
    if name == "postgresql":
        return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" fill="{colour}"/>'
    shape = (
        f"{x:.1f},{y - 6:.1f} {x + 5.5:.1f},{y + 4:.1f} {x - 5.5:.1f},{y + 4:.1f}"
        if name == "spark"
        else f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 6:.1f} {x - 6:.1f},{y:.1f}"
    )
    fill = colour if name == "spark" else "#ffffff"
    return f'<polygon points="{shape}" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'


def _told(lines: dict[str, Points]) -> str:
    """What the picture shows, in words."""
    parts = []
    for name, points in lines.items():
        (first, began), (last, ended) = points[0], points[-1]
        part = f"{NAMES[name]}: {began:.3g} s at {_rows(first)} rows"
        parts.append(part if first == last else f"{part}, {ended:.3g} s at {_rows(last)}")
    return "Seconds against rows, both logarithmic. " + "; ".join(parts) + "."


def svg(found: dict[str, Any]) -> str:
    """The picture.

    Args:
        found: what `scale.py --json` wrote.
    """
    lines = _lines(found)
    points = [point for each in lines.values() for point in each]
    across = Axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = Axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    title = "Twelve measures over national data: time by number of rows"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="t d" font-family="Inter, Arial, sans-serif" font-size="13">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(_told(lines))}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for step in across.steps:
        x = across.at(step)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#d5d9db"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f"{_rows(step)}</text>"
        )
    for step in up.steps:
        y = up.at(step)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#d5d9db"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{step:g} s</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(
        f'<text x="{middle:.1f}" y="{HEIGHT - 12}" text-anchor="middle">rows in all tables</text>'
    )
    ends = sorted((up.at(each[-1][1]), name) for name, each in lines.items())
    label = -math.inf
    for end, name in ends:
        placed = [(across.at(x), up.at(y)) for x, y in lines[name]]
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        dash = f' stroke-dasharray="{DASHES[name]}"' if DASHES[name] else ""
        parts.append(
            f'<polyline points="{way}" fill="none" stroke="{COLOURS[name]}" '
            f'stroke-width="2"{dash}/>'
        )
        parts += [_mark(name, x, y) for x, y in placed]
        label = max(end + 4, label + 18)
        x = WIDTH - RIGHT + 12
        parts.append(_mark(name, x + 6, label - 4))
        parts.append(f'<text x="{x + 18}" y="{label:.1f}">{escape(NAMES[name])}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def tables(found: dict[str, Any]) -> str:
    """What each size took on each engine, and each measure on DuckDB at the largest size."""
    lines = [
        f"| rows | DuckDB | {' | '.join(f'to {by}' for by in found['sizes'][-1]['decode'])} "
        "| peak memory | PostgreSQL | Spark |",
        f"|---|---|{'---|' * len(found['sizes'][-1]['decode'])}---|---|---|",
    ]
    for size in found["sizes"]:
        runs = size["runs"]["duckdb"]
        ratios = []
        for base in size["decode"].values():
            pairs = zip(runs, base, strict=True)
            ratio = median(run["wall"] / one["wall"] for run, one in pairs)
            ratios.append(f"{median(one['wall'] for one in base):.2f} s, {ratio:.1f}")
        others = []
        for name in ("postgresql", "spark"):
            walls = [run["wall"] for run in size["runs"].get(name, ())]
            others.append(f"{median(walls):.1f} s" if walls else "")
        lines.append(
            f"| {size['rows']:,} | {median(r['wall'] for r in runs):.1f} s | {' | '.join(ratios)} "
            f"| {max(r['peak'] for r in runs):.0f} MiB "
            f"| {others[0]} | {others[1]} |"
        )
    largest = found["sizes"][-1]
    once = median(run["wall"] for run in next(iter(largest["decode"].values())))
    lines += ["", "| measure | seconds | of decoding once |", "|---|---|---|"]
    for name in largest["runs"]["duckdb"][0]["each"]:
        seconds = median(run["each"][name] for run in largest["runs"]["duckdb"])
        lines.append(f"| `{name}` | {seconds:.2f} | {seconds / once:.2f} |")
    return "\n".join(lines)


def main(figures: str, picture: str) -> None:
    """Draw the file, and print its tables."""
    found = json.loads(Path(figures).read_text(encoding="utf-8"))
    Path(picture).write_text(svg(found), encoding="utf-8")
    print(tables(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
