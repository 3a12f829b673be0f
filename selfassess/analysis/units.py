"""Units in words: one child, two children; one enquiry, two enquiries."""

from __future__ import annotations

__all__ = ["unit_words"]

_IRREGULAR = {"children": "child", "people": "person", "staff": "staff"}


def unit_words(unit: str, *, one: bool = False) -> str:
    """A unit as it is read: ``working days``, or of one ``working day``, ``child per worker``.

    Args:
        unit: as a measure has it, ``working-days``.
        one: whether it is said of exactly one.
    """
    words = unit.replace("-", " ").strip()
    if not one or not words:
        return words
    counted, per, base = words.partition(" per ")
    *head, noun = counted.split(" ")
    return f"{' '.join([*head, _singular(noun)])}{per}{base}"


def _singular(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies"):
        return f"{noun.removesuffix('ies')}y"
    return noun if noun.endswith("ss") else noun.removesuffix("s")
