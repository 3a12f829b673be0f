"""Out to Word and back: nothing lost, nothing invented, and everything told that has no place."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.claims.blocks import normal, paragraphs
from selfassess.claims.edits import edited
from selfassess.claims.placing import Item, Text, placed
from selfassess.claims.word_in import read_form
from selfassess.claims.word_out import form
from selfassess.errors import EvidenceError
from selfassess.loading.source import read_text
from selfassess.model.evidence import Claim, ClaimItem

from .conftest import FRAMEWORK

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CLAIMS = {
    "help": Claim(
        grade="good",
        answers={"what": "We know.\n\nWe listen:\n- often\n- well", "how": "By audit & survey."},
        strengths=("Heard.", ClaimItem(text="Seen.", evidence=("E-1",))),
        weaknesses=("Late.",),
        so_what="Safe.",
    ),
    "H-1": Claim(strengths=("Visits.",)),
}


@pytest.fixture
def there(tmp_path):
    """Write a form, let a test change it as a person would in Word, and read it back."""

    def run(change=None, claims=CLAIMS, *, now=None, tracked="refuse", theirs=False, **options):
        path = tmp_path / "form.docx"
        path.write_bytes(form(FRAMEWORK, claims, council="Testshire", **options))
        if change is not None:
            rewritten(path, change)
        read = read_form(path, tracked=tracked)
        return placed(read, FRAMEWORK, claims if now is None else now, theirs=theirs)

    return run


def rewritten(path: Path, change) -> None:
    from docx import Document

    document = Document(str(path))
    change(document)
    document.save(str(path))


def box(document: Any, words: str) -> Any:
    """The content control whose name holds some words."""
    for each in document.element.body.iter(W + "sdt"):
        if words in each.find(f"{W}sdtPr/{W}alias").get(W + "val"):
            return each.find(W + "sdtContent")
    raise AssertionError(words)


def set_text(paragraph: Any, text: str) -> None:
    texts = list(paragraph.iter(W + "t"))
    texts[0].text = text
    for each in texts[1:]:
        each.text = ""


def add(content: Any, text: str) -> None:
    from docx.oxml import OxmlElement

    paragraph, run, words = (OxmlElement(tag) for tag in ("w:p", "w:r", "w:t"))
    words.text = text
    run.append(words)
    paragraph.append(run)
    content.append(paragraph)


def test_a_form_that_nobody_touched_changes_nothing(there) -> None:
    found = there()
    assert (found.changes, found.unplaced, found.conflicts) == ([], [], [])
    assert found.same == 3 * (2 + 3) + 4 * 3  # judgements with two questions, criteria


def test_the_same_claims_give_the_same_bytes() -> None:
    first = form(FRAMEWORK, CLAIMS, council="Testshire")
    assert first == form(FRAMEWORK, CLAIMS, council="Testshire")


def test_headings_are_real_and_texts_stand_in_locked_controls(tmp_path) -> None:
    from docx import Document

    path = tmp_path / "a.docx"
    path.write_bytes(form(FRAMEWORK, CLAIMS, council="Testshire", only=("help",)))
    document = Document(str(path))
    headings = [(p.style.name, p.text) for p in document.paragraphs if "Head" in p.style.name]
    assert headings[0] == ("Heading 1", "Help")
    assert ("Heading 2", "What do you know?") in headings
    assert ("Heading 2", "H-1 Seen") in headings
    assert not any("Care" in text for _, text in headings)
    for control in document.element.body.iter(W + "sdt"):
        assert control.find(f"{W}sdtPr/{W}lock").get(W + "val") == "sdtLocked"
        assert re.match(r"sa_\w{12}_\w{12}$", control.find(f"{W}sdtPr/{W}tag").get(W + "val"))


def test_an_answer_that_was_rewritten(there) -> None:
    def change(document):
        content = box(document, "help: How?")
        set_text(content.find(W + "p"), "By asking.")
        add(content, "And by  looking.")

    found = there(change)
    assert found.changes == [Text("help", "answers.how", "By asking.\n\nAnd by looking.")]
    assert found.told == ["help, answers.how: now 5 words"]


def test_an_answer_that_was_emptied(there) -> None:
    found = there(lambda document: set_text(box(document, "help: How?").find(W + "p"), ""))
    assert found.changes == [Text("help", "answers.how", "")]
    assert found.told == ["help, answers.how: emptied"]


def test_sentences_edited_added_and_taken_away(there) -> None:
    def edit(document):
        set_text(box(document, "help: Strengths").findall(W + "p")[1], "Seen alone.")

    assert there(edit).changes == [Item("help", "strengths", 1, "Seen alone.")]

    def take(document):
        content = box(document, "help: Strengths")
        content.remove(content.findall(W + "p")[0])

    assert there(take).changes == [Item("help", "strengths", 0, None)]

    def new(document):
        add(box(document, "H-1: Weaknesses"), "Slow.")
        add(box(document, "help: Strengths"), "Trusted.")

    assert there(new).changes == [
        Item("help", "strengths", None, "Trusted."),
        Item("H-1", "weaknesses", None, "Slow."),
    ]


def test_both_changed_is_a_conflict_unless_the_form_wins(there) -> None:
    now = {**CLAIMS, "help": Claim(answers={"how": "By another way."}, so_what="Safe.")}

    def change(document):
        set_text(box(document, "help: How?").find(W + "p"), "By asking.")

    found = there(change, now=now)
    assert found.changes == []
    assert [line.partition(":")[0] for line in found.conflicts] == ["help, answers.how"]
    assert there(change, now=now, theirs=True).changes == [
        Text("help", "answers.how", "By asking.")
    ]


def test_what_the_file_changed_alone_stays(there) -> None:
    now = {**CLAIMS, "help": Claim(answers={"how": "By another way."})}
    found = there(None, now=now)
    assert (found.changes, found.conflicts) == ([], [])


def test_what_has_no_place_is_told(there) -> None:
    def change(document):
        document.add_paragraph("Somewhere else")
        document.add_heading("A heading of my own", 1)
        control = box(document, "help: What it means").getparent()
        control.getparent().remove(control)
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "loose"
        inside = document.add_table(1, 1)
        inside.cell(0, 0).text = "inside"
        box(document, "help: How?").append(inside._tbl)
        from docx.oxml import OxmlElement

        first = next(box(document, "help: Strengths").iter(W + "r"))
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:b"))
        first.insert(0, properties)
        first.append(OxmlElement("w:drawing"))

    told = "\n".join(there(change).unplaced)
    assert "outside every box: ‘Somewhere else’" in told
    assert "a heading that the form does not have: ‘A heading of my own’" in told
    assert "help, so_what: its box was deleted" in told
    assert "outside every box: ‘(a table: loose …)’" in told
    assert "help, answers.how: a table: inside" in told
    assert "help, strengths: an image" in told
    assert "help, strengths: bold, italic" in told


def test_an_edited_heading_keeps_its_box(there) -> None:
    def change(document):
        for paragraph in document.paragraphs:
            if paragraph.text == "How?":
                paragraph.text = "How on earth?"
        set_text(box(document, "help: How?").find(W + "p"), "By asking.")

    found = there(change)
    assert found.changes == [Text("help", "answers.how", "By asking.")]
    assert "‘How on earth?’" in "\n".join(found.unplaced)


@pytest.mark.parametrize(
    ("decision", "text"), [("accept", "By looking."), ("reject", "By audit & survey.")]
)
def test_tracked_changes_are_decided_on(there, decision, text) -> None:
    from docx.oxml import OxmlElement

    def change(document):
        paragraph = box(document, "help: How?").find(W + "p")
        old = paragraph.find(W + "r")
        gone, came = OxmlElement("w:del"), OxmlElement("w:ins")
        paragraph.replace(old, gone)
        gone.append(old)
        words = old.find(W + "t")
        deleted = OxmlElement("w:delText")
        deleted.text = words.text
        old.replace(words, deleted)
        run, new = OxmlElement("w:r"), OxmlElement("w:t")
        new.text = "By looking."
        run.append(new)
        came.append(run)
        gone.addnext(came)

    with pytest.raises(EvidenceError, match="2 changes that Word recorded"):
        there(change)
    found = there(change, tracked=decision)
    wanted = [] if text == CLAIMS["help"].answers["how"] else [Text("help", "answers.how", text)]
    assert found.changes == wanted


def test_a_program_that_drops_the_controls_leaves_the_bookmarks(there) -> None:
    def change(document):
        set_text(box(document, "help: How?").find(W + "p"), "By asking.")
        for control in list(document.element.body.iter(W + "sdt")):
            place = control.getparent()
            for part in list(control.find(W + "sdtContent")):
                control.addprevious(part)
            place.remove(control)

    found = there(change)
    assert found.changes == [Text("help", "answers.how", "By asking.")]
    assert found.unplaced == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no Word document"),
        (b"PK\x03\x04 broken", "no Word document"),
        (b"%PDF-1.7", "no Word document"),
    ],
)
def test_files_that_are_no_form(tmp_path, content, words) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    with pytest.raises(EvidenceError, match=words):
        read_form(path)


def archive(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def test_hostile_files(tmp_path) -> None:
    with pytest.raises(EvidenceError, match="cannot be read"):
        read_form(tmp_path / "none.docx")
    with pytest.raises(EvidenceError, match="no Word document"):
        read_form(archive(tmp_path / "a.docx", {"word/other.xml": "<a/>"}))
    with pytest.raises(EvidenceError, match="none of the form's boxes"):
        read_form(archive(tmp_path / "b.docx", {"word/document.xml": "<a/>"}))
    with pytest.raises(EvidenceError, match="unpacks to more"):
        read_form(
            archive(tmp_path / "c.docx", {"word/document.xml": "<a/>", "x": "0" * 70_000_000})
        )
    entity = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'
    with pytest.raises(EvidenceError, match="none of the form's boxes"):
        read_form(archive(tmp_path / "d.docx", {"word/document.xml": entity}))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
LINES = st.lists(WORDS, max_size=4).map("\n".join)


@given(what=LINES, strengths=st.lists(WORDS, max_size=3), so_what=LINES)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_goes_out_and_back(tmp_path, what, strengths, so_what) -> None:
    claims = {"help": Claim(answers={"what": what}, strengths=tuple(strengths), so_what=so_what)}
    path = tmp_path / "form.docx"
    path.write_bytes(form(FRAMEWORK, claims, council="T", only=("help",), criteria=False))
    read = read_form(path)
    assert placed(read, FRAMEWORK, claims).changes == []
    # Into an empty self-evaluation, all of it comes in.
    for block in read.blocks:
        block.exported = "0" * 12
    came = placed(read, FRAMEWORK, {}, theirs=True)
    texts = {c.field: c.text for c in came.changes if isinstance(c, Text)}
    assert texts.get("answers.what", "") == "\n\n".join(paragraphs(what))
    assert texts.get("so_what", "") == "\n\n".join(paragraphs(so_what))
    told = [c.text for c in came.changes if isinstance(c, Item)]
    assert told == [each for each in map(normal, strengths) if each]


FILE = """schema: selfassess/self-evaluation@1
framework: test@1
# Ours.
judgements:
  # The big one.
  help:  # one
    grade: good
    answers:
      # first
      what: >-  # folded
        We know
        much.
      how: By audit.   # plain
    strengths:
      - Heard.   # who says so?
      # seen
      - text: Seen.
        evidence: [E-1]
    weaknesses: [Late, 'Slow.']  # in brackets
    so_what: |
      Safe.

      Sound.
    date: 2026-03-01
  care: {so_what: x}
  # behind
