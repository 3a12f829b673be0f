"""What the pack's template is given: text that is ready to print, and drawings."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.board_pack.charts import Trajectory
from selfassess.report.pack_head import PackContext, PackCover
from selfassess.report.parts import Phrase

__all__ = [
    "AskGroup",
    "AskLine",
    "BoardContext",
    "ChangeGroup",
    "ChangeLine",
    "ChangeText",
    "Cover",
    "DecisionLine",
    "ExceptionRow",
    "Front",
    "LegendLine",
    "RiskRow",
    "ScoreRow",
    "Sheet",
    "SheetRow",
    "StoryGroup",
    "StoryLine",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(PackCover):
    """Whose pack it is.

    Attributes:
        since: the day of the last board, and what makes it that; or nothing.
    """

    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """What changed under one action."""

    id: str
    title: str
    texts: tuple[str, ...]
    state: str
    colour: Phrase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryGroup:
    """Changes in one direction."""

    heading: str
    kind: Phrase
    items: tuple[StoryLine, ...]
    more: str
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """A question to the board or to an owner; `who` is empty where the page has no room."""

    actions: str
    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskGroup:
    """Questions to one addressee."""

    heading: str
    items: tuple[AskLine, ...]
    more: str
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The first page."""

    headline: tuple[str, ...]
    groups: tuple[StoryGroup, ...]
    asks: tuple[AskGroup, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionRow:
    """An action that is off its way."""

    id: str
    title: str
    colour: Phrase
    why: str
    cause: str
    cause_by: str
    recovery: str
    recovery_by: str
    asks: tuple[str, ...]
    owner: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """An action: delivery beside its trajectory."""

    id: str
    title: str
    owner: str
    delivery: str
    impact: str
    due: str
    moved: str
    colour: Phrase | None
    rule: str
    texts: tuple[str, ...]
    charts: tuple[Trajectory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendLine:
    """A colour and what it means."""

    colour: Phrase
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A risk of an open action."""

    action: str
    title: str
    level: Phrase
    text: str
    response: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """What a board decided."""

    board: str
    text: str
    actions: str
    by: str
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeText:
    """One change, why, and who said so when."""

    text: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """What changed under one action, a sentence each."""

    id: str
    title: str
    texts: tuple[ChangeText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Changes of one kind."""

    heading: str
    items: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """What one field of an action holds."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything that the plan holds of one action."""

    anchor: str
    id: str
    title: str
    colour: Phrase | None
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardContext(PackContext):
    """Everything that the template is given, as `report`."""

    internal: bool
    front_only: bool
    cover: Cover
    front: Front
    exceptions: tuple[ExceptionRow, ...]
    scorecard: tuple[ScoreRow, ...]
    drafts: str
    legend: tuple[LegendLine, ...]
    colour_rule: str
    chart_key: str
    figures: int
    risks: tuple[RiskRow, ...]
    decisions: tuple[DecisionLine, ...]
    changes: tuple[ChangeGroup, ...]
    unchanged: str
    sheets: tuple[Sheet, ...]
    rules: tuple[str, ...]
