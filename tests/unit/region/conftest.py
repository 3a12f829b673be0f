"""Contributions that are built by hand, small enough to be worked out on paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import selfassess_report_templates

from selfassess.region import read_contributions, region_data

Make = Callable[..., Path]
NAMES = ("Ashby", "Brook", "Combe")


def reading(
    name: str = "visits.on-time", top: float | None = 80, base: float | None = 100, **more: Any
) -> dict[str, Any]:
    """A share; without counts one that could not be counted."""
    known = top is not None and base is not None
    value = 100 * top / base if known else None  # type: ignore[operator]
    return {
        "id": name,
        "measure": name,
        "definition": "aaaa",
        "way": "",
        "title": "Visits on time",
        "where": {},
        "from": "2025-10-01",
        "to": "2026-09-30",
        "at": None,
        "value": value,
        "unit": "percent",
        "numerator": top,
        "denominator": base,
        "status": "ok" if known else "not-computable",
        "reason": None,
        "signal": "secure" if known else None,
        "band": {"basis": "guidance", "vintage": "2025", "text": "attention under 90"},
        "better": "higher",
        "why": "Whether children were seen.",
        "can_tell": "",
        "published": False,
        **more,
    }


def assessment(council: str, *readings: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A council's own assessment, as far as a region reads it."""
    return {
        "schema": "selfassess/assessment@1",
        "council": {"name": council, "code": None},
        "as_at": "2026-09-30",
        "as_at_inferred": False,
        "audience": "internal",
        "made_with": {"name": "selfassess", "version": "1"},
        "framework": {"id": "frame", "edition": "2026", "title": "Frame"},
        "plugins": [],
        "plugin_differences": [],
        "inputs": [],
        "readings": list(readings),
        "topics": [],
        "register": [],
        "judgements": [],
        "findings": [],
        "plan": [],
        "comparators": {},
        "gaps": [],
        "method": [
            {"measure": name, "title": name, "aggregate": "share", "bands": []}
            for name in dict.fromkeys(str(each["measure"]) for each in readings)
        ],
        **more,
    }


@pytest.fixture
def region(tmp_path: Path) -> Make:
    """Writes contributions into a folder of their own."""

    def make(*found: Mapping[str, Any], settings: str = "") -> Path:
        for index, each in enumerate(found):
            text = json.dumps(each, indent=1)
            (tmp_path / f"c{index}.json").write_text(text, encoding="utf-8")
        if settings:
            (tmp_path / "region.yaml").write_text(settings, encoding="utf-8")
        return tmp_path

    return make


def three(*readings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Three councils with a reading each."""
    return [assessment(name, each) for name, each in zip(NAMES, readings, strict=True)]


def data_of(folder: Path, **options: Any) -> dict[str, Any]:
    """What a region's folder gives."""
    settings, found = read_contributions(folder)
    options.setdefault("migrations", {})
    return region_data(settings, found, **options)[0]


@pytest.fixture(scope="session")
def template() -> Path:
    return Path(selfassess_report_templates.__file__).parent / "default"
