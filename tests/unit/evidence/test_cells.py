"""What a cell's text becomes, type by type."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfassess.evidence import cells
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.evidence.terms import TERMS, Terms, look_up
from selfassess.model.evidence import Code, Column

YES_NO = (
    Code(id="yes", title="Yes", also=("Y",)),
    Code(id="no", title="No", also=("N",)),
)


def typed(texts: list[str | None], kind: str, *, date1904: bool = False, codes=()) -> list[tuple]:
    """Read texts as one column; (value, mark) each, by way of the same SQL as a sheet's."""
    warehouse = DuckDBWarehouse()
    warehouse.execute(
        "CREATE TABLE s AS SELECT unnest($1::INTEGER[]) AS r, unnest($2::VARCHAR[]) AS c0",
        [list(range(len(texts))), texts],
    )
    column = Column(name="x", headers=("X",), type=kind, codes=codes)
    terms = look_up(warehouse, [column], ["c0"], "FROM s WHERE r >= 0", date1904=date1904)
    picked = f"{terms.value(0, 'c0', column)} AS v0{terms.marks(['c0'])}"
    inner = f"SELECT x.r, c0, {picked} FROM s AS x{terms.joins(['c0'])}"
    mark = "a0" if 0 in terms.faulty | terms.unlisted else "NULL"
    found = warehouse.ask(f"SELECT v0, {mark}, c0 FROM ({inner}) ORDER BY r", terms.parameters)
    # A sheet has no use for the marks of blanks.
    found = [
        (held, "b" if text is not None and held is None and not sign else sign)
        for held, sign, text in found
    ]
    warehouse.close()
    return found


def value(text: str | None, kind: str, **options):
    """A text's value alone, and among texts that keep the column from being plain."""
    alone = typed([text], kind, **options)[0]
    among = typed([text, " - ", "\u00a0x\u00a0"], kind, **options)[0]
    if alone[1] != "b" and among[1] != "b":
        assert alone == among
    return alone


FEB = dt.date(2024, 2, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-05",
        "2024-02-05 00:00:00",
        "2024-02-05 13:45:10",
        "2024-02-05T13:45:10.123Z",
        "45327",
        "45327.0",
        "45327.75",
        "05/02/2024",
        "5/2/2024",
        "05-02-2024",
        "05.02.2024",
        "05/02/24",
        "5 Feb 2024",
        "05-Feb-24",
        "5th February 2024",
        "Monday 5 February 2024",
        "Mon, 5 Feb 2024",
        "February 5, 2024",
        "05/02/2024 10:30",
        "05/02/2024 10:30:59",
        "05/02/2024 2:30 PM",
        "2024/02/05",
        "20240205",
        "  05/02/2024\u00a0",
        "2024-02-05T23:30:00+00:00",
        "2024-02-05 13:45:10.123+0100",
        "05/02/2024 10:30 +01:00",
        "'05/02/2024",
        "\u200e05/02/2024",
    ],
)
def test_dates_in_every_form_seen(text: str) -> None:
    assert value(text, "date") == (FEB, None)


def test_day_comes_first() -> None:
    assert value("04/03/2024", "date") == (dt.date(2024, 3, 4), None)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2024",
        "2024-02-30",
        "2023-02-29 00:00:00",
        "02/25/2024",
        "2024",
        "13",
        "01/01/1900",
        "31/12/9999",
        "1984-12-31",
        "2041-01-01",
        "soon",
        "05/02/2024 25:00",
        "5 Feb",
        "2024-02-05 or later",
        "0204-02-05",
        "05/02/2024 10:30-12:00",
    ],
)
def test_impossible_dates_are_unknown(text: str) -> None:
    assert value(text, "date") == (None, "p")


@pytest.mark.parametrize("text", ["", " ", "-", "–", "\u00a0", "N/A", "n/a", "NULL", "NaT", "tbc"])
def test_blank_is_not_unknown(text: str) -> None:
    assert value(text, "date") == (None, "b")


def test_an_empty_cell_is_neither() -> None:
    assert value(None, "date") == (None, None)


