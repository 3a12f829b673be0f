from __future__ import annotations

import pytest

from selfassess.report.lint import lint

GOOD = """<!DOCTYPE html><html lang="en-GB"><head><title>T</title>
<style>p{color:#000000}</style></head>
<body><h1 id="top">A</h1><h2>B</h2><h3>C</h3><h2>D</h2><p><a href="#top">up</a></p>
<img src="data:image/svg+xml,x" alt="Bars"><svg><title>Bars</title></svg>
<table><tr><th scope="col">H</th></tr><tr><td>1</td></tr></table>%s</body></html>"""


def test_a_good_page_has_no_problem() -> None:
    assert lint(GOOD % "") == []


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("<h4>skipped</h4>", "level is skipped"),
        ('<img src="data:image/svg+xml,x">', "without a text alternative"),
        ('<img src="data:image/svg+xml,x" alt=" ">', "without a text alternative"),
        ("<svg><path/></svg>", "svg without a title"),
        ('<a href="#top"><b>x</b></a>', "inside a link"),
        ('<p style="opacity: 0.5">x</p>', "opacity"),
        ("<style>p{opacity:.3}</style>", "opacity"),
        ('<table><tr><th scope="row" rowspan="2">x</th></tr></table>', "rowspan"),
        ('<img src="data:image/png;base64,x" alt="x">', "raster image"),
        ("<table><tr><th>x</th></tr></table>", "without scope"),
        ("<table><tr><td>x</td></tr></table>", "without header cells"),
        ('<a href="#gone">x</a>', "does not exist"),
        ('<p id="top">x</p>', "used twice"),
        ("<script>x</script>", "<script>"),
        ('<p onclick="x">x</p>', "onclick"),
        ('<img src="logo.svg" alt="x">', "from outside the page"),
        ('<link rel="stylesheet" href="x.css">', "from outside the page"),
        ("<style>p{background:url(x.svg)}</style>", "style that loads"),
        ('<a href="javascript:x">x</a>', "runs or reads"),
        ('<a href="file:///etc/passwd">x</a>', "runs or reads"),
    ],
)
def test_each_rule_finds_its_fault(bad: str, told: str) -> None:
    problems = lint(GOOD % ("\n" + bad))
    assert told in " ".join(problem.message for problem in problems)
    assert all(problem.where.startswith("report.html:") for problem in problems)
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (GOOD.replace(' lang="en-GB"', "") % "", "without lang"),
        (GOOD.replace("<title>T</title>", "") % "", "no <title>"),
        (GOOD.replace("<h1 ", "<h2 ").replace("</h1>", "</h2>") % "", "h2 after nothing"),
    ],
)
def test_what_only_the_whole_page_shows(page: str, told: str) -> None:
    assert told in " ".join(problem.message for problem in lint(page))


def test_smoothing_is_fine_when_it_is_switched_off() -> None:
    style = "<style>img{image-rendering:crisp-edges}</style>"
    assert lint(GOOD % (style + '<img src="data:image/png;base64,x" alt="x">')) == []
