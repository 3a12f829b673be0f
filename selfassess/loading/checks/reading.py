"""Checks how measures say that figures are read: titles, topics, bands, what they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.loading.checks.bands import check_bands
from selfassess.loading.names import Names
from selfassess.loading.source import Document, KeyPath
from selfassess.model.measure import Measure

if TYPE_CHECKING:
    from selfassess.loading.packs import MeasuresFile

__all__ = ["check_reading"]


def check_reading(file: MeasuresFile, document: Document, names: Names) -> Iterator[Problem]:
    """Say what is wrong with a file of measures but for what they compute."""
    aliases = {
        name: each.id for each in reversed([*names.measures.values()]) for name in each.aliases
    }
    for index, measure in enumerate(file.measures):
        place = partial(_place, document, index)
        for key in ("title", "why", "unit"):
            if not getattr(measure, key).strip():
                yield Problem(
                    place((key,)), f"'{key}' of '{measure.id}' is empty.", "Say it in words."
                )
        if not measure.topics:
            yield Problem(
                place(("topics",)),
                f"'{measure.id}' is about no topic, so nothing could be found by it.",
                "Name one at least; `selfassess measures words` lists them.",
            )
        yield from _aliases(measure, names.measures, aliases, place)
        yield from _spread(measure, names, place)
        at = partial(_place, document, index, below="bands")
        share = names.is_share(measure.id)
        yield from check_bands(measure.bands, names, at, measure.better, share=share)
        yield from _reference(measure, at)


def _place(document: Document, index: int, path: KeyPath, *, below: str = "") -> str:
    inner = (below, *path) if below else path
    return document.place(("measures", index, *inner))


def _aliases(
    measure: Measure,
    measures: Mapping[str, Measure],
    aliases: Mapping[str, str],
    place: partial[str],
) -> Iterator[Problem]:
    for position, name in enumerate(measure.aliases):
        owner = name if name in measures else aliases.get(name, measure.id)
        if name in measures or owner != measure.id:
            yield Problem(
                place(("aliases", position)),
                f"'{name}' is the id of another measure."
                if owner == name
                else f"'{name}' is an earlier id of '{owner}' too.",
                "Take it away: a name leads to one measure.",
            )


def _spread(measure: Measure, names: Names, place: partial[str]) -> Iterator[Problem]:
    if measure.spread is None:
        return
    if measure.per is None and not any(way.per for way in measure.ways):
        yield Problem(
            place(("spread",)),
            f"'{measure.id}' has no holders whose loads could be shown.",
            "Add 'per', or take 'spread' away.",
        )
    for position, name in enumerate(measure.spread.over):
        yield from names.measure(name, place(("spread", "over", position)))


def _reference(measure: Measure, at: partial[str]) -> Iterator[Problem]:
    if measure.reference is not None:
        return
    for index, band in enumerate(measure.bands):
        for level in ("strong", "attention", "concern", "critical"):
            if "reference" in (getattr(band, level) or "").split():
                yield Problem(
                    at((index, level)),
                    f"the cut names a reference, but '{measure.id}' has none.",
                    "Add 'reference' to the measure, or write a number.",
                )
