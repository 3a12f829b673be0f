"""What a rule is: a name, how much it matters, why, how to mend it, and a function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from selfassess.model.xray import Severity
from selfassess.xray.case import Case

__all__ = ["Found", "Look", "Rule", "quote"]

_QUOTED = 160


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a rule is broken.

    Attributes:
        path: keys in ``self-evaluation.yaml``.
        detail: what tells it from others of the same rule at the same node.
        severity: where it is not the rule's own.
        mend: where the rule's own next step can be made plainer.
    """

    node: str
    path: tuple[str | int, ...]
    text: str
    detail: str = ""
    evidence: tuple[str, ...] = ()
    severity: Severity | None = None
    mend: str = ""


Look = Callable[[Case], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A consistency check.

    Attributes:
        title: what it asks, in a few words.
        why: why it matters to whoever reads the self-evaluation.
        mend: the next step.
    """

    id: str
    severity: Severity
    title: str
    why: str
    mend: str
    look: Look


def quote(text: str) -> str:
    """A text between quotes, cut at a word's end where it is long."""
    flat = " ".join(text.split())
    if len(flat) > _QUOTED:
        flat = flat[:_QUOTED].rsplit(" ", 1)[0].rstrip(",;:. ") + " …"
    return f"‘{flat}’"
