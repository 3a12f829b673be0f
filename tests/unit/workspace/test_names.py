"""What selfassess.yaml names is there, or is refused with its place and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.errors import EvidenceError, PluginError
from selfassess.toolkit import Toolkit
from selfassess.workspace import load_workspace
from selfassess.workspace.files import read_self_evaluation
from selfassess.workspace.names import check_names, names_elsewhere

HEAD = """\
schema: selfassess/workspace@1
council: {name: Exampleshire}
framework: ofsted-ilacs
"""


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return Toolkit.load()


def _checked(folder: Path, toolkit: Toolkit, line: str) -> str:
    (folder / "selfassess.yaml").write_text(HEAD + line + "\n", encoding="utf-8")
    workspace = load_workspace(folder)
    try:
        check_names(workspace, toolkit.library)
    except EvidenceError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("line", "place", "said", "hint"),
    [
        ("owners: {leadrs: A}", "4:10", "'leadrs' is no judgement or criterion", "'leaders'"),
        ("requests: [{id: zz}]", "4:17", "'zz' is no evidence request", "frameworks show"),
        (
            "waivers: [{rule: children-left-at-rsk, who: A, why: B, until: 2026-12-31}]",
            "4:18",
            "'children-left-at-rsk' is no ceiling rule",
            "'children-left-at-risk'",
        ),
        (
            "settings: [{id: visit-workin-days, values: [{value: 9}], who: A, why: B}]",
            "4:17",
            "'visit-workin-days' is no setting",
            "'visit-working-days'",
        ),
        (
            "bands: [{measure: caseloads.unalocated, bands: [{basis: local}], who: A, why: B}]",
            "4:19",
            "'caseloads.unalocated' is no measure",
            "'caseloads.unallocated'",
        ),
        (
            "bands: [{measure: caseloads.unallocated, bands: [{basis: local, concern: ovr 25}], "
            "who: A, why: B}]",
            "4:74",
            "'ovr 25' is not a cut",
            "Write 'at least N'",
        ),
        (
            "xray_waivers: [{finding: one-voise@leaders, who: A, why: B, until: 2026-12-31}]",
            "4:26",
            "'one-voise' is no consistency check",
            "'one-voice'",
        ),
        (
            "xray_waivers: [{finding: one-voice@leadrs, who: A, why: B, until: 2026-12-31}]",
            "4:26",
            "'leadrs' is no judgement or criterion",
            "'leaders'",
        ),
        (
            "xray_waivers: [{finding: one-voice, who: A, why: B, until: 2026-12-31}]",
            "4:26",
            "'one-voice' does not say where",
            "one-voice@NODE",
        ),
        (
            "bands: [{measure: caseloads.unallocated, bands: [{basis: local, concern: under 2}], "
            "who: A, why: B}]",
            "4:74",
            "'under 2' would call low figures 'concern'",
            "Turn the cut round",
        ),
        (
            "settings: [{id: caseload-limit, values: [{value: 10 children}], who: A, why: B}]",
            "4:50",
            "'caseload-limit' is a number of children; a text stands here",
            "Write the number alone",
        ),
        (
            "settings: [{id: duty-teams, values: [{value: tray}], who: A, why: B}]",
            "4:46",
            "'duty-teams' is a list of texts; a text stands here",
            "Put the texts in [ ].",
        ),
        (
            "settings: [{id: caseload-limit, values: [{value: 9, keys: {rol: x}}], who: A, why: B}"
            "]",
            "4:65",
            "no measure gives 'caseload-limit' the key 'rol'",
            "Did you mean 'role'?",
        ),
        (
            "settings: [{id: oversight-days, values: [{value: 9}, {value: 8}], who: A, why: B}]",
            "4:54",
            "'oversight-days' has two values for the same",
            "Keep one of the two.",
        ),
        (
            "settings: [{id: oversight-days, values: [], who: A, why: B}]",
            "4:41",
            "'oversight-days' has no value",
            "take it away",
        ),
        (
            "settings: [{id: oversight-days, values: [{value: 9}], who: A, why: B}, "
            "{id: oversight-days, values: [{value: 9}], who: A, why: B}]",
            "4:77",
            "'oversight-days' is set twice",
            "Keep one of the two.",
        ),
        ("plan: {stale_days: -4}", "4:20", "'stale_days' is -4", "1 or more"),
        ("plan: {amber_share: 25}", "4:21", "'amber_share' is 25", "0 to 1"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, toolkit: Toolkit, line: str, place: str, said: str, hint: str
) -> None:
    told = _checked(tmp_path, toolkit, line)
    assert f"selfassess.yaml:{place}: {said}" in told
    assert hint in told


def test_one_standard_for_all_takes_the_place_of_those_by_key(
    tmp_path: Path, toolkit: Toolkit
) -> None:
    """Measures go on giving the key that the packs' own values name."""
    from selfassess.measuring.check import compiled_of
    from selfassess.measuring.computing import ways
    from selfassess.measuring.session import relations_of
    from selfassess.workspace.files import read_settings

    text = HEAD + "settings: [{id: caseload-limit, values: [{value: 10}], who: A, why: B}]\n"
    (tmp_path / "selfassess.yaml").write_text(text, encoding="utf-8")
    library = toolkit.library
    settings = read_settings(load_workspace(tmp_path), library)
    assert settings["caseload-limit"].known_keys() == ("role",)
    relations, faults = relations_of(library.tables, library.views, settings)
    assert not faults
    way = next(ways(library.measures["caseloads.over-limit"]))
    compiled_of(way, (), relations, settings)


