"""What a plugin may bring. Every hook here is used by a plugin that ships with the toolkit.

A plugin is a module named in the entry-point group ``selfassess``. Most need one line: a pack, that
is, a folder of YAML. See ``docs/how-to/write-a-plugin.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from selfassess.model.evidence import EvidenceReader
    from selfassess.model.measure import PythonMeasure

PROJECT = "selfassess"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def selfassess_packs() -> Iterable[Traversable]:
    """Hand over packs: folders that hold a ``pack.yaml``.

    Called once, when the toolkit is put together. Nothing in a pack is imported or run.

    Returns:
        One folder a pack, usually ``[importlib.resources.files(__name__)]``.
    """
    raise AssertionError("a specification is never called")


@hookspec
def selfassess_measures() -> Iterable[PythonMeasure]:
    """Hand over measures that YAML cannot express, as Python functions over the warehouse.

    Called once, when measures are run or listed.

    Returns:
        Measures; an id that another plugin has already brought is refused, naming both.
    """
    raise AssertionError("a specification is never called")


@hookspec
def selfassess_evidence_readers() -> Iterable[EvidenceReader]:
    """Hand over readers of file types: what turns a file into named sheets of text cells.

    Called once, when evidence is read. The first reader (by plugin name) that takes a file's
    suffix reads it.

    Returns:
        Readers; see `selfassess.model.evidence.EvidenceReader`.
    """
    raise AssertionError("a specification is never called")
