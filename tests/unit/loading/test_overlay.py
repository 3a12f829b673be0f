"""Overlays change titles, expectations and bands; what becomes easier to meet is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.errors import FrameworkError
from selfassess.loading.library import load_library
from selfassess.loading.overlay import overlay
from selfassess.loading.parse import load
from selfassess.model.framework import Expectation, Framework, MeasureBand
from selfassess.model.measure import Band
from selfassess.model.overlay import ExpectationChange, Overlay

from .conftest import ALL, MakePack

FOLDER = Path(__file__).parents[2] / "fixtures" / "bad_frameworks"


@pytest.fixture(scope="module")
def sound() -> Framework:
    return load(FOLDER / "sound.yaml", Framework, schema="selfassess/framework@1")


def local(who: str = "The region", **keys: object) -> Overlay:
    return Overlay(framework="small-check", who=who, why="Agreed", **keys)  # type: ignore[arg-type]


def audit(framework: Framework) -> Expectation:
    return next(e for e in framework.node("P-01").expects if e.id == "audit")


def test_titles_of_nodes_and_of_grades(sound: Framework) -> None:
    labels = {"P-01": "Plans", "three/high": "Very good"}
    found = overlay(sound, [local(labels=labels)])
    assert found.framework.node("P-01").title == "Plans"
    assert found.framework.scales[0].title_of("high") == "Very good"
    assert found.framework.scales[0].title_of("low") == sound.scales[0].title_of("low")
    assert found.loosened == ()
    assert [n.id for n in found.framework.walk()] == [n.id for n in sound.walk()]
    assert found.framework.ceilings == sound.ceilings


@pytest.mark.parametrize(
    ("change", "looser"),
    [
        (ExpectationChange(max_age_days=90), False),
        (ExpectationChange(max_age_days=365), False),
        (ExpectationChange(max_age_days=366), True),
        (ExpectationChange(min_sample=6), False),
        (ExpectationChange(min_sample=4), True),
        (ExpectationChange(required=True), False),
        (ExpectationChange(required=False), True),
        (ExpectationChange(max_age_days=90, min_sample=4), True),
    ],
)
def test_expectations_both_ways(sound: Framework, change: ExpectationChange, looser: bool) -> None:
    """The framework asks for five audits, a year old at most, and requires them."""
    found = overlay(sound, [local(expectations={"P-01/audit": change})])
    for key in ("max_age_days", "min_sample", "required"):
        wanted = getattr(change, key)
        before = getattr(audit(sound), key)
        assert getattr(audit(found.framework), key) == (before if wanted is None else wanted)
    assert len(found.loosened) == looser
    for item in found.loosened:
        assert (item.who, item.why) == ("The region", "Agreed")
        assert item.what == "P-01 Plans that work: Audited plans"
        assert item.from_ != item.to


def test_an_expectation_s_id_alone_means_each_of_that_id(sound: Framework) -> None:
    given = {
        "audit": ExpectationChange(min_sample=9),
        "P-01/audit": ExpectationChange(min_sample=7),
    }
    assert audit(overlay(sound, [local(expectations=given)]).framework).min_sample == 7
    del given["P-01/audit"]
    assert audit(overlay(sound, [local(expectations=given)]).framework).min_sample == 9


def test_the_council_s_own_stand_before_the_region_s(sound: Framework) -> None:
    region = local(
        expectations={"P-01/audit": ExpectationChange(min_sample=2)},
        labels={"P-01": "Region's"},
        bands=(MeasureBand(measure="visits.on-time", bands=(Band(basis="local"),)),),
    )
    council = local(
        "The director",
        expectations={"P-01/audit": ExpectationChange(min_sample=5)},
        labels={"P-01": "Council's"},
        bands=(MeasureBand(measure="visits.on-time", bands=(), who="The board"),),
    )
    found = overlay(sound, [region, council])
    assert audit(found.framework).min_sample == 5
    assert found.loosened == ()
    assert found.framework.node("P-01").title == "Council's"
    assert [(band.who, band.why) for band in found.bands] == [
        ("The board", "Agreed"),
        ("The region", "Agreed"),
    ]


def test_overlays_for_others_are_left_out(sound: Framework) -> None:
    other = Overlay(framework="other", labels={"P-01": "x"}, who="a", why="b")
    earlier = Overlay(
        framework="small-check", edition="2025", labels={"P-01": "x"}, who="a", why="b"
    )
    assert overlay(sound, [other, earlier]).framework == sound


OVERLAY = """\
schema: selfassess/overlay@1
framework: small
labels: {A: The first of all}
who: The region
why: Agreed
"""
OTHER = ALL["frameworks/small.yaml"].replace("id: small\n", "id: other\n")
CROSSWALK = """\
schema: selfassess/crosswalk@1
from: small@1
to: other@1
links:
  - {from: A, to: B, relation: same, rationale: They are, confidence: high}
"""


def test_a_pack_brings_overlays_and_crosswalks(make_pack: MakePack, tmp_path: Path) -> None:
    files = {**ALL, "region.yaml": OVERLAY, "frameworks/other.yaml": OTHER, "walk.yaml": CROSSWALK}
    pack = make_pack(files)
    cache = tmp_path / "cache"
    for _ in range(2):  # the second time from the cache
        library = load_library([pack], cache=cache)
        assert [each.labels for each in library.overlays] == [{"A": "The first of all"}]
        one, other = library.framework("small"), library.framework("other")
        found = library.crosswalk(other, one)
        assert found is library.crosswalk(one, other) is not None
        assert [(h, t) for h, t, _ in found.seen_from(other.reference)] == [("B", "A")]


@pytest.mark.parametrize(
    ("text", "wrong", "message"),
    [
        (OVERLAY, ("A: The", "Z: The"), "region.yaml:3:13"),
        (CROSSWALK, ("from: A", "from: Z"), "region.yaml:5:12"),
        (CROSSWALK, ("to: other@1", "to: others@1"), "region.yaml:3:5"),
    ],
)
def test_a_pack_with_a_fault_in_them_is_refused(
    make_pack: MakePack, text: str, wrong: tuple[str, str], message: str
) -> None:
    files = {**ALL, "frameworks/other.yaml": OTHER, "region.yaml": text.replace(*wrong)}
    with pytest.raises(FrameworkError, match=message):
        load_library([make_pack(files)])


def test_two_crosswalks_between_the_same_are_a_clash(make_pack: MakePack) -> None:
    back = CROSSWALK.replace("from: small@1\nto: other@1", "from: other@1\nto: small@1")
    files = {**ALL, "frameworks/other.yaml": OTHER, "one.yaml": CROSSWALK, "two.yaml": back}
    with pytest.raises(Exception, match="exists already"):
        load_library([make_pack(files)])
