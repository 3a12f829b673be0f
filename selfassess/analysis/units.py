"""Units in words: one child, two children; one enquiry, two enquiries."""

from __future__ import annotations

__all__ = ["unit_words", "with_unit"]

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


def with_unit(number: str, unit: str) -> str:
    """A number, as it is shown, with its unit: ``85%``, ``10 working days``, ``1 child``."""
    if unit == "percent":
        return f"{number}%"
    return f"{number} {unit_words(unit, one=number == '1')}".rstrip()


def _singular(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies"):
        return f"{noun.removesuffix('ies')}y"
    return noun if noun.endswith("ss") else noun.removesuffix("s")
