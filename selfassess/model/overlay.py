"""What a council or a region changes of a framework for itself, without editing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from selfassess.model.common import STRICT
from selfassess.model.framework import MeasureBand

__all__ = ["ExpectationChange", "Loosened", "Overlay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationChange:
    """What differs in an expectation; keys that are not given stay as they were."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    max_age_days: int | None = None
    min_sample: int | None = None
    required: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """Local bands, titles and expectations for a framework. Node ids, rules and grades stay.

    Attributes:
        framework: the framework's id.
        edition: one edition; without it all editions of the framework.
        labels: printed titles, by node id, or by ``scale/level`` for a grade's.
        expectations: what differs, by ``node/expectation``; by the expectation's id alone for
            every expectation of that id.
        bands: they colour figures, and never move a ceiling.
        who: who decided it.
        why: and for what reason; both are printed where it loosens something.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    framework: str
    edition: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    expectations: Mapping[str, ExpectationChange] = field(default_factory=dict)
    bands: tuple[MeasureBand, ...] = ()
    who: str
    why: str

    def concerns(self, framework_id: str, edition: str) -> bool:
        """Whether it is meant for this edition."""
        return self.framework == framework_id and self.edition in (None, edition)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosened:
    """A standard that was made easier to meet locally, with who decided it and why."""

    what: str
    from_: str
    to: str
    who: str
    why: str