plan: []  # none
"""


def comments(text: str) -> list[str]:
    return re.findall(r"#[^\n]*", text)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (Text("help", "answers.what", "We know all."), ("help", "answers", "what")),
        (Text("help", "answers.how", "One.\n\nTwo: three # four"), ("help", "answers", "how")),
        (Text("help", "so_what", "word " * 60 + "end."), ("help", "so_what")),
        (Text("help", "so_what", ""), ("help", "so_what")),
        (Text("care", "answers.how", "No."), ("care", "answers", "how")),
        (Text("care", "so_what", "- dash: 'quote' \"two\" \\ é 😀"), ("care", "so_what")),
        (Text("C-1", "so_what", "true"), ("C-1", "so_what")),
        (Text("leavers", "answers.what", "2026"), ("leavers", "answers", "what")),
    ],
)
def test_a_text_comes_into_the_file(change, place) -> None:
    new = edited(FILE, [change], FRAMEWORK)
    data = read_text(new).data
    value = data["judgements"]
    for step in place:
        value = value[step]
    assert value == change.text.strip()
    assert [each for each in comments(FILE) if each not in comments(new)] == []
    rest = read_text(FILE).data
    for one in (data, rest):
        one["judgements"].pop(change.node, None)
    assert data == rest


def test_items_come_into_the_file() -> None:
    changes = [
        Item("help", "strengths", 1, "Seen: alone."),
        Item("help", "strengths", None, "Trusted."),
        Item("help", "weaknesses", 1, None),
        Item("help", "weaknesses", 0, "Too late, too often."),
        Item("H-1", "strengths", None, "Visits."),
    ]
    new = edited(FILE, changes, FRAMEWORK)
    said = read_text(new).data["judgements"]
    assert said["help"]["strengths"] == [
        "Heard.",
        {"text": "Seen: alone.", "evidence": ["E-1"]},
        "Trusted.",
    ]
    assert said["help"]["weaknesses"] == ["Too late, too often."]
    assert said["H-1"] == {"strengths": ["Visits."]}
    assert [each for each in comments(FILE) if each not in comments(new)] == []
    gone = edited(new, [Item("H-1", "strengths", 0, None)], FRAMEWORK)
    assert read_text(gone).data["judgements"]["H-1"]["strengths"] == []


def test_lines_that_no_change_touches_stay() -> None:
    new = edited(FILE, [Text("help", "answers.how", "By asking.")], FRAMEWORK)
    assert new == FILE.replace("By audit.", "By asking.")


@pytest.mark.parametrize(
    "text",
    [
        "schema: x\njudgements: {}\n",
        "schema: x\njudgements:\n",
        "schema: x\n",
        "schema: x\r\njudgements:\r\n  help:\r\n    so_what: a\r\n",
        "schema: x\njudgements:\n  help:",
        "schema: x\njudgements:\n  help: {}\n  care: &a {so_what: y}\n  leavers: *a\n",
        "{schema: x, judgements: {help: {so_what: y, answers: {}}}}\n",
        "schema: x\njudgements:\n    help:\n        grade: good",
    ],
)
def test_every_way_of_writing_a_file(text) -> None:
    changes = [
        Text("help", "so_what", "One.\n\nTwo."),
        Text("help", "answers.what", "A: b"),
        Item("help", "strengths", None, "Heard #1."),
        Text("L-1", "so_what", "Work."),
    ]
    data = read_text(edited(text, changes, FRAMEWORK)).data["judgements"]
    assert data["help"]["so_what"] == "One.\n\nTwo."
    assert data["help"]["answers"] == {"what": "A: b"}
    assert data["help"]["strengths"] == ["Heard #1."]
    assert data["L-1"] == {"so_what": "Work."}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("help", "care", "H-1")),
            st.sampled_from(("so_what", "answers.what", "answers.how")),
            st.one_of(WORDS, st.lists(WORDS, max_size=3).map("\n\n".join)),
        ),
        max_size=4,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_texts_come_in_and_no_comment_is_lost(texts) -> None:
    changes = [Text(node, field, "\n\n".join(paragraphs(text))) for node, field, text in texts]
    new = edited(FILE, changes, FRAMEWORK)
    data = read_text(new).data["judgements"]
    for node, field, text in {
        (c.node, c.field): (c.node, c.field, c.text) for c in changes
    }.values():
        value = data[node]
        for step in field.split(".", 1):
            value = value[step]
        assert value == text
    for comment in comments(FILE):
        assert comment in new


def test_a_word_document_holds_no_time_of_its_own() -> None:
    content = form(FRAMEWORK, CLAIMS, council="T")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {item.date_time for item in file.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    assert dt.date(2000, 1, 1).isoformat().encode() in zipfile.ZipFile(io.BytesIO(content)).read(
        "docProps/core.xml"
    )


def test_paragraphs_added_where_the_controls_are_gone_belong_to_the_box_above(there) -> None:
    def change(document):
        add(box(document, "help: Weaknesses"), "Slow.")
        for control in list(document.element.body.iter(W + "sdt")):
            for part in list(control.find(W + "sdtContent")):
                control.addprevious(part)
            control.getparent().remove(control)

    found = there(change)
    assert found.changes == [Item("help", "weaknesses", None, "Slow.")]
    assert found.unplaced == []


def test_an_emptied_control_with_words_prompt_is_empty(there) -> None:
    from docx.oxml import OxmlElement

    def change(document):
        content = box(document, "help: How?")
        set_text(content.find(W + "p"), "Click or tap here to enter text.")
        content.getparent().find(W + "sdtPr").append(OxmlElement("w:showingPlcHdr"))

    assert there(change).changes == [Text("help", "answers.how", "")]


SAVED = Path(__file__).parents[2] / "fixtures" / "claims" / "form-saved-by-libreoffice.docx"
"""The form of this page's framework and claims, opened and saved by LibreOffice 7.4."""


