"""Plugins are loaded singly; a broken one is named and contained; clashes are refused."""

from __future__ import annotations

import sys
import types
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from selfassess.errors import PluginError
from selfassess.hookspecs import hookimpl
from selfassess.registry import Registry

MANIFEST = 'id: {id}\nversion: "1.0"\napi: {api}\ntitle: A pack\nlicence: MIT\n'


def pack(folder: Path, name: str, api: int = 1) -> Path:
    root = folder / name
    root.mkdir(parents=True)
    (root / "pack.yaml").write_text(MANIFEST.format(id=name, api=api), encoding="utf-8")
    return root


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch):
    """Make modules on the fly and hand back their entry points."""

    def make(name: str, **attributes: object) -> EntryPoint:
        module = types.ModuleType(f"stranger_{name}")
        for key, value in attributes.items():
            setattr(module, key, value)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return EntryPoint(name=name, value=module.__name__, group="selfassess")

    return make


def brings(*roots: Path):
    @hookimpl
    def selfassess_packs() -> list[Path]:
        return list(roots)

    return selfassess_packs


def test_a_broken_plugin_is_named_and_the_others_still_load(tmp_path: Path, plugin) -> None:
    @hookimpl
    def selfassess_packs() -> list[Path]:
        raise ZeroDivisionError("boom")

    good = plugin("good", selfassess_packs=brings(pack(tmp_path, "good")))
    missing = EntryPoint(name="absent", value="no_such_module_at_all", group="selfassess")
    registry = Registry.load(
        points=[plugin("bad", selfassess_packs=selfassess_packs), good, missing]
    )

    assert [p.id for p in registry.packs] == ["good"]
    assert {i.name: i.failure.split(":")[0] for i in registry.failures} == {
        "absent": "ModuleNotFoundError",
        "bad": "ZeroDivisionError",
    }


def test_a_hook_that_does_not_exist_is_a_failure_of_that_plugin(tmp_path: Path, plugin) -> None:
    @hookimpl
    def selfassess_pakcs() -> list[Path]:
        return []

    registry = Registry.load(
        points=[
            plugin("typo", selfassess_pakcs=selfassess_pakcs),
            plugin("good", selfassess_packs=brings(pack(tmp_path, "good"))),
        ]
    )
    assert [i.name for i in registry.failures] == ["typo"]
    assert "selfassess_pakcs" in registry.failures[0].failure
    assert [p.id for p in registry.packs] == ["good"]


def test_two_packs_with_one_id_are_refused_naming_both(tmp_path: Path, plugin) -> None:
    first = plugin("first", selfassess_packs=brings(pack(tmp_path / "a", "twin")))
    second = plugin("second", selfassess_packs=brings(pack(tmp_path / "b", "twin")))
    with pytest.raises(PluginError, match=r"'twin'.*'first'.*'second'"):
        Registry.load(points=[first, second])


def test_an_unknown_pack_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="api 2 is not known; this version reads api 1"):
        Registry.load([pack(tmp_path, "future", api=2)], points=[])


def test_what_is_wrong_with_a_manifest_has_its_line(tmp_path: Path) -> None:
    with pytest.raises(PluginError) as caught:
        Registry.load([pack(tmp_path, "my pack", api=2)], points=[])
    assert [each.where.rpartition("pack.yaml:")[2] for each in caught.value.problems] == [
        "3:6",
        "1:5",
    ]
    assert "Write 'my-pack'." in str(caught.value)


def test_a_workspace_pack_that_clashes_is_named_by_its_folder(tmp_path: Path, plugin) -> None:
    installed = plugin("first", selfassess_packs=brings(pack(tmp_path / "a", "twin")))
    with pytest.raises(PluginError) as caught:
        Registry.load([pack(tmp_path / "b", "twin")], points=[installed])
    (problem,) = caught.value.problems
    assert problem.where.endswith("pack.yaml:1:5")
    assert "by plugin 'first'" in problem.message
    assert "by the folder 'twin'" in problem.message


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r"no pack\.yaml found"):
        Registry.load([tmp_path], points=[])


def test_a_workspace_pack_is_read_without_importing_anything(tmp_path: Path) -> None:
    root = pack(tmp_path, "data_only")
    (root / "__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    before = set(sys.modules)
    registry = Registry.load([root], points=[])
    assert [p.id for p in registry.packs] == ["data_only"]
    assert not any("data_only" in name for name in set(sys.modules) - before)


def test_built_ins_come_by_the_same_entry_point_group() -> None:
    names = {info.name for info in Registry.load().plugins}
    assert {
        "annex-a",
        "caseloads",
        "frameworks",
        "management-oversight",
        "report-templates",
        "thresholds",
    } <= names
