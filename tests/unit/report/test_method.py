"""Bands in the method appendix: alike ones once, a source once, nothing ascribed to another's."""

from __future__ import annotations

from typing import Any

import pytest

from selfassess.report.appendices import method_of

DIMENSIONS = [{"id": "role", "title": "Role", "values": {}}]


def band(text: str, source: str = "", **where: str) -> dict[str, Any]:
    found: dict[str, Any] = {"basis": "local", "text": text, "where": where}
    return {**found, "source": {"title": source}} if source else found


@pytest.mark.parametrize(
    ("bands", "says"),
    [
        ([], []),
        ([band("over 1", "A")], ["over 1 (local). Source: A"]),
        ([band("over 1")], ["over 1 (local)"]),
        # Alike for two scopes: one line.
        (
            [band("over 1", "A"), band("over 1", "A", role="senior")],
            ["all; role: senior: over 1 (local). Source: A"],
        ),
        (
            [band("over 1", "A"), band("over 2", "A", role="senior")],
            ["over 1 (local)", "role: senior: over 2 (local)", "Source: A"],
        ),
        (
            [band("over 1", "A"), band("over 2", "A", role="x"), band("over 3", "B", role="y")],
            [
                "over 1 (local)",
                "role: x: over 2 (local)",
                "role: y: over 3 (local). Source: B",
                "Source, where none is named: A",
            ],
        ),
        # A band without a source is ascribed to nobody.
        (
            [band("over 1", "A"), band("over 2", "A", role="x"), band("over 3", role="y")],
            [
                "over 1 (local). Source: A",
                "role: x: over 2 (local). Source: A",
                "role: y: over 3 (local)",
            ],
        ),
    ],
)
def test_bands_and_their_sources(bands: list[dict[str, Any]], says: list[str]) -> None:
    method = {"measure": "m", "title": "M", "why": "Why", "bands": bands}
    (found,) = method_of({"method": [method], "dimensions": DIMENSIONS})
    assert list(found.bands) == says


def test_a_quotient_says_both_its_sides_and_nothing_is_nothing() -> None:
    method = {"measure": "m", "title": "M", "why": "Why", "bands": []}
    (found,) = method_of({"method": [{**method, "counted": {"of": "from a", "to": "from b"}}]})
    assert found.counted == ("of: from a", "to: from b")
    (found,) = method_of({"method": [{**method, "counted": {}}]})
    assert found.counted == ()
