"""Built-in pack: the Standard Safeguarding Dataset. Data only; it enters like any other plugin."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from selfassess.hookspecs import hookimpl


@hookimpl
def selfassess_packs() -> list[Traversable]:
    """Hand over this folder."""
    return [files(__name__)]
