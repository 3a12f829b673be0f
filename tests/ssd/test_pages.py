"""The pages on the dataset say what the pack does."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from selfassess.toolkit import Toolkit
from ssd.conftest import Readings

DOCS = Path(__file__).parents[2] / "docs"

pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="the documentation is not at hand")


def test_the_reference_is_current(toolkit: Toolkit) -> None:
    generate = runpy.run_path(str(DOCS / "reference" / "generate_dataset.py"))
    found = DOCS / "reference" / "standard-safeguarding-dataset.md"
    assert found.read_text(encoding="utf-8") == generate["page"](toolkit.library), (
        "run docs/reference/generate_dataset.py"
    )


def guide(part: str) -> str:
    path = DOCS / "how-to" / "use-the-standard-safeguarding-dataset.md"
    text = path.read_text(encoding="utf-8")
    answers, cannot = text.split("\nIt cannot answer these.")
    return {"answers": answers.split("\n## What it answers")[1], "cannot": cannot}[part]


def named(text: str) -> set[str]:
    return set(re.findall(r"`((?:care|caseloads|oversight|thresholds|timeliness)\.[\w-]+)`", text))


def test_the_guide_names_what_the_dataset_cannot_answer(both: tuple[Readings, Readings]) -> None:
    _, dataset = both
    found = {
        measure
        for (measure, where), reading in dataset.items()
        if not where and reading.status == "not-computable"
    }
    assert named(guide("cannot")) == found


def test_the_guide_names_what_it_answers_otherwise(
    toolkit: Toolkit, both: tuple[Readings, Readings]
) -> None:
    lists, dataset = both
    ways = {
        measure
        for (measure, where), reading in dataset.items()
        if not where and reading.value is not None and reading.way != lists[measure, where].way
    }
    told = named(guide("answers"))
    assert {name for name in ways if not name.startswith("caseloads.")} <= told
    for measure, way in re.findall(r"`([\w.-]+)`[^|]*, way `([\w-]+)`", guide("answers")):
        assert way in {each.name for each in toolkit.library.measures[measure].ways}


def test_every_table_that_the_guide_names_is_declared(toolkit: Toolkit) -> None:
    path = DOCS / "how-to" / "use-the-standard-safeguarding-dataset.md"
    tables = set(re.findall(r"`(ssd_\w+)`", path.read_text(encoding="utf-8")))
    declared = {name for name, spec in toolkit.library.tables.items() if spec.dataset}
    assert tables == declared
