"""YAML and Excel: nothing is lost out and back, and what was edited is told by its cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from selfassess.errors import PlanConflictError, PlanError
from selfassess.loading.source import read
from selfassess.model.plan import PlanSettings
from selfassess.plan import drafting
from selfassess.plan.drafting import Author
from selfassess.plan.events import Event, digest_of, plain
from selfassess.plan.excel_drafts import drafts_of
from selfassess.plan.excel_in import Edits, read_edits
from selfassess.plan.excel_out import to_excel
from selfassess.plan.fold import fold
from selfassess.plan.record_parts import SuccessMeasure
from selfassess.plan.store import checked_history, continuation
from selfassess.plan.together import Together
from selfassess.plan.yaml_io import from_yaml, to_yaml

from .conftest import Book, counted
from .strategies import histories

SETTINGS = PlanSettings()
DAY = dt.date(2026, 9, 30)
SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


# ------------------------------------------------------------------------------------- YAML


@SLOW
@given(events=histories())
def test_yaml_loses_nothing(tmp_path: Path, events: tuple[Event, ...]) -> None:
    path = tmp_path / "plan.yaml"
    text = to_yaml(events)
    path.write_text(text, encoding="utf-8", newline="\n")
    again = from_yaml(path)
    assert again == events
    assert digest_of(again) == digest_of(events)
    assert to_yaml(again) == text, "the same plan gives the same text"
    checked_history(fold(()), again)


@SLOW
@given(events=histories())
def test_the_careful_parser_reads_the_same(tmp_path: Path, events: tuple[Event, ...]) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(to_yaml(events), encoding="utf-8", newline="\n")
    document = read(path)
    assert document.problems == ()
    actions = [plain(action) for action in fold(events).actions.values()]
    for given_, own in zip(document.data["actions"], actions, strict=True):
        own.pop("readings", None)
        assert given_ == own


def exported(book: Book, tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(to_yaml(book.events), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ('"by": "Ann"', '"by": "Eve"', "not as they were exported"),
        ("owner: Olu", "owner: Eve", "'actions' does not say of A-01"),
        ('"kind": "added"', '"kind": "danced"', "event 1"),
        ('"seq": 1', '"seq": "one"', "event 1"),
        ('"at": "2026-04-01T09:00:00"', '"at": "2026-04-01T09:00:00Z"', "event 1"),
        ("events:", "evnts:", "'events' is no list"),
        ("selfassess/plan@1", "selfassess/plan@2", "'schema' is not"),
        ("digest:", "digest: [", "plan.yaml:"),
    ],
)
def test_an_edited_export_is_refused(
    book: Book, tmp_path: Path, old: str, new: str, match: str
) -> None:
    path = exported(book.add(), tmp_path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PlanError, match=match):
        from_yaml(path)


def test_a_lost_event_is_seen(book: Book, tmp_path: Path) -> None:
    book.add().do(drafting.comment, "A-01", "one").do(drafting.comment, "A-01", "two")
    path = exported(book, tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if '"one"' not in line), encoding="utf-8")
    with pytest.raises(PlanError, match="not as they were exported"):
        from_yaml(path)


def test_a_later_export_goes_on_from_an_earlier(book: Book) -> None:
    book.add()
    first = book.events
    book.do(drafting.comment, "A-01", "x")
    assert continuation(first, book.events) == book.events[1:]


# ------------------------------------------------------------------------------------ Excel


def workbook(events: tuple[Event, ...], tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(to_excel(events, DAY, SETTINGS))
    return path


@SLOW
@given(events=histories())
def test_a_workbook_that_nobody_edited_changes_nothing(
    tmp_path: Path, events: tuple[Event, ...]
) -> None:
    path = workbook(events, tmp_path)
    edits = read_edits(path, events, SETTINGS)
    assert edits.differences == []
    assert edits.missing == []
    assert drafts_of(edits, fold(events), Author("Ann", dt.datetime(2031, 1, 1))) == ()


@SLOW
@given(events=histories())
def test_no_text_is_a_formula(tmp_path: Path, events: tuple[Event, ...]) -> None:
    book = openpyxl.load_workbook(workbook(events, tmp_path))
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                if isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@"):
                    assert cell.quotePrefix, "it stays text when somebody edits it"


def test_the_same_plan_gives_the_same_workbook(book: Book) -> None:
    book.add()
    assert to_excel(book.events, DAY, SETTINGS) == to_excel(book.events, DAY, SETTINGS)


class Sheet:
    """An exported workbook in somebody's hands."""

    def __init__(self, book: Book, tmp_path: Path) -> None:
        self.book = book
        self.path = workbook(book.events, tmp_path)
        self.file = openpyxl.load_workbook(self.path)

    def put(self, sheet: str, row: int, title: str, value: Any) -> Sheet:
        page = self.file[sheet]
        column = next(cell.column for cell in page[1] if cell.value == title)
        page.cell(row, column).value = value
        return self

    def read(self, events: tuple[Event, ...] | None = None) -> Edits:
        self.file.save(self.path)
        return read_edits(self.path, events or self.book.events, SETTINGS)

    def applied(self) -> Book:
        edits = self.read()
        author = Author("Board", dt.datetime(2026, 10, 1, 9))
        for draft in drafts_of(edits, self.book.plan, author):
            self.book.together.do(lambda _, d=draft: [d])  # type: ignore[misc]
        return self.book


