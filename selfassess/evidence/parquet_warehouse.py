"""A folder of Parquet files, asked by DuckDB in this process; only the columns used are read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from selfassess.errors import EvidenceError
from selfassess.evidence.cells import literal
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.evidence.warehouse import Fault, Held, Kind

if TYPE_CHECKING:
    from selfassess.model.warehouse import WarehouseSettings

__all__ = ["ParquetWarehouse"]

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), "integer"),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), "integer"),
    "VARCHAR": "text",
    "UUID": "text",
    "BOOLEAN": "truth",
    "DATE": "date",
    "FLOAT": "number",
    "DOUBLE": "number",
    "TIMESTAMP": "moment",
    "TIMESTAMP_S": "moment",
    "TIMESTAMP_MS": "moment",
    "TIMESTAMP_NS": "moment",
    "TIMESTAMP WITH TIME ZONE": "moment with zone",
}


class ParquetWarehouse(DuckDBWarehouse):
    """Tables are ``<folder>/<table>.parquet``, or every such file below ``<folder>/<table>``.

    SQL reaches these files and no other. What does not fit into memory goes nowhere unless a folder
    for it was named.
    """

    def __init__(
        self,
        folder: Path,
        *,
        memory: str = "",
        threads: int | None = None,
        spill: Path | None = None,
    ) -> None:
        """Open the folder.

        Args:
            folder: where the files lie.
            memory: the most to take, such as ``1GB``; most of the machine's if left out.
            threads: how many to use; as many as there are processors if left out.
            spill: a folder for what does not fit. It holds children's rows while a question runs,
                readable by this user alone.

        Raises:
            EvidenceError: there is no such folder, or no Parquet file in it, or DuckDB does not
                understand what was asked of it.
        """
        self._tables = _files_in(folder)
        self._spill = _private(spill) if spill else None
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": str(self._spill or ""),
            "threads": threads or os.cpu_count() or 1,
            # Nothing rests on the rows' order, and to keep it takes memory.
            "preserve_insertion_order": False,
            # The system keeps files that were read lately; a second copy would only crowd out work.
            "enable_external_file_cache": False,
        }
        if memory:
            settings["memory_limit"] = memory
        try:
            super().__init__(settings, [path for each in self._tables.values() for path in each])
        except duckdb.Error as error:
            self._forget()
            raise EvidenceError(
                f"warehouse: DuckDB does not start with memory '{memory}' and {threads} threads "
                f"({type(error).__name__.removesuffix('Exception')}).",
                hint="Write memory: 1GB and threads: 2, for instance.",
            ) from None
        self.name = f"DuckDB over the folder '{folder.name}'"

    @classmethod
    def connect(cls, settings: WarehouseSettings, root: Path) -> ParquetWarehouse:
        """Open the folder that a workspace names.

        Raises:
            EvidenceError: as the constructor does.
        """
        return cls(
            root / settings.folder,
            memory=settings.memory,
            threads=settings.threads,
            spill=root / settings.spill if settings.spill else None,
        )

    def shut(self) -> None:
        """Nothing to end: these files are the tables."""

    def lock(self, rows: int = 0) -> None:
        """End loading: the configuration cannot be changed any more."""
        super().lock()

    def close(self) -> None:
        """Let go of the files; what was put on a disk for want of memory is gone."""
        super().close()
        self._forget()

    def _forget(self) -> None:
        if self._spill is not None:
            shutil.rmtree(self._spill, ignore_errors=True)

    def _held(self) -> Mapping[str, Held]:
        found = {}
        for name, paths in self._tables.items():
            source = _source(paths)
            columns: dict[str, tuple[Kind, str]] = {}
            closed = None
            try:
                for row in self._rows(f"DESCRIBE SELECT * FROM {source}"):
                    columns[str(row[0])] = (_kind(str(row[1])), str(row[1]).lower())
            except (duckdb.InvalidInputException, duckdb.SerializationException):
                closed = (
                    f"{self._first_broken(paths)} is no whole Parquet file.",
                    "Write it again.",
                )
            found[name.lower()] = Held(
                name=name,
                place=f"{name}.parquet",
                source=source,
                columns=columns,
                closed=closed,
                look="See that all of its files are whole and have the same columns.",
            )
        return found

    def _first_broken(self, paths: Sequence[Path]) -> str:
        for path in paths:
            try:
                self._rows(f"DESCRIBE SELECT * FROM {_source([path])}")
            except duckdb.Error:
                return path.name
        return paths[0].name

    def _fault(self, error: Exception) -> Fault | None:
        found = super()._fault(error)
        if isinstance(error, duckdb.OutOfMemoryException):
            told = "it needs more memory: raise warehouse.memory"
            told += (
                "" if self._spill else ", or name a folder for what does not fit: warehouse.spill"
            )
            return Fault(kind="OutOfMemory", detail=told, stopped=True)
        # A file that is gone is refused like one that was never allowed.
        gone = isinstance(error, duckdb.PermissionException) and not all(
            path.exists() for each in self._tables.values() for path in each
        )
        if gone or isinstance(error, duckdb.IOException):
            return Fault(
                kind="IO",
                detail="a file cannot be read any more",
                lost=True,
                hint="See that all files are there and whole, then start again.",
            )
        return found


def _source(paths: Iterable[Path]) -> str:
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}])"


def _files_in(folder: Path) -> dict[str, list[Path]]:
    """Every table's files, in order."""
    if not folder.is_dir():
        raise EvidenceError(
            f"warehouse: there is no folder '{folder}'.",
            hint="Write folder: as the way from the workspace to the Parquet files.",
        )
    found: dict[str, list[Path]] = {}
    known: dict[str, str] = {}
    for each in sorted(folder.resolve().iterdir()):
        paths = sorted(filter(_is_parquet, each.rglob("*"))) if each.is_dir() else [each]
        if not paths or not _is_parquet(paths[0]):
            continue
        name = each.name if each.is_dir() else each.stem
        if name.lower() in known:
            raise EvidenceError(
                f"warehouse: '{known[name.lower()]}' and '{each.name}' lie side by side in "
                f"'{folder}'; which of them is the table?",
                hint="Keep one of the two there.",
            )
        known[name.lower()] = each.name
        found[name] = paths
    if not found:
        raise EvidenceError(
            f"warehouse: no Parquet file lies in '{folder}'.",
            hint="Put a file a table there, such as referrals.parquet, or a folder a table.",
        )
    return found


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() == ".parquet" and path.is_file()


def _private(spill: Path) -> Path:
    """A new folder below the one named, for this user alone."""
    try:
        spill.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="selfassess-", dir=spill))
    except OSError as error:
        raise EvidenceError(
            f"warehouse: nothing can be put into '{spill}' ({error.strerror or error}).",
            hint="Name another folder in spill:, or leave it out.",
        ) from None


def _kind(name: str) -> Kind:
    return "number" if name.startswith("DECIMAL") else _KINDS.get(name, "other")
