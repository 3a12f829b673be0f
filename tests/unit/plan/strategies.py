"""Plans as Hypothesis invents them: every kind of event, hostile texts, awkward numbers."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

from hypothesis import strategies as st

from selfassess.errors import PlanError
from selfassess.plan import drafting
from selfassess.plan.drafting import Author
from selfassess.plan.record import Plan
from selfassess.plan.record_parts import Evidence, Point, Risk, SuccessMeasure
from selfassess.plan.states import DELIVERY_STATES, IMPACT_STATES
from selfassess.plan.together import Together

SNIPPETS = (
    "=1+1",
    "+44",
    "-1",
    "@SUM(A1)",
    "\t=x",
    "yes",
    "null",
    "2026-01-01",
    "'",
    '"',
    "a: b",
    "# c",
    "- d",
    "{e}",
    "[f]",
    "_x0041_",
    "_x000D_",
    "&amp; <b>",
    "\u2028",
    "\u0085",
    "\ufeff",
    "Ŵŷ",
    "😀",
    "a\nb",
    "a;b",
    "k=v",
    "A-01",
)
characters = st.characters(
    exclude_categories=("Cs",),
    exclude_characters=[*map(chr, [*range(9), *range(11, 32), 127, 0xFFFE, 0xFFFF])],
)
texts = st.one_of(
    st.sampled_from(SNIPPETS),
    st.text(characters, max_size=30),
    st.lists(st.sampled_from(SNIPPETS), min_size=2, max_size=3).map(" ".join),
)
words = texts.map(lambda text: text.strip() or "x")
lines = words.map(lambda text: " ".join(text.split()) or "x")
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: value + 0.0)
ids = st.sampled_from(["A-01", "A-02", "A-03"])
names = st.sampled_from(["Ann", "Bob", "Una", "=Eve"])
scopes = st.dictionaries(
    st.sampled_from(["team", "plan", "rag"]), lines.filter(lambda text: "=" not in text), max_size=2
)
points = st.lists(
    st.builds(Point, date=st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 1)), value=numbers),
    max_size=3,
    unique_by=lambda point: point.date,
).map(tuple)
counted = st.builds(
    SuccessMeasure,
    measure=st.sampled_from(["visits.on-time", "cases.open"]),
    where=scopes,
    unit=st.sampled_from(["percent", "children", ""]),
    better=st.sampled_from([None, "higher", "lower"]),
    baseline=st.none() | numbers,
    target=st.none() | numbers,
    trajectory=points,
    tolerance=st.floats(0, 50),
    next_reading=st.none() | days,
)
told = st.builds(SuccessMeasure, text=words, voice=st.sampled_from(["child", "family", "staff"]))
measures = counted | told


class Doer:
    """Does things at random to a plan; what the rules refuse is not done."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw
        self.together = Together(Plan())
        self._at = dt.datetime(2026, 4, 1, 9)

    def step(self) -> None:
        """One thing, to one action."""
        draw = self._draw
        self._at += dt.timedelta(hours=draw(st.integers(0, 400)))
        author = Author(draw(names), self._at)
        name = draw(ids)
        today = self._at.date()
        past = st.dates(dt.date(2026, 1, 1), today)
        what = draw(st.sampled_from(sorted(_DO)))
        with contextlib.suppress(PlanError):
            self.together.do(lambda plan: _DO[what](plan, author, name, draw, past))


def _add(plan: Plan, author: Author, name: str, draw: Any, past: Any) -> Any:
    fields = {
        "title": draw(words),
        "outcome": draw(texts),
        "owner": draw(names),
        "lead": draw(st.sampled_from(["", "Lee"])),
        "due": draw(st.none() | days),
        "why": draw(st.lists(lines, max_size=3)),
        "topics": draw(st.lists(lines, max_size=2)),
        "came_from": draw(texts),
        "came_from_date": draw(st.none() | days),
        "criterion": draw(st.none() | lines),
    }
    steps = draw(st.lists(st.tuples(words, st.none() | days), max_size=2))
    risks = draw(st.lists(st.builds(Risk, text=words, response=texts), max_size=1))
    success = draw(st.lists(measures, max_size=2))
    return drafting.add(
        plan, author, fields, id_=name, success=success, milestones=steps, risks=risks
    )


