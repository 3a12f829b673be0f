"""Checks what files of packs say of one another; each file by itself is sound already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from selfassess.errors import Problem
from selfassess.loading.checks.charts import check_charts
from selfassess.loading.checks.crosswalk import check_crosswalk
from selfassess.loading.checks.framework import check_editions
from selfassess.loading.checks.letters import check_letters
from selfassess.loading.checks.lexicon import check_lexicon
from selfassess.loading.checks.migration import check_migration
from selfassess.loading.checks.overlay import check_overlay
from selfassess.loading.checks.quality import check_quality
from selfassess.loading.checks.reading import check_reading
from selfassess.loading.checks.sampling import check_sampling
from selfassess.loading.checks.tables import check_tables
from selfassess.loading.checks.words import check_ids, check_words
from selfassess.loading.editions import Edition
from selfassess.loading.kinds import FRAMEWORK, MEASURES, MIGRATION, TABLES, TEMPLATE
from selfassess.loading.names import Names
from selfassess.loading.packs import (
    ChartsFile,
    LettersFile,
    MeasuresFile,
    PackFile,
    QualityFile,
    WordsFile,
)
from selfassess.model.crosswalk import Crosswalk
from selfassess.model.framework import Framework
from selfassess.model.migration import Migration
from selfassess.model.overlay import Overlay
from selfassess.model.sampling import Sampling
from selfassess.model.xray import Lexicon

__all__ = ["check_together"]


def check_together(
    files: Sequence[PackFile],
    of: Callable[[str], Mapping[str, Any]],
    editions: Mapping[str, Edition],
    frameworks: Mapping[str, Framework],
    broken: AbstractSet[str],
    *,
    resolved: bool,
) -> Iterator[Problem]:
    """What is wrong between files that are sound by themselves.

    Args:
        files: every file of every pack.
        of: everything of a kind, by id.
        editions: how each framework came about.
        frameworks: by reference.
        broken: the kinds of file of which one is at fault; what they hold is not known whole.
        resolved: whether every edition that extends another could be put together.
    """
    names = Names(
        of("topic"),
        of("measure"),
        of("dimension"),
        complete=not broken - {FRAMEWORK, MIGRATION, TEMPLATE},
    )
    yield from check_editions(editions.values(), names)
    for file in files:
        yield from check_ids(file.value, file.document)
        if file.schema == TABLES and file.value is not None:
            tables, views = of("table"), of("view")
            yield from check_tables(file.value, file.document, tables, views)
        elif isinstance(file.value, QualityFile) and TABLES not in broken:
            yield from check_quality(file.value, file.document, of("table"))
        elif isinstance(file.value, WordsFile):
            yield from check_words(file.value, file.document)
        elif isinstance(file.value, LettersFile):
            yield from check_letters(file.value, file.document)
        elif isinstance(file.value, Lexicon):
            yield from check_lexicon(file.value, file.document, names)
        elif isinstance(file.value, ChartsFile) and MEASURES not in broken:
            yield from check_charts(file.value, file.document, of("measure"))
        elif isinstance(file.value, Sampling) and not broken:
            yield from check_sampling(
                file.value,
                file.document,
                of("table"),
                of("view"),
                of("measure"),
            )
    for file in files:
        if isinstance(file.value, MeasuresFile):
            yield from check_reading(file.value, file.document, names)
    if FRAMEWORK not in broken and resolved:
        yield from _on_frameworks(files, frameworks, names)


def _on_frameworks(
    files: Sequence[PackFile], frameworks: Mapping[str, Framework], names: Names
) -> Iterator[Problem]:
    """What is wrong with files that speak of frameworks."""
    for file in files:
        if isinstance(file.value, Crosswalk):
            yield from check_crosswalk(file.value, file.document, frameworks)
        elif isinstance(file.value, Overlay):
            yield from check_overlay(file.value, frameworks.values(), names, file.document.place)
        elif isinstance(file.value, Migration):
            yield from check_migration(file.value, file.document, frameworks)
