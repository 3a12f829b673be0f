"""Status of a criterion or a topic: weak, mixed, secure or not enough evidence, and why."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.judging.docket import Group
from selfassess.judging.items import EXPERIENCE, different_sources
from selfassess.model.assessment import NodeStatus

__all__ = ["Status", "rests_on", "status_of"]

ATTENTION_AT_MOST = 1
_QUALITY = frozenset({"practice-audit", "inspector", "learning-review"})
_ORDER = ("compliance", "quality", "impact")


@dataclass(frozen=True, slots=True)
class Status:
    """A status and the reason for it in words."""

    status: NodeStatus
    why: str


def status_of(group: Group, *, missing: int = 0, tail_meant: bool = False) -> Status:
    """Take the steps of judging: the first that fits.

    `missing` is how many required expectations nobody meets, 0 for a topic. `tail_meant` says that
    loads, queues or gaps are meant, so that a tail figure is needed.
    """
    adverse = group.adverse
    if any(item.serious for item in adverse):
        return Status("weak", "a serious weakness stands")
    if any(item.critical for item in adverse):
        return Status("weak", "a critical figure stands that is not one case alone")
    if different_sources(adverse) and not group.answered:
        return Status("weak", "adverse evidence from different sources, and nothing against it")
    if adverse:
        number = "one adverse item stands" if len(adverse) == 1 else "adverse items stand"
        return Status("mixed", number + (", with evidence against" if group.answered else ""))
    lacking = _lacking(group, missing, tail_meant)
    if lacking:
        return Status("not enough evidence", lacking)
    return Status("secure", "voices agree: " + ", ".join(sorted(group.agreed_voices)))


def _lacking(group: Group, missing: int, tail_meant: bool) -> str:
    """The first thing that keeps a group without adverse items from being secure."""
    if not group.used:
        return "no evidence that counts either way"
    if missing:
        return f"required evidence is missing ({missing})"
    if not group.agreed_voices:
        return "no two voices agree, one of them of practice, children or families"
    if tail_meant and not group.tail_known:
        return "no figure of the worst case, where averages can hide it"
    if len(group.attention) > ATTENTION_AT_MOST:
        return "several figures need attention"
    if any(item.judged and item.judged.worsening for item in group.used):
        return "a figure is getting worse"
    if any(item.new for item in group.used):
        return "a figure improved too recently to lean on"
    return ""


def rests_on(group: Group) -> tuple[str, ...]:
    """Whether a status rests on compliance, quality or impact; they are never averaged."""
    found = set()
    for item in group.used:
        if item.judged:
            found.add(item.judged.about)
        elif item.voice in _QUALITY:
            found.add("quality")
        elif item.voice in EXPERIENCE:
            found.add("impact")
        elif item.voice == "data":
            found.add("compliance")
    return tuple(name for name in _ORDER if name in found)
