"""The first page: worse and better for children, and what has to be decided; one page, whatever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfassess.board_pack.asks import GROUPED
from selfassess.board_pack.context import AskGroup, AskLine, Front, StoryGroup, StoryLine
from selfassess.board_pack.story import RULE
from selfassess.board_pack.words import clauses, colour_of, dated, state_of
from selfassess.report.parts import Phrase
from selfassess.report.text import brief
from selfassess.report.words import plural

__all__ = ["TIGHTEST", "front_of"]

_GROUPS = (
    ("worse", "What got worse for children", Phrase(word="worse", shape="▼", tone="poor")),
    ("better", "What got better for children", Phrase(word="better", shape="●", tone="good")),
    ("steady", "What did not change", Phrase(word="no change", shape="=", tone="fair")),
    ("unknown", "What nobody can tell", Phrase(word="not known", shape="○", tone="none")),
)
_EMPTY = {
    "worse": "Nothing that was read got worse. What nobody can tell stands below.",
    "better": "Nothing that was read got better.",
    "steady": "",
    "unknown": "",
}
_PUBLIC_HEADINGS = {
    "worse": "Where an improvement has gone back",
    "better": "Where children’s experience is getting better",
    "steady": "Where no change shows yet",
    "unknown": "Where it is too early to say",
}
_PUBLIC_RULE = (
    "Whether something became better is judged by evidence dated after an action was delivered, "
    "and apart from delivery: what was done says nothing of what it changed."
)


@dataclass(frozen=True, slots=True)
class _Room:
    """How many lines a group may have, how many sentences a line, and how long each is.

    Attributes:
        each: whether every ask has a line of its own, or every kind of ask.
    """

    lines: int
    quiet: int
    texts: int
    text: int
    title: int
    asks: int
    each: bool


_ROOMS = (
    _Room(8, 8, 3, 260, 120, 12, True),
    _Room(6, 4, 2, 220, 100, 10, True),
    _Room(6, 3, 2, 170, 90, 8, True),
    _Room(6, 3, 2, 170, 90, 9, False),
    _Room(5, 3, 2, 140, 70, 9, False),
    _Room(5, 2, 2, 130, 60, 9, False),
    _Room(5, 2, 1, 150, 60, 9, False),
    _Room(4, 2, 1, 110, 50, 9, False),
    _Room(3, 1, 1, 80, 40, 5, False),
)
_FEW = 8
TIGHTEST = len(_ROOMS) - 1
"""The last step: what it says fits a page, whatever the names."""


def front_of(data: Mapping[str, Any], tightness: int = 0) -> Front:
    """Say the most important on one page.

    Args:
        data: ``board.json``, its texts already printable.
        tightness: 0 to `TIGHTEST`; each step says less.
    """
    room = _ROOMS[min(tightness, TIGHTEST)]
    public = data["audience"] != "internal"
    actions = {str(each["id"]): each for each in data["actions"]}
    asks = data["asks"]
    groups = []
    for way, heading, kind in _GROUPS:
        told = data["story"].get(way) or ()
        if told or (_EMPTY[way] and not public):
            heading = _PUBLIC_HEADINGS[way] if public else heading
            groups.append(_group(way, heading, kind, told, actions, room))
    found: tuple[AskGroup, ...] = ()
    if not public:
        found = (
            _asks("Decisions needed from the board", asks, "board", actions, room),
            _asks("Asked of owners", asks, "owner", actions, room),
        )
    return Front(
        headline=tuple(_headline(data)),
        groups=tuple(groups),
        asks=found,
        rule=_PUBLIC_RULE if public else RULE,
    )


def _group(
    way: str,
    heading: str,
    kind: Phrase,
    told: Sequence[Mapping[str, Any]],
    actions: Mapping[str, Mapping[str, Any]],
    room: _Room,
) -> StoryGroup:
    most = room.lines if way in ("worse", "better") else room.quiet
    texts = room.texts if way in ("worse", "better") else 1
    items = tuple(
        StoryLine(
            id=brief(str(each["action"]), 20),
            title=brief(str(actions[each["action"]]["title"]), room.title),
            texts=tuple(clauses(dated(str(text)), room.text) for text in each["texts"][:texts]),
            state=state_of(actions[each["action"]]),
            colour=colour_of(actions[each["action"]]) if "rag" in actions[each["action"]] else None,
        )
        for each in told[:most]
    )
    rest = len(told) - len(items)
    more = f"{plural(rest, 'further actions')} in the scorecard." if rest > 0 else ""
    return StoryGroup(heading=heading, kind=kind, items=items, more=more, empty=_EMPTY[way])


def _asks(
    heading: str,
    asks: Sequence[Mapping[str, Any]],
    of: str,
    actions: Mapping[str, Mapping[str, Any]],
    room: _Room,
) -> AskGroup:
    own = [each for each in asks if each["of"] == of]
    if room.each:
        lines = [
            AskLine(
                actions=brief(str(each["action"]), 20),
                who=brief(str(each["who"]), 60) or "no owner",
                text=brief(dated(str(each["text"])), room.text),
            )
            for each in own
        ]
    else:
        lines = []
        for kind, text in GROUPED.items():
            names = [str(each["action"]) for each in own if each["kind"] == kind]
            if names:
                lines.append(AskLine(actions=_named(names), who="", text=text))
    rest = len(lines) - room.asks
    return AskGroup(
        heading=heading,
        items=tuple(lines[: room.asks]),
        more=f"{plural(rest, 'further questions')} under Exceptions." if rest > 0 else "",
        empty="Nothing.",
    )


def _named(names: Sequence[str]) -> str:
    """A few of many actions, and how many more."""
    shown = ", ".join(brief(name, 20) for name in names[:_FEW])
    rest = len(names) - _FEW
    return f"{shown} and {rest} more" if rest > 0 else shown


def _colours(running: Sequence[Mapping[str, Any]]) -> str:
    """How many actions have each colour, by the council's own names for them."""
    words = [
        f"{sum(each['rag'] == colour for each in running)} {label}"
        for colour in ("red", "amber", "green", "blue")
        if (label := next((_name(each) for each in running if each["rag"] == colour), ""))
    ]
    if none := sum(each["rag"] == "none" for each in running):
        words.append(f"{none} without a colour, for nothing current tells")
    return f"{', '.join(words)}." if words else "No action has a colour."


def _name(action: Mapping[str, Any]) -> str:
    return colour_of(action).word


def _headline(data: Mapping[str, Any]) -> list[str]:
    """How many actions there are, in what state, and how little delivery tells."""
    actions = data["actions"]
    if not actions:
        return ["No action is in the plan."]
    ended = [each for each in actions if each["delivery"] in ("cancelled", "superseded")]
    drafts = [each for each in actions if each["delivery"] == "draft"]
    running = [each for each in actions if each not in ended and each not in drafts]
    delivered = [each for each in running if each["delivery"] in ("delivered", "embedded")]
    shown = [each for each in delivered if each["impact"] == "sustained"]
    closed = [each for each in running if each.get("closed")]
    told = [
        f"{plural(len(running), 'actions')} agreed, {len(delivered)} of them delivered; "
        f"{len(shown)} of those delivered "
        f"{'shows' if len(shown) == 1 else 'show'} an impact that holds; {len(closed)} closed."
    ]
    if data["audience"] == "internal":
        told.append(_colours(running))
    if drafts:
        told.append(f"{plural(len(drafts), 'drafts')} that nobody has agreed yet.")
    if ended:
        told.append(f"{len(ended)} cancelled or superseded.")
    return told
