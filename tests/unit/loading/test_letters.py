"""Forms of letters are read from packs; one that could take nothing is refused with its place."""

from __future__ import annotations

import re

import pytest

from selfassess.errors import PluginError
from selfassess.loading.library import load_library

from .conftest import ALL, MakePack

FORMS = """\
schema: selfassess/letters@1
forms:
  - id: peer
    title: Peer review
    recognise: [peer review]
    subject: ["Review of {subject}"]
    sections:
      - {headings: [Areas to consider], kind: improve}
    tags: {"outcome {n}": "nf:outcome-{n}", leadership: "nf:enabler-2"}
"""


def test_a_sound_form_is_found(make_pack: MakePack) -> None:
    library = load_library([make_pack({**ALL, "letters.yaml": FORMS})])
    assert library.letters["peer"].subject == ("Review of {subject}",)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[peer review]", "[]", r"letters.yaml:5:16: .*no phrase to recognise it by"),
        ("{subject}", "{subjct}", r"letters.yaml:6:15: '\{subjct\}'[\s\S]*subject"),
        ("{subject}", "us", r"letters.yaml:6:15: '\{subject\}' stands 0 times"),
        ("[Areas to consider]", "[]", r"letters.yaml:8:20: .*without a heading"),
        ('"outcome {n}"', '"outcome {m}"', r"letters.yaml:9:\d+: '\{m\}'[\s\S]*\{n\}"),
        ('"outcome {n}"', '"outcome"', r"letters.yaml:9:\d+: '\{n\}' stands 0 times"),
    ],
)
def test_a_fault_is_told_with_its_place(
    make_pack: MakePack, before: str, after: str, told: str
) -> None:
    text = FORMS.replace(before, after, 1)
    assert text != FORMS
    with pytest.raises(PluginError) as caught:
        load_library([make_pack({**ALL, "letters.yaml": text})])
    assert re.search(told, str(caught.value)), str(caught.value)
