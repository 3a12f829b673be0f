"""The page of the code's layout says what the floors and the parts themselves say."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "reference"
pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="the documentation is not at hand")


def test_the_page_is_current() -> None:
    wanted = runpy.run_path(str(DOCS / "generate_code.py"))["page"]()
    assert (DOCS / "code.md").read_text(encoding="utf-8") == wanted, "run generate_code.py"


def test_every_file_on_the_way_of_a_run_is_there() -> None:
    text = (DOCS / "code.md").read_text(encoding="utf-8").partition("## The floors")[0]
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.py)`", text)) - {"generate_code.py"}
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / "selfassess" / name).is_file()] == []
