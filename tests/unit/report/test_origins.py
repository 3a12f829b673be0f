"""Files and tables by the names that a reader knows them by."""

from __future__ import annotations

from typing import Any

import pytest

from selfassess.report.notes import source_words
from selfassess.report.origins import origins_of, source_name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("evidence/annex-a.xlsx", "annex-a.xlsx"),
        ("evidence/more/visits.csv", "visits.csv"),
        ("postgresql: care.ssd_person", "care.ssd_person"),
        ("duckdb: referrals.parquet", "referrals.parquet"),
        ("evidence/notes: old.csv", "notes: old.csv"),
    ],
)
def test_a_source_by_its_short_name(path: str, name: str) -> None:
    assert source_name(path) == name
    assert source_words({"measure": "m", "source": f"{path}, {path}"}) == name


def test_a_file_is_told_with_its_hash_and_a_table_without() -> None:
    def source(path: str, sha256: str, sheet: str, table: str) -> dict[str, Any]:
        return {"path": path, "sha256": sha256, "sheets": [{"sheet": sheet, "table": table}]}

    origins = origins_of(
        {
            "inputs": [
                source("evidence/annex-a.xlsx", "0123456789abcdef", "List 6", "cin"),
                source("postgresql: care.visits", "", "visits", "visits"),
            ]
        }
    )
    reading = {
        "source": "evidence/annex-a.xlsx, postgresql: care.visits",
        "tables": ["cin", "visits"],
    }
    assert origins.of(reading) == ("annex-a.xlsx › List 6 (0123456789ab)", "care.visits")
