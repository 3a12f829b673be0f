"""The files: accessible, archivable, the same every time, and no small number in any of them."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
from verapdf import verdicts

from selfassess.region import read_contributions, region_data, write_region
from selfassess.region.charts import strip
from selfassess.region.pack import earlier_of, keep_records, region_html
from selfassess.region.words import figure_words
from selfassess.report.lint import lint

from .conftest import Make, assessment, data_of, reading, three

HOSTILE = "</td><script>alert(1)</script> {{ 7*7 }} \u202egnp =SUM(A1) \U0001f600 漢字 & 'q'"


def mixed() -> list[dict[str, Any]]:
    return [
        assessment("Ashby", reading(top=163, base=204), reading("few.cases", top=3, base=87)),
        assessment("Brook", reading(top=101, base=203), reading("few.cases", top=4, base=73)),
        assessment("Combe", reading(top=162, base=199), reading("few.cases", top=None)),
    ]


def test_pdf_is_accessible_and_archivable(region: Make, tmp_path: Path, template: Path) -> None:
    data = data_of(region(*mixed()))
    hostile = [assessment(f"{HOSTILE} {index}", reading(title=HOSTILE)) for index in range(3)]
    for each in hostile:
        each["readings"][0]["why"] = HOSTILE
    (tmp_path / "other").mkdir()
    for index, each in enumerate(hostile):
        (tmp_path / "other" / f"{index}.json").write_text(json.dumps(each), encoding="utf-8")
    hard = data_of(tmp_path / "other")
    folders = [tmp_path / "one", tmp_path / "two", tmp_path / "three"]
    for folder, one in zip(folders, (data, data, hard), strict=True):
        written = write_region(one, folder, {"default": template})
        assert [path.name for path in written] == [
            "region.json",
            "moderation-pack.pdf",
            "moderation-pack.xlsx",
        ]
    for path in sorted(folders[0].iterdir()):
        assert path.read_bytes() == (folders[1] / path.name).read_bytes(), path.name
    pdfs = [folder / "moderation-pack.pdf" for folder in (folders[0], folders[2])]
    for verdict in verdicts(pdfs):
        assert verdict["compliant"], verdict
    with pikepdf.open(pdfs[0]) as pdf:
        kept = pdf.attachments["region.json"].get_file().read_bytes()
    assert kept == (folders[0] / "region.json").read_bytes()
    assert hashlib.sha256(kept).hexdigest() in region_html(data, template)


def test_hostile_names_stay_text(region: Make, template: Path) -> None:
    found = [assessment(f"=1+1 {HOSTILE}", reading()), assessment("@Brook", reading())]
    data = data_of(region(*found))
    page = region_html(data, template)
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "{{ 7*7 }}" in page
    assert lint(page) == []
    from selfassess.region.workbook import region_workbook

    book = openpyxl.load_workbook(io.BytesIO(region_workbook(data)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("=1+1") for cell in cells)


def test_no_hidden_count_changes_any_output(region: Make, template: Path) -> None:
    """Each withheld count could be any: page and workbook stay the same to the byte."""
    from selfassess.region.workbook import region_workbook

    seen = set()
    for top in (1, 2, 5):
        found = mixed()
        found[0]["readings"][1] = reading("few.cases", top=top, base=87)
        data = data_of(region(*found))
        seen.add((region_html(data, template), region_workbook(data), json.dumps(data)))
    assert len(seen) == 1


def test_no_count_is_given_finer_than_ten(region: Make) -> None:
    text = json.dumps(data_of(region(*mixed())))
    for count in (163, 204, 101, 203, 162, 199, 87, 73):
        assert not re.search(rf"\b{count}\b", text)


def test_a_second_pack_reckons_with_the_first(region: Make) -> None:
    """What was withheld once stays so for the same figure, whatever is sent in later."""
    few = [reading(top=3, base=100), reading(), reading()]
    folder = region(*three(*few))
    settings, found = read_contributions(folder)
    data, copies = region_data(settings, found, migrations={}, earlier=earlier_of(folder))
    keep_records(folder, found, copies)
    region(*three(reading(top=8, base=100), reading(), reading()))
    later = data_of(folder, earlier=earlier_of(folder))
    assert later["measures"] == data["measures"]
    assert later["measures"][0]["councils"][0]["withheld"]


def test_a_drawing_for_two_figures_or_more(region: Make, template: Path) -> None:
    page = region_html(data_of(region(*mixed())), template)
    assert page.count("<figure") == 1
    withheld = page[page.index('id="withheld"') :]
    assert "<td>Ashby, Brook</td>" in withheld[: withheld.index("</section>")]
    assert "one for each council. Ashby 80%; Brook 50%; Combe 81%." in page


def many(tops: Sequence[float]) -> list[dict[str, Any]]:
    return [
        assessment(
            f"C{index:03d}", reading(top=top, base=200), reading("few.cases", top=3, base=87)
        )
        for index, top in enumerate(tops, 1)
    ]


def test_of_many_councils_only_those_that_differ_are_named(region: Make, template: Path) -> None:
    """33 councils: two far below 80%, the others near it; one measure is withheld throughout."""
    data = data_of(region(*many([40, 158, 162, *[160] * 29, 44])))
    page = region_html(data, template)
    table = page[page.index("Visits on time, by council") :]
    table = table[: table.index("</table>")]
    assert re.findall(r"C\d{3}", table) == ["C001", "C033"]
    assert "The figures of 31 councils stand in the workbook." in page
    item = next(each for each in data["measures"] if each["measure"] == "visits.on-time")
    drawn = strip(item, 1, "")
    assert drawn
    dots = [each for each in drawn.marks if each.form in ("dot", "ring")]
    assert len(dots) == 33
    assert sum(each.strong for each in dots) == 2
    assert len({(each.x, each.y) for each in dots}) == 33
    assert not any(each.label.startswith("C") for each in drawn.marks)
    assert "33 dots on one scale" in page
    assert "More than chance: C001 (lower), C033 (lower)." in page
    assert "<td>33 councils, named in the workbook</td><td>nobody</td>" in page
    assert "differs from the others by more than chance: Visits on time." in page


def test_the_workbook_has_every_council_of_many(region: Make) -> None:
    from selfassess.region.workbook import region_workbook

    data = data_of(region(*many([40, 158, 162, *[160] * 29, 44])))
    sheet = openpyxl.load_workbook(io.BytesIO(region_workbook(data)))["Side by side"]
    named = {(row[1].value, row[2].value) for row in sheet.iter_rows(min_row=2)}
    wanted = {f"C{index:03d}" for index in range(1, 34)}
    for measure in ("visits.on-time", "few.cases"):
        assert {council for each, council in named if each == measure} >= wanted


def test_a_pile_of_equal_figures_is_not_drawn(region: Make, template: Path) -> None:
    page = region_html(data_of(region(*many([160] * 31))), template)
    assert "<figure" not in page
    assert "31 councils: all 80%." in page


def test_thirty_councils_are_named_each(region: Make, template: Path) -> None:
    page = region_html(data_of(region(*many([160] * 29 + [162]))), template)
    assert page.count('<th scope="row">C030</th>') == 2  # among the councils, and of the measure
    assert "stand in the workbook" not in page


def test_figures_are_said_as_fine_as_they_are_given() -> None:
    assert figure_words(28, "percent") == "28%"
    assert figure_words(64.3, "percent") == "64.3%"
    assert figure_words(0.46, "points") == "0.46 points"
    assert figure_words(12, "working-days") == "12 working days"