@pytest.mark.parametrize("text", ["#N/A", "#REF!", " #VALUE! ", "#DIV/0!", "#NAME?", "#####"])
@pytest.mark.parametrize("kind", ["text", "id", "date", "datetime", "integer", "number", "code"])
def test_error_texts_are_unknown_in_every_type(text: str, kind: str) -> None:
    codes = YES_NO if kind == "code" else ()
    assert value(text, kind, codes=codes) == (None, "e")


def test_serials_of_a_1904_workbook() -> None:
    # 4 January 1904 is day 3 there, so 5 February 2024 is 1462 days fewer than elsewhere.
    assert value("43865", "date", date1904=True) == (FEB, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-02-05 10:30:15", dt.datetime(2024, 2, 5, 10, 30, 15)),
        ("2024-02-05 10:30", dt.datetime(2024, 2, 5, 10, 30)),
        ("2024-02-05", dt.datetime(2024, 2, 5)),
        ("05/02/2024 10:30", dt.datetime(2024, 2, 5, 10, 30)),
        ("5/2/24 9:05", dt.datetime(2024, 2, 5, 9, 5)),
        ("45327.5", dt.datetime(2024, 2, 5, 12)),
        ("05/02/2024 2:30pm", dt.datetime(2024, 2, 5, 14, 30)),
    ],
)
def test_times_follow_the_date(text: str, expected: dt.datetime) -> None:
    assert value(text, "datetime") == (expected, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2", 2), ("2.0", 2), (" 2 ", 2), ("0", 0), ("-1", -1), ("+3", 3), ("007", 7)],
)
def test_whole_numbers(text: str, expected: int) -> None:
    assert value(text, "integer") == (expected, None)


@pytest.mark.parametrize("text", ["2.5", "two", "1,5", "inf", "1_000", "0x10", "9" * 30])
def test_what_is_no_whole_number(text: str) -> None:
    assert value(text, "integer") == (None, "p")


@pytest.mark.parametrize(
    ("text", "expected"), [("0.6", 0.6), ("1", 1.0), (".5", 0.5), ("1e-1", 0.1), ("-2.50", -2.5)]
)
def test_numbers(text: str, expected: float) -> None:
    assert value(text, "number") == (expected, None)


@pytest.mark.parametrize("text", ["inf", "1.2.3", "six", "12 weeks", "£5"])
def test_what_is_no_number(text: str) -> None:
    assert value(text, "number") == (None, "p")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123", "123"),
        ("123.0", "123"),
        (" 123", "123"),
        ("123\u00a0", "123"),
        ("00123", "00123"),
        ("123.5", "123.5"),
        ("AB 12", "AB 12"),
        ("C-0012", "C-0012"),
        ("0", "0"),
        ("12\u200b3", "123"),
        ("\u200f123\u202c", "123"),
        ("1\u00ad23", "123"),
        ("'0042", "0042"),
    ],
)
def test_ids_meet_across_lists(text: str, expected: str) -> None:
    assert value(text, "id") == (expected, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann\u00a0Lee", "Ann Lee"),
        ("  Ann   Lee ", "Ann Lee"),
        ("Ann\nLee", "Ann Lee"),
        ("Siân Ŵyn", "Siân Ŵyn"),
        ("O'Neil", "O'Neil"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("'; DROP TABLE cin; --", "'; DROP TABLE cin; --"),
        ("#1 Duty Team", "#1 Duty Team"),
        ("x" * 40_000, "x" * 40_000),
        ("A\u00adnn\u200b Lee\u200e", "Ann Lee"),
        ("\u202eAnn Lee\u202c", "Ann Lee"),
        ("E\u0301ve Lee", "Éve Lee"),
        ("'t Hooft", "'t Hooft"),
        ("فاطمه\u200cزهرا", "فاطمه\u200cزهرا"),
    ],
)
def test_texts_are_kept_but_for_spaces(text: str, expected: str) -> None:
    assert value(text, "text") == (expected, None)


@pytest.mark.parametrize("text", ["None", "null", "-", "N/A", "(blank)", "—"])
def test_words_for_blank_in_texts(text: str) -> None:
    assert value(text, "text") == (None, "b")


@pytest.mark.parametrize("text", ["NA", "TBC", "Nan Jones"])
def test_words_that_may_mean_something_stay_texts(text: str) -> None:
    assert value(text, "text") == (text, None)


