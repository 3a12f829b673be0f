"""A sheet is recognised by its headers alone."""

from __future__ import annotations

import pytest

from selfassess.evidence.headers import Match, NearMiss, TableFinder, column_letters, normalise

from .conftest import declared, headers

TABLES = tuple(declared().values())
FINDER = TableFinder(TABLES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Date of referral", "Date of Referral "),
        ("Referral NFA?", "Referral  NFA"),
        ("Child's Legal Status", "Child’s Legal Status"),
        ("Date of Birth", "Date\u00a0of\nBirth"),
        ("been 'Missing' from", "been ‘Missing’ from"),
        ("last missing episode (Y/N)?", "last missing episode (Y/N))"),
        ("last missing episode (Y/N)?", "Last missing episode"),
        ("Age of Child (Years)", "age of child - years"),
        ("child_id", "Child ID"),
        ("Child Unique ID", "\u200fChi\u00adld\u200b Unique ID\ufeff"),
    ],
)
def test_what_does_not_count_in_headers(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_what_does_count() -> None:
    assert normalise("Date Stage 1 started") != normalise("Date Stage 2 started")


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.id)
def test_each_table_is_found_by_its_own_headers(table) -> None:
    match = FINDER.find([headers(table.id)])
    assert isinstance(match, Match)
    assert match.table.id == table.id
    assert not match.rivals
    assert not match.missing
    assert set(match.columns) == {c.name for c in table.columns}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.id)
def test_each_table_is_found_by_its_required_headers(table) -> None:
    required = [c.headers[0] for c in table.columns if c.required]
    match = FINDER.find([required], file_name=f"{table.id}.csv")
    assert isinstance(match, Match)
    assert match.table.id == table.id
    assert set(match.missing) == {
        c.name for c in table.columns if not c.required and not c.optional
    }


def test_no_two_columns_of_a_table_share_a_header() -> None:
    for table in TABLES:
        seen: dict[str, str] = {}
        for column in table.columns:
            for header in column.headers:
                assert seen.setdefault(normalise(header), column.name) == column.name


def test_titles_and_blank_rows_may_come_first() -> None:
    head = [["Annex A", None], [], ["List 3: referrals", "as at 31/03/2026"], headers("referrals")]
    match = FINDER.find(head)
    assert isinstance(match, Match)
    assert (match.table.id, match.row) == ("referrals", 3)


def test_a_header_beyond_the_thirtieth_row_is_not_looked_for() -> None:
    assert FINDER.find([[None]] * 30 + [headers("referrals")]) is None


def test_guidance_is_no_table() -> None:
    head = [
        ["How to fill in the lists", None],
        ["Field", "Guidance"],
        ["Child Unique ID", "The local id of the child"],
        ["Date of Birth", "dd/mm/yyyy"],
        ["Gender", "a) Male b) Female"],
    ]
    assert FINDER.find(head) is None


def test_the_older_list_of_care_leavers_is_the_same_table() -> None:
    newer = {"uasc", "personal_adviser", "pathway_review_date", "last_contact_date"}
    older = [c.headers[0] for c in declared()["care_leavers"].columns if c.name not in newer]
    match = FINDER.find([older])
    assert isinstance(match, Match)
    assert match.table.id == "care_leavers"
    assert match.missing == ()


def test_a_misspelt_header_is_a_near_miss() -> None:
    written = ["Date of referal" if h == "Date of referral" else h for h in headers("referrals")]
    miss = FINDER.find([written])
    assert isinstance(miss, NearMiss)
    assert (miss.table.id, miss.missing, miss.nearest) == (
        "referrals",
        ("Date of referral",),
        ("Date of referal",),
    )


def test_workers_without_a_start_are_not_taken_for_posts() -> None:
    written = [h for h in headers("workers") if h != "start"]
    miss = FINDER.find([written])
    assert isinstance(miss, NearMiss)
    assert miss.table.id == "workers"


def test_columns_may_stand_in_any_order_with_strangers_between() -> None:
    written = [*reversed(headers("cp")), "Our own column"]
    match = FINDER.find([written])
    assert isinstance(match, Match)
    assert match.table.id == "cp"
    assert match.ignored == ("Our own column",)


def test_the_first_of_a_repeated_header_is_used() -> None:
    written = [*headers("contacts"), "Gender"]
    match = FINDER.find([written])
    assert isinstance(match, Match)
    assert match.columns["gender"] == 1
    assert match.repeated == (("gender", 7),)


def test_tables_that_fit_equally_well_are_rivals_unless_the_file_says() -> None:
    from dataclasses import replace

    one = declared()["actions"]
    two = replace(one, id="tasks", files=("tasks.csv",))
    match = TableFinder([one, two]).find([headers("actions")])
    assert isinstance(match, Match)
    assert {match.table.id, *match.rivals} == {"actions", "tasks"}
    match = TableFinder([one, two]).find([headers("actions")], file_name="Tasks.csv")
    assert isinstance(match, Match)
    assert (match.table.id, match.rivals) == ("tasks", ())


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_column_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters
