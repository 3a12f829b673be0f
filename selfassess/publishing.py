"""Writes partner and public copies: never beside the council's own files, never mixed with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.disclosure import Hit, Known, check_texts, disclose, published_record
from selfassess.errors import ReportError
from selfassess.writing.files import replace_file
from selfassess.writing.json_text import json_lines

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from selfassess.evidence import Evidence
    from selfassess.model.evidence import TableSpec

__all__ = [
    "FORMATS",
    "PUBLISHED",
    "Copy",
    "earlier_versions",
    "known_in",
    "make_copy",
    "write_copy",
]

PUBLISHED = "published"
"""The folder of a workspace that says what was given out, by audience."""
FORMATS = ("pdf", "html", "docx", "md", "json")
"""What a copy can be made in: what is rendered from its assessment.json alone."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An assessment as an audience is given it, and what a person has to look at before."""

    data: Mapping[str, Any]
    hits: tuple[Hit, ...]

    @property
    def audience(self) -> str:
        """Who it is for."""
        return str(self.data["audience"])


def make_copy(
    assessment: Mapping[str, Any], audience: str, root: Path, known: Known | None = None
) -> Copy:
    """Make an audience's copy of the council's own assessment; nothing is written.

    Args:
        assessment: the council's own, as plain data.
        audience: ``partner`` or ``public``.
        root: the folder whose ``published/`` says what was given out before.
        known: names and numbers of the evidence, for the check of texts.

    Raises:
        ReportError: what was given out before cannot be read, so nobody can say what two versions
            together would tell.
    """
    data = disclose(assessment, audience, earlier_versions(root))
    return Copy(data, check_texts(data, known))


def earlier_versions(root: Path) -> list[Mapping[str, Any]]:
    """Every version given out before, to any audience: what one can read, another may pass on."""
    found: list[Mapping[str, Any]] = []
    for path in sorted((root / PUBLISHED).glob("*/*.json")):
        try:
            version = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(version, dict) or not isinstance(version["readings"], list):
                raise ValueError
            found.append(version)
        except (OSError, ValueError, KeyError) as error:
            raise ReportError(
                f"{path}: cannot be read as a record of what was published.",
                hint="Restore the file. Without it two versions together could tell what each of "
                "them withholds.",
            ) from error
    return found


def write_copy(
    copy: Copy,
    out: Path,
    root: Path,
    formats: Sequence[str],
    templates: Mapping[str, Traversable],
    *,
    template: str = "default",
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write a copy, after the record that it was given out; returns the paths written.

    The record goes first: a version that left without one could not be reckoned with later.

    Args:
        copy: what to write.
        out: the audience's own folder.
        root: the folder that holds ``published/``.
        formats: which forms of the report.
        templates: report templates by id.
        template: the id of the one to use.
        progress: told what is being done.
    """
    from selfassess.report.output import render

    record = json_lines(published_record(copy.data))
    digest = hashlib.sha256(record).hexdigest()[:12]
    name = f"{copy.data['as_at']}-{digest}.json"
    replace_file(root / PUBLISHED / copy.audience / name, record)
    path = out / "assessment.json"
    replace_file(path, json_lines(copy.data))
    wanted = [form for form in formats if form != "json"]
    if not wanted:
        return [path]
    return [path, *render(path, out, wanted, templates, template=template, progress=progress)]


def known_in(evidence: Evidence, tables: Iterable[TableSpec]) -> Known:
    """Names, numbers and dates of birth that the evidence holds, for the check of texts."""
    specs = {spec.id: spec for spec in tables}
    names: set[str] = set()
    numbers: set[str] = set()
    born: set[Any] = set()
    for table, state in evidence.tables.items():
        spec = specs.get(table)
        if spec is None or not state.present:
            continue
        for column in _worker_columns(spec, specs):
            names |= _values(evidence, table, column)
        for each in spec.columns:
            if each.personal and each.type in ("id", "text"):
                numbers |= _values(evidence, table, each.name)
        if spec.born:
            born |= _values(evidence, table, spec.born)
    return Known(
        names=frozenset(map(str, names)), numbers=frozenset(map(str, numbers)), born=frozenset(born)
    )


def _worker_columns(spec: TableSpec, specs: Mapping[str, TableSpec]) -> set[str]:
    """Columns that name workers: a list of workers' own key, and what links to such a list."""
    found = set(spec.key) if spec.entity == "worker" else set()
    for link in spec.links:
        other = specs.get(link.table)
        if other is not None and other.entity == "worker":
            found |= set(link.on)
    return {name for name in found if any(each.name == name for each in spec.columns)}


def _values(evidence: Evidence, table: str, column: str) -> set[Any]:
    query = f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'
    return {row[0] for row in evidence.warehouse.query(query)}
