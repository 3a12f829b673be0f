"""The composition root: plugins, packs and the parts come together here; programs begin here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError, Problem, nearest
from selfassess.registry import PluginInfo, Registry

if TYPE_CHECKING:
    from selfassess.assessment import Assessment
    from selfassess.comparing import Benchmarks
    from selfassess.evidence import Evidence, SourceFile
    from selfassess.loading.library import Library
    from selfassess.model.framework import Framework
    from selfassess.model.measure import Measure
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
        from selfassess.assessing.run import assess_all

        return assess_all(self.registry, self.library, workspace, also, as_at, progress)

    def benchmarks(self, workspace: Workspace | None = None, *, all_: bool = True) -> Benchmarks:
        """The published figures of the packs, and those that a workspace has imported.

        Args:
            workspace: whose imports count.
            all_: every indicator and council, or those alone that a run of the workspace needs.

        Raises:
            EvidenceError: an imported file is at fault.
            PluginError: a pack's file is.
        """
        from selfassess.assessing.beside import benchmarks_of

        return benchmarks_of(self.library, workspace, all_=all_)

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
        from selfassess.assessing.reading import read_workspace

        return read_workspace(
            self.registry,
            self.library,
            workspace,
            as_at=as_at,
            other_evidence=other_evidence,
            progress=progress,
        )

    def source_files(self, workspace: Workspace) -> tuple[SourceFile, ...]:
        """The files of a workspace that a reader takes."""
        from selfassess.assessing.reading import source_files

        return source_files(self.registry, workspace)

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
        from selfassess.loading.checks.files import check_files

        return check_files(tuple(files), self.library)

    def remarks_on_framework_files(self, files: Iterable[Path]) -> tuple[Problem, ...]:
        """What the content check remarks on sound framework files; remarks are no errors."""
        from selfassess.loading.checks.files import remarks_on

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

    def check_indicators(self, packs: Collection[str]) -> None:
        """Check that measures of these packs name published indicators counted in the same way.

        Raises:
            MeasureError: every measure that names another, with its place.
        """
        from selfassess.assessing.indicators import indicator_problems

        named = any(m.same_as or m.completed_as for m in self.library.measures.values())
        indicators = self.benchmarks().indicators if named else {}
        problems = indicator_problems(self.library, indicators, packs)
        if problems:
            raise MeasureError(problems=problems)

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
