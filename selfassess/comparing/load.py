"""Puts together what packs ship and what a council has imported since."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path
from typing import Any

from selfassess.comparing.assemble import assemble
from selfassess.comparing.benchmarks import Benchmarks, Imported
from selfassess.comparing.intake import Row, Table, key_of, read_table
from selfassess.comparing.shapes import COUNCIL, NATIONAL, REGION, TABLES, TableShape
from selfassess.errors import EvidenceError, PluginError, Problem, SelfAssessError, nearest
from selfassess.model.comparing import Shipped

__all__ = ["FOLDER", "imported_files", "load_benchmarks"]

FOLDER = "comparators"
"""The folder of a workspace that newer releases are kept in."""
NOT_NEEDED = frozenset({"ofsted_outcomes"})
"""Shipped for readers; no comparison is made from single outcomes."""
OF_COUNCILS = frozenset({"local_authorities", "statistical_neighbours"})

FIGURES = "indicators"

Rows = dict[tuple[Any, ...], Row]


def imported_files(workspace: Path) -> tuple[Path, ...]:
    """The releases that a workspace keeps, by name."""
    return tuple(sorted((workspace / FOLDER).glob("*.csv")))


def load_benchmarks(
    shipped: Iterable[Shipped],
    imported: Sequence[Path] = (),
    *,
    only: Collection[str] | None = None,
    council: str | None = None,
    national: bool = False,
) -> Benchmarks:
    """Read the packs' tables, then put imported rows in the place of those of the same key.

    Args:
        shipped: the releases of the packs.
        imported: CSV files in the same shape.
        only: the indicators whose figures are wanted; None for all.
        council: by code, the one that is compared: other councils' figures are then left out where
            they are no neighbours of it. An unknown one, or imports, and all are kept.
        national: only the nation's own figures are wanted; with imports all are kept.

    Raises:
        PluginError: a pack's file cannot be read, or two packs bring the same row.
        EvidenceError: an imported file has faults, names what nothing knows, or two of them bring
            the same row; all at once.
    """
    wanted = None if only is None else frozenset(only)
    rows: dict[str, Rows] = {name: {} for name in TABLES}
    headlines: dict[str, str] = {}
    for each in shipped:
        brought = _shipped(each, wanted, _Places(council, national, bool(imported)))
        for name, table in brought.items():
            twice = rows[name].keys() & table.keys()
            if twice:
                key = ", ".join(str(part) for part in min(twice, key=str))
                raise PluginError(
                    f"{each.release.id}: another pack brings the row {key} of {name} too.",
                    hint="Remove one of the packs.",
                )
            rows[name].update(table)
        headlines.update({key[0]: each.release.headline for key in brought["indicator_catalogue"]})
    kept = _imported(imported, rows, wanted)
    for indicator in rows["indicator_catalogue"]:
        headlines.setdefault(indicator[0], "")
    return assemble(rows, headlines, kept)


@dataclass(frozen=True, slots=True)
class _Places:
    """Whose figures are wanted."""

    council: str | None
    national: bool
    all_: bool

    @property
    def alone(self) -> bool:
        """Whether the nation's alone are, so that nothing need be known of any council."""
        return self.national and not self.all_

    def condition(self, rows: Mapping[str, Rows]) -> tuple[str, list[Any]]:
        """What picks the figures that are wanted, in SQL, once councils are known."""
        if self.alone:
            return "level = ?", [NATIONAL]
        places = _places(rows, None if self.all_ else self.council)
        if not places:
            return "true", []
        return "(old_la_code IS NULL OR list_contains(?, old_la_code))", [places]


def _shipped(shipped: Shipped, only: frozenset[str] | None, places: _Places) -> dict[str, Rows]:
    found: dict[str, Rows] = {name: {} for name in TABLES}
    # Figures last: by then it is known whose are wanted.
    for name, path in sorted(shipped.release.files.items(), key=lambda each: each[0] == FIGURES):
        if name not in TABLES:
            hint = nearest(name, TABLES)
            raise PluginError(f"{shipped.release.id}: files names no table '{name}'.", hint=hint)
        if name in NOT_NEEDED or (places.alone and name in OF_COUNCILS):
            continue
        file = shipped.folder.joinpath(*path.split("/"))
        if path.endswith(".parquet"):
            with as_file(file) as local:
                wanted = places.condition(found) if name == FIGURES else ("true", [])
                records = _parquet(local, TABLES[name], only, *wanted)
        else:
            try:
                records = read_table(file, path, name, _wanted(only)).rows
            except SelfAssessError as error:
                raise PluginError(
                    f"{shipped.release.id}: {error.message}", hint=error.hint
                ) from error
        found[name] = {key_of(TABLES[name], row): row for row in records}
    return found


def _wanted(only: frozenset[str] | None) -> Any:
    if only is None:
        return None
    return lambda row: row.get("indicator_id") is None or row["indicator_id"] in only


