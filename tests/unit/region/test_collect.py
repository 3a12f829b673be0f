"""Side by side: what is compared, what is not, what is asked; each figure worked out by hand."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from selfassess.disclosure import disclose
from selfassess.errors import UsageError

from .conftest import Make, assessment, data_of, reading, three


def rows(data: dict[str, Any]) -> dict[str, Any]:
    (item,) = data["measures"]
    return {row["council"]: row for row in item["councils"]}


def test_figures_are_rounded_and_stand_beside_the_others_together(region: Make) -> None:
    # 163 of 204 = 79.9%, 101 of 203 = 49.8%, 162 of 199 = 81.4%.
    data = data_of(region(*three(reading(top=163, base=204), reading(top=101, base=203),
                                 reading(top=162, base=199))))  # fmt: skip
    found = rows(data)
    assert [(row["value"], row["base"]) for row in found.values()] == [
        (80, 200),
        (50, 200),
        (81, 200),
    ]
    assert found["Brook"]["beside"]["rest"] == 80.5
    assert found["Brook"]["beside"]["beyond_chance"] is True
    # Ashby against 65.5% of 400: 14.5 points apart.
    assert found["Ashby"]["beside"]["rest"] == 65.5
    (item,) = data["measures"]
    assert (item["low"], item["middle"], item["high"]) == (50, 80, 81)
    assert list(found) == ["Ashby", "Brook", "Combe"]
    asked = [each for each in data["questions"] if each["council"] == "Brook"]
    assert [each["kind"] for each in asked] == ["differs"]
    assert "50%" in asked[0]["text"]
    assert "why do you differ here" in asked[0]["text"]


def test_it_fits_its_schema(region: Make) -> None:
    schema = json.loads(files("selfassess").joinpath("region.schema.json").read_text("utf-8"))
    data = data_of(region(*three(reading(), reading(top=3, base=50), reading(top=None))))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)


def test_small_numbers_are_withheld_and_not_tested(region: Make) -> None:
    data = data_of(region(*three(reading(top=3, base=87), reading(), reading(top=4, base=7))))
    found = rows(data)
    for name in ("Ashby", "Combe"):
        row = found[name]
        assert row["withheld"]
        assert (row["value"], row["base"], row["signal"], row["beside"]) == (None,) * 4
    assert found["Brook"]["beside"] is None
    assert data["measures"][0]["known"] == 1


def test_no_hidden_count_moves_anything(region: Make) -> None:
    """Whatever a withheld count is, every byte of the pack is the same."""
    packs = {
        json.dumps(data_of(region(*three(reading(top=top, base=87), reading(), reading()))))
        for top in (1, 2, 3, 4, 5)
    }
    assert len(packs) == 1


def test_another_definition_or_unit_is_listed_and_not_compared(region: Make) -> None:
    data = data_of(region(*three(reading(), reading(), reading(definition="bbbb"))))
    (item,) = data["measures"]
    assert [row["council"] for row in item["councils"]] == ["Ashby", "Brook"]
    assert [each["council"] for each in item["differently"]] == ["Combe"]
    (asked,) = data["questions"]
    assert (asked["council"], asked["kind"]) == ("Combe", "counts differently")


def test_three_ways_of_counting_are_compared_nowhere(region: Make) -> None:
    data = data_of(region(*three(reading(), reading(definition="b"), reading(unit="days"))))
    assert data["measures"] == []
    assert data["apart"][0]["why"] == "counted differently in each council"
    assert {each["council"] for each in data["apart"][0]["differently"]} == {
        "Ashby",
        "Brook",
        "Combe",
    }


def test_who_cannot_count_is_said_and_asked(region: Make) -> None:
    data = data_of(region(*three(reading(), reading(), reading(top=None))))
    (item,) = data["measures"]
    assert item["missing"] == [
        {"council": "Combe", "why": "the evidence does not allow it to be counted"}
    ]
    (asked,) = data["questions"]
    assert (asked["council"], asked["kind"]) == ("Combe", "cannot count")


def test_alone_past_its_band_is_asked(region: Make) -> None:
    data = data_of(region(*three(reading(top=82, signal="attention"), reading(), reading())))
    (asked,) = data["questions"]
    assert (asked["council"], asked["kind"]) == ("Ashby", "alone past its band")


def test_means_are_not_tested(region: Make) -> None:
    found = three(reading(unit="children"), reading(unit="children"), reading(unit="children"))
    for each in found:
        each["method"][0]["aggregate"] = "mean"
    data = data_of(region(*found))
    assert all(row["beside"] is None for row in rows(data).values())


@pytest.mark.parametrize(
    ("read", "aside", "text", "share"),
    [
        (1000, 0, "none", 0),
        (1000, 5, "withheld (c)", None),
        (1000, 6, "1%", 1),
        (10_000, 6, "1% or less", 1),
        (1000, 62, "6%", 6),
        (9, 0, "no rows to speak of", None),
    ],
)
def test_rows_set_aside(region: Make, read: int, aside: int, text: str, share: Any) -> None:
    sheet = {"table": "visits", "rows_read": read, "rows_set_aside": aside}
    guide = {"table": None, "rows_read": 40, "rows_set_aside": 40}
    found = three(reading(), reading(), reading())
    found[0]["inputs"] = [{"path": "a.csv", "sheets": [sheet, guide]}]
    data = data_of(region(*found))
    assert data["councils"][0]["quality"] == {"share": share, "text": text}
    asked = [each["kind"] for each in data["questions"]]
    assert asked == (["rows set aside"] if share == 6 else [])


def test_copies_are_used_as_they_are(region: Make) -> None:
    own = three(reading(top=163, base=204), reading(), reading())
    copies = [disclose(own[0], "partner"), own[1], disclose(own[2], "public")]
    assert data_of(region(*copies))["measures"] == data_of(region(*own))["measures"]


def test_what_was_withheld_before_stays_withheld(region: Make) -> None:
    own = three(reading(), reading(), reading())
    before = disclose(assessment("Ashby", reading(top=2)), "partner")
    data = data_of(region(*own), earlier=lambda each: [before] if each.council == "Ashby" else [])
    assert [row["withheld"] for row in rows(data).values()] == [True, False, False]


JUDGED = [
    {"id": "help", "title": "Help", "claim_title": "Good", "ceiling_title": "Requires improvement"}
]


def test_claims_only_where_they_may_be_shown(region: Make) -> None:
    own = [assessment(name, reading(), judgements=JUDGED) for name in ("Ashby", "Brook")]
    folder = region(*own)
    assert data_of(folder)["claims"] is None
    assert "Requires improvement" not in json.dumps(data_of(folder, audience="internal"))
    for audience in ("partner", "public"):
        with pytest.raises(UsageError, match="may not"):
            data_of(folder, audience=audience, with_claims=True)
    shown = data_of(folder, audience="internal", with_claims=True)["claims"]
    assert shown[0]["judgements"][0]["ceiling"] == "Requires improvement"
    folder = region(own[0], disclose(own[1], "partner"))
    with pytest.raises(UsageError, match=r"c1\.json is a copy"):
        data_of(folder, audience="internal", with_claims=True)


def test_only_the_named_measures_in_their_order(region: Make) -> None:
    both = [reading("b.two"), reading("a.one"), reading("c.three")]
    settings = "schema: selfassess/region@1\nmeasures: [c.three, a.one]\n"
    folder = region(assessment("Ashby", *both), assessment("Brook", *both), settings=settings)
    assert [item["measure"] for item in data_of(folder)["measures"]] == ["c.three", "a.one"]


def test_the_order_of_files_says_nothing(region: Make, tmp_path: Path) -> None:
    found = three(reading(), reading(top=70), reading(top=60))
    first = data_of(region(*found))
    assert data_of(region(*reversed(found))) == first
