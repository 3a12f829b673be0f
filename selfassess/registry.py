"""Finds plugins, loads each singly, and collects what they bring.

A broken plugin is named and contained: the others still work, and `Registry.plugins` says what
failed. Packs listed by a workspace are read as data, without importing anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pluggy

from selfassess import hookspecs
from selfassess.errors import PluginError, Problem
from selfassess.model.pack import API, Manifest, Pack

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from selfassess.model.evidence import EvidenceReader
    from selfassess.model.measure import PythonMeasure

__all__ = ["GROUP", "PluginInfo", "Registry"]

GROUP = "selfassess"
"""The entry-point group by which built-ins and strangers alike are found."""
_FOLDER = "pack "
"""Begins what stands for the distribution of a pack that nobody installed."""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A plugin as found: what it brings, or why it could not be loaded."""

    name: str
    version: str
    distribution: str
    packs: tuple[Pack, ...] = ()
    failure: str = ""

    @property
    def api(self) -> int | None:
        """The pack format that its packs state; None without packs."""
        return self.packs[0].manifest.api if self.packs else None


class Registry:
    """Plugins and packs, put together once a run."""

    def __init__(self, plugins: Sequence[PluginInfo], manager: pluggy.PluginManager) -> None:
        self.plugins = tuple(plugins)
        self._manager = manager

    @classmethod
    def load(
        cls,
        extra_packs: Iterable[Path] = (),
        *,
        points: Iterable[EntryPoint] | None = None,
        cache: Path | None = None,
        instead: bool = False,
    ) -> Registry:
        """Load every installed plugin and read the packs in `extra_packs`.

        Args:
            extra_packs: folders with a ``pack.yaml``, read without importing anything.
            points: entry points to load in place of the installed ones.
            cache: a folder for what was read from valid manifests; None reads every one anew.
            instead: whether a pack of `extra_packs` takes the place of an installed one of its id.

        Raises:
            PluginError: two packs carry the same id, or a folder in `extra_packs` is no pack.
                A plugin that fails to load is reported in `plugins`, not raised.
        """
        manager = pluggy.PluginManager(hookspecs.PROJECT)
        manager.add_hookspecs(hookspecs)
        found = entry_points(group=GROUP) if points is None else points
        infos = [
            _load_plugin(manager, point, cache) for point in sorted(found, key=lambda p: p.name)
        ]
        for folder in extra_packs:
            pack = read_pack(folder, plugin=f"workspace pack {folder.name}", cache=cache)
            if instead:
                infos = [_without(info, pack.id) for info in infos]
            infos.append(
                PluginInfo(
                    name=pack.id,
                    version=pack.manifest.version,
                    distribution=f"{_FOLDER}{folder.name}",
                    packs=(pack,),
                )
            )
        _refuse_clashes(infos)
        return cls(infos, manager)

    @property
    def packs(self) -> tuple[Pack, ...]:
        """Every pack, by plugin name."""
        return tuple(pack for info in self.plugins for pack in info.packs)

    @property
    def failures(self) -> tuple[PluginInfo, ...]:
        """Plugins that could not be loaded."""
        return tuple(info for info in self.plugins if info.failure)

    def readers(self) -> tuple[EvidenceReader, ...]:
        """Readers of file types, strangers' before our own."""
        from selfassess.evidence import readers

        brought = self._collect("selfassess_evidence_readers")
        return (*cast("list[EvidenceReader]", brought), *readers.selfassess_evidence_readers())

    def python_measures(self) -> tuple[PythonMeasure, ...]:
        """Measures written in Python, by id.

        Raises:
            PluginError: two plugins bring the same id.
        """
        measures = cast("list[PythonMeasure]", self._collect("selfassess_measures"))
        seen: set[str] = set()
        for item in measures:
            if item.measure.id in seen:
                raise PluginError(
                    f"Two plugins bring a Python measure '{item.measure.id}'.",
                    hint="Remove one of them, or ask its author to rename it.",
                )
            seen.add(item.measure.id)
        return tuple(sorted(measures, key=lambda item: item.measure.id))

    def _collect(self, hook: str) -> list[Any]:
        brought: list[Any] = []
        for name, plugin in sorted(self._manager.list_name_plugin()):
            if plugin is None:
                continue
            caller = self._manager.subset_hook_caller(
                hook, [p for _, p in self._manager.list_name_plugin() if p is not plugin]
            )
            try:
                for result in caller():
                    brought.extend(result or ())
            except Exception as error:
                raise PluginError(
                    f"Plugin '{name}' failed in {hook}: {type(error).__name__}: {error}",
                    hint="Remove or update the plugin: `selfassess plugins list` shows it.",
                ) from error
        return brought