def _places(rows: Mapping[str, Rows], council: str | None) -> list[str]:
    """The council and its neighbours in every list; none where all councils are wanted."""
    wanted = (council or "").strip().upper()
    for row in rows["local_authorities"].values() if wanted else ():
        codes = (row["old_la_code"], row["la_code"], *(row["other_la_codes"] or "").split())
        if wanted in codes:
            own = row["old_la_code"]
            lists = rows["statistical_neighbours"].values()
            alike = (each["neighbour_old_la_code"] for each in lists if each["old_la_code"] == own)
            return sorted({own, *alike})
    return []


def _parquet(
    file: Path,
    shape: TableShape,
    only: frozenset[str] | None,
    condition: str,
    values: Sequence[Any],
) -> Iterable[Row]:
    import duckdb

    header = shape.header
    columns = ", ".join(header)
    parameters: list[Any] = [str(file)]
    conditions = ["true"]
    if "indicator_id" in header and only is not None:
        conditions.append("list_contains(?, indicator_id)")
        parameters.append(sorted(only))
    conditions.append(condition)
    parameters += values
    connection = duckdb.connect(config={"threads": 1})
    try:
        found = connection.execute(
            f"SELECT {columns} FROM read_parquet(?) WHERE {' AND '.join(conditions)}", parameters
        ).fetchall()
    except duckdb.Error as error:
        raise PluginError(f"{file.name}: cannot be read as {shape.name}.") from error
    finally:
        connection.close()
    return (dict(zip(header, record, strict=True)) for record in found)


def _imported(
    files: Sequence[Path], rows: dict[str, Rows], only: frozenset[str] | None
) -> tuple[Imported, ...]:
    problems: list[Problem] = []
    tables: list[Table] = []
    kept: list[Imported] = []
    for file in files:
        name = f"{FOLDER}/{file.name}" if file.parent.name == FOLDER else file.name
        try:
            table = read_table(file, name, None, _wanted(only))
        except EvidenceError as error:
            problems += error.problems or (Problem("", error.message, error.hint),)
            continue
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        kept.append(Imported(path=name, table=table.shape.name, rows=table.total, sha256=digest))
        tables.append(table)
    places: dict[tuple[Any, ...], str] = {}
    # Words first: a new release may bring an indicator or a council together with its figures.
    for table in sorted(tables, key=lambda each: each.shape.name == FIGURES):
        if table.shape.name == FIGURES:
            problems += _strangers(table, rows)
        for row, line in zip(table.rows, table.lines, strict=True):
            key = key_of(table.shape, row)
            place = f"{table.name}:{line}"
            first = places.setdefault((table.shape.name, *key), place)
            if first != place:
                text = ", ".join(str(part) for part in key)
                problems.append(
                    Problem(place, f"the row of {text} comes from {first} too.", "Remove one file.")
                )
            rows[table.shape.name][key] = row
    if problems:
        raise EvidenceError(problems=problems[:20])
    return tuple(kept)


def _strangers(table: Table, rows: Mapping[str, Rows]) -> Iterable[Problem]:
    """Figures of an indicator, a council or a region that nothing knows."""
    indicators = {key[0] for key in rows["indicator_catalogue"]}
    councils = {key[0] for key in rows["local_authorities"]}
    regions = {
        str(row[name])
        for row in rows["local_authorities"].values()
        for name in ("region", "sub_region")
        if row[name]
    }
    shares = {key[0] for key, row in rows["indicator_catalogue"].items() if row["unit"] == "%"}
    for row, line in zip(table.rows, table.lines, strict=True):
        where = f"{table.name}:{line}"
        if row["indicator_id"] in shares and _beyond_all(row):
            yield Problem(
                where,
                f"value is {row['value']:g}; a share over 100% needs a numerator above its "
                "denominator.",
                "Check the value, or give both counts.",
            )
        if row["indicator_id"] not in indicators:
            yield Problem(
                where,
                f"indicator_id is '{row['indicator_id']}', which no catalogue holds.",
                nearest(row["indicator_id"], indicators) or "Import its indicator_catalogue first.",
            )
        if row["level"] == COUNCIL and row["old_la_code"] not in councils:
            yield Problem(
                where,
                f"old_la_code is '{row['old_la_code']}', which is no council's.",
                "Import the newer local_authorities first.",
            )
        if row["level"] == REGION and row["la_name"] not in regions:
            yield Problem(
                where,
                f"la_name is '{row['la_name']}', which is no region's.",
                nearest(row["la_name"], regions),
            )


def _beyond_all(row: Row) -> bool:
    """Whether a share is over a hundred and no counts bear it out."""
    above, below = row["numerator"], row["denominator"]
    borne_out = above is not None and below is not None and above > below
    return row["value"] is not None and row["value"] > 100 and not borne_out
