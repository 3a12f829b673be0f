"""Invented councils with many small cells, as plain assessments, by a seeded generator."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

Rows = list[dict[str, Any]]
CUTS = {"attention": 90, "concern": 75}


def council(
    seed: int, *, children: int = 160, later: bool = False, teams: int | None = None
) -> dict[str, Any]:
    """An assessment of children with a team, a colour, a quarter and some yes-or-no facts.

    Measures share populations, count one another's numerators, and break down singly and nested;
    a few children have no team. `later` is the same council a quarter on: old rows stand, some are
    corrected, new ones have come.
    """
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    names = [f"Team {letter}" for letter in "ABCDEFGH"[: teams or rng.randint(2, 8)]]
    weights = [rng.random() ** 3 + 0.02 for _ in names]
    rows = [
        _child(rng, names, weights, quarter) for quarter in ("Q1", "Q2") for _ in range(children)
    ]
    if later:
        for row in rng.sample(rows, 6):
            row["seen"] = not row["seen"]
        rows += [_child(rng, names, weights, "Q3") for _ in range(rng.randint(3, children))]
    at = "2026-06-30" if later else "2026-03-31"
    measures = [
        ("seen", lambda r: r["seen"], lambda r: True, [("team",), ("rag",), ("quarter",)]),
        ("late", lambda r: not r["seen"], lambda r: True, [("team",), ("rag",), ("rag", "team")]),
        ("alone", lambda r: r["alone"], lambda r: r["seen"], [("team",), ("quarter",)]),
        ("hurt", lambda r: r["hurt"], lambda r: True, [("team",), ("rag",), ("team", "quarter")]),
        ("hurt-seen", lambda r: r["seen"], lambda r: r["hurt"], [("rag",)]),
        ("red", lambda r: r["hurt"], lambda r: r["rag"] == "red", [("team",)]),
    ]
    readings = []
    for name, met, base, by in measures:
        kept = [row for row in rows if base(row)]
        readings += [_reading(name, {}, kept, met, at)]
        for keys in by:
            parts = sorted({tuple(row[key] for key in keys) for row in kept}, key=str)
            for values in parts:
                if None in values:
                    continue
                where = dict(zip(keys, values, strict=True))
                part = [row for row in kept if all(row[k] == v for k, v in where.items())]
                readings.append(_reading(name, where, part, met, at))
    return assessment(readings, at, {name: "share" for name, *_ in measures})


def _child(
    rng: random.Random, teams: list[str], weights: list[float], quarter: str
) -> dict[str, Any]:
    team = rng.choices(teams, weights)[0] if rng.random() > 0.03 else None
    return {
        "team": team,
        "rag": rng.choices(["red", "amber", "green"], [1, 5, 10])[0],
        "quarter": quarter,
        "seen": rng.random() < 0.93,
        "alone": rng.random() < 0.9,
        "hurt": rng.random() < 0.04,
    }


def _reading(name: str, where: dict[str, str], rows: Rows, met: Any, at: str) -> dict[str, Any]:
    found = Counter(bool(met(row)) for row in rows)
    return reading(f"test.{name}", where, found[True], len(rows), at)


def reading(
    measure: str,
    where: dict[str, str],
    top: float | None,
    base: float | None,
    at: str = "2026-03-31",
    **more: Any,
) -> dict[str, Any]:
    """A share, with the signal that its band gives it."""
    value = round(100 * top / base, 6) if top is not None and base else None
    signal = None
    if value is not None and base is not None and base >= 10:
        signal = next((n for n in ("concern", "attention") if value < CUTS[n]), "secure")
    scope = ",".join(f"{k}={v}" for k, v in sorted(where.items()))
    quarter = where.get("quarter")
    found = {
        "id": measure + (f"[{scope}]" if scope else ""),
        "measure": measure,
        "definition": "0",
        "way": None,
        "title": measure,
        "where": where,
        "from": f"2026-{quarter}" if quarter else None,
        "to": None,
        "at": None if quarter else at,
        "value": value,
        "unit": "percent",
        "numerator": top,
        "denominator": base,
        "status": "ok" if base and base >= 10 else "small-base",
        "reason": None,
        "signal": signal,
        "about": "compliance",
        "voice": "data",
        "topics": ["plans"],
        "source": "evidence/lists of J Smith.xlsx",
        "cited": "",
        "published": False,
        "band": {
            "basis": "proposed",
            "vintage": None,
            "text": "attention under 90; concern under 75",
        },
        "local_band": False,
        "comparators": [],
        "confidence": "high",
        "series": [],
        "new": False,
        "worsening": False,
        "low": None,
        "high": None,
        "unknown": 0,
        "not_due": 0,
        "distribution": [],
        "reference": None,
        "comparator": None,
        "why": "",
        "can_tell": "",
        "tail": False,
        "better": "higher",
        "twin": None,
    }
    return {**found, **more}


def assessment(
    readings: list[dict[str, Any]], at: str = "2026-03-31", aggregates: dict[str, str] | None = None
) -> dict[str, Any]:
    """An assessment that holds readings and little else."""
    dt.date.fromisoformat(at)
    aggregates = aggregates or {}
    measures = sorted({each["measure"] for each in readings})
    return {
        "schema": "selfassess/assessment@1",
        "council": {"name": "Exampleshire", "code": None},
        "as_at": at,
        "as_at_inferred": False,
        "audience": "internal",
        "disclosure": None,
        "made_with": {"name": "selfassess", "version": "0"},
        "framework": {"id": "f", "edition": "1", "title": "F", "source": {}, "questions": []},
        "plugins": [],
        "plugin_differences": [],
        "inputs": [{"path": "evidence/J Smith.xlsx", "sha256": "00", "sheets": []}],
        "readings": readings,
        "topics": [
            {"id": "plans", "title": "Plans", "group": "G", "status": "weak", "findings": []}
        ],
        "register": [],
        "judgements": [],
        "totals": [],
        "findings": [],
        "plan": [],
        "comparators": {},
        "gaps": [],
        "quality": [],
        "method": [
            {
                "measure": name,
                "title": name,
                "aggregate": aggregates.get(name, "share"),
                "bands": [],
            }
            for name in measures
        ],
        "loosened": [],
        "crosswalks": [],
    }
