"""From files to tables: every row and cell is in use, or set aside with its place and a reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.errors import EvidenceError
from selfassess.evidence import SourceFile
from selfassess.evidence.intake import take_files
from selfassess.evidence.readers import delimited, selfassess_evidence_readers
from selfassess.evidence.rows import UNLISTED
from selfassess.model.evidence import SetAside

from .conftest import column, headers, row

D = dt.date
MONDAY = D(2026, 1, 5)


def contact(child, day=MONDAY, **more):
    return row("contacts", child_id=child, contact_date=day, **more)


def check_ledger(evidence) -> None:
    """The promise of the ledger, for any evidence."""
    rows = Counter((a.path, a.sheet) for a in evidence.set_aside if a.column is None)
    cells = Counter((a.path, a.sheet) for a in evidence.set_aside if a.column is not None)
    for sheet in evidence.ledger:
        key = (sheet.path, sheet.sheet)
        assert sheet.rows_read == sheet.rows_used + sheet.rows_set_aside
        assert sheet.rows_set_aside == rows[key]
        assert sheet.unknown_cells == cells[key]
        counted = {k: n for k, n in sheet.reasons.items() if k != UNLISTED}
        assert sum(counted.values()) == rows[key] + cells[key]
    for id_, state in evidence.tables.items():
        used = sum(s.rows_used for s in evidence.ledger if s.table == id_)
        assert state.rows == used
        assert evidence.warehouse.query(
            f'SELECT count(*), count(DISTINCT row_id) FROM "{id_}"'
        ) == [(used, used)]


def test_rows_carry_their_place(workbook, read) -> None:
    path = workbook(
        {
            "List_1": [
                ["Contacts"],
                [],
                headers("contacts"),
                contact(1),
                [],
                contact("00123"),
                [None] * 7,
                contact(3.0),
            ]
        }
    )
    evidence = read(path)
    (sheet,) = evidence.ledger
    assert (sheet.table, sheet.header_row) == ("contacts", 3)
    assert (sheet.rows_read, sheet.rows_used, sheet.rows_set_aside) == (5, 3, 2)
    assert column(evidence, "contacts", "child_id") == ["1", "00123", "3"]
    assert column(evidence, "contacts", "source_row") == [4, 6, 8]
    assert column(evidence, "contacts", "source_sheet") == [0, 0, 0]
    assert evidence.set_aside == (
        SetAside(path="annex-a.xlsx", sheet="List_1", row=5, reason="blank row"),
        SetAside(path="annex-a.xlsx", sheet="List_1", row=7, reason="blank row"),
    )
    check_ledger(evidence)


def test_a_list_that_does_not_begin_in_the_first_column_or_row(workbook, read) -> None:
    indent = [None, None]
    rows = [[], [], [*indent, *headers("contacts")], [*indent, *contact(1)]]
    rows.append([*indent, *row("contacts", child_id=2, contact_date="soon")])
    evidence = read(workbook({"x": rows}))
    assert column(evidence, "contacts", "source_row") == [4, 5]
    (cell,) = evidence.set_aside
    assert (cell.row, cell.column) == (5, "H 'Date of Contact'")
    check_ledger(evidence)


def test_an_error_cell_is_unknown_and_a_blank_one_is_not(workbook, read) -> None:
    rows = [
        headers("cin"),
        row("cin", child_id=1, start_date=D(2025, 5, 1), case_status="c) Child in need plan"),
        row(
            "cin",
            child_id=2,
            start_date=D(2025, 5, 1),
            case_status="c) Child in need plan",
            worker="#N/A",
            team="#REF!",
        ),
        row("cin", child_id=3, start_date="#N/A", case_status="cin", worker="Ann\u00a0Lee"),
    ]
    evidence = read(workbook({"List 6": rows}))
    assert column(evidence, "cin", "worker") == [None, None, "Ann Lee"]
    assert column(evidence, "cin", "unknown_cells") == [None, "|team|worker|", "|start_date|"]
    assert dict(evidence.tables["cin"].unknown) == {"start_date": 1, "team": 1, "worker": 1}
    assert [(a.row, a.column, a.reason) for a in evidence.set_aside] == [
        (3, "M 'Allocated Team'", "error cell"),
        (3, "N 'Allocated Worker'", "error cell"),
        (4, "G 'CIN Start Date'", "error cell"),
    ]
    check_ledger(evidence)


def test_a_formula_that_was_never_reckoned_is_unknown_and_told_of(workbook, read) -> None:
    # What openpyxl writes as a formula has no result until a spreadsheet saves it.
    days = [contact("101"), contact("102", "=TODAY()"), contact("103", None)]
    evidence = read(workbook({"List 1": [headers("contacts"), *days]}))
    check_ledger(evidence)
    assert column(evidence, "contacts", "contact_date") == [MONDAY, None, None]
    assert column(evidence, "contacts", "unknown_cells") == [None, "|contact_date|", None]
    (cell,) = evidence.set_aside
    assert (cell.row, cell.column) == (3, "F 'Date of Contact'")
    assert cell.reason == "formula without a result"
    (problem,) = evidence.problems
    assert "1 cell holds a formula" in problem.message
    assert "Open the workbook in Excel" in problem.hint


def test_an_error_in_a_column_of_nobodys(workbook, read) -> None:
    rows = [[*headers("contacts"), "Ours"], [*contact(1), "#N/A"], [*contact(2), "x"]]
    evidence = read(workbook({"x": rows}))
    (cell,) = evidence.set_aside
    assert (cell.row, cell.column) == (2, "H")
    assert evidence.ledger[0].ignored_columns == ("Ours",)
    assert evidence.tables["contacts"].rows == 2
    check_ledger(evidence)


def test_rows_without_an_id_are_set_aside_and_every_row_with_one_is_used(workbook, read) -> None:
    rows = [
        headers("contacts"),
        contact(1),
        contact(None),
        contact("#N/A"),
        contact("A-7"),
        row("contacts", child_id=5),
        row("contacts", child_id="Total", age=17),
        row("contacts", child_id="Notes"),
        row("contacts", child_id="Drawn on 31/03/2026 by performance"),
        headers("contacts"),
        contact(0),
        contact("-"),
    ]
    evidence = read(workbook({"x": rows}))
    assert column(evidence, "contacts", "child_id") == ["1", "A-7", "5", "0"]
    assert [(a.row, a.reason) for a in evidence.set_aside if a.column is None] == [
        (3, "no id"),
        (4, "id cannot be read"),
        (7, "a total"),
        (8, "a note"),
        (9, "a note"),
        (10, "header repeated"),
        (12, "no id"),
    ]
    check_ledger(evidence)


def test_a_row_that_says_what_to_write_is_no_child(workbook, read) -> None:
    guidance = row(
        "contacts",
        child_id="System id",
        gender="Code set",
        birth_date="DD/MM/YYYY",
        age="Number",
        contact_date="DD/MM/YYYY",
    )
    evidence = read(workbook({"x": [headers("contacts"), guidance, contact(1)]}))
    check_ledger(evidence)
    assert column(evidence, "contacts", "child_id") == ["1"]
    assert [(a.row, a.column, a.reason) for a in evidence.set_aside] == [
        (2, None, "guidance on the columns")
    ]


@pytest.mark.parametrize("first", [0, 2])
@pytest.mark.parametrize("named", [lambda n: n, lambda n: chr(64 + n)])
def test_a_row_of_column_numbers_or_letters_is_no_child(workbook, read, named, first) -> None:
    wide = len(headers("contacts"))
    numbers = [named(n) for n in range(1, wide + 1)]
    rows = [headers("contacts"), numbers, contact(1), contact("C-2", "soon", gender="?")]
    evidence = read(workbook({"x": [[None] * first + cells for cells in rows]}))
    check_ledger(evidence)
    assert column(evidence, "contacts", "child_id") == ["1", "C-2"]
    assert [(a.row, a.reason) for a in evidence.set_aside if a.column is None] == [
        (2, "column numbers")
    ]
    assert {a.row for a in evidence.set_aside if a.column} == {4}


def test_a_child_of_whom_little_can_be_read_stays_a_child(workbook, read) -> None:
    rows = [
        contact("A-1", "soon", gender="?", birth_date="?", age="?"),  # an id with a figure
        contact("ABC", MONDAY, gender="?", birth_date="?"),  # a date that is read
    ]
    evidence = read(workbook({"x": [headers("contacts"), *rows]}))
    check_ledger(evidence)
    assert column(evidence, "contacts", "child_id") == ["A-1", "ABC"]


def american(*dates: str) -> list:
    return [headers("contacts"), *(contact(n, day) for n, day in enumerate(dates, 1))]


def test_dates_that_look_american_are_told_of(workbook, read) -> None:
    # Excel of another country leaves the dates that it cannot read as texts: those after the 12th.
    rows = [*american("12/31/2025", "01/02/2026", "2/13/26 10:30"), contact(9, D(2026, 4, 3))]
    evidence = read(workbook({"x": rows}))
    (problem,) = evidence.problems
    assert "column F 'Date of Contact': 2 dates can only be month first" in problem.message
    assert "the column's other 2 may be wrong" in problem.message
    assert "day first" in problem.hint
    assert "12/31/2025" not in str(problem)


@pytest.mark.parametrize(
    "dates",
    [
        ("12/31/2025", "31/12/2025"),  # one slip among dates that are day first
        ("32/13/2025", "soon"),
        ("01/02/2026", "02/01/2026"),
    ],
)
def test_other_dates_are_not_called_american(workbook, read, dates) -> None:
    assert read(workbook({"x": american(*dates, "2026-01-01")})).problems == ()


def test_a_worker_may_have_any_name(tmp_path, read) -> None:
    path = tmp_path / "workers.csv"
    path.write_text(
        "worker,team,role,fte,start,agency\n"
        "Worker,North,SW,1,2020-01-01,no\n"
        "Anna Maria Note,,,,,\n"
        "Total,,,7.5,,\n",
        encoding="utf-8",
    )
    evidence = read(path)
    assert column(evidence, "workers", "worker") == ["Worker", "Anna Maria Note"]
    check_ledger(evidence)


def test_rows_after_the_as_at_date(workbook, read) -> None:
    rows = [headers("contacts")]
    rows += [contact(n, D(2026, 3, 30) + dt.timedelta(days=n)) for n in range(4)]
    rows += [row("contacts", child_id=9, contact_date="?")]
    evidence = read(workbook({"x": rows}), as_at=D(2026, 3, 31))
    assert column(evidence, "contacts", "child_id") == ["0", "1", "9"]
    assert [(a.row, a.reason) for a in evidence.set_aside] == [
        (4, "after as-at"),
        (5, "after as-at"),
        (6, "not a date (day first, 1985 to 2040)"),
    ]
    check_ledger(evidence)


def test_the_as_at_date_ends_that_day(tmp_path, read) -> None:
    path = tmp_path / "contacts_hub.csv"
    path.write_text(
        "contact_id,source,received,decided\n"
        "1,police,2026-03-31 23:59,\n2,police,01/04/2026 00:00,\n",
        encoding="utf-8",
    )
    evidence = read(path, as_at=D(2026, 3, 31))
    assert column(evidence, "contacts_hub", "contact_id") == ["1"]


def test_hidden_and_guidance_sheets_stand_in_the_ledger(workbook, read) -> None:
    path = workbook(
        {
            "Guidance": [["How to fill in"], [], ["Child Unique ID", "the local id"]],
            "Empty": [],
            "Old": [
                headers("referrals"),
                row("referrals", child_id=1, referral_date=D(2026, 1, 1)),
            ],
        },
        hidden=["Old"],
    )
    evidence = read(path)
    guidance, empty, old = evidence.ledger
    assert (guidance.table, guidance.rows_read, guidance.rows_set_aside) == (None, 3, 3)
    assert (empty.table, empty.rows_read) == (None, 0)
    assert (old.table, old.rows_used, old.hidden) == ("referrals", 1, True)
    check_ledger(evidence)


def test_both_layouts_of_list_nine_are_one_table(workbook, read, tables) -> None:
    newer = {"uasc", "personal_adviser", "pathway_review_date", "last_contact_date"}
    older = [c.headers[0] for c in tables["care_leavers"].columns if c.name not in newer]
    full = row("care_leavers", child_id=2, eligibility="b) Former relevant child")
    path = workbook({"List 9": [older, [1, "Male"]], "List 9 new": [headers("care_leavers"), full]})
    evidence = read(path)
    state = evidence.tables["care_leavers"]
    assert state.rows == 2
    # A column counts as found only where every sheet of the table has it.
    assert not newer & state.columns
    assert any("The rows of both are used" in p.message for p in evidence.problems)
    check_ledger(evidence)


def test_dates_of_all_kinds_in_one_column(workbook, read) -> None:
    days = [D(2026, 1, 5), "05/01/2026", 46027, "46027", "2026-01-05", "5 Jan 2026", "31/02/2026"]
    rows = [headers("contacts"), *(contact(n, day) for n, day in enumerate(days))]
    evidence = read(workbook({"x": rows}))
    assert column(evidence, "contacts", "contact_date") == [D(2026, 1, 5)] * 6 + [None]
    assert [(a.row, a.column) for a in evidence.set_aside] == [(8, "F 'Date of Contact'")]


def test_a_workbook_that_counts_from_1904(workbook, read) -> None:
    rows = [headers("contacts"), contact(1, D(2026, 1, 5)), contact(2, 46027 - 1462)]
    evidence = read(workbook({"x": rows}, date1904=True))
    assert column(evidence, "contacts", "contact_date") == [D(2026, 1, 5)] * 2


def test_ids_that_are_numbers_in_one_list_and_text_in_another_meet(workbook, read) -> None:
    path = workbook(
        {
            "a": [headers("contacts"), contact(9212044), contact("9212045 ")],
            "b": [
                headers("referrals"),
                row("referrals", child_id="9212044", referral_date=D(2026, 1, 6)),
                row("referrals", child_id=9212045.0, referral_date=D(2026, 1, 6)),
            ],
        }
    )
    evidence = read(path)
    joined = "SELECT count(*) FROM contacts JOIN referrals USING (child_id)"
    assert evidence.warehouse.query(joined) == [(2,)]


def test_ids_that_lost_their_noughts_are_told_of(workbook, read, tmp_path) -> None:
    rows = [contact(child) for child in ("0012", "0013", "14", "A07")]
    book = workbook({"a": [headers("contacts"), *rows]})
    visits = tmp_path / "visits.csv"
    visits.write_text(
        "child_id,kind,date\n12,cp,2026-01-01\n13,cp,2026-01-01\nA7,cp,2026-01-01\n14,cp,2026-01-01\n",
        encoding="utf-8",
    )
    (problem,) = read(book, visits).problems
    assert problem.where == "annex-a.xlsx, visits.csv"
    assert "2 ids differ by leading noughts alone, as in Contacts (list 1) and Visits" in str(
        problem
    )
    assert "0012" not in str(problem)


@pytest.mark.parametrize("children", [("0012", "13"), ("12", "13"), ("0012", "0013")])
def test_noughts_that_no_list_lost_are_no_fault(workbook, read, children) -> None:
    rows = {"a": [headers("contacts"), *map(contact, children)]}
    rows["b"] = [
        headers("referrals"),
        *(row("referrals", child_id=child, referral_date=MONDAY) for child in children),
    ]
    assert read(workbook(rows)).problems == ()


def test_codes_become_ids_and_others_stay(workbook, read) -> None:
    genders = ["b) Female", "Female", "a) Male", "perhaps", None, "-"]
    rows = [headers("contacts"), *(contact(n, gender=g) for n, g in enumerate(genders, 1))]
    evidence = read(workbook({"x": rows}))
    assert column(evidence, "contacts", "gender") == [
        "female",
        "female",
        "male",
        "perhaps",
        None,
        None,
    ]
    assert dict(evidence.tables["contacts"].unlisted) == {"gender": 1}
    assert evidence.ledger[0].reasons == {UNLISTED: 1}
    assert [(k.sheet, k.row, k.column, k.reason) for k in evidence.kept] == [
        ("x", 5, "B 'Gender'", UNLISTED)
    ]
    assert evidence.set_aside == ()
    check_ledger(evidence)


def test_hostile_cells_are_only_text(workbook, read) -> None:
    texts = ["=1+1", "'; DROP TABLE contacts; --", "<script>", "{{ 7 * 7 }}", "x" * 32_000, "a|b"]
    rows = [headers("referrals")]
    for n, text in enumerate(texts, 1):
        rows.append(row("referrals", child_id=n, referral_date=D(2026, 1, 1), worker=text))
    path = workbook({"x'; --": rows}, name="it's a file; --.xlsx")
    evidence = read(path)
    found = column(evidence, "referrals", "worker")
    # A formula without a computed value is blank in the file.
    assert found[1:] == texts[1:]
    assert evidence.ledger[0].sheet == "x'; --"


def test_no_file_can_be_opened_once_all_are_read(tmp_path, tables) -> None:
    path = tmp_path / "actions.csv"
    path.write_text(",".join(headers("actions")) + "\n", encoding="utf-8")
    sources = [SourceFile(path, path.name)]
    taken = take_files(sources, tables=tables, readers=selfassess_evidence_readers())
    with pytest.raises(EvidenceError, match="refused"):
        taken.warehouse.query(f"SELECT * FROM read_csv('{path.as_posix()}')")


def test_a_near_miss_is_told_of_with_the_nearest_header(workbook, read) -> None:
    names = ["Date of referal" if h == "Date of referral" else h for h in headers("referrals")]
    path = workbook(
        {
            "a": [headers("contacts"), contact(1)],
            "b": [names, row("referrals", child_id=1, referral_date=D(2026, 1, 1))],
        }
    )
    evidence = read(path)
    (problem,) = evidence.problems
    assert problem.where == "annex-a.xlsx, b, row 1"
    assert "'Date of referral' (nearest there: 'Date of referal')" in problem.message
    assert not evidence.tables["referrals"].present
    check_ledger(evidence)


def test_a_near_miss_names_the_headers_that_it_does_not_know(workbook, read) -> None:
    names = ["Mosaic ref" if h == "Child Unique ID" else h for h in headers("contacts")]
    rows = [[*names, "Ward"], [*contact(1), "North"]]
    with pytest.raises(EvidenceError) as caught:
        read(workbook({"a": rows}))
    (problem,) = caught.value.problems
    assert "lacks the header 'Child Unique ID'" in problem.message
    assert problem.message.endswith("does not know: 'Mosaic ref', 'Ward'.")


@pytest.mark.parametrize("split", [1, 3])
def test_headers_may_stand_on_two_rows(workbook, read, split: int) -> None:
    names = headers("contacts")
    upper = [*names[:split], "Details of the contact"]
    lower = [*[None] * split, *names[split:]]
    evidence = read(workbook({"a": [["Title"], upper, lower, contact(1), contact(2)]}))
    check_ledger(evidence)
    assert column(evidence, "contacts", "child_id") == ["1", "2"]
    assert [sheet.header_row for sheet in evidence.ledger] == [3]
    assert evidence.problems == ()


def test_a_row_below_the_headers_is_no_second_row_of_them(workbook, read) -> None:
    # Its cells are blank but for one whose text is a header of some list.
    rows = [headers("referrals"), row("referrals", allocated_worker="Gender"), []]
    rows += [row("referrals", child_id=1, referral_date=D(2026, 1, 1))]
    evidence = read(workbook({"a": rows}))
    assert [sheet.header_row for sheet in evidence.ledger] == [1]
    assert column(evidence, "referrals", "child_id") == ["1"]


def test_a_list_that_stands_in_two_files_is_told_of_once(workbook, read) -> None:
    referrals = [headers("referrals"), row("referrals", child_id=1, referral_date=MONDAY)]
    older = [headers("contacts"), contact(1), contact(2), contact(3, D(2025, 12, 1))]
    newer = [headers("contacts"), contact(1), contact(3), contact(4)]
    first = workbook({"a": older, "b": referrals}, name="feb.xlsx")
    second = workbook({"a": newer, "b": referrals}, name="mar.xlsx")
    evidence = read(first, second)
    (problem,) = evidence.problems
    assert problem.where == "mar.xlsx"
    assert "holds what feb.xlsx holds as well: Contacts (list 1), Referrals" in problem.message
    # Children 1 and 3 of the contacts and 1 of the referrals; the rows of 1 are the same.
    assert problem.message.endswith("used; 3 ids stand in both, 2 rows alike in every column.")
    assert "sources: in selfassess.yaml" in problem.hint
    assert evidence.tables["contacts"].rows == 6


def test_a_list_on_two_sheets_is_told_of(workbook, read) -> None:
    rows = [contact(n) for n in range(1, 5)]
    head = headers("contacts")
    (problem,) = read(workbook({"a": [head, *rows[:2]], "b": [head, *rows[2:]]})).problems
    assert problem.where == "annex-a.xlsx, b"
    assert problem.message.endswith("as was the sheet a. The rows of both are used.")
    (problem,) = read(workbook({"a": [head, *rows], "b": [head, rows[0]]})).problems
    assert problem.message.endswith("used; 1 id stands in both, 1 row alike in every column.")


def test_a_missing_header_is_told_of(workbook, read) -> None:
    names = [h for h in headers("contacts") if h != "Contact Source"]
    evidence = read(workbook({"a": [names, contact(1)[:-1]]}))
    (problem,) = evidence.problems
    assert "'Contact Source'" in problem.message
    assert "contact_source" not in evidence.tables["contacts"].columns


def test_a_repeated_header_is_told_of(workbook, read) -> None:
    rows = [[*headers("contacts"), "Gender"], [*contact(1, gender="Male"), "Female"]]
    evidence = read(workbook({"a": rows}))
    (problem,) = evidence.problems
    assert "columns B and H" in problem.message
    assert column(evidence, "contacts", "gender") == ["male"]


def test_ids_that_lost_their_digits_are_told_of(tmp_path, read) -> None:
    path = tmp_path / "visits.csv"
    path.write_text("child_id,kind,date\n1.2E+10,cp,2026-01-01\n", encoding="utf-8")
    evidence = read(path)
    assert any("last digits are lost" in p.message for p in evidence.problems)


def test_a_csv_form_not_filled_in_is_not_present_but_an_empty_list_is(
    tmp_path, workbook, read
) -> None:
    path = tmp_path / "visits.csv"
    path.write_text("child_id,kind,date,recorded,alone\n", encoding="utf-8")
    book = workbook({"a": [headers("contacts"), contact(1)], "b": [headers("adopters")]})
    evidence = read(path, book)
    assert not evidence.tables["visits"].present
    assert evidence.tables["adopters"].present
    assert evidence.tables["adopters"].rows == 0
    assert not evidence.problems


def test_every_table_exists_with_its_types(workbook, read, tables) -> None:
    evidence = read(workbook({"a": [headers("contacts"), contact(1)]}))
    kinds = dict(
        evidence.warehouse.query(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = 'contacts_hub'"
        )
    )
    assert kinds["received"] == "TIMESTAMP"
    assert kinds["contact_id"] == "VARCHAR"
    for id_, table in tables.items():
        names = evidence.warehouse.columns(f'SELECT * FROM "{id_}"')
        assert set(names) == {c.name for c in table.columns} | {
            "row_id",
            "source_sheet",
            "source_row",
            "unknown_cells",
        }


def test_the_older_extract_is_told_of(workbook, read) -> None:
    path = workbook({"a": [headers("contacts"), contact(1)]})
    evidence = read(path, as_at=D(2026, 3, 31), extract_date=D(2026, 3, 20))
    assert evidence.tables["contacts"].extract_date == D(2026, 3, 20)
    assert any("11 days before" in p.message for p in evidence.problems)


def test_one_bad_file_does_not_stop_the_others(workbook, read, tmp_path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut short")
    evidence = read(bad, workbook({"a": [headers("contacts"), contact(1)]}))
    assert evidence.tables["contacts"].rows == 1
    (problem,) = evidence.problems
    assert problem.where == "bad.xlsx"
    assert [i.name for i in evidence.inputs] == ["bad.xlsx", "annex-a.xlsx"]
    assert all(len(i.sha256) == 64 for i in evidence.inputs)


def test_sheets_of_no_use_are_named_where_there_is_no_list(workbook, read) -> None:
    rows = {"a": [contact(1), contact(2)], "b": [headers("referrals")], "c": []}
    with pytest.raises(EvidenceError) as caught:
        read(workbook(rows), as_at=None)
    told = [(problem.where, problem.message) for problem in caught.value.problems]
    assert told == [
        (
            "annex-a.xlsx, a",
            "none of its first 30 rows holds the headers of a list; 2 rows are not used.",
        ),
        ("annex-a.xlsx, b", "a list's headers, and no row below them."),
    ]
    assert "run again" in caught.value.hint


def test_no_list_at_all_is_an_error(workbook, read) -> None:
    with pytest.raises(EvidenceError, match="No list could be read"):
        read(workbook({"a": [["hello"]]}))


def test_a_text_that_the_engine_may_not_open_is_read_all_the_same(
    tmp_path, read, monkeypatch
) -> None:
    # As on Windows, where Excel holds the file: Python opens it, the engine does not.
    path = tmp_path / "visits.csv"
    path.write_text("child_id,kind,date\n1,cp,2026-01-01\n2,cp,2026-01-02\n", encoding="utf-8")
    data = path.read_bytes()
    monkeypatch.setattr(delimited, "contents", lambda _: data)
    path.unlink()
    evidence = read(path)
    assert column(evidence, "visits", "child_id") == ["1", "2"]
    assert evidence.problems == ()
    check_ledger(evidence)


def test_a_list_below_another_is_not_read_as_part_of_it(workbook, read) -> None:
    rows = [headers("contacts"), contact(1), contact(2, "soon")]
    rows += [[], ["List 3"], headers("referrals")]
    rows += [row("referrals", child_id=n, referral_date=MONDAY) for n in (1, 2, 3)]
    evidence = read(workbook({"a": rows}))
    check_ledger(evidence)
    assert column(evidence, "contacts", "child_id") == ["1", "2"]
    (sheet,) = evidence.ledger
    assert (sheet.rows_read, sheet.rows_used) == (8, 2)
    # The second list's title goes with it; of its cells nothing is said.
    assert sheet.reasons["below another list's headers"] == 4
    assert sheet.unknown_cells == 1
    (problem,) = evidence.problems
    assert problem.where == "annex-a.xlsx, a, row 6"
    assert problem.hint == "Put each list on a sheet of its own."
    assert "Referrals (list 3) stand below Contacts (list 1); the 3 rows" in problem.message


def test_same_files_same_tables(workbook, read) -> None:
    rows = [headers("contacts"), *(contact(n, gender="Male") for n in range(500))]
    path = workbook({"a": rows})
    one, two = read(path), read(path)
    everything = "SELECT * FROM contacts"
    assert one.warehouse.query(everything) == two.warehouse.query(everything)
    assert (one.ledger, one.set_aside, one.inputs) == (two.ledger, two.set_aside, two.inputs)


CELL = st.one_of(
    st.none(),
    st.integers(0, 10**9),
    st.sampled_from(["-", " ", "#N/A", "Total", "a) Yes", "31/01/2026", "31/02/2026", "x y z"]),
    st.dates(D(2024, 1, 1), D(2027, 1, 1)),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=12))
def test_any_rows_are_accounted_for(workbook, read, cells) -> None:
    rows = [headers("contacts"), *cells, contact(1)]
    evidence = read(workbook({"x": rows}))
    assert evidence.ledger[0].rows_read == len(rows) - 1
    check_ledger(evidence)


@pytest.mark.parametrize("name", ["contacts.csv", "it's O'Neil é.csv", "under/contacts.csv"])
def test_the_engine_may_open_the_files_that_are_named(tmp_path, tables, monkeypatch, name) -> None:
    """What it may not open is split by Python, which takes ten times as long and says nothing."""

    def slow(*_args):
        raise AssertionError("the engine did not open the file")

    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    lines = [headers("contacts"), *(contact(n, "2026-01-05") for n in (1, 2, 3))]
    text = "".join(",".join(str(cell or "") for cell in line) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(delimited, "_rows", slow)
    taken = take_files(
        [SourceFile(path=path, name=name)],
        tables=tables,
        readers=selfassess_evidence_readers(),
    )
    assert not taken.ledger.problems
    assert taken.warehouse.query("SELECT count(*) FROM contacts") == [(3,)]
