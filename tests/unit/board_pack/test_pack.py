"""The files: one first page whatever the plan, accessible, archivable, the same every time."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pikepdf
import pytest
from syrupy.assertion import SnapshotAssertion
from verapdf import verdicts

from selfassess.board_pack import public_data, write_pack
from selfassess.board_pack.front import TIGHTEST
from selfassess.board_pack.pack import board_html
from selfassess.errors import PlanError
from selfassess.plan import drafting
from selfassess.plan.record_parts import Evidence, Risk, SuccessMeasure
from selfassess.report.lint import lint
from selfassess.report.office.page import read_page

from .conftest import PLAN, Book, pack_of
from .test_public import disclosed

D = dt.date
SINCE, AS_AT = D(2026, 5, 1), D(2026, 8, 1)
HOSTILE = (
    "</td><script>alert(1)</script> {{ 7*7 }} {% raw %} \u202egnp =SUM(A1) \U0001f600 "
    "漢字 & <b>bold</b> 'quoted' \"twice\"\n\nnew line"
)


def story() -> Book:
    """One delivered without impact, one moved three times, one closed, one reversed, one draft."""
    book = Book()
    book.delivered("A-01").day(PLAN.DAY).closed("A-03", assurer="Una")
    book.day(PLAN.DAY).closed("A-04", assurer="Una").day(D(2026, 6, 2)).add(
        "A-02", due=D(2026, 6, 30)
    )
    book.delivery("agreed", "in-progress", name="A-02", reason="")
    for month, reason in ((7, "Leave"), (8, "Vacancies"), (9, "More vacancies")):
        book.do(drafting.move_date, "A-02", D(2026, month, 28), reason, by="Lee")
    book.read(D(2026, 7, 15), 91, "A-03").read(D(2026, 7, 15), 70, "A-04")
    book.read(D(2026, 7, 15), 61, "A-01").read(D(2026, 7, 15), 58, "A-02")
    book.day(D(2026, 7, 20)).impact("reversed", name="A-04", reason="Late again")
    book.do(
        drafting.add_risk, "A-04", Risk(text="Vacancies", response="Two move over", owner="Lee")
    )
    book.do(drafting.comment, "A-02", "Agency cover from August.", by="Olu")
    book.do(drafting.decide, "Report in September.", board=D(2026, 7, 20), actions=["A-01"])
    book.add("A-05", due=None, owner="")
    return book


def hostile() -> Book:
    """Everything that anybody can type, in every field."""
    book = Book()
    success = [
        PLAN.counted(text=HOSTILE, unit="percent", where={"team": HOSTILE}),
        SuccessMeasure(text=HOSTILE, voice="child"),
    ]
    words = dict.fromkeys(("title", "outcome", "came_from"), HOSTILE)
    many = {key: [HOSTILE] for key in ("why", "topics", "tags", "responsible")}
    people = {key: f"{HOSTILE} {key}" for key in ("owner", "lead", "assurer")}
    fields = {**words, **many, **people, "success": success}
    book.add("A-01", **fields).delivery("agreed", "in-progress", reason=HOSTILE)
    book.do(drafting.add_milestone, "A-01", HOSTILE, D(2026, 5, 1))
    book.do(drafting.move_date, "A-01", D(2026, 7, 1), HOSTILE, milestone="M1")
    book.do(drafting.move_date, "A-01", D(2026, 7, 1), HOSTILE)
    book.do(drafting.move_date, "A-01", D(2026, 7, 15), HOSTILE)
    book.do(drafting.add_risk, "A-01", Risk(text=HOSTILE, response=HOSTILE, owner=HOSTILE))
    book.do(drafting.comment, "A-01", HOSTILE, by=HOSTILE)
    book.do(drafting.add_evidence, "A-01", Evidence(ref=HOSTILE, date=D(2026, 4, 1), text=HOSTILE))
    book.do(drafting.decide, HOSTILE, board=D(2026, 4, 1), actions=["A-01"], by=HOSTILE)
    book.read(D(2026, 5, 20), 61)
    given = {"date": D(2026, 5, 20), "says": "worse", "text": HOSTILE, "source": HOSTILE}
    book.do(drafting.read_measure, "A-01", "S2", **given)
    book.do(drafting.override, "A-01", "green", HOSTILE, D(2026, 12, 1), by=HOSTILE)
    return book.delivery("blocked", reason=HOSTILE)


def crowded() -> Book:
    """Forty actions with very long names, all of them worse and asked much."""
    book = Book()
    name = "Supervise every worker in the largest and furthest of all the teams " * 6
    for index in range(1, 41):
        key = f"A-{index:02d}"
        book.add(key, title=name, owner=name, success=[PLAN.counted(where={"team": name})])
        book.delivery("agreed", "in-progress", name=key, reason="")
        book.do(drafting.move_date, key, D(2026, 7, 10), name)
        book.do(drafting.move_date, key, D(2026, 7, 12), name)
    for index in range(1, 41):
        book.read(D(2026, 4, 30), 70, f"A-{index:02d}")
    for index in range(1, 41):
        book.read(D(2026, 7, 15), 30 + index / 2, f"A-{index:02d}")
    return book


def emptied() -> dict[str, Any]:
    """A plan of which nothing is left but a decision."""
    book = Book()
    book.do(drafting.decide, "Begin.", board=D(2026, 4, 1))
    return pack_of(book, AS_AT, SINCE)


MADE = {
    "story": lambda: pack_of(story(), AS_AT, SINCE),
    "hostile": lambda: pack_of(hostile(), AS_AT, SINCE),
    "crowded": lambda: pack_of(crowded(), AS_AT, SINCE),
    "empty": emptied,
    "public": lambda: public_data(disclosed(), "2026-05-01"),
    "public-empty": lambda: public_data(disclosed(plan=[])),
}


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory, template: Path) -> dict[str, Path]:
    found = {}
    for name, make in MADE.items():
        folder = tmp_path_factory.mktemp(name)
        write_pack(make(), folder, {"default": template})
        found[name] = folder
    return found


@pytest.mark.parametrize("name", MADE)
def test_what_follows_the_first_page_begins_on_the_second(
    packs: dict[str, Path], name: str
) -> None:
    with pikepdf.open(packs[name] / "board-pack.pdf") as pdf:
        second = "The actions" if name.startswith("public") else "Exceptions"
        outline = list(pdf.open_outline().root)
        found = next(item for item in outline if str(item.title) == second)
        destination = found.destination or found.action.D
        page = pikepdf.Page(destination[0])
        assert page.index == 1


@pytest.mark.parametrize("risks", [0, 9, 18])
def test_the_changes_stand_together_on_one_page(tmp_path: Path, template: Path, risks: int) -> None:
    """Wherever they begin, no lone group of them is left over for a page of its own."""
    book = story()
    for index in range(risks):
        book.do(drafting.add_risk, "A-04", Risk(text=f"Risk {index}", owner="Lee"))
    write_pack(pack_of(book, AS_AT, SINCE), tmp_path, {"default": template})
    with pdfplumber.open(tmp_path / "board-pack.pdf") as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    (begins,) = [n for n, text in enumerate(texts) if "Changes since" in text]
    groups = ("New", "Slipped", "Closed", "Reopened")
    html = board_html(pack_of(book, AS_AT, SINCE), template)
    changes = html[html.index('id="changes"') :]
    named = [name for name in groups if f"<h3>{name}</h3>" in changes]
    assert len(named) >= 3
    assert all(name in texts[begins] for name in named)


def test_packs_are_accessible_and_archivable(packs: dict[str, Path]) -> None:
    names = [name for name in MADE if name != "crowded"]
    found = verdicts(packs[name] / "board-pack.pdf" for name in names)
    assert len(found) == 2 * len(names)
    for verdict in found:
        assert verdict["compliant"], verdict


@pytest.mark.parametrize("name", MADE)
def test_the_page_is_sound(name: str, template: Path) -> None:
    for tightness in (0, TIGHTEST):
        html = board_html(MADE[name](), template, tightness)
        assert lint(html) == []
        assert "<script" not in html
        assert "<b>bold" not in html
        assert "\u202e" not in html
        assert name != "hostile" or "{{ 7*7 }}" in html


def test_the_data_is_embedded_and_named_by_its_hash(packs: dict[str, Path]) -> None:
    with pikepdf.open(packs["story"] / "board-pack.pdf") as pdf:
        content = pdf.attachments["board.json"].get_file().read_bytes()
        assert json.loads(content) == json.loads(json.dumps(MADE["story"]()))
        with pdf.open_metadata() as metadata:
            assert f"sha256:{hashlib.sha256(content).hexdigest()}" in str(metadata)


def test_the_same_data_give_the_same_bytes(
    packs: dict[str, Path], tmp_path: Path, template: Path
) -> None:
    for name in ("story", "public"):
        for path in write_pack(MADE[name](), tmp_path, {"default": template}):
            assert path.read_bytes() == (packs[name] / path.name).read_bytes()


def test_the_workbook_holds_no_formula(packs: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(packs["hostile"] / "board-pack.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any("=SUM(A1)" in str(cell.value) for cell in cells)


def test_the_workbook_has_the_lists(packs: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(packs["story"] / "board-pack.xlsx")
    assert book.sheetnames == [
        "About",
        "For children",
        "Asks and decisions",
        "Exceptions",
        "Scorecard",
        "Readings",
        "Risks",
        "Decisions",
        "Changes",
        "Full plan",
    ]
    rows = list(book["For children"].iter_rows(min_row=2, values_only=True))
    assert ("worse", "A-04") in [row[:2] for row in rows]
    public = openpyxl.load_workbook(packs["public"] / "board-pack.xlsx")
    assert public.sheetnames == ["About", "For children", "Scorecard", "Changes"]


def test_every_figure_has_an_alternative_and_a_table(template: Path) -> None:
    html = board_html(MADE["story"](), template)
    assert html.count('<div class="trajectory"') == html.count("<caption>Figure ") == 4
    assert html.count('alt="Line chart of') == 4


def test_what_is_said_stays(template: Path, snapshot: SnapshotAssertion) -> None:
    data = MADE["story"]()
    told = {key: data[key] for key in ("story", "asks", "exceptions", "changes")}
    assert json.dumps(told, indent=1, ensure_ascii=False) == snapshot


def test_the_first_page_said_shortest(template: Path, snapshot: SnapshotAssertion) -> None:
    html = board_html(MADE["story"](), template, TIGHTEST)
    first = html[html.index('<section class="first-page">') : html.index('id="after-first-page"')]
    assert first == snapshot


def test_delivered_is_never_told_as_better() -> None:
    data = MADE["story"]()
    assert "A-01" not in {each["action"] for each in data["story"]["better"]}
    assert ("without-impact", "A-01") in {(each["kind"], each["action"]) for each in data["asks"]}


def test_what_happened_later_is_left_out() -> None:
    data = pack_of(story(), D(2026, 7, 10), SINCE)
    assert data["asks"] != MADE["story"]()["asks"]
    assert "Late again" not in json.dumps(data)


def test_the_last_board_is_found_and_its_day_is_before_the_pack_s() -> None:
    book = story()
    assert pack_of(book, AS_AT)["since"] == "2026-07-20"
    assert pack_of(book, D(2026, 7, 20))["since"] == "2026-04-01"  # no earlier board
    with pytest.raises(PlanError, match="is not before the day of the pack"):
        pack_of(book, AS_AT, AS_AT)
    with pytest.raises(PlanError, match="Nothing had happened"):
        pack_of(book, D(2026, 3, 1))


def test_word_reads_the_page_too(template: Path) -> None:
    assert read_page(board_html(MADE["story"](), template))


def test_a_council_s_own_words_for_colours(template: Path) -> None:
    from selfassess.model.plan import Legend

    legend = (Legend(colour="red", label="Adrift", means="a long way off"),)
    html = board_html(pack_of(story(), AS_AT, SINCE, legend=legend), template)
    assert "adrift" in html
    assert "a long way off" in html


def test_the_stream_is_a_workbook(packs: dict[str, Path]) -> None:
    content = (packs["empty"] / "board-pack.xlsx").read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(content))["Scorecard"].max_row == 1
