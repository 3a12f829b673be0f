from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import selfassess_report_templates
import verapdf

from selfassess.report import render_html
from selfassess.report.output import render

HERE = Path(__file__).parent


def load(name: str) -> ModuleType:
    """A helper module beside the tests, which are not a package."""
    spec = importlib.util.spec_from_file_location(f"report_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ASSESSMENTS: ModuleType = load("assessments")
CASES = sorted(ASSESSMENTS.ALL)


@pytest.fixture(scope="session")
def template() -> Path:
    return Path(selfassess_report_templates.__file__).parent / "default"


@pytest.fixture(scope="session")
def assessment() -> Callable[[str], dict[str, Any]]:
    """A fresh assessment by name: rich, sparse, hostile or narrative."""
    return lambda name: ASSESSMENTS.ALL[name]()


@pytest.fixture(scope="session")
def pages(template: Path) -> dict[str, str]:
    """Every assessment as HTML."""
    return {name: render_html(ASSESSMENTS.ALL[name](), template) for name in CASES}


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory, template: Path) -> dict[str, Path]:
    """Every assessment rendered to a folder with report.pdf, report.html and assessment.json."""
    made = {}
    for name in CASES:
        folder = tmp_path_factory.mktemp(name)
        source = folder / "source.json"
        source.write_text(json.dumps(ASSESSMENTS.ALL[name](), indent=1), encoding="utf-8")
        render(source, folder / "out", ["pdf", "html", "json"], {"default": template})
        made[name] = folder / "out"
    return made


@pytest.fixture(scope="session")
def verdicts(reports: dict[str, Path]) -> dict[tuple[str, str], dict[str, Any]]:
    """What veraPDF says of every report, by name and flavour, from one JVM of its own."""
    files = {str(folder / "report.pdf"): name for name, folder in reports.items()}
    return {(files[one["file"]], one["flavour"]): one for one in verapdf.verdicts(files)}
