"""The composition root: the only file that knows all the parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import (
    EvidenceError,
    MeasureError,
    Problem,
    UsageError,
    nearest,
)
from selfassess.registry import PluginInfo, Registry

if TYPE_CHECKING:
    from selfassess.assessment import Assessment
    from selfassess.comparing import Benchmarks, Comparison
    from selfassess.evidence import Evidence, SourceFile
    from selfassess.loading.library import Library
    from selfassess.model.framework import Framework
    from selfassess.model.measure import Measure, Reading, Setting
    from selfassess.workspace import Workspace

__all__ = ["Toolkit"]

Progress = Callable[[str], None] | None


class Toolkit:
    """Plugins, packs and the definitions they bring, ready to assess workspaces."""

    def __init__(self, registry: Registry, library: Library) -> None:
        self.registry = registry
        self.library = library

    @classmethod
    def load(
        cls, packs: Iterable[Path] = (), *, cache: bool = True, instead: bool = False
    ) -> Toolkit:
        """Load installed plugins and the given packs.

        Args:
            packs: folders with a ``pack.yaml``, read without importing anything.
            cache: keep parsed definitions in the user's cache folder (``SELFASSESS_CACHE`` names
                another; empty for none).
            instead: whether a pack takes the place of an installed one of its id.

        Raises:
            PluginError, FrameworkError, MeasureError: what a pack holds is at fault; all at once.
        """
        from selfassess.loading.cache import cache_folder

        folder = cache_folder() if cache else None
        return cls._of(Registry.load(packs, cache=folder, instead=instead), folder)

    @classmethod
    def beside(cls, files: Iterable[Path], packs: Iterable[Path] = ()) -> Toolkit:
        """Load what framework files may name: the packs that they lie in, but for frameworks.

        Args:
            files: framework files that are checked by themselves.
            packs: further packs, as for `load`.

        Raises:
            PluginError, FrameworkError, MeasureError: what a pack holds is at fault; all at once.
        """
        from selfassess.loading.beside import own_packs
        from selfassess.loading.cache import cache_folder
        from selfassess.registry import read_pack

        folder, given = cache_folder(), tuple(packs)
        registry = Registry.load(given, cache=folder)
        known = {pack.id for pack in registry.packs}
        own = {read_pack(root, plugin="").id: root for root in own_packs(files)}
        new = {name: root for name, root in own.items() if name not in known}
        if new:
            registry = Registry.load((*given, *new.values()), cache=folder)
        return cls._of(registry, folder, without_frameworks=new)

    @classmethod
    def _of(
        cls, registry: Registry, folder: Path | None, without_frameworks: Collection[str] = ()
    ) -> Toolkit:
        from selfassess.loading.library import load_library

        library = load_library(
            registry.packs,
            cache=folder,
            python_measures=registry.python_measures(),
            without_frameworks=without_frameworks,
            further=_expressions,
        )
        if not library.verdict.sound:
            from selfassess.measuring.check import check_measures

            check_measures(library)
            library.verdict.keep()
        return cls(registry, library)

    @classmethod
    def for_workspace(cls, workspace: Workspace, *, cache: bool = True) -> Toolkit:
        """Load plugins and the packs that a workspace lists."""
        return cls.load(workspace.pack_folders(), cache=cache)

    def assess(
        self, workspace: Workspace, *, as_at: dt.date | None = None, progress: Progress = None
    ) -> Assessment:
        """Read, measure and judge a workspace.

        Raises:
            EvidenceError: no list is readable, or a file of the workspace is at fault.
            FrameworkError, MeasureError, PluginError: as the names say.
        """
        return self.assess_all(workspace, as_at=as_at, progress=progress)[0]

    def assess_all(
        self,
        workspace: Workspace,
        also: Iterable[str] = (),
        *,
        as_at: dt.date | None = None,
        progress: Progress = None,
    ) -> tuple[Assessment, ...]:
        """Read and measure a workspace once, and judge it under its framework and under others.

        Claims and waivers are made under the workspace's own framework, so the others see none.

        Args:
            workspace: what is assessed.
            also: further frameworks, as ``id`` or ``id@edition``.
            as_at: the day to measure at, before the workspace's own.
            progress: told what is being done.

        Returns:
            One assessment a framework, the workspace's own first; each stands by itself.

        Raises:
            EvidenceError: no list is readable, or a file of the workspace is at fault.
            FrameworkError, MeasureError, PluginError: as the names say.
            UsageError: a framework is named twice.
        """
        from selfassess.crossing import assess_under, with_crossings
        from selfassess.measuring.run import measure_evidence
        from selfassess.measuring.trends import trends_of
        from selfassess.workspace.files import (
            read_overlays,
            read_register,
            read_self_evaluation,
            read_settings,
        )
        from selfassess.workspace.history import read_history
        from selfassess.workspace.plan import assessed_plan

        framework = self.framework_of(workspace)
        others = self._also(framework, also)
        self_evaluation = read_self_evaluation(workspace, framework, self.library)
        register = read_register(workspace, framework, self.library, others)
        settings = read_settings(workspace, self.library)
        overlays = read_overlays(workspace, self.library)
        evidence = self.read(
            workspace, as_at=as_at, other_evidence=bool(register), progress=progress
        )
        say(progress, "Measuring")
        measured = measure_evidence(
            self.library, evidence, settings, self.registry.python_measures()
        )
        history = read_history(workspace, evidence.as_at)
        trends = trends_of(measured.readings, self.library.measures, history.kept, evidence.as_at)
        # Where a published and a computed figure differ, the reader has to hear of it.
        told = (*measured.problems, *history.problems)
        evidence = replace(evidence, problems=(*evidence.problems, *told))
        plan = assessed_plan(workspace, self_evaluation.plan, measured.readings, evidence.as_at)
        if plan is not None:
            self_evaluation = replace(self_evaluation, plan=plan.listed)
        say(progress, "Judging")
        assessments = [
            assess_under(
                each,
                config=workspace.config,
                library=self.library,
                evidence=evidence,
                readings=measured.readings,
                register=register,
                self_evaluation=self_evaluation,
                overlays=overlays,
                own=framework,
                plugins=tuple((i.name, i.version) for i in self.registry.plugins if not i.failure),
                plugin_differences=self._plugin_differences(workspace.config.plugins),
                quality=measured.quality,
            )
            for each in (framework, *others)
        ]
        comparison = self._compare(workspace, measured.readings, evidence, settings)
        return with_crossings(
            [replace(each, comparison=comparison, trends=trends, plan=plan) for each in assessments]
        )

    def benchmarks(self, workspace: Workspace | None = None, *, all_: bool = True) -> Benchmarks:
        """The published figures of the packs, and those that a workspace has imported.

        Args:
            workspace: whose imports count.
            all_: every indicator and council, or those alone that a run of the workspace needs.

        Raises:
            EvidenceError: an imported file is at fault.
            PluginError: a pack's file is.
        """
        from selfassess.comparing import imported_files, load_benchmarks

        named = {
            name for m in self.library.measures.values() for name in (m.same_as, m.completed_as)
        }
        return load_benchmarks(
            self.library.comparators.values(),
            imported_files(workspace.root) if workspace else (),
            only=None if all_ else {name for name in named if name},
            council=workspace.config.council.code if workspace and not all_ else None,
            national=bool(workspace and not all_ and workspace.config.comparators == "england"),
        )

    def _compare(
        self,
        workspace: Workspace,
        readings: Sequence[Reading],
        evidence: Evidence,
        settings: Mapping[str, Setting],
    ) -> Comparison:
        """What readings are shown beside; nothing is judged by it."""
        from selfassess.comparing import Benchmarks, compare
        from selfassess.measuring.twins import completed_twins

        code = workspace.config.council.code
        national = workspace.config.comparators == "england"
        benchmarks = Benchmarks()
        if code or national:
            benchmarks = self.benchmarks(workspace, all_=False)
        twins: Mapping[str, Reading] = {}
        if national or benchmarks.council(code):
            twins = completed_twins(self.library, evidence, settings, readings)
        measures, as_at = self.library.measures, evidence.as_at
        return compare(readings, measures, benchmarks, code, as_at, twins, national=national)

    def _also(self, framework: Framework, names: Iterable[str]) -> tuple[Framework, ...]:
        found: dict[str, Framework] = {}
        for name in names:
            other = self.library.framework(name)
            if other.reference == framework.reference or other.reference in found:
                raise UsageError(
                    f"--also {name}: {other.reference} is assessed already.",
                    hint="Name each further framework once, and not the workspace's own.",
                )
            found[other.reference] = other
        return tuple(found.values())

    def read(
        self,
        workspace: Workspace,
        *,
        as_at: dt.date | None = None,
        other_evidence: bool = False,
        progress: Progress = None,
    ) -> Evidence:
        """Read a workspace's evidence: typed tables, the row ledger, published figures.

        Args:
            workspace: whose evidence.
            as_at: the day to measure at, before the workspace's own.
            other_evidence: whether the register holds something, so that no list is needed.
            progress: told what is being read.

        Raises:
            EvidenceError: no list is readable, or a file is at fault.
        """
        from selfassess.evidence import read_evidence

        readers = self.registry.readers()
        files = self.source_files(workspace)
        told = workspace.unread_files(self._suffixes().__contains__)
        if workspace.config.warehouse is not None:
            attached = self._attach(workspace, files, told, as_at, other_evidence, progress)
            return self._supplied(workspace, attached)
        if not files and not other_evidence:
            raise EvidenceError(
                f"{workspace.root}: no evidence found.",
                problems=told,
                hint="Put the Annex A workbook (or a folder of CSV files) into evidence/.",
            )
        evidence = read_evidence(
            files,
            tables=self.library.tables,
            readers=readers,
            as_at=as_at or workspace.config.as_at,
            other_evidence=other_evidence,
            told=told,
            progress=progress,
        )
        return self._supplied(workspace, evidence)

    def _supplied(self, workspace: Workspace, evidence: Evidence) -> Evidence:
        """The evidence with the tables that views make of others, where files do not hold them."""
        from selfassess.measuring.supplying import makers, supplied
        from selfassess.workspace.files import read_settings

        library = self.library
        if not makers(evidence, library.views):
            return evidence
        settings = read_settings(workspace, library)
        return supplied(evidence, library.tables, library.views, settings)

    def source_files(self, workspace: Workspace) -> tuple[SourceFile, ...]:
        """The files of a workspace that a reader takes."""
        return workspace.source_files(self._suffixes().__contains__)

    def _suffixes(self) -> set[str]:
        return {suffix for reader in self.registry.readers() for suffix in reader.suffixes}

    def _attach(
        self,
        workspace: Workspace,
        files: Sequence[SourceFile],
        told: Sequence[Problem],
        as_at: dt.date | None,
        other_evidence: bool,
        progress: Progress,
    ) -> Evidence:
        from selfassess.evidence.attached import attach
        from selfassess.workspace.warehouse import open_warehouse, whose_rows

        say(progress, "Connecting to the warehouse")
        warehouse = open_warehouse(workspace)
        column, council = whose_rows(workspace)
        return attach(
            warehouse,
            tables=self.library.tables,
            files=files,
            readers=self.registry.readers(),
            as_at=as_at or workspace.config.as_at,
            council_column=column,
            council=council,
            other_evidence=other_evidence,
            told=told,
            progress=progress,
        )

    def framework_of(self, workspace: Workspace) -> Framework:
        """The framework that a workspace names."""
        return self.library.framework(workspace.config.framework, workspace.config.edition)

    def sql(self, measure_id: str, dialect: str) -> str:
        """The SQL that a measure compiles to, in an engine's dialect."""
        from selfassess.measuring.sql import compiled_sql

        return compiled_sql(
            self.measure(measure_id),
            dialect,
            tables=self.library.tables,
            views=self.library.views,
            settings=self.library.settings,
        )

    def is_computed(self, measure_id: str) -> bool:
        """Whether rows can answer a measure; otherwise it takes published figures only."""
        from selfassess.measuring.computing import ways

        return any(True for _ in ways(self.measure(measure_id)))

    def check_framework_files(self, files: Iterable[Path]) -> tuple[Problem, ...]:
        """Everything that is wrong with framework files, as ``file:line:column``."""
        from selfassess.loading.check_file import check_files

        return check_files(tuple(files), self.library)

    def remarks_on_framework_files(self, files: Iterable[Path]) -> tuple[Problem, ...]:
        """What the content check remarks on sound framework files; remarks are no errors."""
        from selfassess.loading.check_file import remarks_on

        return remarks_on(tuple(files), self.library)

    def measure(self, measure_id: str) -> Measure:
        """A measure by id or alias.

        Raises:
            MeasureError: there is none; names the nearest.
        """
        measures = self.library.measures
        if measure_id in measures:
            return measures[measure_id]
        for measure in measures.values():
            if measure_id in measure.aliases:
                return measure
        raise MeasureError(
            f"'{measure_id}' is no measure.",
            hint=nearest(measure_id, measures) or "`selfassess measures list` shows all.",
        )

    def _plugin_differences(self, pins: Mapping[str, str]) -> tuple[str, ...]:
        loaded = {info.name: info.version for info in self.registry.plugins if not info.failure}
        return tuple(
            f"{name}: set up with {version}, run with {loaded.get(name) or 'none'}"
            for name, version in sorted(pins.items())
            if loaded.get(name) != version
        )

    def brought_by(self, info: PluginInfo) -> str:
        """What a plugin brings, in words: ``2 tables, 14 measures``."""
        packs = {pack.id for pack in info.packs}
        counts: dict[str, int] = {}
        for (kind, _), pack in self.library.origins.items():
            if pack in packs:
                counts[kind] = counts.get(kind, 0) + 1
        parts = [f"{n} {kind if n == 1 else kind + 's'}" for kind, n in sorted(counts.items())]
        return ", ".join(parts) or "nothing"


def _expressions(library: Library) -> Sequence[Problem]:
    """What is wrong with the expressions of a library that has other faults too."""
    from selfassess.measuring.check import problems_of

    return problems_of(library)


def say(progress: Progress, text: str) -> None:
    """Tell what is being done now, where somebody watches."""
    if progress:
        progress(text)
