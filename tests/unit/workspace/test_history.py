"""Reading ``history/``: what is used, what is left out and how that is told."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from selfassess.model.workspace import Council, WorkspaceFile
from selfassess.workspace import Workspace
from selfassess.workspace.history import read_history

AS_AT = dt.date(2026, 3, 31)


def assessment(day: str, value: float = 80, **keys: Any) -> dict[str, Any]:
    return {
        "schema": "selfassess/assessment@1",
        "council": {"name": "Exampleshire", "code": "E00000001"},
        "as_at": day,
        "audience": "internal",
        "framework": {"id": "some", "edition": "2026"},
        "readings": [
            {
                "id": "m",
                "definition": "d1",
                "way": None,
                "from": None,
                "to": None,
                "at": day,
                "value": value,
                "numerator": 8,
                "denominator": 10,
                "status": "ok",
            }
        ],
        **keys,
    }


class Folder:
    def __init__(self, root: Path, name: str = "Exampleshire", code: str | None = "E00000001"):
        self.root = root
        council = Council(name=name, code=code)
        self.workspace = Workspace(root, WorkspaceFile(council=council, framework="some"), True)

    def put(self, name: str, content: Any) -> Folder:
        path = self.root / "history" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str | bytes) else json.dumps(content, indent=1)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return self

    def read(self) -> Any:
        return read_history(self.workspace, AS_AT)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_nothing_is_kept(folder: Folder) -> None:
    assert folder.read().kept == ()
    assert folder.read().problems == ()


def test_in_order_of_their_day_and_twice_the_same(folder: Folder) -> None:
    folder.put("b.json", assessment("2025-09-30", 70)).put("a.json", assessment("2025-12-31", 75))
    first = folder.read()
    assert [(k.as_at.isoformat(), k.readings["m"].value) for k in first.kept] == [
        ("2025-09-30", 70),
        ("2025-12-31", 75),
    ]
    assert folder.read() == first, "read from the cache"
    folder.put("b.json", assessment("2025-09-30", 71))
    assert folder.read().kept[0].readings["m"].value == 71


def test_of_one_day_the_later_kept_one(folder: Folder) -> None:
    folder.put("2025-12-31.json", assessment("2025-12-31", 1))
    folder.put("2025-12-31-b.json", assessment("2025-12-31", 2))
    folder.put("other-framework/2025-12-31.json", assessment("2025-12-31", 3))
    found = folder.read().kept
    # The workspace's own framework stands before others; of its own the last by name.
    assert [k.readings["m"].value for k in found] == [2]
    assert found[0].name == "history/2025-12-31-b.json"


def test_another_framework_is_welcome(folder: Folder) -> None:
    folder.put("x/2025-12-31.json", assessment("2025-12-31", framework={"id": "y", "edition": "1"}))
    assert len(folder.read().kept) == 1


def test_the_present_day_and_later_ones_are_no_history(folder: Folder) -> None:
    folder.put("a.json", assessment("2026-03-31")).put("b.json", assessment("2026-06-30"))
    assert folder.read() == type(folder.read())()


def test_an_upgrades_folder_is_none(folder: Folder) -> None:
    folder.put("upgrade-1-to-2/upgrade.json", {"schema": "selfassess/upgrade@1"})
    assert folder.read().problems == ()


def test_another_council_is_refused(folder: Folder) -> None:
    other = assessment("2025-12-31", council={"name": "Elsewhere", "code": "E09"})
    (problem,) = folder.put("a.json", other).read().problems
    assert problem.where == "history/a.json"
    assert "another council, 'Elsewhere'" in problem.message
    assert folder.read().kept == ()


def test_names_decide_where_there_is_no_code(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "exampleshire ", None)
    assert len(folder.put("a.json", assessment("2025-12-31")).read().kept) == 1


def test_a_public_copy_is_refused(folder: Folder) -> None:
    (problem,) = folder.put("a.json", assessment("2025-12-31", audience="public")).read().problems
    assert "public audience" in problem.message


def test_broken_json_is_named_with_its_line(folder: Folder) -> None:
    text = json.dumps(assessment("2025-12-31"), indent=1).replace('"value": 80,', '"value": 80')
    line = text[: text.index('"numerator"')].count("\n") + 1
    (problem,) = folder.put("a.json", text).read().problems
    assert problem.where.startswith(f"history/a.json:{line}:")
    assert "no JSON" in problem.message
    assert "run --keep" in problem.hint


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no JSON"),
        ("[]", "schema is None"),
        ('{"schema": "selfassess/upgrade@1"}', "selfassess/upgrade@1"),
        ('{"schema": "selfassess/assessment@1"}', "missing"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("[" * 200_000, "nested"),
        (assessment("someday"), "none"),
        (assessment("2025-12-31", value="many"), "none"),  # type: ignore[arg-type]
        (assessment("2025-12-31", council="Exampleshire"), "missing"),
    ],
)
def test_what_is_no_assessment_is_left_out_and_told(
    folder: Folder, content: Any, says: str
) -> None:
    folder.put("good.json", assessment("2025-09-30")).put("bad.json", content)
    found = folder.read()
    assert len(found.kept) == 1
    (problem,) = found.problems
    assert problem.where.startswith("history/bad.json")
    assert says in problem.message
