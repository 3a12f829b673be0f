"""From ``board.json`` to what the template prints; hostile text is made printable first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from selfassess.board_pack.charts import KEY, Trajectory, trajectory
from selfassess.board_pack.context import (
    BoardContext,
    ChangeGroup,
    ChangeLine,
    ChangeText,
    Cover,
    DecisionLine,
    ExceptionRow,
    LegendLine,
    RiskRow,
    ScoreRow,
)
from selfassess.board_pack.front import front_of
from selfassess.board_pack.sheets import sheets_of
from selfassess.board_pack.words import (
    colour_of,
    dated,
    delivery_of,
    due_of,
    impact_of,
    moved_of,
    named,
)
from selfassess.report.actions import SHAPES
from selfassess.report.parts import Phrase
from selfassess.report.text import Repertoire, brief
from selfassess.report.words import date_words, plural

__all__ = ["CHANGES", "build_board"]

CHANGES = {
    "new": "New",
    "moved": "Moved on, in delivery or impact",
    "slipped": "Slipped",
    "closed": "Closed",
    "reopened": "Reopened",
    "ended": "Ended without being closed",
}
_LEVELS = {
    "high": Phrase(word="high", shape="▼", tone="poor"),
    "medium": Phrase(word="medium", shape="▲", tone="fair"),
    "low": Phrase(word="low", shape="○", tone="none"),
}
_WORST = ("red", "amber", "none", "green", "blue")
_SENTENCE = 400


def build_board(
    data: Mapping[str, Any], manifest: str, repertoire: Repertoire, tightness: int = 0
) -> BoardContext:
    """Make the pack's context.

    Args:
        data: the content of ``board.json``.
        manifest: its SHA-256.
        repertoire: the characters that the template's fonts can print.
        tightness: how much shorter than usual the first page is said.
    """
    found = repertoire.clean_tree(data)
    internal = found["audience"] == "internal"
    titles = {str(each["id"]): str(each["title"]) for each in found["actions"]}
    agreed = [
        each
        for each in found["actions"]
        if each["delivery"] not in ("draft", "cancelled", "superseded")
    ]
    drafts = [str(each["id"]) for each in found["actions"] if each["delivery"] == "draft"]
    if internal:
        agreed.sort(key=lambda each: _WORST.index(each["rag"]))
    changes = tuple(_changes(found["changes"]))
    scorecard = tuple(_scores(agreed, str(found["as_at"]), internal=internal))
    replaced = repertoire.replaced
    return BoardContext(
        lang="en-GB",
        date=str(found["as_at"]),
        generator=f"{found['made_with']['name']} {found['made_with']['version']}",
        title="Board pack" if internal else "Improvement plan: public summary",
        internal=internal,
        front_only=False,
        cover=_cover(found, manifest, internal=internal),
        front=front_of(found, tightness),
        exceptions=tuple(_exception(each, found) for each in found["exceptions"]),
        scorecard=scorecard,
        drafts=_drafts(drafts),
        legend=tuple(_legend(found["legend"])),
        colour_rule=_colour_rule(found["limits"]),
        chart_key=KEY,
        figures=sum(len(row.charts) for row in scorecard),
        risks=tuple(_risk(each) for each in found["risks"]),
        decisions=tuple(_decision(each) for each in found["decisions"]),
        changes=changes,
        unchanged="" if changes else "Nothing changed since then.",
        sheets=sheets_of(found["actions"], titles) if internal else (),
        rules=tuple(str(each) for each in (found["disclosure"] or {}).get("rules") or ()),
        text_note=f"{plural(replaced, 'characters')} that the fonts lack were replaced."
        if replaced
        else "",
    )


def _cover(data: Mapping[str, Any], manifest: str, *, internal: bool) -> Cover:
    council = brief(str(data["council"].get("name") or "Unnamed council"), 120)
    as_at = date_words(data["as_at"])
    since = ""
    if data["since"]:
        since = f"{date_words(data['since'])} ({data['since_basis']})"
    kind = "Board pack" if internal else "Improvement plan"
    return Cover(
        council=council,
        running=f"{brief(council, 60)} · {kind} as at {as_at}",
        framework="Improvement plan",
        as_at=as_at,
        since=since,
        audience="the board and senior leaders" if internal else "the public",
        manifest=manifest,
    )


def _exception(line: Mapping[str, Any], data: Mapping[str, Any]) -> ExceptionRow:
    item = next(each for each in data["actions"] if each["id"] == line["action"])
    moved = moved_of(len(item["moves"]), int(item["drift"] or 0))
    whys = [str(each) for each in line["why"] if each != "red"]
    return ExceptionRow(
        id=brief(str(line["action"]), 40),
        title=brief(str(item["title"]), 200),
        colour=colour_of(item),
        # The colour is printed beside it.
        why=brief(dated(named("; ".join(whys), item)), _SENTENCE),
        cause=brief(dated(str(line["cause"])), _SENTENCE),
        cause_by=brief(dated(str(line["cause_by"])), 120),
        recovery=brief(dated(str(line["recovery"])), _SENTENCE),
        recovery_by=brief(dated(str(line["recovery_by"])), 120),
        asks=tuple(brief(dated(named(str(each), item)), _SENTENCE) for each in line["asks"]),
        owner=brief(str(line["owner"]), 100) or "nobody",
        due=f"{due_of(item)}{f'; {moved}' if moved else ''}",
    )


def _scores(
    agreed: Iterable[Mapping[str, Any]], as_at: str, *, internal: bool
) -> Iterable[ScoreRow]:
    figure = 0
    for item in agreed:
        charts: list[Trajectory] = []
        texts: list[str] = []
        for success in item["success"]:
            drawn = None
            if internal:
                drawn = trajectory(success, item["delivered_on"], as_at, figure + 1)
            if drawn is not None:
                figure += 1
                charts.append(drawn)
            else:
                texts.append(_success_text(success, internal=internal))
        if not item["success"]:
            texts.append("No success measure is shown, so nothing tells whether it works.")
        moved = len(item["moves"]) if internal else int(item["moved"])
        yield ScoreRow(
            id=brief(str(item["id"]), 40),
            title=brief(str(item["title"]), 240),
            owner=brief(str(item["owner"]), 100) or "nobody" if internal else "",
            delivery=delivery_of(item),
            impact=impact_of(item),
            due=due_of(item),
            moved=moved_of(moved, int(item["drift"] or 0)),
            colour=colour_of(item) if internal else None,
            rule=brief(dated(named(str(item["rag_rule"]), item)), 600) if internal else "",
            texts=tuple(texts),
            charts=tuple(charts),
        )


def _success_text(success: Mapping[str, Any], *, internal: bool) -> str:
    """A success measure that has no chart, in a sentence."""
    if not internal:
        return brief(dated(str(success["text"])), 300)
    text = str(success["text"]).removeprefix(str(success["id"])).lstrip(": ")
    goal = f"{success['goal']}. " if success["goal"] else ""
    return brief(dated(f"{success['title']}: {goal}{text[:1].upper()}{text[1:]}"), 300)


def _drafts(names: list[str]) -> str:
    if not names:
        return ""
    return brief(f"Drafts, agreed by nobody yet and not shown here: {', '.join(names)}.", 400)


def _legend(legend: Iterable[Mapping[str, Any]]) -> Iterable[LegendLine]:
    for each in legend:
        shape, tone = SHAPES[str(each["colour"])]
        word = brief(str(each["label"]), 40)
        yield LegendLine(
            colour=Phrase(word=word[:1].lower() + word[1:], shape=shape, tone=tone),
            means=brief(str(each["means"]), 200),
        )


def _colour_rule(limits: Mapping[str, Any]) -> str:
    if not limits:
        return ""
    share = f"{float(limits['amber_share']):.0%}"
    return (
        "A colour says how far the worst of an action’s measures is behind its trajectory: green "
        f"to its tolerance, amber to a further {share} of the way from baseline to target, red "
        "beyond. Delivery moves no colour. An action moved "
        f"{plural(int(limits['moved_often']), 'times')} counts as moved again and again; one that "
        f"nobody changed for {plural(int(limits['stale_days']), 'days')} as stale."
    )


def _risk(risk: Mapping[str, Any]) -> RiskRow:
    return RiskRow(
        action=brief(str(risk["action"]), 40),
        title=brief(str(risk["title"]), 120),
        level=_LEVELS[str(risk["level"])],
        text=brief(dated(str(risk["text"])), _SENTENCE),
        response=brief(dated(str(risk["response"])), _SENTENCE) or "none was told",
        owner=brief(str(risk["owner"]), 100) or "nobody",
    )


def _decision(each: Mapping[str, Any]) -> DecisionLine:
    return DecisionLine(
        board=date_words(each["board"], short=True),
        text=brief(dated(str(each["text"])), 1_000),
        actions=brief(", ".join(str(name) for name in each["actions"]), 200) or "the whole plan",
        by=brief(str(each["by"]), 100),
        new=bool(each["new"]),
    )


def _changes(changes: Mapping[str, Any]) -> Iterable[ChangeGroup]:
    for kind, heading in CHANGES.items():
        told = changes.get(kind) or ()
        if told:
            names = dict.fromkeys(str(each["action"]) for each in told)
            items = (
                ChangeLine(
                    id=brief(name, 40),
                    title=brief(str(own[0]["title"]), 160),
                    texts=tuple(_change(each) for each in own),
                )
                for name in names
                if (own := [each for each in told if each["action"] == name])
            )
            yield ChangeGroup(heading=heading, items=tuple(items))


def _change(each: Mapping[str, Any]) -> ChangeText:
    when = date_words(each["at"], short=True)
    by = brief(str(each["by"]), 100)
    return ChangeText(
        text=brief(dated(str(each["text"])), 200),
        reason=brief(dated(str(each["reason"])), _SENTENCE),
        by=", ".join(part for part in (by, when) if part),
    )
