"""Letters written here, in the shapes that published ones have; every word is ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from selfassess.model.letters import LetterForm
from selfassess.toolkit import Toolkit

REPORT = """
<h1>Inspection of Northbourne local authority children’s services</h1>
<p><b>Inspection dates:</b> 30 September to 11 October 2024</p>
<p><b>Lead inspector:</b> A Person, His Majesty’s Inspector</p>
<table><tr><th>Judgement</th><th>Grade</th></tr>
<tr><td>The experiences and progress of children who need help and protection</td><td>Good</td></tr>
</table>
<p>Since the last visit, leaders have kept their eye on what matters. Workers stay.</p>
<h2>What needs to improve?<sup>1</sup></h2>
<ul>
<li>How soon and how well managers oversee work with children at the front door, so that no child
waits for a decision. (outcome 3, national framework)</li>
<li>The consistency of supervision. (enabler: leadership, national framework)</li>
<li>Help for care leavers who turn 21 (outcomes 1 and 4, national framework).</li>
</ul>
<h2>The experiences and progress of children who need help and protection: good</h2>
<ul><li>Early help is timely and not a point to act on.</li></ul>
<p class="note"><sup>1</sup> Areas are linked with the children’s national framework.</p>
"""

VISIT = """
<p>5 March 2025</p>
<p>Dear Director</p>
<p><b>Focused visit to Sands and Marsh children’s services</b></p>
<p>This letter summarises the findings of the focused visit to Sands and Marsh on 4 and 5 February
2025.</p>
<p><b>Headline findings</b></p>
<p>Too many children wait for a worker of their own.</p>
<p><b>Area for priority action</b></p>
<p>The local authority needs to take swift and decisive action to address the following:</p>
<ul><li>The allocation of children in need of protection to a named, qualified worker without
delay.</li></ul>
<p>The action plan should reach us by 13 June 2025.</p>
<p><b>What needs to improve in this area of social work practice?</b></p>
<ul><li>Recording of why a decision was made.</li><li>The reach of audits.</li></ul>
<p><b>Main findings</b></p>
<p>Threshold decisions are mostly sound.</p>
"""

JOINT = """
<h1>Joint targeted area inspection of Eastmere</h1>
<p>18 July 2024</p>
<p>This letter outlines the findings about the multi-agency response to identification of initial
need and risk in Eastmere. It took place from 29 April 2024 to 3 May 2024.</p>
<h2>Headline findings</h2><p>Children are seen.</p>
<h2>Areas for priority action</h2>
<h3>Health</h3>
<p>Health services must make sure that practitioners see the alerts of children at risk.</p>
<h3>The police</h3>
<p>The constabulary must clear its queue of child protection referrals.</p>
<h2>What needs to improve?</h2>
<ul><li>Strategy meetings should hear all agencies, schools among them.</li>
<li>The partnership’s grip on data.</li></ul>
<h2>Strengths</h2><ul><li>A shared front door.</li></ul>
<h2>Next steps</h2>
<p>We have decided that Eastmere County Council is the principal authority and should prepare a
written statement of proposed action. It should send this statement by 25 October 2024.</p>
"""

CSS = """
@page { size: A4; margin: 25mm 22mm;
  @top-left { content: "Office for inspections"; font-size: 9pt }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 9pt } }
body { font: 12pt sans-serif } h1 { font-size: 20pt } h2 { font-size: 14pt } h3 { font-size: 13pt }
sup { font-size: 7pt } .note { font-size: 9pt }
"""


def write_letter(path: Path, body: str, css: str = "") -> Path:
    """Set a letter as PDF."""
    import weasyprint

    style = f"<style>{CSS}{css}</style>"
    weasyprint.HTML(string=f"<html><head>{style}</head><body>{body}</body></html>").write_pdf(path)
    return path


@pytest.fixture
def letter(tmp_path: Path) -> Callable[..., Path]:
    """Write a letter and say where it is."""
    return lambda body, css="": write_letter(tmp_path / "a letter.pdf", body, css)


@pytest.fixture(scope="session")
def forms() -> tuple[LetterForm, ...]:
    """The forms that the built-in packs bring."""
    return tuple(Toolkit.load(cache=False).library.letters.values())
