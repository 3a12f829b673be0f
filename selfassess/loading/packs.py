"""Finds the files of packs and reads each by what its key ``schema:`` says it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from selfassess.errors import Problem, nearest
from selfassess.loading.cache import ParsedCache
from selfassess.loading.decode import build, fingerprint
from selfassess.loading.extension import Extension, check_changes, misplaced
from selfassess.loading.kinds import FRAMEWORK
from selfassess.loading.parse import parse
from selfassess.loading.source import (
    MAX_BYTES,
    Document,
    display_name,
    quick_data,
    read,
    read_bytes,
)
from selfassess.loading.template import TemplateFile
from selfassess.model.chart import ChartSpec
from selfassess.model.common import STRICT
from selfassess.model.comparing import ComparatorRelease
from selfassess.model.crosswalk import Crosswalk
from selfassess.model.evidence import TableSpec, View
from selfassess.model.framework import Framework
from selfassess.model.letters import LetterForm
from selfassess.model.measure import Dimension, Measure, Setting, Topic
from selfassess.model.migration import Migration
from selfassess.model.overlay import Overlay
from selfassess.model.pack import Pack
from selfassess.model.quality import QualityRule
from selfassess.model.sampling import Sampling
from selfassess.model.xray import Lexicon

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["KINDS", "PackFile", "in_file_order", "read_document", "read_packs", "yaml_files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresFile:
    """A file of measures."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesFile:
    """A file of declared tables, and of views made of them."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    tables: tuple[TableSpec, ...] = ()
    views: tuple[View, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsFile:
    """A file of the words that files of all kinds share."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    topics: tuple[Topic, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFile:
    """A file of faults that rows can have."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    rules: tuple[QualityRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersFile:
    """A file of the ways in which published letters are laid out."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    forms: tuple[LetterForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartsFile:
    """A file of charts of several measures."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    charts: tuple[ChartSpec, ...]


KINDS: dict[str, type[Any]] = {
    "selfassess/framework@1": Framework,
    "selfassess/migration@1": Migration,
    "selfassess/measures@1": MeasuresFile,
    "selfassess/tables@1": TablesFile,
    "selfassess/words@1": WordsFile,
    "selfassess/template@1": TemplateFile,
    "selfassess/crosswalk@1": Crosswalk,
    "selfassess/overlay@1": Overlay,
    "selfassess/comparators@1": ComparatorRelease,
    "selfassess/quality@1": QualityFile,
    "selfassess/xray@1": Lexicon,
    "selfassess/charts@1": ChartsFile,
    "selfassess/sampling@1": Sampling,
    "selfassess/letters@1": LettersFile,
}
"""The kinds of file in a pack, and the model of each; `Extension` for an edition that extends."""

_TEMPLATE = "template.yaml"
_MANIFEST = "pack.yaml"


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack, read.

    Attributes:
        value: the model that the file holds; None where it has problems.
        folder: the folder that it lies in.
        cached: whether it came from the cache or was read quickly, and so has no places.
        digest: the hash of the file's bytes; empty where it was read without a cache.
    """

    pack: Pack
    document: Document
    schema: str
    folder: Traversable
    value: Any = None
    problems: tuple[Problem, ...] = ()
    cached: bool = field(default=False)
    digest: str = ""

    @property
    def path(self) -> Traversable:
        """The file itself."""
        return self.folder / self.document.name.replace("\\", "/").rpartition("/")[2]


def read_packs(packs: Sequence[Pack], cache: Path | None = None) -> list[PackFile]:
    """Read every file of every pack; the faults of each are its `problems`."""
    store: ParsedCache | None = None
    if cache is not None:
        store = ParsedCache(cache, fingerprint(*KINDS.values(), Extension))
    return [
        read_document(file, pack, folder, store)
        for pack in packs
        for folder, file in yaml_files(pack.root)
    ]


