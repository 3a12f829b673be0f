"""The JSON Schema refuses what the loader refuses, and explains keys to whoever edits."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from selfassess.loading.schema import framework_schema
from selfassess.loading.source import read

FOLDER = Path(__file__).parents[2] / "fixtures" / "bad_frameworks"
VALIDATOR = jsonschema.Draft202012Validator(framework_schema())


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(framework_schema())


def test_the_sound_file_fits() -> None:
    assert list(VALIDATOR.iter_errors(read(FOLDER / "sound.yaml").data)) == []


@pytest.mark.parametrize(
    "name",
    [
        "schema-missing",
        "schema-of-the-future",
        "unknown-key",
        "missing-key",
        "unknown-word",
        "number-for-text",
        "text-for-list",
        "yes-for-true",
        "text-for-number",
        "edition-holds-nodes",
        "edition-misspells-a-key",
    ],
)
def test_what_the_model_refuses_the_schema_refuses(name: str) -> None:
    assert list(VALIDATOR.iter_errors(read(FOLDER / f"{name}.yaml").data))


def test_keys_carry_the_words_of_the_model() -> None:
    definitions = framework_schema()["$defs"]
    assert "highest first" in definitions["Scale"]["description"]
    assert "no grade" in definitions["Framework"]["properties"]["kind"]["description"]
    assert "sibling" in definitions["NewNode"]["properties"]["after"]["description"]
    assert "Attributes" not in str([each["description"] for each in definitions.values()])
