"""What ``docs/how-to/add-a-framework.md`` tells people to write is sound, message and all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from selfassess.loading.checks.files import check_files
from selfassess.loading.library import Library, load_library
from selfassess.registry import Registry, read_pack

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-framework.md"
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
MANIFEST, WHOLE, _, LATER = (text for language, text in BLOCKS if language == "yaml")
MESSAGE = next(text for language, text in BLOCKS if not language and "planz" in text)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("pack", MANIFEST), ("my-framework", WHOLE), ("later", LATER)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_framework_and_its_edition_are_sound(folder: Path, installed: Library) -> None:
    files = [folder / "my-framework.yaml", folder / "later.yaml"]
    assert check_files(files, installed) == ()


def test_the_pack_loads_beside_the_built_in_ones(folder: Path) -> None:
    packs = [*Registry.load().packs, read_pack(folder, plugin="test")]
    library = load_library(packs)
    later = library.framework("practice-review", "2027")
    assert [node.id for node in later.nodes] == ["practice", "P-02"]
    assert later.node("P-01").title == "Plans that last"
    assert later.ceilings == ()
    assert len(later.questions) == 2


def test_the_message_shown_is_the_message_given(folder: Path, installed: Library) -> None:
    path = folder / "my-framework.yaml"
    path.write_text(WHOLE.replace("topics: [plans]", "topics: [planz]"), encoding="utf-8")
    (problem,) = check_files([path], installed)
    assert str(problem) == MESSAGE.rstrip()
