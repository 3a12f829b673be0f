"""The cache saves work and never changes an answer."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from selfassess.errors import FrameworkError
from selfassess.loading import parse
from selfassess.loading.cache import ParsedCache
from selfassess.loading.library import load_library
from selfassess.loading.packs import read_packs
from selfassess.loading.parse import Parsed, read_and_parse
from selfassess.loading.source import Document

from .conftest import ALL, FRAMEWORK, MakePack


def test_what_is_put_is_got_by_content_and_models(tmp_path: Path) -> None:
    cache = ParsedCache(tmp_path, "models")
    cache.put(b"a: 1", {"a": 1})
    assert cache.get(b"a: 1") == {"a": 1}
    assert cache.get(b"a: 2") is None
    assert ParsedCache(tmp_path, "other models").get(b"a: 1") is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"size": 3, "data": {}}', b"\xff", b"[" * 9999]
)
def test_a_corrupt_entry_is_ignored(content: bytes, tmp_path: Path) -> None:
    cache = ParsedCache(tmp_path, "models")
    cache.put(b"a: 1", {"a": 1})
    (entry,) = tmp_path.glob("*.json")
    entry.write_bytes(content)
    assert cache.get(b"a: 1") is None


def test_no_folder_no_cache() -> None:
    cache = ParsedCache(None, "models")
    cache.put(b"a: 1", {"a": 1})
    assert cache.get(b"a: 1") is None


def test_a_folder_that_cannot_be_made_turns_it_off(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("not a folder", encoding="utf-8")
    cache = ParsedCache(occupied / "cache", "models")
    cache.put(b"a: 1", {"a": 1})
    assert cache.get(b"a: 1") is None


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    cache = ParsedCache(tmp_path, "models")
    cache.put(b"a: 1", {"a": 1})
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def test_a_warm_library_equals_a_cold_one(make_pack: MakePack, tmp_path: Path) -> None:
    pack = make_pack(ALL)
    folder = tmp_path / "cache"
    cold = load_library([pack])
    first = load_library([pack], cache=folder)
    assert {path.suffix for path in folder.iterdir()} == {".json"}
    assert all(file.cached for file in read_packs([pack], folder))
    warm = load_library([pack], cache=folder)
    for library in (first, warm):
        assert library.frameworks == cold.frameworks
        assert library.measures == cold.measures
        assert library.tables == cold.tables
        assert library.views == cold.views
        assert library.topics == cold.topics
        assert library.dimensions == cold.dimensions
        assert library.settings == cold.settings


def test_an_entry_of_another_shape_is_read_anew(make_pack: MakePack, tmp_path: Path) -> None:
    pack = make_pack(ALL)
    folder = tmp_path / "cache"
    cold = load_library([pack], cache=folder)
    for entry in folder.glob("*.json"):
        data = json.loads(entry.read_text(encoding="utf-8"))
        data["data"]["nonsense"] = 1
        entry.write_text(json.dumps(data), encoding="utf-8")
    assert load_library([pack], cache=folder).frameworks == cold.frameworks


def test_a_fault_has_its_place_though_its_file_came_from_the_cache(
    make_pack: MakePack, tmp_path: Path
) -> None:
    """The framework's file stays as it was; the measure that it names goes away."""
    folder = tmp_path / "cache"
    load_library([make_pack(ALL)], cache=folder)
    changed = {**ALL, "measures/visits.yaml": "schema: selfassess/measures@1\nmeasures: []\n"}
    with pytest.raises(FrameworkError) as caught:
        load_library([make_pack(changed)], cache=folder)
    line = 1 + FRAMEWORK[: FRAMEWORK.index("visits.on-time")].count("\n")
    assert f"small.yaml:{line}:" in caught.value.problems[0].where


def test_a_warm_start_needs_neither_yaml_nor_validation(
    make_pack: MakePack, tmp_path: Path
) -> None:
    pack = make_pack(ALL)
    folder = tmp_path / "cache"
    load_library([pack], cache=folder)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from selfassess.loading.library import load_library\n"
        "from selfassess.model.pack import Manifest, Pack\n"
        "manifest = Manifest(id='one', version='1', api=1, title='', licence='')\n"
        "pack = Pack(manifest=manifest, root=Path(sys.argv[1]), plugin='one')\n"
        "library = load_library([pack], cache=Path(sys.argv[2]))\n"
        "assert library.framework('small').title == 'A small framework'\n"
        "assert not {'pydantic', 'ruamel.yaml'} & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "one"), str(folder)], check=True)


def test_a_named_entry_is_replaced_not_added_to(tmp_path: Path) -> None:
    cache = ParsedCache(tmp_path, "models", "council")
    cache.put(b"a: 1", {"a": 1})
    cache.put(b"a: 2", {"a": 2})
    assert [path.name for path in tmp_path.iterdir()] == ["council.json"]
    assert cache.get(b"a: 2") == {"a": 2}
    assert cache.get(b"a: 1") is None


@dataclass(frozen=True, kw_only=True)
class Note:
    """A small model."""

    text: str
    on: dt.date | None = None


@pytest.fixture
def note(tmp_path: Path) -> Callable[[str], tuple[Document, Parsed[Note]]]:
    """Write a file and read it through a cache."""
    file, folder = tmp_path / "note.yaml", tmp_path / "cache"

    def read(text: str) -> tuple[Document, Parsed[Note]]:
        file.write_text(text, encoding="utf-8")
        return read_and_parse(
            file, Note, schema="note@1", cache=lambda models: ParsedCache(folder, models)
        )

    return read


def test_a_kept_file_gives_the_same_value_without_places(
    note: Callable[[str], tuple[Document, Parsed[Note]]],
) -> None:
    text = "schema: note@1\ntext: '007'\non: 2026-04-01\n"
    (_, first), (warm, second) = note(text), note(text)
    assert second == first == Parsed(Note(text="007", on=dt.date(2026, 4, 1)))
    assert warm.place(("text",)) == warm.name


def test_without_the_quick_scanner_a_file_reads_the_same(
    note: Callable[[str], tuple[Document, Parsed[Note]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, quick = note("schema: note@1\ntext: '007'\non: 2026-04-01\n")
    monkeypatch.setattr(parse, "quick_data", lambda _: None)
    document, precise = note("schema: note@1\ntext: '007'\non: 2026-04-01 # anew\n")
    assert precise == quick
    assert document.place(("text",)).endswith(":2:7")


def test_a_file_with_a_fault_is_never_kept(
    note: Callable[[str], tuple[Document, Parsed[Note]]],
) -> None:
    for _ in range(2):
        document, parsed = note("schema: note@1\non: 2026-04-01\ntext: [x]\n")
        assert parsed.value is None
        assert document.place(("text",)).endswith(":3:7")


def test_a_file_of_another_schema_is_refused_although_its_content_was_kept(
    tmp_path: Path, note: Callable[[str], tuple[Document, Parsed[Note]]]
) -> None:
    note("schema: note@1\ntext: x\n")
    _, parsed = read_and_parse(
        tmp_path / "note.yaml",
        Note,
        schema="letter@1",
        cache=lambda models: ParsedCache(tmp_path / "cache", models),
    )
    assert parsed.value is None