def read_pack(root: Path | Traversable, *, plugin: str, cache: Path | None = None) -> Pack:
    """Read a pack's manifest; nothing else in the folder is opened.

    Raises:
        PluginError: no ``pack.yaml``, a fault in it, or another version of the pack format.
    """
    from selfassess.loading.cache import ParsedCache
    from selfassess.loading.identifiers import id_problems
    from selfassess.loading.parse import load

    manifest_file = root / "pack.yaml"
    if not manifest_file.is_file():
        if root.is_file():
            said = "this is a file, not a pack"
        else:
            said = (
                "no pack.yaml found" if root.is_dir() else "no such folder, so no pack.yaml found"
            )
        raise PluginError(
            f"{root}: {said}.",
            hint="A pack is a folder with a pack.yaml (id, version, api: 1, title, licence).",
        )
    manifest = load(
        manifest_file,
        Manifest,
        error=PluginError,
        cache=(lambda models: ParsedCache(cache, models)) if cache else None,
    )
    problems = []
    if manifest.api != API:
        problems.append(
            Problem(
                _place(manifest_file, "api"),
                f"api {manifest.api} is not known; this version reads api {API}.",
                f"Update selfassess, or ask the pack's author for one with api: {API}.",
            )
        )
    problems += id_problems("pack", manifest.id, "")
    if problems:
        placed = (replace(e, where=e.where or _place(manifest_file, "id")) for e in problems)
        raise PluginError(problems=tuple(placed))
    return Pack(manifest=manifest, root=root, plugin=plugin)


def _place(manifest: Traversable | Path, key: str) -> str:
    from selfassess.loading.source import read

    return read(manifest).place((key,))


@cache
def _said_of(dist: Distribution) -> tuple[str, str]:
    """A distribution's name and version; to say either, all that it says is read."""
    said = dist.metadata
    return said["Name"], said["Version"]


def _load_plugin(
    manager: pluggy.PluginManager, point: EntryPoint, cache: Path | None
) -> PluginInfo:
    name, version = _said_of(point.dist) if point.dist else ("", "")
    try:
        module = point.load()
        manager.register(module, name=point.name)
        manager.check_pending()
        hook = getattr(module, "selfassess_packs", None)
        roots = list(hook()) if hook else []
        packs = tuple(read_pack(root, plugin=point.name, cache=cache) for root in roots)
    except Exception as error:  # whatever a stranger's code raises must not stop the others
        if manager.has_plugin(point.name):
            manager.unregister(name=point.name)
        return PluginInfo(
            name=point.name,
            version=version,
            distribution=name,
            failure=f"{type(error).__name__}: {error}",
        )
    return PluginInfo(name=point.name, version=version, distribution=name, packs=packs)


def _without(info: PluginInfo, pack_id: str) -> PluginInfo:
    """A plugin but for its pack of an id; folders are never passed over for one another."""
    if info.distribution.startswith(_FOLDER):
        return info
    return replace(info, packs=tuple(pack for pack in info.packs if pack.id != pack_id))


def _refuse_clashes(infos: Sequence[PluginInfo]) -> None:
    owners: dict[str, PluginInfo] = {}
    problems = []
    for info in infos:
        for pack in info.packs:
            first = owners.setdefault(pack.id, info)
            if first is not info:
                problems.append(
                    Problem(
                        where=_place(pack.root / "pack.yaml", "id"),
                        message=f"pack id '{pack.id}' is brought by {_who(first)} and by "
                        f"{_who(info)}.",
                        hint="Remove one of the two, or give one another id in its pack.yaml.",
                    )
                )
    if problems:
        raise PluginError(problems=problems)


def _who(info: PluginInfo) -> str:
    """A plugin by its name, a pack of a workspace by its folder."""
    if info.distribution.startswith(_FOLDER):
        return f"the folder '{info.distribution.removeprefix(_FOLDER)}'"
    return f"plugin '{info.name}' ({info.distribution})"
