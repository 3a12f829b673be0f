"""Challenge: what leaders claim of a judgement, set beside what the evidence leaves standing."""

from __future__ import annotations

from collections.abc import Sequence

from selfassess.model.assessment import Challenge, CriterionResult
from selfassess.model.framework import Scale

__all__ = ["challenge_of"]

TWO_VOICES = 2
LEVELS_BELOW = 2


def challenge_of(
    claim: str | None,
    scale: Scale | None,
    ceiling: str | None,
    criteria: Sequence[CriterionResult],
) -> tuple[Challenge | None, tuple[str, ...]]:
    """Take the steps of judging: the first that fits.

    Args:
        claim: the grade claimed.
        scale: the judgement's scale; without one nothing is challenged.
        ceiling: without waivers, the stricter one.
        criteria: all criteria of the judgement.

    Returns:
        The challenge, and the criteria to name with it: weak ones and those without enough
        evidence, where that is the answer.
    """
    if claim is None or scale is None:
        return None, ()
    claimed = scale.rank(claim)
    stands = scale.rank(ceiling) if ceiling else len(scale.levels) - 1
    if claimed > stands:
        return "above the evidence", ()
    heard = sum(len(criterion.voices) >= TWO_VOICES for criterion in criteria)
    # Three in five, in whole numbers: no rounding can tip it.
    weak = any(criterion.status == "weak" for criterion in criteria)
    if not criteria or 5 * heard < 3 * len(criteria) or weak:
        names = tuple(c.id for c in criteria if c.status in ("weak", "not enough evidence"))
        return "not enough evidence", names
    secure = sum(criterion.status == "secure" for criterion in criteria)
    if 2 * secure > len(criteria) and stands - claimed >= LEVELS_BELOW:
        return "below the evidence", ()
    return "not contradicted", ()