def read_document(
    file: Traversable | Path, pack: Pack, folder: Traversable, store: ParsedCache | None = None
) -> PackFile:
    """Read one file of a pack, from the cache where its content was valid before."""
    name = display_name(file)
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError:
        return _parsed(read(file, name), pack, folder)
    if store is None:
        return _parsed(read_bytes(content, name), pack, folder, content)
    digest = hashlib.sha256(content).hexdigest()
    data = store.get(content)
    if data is not None:
        try:
            return replace(_built(Document(name, data), pack, folder), digest=digest)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            pass  # an entry that fits no model is as good as none
    quick = quick_data(content)
    if quick is not None:
        found = _parsed(Document(name, quick), pack, folder)
        if not found.problems:
            store.put(content, quick)
            return replace(found, digest=digest, cached=True)
    # A fault needs its place, which the slower scanner alone gives.
    found = _parsed(read_bytes(content, name), pack, folder, content)
    if not found.problems:
        store.put(content, found.document.data)
    return replace(found, digest=digest)


def _built(document: Document, pack: Pack, folder: Traversable) -> PackFile:
    schema = document.data["schema"]
    data = {key: value for key, value in document.data.items() if key != "schema"}
    value = build(data, _model(schema, document.data))
    return PackFile(pack, document, schema, folder, value, cached=True)


_SAID = re.compile(rb"""^schema:[ \t]*["']?(selfassess/[a-z-]+@\d+)""", re.MULTILINE)
"""The kind of a file that cannot be read as YAML: its faults are still those of a framework."""


def _parsed(document: Document, pack: Pack, folder: Traversable, content: bytes = b"") -> PackFile:
    data = document.data
    schema = str(data.get("schema", "")) if isinstance(data, dict) else ""
    if document.problems and (found := _SAID.search(content)):
        schema = found[1].decode("ascii")
    if document.problems:
        return PackFile(pack, document, schema, folder, None, document.problems)
    if schema not in KINDS:
        return PackFile(pack, document, schema, folder, None, (_unknown_kind(document, schema),))
    parsed = parse(document, _model(schema, data), schema=schema)
    problems = parsed.problems
    if problems and data.get("extends") is not None:
        better = misplaced(document)
        problems = tuple(better.get(problem.where, problem) for problem in problems)
    elif isinstance(parsed.value, Extension):
        problems = check_changes(document)
    return PackFile(pack, document, schema, folder, None if problems else parsed.value, problems)


def _model(schema: str, data: Any) -> type[Any]:
    if schema == FRAMEWORK and data.get("extends") is not None:
        return Extension
    return KINDS[schema]


def _unknown_kind(document: Document, schema: str) -> Problem:
    if not schema:
        return Problem(
            document.place(),
            "the key 'schema' is missing: it says what kind of file this is.",
            "Write it as the first line; known: " + ", ".join(KINDS) + ".",
        )
    kind, _, version = schema.partition("@")
    known = [name for name in KINDS if name.startswith(f"{kind}@")]
    where = document.place(("schema",))
    if known:
        return Problem(
            where,
            f"version '{version}' of '{kind}' is not known; this toolkit reads {known[0]}.",
            f"Update the toolkit, or write the file as {known[0]}.",
        )
    hint = nearest(schema, KINDS) or "Valid: " + ", ".join(KINDS) + "."
    return Problem(where, f"'{schema}' is not a kind of file that a pack can hold.", hint)


def yaml_files(root: Traversable, *, top: bool = True) -> Iterator[tuple[Traversable, Traversable]]:
    """Folders and YAML files below a pack's root, by name; a template's files are its affair."""
    entries = sorted(root.iterdir(), key=lambda entry: entry.name)
    names = {entry.name for entry in entries}
    if _TEMPLATE in names:
        yield root, root / _TEMPLATE
        return
    for entry in entries:
        if entry.name.startswith((".", "_")):
            continue
        if entry.is_dir():
            if not (cast("Any", entry) / _MANIFEST).is_file():
                yield from yaml_files(entry, top=False)
        elif entry.name.endswith((".yaml", ".yml")) and not (top and entry.name == _MANIFEST):
            yield root, entry


_PLACE = re.compile(r"\A(.*?):(\d+):(\d+)\Z")


def in_file_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and column."""

    def order(problem: Problem) -> tuple[str, int, int, str]:
        found = _PLACE.match(problem.where)
        if found is None:
            return problem.where, 0, 0, problem.message
        return found[1], int(found[2]), int(found[3]), problem.message

    return tuple(sorted(dict.fromkeys(problems), key=order))