@pytest.mark.parametrize("text", ["b) Y\u00ades", "\u200eYes\u200f", "Y\u200bes"])
def test_signs_that_nobody_sees_hide_no_code(text: str) -> None:
    assert typed([text], "code", codes=YES_NO) == [("yes", None)]


def test_codes_not_in_the_set_stay_as_text_and_are_marked() -> None:
    assert typed(["a) Yes", "perhaps", "-", None], "code", codes=YES_NO) == [
        ("yes", None),
        ("perhaps", "l"),
        (None, "b"),
        (None, None),
    ]


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
DAYS = st.dates(dt.date(1985, 1, 1), dt.date(2040, 12, 31))
FORMS = st.sampled_from(
    [
        lambda d: d.isoformat(),
        lambda d: f"{d.isoformat()} 00:00:00",
        lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}",
        lambda d: f"{d.day}-{d.month}-{d.year}",
        lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
        lambda d: str((d - dt.date(1899, 12, 30)).days),
        lambda d: f"{(d - dt.date(1899, 12, 30)).days}.0",
        lambda d: f"{d.year}{d.month:02d}{d.day:02d}",
        lambda d: f" {d.day:02d}.{d.month:02d}.{d.year}\u00a0",
    ]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(DAYS, FORMS), min_size=1, max_size=60))
def test_any_mixture_of_forms_reads_back(written: list) -> None:
    texts = [form(day) for day, form in written]
    assert typed(texts, "date") == [(day, None) for day, _ in written]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=30)), min_size=1, max_size=60))
@pytest.mark.parametrize("kind", ["id", "text", "date", "datetime", "integer", "number"])
def test_every_text_is_a_value_or_blank_or_unknown(kind: str, texts: list) -> None:
    texts = [t.replace("\x00", "") if t else t for t in texts]
    for text, (found, mark) in zip(texts, typed(texts, kind), strict=True):
        if found is not None:
            assert mark is None
        else:
            assert text is None or mark in ("b", "e", "p")
            if mark == "p":
                assert text.strip()


@given(st.text(max_size=20))
def test_literals_hold_any_text(text: str) -> None:
    text = text.replace("\x00", "")
    assert cells.literal(text)[1:-1].replace("''", "'") == text


def dates_of(warehouse: DuckDBWarehouse) -> Terms:
    return look_up(
        warehouse,
        [Column(name="x", headers=("X",), type="date")],
        ["c0"],
        "FROM s WHERE r > 0",
        date1904=False,
    )


def test_each_unusual_text_is_read_once() -> None:
    warehouse = DuckDBWarehouse()
    warehouse.execute("CREATE TABLE s AS SELECT 1 AS r, '5 Feb 2024' AS c0 FROM range(500)")
    assert dates_of(warehouse).parameters == [
        ["5 Feb 2024"],
        [dt.datetime(2024, 2, 5)],
    ]


def test_many_unusual_texts_stand_in_a_table_each_once() -> None:
    warehouse = DuckDBWarehouse()
    warehouse.execute(
        "CREATE TABLE s AS SELECT 1 AS r, CAST(45000 + range % 300 AS VARCHAR) AS c0"
        " FROM range(900)"
    )
    assert dates_of(warehouse).joined == {0}
    assert warehouse.query(f"SELECT count(*) FROM {TERMS}") == [(300,)]


def test_british_dates_need_no_look() -> None:
    warehouse = DuckDBWarehouse()
    warehouse.execute(
        "CREATE TABLE s AS SELECT 1 AS r, unnest(['2024-02-05', '05/02/2024', NULL]) AS c0"
    )
    terms = dates_of(warehouse)
    assert not terms.looked_up
    assert terms.odd == {0}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("HUB-000012", True),
        ("A/7", True),
        ("00123", True),
        ("ch1ld", True),
        ("Total-5", False),
        ("sub-total1", False),
        ("Child-ID", False),
        ("HUB-", False),
        (" HUB-1", False),
        ("HUB-1\u00a0", False),
    ],
)
def test_only_an_id_that_can_be_nothing_else_is_plain(text: str, plain: bool) -> None:
    looks = cells.is_usual("$1", "id")
    assert DuckDBWarehouse().ask(f"SELECT {looks}", [text]) == [(plain,)]