def test_edits_are_told_cell_by_cell_and_then_done(book: Book, tmp_path: Path) -> None:
    book.add().do(drafting.add_milestone, "A-01", "Rota", dt.date(2026, 5, 1))
    sheet = Sheet(book, tmp_path)
    sheet.put("Actions", 2, "Title", "Visit in time").put("Actions", 2, "Owner", "Bob")
    sheet.put("Actions", 2, "Due date", dt.datetime(2026, 8, 1)).put(
        "Actions", 2, "Reason for the change", "ill"
    )
    sheet.put("Actions", 2, "Delivery", "agreed").put("Actions", 2, "New comment", "Go on.")
    sheet.put("Milestones", 2, "Done on", "15/09/2026")
    sheet.put("Success measures", 2, "Target", 85).put(
        "Success measures", 2, "Reason for the change", "as agreed"
    )
    sheet.put("Actions", 3, "Title", "Something new").put("Actions", 3, "Owner", "Cat")
    told = {(d.action, d.column): (d.before, d.after) for d in sheet.read().differences}
    assert told == {
        ("A-01", "Title"): ("Visit on time", "Visit in time"),
        ("A-01", "Owner"): ("Olu", "Bob"),
        ("A-01", "Due date"): ("2026-06-30", "2026-08-01"),
        ("A-01", "Delivery"): ("draft", "agreed"),
        ("A-01", "New comment"): ("", "Go on."),
        ("A-01 M1", "Done on"): ("", "15/09/2026"),
        ("A-01 S1", "Target"): ("90", "85"),
        ("new", "Title"): ("", "Something new"),
        ("new", "Owner"): ("", "Cat"),
    }
    done = sheet.applied()
    action = done["A-01"]
    assert (action.title, action.owner, action.delivery) == ("Visit in time", "Bob", "agreed")
    assert (action.due, action.baseline_due) == (dt.date(2026, 8, 1), dt.date(2026, 6, 30))
    assert action.moves[0].reason == "ill"
    assert action.milestones[0].done == dt.date(2026, 9, 15)
    assert action.success[0].target == 85
    assert action.comments[0].by == "Board"
    assert done["A-02"].title == "Something new"


def test_new_milestones_and_measures_come_with_a_row(book: Book, tmp_path: Path) -> None:
    sheet = Sheet(book.add(success=[]), tmp_path)
    sheet.put("Milestones", 2, "Action", "A-01").put("Milestones", 2, "Title", "Rota")
    sheet.put("Success measures", 2, "Action", "A-01").put(
        "Success measures", 2, "Measure", "visits.on-time"
    )
    sheet.put("Success measures", 2, "Where", "team=North\nplan=cp").put(
        "Success measures", 2, "Trajectory", "2026-05-01:70; 01/06/2026:80"
    )
    action = sheet.applied()["A-01"]
    assert [step.title for step in action.milestones] == ["Rota"]
    (measure,) = action.success
    assert measure.where == {"team": "North", "plan": "cp"}
    assert [(str(p.date), p.value) for p in measure.trajectory] == [
        ("2026-05-01", 70),
        ("2026-06-01", 80),
    ]


@pytest.mark.parametrize(
    ("sheet", "title", "value", "place", "match"),
    [
        (
            "Actions",
            "First due date",
            dt.datetime(2026, 1, 1),
            "Actions, row 2, column H",
            "cannot",
        ),
        ("Actions", "Version", 9, "Actions, row 2, column B", "cannot be changed"),
        ("Actions", "Due date", "soon", "Actions, row 2, column I", "not a date"),
        ("Actions", "Delivery", "done", "Actions, row 2, column J", "is none"),
        ("Actions", "Title", "=A1", "Actions, row 2, column C", "formula"),
        ("Actions", "Owner", True, "Actions, row 2, column E", "true or false"),
        ("Actions", "Owner", "#N/A", "Actions, row 2, column E", "error"),
        ("Actions", "Id", "A-77", "Actions, row 2, column A", "not in the plan"),
        ("Milestones", "Title", "Other", "Milestones, row 2, column C", "title stays"),
        ("Success measures", "Target", "many", "Success measures, row 2, column K", "number"),
        (
            "Success measures",
            "Action",
            "A-9",
            "Success measures, row 2, column B",
            "not in the plan",
        ),
    ],
)
def test_what_may_not_be_edited_is_named_by_sheet_row_and_column(
    book: Book, tmp_path: Path, sheet: str, title: str, value: Any, place: str, match: str
) -> None:
    book.add().do(drafting.add_milestone, "A-01", "Rota", None)
    edited = Sheet(book, tmp_path).put(sheet, 2, title, value)
    with pytest.raises(PlanError, match=match) as error:
        edited.read()
    assert place in [problem.where for problem in error.value.problems]


