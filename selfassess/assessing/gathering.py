"""A workspace's evidence, read and measured; or as the last run found it, where nothing changed.

Between two runs leaders mostly work on what they say. Then the same rows would be read and the same
questions asked, to the same answers. What is kept is what ``assessment.json`` and ``ledger.csv``
hold anyway, figures and places of cells, beside them in the workspace's own folder: never a row.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

from selfassess.assessing.reading import read_workspace, source_files, unread_files
from selfassess.errors import Problem
from selfassess.evidence import Evidence, Input, TableState
from selfassess.loading.cache import ParsedCache
from selfassess.measuring.run import Measured, measure_evidence
from selfassess.model.evidence import SetAside, SheetLedger
from selfassess.model.quality import QualityResult
from selfassess.model.reading import Reading
from selfassess.writing.records import restored

if TYPE_CHECKING:
    from selfassess.evidence.warehouse import Warehouse
    from selfassess.loading.library import Library
    from selfassess.model.measure import Setting
    from selfassess.registry import Registry
    from selfassess.workspace import Workspace

__all__ = ["Gathering"]

_READ_BY = ("duckdb", "fastexcel")
"""Libraries that figures come by."""
_EVIDENCE: dict[str, Any] = {
    "as_at": dt.date,
    "as_at_inferred": bool,
    "ledger": tuple[SheetLedger, ...],
    "set_aside": tuple[SetAside, ...],
    "inputs": tuple[Input, ...],
    "kept": tuple[SetAside, ...],
    "problems": tuple[Problem, ...],
}
_READINGS, _PROBLEMS = tuple[Reading, ...], tuple[Problem, ...]


class Gathering:
    """What the evidence of a workspace says, before anything is judged.

    Attributes:
        evidence: what was read. Where the last run's is taken, its rows are read once they are
            asked for.
        measured: what was measured.
    """

    def __init__(
        self,
        registry: Registry,
        library: Library,
        workspace: Workspace,
        settings: Mapping[str, Setting],
        *,
        as_at: dt.date | None = None,
        other_evidence: bool = False,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        """Read and measure, or take what the last run found.

        Args:
            registry: for readers and Python measures.
            library: what the packs hold.
            workspace: whose evidence.
            settings: local standards.
            as_at: the day to measure at, before the workspace's own.
            other_evidence: whether the register holds something, so that no list is needed.
            progress: told what is being done.

        Raises:
            EvidenceError: no list is readable, or a file is at fault.
            MeasureError: a definition is at fault.
        """
        self._library = library
        self._settings = settings
        self._twins: Mapping[str, Reading] | None = None

        def read() -> Evidence:
            return read_workspace(
                registry,
                library,
                workspace,
                as_at=as_at,
                other_evidence=other_evidence,
                progress=progress,
            )

        self._store = _store(registry, library, workspace)
        self._digests: dict[str, str] = {}
        self._key = b""
        if self._store is not None:
            files = source_files(registry, workspace)
            told = unread_files(registry, workspace)
            dates = [(file.name, file.extract_date) for file in files]
            day = as_at or workspace.config.as_at
            self._digests = {file.name: file.digest() for file in files}
            asked = (day, other_evidence, sorted(settings.items()), told, dates, self._digests)
            self._key = repr(asked).encode()
        self._kept = self._take(read)
        if self._kept:
            if progress:
                progress("The evidence is as it was at the last run")
            return
        self.evidence = read()
        if progress:
            progress("Measuring")
        python_measures = registry.python_measures()
        self.measured = measure_evidence(library, self.evidence, settings, python_measures)

    def twins(self) -> Mapping[str, Reading]:
        """What measures count of completed work alone, for comparison; see `completed_twins`."""
        if self._twins is None:
            from selfassess.measuring.twins import completed_twins

            self._twins = completed_twins(
                self._library, self.evidence, self._settings, self.measured.readings
            )
            self._kept = False
        return self._twins

    def keep(self) -> None:
        """Keep for the next run what is not kept yet."""
        # A file may have been written to since, or may be open elsewhere and shut to us.
        same = all(each.sha256 == self._digests.get(each.name) for each in self.evidence.inputs)
        if self._kept or self._store is None or not same or "" in self._digests.values():
            return
        library = self._library
        declared = all(
            state.spec is library.tables.get(name) for name, state in self.evidence.tables.items()
        ) and all(each.rule is library.quality.get(each.rule.id) for each in self.measured.quality)
        if declared:
            self._store.put(self._key, _plain(self.evidence, self.measured, self._twins))

    def _take(self, read: Callable[[], Evidence]) -> bool:
        """Take what the last run kept, if there is such."""
        data = None if self._store is None else self._store.get(self._key)
        if data is None:
            return False
        # Whatever is amiss with an entry, the files themselves are read.
        with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):
            self.evidence = _evidence(data["evidence"], self._library, read)
            self.measured = _measured(data, self._library)
            if data["twins"] is not None:
                self._twins = restored(data["twins"], Mapping[str, Reading])
            return True
        return False


class _LaterWarehouse:
    """Stands for the warehouse of evidence whose rows nobody has asked for yet."""

    def __init__(self, read: Callable[[], Evidence]) -> None:
        self._read = read
        self._found: Warehouse | None = None

    def __getattr__(self, name: str) -> Any:
        if self._found is None:
            self._found = self._read().warehouse
        return getattr(self._found, name)

    def close(self) -> None:
        """Let go of the evidence, if it was read."""
        if self._found is not None:
            self._found.close()


def _store(registry: Registry, library: Library, workspace: Workspace) -> ParsedCache | None:
    """Where to keep it; None where a change could go unseen: rows elsewhere, a stranger's code."""
    strange = registry.python_measures() or any(
        type(reader).__module__.partition(".")[0] != __name__.partition(".")[0]
        for reader in registry.readers()
    )
    definitions = library.verdict.key
    if workspace.cache is None or workspace.config.warehouse or strange or not definitions:
        return None
    libraries = " ".join(f"{name} {version(name)}" for name in _READ_BY)
    return ParsedCache(workspace.cache, f"{definitions} {libraries}", "measured")


def _plain(
    evidence: Evidence, measured: Measured, twins: Mapping[str, Reading] | None
) -> dict[str, Any]:
    """What is kept; of a definition its name alone."""
    tables = {name: _without(state, "spec") for name, state in evidence.tables.items()}
    return {
        "evidence": {name: getattr(evidence, name) for name in _EVIDENCE} | {"tables": tables},
        "readings": measured.readings,
        "problems": measured.problems,
        "quality": [{**_without(each, "rule"), "rule": each.rule.id} for each in measured.quality],
        "twins": twins,
    }


def _without(record: Any, field: str) -> dict[str, Any]:
    names = [each.name for each in dataclasses.fields(record)]
    return {name: getattr(record, name) for name in names if name != field}


def _evidence(data: dict[str, Any], library: Library, read: Callable[[], Evidence]) -> Evidence:
    return Evidence(
        warehouse=cast("Warehouse", _LaterWarehouse(read)),
        tables={
            name: restored({**state, "spec": library.tables[name]}, TableState)
            for name, state in data["tables"].items()
        },
        **{name: restored(data[name], annotation) for name, annotation in _EVIDENCE.items()},
    )


def _measured(data: dict[str, Any], library: Library) -> Measured:
    return Measured(
        readings=restored(data["readings"], _READINGS),
        problems=restored(data["problems"], _PROBLEMS),
        quality=tuple(
            restored({**each, "rule": library.quality[each["rule"]]}, QualityResult)
            for each in data["quality"]
        ),
    )
