"""The content check: nothing is left unexplained in what ships, and each remark can be made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.errors import Problem
from selfassess.loading.library import Library
from selfassess.loading.lint import lint
from selfassess.loading.packs import KINDS
from selfassess.loading.parse import parse
from selfassess.loading.source import read_text
from selfassess.model.framework import Framework

SOUND = """\
schema: selfassess/framework@1
id: made-up
edition: "1"
title: Made up
kind: graded
status: draft
source: {title: Made up}
scales:
  - id: ratings
    title: Ratings
    levels:
      - {id: fine, title: Fine}
      - {id: fair, title: Fair}
      - {id: poor, title: Poor}
responsible_bodies:
  - {id: council, title: Council}
nodes:
  - id: practice
    title: Practice
    kind: judgement
    scale: ratings
    owns: [plans, caseloads]
    responsible: [council]
    descriptors:
      - {level: fine, text: Very well.}
      - {level: fair, text: Well.}
      - {level: poor, text: Badly.}
    nodes:
      - id: P-1
        title: Plans
        kind: criterion
        topics: [plans, caseloads]
        measures: [plans.cp-over-2-years]
        tags: [nf:outcome-1]
        descriptors:
          - {level: fair, text: Plans work.}
        expects:
          - {id: data, title: Figures, voices: [data], measures: [caseloads.maximum]}
          - {id: audit, title: Audits, voices: [practice-audit], topics: [plans]}
ceilings:
  - id: at-risk
    if: {register: {direction: weakness, severity: serious, topics: [plans]}}
    applies_to: practice
    at_most: fair
    because: Risk.
  - id: unallocated
    if: {measure: caseloads.unallocated, where: {plan: cp}, signal: critical}
    applies_to: practice
    at_most: fair
    because: Nobody sees them.
