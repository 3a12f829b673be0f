"""The page as blocks: what Word and Markdown are written from."""

from __future__ import annotations

import html as entities
import re

from hypothesis import given
from hypothesis import strategies as st

from selfassess.report.office.blocks import (
    Cell,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Row,
    Run,
    Table,
    plain,
)
from selfassess.report.office.page import read_page


def page(body: str) -> tuple[object, ...]:
    return read_page(f"<html><head><title>T</title></head><body>{body}</body></html>")


def test_headings_paragraphs_and_styles() -> None:
    assert page(
        "<main><section id='s'><h2 id='h'>Two  words</h2>"
        "<p class='refs'>See <a href='#e1'>E1</a>, <strong>not <em>now</em></strong>.</p></section>"
    ) == (
        Heading(2, (Run("Two words"),), ("s", "h")),
        Paragraph(
            (
                Run("See "),
                Run("E1", link="e1"),
                Run(", "),
                Run("not ", bold=True),
                Run("now", bold=True, italic=True),
                Run("."),
            ),
            "refs",
        ),
    )


def test_lists_nest_and_loose_text_is_kept() -> None:
    assert page("<ul><li>one<ul><li><p>deep</p></li></ul>tail</li></ul>loose") == (
        Listing(
            (
                (
                    Paragraph((Run("one"),)),
                    Listing(((Paragraph((Run("deep"),)),),)),
                    Paragraph((Run("tail"),)),
                ),
            )
        ),
        Paragraph((Run("loose"),)),
    )


def test_tables_keep_caption_head_spans_and_widths() -> None:
    (table,) = page(
        "<table><caption>C</caption><colgroup><col class='w60'><col></colgroup>"
        "<thead><tr><th>A</th><th class='num'>B</th></tr></thead>"
        "<tbody><tr id='r'><th colspan='2'>g</th></tr>"
        "<tr><td>x<p class='sub'>y</p></td><td class='num'>1</td></tr></tbody></table>"
    )
    assert isinstance(table, Table)
    assert (table.caption, table.widths, table.columns) == ("C", (60, 0), 2)
    assert table.head == (
        Row(
            (
                Cell((Paragraph((Run("A"),)),), header=True),
                Cell((Paragraph((Run("B"),), "num"),), header=True, number=True),
            )
        ),
    )
    assert table.rows[0].anchors == ("r",)
    assert table.rows[0].cells[0].span == 2
    assert [plain(b.runs) for b in table.rows[1].cells[0].blocks if isinstance(b, Paragraph)] == [
        "x",
        "y",
    ]


def test_figures_keep_picture_and_words() -> None:
    (figure,) = page(
        "<figure id='f'><p class='figure-title'>F</p>"
        "<img src='data:image/svg+xml;charset=utf-8,%3Csvg/%3E' alt='a'></figure>"
    )
    assert isinstance(figure, Figure)
    assert (figure.svg, figure.alt, figure.anchors) == (b"<svg/>", "a", ("f",))
    assert figure.blocks == (Paragraph((Run("F"),), "figure-title"),)


def test_what_helps_on_screen_only_is_left_out() -> None:
    assert page("<a class='skip' href='#x'>skip</a><nav><p>list</p></nav><script>x</script>") == ()


def test_own_lines_and_outside_links() -> None:
    (first,) = page("<p>a<span class='sub'>b</span> <a href='https://x'>c</a></p>")
    assert isinstance(first, Paragraph)
    assert plain(first.runs) == "a\nb c"
    assert not any(run.link for run in first.runs)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "b", "em", "span", "a"])), min_size=1))
def test_no_word_is_lost_between_elements(parts: list[tuple[str, str]]) -> None:
    inner = " ".join(
        f"<{tag}>{entities.escape(word)}</{tag}>" if tag else entities.escape(word)
        for word, tag in parts
    )
    (found,) = page(f"<p>{inner}</p>")
    assert isinstance(found, Paragraph)
    assert re.split(r"\s+", plain(found.runs)) == re.split(r"\s+", " ".join(w for w, _ in parts))
