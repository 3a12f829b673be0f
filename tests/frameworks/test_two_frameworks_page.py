"""What the how-to pages show is sound, and what they say of commands is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from selfassess.loading.checks.files import check_files
from selfassess.loading.library import Library
from selfassess.loading.parse import parse
from selfassess.loading.sheet.layout import GUIDE, LISTS, plans
from selfassess.loading.source import read_text
from selfassess.model.workspace import WorkspaceFile

DOCS = Path(__file__).parents[2] / "docs" / "how-to"
PAGE = (DOCS / "assess-two-frameworks.md").read_text(encoding="utf-8")
CROSSWALK, OVERLAYS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("text", [CROSSWALK, OVERLAYS], ids=["crosswalk", "overlay"])
def test_the_files_shown_are_sound(text: str, installed: Library, tmp_path: Path) -> None:
    if text is OVERLAYS:
        whole = read_text(f"council: {{name: A}}\nframework: ofsted-ilacs\n{text}")
        parsed = parse(whole, WorkspaceFile)
        assert parsed.problems == ()
        body = text.partition("  - ")[2].replace("\n    ", "\n")
        text = f"schema: selfassess/overlay@1\n{body}"
    path = tmp_path / "shown.yaml"
    path.write_text(text, encoding="utf-8")
    assert check_files([path], installed) == ()


def test_the_page_on_excel_names_every_sheet() -> None:
    page = (DOCS / "edit-a-framework-in-excel.md").read_text(encoding="utf-8")
    for title in (GUIDE, LISTS, *(plan.title for plan in plans())):
        assert title in page, title