def test_what_is_there_passes(tmp_path: Path, toolkit: Toolkit) -> None:
    good = (
        "owners: {leaders: A}\nplan: {stale_days: 1, amber_share: 1}\nxray_waivers:\n"
        "  - {finding: one-voice@leaders, who: A, why: B, until: 2026-12-31}\n"
        "  - {finding: action-incomplete@plan/A-1, who: A, why: B, until: 2026-12-31}"
    )
    assert _checked(tmp_path, toolkit, good) == ""


def test_a_waiver_in_the_self_evaluation_is_checked_there(tmp_path: Path, toolkit: Toolkit) -> None:
    (tmp_path / "selfassess.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "self-evaluation.yaml").write_text(
        "schema: selfassess/self-evaluation@1\nframework: ofsted-ilacs@2026-04\nxray_waivers:\n"
        "  - {finding: one-voise@leaders, who: A, why: B, until: 2026-12-31}\n",
        encoding="utf-8",
    )
    workspace = load_workspace(tmp_path)
    framework = toolkit.library.framework("ofsted-ilacs", "2026-04")
    with pytest.raises(EvidenceError) as caught:
        read_self_evaluation(workspace, framework, toolkit.library)
    (problem,) = caught.value.problems
    assert problem.where == "self-evaluation.yaml:4:15"
    assert "'one-voice'" in problem.hint


def test_names_that_only_another_edition_has_are_told(tmp_path: Path, toolkit: Toolkit) -> None:
    lines = (
        "edition: 2026-04\nowners: {overall: A, leaders: B}\nxray_waivers:\n"
        "  - {finding: one-voice@overall/x, who: A, why: B, until: 2026-12-31}"
    )
    assert _checked(tmp_path, toolkit, lines) == ""
    workspace = load_workspace(tmp_path)
    own, earlier = (toolkit.library.framework("ofsted-ilacs", e) for e in ("2026-04", "2018"))
    told = [problem for _, problem in names_elsewhere(workspace, [own])]
    assert [problem.where for problem in told] == ["selfassess.yaml:5:10", "selfassess.yaml:7:15"]
    assert all("'overall' is no judgement" in problem.message for problem in told)
    assert "ofsted-ilacs@2026-04" in told[0].message
    assert names_elsewhere(workspace, [own, earlier]) == []


PACK = "id: ours\nversion: '1'\napi: 1\ntitle: Ours\nlicence: MIT\n"


@pytest.mark.parametrize(
    ("packs", "place", "said", "hint"),
    [
        ("[our-pakc]", "4:9", "there is no folder 'our-pakc'.", "Did you mean 'our-pack'?"),
        ("[empty]", "4:9", "the folder 'empty' is no pack", "Valid: our-pack."),
        ("[our-pack/pack.yaml]", "4:9", "is a file, not a folder", "the folder that holds"),
        ("[our-pack, our-pack]", "4:19", "'our-pack' is listed twice", "Keep one of the two."),
    ],
)
def test_a_pack_that_is_none_is_told_where_it_is_listed(
    tmp_path: Path, packs: str, place: str, said: str, hint: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "our-pack").mkdir()
    (tmp_path / "our-pack" / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "selfassess.yaml").write_text(HEAD + f"packs: {packs}\n", encoding="utf-8")
    with pytest.raises(PluginError) as caught:
        load_workspace(tmp_path).pack_folders()
    (problem,) = caught.value.problems
    assert problem.where == f"selfassess.yaml:{place}"
    assert said in problem.message
    assert hint in problem.hint
