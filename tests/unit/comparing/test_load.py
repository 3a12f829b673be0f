"""Reading and importing: every fault with its place; imports replace rows, never judge."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from selfassess.comparing import load_benchmarks
from selfassess.comparing.compare import comparators_of
from selfassess.comparing.imports import import_release
from selfassess.comparing.intake import read_table
from selfassess.errors import EvidenceError, PluginError
from selfassess.toolkit import Toolkit

from .conftest import catalogue, figure, separation, ship, write

HEADER = (
    "year_end,level,la_code,old_la_code,la_name,region,indicator_id,"
    "value,numerator,denominator,status,source_id,flag"
)
SOUND = "2026,national,E92000001,,England,,on-time,81.5,,,value,src,"
ASHBY = "2026,local_authority,E06000901,901,Ashby,Midshire,on-time"


def problems(text: str, folder: Path) -> str:
    file = folder / "new.csv"
    file.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(EvidenceError) as caught:
        read_table(file, file.name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{ASHBY},,5,,c,src,", "new.csv:3: status is 'c', yet the row carries a number"),
        (f"{ASHBY},,,,value,src,", "new.csv:3: status is 'value', but there is no value"),
        (f"{ASHBY},0,,,c,src,", "new.csv:3: status is 'c', yet the row carries a number"),
        (f'{ASHBY},"1,234",,,value,src,', "new.csv:3: value is '1,234'; expected a plain number"),
        (f"{ASHBY},nan,,,value,src,", "new.csv:3: value is 'nan'"),
        (f"{ASHBY},12%,,,value,src,", "new.csv:3: value is '12%'"),
        (f"{ASHBY},12,,,valu,src,", "Did you mean 'value'?"),
        (f"{ASHBY},12,,,value,src,joint", "new.csv:3: flag is 'joint'"),
        (f"{ASHBY},12,,,value,,", "new.csv:3: source_id is empty"),
        (f"{ASHBY},12,,,value,src", "new.csv:3: 12 cells where the header has 13"),
        (ASHBY.replace("2026", "26") + ",12,,,value,src,", "year_end is 26"),
        (ASHBY.replace("2026", "2025/26") + ",12,,,value,src,", "expected a whole number"),
        (ASHBY.replace("901,Ashby", ",Ashby") + ",12,,,value,src,", "Councils have an old_la_code"),
        (ASHBY.replace("local_authority", "council") + ",1,,,value,src,", "level is 'council'"),
        (f"{ASHBY},c,,,value,src,", "Leave value empty and put 'c' under status"),
        (f"{ASHBY},:,,,:,src,", "Leave value empty and put ':' under status"),
        (f"{ASHBY},-3,,,value,src,", "new.csv:3: value is -3; nothing published is below 0"),
        (f"{ASHBY},3,-1,40,value,src,", "new.csv:3: numerator is -1"),
        (SOUND, "stands in line 2 already"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    assert said in problems(f"{HEADER}\n{SOUND}\n{row}\n", tmp_path)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    text = problems(
        f"{HEADER}\n{ASHBY},x,,,value,src,\n{SOUND}\n{ASHBY},y,,,value,src,\n", tmp_path
    )
    assert "new.csv:2:" in text
    assert "new.csv:4:" in text


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (HEADER.replace("status", "Status"), "lacks status; has unknown Status"),
        (HEADER.replace(",flag", ""), "lacks flag"),
        (HEADER + ",flag", "repeats flag"),
        ("child,team,worker", "is none of a table of published figures"),
        ("", "new.csv: the file is empty"),
        (HEADER.replace(",", ";"), "new.csv:1: columns are separated by semicolons, not commas"),
        (HEADER.replace(",", "\t"), "new.csv:1: columns are separated by tabs, not commas"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(tmp_path: Path, header: str, said: str) -> None:
    assert said in problems(f"{header}\n", tmp_path)


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    assert "a header and no rows" in problems(f"{HEADER}\n", tmp_path)


def test_a_workbook_is_no_csv(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_bytes(b"PK\x03\x04\xff\xfe\x00")
    with pytest.raises(EvidenceError, match="not a text file in UTF-8"):
        read_table(file, file.name)


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\r\n{SOUND}\r\n\r\n".encode())
    table = read_table(file, file.name)
    assert (table.shape.name, table.total, table.rows[0]["value"]) == ("indicators", 1, 81.5)


def test_an_imported_row_replaces_the_shipped_one_and_leaves_the_others(
    tmp_path: Path, tables: Any
) -> None:
    new = [figure("England", 2025, 81), figure("England", 2026, 82)]
    file = write(tmp_path / "new.csv", "indicators", new)
    found = load_benchmarks([ship(tmp_path / "release", tables)], [file])
    years = found.of("on-time", found.ENGLAND)
    assert {year: each.value for year, each in years.items()} == {2024: 79, 2025: 81, 2026: 82}
    assert [(each.table, each.rows) for each in found.imported] == [("indicators", 2)]
    assert len(found.imported[0].sha256) == 64


def test_newer_figures_do_not_move_the_line_of_good_or_better_councils(
    tmp_path: Path, tables: Any
) -> None:
    file = write(tmp_path / "new.csv", "indicators", [figure("England", 2025, 60)])
    found = load_benchmarks([ship(tmp_path / "release", tables)], [file])
    ashby = found.council("901")
    assert ashby is not None
    kinds = {each.kind: each for each in comparators_of("on-time", 75, found, ashby, None)}
    assert kinds["england"].value == 60
    assert (kinds["good-or-better"].low, kinds["good-or-better"].line) == (76, 76)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (figure("England", 2026, 1, indicator="on-tme"), "Did you mean 'on-time'?"),
        (figure("Ashby", 2026, 1, old_la_code="999"), "is no council's"),
        (figure("Midshire", 2026, 1, la_name="Midshir"), "Did you mean 'Midshire'?"),
    ],
)
def test_figures_of_what_nothing_knows_are_refused(
    tmp_path: Path, tables: Any, row: dict[str, Any], said: str
) -> None:
    file = write(tmp_path / "new.csv", "indicators", [row])
    with pytest.raises(EvidenceError) as caught:
        load_benchmarks([ship(tmp_path / "release", tables)], [file])
    assert "new.csv:2:" in str(caught.value)
    assert said in str(caught.value)


def test_a_share_over_a_hundred_needs_counts_that_bear_it_out(tmp_path: Path, tables: Any) -> None:
    shipped = [ship(tmp_path / "release", tables)]
    new = write(tmp_path / "new.csv", "indicators", [figure("England", 2026, 118)])
    with pytest.raises(EvidenceError, match=r"new\.csv:2: value is 118; a share over 100% needs"):
        load_benchmarks(shipped, [new])
    # More conferences than enquiries in a year: there are such shares, and counts that say so.
    counted = figure("England", 2026, 118, numerator=59, denominator=50)
    load_benchmarks(shipped, [write(tmp_path / "new.csv", "indicators", [counted])])


def test_a_folder_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="it is a folder"):
        import_release(tmp_path, tmp_path, [])


def test_a_new_indicator_may_come_with_its_catalogue(tmp_path: Path, tables: Any) -> None:
    files = [
        write(tmp_path / "a.csv", "indicators", [figure("England", 2026, 1, indicator="fresh")]),
        write(tmp_path / "b.csv", "indicator_catalogue", [catalogue("fresh")]),
    ]
    found = load_benchmarks([ship(tmp_path / "release", tables)], files)
    assert found.of("fresh", found.ENGLAND)[2026].value == 1
    assert "fresh" in found.indicators


def test_two_imports_of_one_row_are_refused_with_both_places(tmp_path: Path, tables: Any) -> None:
    row = figure("England", 2026, 1)
    files = [write(tmp_path / name, "indicators", [row]) for name in ("a.csv", "b.csv")]
    with pytest.raises(EvidenceError) as caught:
        load_benchmarks([ship(tmp_path / "release", tables)], files)
    assert "b.csv:2" in str(caught.value)
    assert "a.csv:2" in str(caught.value)


def test_two_packs_with_one_row_are_refused(tmp_path: Path, tables: Any) -> None:
    with pytest.raises(PluginError, match="another pack brings the row"):
        load_benchmarks([ship(tmp_path / "one", tables), ship(tmp_path / "two", tables)])


def test_a_pack_that_names_an_unknown_table_is_refused(tmp_path: Path, tables: Any) -> None:
    shipped = ship(tmp_path / "one", tables)
    shipped.release.files["indicator"] = "indicators.csv"  # type: ignore[index]
    with pytest.raises(PluginError, match="names no table 'indicator'"):
        load_benchmarks([shipped])


def test_only_wanted_indicators_are_kept_but_every_row_is_checked(
    tmp_path: Path, tables: Any
) -> None:
    tables["indicator_catalogue"].append(catalogue("other"))
    tables["indicators"].append(figure("England", 2025, 5, indicator="other"))
    shipped = ship(tmp_path / "release", tables)
    assert set(load_benchmarks([shipped], only={"other"}).indicators) == {"other"}
    file = tmp_path / "new.csv"
    file.write_text(f"{HEADER}\n{SOUND}\n{ASHBY},x,,,value,src,\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"new\.csv:3"):
        load_benchmarks([shipped], [file], only={"other"})


def test_an_import_is_copied_into_the_workspace_and_replaced_by_name(
    tmp_path: Path, tables: Any
) -> None:
    shipped = [ship(tmp_path / "release", tables)]
    file = write(tmp_path / "new.csv", "indicators", [figure("England", 2026, 82)])
    (tmp_path / "council").mkdir()
    first = import_release(file, tmp_path / "council", shipped)
    assert (first.table, first.rows, first.replaced) == ("indicators", 1, False)
    assert first.path.read_bytes() == file.read_bytes()
    again = import_release(file, tmp_path / "council", shipped)
    assert again.replaced
    clash = write(tmp_path / "else.csv", "indicators", [figure("England", 2026, 83)])
    with pytest.raises(EvidenceError, match="comes from comparators/new"):
        import_release(clash, tmp_path / "council", shipped)
    assert [path.name for path in (tmp_path / "council" / "comparators").iterdir()] == ["new.csv"]


def test_a_newer_separation_table_moves_the_line(tmp_path: Path, tables: Any) -> None:
    row = separation(edge_at_latest_england=78, good_plus_p25_vs_england=-2)
    file = write(tmp_path / "new.csv", "grade_separation", [row])
    found = load_benchmarks([ship(tmp_path / "release", tables)], [file])
    assert found.separation["on-time", "whole"].edge == 78


def test_for_one_council_the_answers_are_the_same_from_fewer_figures() -> None:
    library = Toolkit.load(cache=False).library
    shipped = list(library.comparators.values())
    whole = load_benchmarks(shipped)
    # Two that share a return, one with an earlier code, one abolished, one far from all others.
    for code in ("314", "E08000016", "909", "201"):
        few = load_benchmarks(shipped, council=code)
        council = few.council(code)
        assert council is not None
        assert len(few.figures) < len(whole.figures) / 2
        for name in whole.indicators:
            for day in (None, dt.date(2022, 3, 31)):
                assert comparators_of(name, 1, few, council, day) == comparators_of(
                    name, 1, whole, council, day
                )
    assert load_benchmarks(shipped, council="nowhere").figures == whole.figures
