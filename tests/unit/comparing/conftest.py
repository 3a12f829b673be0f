"""A small, hand-made release: two indicators, four councils, invented figures."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from selfassess.comparing import Benchmarks, load_benchmarks
from selfassess.comparing.shapes import TABLES
from selfassess.model.comparing import ComparatorRelease, Shipped

Rows = Sequence[Mapping[str, Any]]
PLACES = {
    "England": ("national", "E92000001", "", ""),
    "Midshire": ("region", "E12000001", "", "Midshire"),
    "Ashby": ("local_authority", "E06000901", "901", "Midshire"),
    "Birch": ("local_authority", "E06000902", "902", "Midshire"),
    "Cedar": ("local_authority", "E06000903", "903", "Midshire"),
    "Dale": ("local_authority", "E06000904", "904", "Midshire"),
}


def figure(
    place: str, year: int, value: float | None, indicator: str = "on-time", **more: Any
) -> dict[str, Any]:
    """One row of the indicators; a status other than ``value`` where there is no value."""
    level, code, old, region = PLACES[place]
    status = "value" if value is not None else "c"
    return {
        "year_end": year,
        "level": level,
        "la_code": code,
        "old_la_code": old,
        "la_name": place,
        "region": region,
        "indicator_id": indicator,
        "value": value,
        "status": status,
        "source_id": "src",
        **more,
    }


def council(name: str, **more: Any) -> dict[str, Any]:
    _, code, old, region = PLACES[name]
    return {
        "la_code": code,
        "old_la_code": old,
        "la_name": name,
        "region": region,
        "status": "current",
        **more,
    }


def neighbour(of: str, rank: int, name: str, date: str = "2025-05", **more: Any) -> dict[str, Any]:
    return {
        "list_date": date,
        "la_code": PLACES[of][1],
        "old_la_code": PLACES[of][2],
        "rank": rank,
        "neighbour_la_code": PLACES[name][1],
        "neighbour_old_la_code": PLACES[name][2],
        "closeness": "close",
        "source_id": "src",
        **more,
    }


def separation(indicator: str = "on-time", **more: Any) -> dict[str, Any]:
    """Good-or-better councils: 4 under, 1 over and 6 over England; England stands at 80."""
    return {
        "indicator_id": indicator,
        "judgement_area": "whole",
        "polarity": "higher-better",
        "n": 40,
        "n_good_plus": 20,
        "n_below_good": 20,
        "n_inadequate": 3,
        "good_plus_p25_vs_england": -4,
        "good_plus_median_vs_england": 1,
        "good_plus_p75_vs_england": 6,
        "edge_at_latest_england": 76,
        "latest_year": 2025,
        "verdict": "signal",
        **more,
    }


def catalogue(indicator: str = "on-time", **more: Any) -> dict[str, Any]:
    return {
        "indicator_id": indicator,
        "official_title": "Work on time (%)",
        "title": "Work on time",
        "definition": "Share of work done on time.",
        "unit": "%",
        "polarity": "higher-better",
        "period": "year to 31 March",
        "period_end": "03-31",
        "source_id": "src",
        **more,
    }


def release_tables() -> dict[str, list[dict[str, Any]]]:
    """England 80, region 78; Ashby 70 to 74; its neighbours 60, 90 and one withheld."""
    return {
        "indicators": [
            figure("England", 2024, 79),
            figure("England", 2025, 80),
            figure("Midshire", 2025, 78),
            figure("Ashby", 2023, 70),
            figure("Ashby", 2024, None),
            figure("Ashby", 2025, 74),
            figure("Birch", 2025, 60),
            figure("Cedar", 2025, 90),
            figure("Dale", 2025, None),
        ],
        "indicator_catalogue": [catalogue()],
        "local_authorities": [council(name) for name in ("Ashby", "Birch", "Cedar", "Dale")],
        "statistical_neighbours": [
            neighbour("Ashby", 1, "Birch"),
            neighbour("Ashby", 2, "Cedar"),
            neighbour("Ashby", 3, "Dale"),
        ],
        "grade_separation": [separation()],
        "sources": [
            {"source_id": "src", "title": "Work 2025", "publisher": "Office", "licence": "OGL v3"}
        ],
    }


def write(path: Path, table: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """A CSV file in the shape of a table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, TABLES[table].header)
        writer.writeheader()
        writer.writerows(rows)
    return path


def ship(folder: Path, tables: Mapping[str, Rows], headline: str = "whole") -> Shipped:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        write(folder / f"{name}.csv", name, rows)
    release = ComparatorRelease(
        id=folder.name,
        title="A release",
        publisher="Office",
        licence="OGL v3",
        vintage="2025",
        files={name: f"{name}.csv" for name in tables},
        headline=headline,
    )
    return Shipped(release, folder)


@pytest.fixture
def tables() -> dict[str, list[dict[str, Any]]]:
    return release_tables()


@pytest.fixture
def load(tmp_path: Path) -> Callable[[Mapping[str, Rows]], Benchmarks]:
    def loaded(tables: Mapping[str, Rows]) -> Benchmarks:
        return load_benchmarks([ship(tmp_path / "release", tables)])

    return loaded