"""


def framework(text: str) -> Framework:
    document = read_text(text, "made-up.yaml")
    parsed = parse(document, KINDS["selfassess/framework@1"], schema="selfassess/framework@1")
    assert parsed.problems == ()
    assert isinstance(parsed.value, Framework)
    return parsed.value


def tag_sets(library: Library) -> dict[str, Framework]:
    found = library.frameworks.values()
    return {each.tag_prefix: each for each in found if each.tag_prefix is not None}


def check(made: Framework, library: Library) -> list[Problem]:
    return lint(made, library.names(), tag_sets=tag_sets(library))


def ids(problems: list[Problem]) -> list[str]:
    return [problem.message.removeprefix("remark ").split(": ")[0] for problem in problems]


def test_every_remark_on_what_ships_is_explained_in_its_file(installed: Library) -> None:
    for reference, each in installed.frameworks.items():
        place = installed.editions[reference].place
        found = lint(each, installed.names(), where=place, tag_sets=tag_sets(installed))
        assert found == [], reference


def test_explanations_are_few_and_have_reasons(installed: Library) -> None:
    for each in installed.frameworks.values():
        assert all(len(note.because.split()) >= 4 for note in each.lint), each.reference
        if each.status == "in-force":
            assert not any(note.id.startswith(("one-voice", "nothing-r")) for note in each.lint)


def test_nothing_is_remarked_where_all_is_well(installed: Library) -> None:
    assert check(framework(SOUND), installed) == []


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        # descriptors
        ("      - {level: poor, text: Badly.}\n", "", "no-descriptor:practice"),
        ("        descriptors:\n          - {level: fair, text: Plans work.}\n", "",
         "no-descriptor:P-1"),
        # expectations and voices
        ("voices: [practice-audit]", "voices: [data]", "one-voice:P-1"),
        ("nodes:\n      - id: P-1\n        title: Plans\n        kind: criterion",
         "nodes:\n      - id: P-1\n        title: Plans\n        kind: group",
         "no-criteria:practice"),
        # unused and clashing
        ("scales:\n", "scales:\n  - {id: spare, title: S, levels: [{id: x, title: X}]}\n",
         "dead-scale:spare"),
        ("    responsible: [council]\n", "", "dead-body:council"),
        ("[nf:outcome-1]", "[nf:outcome-9]", "dead-tag:P-1/nf:outcome-9"),
        ("[nf:outcome-1]", "[safe]", "dead-tag:P-1/safe"),
        ("  - id: at-risk", "  - id: P-1", "clash:P-1"),
        ("ceilings:\n", "      - {id: p-1, title: Twin, kind: group}\nceilings:\n", "clash:p-1"),
        # orphans
        ("owns: [plans, caseloads]", "owns: [plans, caseloads, adoption]",
         "orphan-topic:adoption"),
        ("topics: [plans]}\n", "topics: [missing]}\n", "orphan-topic:P-1/missing"),
        ("measures: [caseloads.maximum]", "measures: [leavers.eet]",
         "orphan-measure:leavers.eet"),
        # rules that can never bind
        ("    at_most: fair\n    because: Risk", "    at_most: fine\n    because: Risk",
         "never-binds:at-risk"),
        ("serious, topics: [plans]}}", "serious, topics: [adoption]}}",
         "orphan-topic:at-risk/adoption"),
        ("serious, topics: [plans]}}", "serious, topics: own, distinct_topics: 3}}",
         "never-binds:at-risk"),
        ("if: {measure: caseloads.unallocated, where: {plan: cp}, signal: critical}",
         "if: {any: [{node: practice, ceiling_at_most: poor}]}", "never-binds:unallocated"),
        ("if: {measure: caseloads.unallocated, where: {plan: cp}, signal: critical}",
         "if: {all: [{measure: caseloads.unallocated, signal: critical}, "
         "{measure: caseloads.maximum, at_least: 9, at_most: 3}]}", "never-binds:unallocated"),
        ("ceilings:\n",
         "bands:\n  - {measure: leavers.eet, bands: [{basis: local}]}\nceilings:\n",
         "orphan-measure:leavers.eet"),
        ("signal: critical}", "signal: critical, at_least: 5, at_most: 3}",
         "never-binds:unallocated"),
        ("where: {plan: cp}, signal: critical", "where: {plan: assessment}, signal: strong",
         "never-binds:unallocated"),
        ("if: {measure: caseloads.unallocated, where: {plan: cp}, signal: critical}",
         "if: {register: {direction: weakness, severity: serious, topics: [plans]}}",
         "never-binds:unallocated"),
        ("if: {measure: caseloads.unallocated, where: {plan: cp}, signal: critical}",
         "if: {node: practice, ceiling_at_most: poor}", "never-binds:unallocated"),
    ],
)  # fmt: skip
def test_one_remark(old: str, new: str, remark: str, installed: Library) -> None:
    assert SOUND.count(old) == 1
    found = check(framework(SOUND.replace(old, new)), installed)
    assert remark in ids(found)
    assert all(problem.hint for problem in found)


SAME = """\
  - id: again
    if: {register: {direction: weakness, severity: serious, topics: [plans]}}
    applies_to: practice
    because: Risk again.
