"""Checks overlays: what they change exists, and their bands can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from selfassess.errors import Problem, nearest
from selfassess.loading.checks.bands import check_bands
from selfassess.loading.names import Names, unknown
from selfassess.loading.source import KeyPath
from selfassess.model.framework import Framework
from selfassess.model.overlay import Overlay

__all__ = ["check_overlay"]


def check_overlay(
    overlay: Overlay,
    frameworks: Iterable[Framework],
    names: Names,
    at: Callable[[KeyPath], str],
) -> Iterator[Problem]:
    """Say everything that is wrong with an overlay.

    Args:
        overlay: as a pack's file or a workspace says it.
        frameworks: all editions that are installed.
        names: measures and dimensions that exist.
        at: gives the place of a value in the overlay.
    """
    installed = tuple(frameworks)
    family = [each for each in installed if each.id == overlay.framework]
    meant = [each for each in family if overlay.edition in (None, each.edition)]
    if not family:
        yield unknown("framework", overlay.framework, {f.id for f in installed}, at(("framework",)))
    elif not meant:
        known = {each.edition for each in family}
        word = f"edition of {overlay.framework}"
        yield unknown(word, str(overlay.edition), known, at(("edition",)))
    else:
        yield from _labels(overlay, meant, at)
        yield from _expectations(overlay, meant, at)
    for key in ("who", "why"):
        if not getattr(overlay, key).strip():
            yield Problem(
                at((key,)),
                f"'{key}' is empty: a local change has to say who decided it and why.",
                "Write a name or a body, and a reason that a reader can follow.",
            )
    for index, change in enumerate(overlay.bands):
        yield from names.measure(change.measure, at(("bands", index, "measure")))
        place = partial(_in_bands, at, index)
        better, share = names.better(change.measure), names.is_share(change.measure)
        yield from check_bands(change.bands, names, place, better, share=share)


def _in_bands(at: Callable[[KeyPath], str], index: int, path: KeyPath) -> str:
    return at(("bands", index, "bands", *path))


def _labels(
    overlay: Overlay, meant: Iterable[Framework], at: Callable[[KeyPath], str]
) -> Iterator[Problem]:
    known = {
        name
        for framework in meant
        for name in (
            *(node.id for node in framework.walk()),
            *(f"{s.id}/{level.id}" for s in framework.scales for level in s.levels),
        )
    }
    for name in overlay.labels:
        if name not in known:
            place = at(("labels", name))
            problem = unknown("node or scale/level", name, known, place)
            yield Problem(
                place,
                problem.message,
                nearest(name, known)
                or f"`selfassess frameworks show {overlay.framework}` shows the ids.",
            )


def _expectations(
    overlay: Overlay, meant: Iterable[Framework], at: Callable[[KeyPath], str]
) -> Iterator[Problem]:
    known = {
        name
        for framework in meant
        for node in framework.walk()
        for expectation in node.expects
        for name in (expectation.id, f"{node.id}/{expectation.id}")
    }
    for name, change in overlay.expectations.items():
        if name not in known:
            yield unknown("expectation", name, known, at(("expectations", name)))
        given = {key: getattr(change, key) for key in ("max_age_days", "min_sample")}
        for key, value in given.items():
            if value is not None and value < 1:
                yield Problem(
                    at(("expectations", name, key)),
                    f"'{key}' of '{name}' is {value}; expected 1 or more.",
                    "Correct the number.",
                )
        if all(value is None for value in given.values()) and change.required is None:
            yield Problem(
                at(("expectations", name)),
                f"nothing is said of '{name}'.",
                "Give max_age_days, min_sample or required, or remove it.",
            )
