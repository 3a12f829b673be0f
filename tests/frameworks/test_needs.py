"""What the schema has to express, each need shown by a framework that ships.

The needs are those of the fact pack on joint and other inspections, in its order.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from selfassess.evidence.calendar import is_working_day
from selfassess.judging.clocks import due_on
from selfassess.judging.judge import judge
from selfassess.judging.scoring import Cases, Total, score
from selfassess.loading.library import Library
from selfassess.model.assessment import Outcome
from selfassess.model.evidence import Claim, PlannedAction, RegisterEntry
from selfassess.model.framework import Framework, Node
from selfassess.model.framework_inspection import Inspection

JTAI = (
    "ofsted-jtai-front-door",
    "ofsted-jtai-csa-family",
    "ofsted-jtai-domestic-abuse",
    "ofsted-jtai-serious-youth-violence",
    "ofsted-jtai-criminal-exploitation",
    "ofsted-jtai-families-who-need-help",
)


def family(library: Library, name: str) -> list[Framework]:
    return [each for each in library.frameworks.values() if each.id == name]


def in_force(library: Library, name: str, on: dt.date) -> Framework:
    (found,) = [each for each in family(library, name) if each.in_force(on)]
    return found


def inspection(library: Library, name: str) -> Inspection:
    found = library.framework(name).inspection
    assert found is not None
    return found


def scored(framework: Framework, grades: dict[str, str], node: str = "overall") -> Total:
    return next(each for each in score(framework, grades) if each.node == node)


def statements(framework: Framework) -> list[Node]:
    return list(framework.parts(framework.node("overall")))


def with_points(framework: Framework, points: int) -> dict[str, str]:
    """Scores of all statements that add up to a number of points."""
    nodes = statements(framework)
    scale = framework.scale(nodes[0].scale)
    assert scale is not None
    words = {level.score: level.id for level in scale.levels}
    grades = {}
    for position, node in enumerate(nodes):
        rest = len(nodes) - position - 1
        value = min(4, points - rest)
        grades[node.id] = words[value]
        points -= value
    assert points == 0
    return grades


def judged(framework: Framework, library: Library, *entries: RegisterEntry) -> Outcome:
    claims = {node.id: Claim(grade="good") for node in framework.judgements()}
    return judge(
        framework=framework,
        readings=(),
        register=entries,
        claims=claims,
        measures=library.measures,
        topics=library.topics,
        dimensions=library.dimensions,
        as_at=dt.date(2026, 3, 31),
    )


def test_01_scales_of_any_length_or_none_for_each_node(installed: Library) -> None:
    cqc = installed.framework("cqc-local-authority-assessment", "2026-03")
    leaf, top = cqc.scale(cqc.node("safeguarding").scale), cqc.scale(cqc.node("overall").scale)
    assert leaf is not None
    assert top is not None
    assert leaf.scores() == (4, 3, 2, 1)
    assert (top.scores(), len(top.levels)) == ((), 4)
    assert scored(cqc, with_points(cqc, 27)).value == 75  # a percentage between score and label
    send = installed.framework("ofsted-area-send")
    assert len(send.scales[0].levels) == 3
    assert installed.framework("dfe-national-framework").scales == ()


def test_02_a_judgement_that_exists_for_a_time_only(installed: Library) -> None:
    before = in_force(installed, "ofsted-ilacs", dt.date(2026, 3, 31))
    after = in_force(installed, "ofsted-ilacs", dt.date(2026, 4, 1))
    assert "overall" in {node.id for node in before.judgements()}
    assert "overall" not in {node.id for node in after.judgements()}
    early = in_force(installed, "hmip-youth-justice", dt.date(2020, 1, 1))
    late = in_force(installed, "hmip-youth-justice", dt.date(2022, 1, 1))
    assert {node.id for node in late.walk()} - {node.id for node in early.walk()} == {
        "resettlement"
    }


@pytest.mark.parametrize("name", ["ofsted-ilacs", "hmip-youth-justice"])
def test_03_every_day_has_one_edition_and_none_is_overwritten(
    installed: Library, name: str
) -> None:
    found = [each for each in family(installed, name) if each.in_force_from is not None]
    assert len(found) >= 3
    starts = [each.in_force_from for each in found if each.in_force_from is not None]
    day = min(starts)
    while day <= max(starts):
        assert len([each for each in found if each.in_force(day)]) == 1, day
        day += dt.timedelta(days=1)


def test_04_trees_of_any_depth_and_nodes_that_are_rated_but_not_counted(
    installed: Library,
) -> None:
    cqc = installed.framework("cqc-local-authority-assessment", "2023")

    def depth(node: Node) -> int:
        return 1 + max((depth(child) for child in node.nodes), default=0)

    assert [depth(node) for node in cqc.nodes] == [4]  # overall, theme, statement, category
    hmip = installed.framework("hmip-youth-justice", "2021")
    overall = hmip.node("overall")
    rated = [n for n in overall.walk() if n.scale is not None and n is not overall]
    assert len(rated) == 13
    assert len(hmip.parts(overall)) == 12
    assert hmip.node("resettlement").excluded
    grades = {node.id: "good" for node in rated} | {"resettlement": "inadequate"}
    cases = {
        n.id: Cases(sufficient=7, insufficient=3)
        for n in rated
        if n.aggregate is not None and n.aggregate.by == "share-of-cases"
    }
    total = next(each for each in score(hmip, grades, cases) if each.node == "overall")
    assert (total.value, total.out_of, total.grade) == (24, 36, "good")  # 12 times 2
    assert total.excluded == ("resettlement",)


def test_05_totals_by_percent_sum_share_of_cases_or_a_person(installed: Library) -> None:
    ways = {
        (framework.id, node.aggregate.by)
        for framework in installed.frameworks.values()
        for node in framework.walk()
        if node.aggregate is not None
    }
    assert ways == {
        ("cqc-local-authority-assessment", "weighted-percent"),
        ("hmip-youth-justice", "score-sum"),
        ("hmip-youth-justice", "share-of-cases"),
        ("ofsted-sccif-childrens-homes", "professional"),
        ("ofsted-area-send", "professional"),
    }
    hmip = installed.framework("hmip-youth-justice", "2018")
    for sufficient, grade in ((16, "outstanding"), (13, "good"), (10, "requires-improvement")):
        cases = {"court-planning": Cases(sufficient=sufficient, insufficient=20 - sufficient)}
        found = next(each for each in score(hmip, {}, cases) if each.node == "court-planning")
        assert (found.value, found.grade) == (5 * sufficient, grade)


def test_06_every_total_falls_into_one_band_and_the_rounding_is_declared(
    installed: Library,
) -> None:
    cqc = installed.framework("cqc-local-authority-assessment", "2026-03")
    between = {
        points
        for points in range(9, 37)
        if "between two bands" in scored(cqc, with_points(cqc, points)).text
    }
    assert between == {14}  # as the file's notes say
    trap = scored(cqc, with_points(cqc, 14))
    assert (trap.grade, trap.rounded) == ("requires-improvement", 39)
    assert scored(cqc, with_points(cqc, 13)).grade == "inadequate"  # 36.1
    assert scored(cqc, with_points(cqc, 22)).grade == "requires-improvement"  # 61.1
    assert scored(cqc, with_points(cqc, 23)).grade == "good"  # 63.9
    assert scored(cqc, with_points(cqc, 31)).grade == "good"  # 86.1
    assert scored(cqc, with_points(cqc, 32)).grade == "outstanding"  # 88.9
    aggregate = cqc.node("overall").aggregate
    assert aggregate is not None
    assert aggregate.bands is not None
    assert (aggregate.bands.provenance, aggregate.bands.rounding_provenance) == ("official", "ours")


def test_06_the_earlier_two_steps_meet_the_trap_twice(installed: Library) -> None:
    cqc = installed.framework("cqc-local-authority-assessment", "2023")
    bands = cqc.node("equity").aggregate
    assert bands is not None
    assert bands.bands is not None
    found = {total: bands.bands.find(Fraction(100 * total, 16)) for total in (6, 7, 9, 10, 13, 14)}
    levels = {total: step.level if step else None for total, step in found.items()}
    assert levels == {
        6: "significant-shortfalls",  # 37.5
        7: "some-shortfalls",  # 43.75
        9: "some-shortfalls",  # 56.25
        10: "good-standard",  # 62.5, between 62 and 63
        13: "good-standard",  # 81.25
        14: "exceptional",  # 87.5, over 87
    }


@pytest.mark.parametrize(
    ("safe", "led", "said", "grade", "limiters", "advice"),
    [
        ("inadequate", "good", "good", "inadequate", ("safety-inadequate",), ()),
        ("good", "inadequate", "good", "requires-improvement", ("leaders-inadequate",),
         ("leaders-inadequate-likely",)),
        ("good", "inadequate", "inadequate", "inadequate", ("leaders-inadequate",),
         ("leaders-inadequate-likely",)),
        ("requires-improvement", "requires-improvement", "good", "good", (), ()),
    ],
)  # fmt: skip
def test_07_hard_limits_force_or_cap_and_soft_ones_advise(
    installed: Library,
    safe: str,
    led: str,
    said: str,
    grade: str,
    limiters: tuple[str, ...],
    advice: tuple[str, ...],
) -> None:
    homes = installed.framework("ofsted-sccif-childrens-homes")
    grades = {"overall": said, "helped-and-protected": safe, "leaders-and-managers": led}
    total = scored(homes, grades)
    assert (total.grade, total.limited_by, total.advised) == (grade, limiters, advice)


def test_07_limits_act_on_claims_and_never_on_ceilings(installed: Library) -> None:
    homes = installed.framework("ofsted-sccif-childrens-homes")
    entry = RegisterEntry(
        id="e1", topic="voice", direction="weakness", voice="inspector", severity="serious",
        agreed_by=("a", "b"), date=dt.date(2026, 3, 1), text="Nobody listens.",
    )  # fmt: skip
    assert all(each.ceiling is None for each in judged(homes, installed, entry).judgements)


def test_08_an_outcome_statement_with_what_follows(installed: Library) -> None:
    send = installed.framework("ofsted-area-send")
    (scale,) = send.scales
    assert all(level.statement for level in scale.levels)
    follows = {
        level.id: [(each.what, each.after_months) for each in level.then] for level in scale.levels
    }
    assert follows == {
        "typically-positive": [("inspection", 60)],
        "inconsistent": [("inspection", 36)],
        "systemic-failings": [("action-plan", None), ("monitoring", 18), ("inspection", 36)],
    }


@pytest.mark.parametrize("name", JTAI)
def test_09_findings_have_types_and_severity(installed: Library, name: str) -> None:
    types = {each.kind: each for each in inspection(installed, name).finding_types}
    assert set(types) == {"headline", "priority-action", "improve", "strength"}
    severities = [types[kind].severity for kind in ("priority-action", "improve", "strength")]
    assert severities == sorted(severities, reverse=True)
    assert len(set(severities)) == 3
    assert types["priority-action"].reply is not None


@pytest.mark.parametrize("name", JTAI)
def test_10_bodies_answer_for_criteria_findings_and_actions(installed: Library, name: str) -> None:
    framework = installed.framework(name)
    bodies = {body.id for body in framework.responsible_bodies}
    criteria = [node for node in framework.walk() if node.kind == "criterion"]
    assert criteria
    assert all(node.responsible and set(node.responsible) <= bodies for node in criteria)
    authority = inspection(installed, name).principal_authority
    assert authority is not None
    assert authority.body is None  # named in each letter
    assert authority.overseen_by == ("safeguarding-partners",)
    body = next(each for each in criteria[0].responsible if each != "council")
    entry = RegisterEntry(
        id="e1", topic=criteria[0].topics[0], direction="weakness", voice="inspector",
        where={"agency": body}, date=dt.date(2026, 3, 1), text="Poor.",
    )  # fmt: skip
    found = [f for f in judged(framework, installed, entry).findings if f.id.startswith("entry:")]
    assert [each.responsible for each in found] == [(body,)]
    action = PlannedAction(id="a1", title="Mend", responsible=("police",), tags=("nf:outcome-3",))
    assert set(action.responsible) <= bodies


def test_11_cohort_ages_look_back_and_samples(installed: Library) -> None:
    cohort = inspection(installed, "ofsted-jtai-domestic-abuse").cohort
    assert cohort is not None
    assert (cohort.unborn, cohort.from_age, cohort.to_age) == (True, 0, 7)
    older = inspection(installed, "ofsted-jtai-serious-youth-violence").cohort
    assert older is not None
    assert (older.unborn, older.from_age, older.to_age) == (False, 10, None)
    for name in JTAI:
        found = inspection(installed, name)
        assert found.look_back_months == 6
        assert [(each.at_least, each.at_most) for each in found.samples] == [(5, 7)]
    hmip = inspection(installed, "hmip-youth-justice@2025")
    assert [(each.at_least, each.at_most) for each in hmip.samples] == [(14, 91), (9, 24)]


def test_12_lists_with_columns_documents_audits_and_surveys(installed: Library) -> None:
    kinds: set[str] = set()
    for name in (*JTAI, "ofsted-area-send"):
        kinds |= {each.kind for each in inspection(installed, name).evidence_requests}
    assert kinds == {"list", "document", "audit", "survey"}
    front_door = inspection(installed, "ofsted-jtai-front-door").evidence_requests
    lists = [each for each in front_door if each.kind == "list"]
    assert len(lists) >= 8
    assert all("received" in each.columns and each.look_back_months == 6 for each in lists)
    theme = inspection(installed, "ofsted-jtai-csa-family").evidence_requests
    audits = next(each for each in theme if each.kind == "audit")
    assert audits.due is not None
    notice = dt.date(2026, 3, 2)  # a Monday
    assert due_on(audits.due, notice, is_working_day) == dt.date(2026, 3, 13)


def test_13_clocks_run_on_working_days_from_notice_fieldwork_or_publication(
    installed: Library,
) -> None:
    found = {each.id: each for each in inspection(installed, "ofsted-jtai-csa-family").clocks}
    assert {each.due.after for each in found.values()} == {"notice", "fieldwork-end", "publication"}
    # notice on Monday 30 March 2026, across Good Friday and Easter Monday
    assert due_on(found["fieldwork"].due, dt.date(2026, 3, 30), is_working_day) == dt.date(
        2026, 4, 15
    )
    letter = found["letter"]
    assert (letter.basis, letter.low, letter.due.working_days, letter.high) == (
        "observed", 25, 34, 66,
    )  # fmt: skip


def test_14_descriptors_for_all_levels_or_for_good_only(installed: Library) -> None:
    ilacs = installed.framework("ofsted-ilacs", "2026-04")
    scale = ilacs.scale("four-grades")
    assert scale is not None
    levels = {level.id for level in scale.levels}
    assert {d.level for d in ilacs.node("help-and-protection").descriptors} == levels
    assert {d.level for d in ilacs.node("HP-02").descriptors} == {"good"}
    homes = installed.framework("ofsted-sccif-childrens-homes")
    assert homes.scales[0].described == ("good",)
    assert {d.level for d in homes.node("overall").descriptors} == {"good"}
    # unknown never counts as met: without a score there is no total, not a low or a high one
    cqc = installed.framework("cqc-local-authority-assessment", "2026-03")
    grades = with_points(cqc, 36)
    del grades["equity"]
    assert (scored(cqc, grades).grade, scored(cqc, grades).missing) == (None, ("equity",))


def test_15_every_fact_says_where_it_comes_from(installed: Library) -> None:
    hmip = installed.framework("hmip-youth-justice", "2018")
    facts = {node.id: node.provenance for node in hmip.walk()}
    assert facts["governance-and-leadership"] == "official"
    assert facts["out-of-court-policy"] == "unverified"
    aggregate = hmip.node("overall").aggregate
    assert aggregate is not None
    assert aggregate.bands is not None
    assert aggregate.provenance == "official"
    assert aggregate.bands.provenance == "unverified"
    assert aggregate.bands.rounding_provenance == "ours"
    for framework in installed.frameworks.values():
        assert framework.source.provenance in ("official", "unverified")
        if framework.extends is None:
            assert framework.source.note or framework.notes, framework.reference


@pytest.mark.parametrize(
    ("name", "severity"), list(product((*JTAI, "lga-employer-standards"), ("moderate", "serious")))
)
def test_16_a_narrative_framework_gives_findings_and_no_grade(
    installed: Library, name: str, severity: str
) -> None:
    framework = installed.framework(name)
    assert framework.kind == "narrative"
    assert all(node.scale is None for node in framework.walk())
    assert score(framework, {node.id: "good" for node in framework.walk()}) == ()
    entry = RegisterEntry(
        id="e1", topic=framework.judgements()[0].owns[0], direction="weakness",
        voice="inspector", severity=severity, agreed_by=("a", "b"),  # type: ignore[arg-type]
        date=dt.date(2026, 3, 1), text="Poor.",
    )  # fmt: skip
    outcome = judged(framework, installed, entry)
    assert "entry:e1" in {finding.id for finding in outcome.findings}
    for result in outcome.judgements:
        assert result.scale is None
        assert result.ceiling is None
        assert result.challenge in (None, "not enough evidence", "not contradicted")


def test_the_page_on_scores_quotes_what_is_said(installed: Library) -> None:
    page = Path(__file__).parents[2] / "docs" / "explanation" / "scores-and-limits.md"
    quoted = " ".join(
        line.removeprefix(">").strip()
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith(">")
    )
    cqc = installed.framework("cqc-local-authority-assessment", "2026-03")
    assert scored(cqc, with_points(cqc, 14)).text in quoted
    hmip = installed.framework("hmip-youth-justice", "2018")
    cases = {"court-planning": Cases(sufficient=13, insufficient=7, unknown=4)}
    found = next(each for each in score(hmip, {}, cases) if each.node == "court-planning")
    assert found.text in quoted