"""


@pytest.mark.parametrize(
    ("effect", "remarked"),
    [
        ("    at_most: fair\n", True),
        ("    at_most: fair\n    flag: priority-action-risk\n", False),
        ("    flag: priority-action-risk\n", False),
    ],
)
def test_a_rule_that_adds_nothing_to_one_before_it(
    effect: str, remarked: bool, installed: Library
) -> None:
    found = ids(check(framework(SOUND + SAME + effect), installed))
    assert found == (["never-binds:again"] if remarked else [])


def test_a_stricter_rule_with_the_same_condition_adds_something(installed: Library) -> None:
    text = SOUND.replace("{id: fair, title: Fair}", "{id: fair, title: Fair, statement: So-so.}")
    text = text.replace(
        "      - {id: poor", "      - {id: weak, title: Weak, statement: Weak.}\n      - {id: poor"
    )
    assert ids(check(framework(text + SAME + "    at_most: weak\n"), installed)) == []
    assert ids(check(framework(text + SAME + "    at_most: fair\n"), installed)) == [
        "never-binds:again"
    ]
    lax = text.replace(
        "    at_most: fair\n    because: Risk", "    at_most: weak\n    because: Risk"
    )
    assert ids(check(framework(lax + SAME + "    at_most: fair\n"), installed)) == [
        "never-binds:again"
    ]


def test_a_rule_on_other_judgements_is_not_the_same(installed: Library) -> None:
    other = "  - {id: other, title: Other, kind: judgement}\nceilings:\n"
    text = SOUND.replace("ceilings:\n", other)
    text += SAME.replace("practice", "other") + "    flag: priority-action-risk\n"
    assert [each for each in ids(check(framework(text), installed)) if "never" in each] == []


def test_a_rule_can_wait_for_a_ceiling_that_another_sets(installed: Library) -> None:
    other = "  - {id: other, title: Other, kind: judgement, scale: ratings}\nceilings:\n"
    rule = (
        "  - {id: follow, if: {node: practice, ceiling_at_most: fair}, applies_to: other, "
        "at_most: fair, because: So.}\n"
    )
    text = SOUND.replace("ceilings:\n", other) + rule
    assert [each for each in ids(check(framework(text), installed)) if "never" in each] == []
    lower = text.replace("ceiling_at_most: fair", "ceiling_at_most: poor")
    assert "never-binds:follow" in ids(check(framework(lower), installed))


def test_evidence_that_nobody_requires(installed: Library) -> None:
    text = SOUND.replace("voices: [data],", "required: false, voices: [data],")
    text = text.replace("voices: [practice-audit],", "required: false, voices: [practice-audit],")
    assert ids(check(framework(text), installed)) == ["nothing-required:P-1"]


def test_levels_that_the_scale_does_not_describe_need_no_descriptor(installed: Library) -> None:
    text = SOUND.replace("      - {level: poor, text: Badly.}\n", "")
    described = text.replace("    title: Ratings\n", "    title: Ratings\n    described: [fair]\n")
    assert check(framework(described), installed) == []


def test_a_level_with_a_statement_describes_itself(installed: Library) -> None:
    text = SOUND.replace("      - {level: poor, text: Badly.}\n", "")
    text = text.replace("{id: poor, title: Poor}", "{id: poor, title: Poor, statement: Badly.}")
    assert check(framework(text), installed) == []


@pytest.mark.parametrize("explained", ["no-descriptor:practice", "no-descriptor:*", "*"])
def test_an_explained_remark_is_not_made(explained: str, installed: Library) -> None:
    text = SOUND.replace("      - {level: poor, text: Badly.}\n", "")
    text += f"lint:\n  - {{id: '{explained}', because: It is not described anywhere.}}\n"
    assert check(framework(text), installed) == []


def test_an_explanation_of_nothing_is_remarked(installed: Library) -> None:
    text = SOUND + "lint:\n  - {id: no-descriptor:practice, because: It was so once.}\n"
    assert ids(check(framework(text), installed)) == ["stale:no-descriptor:practice"]


def test_a_tag_set_needs_no_criteria(installed: Library) -> None:
    tags = installed.framework("dfe-national-framework")
    assert check(tags, installed) == []
    plain = replace(tags, tag_prefix=None)
    assert "no-criteria:outcome-1" in ids(check(plain, installed))


def test_places_are_those_of_the_file(tmp_path: Path, installed: Library) -> None:
    homes = installed.framework("ofsted-sccif-childrens-homes")
    bare = replace(homes, lint=())
    place = installed.editions[homes.reference].place
    found = lint(bare, installed.names(), where=place, tag_sets=tag_sets(installed))
    assert found
    for problem in found:
        file, line, column = problem.where.rsplit(":", 2)
        assert file.endswith("sccif-childrens-homes.yaml")
        assert int(line) > 1
        assert int(column) >= 1
