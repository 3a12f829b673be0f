"""Whether words can be read on a ground: the contrast of two colours, as WCAG 2 reckons it."""

from __future__ import annotations

import re

__all__ = ["INK", "WHITE", "contrast", "darkened", "is_colour", "paled"]

INK = "#0b0c0c"
WHITE = "#ffffff"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def is_colour(text: str) -> bool:
    """Whether it is written as ``#rrggbb``."""
    return _COLOUR.match(text) is not None


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21; 4.5 is the least for words (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str, ground: str, least: float) -> str:
    """The lightest shade of a colour's hue that has at least such a contrast to a light ground."""
    parts = _parts(colour)
    for step in range(1000, -1, -1):
        shade = _written([part * step / 1000 for part in parts])
        if contrast(shade, ground) >= least:
            return shade
    return "#000000"


def paled(colour: str, share: float = 0.7) -> str:
    """A colour with so much white in it."""
    return _written([part + (255 - part) * share for part in _parts(colour)])


def _parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _written(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
