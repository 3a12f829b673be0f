"""The tables of published figures: columns, what may stand in them, what tells rows apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["LEVELS", "NATIONAL", "REGION", "STATUS_WORDS", "TABLES", "Column", "TableShape"]

Kind = Literal["text", "integer", "number", "date", "month-day"]
NATIONAL, REGION, COUNCIL = "national", "region", "local_authority"
LEVELS = (NATIONAL, REGION, COUNCIL)

STATUS_WORDS: Mapping[str, str] = {
    "value": "a figure",
    "c": "withheld to protect children",
    "z": "not applicable",
    "x": "not available",
    "u": "unreliable, not shown",
    "k": "rounds to zero but is not",
    ":": "blank in the source, no reason given",
}
"""What a status means; anything but ``value`` has no number, and none of them is zero."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `choices` empty means any."""

    name: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table in the shape that the publishers' figures are kept in.

    Attributes:
        key: the columns that tell rows apart; an imported row replaces the shipped one of its key.
            Councils go by `old_la_code`, which stays the same.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)


def _need(*names: str, kind: Kind = "text", choices: tuple[str, ...] = ()) -> tuple[Column, ...]:
    return tuple(Column(name, kind, required=True, choices=choices) for name in names)


def _may(*names: str, kind: Kind = "text", choices: tuple[str, ...] = ()) -> tuple[Column, ...]:
    return tuple(Column(name, kind, choices=choices) for name in names)


_POLARITIES = ("higher-better", "lower-better", "neutral", "context")
_AUCS = (
    *("auc_good_plus", "auc_good_lo", "auc_good_hi"),
    *("auc_not_inadequate", "auc_inad_lo", "auc_inad_hi"),
    *("auc_vs_england", "auc_vs_england_lo", "auc_vs_england_hi"),
    *("auc_vs_neighbours", "auc_two_sided", "auc_already_published"),
    *("auc_2018_20", "auc_2021_23", "auc_2024_26", "auc_sif_2014_18"),
)
_GROUPS = ("outstanding", "good", "ri", "inadequate", "good_plus", "below_good")
_QUARTILES = ("p25", "median", "p75")

_SHAPES = (
    TableShape(
        "indicators",
        (
            *_need("year_end", kind="integer"),
            *_need("level", choices=LEVELS),
            *_need("la_code"),
            *_may("old_la_code"),
            *_need("la_name"),
            *_may("region"),
            *_need("indicator_id"),
            *_may("value", "numerator", "denominator", kind="number"),
            *_need("status", choices=tuple(STATUS_WORDS)),
            *_need("source_id"),
            *_may("flag", choices=("joint-return", "implausible-zero")),
        ),
        ("indicator_id", "year_end", "level", "la_code"),
    ),
    TableShape(
        "indicator_catalogue",
        (
            *_need("indicator_id", "official_title", "title", "definition", "unit"),
            *_need("polarity", choices=_POLARITIES),
            *_may("polarity_source"),
            *_need("period"),
            *_need("period_end", kind="month-day"),
            *_may("decimals", kind="integer"),
            *_need("source_id"),
            *_may("counts_source_id", "publication", "last_updated", "next_publication"),
        ),
        ("indicator_id",),
    ),
    TableShape(
        "local_authorities",
        (
            *_need("la_code", "old_la_code", "la_name", "region"),
            *_may("sub_region", "ofsted_urn"),
            *_need("status", choices=("current", "abolished")),
            *_may("abolished_on", kind="date"),
            *_may("successor_old_codes", "other_la_codes"),
        ),
        ("old_la_code",),
    ),
    TableShape(
        "statistical_neighbours",
        (
            *_need("list_date", "la_code", "old_la_code"),
            *_need("rank", kind="integer"),
            *_need("neighbour_la_code", "neighbour_old_la_code"),
            *_may("closeness"),
            *_need("source_id"),
        ),
        ("list_date", "old_la_code", "rank"),
    ),
    TableShape(
        "ofsted_outcomes",
        (
            *_need("la_code", "old_la_code", "la_name", "inspection_id", "framework"),
            *_may("inspection_type"),
            *_may("inspection_date", kind="date"),
            *_may("publication_date", kind="date"),
            *_need("judgement_area", "grade", "source_id"),
        ),
        ("inspection_id", "judgement_area"),
    ),
    TableShape(
        "grade_separation",
        (
            *_need("indicator_id", "judgement_area"),
            *_need("polarity", choices=_POLARITIES),
            *_need("n", "n_good_plus", "n_below_good", "n_inadequate", kind="integer"),
            *_may(*_AUCS, kind="number"),
            *_may(*(f"{group}_{q}" for group in _GROUPS for q in _QUARTILES), kind="number"),
            *_may(*(f"good_plus_{q}_vs_england" for q in _QUARTILES), kind="number"),
            *_may("edge_at_latest_england", kind="number"),
            *_may("latest_year", kind="integer"),
            *_may("below_good_past_edge", "good_plus_past_edge", kind="number"),
            *_may("year_on_year_rank_corr", "q_value", kind="number"),
            *_may("eras_same_side"),
            *_need("verdict"),
        ),
        ("indicator_id", "judgement_area"),
    ),
    TableShape(
        "sources",
        (
            *_need("source_id", "title", "publisher", "licence"),
            *_may("public_url", "as_at", "repository", "file", "commit"),
        ),
        ("source_id",),
    ),
)
TABLES: Mapping[str, TableShape] = {shape.name: shape for shape in _SHAPES}
"""Every table by name."""
