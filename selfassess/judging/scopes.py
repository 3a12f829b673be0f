"""Scopes: what a ``where`` says of cohort and agency, what it matches, whether it is a part."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from selfassess.model.common import Scope

__all__ = ["AGENCY", "COHORT", "COUNCIL", "cohort", "matches", "other_agency", "part_of_whole"]

AGENCY = "agency"
COHORT = "cohort"
COUNCIL = "council"
"""The value of ``agency`` that means the council itself, as no ``agency`` at all does."""


def _value(where: Scope, key: str) -> str | None:
    return next((value for name, value in where if name == key), None)


def cohort(where: Scope) -> str | None:
    """The cohort that a scope names."""
    return _value(where, COHORT)


def other_agency(where: Scope) -> str | None:
    """The agency that a scope names, where it is not the council."""
    agency = _value(where, AGENCY)
    return None if agency == COUNCIL else agency


def matches(pairs: Mapping[str, str], where: Scope, bodies: Collection[str] = ()) -> bool:
    """Whether a scope has at least these pairs; without pairs any, but never another agency's.

    `bodies` are agencies that are judged together with the council, so none of them is another.
    """
    if any(_value(where, key) != str(value) for key, value in pairs.items()):
        return False
    agency = other_agency(where)
    return AGENCY in pairs or agency is None or agency in bodies


def part_of_whole(where: Scope, cohorts: Collection[str] = ()) -> bool:
    """Whether a scope is less than the whole of what is judged.

    `cohorts` are themselves what is judged, so that naming them narrows nothing.
    """
    for key, value in where:
        if key == COHORT and value in cohorts:
            continue
        if key == AGENCY and value == COUNCIL:
            continue
        return True
    return False
