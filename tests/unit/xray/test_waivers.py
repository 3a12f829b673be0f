"""Waivers: a reason, a name, a date; behind the date the finding counts again."""

from __future__ import annotations

import datetime as dt

from selfassess.model.xray import XrayWaiver
from selfassess.xray.examine import ALL_RULES

from .conftest import AS_AT


def waiver(finding: str, until: dt.date = AS_AT) -> XrayWaiver:
    return XrayWaiver(finding=finding, who="Head of quality", why="Drawn late", until=until)


def test_a_waiver_of_one_finding_holds_to_its_last_day(check) -> None:
    (found,) = check(plan=(), waivers=[waiver(check(plan=())[0].id)])
    assert found.waived is not None
    assert found.waived.who == "Head of quality"


def test_a_waiver_of_a_rule_at_a_node(check) -> None:
    found = check(plan=(), waivers=[waiver("weakness-without-action@help")])
    assert [each.waived is not None for each in found] == [True]


def test_a_waiver_that_ran_out_is_told_and_the_finding_counts(check) -> None:
    late = waiver("weakness-without-action@help", AS_AT - dt.timedelta(days=1))
    found = check(plan=(), waivers=[late])
    assert [each.rule for each in found] == ["weakness-without-action", "waiver-expired"]
    assert all(each.waived is None for each in found)
    assert [each.severity for each in found] == ["error", "remark"]


def test_a_waiver_that_somebody_renewed_is_not_told_of(check) -> None:
    late = waiver("weakness-without-action@help", AS_AT - dt.timedelta(days=1))
    found = check(plan=(), waivers=[late, waiver("weakness-without-action@help")])
    assert [each.rule for each in found] == ["weakness-without-action"]


def test_a_waiver_of_nothing_is_told(check) -> None:
    found = check(waivers=[waiver("one-voice@help")])
    assert [each.rule for each in found] == ["waiver-needless"]


def test_an_id_outlives_edits_elsewhere_and_not_of_the_text_itself(check) -> None:
    before = check(plan=())[0].id
    moved = check(plan=(), weaknesses=("Reports come late.", "Protection  visits ARE late."))
    assert [each.id for each in moved][1] == before
    other = check(plan=(), weaknesses=("Protection visits are very late.",))
    assert before not in [each.id for each in other]


def test_every_rule_says_why_and_how_to_mend() -> None:
    assert len({rule.id for rule in ALL_RULES}) == len(ALL_RULES)
    for rule in ALL_RULES:
        assert rule.title
        assert rule.why.endswith(".")
        assert rule.mend
        assert rule.severity in ("error", "warning", "remark")
