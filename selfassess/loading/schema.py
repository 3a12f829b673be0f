"""The JSON Schema of framework files, made from the model, so that editors complete and check.

It is shipped as ``frameworks/framework.schema.json``; each framework file names it in its first
line for the YAML language server.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from typing import Any

from selfassess.loading import shape
from selfassess.loading.extension import SECTIONS, Extension, partial
from selfassess.model.framework import Framework, Node

__all__ = ["describe", "framework_schema", "framework_schema_text"]

_TITLE = "An inspection framework for selfassess"
_SCHEMA_KEY = {"const": "selfassess/framework@1", "description": "The kind of this file."}


def framework_schema() -> dict[str, Any]:
    """The schema of a framework file: a whole one, or one that extends another edition."""
    from pydantic import TypeAdapter

    changes = {"nodes": Node, **{section: model for section, (model, _) in SECTIONS.items()}}
    wanted: dict[str, Any] = {"whole": Framework, "extension": Extension}
    wanted |= {f"change:{section}": partial(model) for section, model in changes.items()}
    inputs: list[Any] = [(name, "validation", TypeAdapter(model)) for name, model in wanted.items()]
    made, definitions = TypeAdapter.json_schemas(inputs)
    defs: dict[str, Any] = definitions["$defs"]
    named = {name: made[name, "validation"]["$ref"].rsplit("/", 1)[-1] for name in wanted}
    for section in changes:
        defs["Changes"]["properties"][section]["additionalProperties"] = {
            "$ref": f"#/$defs/{named[f'change:{section}']}"
        }
    for model in (Framework, Extension):
        describe(model, defs, set())
    for name in ("whole", "extension"):
        defs[named[name]]["properties"]["schema"] = _SCHEMA_KEY
        defs[named[name]]["required"].insert(0, "schema")
    del defs[named["whole"]]["properties"]["extends"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _TITLE,
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"#/$defs/{named['extension']}"},
        "else": {"$ref": f"#/$defs/{named['whole']}"},
        "$defs": dict(sorted(defs.items())),
    }


def framework_schema_text() -> str:
    """The schema as the shipped file holds it."""
    return json.dumps(framework_schema(), indent=2, ensure_ascii=False) + "\n"


_ENTRY = re.compile(r"^ {4}(\w[\w, ]*): (.*(?:\n {8}.*)*)", re.MULTILINE)


def describe(model: Any, defs: dict[str, Any], seen: set[Any]) -> None:
    """Give keys the words that the model's docstring has for them; editors show these."""
    if model in seen:
        return
    seen.add(model)
    summary, _, attributes = (inspect.getdoc(model) or "").partition("Attributes:")
    definition = defs.get(model.__name__, {})
    definition["description"] = " ".join(summary.split())
    properties = definition.get("properties", {})
    for names, text in _ENTRY.findall(attributes):
        for name in names.split(", "):
            key = shape.yaml_name(name)
            if key in properties:
                properties[key]["description"] = " ".join(text.split())
    for field in dataclasses.fields(model):
        _descend(shape.fields(model)[shape.yaml_name(field.name)][1], defs, seen)


def _descend(annotation: Any, defs: dict[str, Any], seen: set[Any]) -> None:
    for option in shape.options(annotation):
        sort = shape.kind(option)
        if sort == "record":
            describe(option, defs, seen)
        elif sort in ("list", "mapping"):
            _descend(shape.item(option), defs, seen)
