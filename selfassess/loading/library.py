"""Everything that the packs hold, put together: no clashes, editions whole, names checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import (
    FrameworkError,
    MeasureError,
    PluginError,
    Problem,
    SelfAssessError,
    nearest,
)
from selfassess.loading.editions import Edition, resolve
from selfassess.loading.kinds import FRAMEWORK, MEASURES, NAMING_NOTHING, OF_FRAMEWORKS
from selfassess.loading.names import Names
from selfassess.loading.packs import (
    PackFile,
    in_file_order,
    read_document,
    read_packs,
)
from selfassess.loading.shelf import Declared, Shelf
from selfassess.loading.template import joined
from selfassess.loading.titles import titled
from selfassess.loading.verdict import Verdict
from selfassess.model.chart import ChartSpec
from selfassess.model.comparing import Shipped
from selfassess.model.crosswalk import Crosswalk
from selfassess.model.evidence import TableSpec, View
from selfassess.model.framework import Framework
from selfassess.model.letters import LetterForm
from selfassess.model.measure import Dimension, Measure, PythonMeasure, Setting, Topic
from selfassess.model.migration import Migration
from selfassess.model.overlay import Overlay
from selfassess.model.pack import Pack
from selfassess.model.quality import QualityRule
from selfassess.model.sampling import SamplingFile
from selfassess.model.xray import Lexicon

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Library", "load_library"]

Further = Callable[["Library"], Sequence[Problem]]


@dataclass(frozen=True, slots=True)
class Library:
    """What the packs hold, by id.

    Attributes:
        frameworks: by reference, ``ofsted-ilacs@2026-04``; each one whole, whatever it extends.
        templates: the folder of each report template, laid over the one that it extends.
        origins: the pack that brought each thing, by (kind, id); kinds are ``framework``,
            ``table``, ``view``, ``measure``, ``topic``, ``dimension``, ``setting``, ``template``,
            ``migration``, ``crosswalk``, ``overlay``, ``comparator set``, ``quality rule``,
            ``chart``, ``letter form``, ``lexicon``, ``sampling list``, ``sampling reason``,
            ``pathway``.
        declared: where each thing of a list is written, by (kind, id) as in `origins`.
        editions: how each framework came about, for `check` and for comparing editions.
        migrations: what became of nodes, by the references of the earlier and the later edition.
        crosswalks: what two frameworks have in common, by both references.
        overlays: local changes to frameworks that packs bring; they hold wherever they are
            installed.
        comparators: sets of published figures, with the folder that each lies in.
        quality: faults that rows of a table can have.
        charts: charts of several measures, in the order read.
        sampling: files of reasons to look at a child, by name.
        letters: how published inspection letters are laid out.
        lexicons: the words that consistency checks of a self-evaluation look for.
        verdict: whether all this was found sound before; who checks the last of it keeps it.
    """

    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    tables: Mapping[str, TableSpec] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    templates: Mapping[str, Traversable] = field(default_factory=dict)
    origins: Mapping[tuple[str, str], str] = field(default_factory=dict)
    declared: Mapping[tuple[str, str], Declared] = field(default_factory=dict, compare=False)
    editions: Mapping[str, Edition] = field(default_factory=dict)
    crosswalks: Mapping[str, Crosswalk] = field(default_factory=dict)
    overlays: tuple[Overlay, ...] = ()
    comparators: Mapping[str, Shipped] = field(default_factory=dict)
    migrations: Mapping[tuple[str, str], Migration] = field(default_factory=dict)
    quality: Mapping[str, QualityRule] = field(default_factory=dict)
    charts: Mapping[str, ChartSpec] = field(default_factory=dict)
    sampling: Mapping[str, SamplingFile] = field(default_factory=dict)
    letters: Mapping[str, LetterForm] = field(default_factory=dict)
    lexicons: Mapping[str, Lexicon] = field(default_factory=dict)
    verdict: Verdict = field(default_factory=Verdict, compare=False)

    def framework(self, framework_id: str, edition: str | None = None) -> Framework:
        """A framework by id and edition, or by reference ``id@edition``.

        Args:
            framework_id: the family's id, or a whole reference.
            edition: the edition; without it the latest in force, or the latest if none is.

        Raises:
            FrameworkError: there is none such; the message names the nearest.
        """
        family, _, given = framework_id.partition("@")
        wanted = edition or given or None
        found = [each for each in self.frameworks.values() if each.id == family]
        if not found:
            families = {each.id for each in self.frameworks.values()}
            raise FrameworkError(
                f"No framework '{family}' is installed.",
                hint=nearest(family, families)
                or "`selfassess frameworks list` shows what is installed.",
            )
        if wanted is None:
            in_force = [each for each in found if each.status == "in-force"]
            return max(in_force or found, key=lambda each: (str(each.in_force_from), each.edition))
        for each in found:
            if each.edition == wanted:
                return each
        raise FrameworkError(
            f"Framework '{family}' has no edition '{wanted}' here.",
            hint=nearest(wanted, [each.edition for each in found])
            or "Editions: " + ", ".join(sorted(each.edition for each in found)) + ".",
        )

    def names(self) -> Names:
        """The names that a framework may use."""
        return Names(self.topics, self.measures, self.dimensions)

    def crosswalk(self, one: Framework, other: Framework) -> Crosswalk | None:
        """The crosswalk between two editions, whichever way it is written; None without one."""
        for crosswalk in self.crosswalks.values():
            if crosswalk.connects(one.reference, other.reference):
                return crosswalk
        return None


def load_library(
    packs: Sequence[Pack],
    *,
    cache: Path | None = None,
    python_measures: Iterable[PythonMeasure] = (),
    without_frameworks: Collection[str] = (),
    further: Further | None = None,
) -> Library:
    """Read the packs and put them together.

    Args:
        packs: as the registry found them.
        cache: a folder for what was read from valid files; None reads every file anew.
        python_measures: measures that plugins bring as functions; frameworks may name them.
        without_frameworks: ids of packs of which nothing is taken that speaks of frameworks.
        further: what else is wrong with a library; asked where there are faults anyway and tables
            and words are sound, so that all are told at once.

    Raises:
        FrameworkError: framework files (or files of several kinds) have problems, or a framework
            names a measure that nothing brings.
        MeasureError: only measure files have problems.
        PluginError: only other files have problems, or two packs bring the same id.
    """
    brought = tuple(python_measures)
    files = [
        file
        for file in read_packs(packs, cache)
        if file.pack.id not in without_frameworks or file.schema not in OF_FRAMEWORKS
    ]
    if cache is None:
        return _load(files, brought, further=further)
    try:
        return _load(files, brought, _verdict(cache, files, brought))
    except SelfAssessError as error:
        said = str(error)
    # What came from the cache has no lines and columns: the files that are named are read anew.
    return _load(_placed(files, said), brought, further=further)


def _placed(files: Sequence[PackFile], said: str) -> list[PackFile]:
    """The files, those anew that a message names; with an edition goes the whole family."""
    named = {file.document.name for file in files if file.document.name in said}
    families = {_family(file) for file in files if file.document.name in named} - {None}
    return [
        read_document(file.path, file.pack, file.folder)
        if file.cached and (file.document.name in named or _family(file) in families)
        else file
        for file in files
    ]


def _family(file: PackFile) -> str | None:
    data = file.document.data
    return str(data.get("id")) if file.schema == FRAMEWORK and isinstance(data, dict) else None


def _verdict(
    folder: Path, files: Sequence[PackFile], python_measures: Sequence[PythonMeasure]
) -> Verdict:
    """What is known of these files from before; nothing where one has a fault."""
    if any(file.problems or not file.digest for file in files):
        return Verdict()
    contents = [f"{file.pack.id} {file.schema} {file.digest}" for file in files]
    return Verdict(folder, [*contents, *(repr(each.measure) for each in python_measures)])


def _load(
    files: Sequence[PackFile],
    python_measures: Sequence[PythonMeasure],
    verdict: Verdict | None = None,
    *,
    further: Further | None = None,
) -> Library:
    verdict = verdict or Verdict()
    problems = [problem for file in files for problem in file.problems]
    broken = {file.schema for file in files if file.problems}
    shelf = Shelf()
    for file in files:
        if file.value is not None:
            shelf.take(file)
    for item in python_measures:
        shelf.put("measure", item.measure.id, item.measure, "a plugin's Python measure", "")
    if shelf.clashes and not problems:
        raise PluginError(problems=in_file_order(shelf.clashes))
    problems += shelf.clashes
    editions, found = resolve([file for file in files if file.schema == FRAMEWORK])
    problems += found
    frameworks = {reference: edition.framework for reference, edition in editions.items()}
    templates, faults = joined(shelf.of("template"))
    problems += faults
    if not verdict.sound:
        from selfassess.loading.checks.together import check_together

        problems += check_together(
            files, shelf.of, editions, frameworks, broken, resolved=not found
        )
    library = Library(
        frameworks=frameworks,
        tables=shelf.of("table"),
        views=shelf.of("view"),
        measures=shelf.of("measure"),
        topics=shelf.of("topic"),
        dimensions=titled(shelf.of("dimension"), shelf.of("table"), shelf.of("measure").values()),
        settings=shelf.of("setting"),
        templates=templates,
        origins=shelf.origins,
        declared=shelf.declared,
        editions=editions,
        crosswalks=shelf.of("crosswalk"),
        overlays=tuple(shelf.of("overlay").values()),
        comparators=shelf.of("comparator set"),
        migrations={(each.old, each.new): each for each in shelf.of("migration").values()},
        quality=shelf.of("quality rule"),
        charts=shelf.of("chart"),
        sampling=shelf.of("sampling list"),
        letters=shelf.of("letter form"),
        lexicons=shelf.of("lexicon"),
        verdict=verdict,
    )
    if problems:
        if further is not None and not shelf.clashes and not _unsure(files, problems):
            told = {problem.where for problem in problems}
            problems += [each for each in further(library) if each.where not in told]
        raise _error(problems, files, shelf.clashes)
    return library


def _unsure(files: Sequence[PackFile], problems: Sequence[Problem]) -> bool:
    """Whether a file is at fault on which the sense of expressions hangs."""
    return any(
        file.schema not in NAMING_NOTHING
        and any(problem.where.startswith(f"{file.document.name}:") for problem in problems)
        for file in files
    )


def _error(
    problems: Sequence[Problem], files: Sequence[PackFile], clashes: Sequence[Problem]
) -> SelfAssessError:
    """The error whose class says which kind of file is at fault; frameworks before all others."""
    schemas = {
        file.schema
        for file in files
        for problem in problems
        if problem not in clashes and problem.where.startswith(file.document.name)
    }
    ordered = in_file_order(problems)
    if schemas & OF_FRAMEWORKS:
        return FrameworkError(problems=ordered)
    if schemas == {MEASURES}:
        return MeasureError(problems=ordered)
    return PluginError(problems=ordered)
