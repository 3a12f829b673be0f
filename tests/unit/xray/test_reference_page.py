"""The reference page says what the rules say, and its example is a file that can be read."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from selfassess.loading.parse import parse
from selfassess.loading.source import read_text
from selfassess.model.workspace import SelfEvaluation
from selfassess.model.xray import Lexicon

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_is_current() -> None:
    path = DOCS / "reference" / "generate_xray_rules.py"
    spec = importlib.util.spec_from_file_location("generate_xray_rules", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf-8") == module.page()


def example(page: str, holds: str) -> str:
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    return next(each for each in found if holds in each)


def test_the_lexicon_of_the_page_can_be_read() -> None:
    text = example("reference/xray-rules.md", "our-words")
    parsed = parse(read_text(text), Lexicon, schema="selfassess/xray@1")
    assert parsed.problems == ()


def test_the_self_evaluation_of_the_guide_can_be_read() -> None:
    guide = "how-to/write-the-self-evaluation.md"
    text = example(guide, "judgements:") + example(guide, "xray_waivers:")
    parsed = parse(read_text(text), SelfEvaluation, schema="selfassess/self-evaluation@1")
    assert parsed.problems == ()
    assert parsed.value is not None
    assert parsed.value.judgements["care"].items("strengths")[1].public is True
