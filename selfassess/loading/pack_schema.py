"""The JSON Schema of the files of a pack, made from the models, so that editors complete and check.

Its first key says what a file is, and that kind's keys follow. Framework files have a schema of
their own (`selfassess.loading.schema`), as some of them only say how they differ from another.
"""

from __future__ import annotations

import json
from typing import Any

from selfassess.loading.kinds import FRAMEWORK
from selfassess.loading.packs import KINDS
from selfassess.loading.schema import describe

__all__ = ["pack_schema", "pack_schema_text"]

_TITLE = "A file of a pack for selfassess"


def pack_schema() -> dict[str, Any]:
    """The schema of every kind of file in a pack but frameworks."""
    from pydantic import TypeAdapter

    kinds = {kind: model for kind, model in KINDS.items() if kind != FRAMEWORK}
    inputs: list[Any] = [(kind, "validation", TypeAdapter(model)) for kind, model in kinds.items()]
    made, definitions = TypeAdapter.json_schemas(inputs)
    defs: dict[str, Any] = definitions["$defs"]
    seen: set[Any] = set()
    choices = []
    for kind, model in kinds.items():
        name = made[kind, "validation"]["$ref"].rsplit("/", 1)[-1]
        describe(model, defs, seen)
        said = {"const": kind, "description": defs[name]["description"]}
        defs[name]["properties"] = {"schema": said, **defs[name]["properties"]}
        defs[name]["required"] = ["schema", *defs[name].get("required", ())]
        choices.append(
            {
                "if": {"properties": {"schema": {"const": kind}}},
                "then": {"$ref": f"#/$defs/{name}"},
            }
        )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _TITLE,
        "type": "object",
        "required": ["schema"],
        "properties": {
            "schema": {"enum": sorted(kinds), "description": "The kind of this file."},
        },
        "allOf": choices,
        "$defs": dict(sorted(defs.items())),
    }


def pack_schema_text() -> str:
    """The schema as `selfassess plugins schema` prints it."""
    return json.dumps(pack_schema(), indent=2, ensure_ascii=False) + "\n"
