"""Takes the text of ``self-evaluation.yaml`` along a chain of editions, and checks the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from selfassess.errors import EvidenceError
from selfassess.loading.carry import carried, plan_step
from selfassess.loading.carry_plan import StepPlan
from selfassess.loading.carry_text import rewritten
from selfassess.loading.chain import declared_between
from selfassess.loading.library import Library
from selfassess.loading.source import read_text
from selfassess.model.framework import Framework

__all__ = ["take_along"]


def take_along(
    text: str, library: Library, editions: tuple[Framework, ...], name: str
) -> tuple[str, list[StepPlan]]:
    """The text under the last edition, and what happened at each step.

    Args:
        text: a file that is sound under the first edition.
        library: for migration files.
        editions: as `selfassess.loading.chain.chain` finds them.
        name: what messages call the file.

    Raises:
        EvidenceError: the file is written in a way that cannot be changed safely.
    """
    steps = []
    for old, new in pairwise(editions):
        data = read_text(text, name).data
        step = plan_step(data, old, new, declared_between(library, (old, new)))
        changed = rewritten(text, data, step)
        _verify(changed, carried(data, step), name)
        text = changed
        steps.append(step)
    return text, steps


def _verify(text: str, expected: Mapping[str, Any], name: str) -> None:
    """Hold the text against what it has to say: nothing is written that says anything else."""
    document = read_text(text, name)
    if document.problems or _plain(document.data) != _plain(expected):
        raise EvidenceError(
            f"{name}: the file is written in a way that cannot be taken along without a risk to "
            "what it says, so nothing was changed.",
            hint="Write lists and keys on lines of their own, without brackets, and try again.",
        )


def _plain(data: Any) -> Any:
    """Data without what YAML itself does not keep: empty values, and line ends at a text's end."""
    if isinstance(data, Mapping):
        kept = {key: _plain(value) for key, value in data.items()}
        return {key: value for key, value in kept.items() if value not in (None, {}, [])}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    return data.rstrip("\n") if isinstance(data, str) else data
