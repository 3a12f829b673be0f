"""How an expectation is judged: one test a line of the cases' README."""

from __future__ import annotations

import pytest

from selfassess.errors import CaseError
from selfassess.testing.case_file import MustNot
from selfassess.testing.expectations import check_case


@pytest.fixture
def met(make_case, assessment, framework):
    def ask(must_not=(), **expect):
        (check,) = check_case(make_case(must_not, **expect), assessment, framework)
        return check.met

    return ask


def test_signals_one_of_the_levels_whatever_the_order_of_keys(met):
    assert met(signals={"t.load[team=north, role=asye]": ("concern", "critical")})
    assert not met(signals={"t.load[role=asye,team=north]": ("secure",)})
    assert not met(signals={"t.load": ("concern",)})
    assert met(signals={"t.few": (None,)})


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("improve", True), ("priority-action-risk", True), ("question", True), ("strength", False)],
)
def test_topics_raised_by_a_finding_that_carries_the_topic(
    met, assessment, make_finding, kind, expected
):
    assessment["findings"] = [make_finding("x", kind, "visits")]
    assert met(topics_raised=("visits",)) is expected
    assert not met(topics_raised=("beds",))


def test_topics_raised_by_a_finding_that_cites_a_reading_on_it(met, assessment, make_finding):
    cited = ["t.load[role=asye,team=north]"]
    assessment["findings"] = [make_finding("x", "improve", "loads", evidence=cited)]
    assert met(topics_raised=("plans",))


def test_strengths(met, assessment, make_finding):
    assessment["findings"] = [make_finding("x", "strength", "beds")]
    assert met(strengths=("beds",))
    assert not met(strengths=("loads",))


@pytest.mark.parametrize(
    ("ceiling", "expected"), [("fair", True), ("inadequate", True), ("good", False), (None, False)]
)
def test_ceiling_at_most(met, assessment, ceiling, expected):
    assessment["judgements"][0]["ceiling"] = ceiling
    assert met(ceiling_at_most={"help": "fair"}) is expected


def test_claim_challenged(met, assessment):
    assert not met(claim_challenged=("help",))
    assessment["judgements"][0]["challenge"] = "above the evidence"
    assert met(claim_challenged=("help",))


def test_priority_action_flag_on_a_judgement_or_a_topic(met, assessment, make_finding):
    flag = make_finding("rule:r@help", "priority-action-risk", "visits")
    assessment["findings"] = [flag]
    assert met(priority_action_flag=("help",))
    assert met(priority_action_flag=("visits",))
    assert not met(priority_action_flag=("care",))
    assert not met(priority_action_flag=("beds",))
    flag["kind"] = "improve"
    assert not met(priority_action_flag=("help",))


@pytest.mark.parametrize(
    ("id_", "kind", "expected"),
    [
        ("entry:E1", "improve", False),
        ("entry:E1", "question", False),
        ("missing:H-1/e", "question", True),
        ("entry:E1", "strength", True),
    ],
)
def test_quiet(met, assessment, make_finding, id_, kind, expected):
    assessment["findings"] = [make_finding(id_, kind, "visits")]
    assert met(quiet=("visits",)) is expected
    assert met(quiet=("beds",))


def test_secure(met, assessment):
    assert not met(secure=("visits",))
    assessment["topics"][0]["status"] = "secure"
    assert met(secure=("visits",))


@pytest.mark.parametrize("key", ["scale", "ceiling", "ceiling_after_waivers", "claim"])
def test_must_not_grade(met, assessment, key):
    for judgement in assessment["judgements"]:
        judgement["scale"] = None
    assert met(must_not=("grade",))
    assessment["judgements"][1][key] = "good"
    assert not met(must_not=("grade",))


def secure(name):
    return (MustNot(say_secure=name),)


@pytest.mark.parametrize(
    ("challenge", "expected"),
    [
        ("not contradicted", False),
        ("below the evidence", False),
        ("above the evidence", True),
        ("not enough evidence", True),
        (None, True),
    ],
)
def test_must_not_say_secure_of_a_judgement(met, assessment, challenge, expected):
    assessment["judgements"][0]["challenge"] = challenge
    assert met(must_not=secure("help")) is expected


def test_must_not_say_secure_of_a_criterion_a_topic_a_group(met, assessment):
    for name in ("H-1", "visits", "front", "care"):
        assert met(must_not=secure(name))
    assessment["judgements"][0]["criteria"][0]["status"] = "secure"
    assert not met(must_not=secure("H-1"))
    assessment["topics"][0]["status"] = "secure"
    assert not met(must_not=secure("visits"))
    assert not met(must_not=secure("front"))


def test_a_name_that_is_several_things_means_all_of_them(met, assessment):
    assessment["judgements"][1]["challenge"] = "not contradicted"  # the node
    assert not met(must_not=secure("care"))
    assessment["judgements"][1]["challenge"] = None
    assessment["topics"][3]["status"] = "secure"  # a topic of the group
    assert not met(must_not=secure("care"))


@pytest.mark.parametrize(
    ("ceiling", "expected"), [(None, True), ("outstanding", True), ("good", True), ("fair", False)]
)
def test_must_not_ceiling_below(met, assessment, ceiling, expected):
    assessment["judgements"][0]["ceiling"] = ceiling
    assert met(must_not=(MustNot(ceiling_below={"help": "good"}),)) is expected


def test_must_not_award_in_a_ceiling_or_in_the_tool_s_own_words(met, assessment, make_finding):
    award = (MustNot(award="inadequate"),)
    assert met(must_not=award)
    quoted = make_finding("x", "improve", text="Inspectors: “The last inspection was inadequate”.")
    assessment["findings"] = [quoted]
    assert met(must_not=award)
    quoted["text"] = "Help is inadequate."
    assert not met(must_not=award)
    assessment["findings"] = []
    assessment["judgements"][0]["ceiling"] = "inadequate"
    assert not met(must_not=award)


def test_must_not_count_as_weakness(met, assessment, make_finding):
    def weakness(name):
        return met(must_not=(MustNot(count_as_weakness=name),))

    found = make_finding("entry:E1", "improve", "visits", evidence=["E1"])
    assessment["findings"] = [found]
    assert not weakness("visits")
    assert not weakness("front")
    assert not weakness("help")
    assert weakness("beds")
    assert weakness("care")
    found["evidence"] = ["E1", "E2"]
    assert weakness("visits")  # it does not rest on visits alone
    found["kind"] = "question"
    found["evidence"] = ["E1"]
    assert weakness("visits")


@pytest.mark.parametrize(
    "expect",
    [
        {"topics_raised": ("visit",)},
        {"strengths": ("visit",)},
        {"quiet": ("visit",)},
        {"secure": ("visit",)},
        {"ceiling_at_most": {"helps": "good"}},
        {"ceiling_at_most": {"help": "goood"}},
        {"claim_challenged": ("helps",)},
        {"priority_action_flag": ("visit",)},
        {"must_not": (MustNot(say_secure="visit"),)},
        {"must_not": (MustNot(count_as_weakness="visit"),)},
        {"must_not": (MustNot(ceiling_below={"helps": "good"}),)},
        {"must_not": (MustNot(award="inadequat"),)},
    ],
)
def test_a_name_that_is_none_is_an_error_with_the_nearest(met, assessment, expect):
    for judgement in assessment["judgements"]:
        judgement["ceiling"] = "fair"
    with pytest.raises(CaseError) as caught:
        met(**expect)
    assert "Did you mean" in caught.value.hint
