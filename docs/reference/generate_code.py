# ruff: noqa: E501 - lines of a page
"""Writes ``code.md`` from the floors in ``pyproject.toml`` and the first words of each part."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).with_name("code.md")
ROOT = PAGE.parents[2]
HEAD = """# How the code is laid out

Made by `generate_code.py` from the floors in `pyproject.toml` and the first words of each part; do not edit.

There is one street, walked one way: **read → measure → judge → report**. This is `selfassess run`, step by step:

| Step | Where | Gives |
|---|---|---|
| find plugins, read what packs define | `registry`, `loading/library.py` | `Library` |
| read the workspace's settings | `workspace/folder.py` | `Workspace` |
| walk all that follows | `toolkit.py`, `assessing/run.py` | |
| read evidence into tables, account for every row | `assessing/reading.py`, `evidence/intake.py` | `Evidence` |
| compile each measure to SQL, ask, count exactly | `measuring/run.py`, `measuring/compile.py`, `measuring/figures.py` | `Reading` |
| judge readings, entries and claims under each framework | `assessing/crossing.py`, `judging/judge.py` | `Outcome` |
| set readings beside published figures and earlier ones | `assessing/beside.py`, `comparing`, `measuring/trends.py` | `Comparison`, `Trend` |
| hold it all, as data for other programs | `assessment/result.py` | `assessment.json` |
| withhold what an audience may not see | `publishing.py`, `disclosure` | a copy of `assessment.json` |
| say it, draw it, print it | `outputs.py`, `report/build.py`, `report/html.py`, `report/pdf.py` | `report.pdf` and the others |

A report is made of `assessment.json` and of nothing else: `selfassess render` prints it again on another machine.

## The floors

A part imports only from floors below its own, and none from another of its own floor; `lint-imports` holds that (a name that
only a type needs may come from above). Nothing here names a plugin, a framework, a measure or a council: those are data, in `frameworks/`, `plugins/` and `report_templates/`, which reach
the toolkit by the same entry points as a stranger's package (`registry`, `hookspecs`).

Tests lie by part in `tests/unit/`, and by what a user does in `tests/functional/`.

| Floor | Part | What it is |
|---|---|---|
"""


def page() -> str:
    """The page's text."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    floors = [layer.replace("(", "").replace(")", "").split("|") for layer in contract["layers"]]
    return HEAD + "".join(
        f"| {len(floors) - up} | `{part}` | {says} |\n"
        for up, parts in enumerate(floors)
        for part, says in _told(part.strip() for part in parts)
    )


def _told(parts: Iterator[str]) -> Iterator[tuple[str, str]]:
    for part in sorted(parts):
        folder = ROOT / "selfassess" / part
        path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        name = f"{part}/" if folder.is_dir() else f"{part}.py"
        yield name, " ".join(words.split("\n\n")[0].split()).replace("``", "`")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
