"""The JSON Schema of pack files: what ships passes, what the loader refuses fails."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from selfassess.loading.pack_schema import pack_schema

ROOT = Path(__file__).parents[3]
VALIDATOR = jsonschema.Draft202012Validator(pack_schema())


def plain(value: Any) -> Any:
    """As JSON has it: a date is a text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def shipped() -> list[Path]:
    found = []
    for top in ("plugins", "frameworks"):
        for path in sorted((ROOT / top).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            if "\nschema: " in f"\n{text}" and "schema: selfassess/framework@" not in text:
                found.append(path)
    return found


def load(path: Path) -> Any:
    return plain(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(pack_schema())


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_shipped_files_pass(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(load(path))] == []


MEASURES = load(ROOT / "plugins" / "annex_a" / "measures" / "timeliness.yaml")


def changed(**keys: Any) -> dict[str, Any]:
    file = copy.deepcopy(MEASURES)
    file["measures"][0].update(keys)
    return file


@pytest.mark.parametrize(
    "file",
    [
        changed(betterr="higher"),
        changed(better="upwards"),
        changed(bands=[{"attention": "under 90"}]),
        changed(topics="assessment"),
        {**MEASURES, "schema": "selfassess/measure@1"},
        {"measures": MEASURES["measures"]},
        {"schema": "selfassess/tables@1", "measures": []},
    ],
)
def test_what_the_loader_refuses_fails(file: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(file)


def test_keys_are_described_where_editors_show_them() -> None:
    definitions = pack_schema()["$defs"]
    assert definitions["Measure"]["properties"]["same_as"]["description"].startswith(
        "the published"
    )
    assert "from" in definitions["Measure"]["properties"]
    assert definitions["MeasuresFile"]["description"] == "A file of measures."
