"""Every framework that ships is whole, named right and says where its facts come from."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from selfassess.loading.checks.files import check_files
from selfassess.loading.library import Library
from selfassess.loading.schema import framework_schema_text
from selfassess.loading.source import read
from selfassess.model.framework import Framework, Node

FOLDER = Path(__file__).parents[2] / "frameworks"
CROSSWALKS = sorted(FOLDER.glob("crosswalks/*.yaml"))
FILES = sorted(set(FOLDER.glob("*/*.yaml")) - set(CROSSWALKS))
IDS = [path.stem for path in FILES]
ILACS = ("2018", "2023", "2024-12", "2026-04")


def criteria(framework: Framework) -> list[Node]:
    return [node for node in framework.walk() if node.kind == "criterion"]


def test_there_are_frameworks() -> None:
    assert len(FILES) >= 3


@pytest.mark.parametrize("path", CROSSWALKS, ids=[path.stem for path in CROSSWALKS])
def test_each_crosswalk_is_sound_and_leaves_no_criterion_out(
    path: Path, installed: Library
) -> None:
    assert check_files([path], installed) == ()
    found = [c for c in installed.crosswalks.values() if c.from_ in path.read_text("utf-8")]
    assert found
    for crosswalk in found:
        known = {link.from_ for link in crosswalk.links} | {gap.node for gap in crosswalk.gaps}
        first = installed.frameworks[crosswalk.from_]
        assert {node.id for node in criteria(first)} <= known


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_each_file_is_sound(path: Path, installed: Library) -> None:
    assert check_files([path], installed) == ()


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_each_file_is_complete_for_editors(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    schema = (path.parent / first.removeprefix(prefix)).resolve()
    validator = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    assert list(validator.iter_errors(read(path).data)) == []


def test_the_shipped_json_schema_is_current() -> None:
    shipped = (FOLDER / "framework.schema.json").read_text(encoding="utf-8")
    assert shipped == framework_schema_text()


def test_every_criterion_says_what_it_should_rest_on(installed: Library) -> None:
    for framework in installed.frameworks.values():
        for node in criteria(framework):
            place = f"{framework.reference} {node.id}"
            assert any(expectation.required for expectation in node.expects), place
            voices = {voice for expectation in node.expects for voice in expectation.voices}
            assert len(voices) >= 2, place
            assert len(node.expects) >= 2, place
            assert node.topics, place
            assert node.descriptors, place


def test_every_framework_names_its_source_and_terms(installed: Library) -> None:
    for framework in installed.frameworks.values():
        source = framework.source
        assert framework.wording == "paraphrase"
        assert source.title
        assert source.publisher
        assert source.licence
        assert source.url.startswith("https://") or source.note


def test_every_topic_has_a_criterion_in_ilacs(installed: Library) -> None:
    for edition in ILACS:
        framework = installed.framework("ofsted-ilacs", edition)
        found = {topic for node in criteria(framework) for topic in node.topics}
        assert found == set(installed.topics)


def test_every_measure_has_a_criterion_in_ilacs(installed: Library) -> None:
    framework = installed.framework("ofsted-ilacs", "2026-04")
    named = {measure for node in criteria(framework) for measure in node.measures}
    assert named == set(installed.measures)


def test_measures_that_a_criterion_expects_are_its_own(installed: Library) -> None:
    for reference in ("ofsted-ilacs@2026-04", "ofsted-jtai-front-door@2024-04"):
        framework = installed.frameworks[reference]
        for node in criteria(framework):
            for expectation in node.expects:
                missing = set(expectation.measures) - set(node.measures)
                if node.id not in {"FD-02"}:  # rests on what becomes of referrals, counted at FD-11
                    assert not missing, f"{framework.reference} {node.id}"


# Practice topics (judging rules, section 2): three groups and three single topics belong to help
# and protection, two groups to care and care leavers, the rest to leaders.
GROUPS = {
    "help-and-protection": {"front-door", "enquiries-and-assessment", "plans-and-children-seen"},
    "care": {"care"},
    "care-leavers": {"care-leavers"},
    "leaders": {"leadership", "workforce", "oversight-and-quality"},
}
MOVED = {"management-oversight", "supervision", "allocation"}


@pytest.mark.parametrize("edition", ILACS)
def test_judgements_own_the_topics_of_their_groups(edition: str, installed: Library) -> None:
    framework = installed.framework("ofsted-ilacs", edition)
    for judgement, groups in GROUPS.items():
        expected = {topic.id for topic in installed.topics.values() if topic.group in groups}
        expected -= MOVED
        if judgement == "help-and-protection":
            expected |= MOVED
        assert set(framework.node(judgement).owns) == expected


@pytest.mark.parametrize("edition", ILACS)
def test_practice_is_judged_in_three_cohorts(edition: str, installed: Library) -> None:
    framework = installed.framework("ofsted-ilacs", edition)
    cohorts = {node.id: node.cohort for node in framework.walk() if node.cohort}
    assert cohorts == {name: name for name in ("help-and-protection", "care", "care-leavers")}
    assert all(framework.node(name).practice for name in cohorts)
    assert not framework.node("leaders").practice


def numbered(prefix: str, last: int) -> list[str]:
    return [f"{prefix}-{number:02}" for number in range(1, last + 1)]


def test_the_current_edition_has_four_judgements_and_no_overall(installed: Library) -> None:
    framework = installed.framework("ofsted-ilacs")
    assert framework.edition == "2026-04"
    judgements = [node.id for node in framework.judgements()]
    assert judgements == ["leaders", "help-and-protection", "care", "care-leavers"]
    assert all(framework.node(name).scale == "four-grades" for name in judgements)
    levels = [level.id for level in framework.scales[0].levels]
    assert levels == ["outstanding", "good", "requires-improvement", "inadequate"]
    assert sorted(node.id for node in criteria(framework)) == sorted(
        numbered("HP", 22) + numbered("CIC", 16) + numbered("CL", 10) + numbered("LEAD", 14)
    )


def test_care_leavers_were_split_off_in_2023_and_overall_dropped_in_2026(
    installed: Library,
) -> None:
    trees = {edition: installed.framework("ofsted-ilacs", edition) for edition in ILACS}
    top = {edition: [node.id for node in tree.nodes] for edition, tree in trees.items()}
    assert top["2018"] == ["leaders", "help-and-protection", "care-and-care-leavers", "overall"]
    parts = [node.id for node in trees["2018"].node("care-and-care-leavers").nodes]
    assert parts == ["care", "care-leavers"]
    split = ["leaders", "help-and-protection", "care", "care-leavers"]
    assert top["2023"] == top["2024-12"] == [*split, "overall"]
    assert top["2026-04"] == split


def test_editions_follow_one_another_without_a_gap(installed: Library) -> None:
    dates = [installed.framework("ofsted-ilacs", edition) for edition in ILACS]
    for earlier, later in pairwise(dates):
        assert later.extends == earlier.reference
        assert earlier.in_force_to is not None
        assert later.in_force_from is not None
        assert (later.in_force_from - earlier.in_force_to).days == 1
    assert dates[-1].in_force_to is None


def test_ids_are_stable_across_editions(installed: Library) -> None:
    trees = [installed.framework("ofsted-ilacs", edition) for edition in ILACS]
    for earlier, later in pairwise(trees):
        assert {n.id for n in criteria(earlier)} <= {n.id for n in criteria(later)}
        for node in criteria(earlier):
            kept = later.node(node.id)
            assert kept.topics == node.topics
            assert {e.id for e in node.expects} == {e.id for e in kept.expects}


RI = "requires-improvement"
HP_ONLY = ("help-and-protection",)
EVERY = ("help-and-protection", "care", "care-leavers")
RULES: dict[str, tuple[tuple[str, ...], str, bool]] = {
    "children-left-at-risk": (EVERY, RI, True),
    "widespread-poor-practice": (HP_ONLY, RI, False),
    "widespread-poor-practice-care": (("care",), RI, False),
    "widespread-poor-practice-care-leavers": (("care-leavers",), RI, False),
    "protection-children-unallocated": (HP_ONLY, RI, True),
    "care-children-unallocated": (("care",), RI, True),
    "unallocated-and-unwatched": (HP_ONLY, RI, True),
    "nobody-has-looked": (HP_ONLY, RI, True),
    "leaders-did-not-know": (("leaders",), RI, False),
    "leaders-did-not-act": (("leaders",), RI, False),
    "several-shortfalls": (EVERY, "good", False),
}


def applies(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def test_ceilings_are_those_of_the_judging_rules(installed: Library) -> None:
    framework = installed.framework("ofsted-ilacs", "2026-04")
    found = {
        rule.id: (applies(rule.applies_to), rule.at_most, rule.flag is not None)
        for rule in framework.ceilings
    }
    assert found == RULES


def test_in_2018_the_parts_pass_their_ceilings_on_and_overall_takes_none(
    installed: Library,
) -> None:
    framework = installed.framework("ofsted-ilacs", "2018")
    rules = {rule.id: rule for rule in framework.ceilings}
    passed_on = [rule for name, rule in rules.items() if name not in RULES]
    assert {rule.at_most for rule in passed_on} == {RI, "good"}
    for rule in passed_on:
        assert applies(rule.applies_to) == ("care-and-care-leavers",)
        assert {(part.node, part.ceiling_at_most) for part in rule.if_.any_} == {
            ("care", rule.at_most),
            ("care-leavers", rule.at_most),
        }
    assert all("overall" not in applies(rule.applies_to) for rule in framework.ceilings)


def test_nothing_anywhere_awards_inadequate(installed: Library) -> None:
    for framework in installed.frameworks.values():
        assert all(rule.at_most != "inadequate" for rule in framework.ceilings)


def test_front_door_is_narrative_and_names_bodies(installed: Library) -> None:
    framework = installed.framework("ofsted-jtai-front-door")
    assert framework.kind == "narrative"
    assert framework.scales == ()
    assert all(node.scale is None for node in framework.walk())
    found = criteria(framework)
    assert sorted(node.id for node in found) == numbered("FD", 22)
    assert all(node.responsible for node in found)
    assert all(rule.at_most is None and rule.flag for rule in framework.ceilings)
    topics = {rule.id: rule.topics for rule in framework.ceilings}
    assert topics == {
        "children-left-at-risk": (),
        "nobody-has-looked": ("front-door",),
        "protection-children-unallocated": ("allocation",),
    }


def test_front_door_shares_its_conditions_with_ilacs(installed: Library) -> None:
    ilacs = {rule.id: rule.if_ for rule in installed.framework("ofsted-ilacs").ceilings}
    for rule in installed.framework("ofsted-jtai-front-door").ceilings[1:]:
        assert rule.if_ == ilacs[rule.id]


def test_facts_that_were_not_read_are_marked(installed: Library) -> None:
    """Section names that no stored source shows, and the meanings of grades, stay unverified."""
    framework = installed.framework("ofsted-ilacs", "2026-04")
    read_names = {"HP-F", "HP-S", "CIC-D", "CIC-E", "CIC-P", "LEAD-S", "LEAD-W"}
    for node in framework.walk():
        if node.kind == "group":
            expected: Any = "official" if node.id in read_names else "unverified"
            assert node.provenance == expected
        if node.kind == "judgement":
            assert {d.provenance for d in node.descriptors} == {"unverified"}
