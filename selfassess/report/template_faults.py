"""Says what is wrong with a template in its author's terms: file, line, and the nearest name."""

from __future__ import annotations

import dataclasses
import importlib
import re
import traceback
from collections.abc import Iterator
from typing import TYPE_CHECKING

from selfassess.errors import Problem, nearest

if TYPE_CHECKING:
    from jinja2 import Environment, TemplateError
    from jinja2.nodes import Template

__all__ = ["fault_of", "lost_blocks"]

FIELDS = "docs/reference/report-context.md lists every field that a template may use."
_FIELD = re.compile(r"'(selfassess\.report\.[\w.]+) object' has no attribute '(\w+)'\Z")
_UNDEFINED = re.compile(r"'(\w+)' is undefined\Z")
_NAMES = ("report", "stylesheet", "asset", "colours", "font", "logo")


def fault_of(error: TemplateError, name: str, folder: str) -> Problem:
    """What went wrong while a page was filled.

    Args:
        error: as Jinja2 raised it; its traceback leads to the template's line.
        name: the page.
        folder: the template's folder, for faults that lead to no line.
    """
    places = [
        f"{frame.filename}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    where = places[-1] if places else f"{folder}: {name}"
    message = str(error.message or error)
    if found := _FIELD.match(message):
        kind = found[1].rpartition(".")[2]
        hint = f"{_near(found[1], found[2])} {FIELDS}".strip()
        return Problem(where, f"{kind} has no field '{found[2]}'.", hint)
    if found := _UNDEFINED.match(message):
        hint = f"{nearest(found[1], _NAMES)} {FIELDS}".strip()
        return Problem(where, f"nothing is called '{found[1]}' here.", hint)
    return Problem(where, message if message.endswith(".") else f"{message}.", FIELDS)


def _near(path: str, name: str) -> str:
    module, _, kind = path.rpartition(".")
    model = getattr(importlib.import_module(module), kind, None)
    if model is None or not dataclasses.is_dataclass(model):
        return ""
    return nearest(name, [field.name for field in dataclasses.fields(model)])


def lost_blocks(environment: Environment, name: str) -> Iterator[Problem]:
    """Blocks of a page that no page which it extends has: nothing would print them."""
    from jinja2 import nodes

    page = _parsed(environment, name)
    known = {block for each in _above(environment, page) for block in _blocks(each)}
    if not known:
        return
    for node in page.body:
        if isinstance(node, nodes.Block) and node.name not in known:
            yield Problem(
                f"{name}:{node.lineno}",
                f"no page that this one extends has a block '{node.name}', so it would not be "
                "printed.",
                nearest(node.name, known) or "Blocks: " + ", ".join(sorted(known)) + ".",
            )


def _parsed(environment: Environment, name: str) -> Template:
    loader = environment.loader
    assert loader is not None  # noqa: S101 - every environment of ours has one
    return environment.parse(loader.get_source(environment, name)[0], name, name)


def _above(environment: Environment, page: Template) -> Iterator[Template]:
    """The pages that a page extends, the nearest first; those that a name in it leads to."""
    from jinja2 import nodes

    seen: set[str] = set()
    found = page.find(nodes.Extends)
    while found is not None and isinstance(found.template, nodes.Const):
        name = str(found.template.value)
        if name in seen:
            return
        seen.add(name)
        page = _parsed(environment, name)
        yield page
        found = page.find(nodes.Extends)


def _blocks(page: Template) -> set[str]:
    from jinja2 import nodes

    return {block.name for block in page.find_all(nodes.Block)}