_DO = {
    "add": _add,
    "another": _add,
    "update": lambda p, a, n, draw, _: drafting.update(
        p,
        a,
        n,
        {
            draw(st.sampled_from(["title", "outcome", "lead", "assurer", "judgement"])): draw(
                texts
            ),
            "responsible": draw(st.lists(lines, max_size=2)),
        },
    ),
    "depend": lambda p, a, n, draw, _: drafting.update(
        p,
        a,
        n,
        {"depends_on": draw(st.lists(ids, max_size=2))},
    ),
    "date": lambda p, a, n, draw, _: drafting.move_date(
        p, a, n, draw(days), draw(texts), milestone=draw(st.sampled_from(["", "M1"]))
    ),
    "status": lambda p, a, n, draw, _: drafting.move_delivery(
        p, a, n, draw(st.sampled_from(DELIVERY_STATES)), draw(texts)
    ),
    "onwards": lambda p, a, n, draw, _: drafting.move_delivery(
        p,
        a,
        n,
        {"draft": "agreed", "agreed": "in-progress", "in-progress": "delivered"}.get(
            drafting.found(p, n).delivery, "embedded"
        ),
    ),
    "impact": lambda p, a, n, draw, _: drafting.move_impact(
        p, a, n, draw(st.sampled_from(IMPACT_STATES)), draw(words)
    ),
    "milestone": lambda p, a, n, draw, _: drafting.add_milestone(
        p, a, n, draw(words), draw(st.none() | days)
    ),
    "done": lambda p, a, n, draw, past: drafting.finish_milestone(p, a, n, "M1", draw(past)),
    "drop": lambda p, a, n, draw, _: drafting.drop(
        p, a, n, draw(st.sampled_from(["M1", "S1", "R1"])), draw(words)
    ),
    "success": lambda p, a, n, draw, _: drafting.add_success(p, a, n, draw(measures)),
    "risk": lambda p, a, n, draw, _: drafting.add_risk(
        p, a, n, Risk(text=draw(words), level=draw(st.sampled_from(["low", "high"])))
    ),
    "evidence": lambda p, a, n, draw, past: drafting.add_evidence(
        p,
        a,
        n,
        Evidence(
            shows=draw(st.sampled_from(["delivery", "impact"])), ref=draw(words), date=draw(past)
        ),
    ),
    "read": lambda p, a, n, draw, past: drafting.read_measure(
        p, a, n, "S1", date=draw(past), value=draw(numbers)
    ),
    "comment": lambda p, a, n, draw, _: drafting.comment(p, a, n, draw(words)),
    "decide": lambda p, a, n, draw, past: drafting.decide(
        p, a, draw(words), board=draw(past), actions=draw(st.sampled_from([[], [n]]))
    ),
    "assure": lambda p, a, n, draw, _: drafting.assure(p, a, n, draw(words)),
    "close": lambda p, a, n, draw, _: drafting.close(p, a, n, draw(days)),
    "colour": lambda p, a, n, draw, _: drafting.override(
        p, a, n, draw(st.sampled_from(["blue", "green", "red"])), draw(words), draw(days)
    ),
}


@st.composite
def histories(draw: Any) -> Any:
    """A history of up to forty events."""
    doer = Doer(draw)
    doer.together.do(
        lambda plan: _add(plan, Author("Ann", dt.datetime(2026, 4, 1, 8)), "A-01", draw, days)
    )
    for _ in range(draw(st.integers(0, 40))):
        doer.step()
    return tuple(doer.together.drafts)