@pytest.mark.parametrize(
    ("sheet", "title", "value", "place", "match"),
    [
        ("Actions", "Due date", dt.datetime(2027, 1, 1), "Actions, row 2, column I", "reason"),
        ("Actions", "Due date", None, "Actions, row 2, column I", "not taken away"),
        ("Actions", "Delivery", "embedded", "Actions, row 2, column J", "from draft to embedded"),
        ("Actions", "Impact", "sustained", "Actions, row 2, column K", "from not-due to sustained"),
        ("Actions", "Assurer", "Olu", "Actions, row 2, column G", "cannot be its assurer"),
        ("Actions", "Waits for", "A-01", "Actions, row 2, column AA", "itself"),
        ("Success measures", "Target", 50, "Success measures, row 2, column A", "reason"),
        ("Success measures", "Voice", "ghost", "Success measures, row 2, column A", "is none"),
    ],
)
def test_what_a_rule_refuses_is_named_by_sheet_row_and_column(
    book: Book, tmp_path: Path, sheet: str, title: str, value: Any, place: str, match: str
) -> None:
    edits = Sheet(book.add(), tmp_path).put(sheet, 2, title, value).read()
    with pytest.raises(PlanError, match=match) as error:
        drafts_of(edits, book.plan, Author("Board", dt.datetime(2026, 10, 1)))
    assert [problem.where for problem in error.value.problems] == [place]


def test_every_fault_is_told_at_once(book: Book, tmp_path: Path) -> None:
    edited = Sheet(book.add(), tmp_path).put("Actions", 2, "Due date", "soon")
    edited.put("Actions", 2, "Title", "=1").put("Success measures", 2, "Target", "x")
    with pytest.raises(PlanError) as error:
        edited.read()
    assert len(error.value.problems) == 3


def test_an_action_that_moved_on_since_is_a_conflict(book: Book, tmp_path: Path) -> None:
    edited = Sheet(book.add("A-01").add("A-02"), tmp_path)
    edited.put("Actions", 2, "Owner", "Bob")
    book.on(5, 1).do(drafting.update, "A-01", {"owner": "Cat"}, by="Dan")
    with pytest.raises(PlanConflictError, match="last by Dan on 2026-05-01"):
        edited.read(book.events)


def test_what_moved_on_elsewhere_is_no_conflict(book: Book, tmp_path: Path) -> None:
    edited = Sheet(book.add("A-01").add("A-02"), tmp_path)
    edited.put("Actions", 2, "Owner", "Bob")
    book.on(5, 1).do(drafting.update, "A-02", {"owner": "Cat"}).read(dt.date(2026, 5, 1), 70)
    assert [d.after for d in edited.read(book.events).differences] == ["Bob"]


def test_rows_that_are_left_out_stay(book: Book, tmp_path: Path) -> None:
    edited = Sheet(book.add("A-01").add("A-02"), tmp_path)
    edited.file["Actions"].delete_rows(2)
    edits = edited.read()
    assert (edits.differences, edits.missing) == ([], ["A-01"])


def test_a_row_that_stands_twice_is_refused(book: Book, tmp_path: Path) -> None:
    edited = Sheet(book.add("A-01"), tmp_path).put("Actions", 3, "Id", "A-01")
    with pytest.raises(PlanError, match="two rows"):
        edited.read()


def test_another_plan_s_workbook_is_refused(book: Book, tmp_path: Path) -> None:
    edited = Sheet(book.add("A-01"), tmp_path)
    other = Book().add("A-01", title="Other")
    with pytest.raises(PlanError, match="another plan"):
        edited.read(other.events)


@pytest.mark.parametrize(
    ("spoil", "match"),
    [
        (lambda file: file.remove(file["Milestones"]), "'Milestones' is missing"),
        (lambda file: file.remove(file["Read me"]), "'Read me' is missing"),
        (lambda file: file["Actions"].delete_cols(3), "columns are not as exported"),
        (lambda file: file["Actions"].insert_cols(2), "columns are not as exported"),
        (lambda file: file["Read me"].delete_rows(1, 40), "at which event"),
    ],
)
def test_a_workbook_that_lost_something_is_refused(
    book: Book, tmp_path: Path, spoil: Any, match: str
) -> None:
    edited = Sheet(book.add(), tmp_path)
    spoil(edited.file)
    with pytest.raises(PlanError, match=match):
        edited.read()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"id,title\n"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    with pytest.raises(PlanError, match="cannot be read as an Excel workbook"):
        read_edits(path, (), SETTINGS)


def test_states_may_wait_for_what_another_sheet_opens(book: Book, tmp_path: Path) -> None:
    book.add(success=[counted(), SuccessMeasure(text="Safer?", voice="child")])
    book.do(drafting.add_milestone, "A-01", "Rota", None).delivery("agreed", "in-progress")
    edited = Sheet(book, tmp_path).put("Actions", 2, "Delivery", "delivered")
    edited.put("Milestones", 2, "Done on", dt.datetime(2026, 9, 1))
    assert edited.applied()["A-01"].delivery == "delivered"
    assert isinstance(book.together, Together)