@pytest.fixture(params=["kept", "now"])
def saved_again(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A form that LibreOffice saved: one that is kept here, and one of now where it is installed.

    Continuous integration installs no office suite for one test, so it skips the second, also
    where SELFASSESS_NO_SKIP says that what it installs is there. To run it:
    apt-get install libreoffice-writer-nogui.
    """
    again = tmp_path / "again" / "form.docx"
    again.parent.mkdir()
    if request.param == "kept":
        shutil.copyfile(SAVED, again)
        return again
    office = shutil.which("libreoffice") or shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    path = tmp_path / "form.docx"
    path.write_bytes(form(FRAMEWORK, CLAIMS, council="Testshire"))
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'user').as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", "docx", "--outdir", str(again.parent), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return again


def test_a_form_saved_again_by_another_office_program(saved_again: Path) -> None:
    """LibreOffice makes controls part of a paragraph and drops their tags; bookmarks stay."""
    again = saved_again
    assert b"<w:tag " not in zipfile.ZipFile(again).read("word/document.xml")
    found = placed(read_form(again), FRAMEWORK, CLAIMS)
    assert (found.changes, found.conflicts, found.unplaced) == ([], [], [])

    def change(document):
        for paragraph in document.element.body.iter(W + "p"):
            if "".join(each.text or "" for each in paragraph.iter(W + "t")) == "Late.":
                set_text(paragraph, "Too late.")

    rewritten(again, change)
    found = placed(read_form(again), FRAMEWORK, CLAIMS)
    assert found.changes == [Item("help", "weaknesses", 0, "Too late.")]
