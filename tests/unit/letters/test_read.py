"""What is taken from letters in the shapes that published ones have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from selfassess.errors import EvidenceError
from selfassess.letters import read_letter
from selfassess.model.letters import LetterForm

from .conftest import JOINT, REPORT, VISIT

Write = Callable[..., Path]
Forms = tuple[LetterForm, ...]


def test_report_gives_points_tags_and_pages(letter: Write, forms: Forms) -> None:
    found = read_letter(letter(REPORT), forms)
    assert (found.form, found.subject) == ("ofsted-ilacs-report", "Northbourne")
    assert found.visited == (dt.date(2024, 9, 30), dt.date(2024, 10, 11))
    assert [(p.text, p.tags, p.page, p.doubts) for p in found.points] == [
        (
            "How soon and how well managers oversee work with children at the front door, so that "
            "no child waits for a decision.",
            ("nf:outcome-3",),
            1,
            (),
        ),
        ("The consistency of supervision.", ("nf:enabler-2",), 1, ()),
        ("Help for care leavers who turn 21.", ("nf:outcome-1", "nf:outcome-4"), 1, ()),
    ]
    assert {p.kind for p in found.points} == {"improve"}


def test_visit_letter_gives_priority_action_and_the_day_of_the_answer(
    letter: Write, forms: Forms
) -> None:
    found = read_letter(letter(VISIT), forms)
    assert (found.form, found.subject) == ("ofsted-focused-visit", "Sands and Marsh")
    assert found.published == dt.date(2025, 3, 5)
    assert found.statement_due == dt.date(2025, 6, 13)
    assert [p.kind for p in found.points] == ["priority-action", "improve", "improve"]
    first = found.points[0]
    assert first.lead == (
        "The local authority needs to take swift and decisive action to address the following:"
    )
    assert first.heading == "Area for priority action"


def test_joint_letter_gives_the_bodies_responsible(letter: Write, forms: Forms) -> None:
    found = read_letter(letter(JOINT), forms)
    assert (found.form, found.subject) == ("jtai-letter", "Eastmere")
    assert found.visited == (dt.date(2024, 4, 29), dt.date(2024, 5, 3))
    assert found.statement_due == dt.date(2024, 10, 25)
    assert [(p.kind, p.bodies) for p in found.points] == [
        ("priority-action", ("health",)),
        ("priority-action", ("police",)),
        ("improve", ("education",)),
        ("improve", ("safeguarding-partners",)),
    ]
    assert all("no list" in p.doubts[0] for p in found.points[:2])


def test_list_over_a_page_break_stays_whole(letter: Write, forms: Forms) -> None:
    long = " ".join(f"Word{n}" for n in range(60))
    body = REPORT.replace("The consistency of supervision.", f"{long} end of it.")
    broken = 0
    for millimetres in range(60, 120, 6):
        css = f"h1 {{ margin-bottom: {millimetres}mm }} li {{ orphans: 1; widows: 1 }}"
        points = read_letter(letter(body, css), forms).points
        assert [p.text for p in points][1:] == [
            f"{long} end of it.",
            "Help for care leavers who turn 21.",
        ]
        assert [p.page for p in points] == sorted(p.page for p in points)
        broken += any("page break" in doubt for p in points for doubt in p.doubts)
    assert broken


def test_unread_tag_is_a_doubt_and_no_tag(letter: Write, forms: Forms) -> None:
    body = REPORT.replace("enabler: leadership", "aim twelve")
    point = read_letter(letter(body), forms).points[1]
    assert point.tags == ()
    assert point.doubts == (
        "Its bracket 'aim twelve, national framework' holds a tag that is not known.",
    )


def test_bracket_of_other_words_stays_in_the_text(letter: Write, forms: Forms) -> None:
    body = REPORT.replace("(enabler: leadership, national framework)", "(this began in May)")
    point = read_letter(letter(body), forms).points[1]
    assert (point.text, point.tags) == ("The consistency of supervision. (this began in May)", ())


def test_plain_heading_is_found_and_doubted(letter: Write, forms: Forms) -> None:
    body = VISIT.replace("<b>", "").replace("</b>", "")
    points = read_letter(letter(body), forms).points
    # Without styles the end of a section cannot be seen: what follows is doubted, not trusted.
    assert points[0].doubts
    assert points[0].text.startswith("The allocation of children")


def test_unknown_kind_is_read_and_said(letter: Write, forms: Forms) -> None:
    body = "<h2>Areas for improvement</h2><ul><li>The speed of first replies.</li></ul>"
    found = read_letter(letter(f"<h1>A peer view</h1>{body}<p>Thank you all.</p>"), forms)
    assert found.form is None
    assert found.doubts[0].startswith("It is none of the kinds of letter that are known (ILACS")
    assert found.points[0].text == "The speed of first replies."


def test_other_headings_give_no_points(letter: Write, forms: Forms) -> None:
    body = VISIT.replace("What needs to improve in this area", "What is going well in this area")
    assert [p.kind for p in read_letter(letter(body), forms).points] == ["priority-action"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "cannot be read as a PDF"),
        (b"%PDF-1.7\nnonsense", "cannot be read as a PDF"),
        (b"Dear Director", "cannot be read as a PDF"),
    ],
)
def test_what_is_no_pdf_is_refused(
    tmp_path: Path, forms: Forms, content: bytes, message: str
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(content)
    with pytest.raises(EvidenceError, match=message) as refused:
        read_letter(path, forms)
    assert "letter.pdf" in str(refused.value)


def test_missing_file_is_named(tmp_path: Path, forms: Forms) -> None:
    with pytest.raises(EvidenceError, match=r"absent\.pdf: there is no such file"):
        read_letter(tmp_path / "absent.pdf", forms)


def test_scan_is_refused(letter: Write, forms: Forms) -> None:
    with pytest.raises(EvidenceError, match="hold no text"):
        read_letter(
            letter("<div style='height: 9cm'></div>", "@page { @top-left { content: none } }"),
            forms,
        )


def test_locked_file_is_refused(letter: Write, forms: Forms, tmp_path: Path) -> None:
    import pikepdf

    locked = tmp_path / "locked.pdf"
    with pikepdf.open(letter(REPORT)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(EvidenceError, match=r"locked\.pdf: locked with a password"):
        read_letter(locked, forms)


def test_letter_without_points_says_what_was_looked_for(letter: Write, forms: Forms) -> None:
    with pytest.raises(EvidenceError, match="'What needs to improve'"):
        read_letter(letter("<h1>Focused visit to Sands</h1><p>All is well there.</p>"), forms)


def test_hostile_text_stays_text(letter: Write, forms: Forms) -> None:
    evil = "=cmd|' /C calc'!A0 &lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} \u202eabc"
    body = REPORT.replace("The consistency of supervision.", evil)
    text = read_letter(letter(body), forms).points[1].text
    assert "<script>alert(1)</script>" in text
    assert "{{ 7*7 }}" in text
    assert "\u202e" not in text


def test_bullets_of_a_symbol_font(tmp_path: Path, forms: Forms) -> None:
    """Office programs write squares as the letter n of a symbol font, placed by hand."""
    import pikepdf

    rows = [
        ("B", 14, 72, 760, "What needs to improve?"),
        ("Z", 10, 80, 735, "n"),
        ("R", 12, 100, 735, "The time that children wait for"),
        ("R", 12, 100, 720, "a plan."),
        ("Z", 10, 80, 700, "n"),
        ("R", 12, 100, 700, "The views of families."),
        ("B", 14, 72, 670, "Main findings"),
        ("R", 12, 72, 650, "Ordinary text of the letter goes on here, and on, and on, and on."),
    ]
    content = "".join(
        f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"
        for font, size, x, y, text in rows
    )
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    fonts = {"B": "Helvetica-Bold", "R": "Helvetica", "Z": "ZapfDingbats"}
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            {
                f"/{key}": pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name(f"/{name}"),
                )
                for key, name in fonts.items()
            }
        )
    )
    page.Contents = pdf.make_stream(content.encode("latin-1"))
    path = tmp_path / "office.pdf"
    pdf.save(path)
    found = read_letter(path, forms)
    assert [(p.text, p.doubts) for p in found.points] == [
        ("The time that children wait for a plan.", ()),
        ("The views of families.", ()),
    ]
