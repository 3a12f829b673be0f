"""Writes a model as YAML that reads back as the same model: whole, in the model's own order."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Mapping
from typing import Any

from selfassess.loading import shape
from selfassess.model.framework import Framework

__all__ = ["framework_yaml", "plain", "yaml_text"]

_WIDTH = 100
_FOLD = 72
"""Texts longer than this are folded over several lines."""


def framework_yaml(framework: Framework, *, comment: str = "") -> str:
    """A framework as a file that stands on its own: what it extended is written out in it.

    Args:
        framework: a whole framework.
        comment: lines for the file's head, without their ``#``.
    """
    data = {"schema": "selfassess/framework@1", **plain(framework)}
    data.pop("extends", None)
    lines = ["# yaml-language-server: $schema=framework.schema.json"]
    lines += [f"# {line}".rstrip() for line in comment.splitlines()]
    return "\n".join(lines) + "\n" + yaml_text(data)


def plain(value: Any) -> Any:
    """A model as mappings, lists, text, numbers and dates; what is as if not given is left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {}
        for field in dataclasses.fields(value):
            item = getattr(value, field.name)
            if item is not None and item != _default(field):
                found[shape.yaml_name(field.name)] = plain(item)
        return found
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def yaml_text(data: Any) -> str:
    """Plain data as YAML, the same data always as the same text."""
    from ruamel.yaml import YAML

    writer = YAML()
    writer.width = _WIDTH
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.representer.ignore_aliases = lambda *_: True
    stream = io.StringIO()
    writer.dump(_styled(data), stream)
    return stream.getvalue()


def _styled(data: Any) -> Any:
    """Fold long texts and keep short lists of names on one line, as a person would write them."""
    from ruamel.yaml.comments import CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString

    if isinstance(data, dict):
        return {key: _styled(value) for key, value in data.items()}
    if isinstance(data, list):
        found = CommentedSeq(_styled(item) for item in data)
        flat = all(isinstance(item, (str, int, float)) for item in data)
        if flat and sum(len(str(item)) + 2 for item in data) < _FOLD:
            found.fa.set_flow_style()
        return found
    if isinstance(data, str) and data and not data[0].isalnum():
        return DoubleQuotedScalarString(data)  # a first character may be a sign of the format's
    if isinstance(data, str) and len(data) > _FOLD and _folds(data):
        return FoldedScalarString(data)
    return data


def _folds(text: str) -> bool:
    """Whether folding keeps a text as it is: one line of words with single spaces between."""
    return " " in text and text == " ".join(text.split()) and text.isprintable()
