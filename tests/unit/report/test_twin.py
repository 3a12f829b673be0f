"""The page in a browser: no fault that axe finds, sorting and choosing work, nothing else runs."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from selfassess.errors import ReportError
from selfassess.report.twin import twin

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("hostile", "narrative", "rich", "sparse")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("SELFASSESS_NO_SKIP"):
            pytest.fail("chromium is not installed, and continuous integration must not skip")
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def opened(browser: Browser, pages: dict[str, str], tmp_path: Path) -> Iterator[Any]:
    """Open an assessment's page from a file, as from a file share; collects what goes wrong."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    faults: list[str] = []

    def show(name: str, html: str | None = None) -> Page:
        path = tmp_path / "a share" / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(twin(html or pages[name]), encoding="utf-8")
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda r: faults.append(r.url) if r.url.startswith("http") else None)
        page.on("dialog", lambda dialog: faults.append("dialog"))
        page.goto(path.as_uri())
        return page

    show.faults = faults  # type: ignore[attr-defined]
    yield show
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(name: str, opened: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(name)
    found = Axe().run(page).response["violations"]
    assert [
        (v["id"], v["help"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found
    ] == []
    assert opened.faults == []


def test_sorting_orders_and_comes_back(opened: Any) -> None:
    page = opened("rich")
    table = page.locator("main table.readings").first
    head = table.locator("thead th", has_text="Value")
    rows = table.locator("tbody tr:not(.part):not(.group)")

    def values() -> list[float]:
        texts = [rows.nth(i).locator("td").first.inner_text() for i in range(rows.count())]
        numbers = [re.search(r"-?[\d,]+(\.\d+)?", text) for text in texts]
        return [float(found[0].replace(",", "")) for found in numbers if found]

    before = rows.all_inner_texts()
    button = head.locator("button")
    button.click()
    assert values() == sorted(values())
    assert head.get_attribute("aria-sort") == "ascending"
    button.press("Enter")
    assert values() == sorted(values(), reverse=True)
    assert "Sorted by Value, descending" in page.locator("[role=status]").inner_text()
    button.click()
    assert rows.all_inner_texts() == before
    assert head.get_attribute("aria-sort") is None


def test_parts_stay_behind_their_whole(opened: Any) -> None:
    page = opened("rich")
    script = """table => [...table.tBodies[0].rows].map(
        row => [row.classList.contains("part"), row.cells[0].textContent.trim()])"""
    for table in page.locator("main table.readings").all():
        owners = []
        for _ in range(2):
            owner, found = "", {}
            for part, title in table.evaluate(script):
                owner = owner if part else title
                found.setdefault(owner, []).append(title)
            owners.append({key: sorted(value) for key, value in found.items()})
            if not table.locator("thead button").count():
                break
            table.locator("thead button").first.click()
        assert owners[0] == owners[-1]


def test_choosing_a_judgement_hides_the_others(opened: Any) -> None:
    page = opened("rich")
    chapters = page.locator("section.chapter")
    select = page.locator(".twin-filter select")
    select.select_option(index=2)
    shown = [chapters.nth(i).is_visible() for i in range(chapters.count())]
    assert shown == [i == 1 for i in range(chapters.count())]
    anchor = chapters.nth(0).locator("h2").get_attribute("id")
    page.evaluate(f"location.hash = '#{anchor}'")
    page.wait_for_function("!document.querySelector('section.chapter[hidden]')")
    assert all(chapters.nth(i).is_visible() for i in range(chapters.count()))


def test_no_script_but_ours_runs(opened: Any, pages: dict[str, str]) -> None:
    evil = "<script>window.evil = 1</script><img src=x onerror='window.evil = 2'>"
    page = opened("rich", pages["rich"].replace("<main>", f"<main>{evil}", 1))
    assert page.evaluate("window.evil") is None
    assert page.locator("button.twin-sort").count() > 3


def test_everything_is_there_without_the_script(browser: Browser, pages: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(twin(pages["rich"]))
    assert page.locator("section.chapter:visible").count() > 1
    assert page.locator("button").count() == 0
    context.close()


def test_page_without_a_policy_is_refused() -> None:
    with pytest.raises(ReportError, match="lacks the policy"):
        twin("<html><head></head><body></body></html>")
