"""The reference pages say what the files say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from selfassess.loading.library import Library

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "frameworks"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("framework_pages", FOLDER / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_current(generator: ModuleType, installed: Library) -> None:
    """If this fails, run ``python docs/reference/frameworks/generate.py``."""
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == generator.pages(installed)


def test_every_criterion_and_rule_is_on_its_page(generator: ModuleType, installed: Library) -> None:
    for framework in installed.frameworks.values():
        text = generator.page(framework)
        for node in framework.walk():
            assert f"# {node.id}: {node.title}" in text
        for rule in framework.ceilings:
            assert f"| `{rule.id}` |" in text
