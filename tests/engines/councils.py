"""Councils to ask of: invented by chance, made of the hand-worked cases, and the demo."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reference.councils import Maker, write
from reference.engine import Answers, answers
from reference.workbook import read
from ruamel.yaml import YAML

from selfassess.demo import write_demo
from selfassess.demo.days import TODAY
from selfassess.evidence import Evidence, SourceFile, read_evidence
from selfassess.loading.library import Library
from selfassess.registry import Registry

CASES = Path(__file__).parent.parent / "measures" / "cases"

__all__ = ["Council", "demo", "invented", "of_cases", "wanting"]


@dataclass(frozen=True, eq=False)
class Council:
    """A council's evidence, read from its files, and the same as plain rows.

    Attributes:
        evidence: in DuckDB, as a run reads it.
        rows: what the files hold, read without the tool.
    """

    name: str
    library: Library
    evidence: Evidence
    rows: Mapping[str, Sequence[Mapping[str, Any]]]

    @cached_property
    def by_hand(self) -> Answers:
        """The reference's answers."""
        return answers(self.rows, self.evidence.as_at)


def _read(
    paths: Sequence[Path], folder: Path, as_at: dt.date, library: Library, registry: Registry
) -> Evidence:
    files = [SourceFile(path=path, name=path.relative_to(folder).as_posix()) for path in paths]
    return read_evidence(files, tables=library.tables, readers=registry.readers(), as_at=as_at)


def invented(seed: int, folder: Path, library: Library, registry: Registry) -> Council:
    """Every list and column is there, and the cells of a few cannot be read: all has a figure."""
    maker = Maker(library.tables, seed, whole=True)
    named = [(spec.id, c.name) for spec in maker.specs.values() for c in spec.columns]
    maker.unread = dict.fromkeys(maker.random.sample(named, 60), 0.02)
    tables = maker.tables()
    paths = list(write(folder, tables, library.tables))
    evidence = _read(paths, folder, maker.as_at, library, registry)
    return Council(f"council {seed}", library, evidence, tables)


def wanting(seed: int, folder: Path, library: Library, registry: Registry) -> Council:
    """Lists, columns and cells are wanting, as chance will have it."""
    maker = Maker(library.tables, seed)
    tables = maker.tables()
    paths = list(write(folder, tables, library.tables))
    evidence = _read(paths, folder, maker.as_at, library, registry)
    return Council(f"wanting council {seed}", library, evidence, tables)


def of_cases(folder: Path, library: Library, registry: Registry) -> Council:
    """The rows of every hand-worked case of one day, all in one council, each with its own ids."""
    day = dt.date(2026, 3, 31)
    lists: dict[str, list[dict[str, str]]] = defaultdict(list)
    texts = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.yaml"))]
    cases = [case for text in texts for case in YAML(typ="safe").load(text)["cases"]]
    for number, case in enumerate(each for each in cases if each["as_at"] == day):
        for name, text in case["tables"].items():
            ids = {c.name for c in library.tables[name].columns if c.type == "id"}
            lists[name] += [
                {c: f"{cell} {number}" if c in ids and cell else cell for c, cell in row.items()}
                for row in _piped(text)
            ]
    (folder / "evidence").mkdir()
    paths = []
    for name, rows in lists.items():
        path = folder / "evidence" / f"{name}.csv"
        columns = library.tables[name].columns
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.headers[0] for column in columns])
            writer.writerows([row.get(column.name, "") for column in columns] for row in rows)
        paths.append(path)
    evidence = _read(paths, folder, day, library, registry)
    return Council("council of the cases", library, evidence, read(folder, library.tables))


def _piped(text: str) -> list[dict[str, str]]:
    """Rows of a case's table; ``3 * a{n} | …`` stands for three of them."""
    heading, *lines = ([cell.strip() for cell in line.split("|")] for line in text.splitlines())
    found = []
    for first, *rest in lines:
        times, star, pattern = first.partition(" * ")
        for number in range(1, int(times) + 1 if star else 2):
            cells = [cell.format(n=number) for cell in (pattern if star else first, *rest)]
            found.append(dict(zip(heading, cells, strict=True)))
    return found


def demo(folder: Path, rows: int, library: Library, registry: Registry) -> Council:
    """The demo's invented council, smaller than it comes."""
    write_demo(folder, rows=rows)
    day = dt.date.fromordinal(TODAY)
    readers = registry.readers()
    taken = {suffix for reader in readers for suffix in reader.suffixes}
    # Figures that were published would stand in the place of those that rows give.
    (folder / "evidence" / "readings.csv").unlink()
    paths = [path for path in sorted(folder.glob("evidence/*")) if path.suffix in taken]
    evidence = _read(paths, folder, day, library, registry)
    return Council("demo council", library, evidence, read(folder, library.tables))
