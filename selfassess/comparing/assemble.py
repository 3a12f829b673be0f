"""Turns rows of the tables into what is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfassess.comparing.benchmarks import (
    Benchmarks,
    Council,
    Figure,
    Imported,
    Indicator,
    Separation,
)
from selfassess.comparing.intake import Row
from selfassess.comparing.shapes import NATIONAL, REGION

__all__ = ["assemble"]


def assemble(
    rows: Mapping[str, Mapping[tuple[Any, ...], Row]],
    headlines: Mapping[str, str],
    imported: tuple[Imported, ...],
) -> Benchmarks:
    """Put the tables together; rows are typed and their keys unique."""
    figures: dict[tuple[str, str], dict[int, Figure]] = {}
    for row in rows["indicators"].values():
        figure = Figure(
            row["year_end"],
            row["value"],
            row["numerator"],
            row["denominator"],
            row["status"],
            row["flag"] or "",
            row["source_id"],
        )
        figures.setdefault((row["indicator_id"], _place(row)), {})[figure.year] = figure
    neighbours: dict[tuple[str, str], list[tuple[int, str]]] = {}
    not_close: dict[tuple[str, str], int] = {}
    for row in rows["statistical_neighbours"].values():
        key = row["list_date"], row["old_la_code"]
        neighbours.setdefault(key, []).append((row["rank"], row["neighbour_old_la_code"]))
        not_close[key] = not_close.get(key, 0) + (row["closeness"] == "not-close")
    return Benchmarks(
        indicators={
            row["indicator_id"]: _indicator(row) for row in rows["indicator_catalogue"].values()
        },
        councils={row["old_la_code"]: _council(row) for row in rows["local_authorities"].values()},
        neighbours={key: tuple(each for _, each in sorted(n)) for key, n in neighbours.items()},
        not_close=not_close,
        figures=figures,
        separation={
            (row["indicator_id"], row["judgement_area"]): _separation(row)
            for row in rows["grade_separation"].values()
        },
        sources={
            row["source_id"]: f"{row['title']} ({row['publisher']}; {row['licence']})"
            for row in rows["sources"].values()
        },
        headlines=headlines,
        imported=imported,
    )


def _place(row: Row) -> str:
    if row["level"] == NATIONAL:
        return NATIONAL
    return str(row["la_name"] if row["level"] == REGION else row["old_la_code"])


def _indicator(row: Row) -> Indicator:
    return Indicator(
        id=row["indicator_id"],
        title=row["title"],
        definition=row["definition"],
        official_title=row["official_title"],
        unit=row["unit"],
        polarity=row["polarity"],
        period=row["period"],
        period_end=row["period_end"],
        source_id=row["source_id"],
        publication=row["publication"] or "",
        last_updated=row["last_updated"] or "",
        next_publication=row["next_publication"] or "",
    )


def _council(row: Row) -> Council:
    return Council(
        id=row["old_la_code"],
        name=row["la_name"],
        region=row["region"],
        code=row["la_code"],
        other_codes=tuple((row["other_la_codes"] or "").split()),
        abolished=row["abolished_on"],
        successors=tuple((row["successor_old_codes"] or "").split()),
    )


def _separation(row: Row) -> Separation:
    return Separation(
        area=row["judgement_area"],
        polarity=row["polarity"],
        verdict=row["verdict"],
        n=row["n_good_plus"],
        low=row["good_plus_p25_vs_england"],
        middle=row["good_plus_median_vs_england"],
        high=row["good_plus_p75_vs_england"],
        edge=row["edge_at_latest_england"],
        year=row["latest_year"],
        good_past_edge=row["good_plus_past_edge"],
        others_past_edge=row["below_good_past_edge"],
        rank_correlation=row["year_on_year_rank_corr"],
    )
