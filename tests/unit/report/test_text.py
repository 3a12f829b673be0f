# ruff: noqa: E501 - cases are one a line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.report.text import Repertoire, brief, headline, markdown

LATIN = frozenset(range(0x20, 0x7F)) | {ord(char) for char in "ŵŷ…□–"}


@pytest.fixture
def latin() -> Repertoire:
    return Repertoire(LATIN)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("w\u0302", "ŵ"),  # composed
        ("😀", "[grinning face]"),
        ("שלום", "□□□□"),
        ("a\u202eb\u202c", "ab"),  # invisible direction marks go
        ("a\x00\x1b[31mb", "a[31mb"),
        ("a\u00a0b\u2009c", "a b c"),
        ("ﬁne", "fine"),
        ("ＡＢ", "AB"),
        ("a\u0336b", "ab"),  # a combining mark that no font places
        ("\ud800", "□"),
        ("line\nnext\tcell", "line\nnext\tcell"),
    ],
)
def test_what_the_fonts_lack_is_marked(latin: Repertoire, text: str, shown: str) -> None:
    assert latin.clean(text) == shown


@given(st.text())
def test_clean_text_is_printable_and_stays_so(text: str) -> None:
    latin = Repertoire(LATIN)
    shown = latin.clean(text)
    assert latin.missing(shown) == []
    assert latin.clean(shown) == shown


def test_replacements_are_counted_without_white_space_and_controls(latin: Repertoire) -> None:
    latin.clean_tree({"a": ["😀 \x00", {"ש": "plain"}], "n": 3})
    assert latin.replaced == 2


def test_a_tree_keeps_its_shape_and_its_keys_match_its_values(latin: Repertoire) -> None:
    tree = {"signals": {"m[team=שׁ]": "weak"}, "ids": ("m[team=שׁ]",), "none": None, "n": 1.5}
    shown = latin.clean_tree(tree)
    assert list(shown["signals"]) == shown["ids"]
    assert shown["none"] is None
    assert shown["n"] == 1.5


def test_missing_characters_are_named_once_each(latin: Repertoire) -> None:
    assert latin.missing("é é\n☃") == ["é", "☃"]


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("short", 10, "short"),
        ("one two three four", 12, "one two…"),
        ("x" * 40, 10, "x" * 10 + "…"),
        ("word " * 60, 200, ("word " * 39).strip() + " … [shortened]"),
    ],
)
def test_long_texts_are_cut_at_a_word(text: str, limit: int, shown: str) -> None:
    assert brief(text, limit) == shown


@pytest.mark.parametrize(
    ("text", "head", "rest"),
    [
        ("Largest caseload: 42 children, far over. Who? Since when?", "Largest caseload: 42 children, far over.", "Who? Since when?"),
        ("Children at risk. Oldest: 27.5 days of work. Act.", "Children at risk. Oldest: 27.5 days of work.", "Act."),
        ("no stop", "no stop", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_headline_is_the_first_sentence_or_more_where_that_is_short(
    text: str, head: str, rest: str
) -> None:
    assert headline(text) == (head, rest)


def test_markdown_gives_paragraphs_lists_and_emphasis() -> None:
    assert (
        markdown("**so** it\n\n- is") == "<p><strong>so</strong> it</p>\n<ul>\n<li>is</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("<script>x", "<p>&lt;script&gt;x</p>\n"),
        ("[a](http://b)", "<p>a</p>\n"),
        ("[a](https://b/?c&d)", "<p>a (https://b/?c&amp;d)</p>\n"),
        ('[a](https://b"onclick="c)', "<p>a (https://b%22onclick=%22c)</p>\n"),
        ("[**a**](mailto:a@b.c)", "<p><strong>a</strong> (mailto:a@b.c)</p>\n"),
        ("[a](javascript:b)", "<p>a</p>\n"),
        ("[a](data:text/html,b)", "<p>a</p>\n"),
        ("![a <b>](file:///b)", "<p>a &lt;b&gt;</p>\n"),
        ("<http://b.invalid>", "<p>http://b.invalid</p>\n"),
        ("<a@b.cc>", "<p>a@b.cc</p>\n"),
        ("&#128512;", "<p>&amp;#128512;</p>\n"),
        ("[a]: http://b\n\n[a]", "<p>[a]: http://b</p>\n<p>[a]</p>\n"),
        ("# Title", "<p><strong>Title</strong></p>\n"),
        ("Title\n===", "<p><strong>Title</strong></p>\n"),
        ("a\n\n---\n\nb", "<p>a</p>\n<p>b</p>\n"),
    ],
)
def test_markdown_cannot_fetch_run_or_disturb_headings(text: str, shown: str) -> None:
    assert markdown(text) == shown


@pytest.mark.parametrize("text", ["", "  \n "])
def test_no_text_gives_nothing(text: str) -> None:
    assert markdown(text) is None
