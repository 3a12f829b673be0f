"""The catalogue page says what the packs say."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from selfassess.loading.library import load_library
from selfassess.registry import Registry

DOCS = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.skipif(not DOCS.is_dir(), reason="the documentation is not at hand")
def test_the_page_is_current() -> None:
    generate = runpy.run_path(str(DOCS / "generate_measures.py"))
    wanted = generate["page"](load_library(Registry.load(()).packs))
    found = (DOCS / "measures.md").read_text(encoding="utf-8")
    assert found == wanted, "run docs/reference/generate_measures.py"
