"""Small packs to load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from selfassess.model.pack import Pack
from selfassess.registry import read_pack

MakePack = Callable[..., Pack]

WORDS = """\
schema: selfassess/words@1
topics:
  - {id: plans, title: Plans, group: practice}
dimensions:
  - {id: team, title: Team, inherits: true}
settings:
  - {id: visit-days, title: Days, values: [{value: 10}]}
"""

MEASURES = """\
schema: selfassess/measures@1
measures:
  - id: visits.on-time
    title: Visits on time
    unit: percent
    better: higher
    about: compliance
    topics: [plans]
    why: Says whether visits were on time.
    bands: [{basis: local, attention: under 90, concern: under 75}]
"""

TABLES = """\
schema: selfassess/tables@1
tables:
  - id: visits
    title: Visits
    entity: child
    key: [child_id]
    event: date
    columns:
      - {name: child_id, headers: [Child id], type: id, required: true, personal: true}
      - {name: date, headers: [Date], type: date}
views:
  - id: seen
    title: Seen
    entity: child
    key: [child_id]
    columns: [child_id, date]
    union: [{table: visits}]
"""

FRAMEWORK = """\
schema: selfassess/framework@1
id: small
edition: "1"
title: A small framework
kind: graded
status: in-force
in_force_from: 2024-01-01
source: {title: A document}
scales:
  - id: two
    title: Two grades
    levels: [{id: fine, title: Fine}, {id: poor, title: Poor}]
nodes:
  - id: practice
    title: Practice
    kind: judgement
    scale: two
    owns: [plans]
    note: a note
    nodes:
      - {id: A, title: First, kind: criterion, topics: [plans], measures: [visits.on-time]}
      - {id: B, title: Second, kind: criterion, topics: [plans]}
  - {id: leading, title: Leading, kind: judgement}
questions:
  - {id: what, text: What?}
"""

ALL = {
    "words.yaml": WORDS,
    "measures/visits.yaml": MEASURES,
    "tables.yaml": TABLES,
    "frameworks/small.yaml": FRAMEWORK,
}


@pytest.fixture
def make_pack(tmp_path: Path) -> MakePack:
    """Write a pack's files and read its manifest."""

    def make(files: dict[str, str], pack_id: str = "one") -> Pack:
        root = tmp_path / pack_id
        manifest = f"id: {pack_id}\nversion: '1'\napi: 1\ntitle: A pack\nlicence: MIT\n"
        for name, text in {"pack.yaml": manifest, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_pack(root, plugin=pack_id)

    return make
