"""The file that a new framework begins with: short, commented, and sound as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from selfassess.loading.dump import yaml_text
from selfassess.model.measure import Topic

__all__ = ["starter"]

_HEAD = """\
# yaml-language-server: $schema=framework.schema.json
#
# An inspection framework. Everything that stands here is an example: replace it with what the
# framework's own publication says, in your own words, and check the file as you go:
#     selfassess frameworks check {file}
# The key 'provenance' says of each part where it comes from: 'official' was read in the source,
# 'unverified' was heard of and not read, 'ours' is the writer's own.
schema: selfassess/framework@1
{id}edition: "1" # its date or number; a later edition of the same id says 'extends: {plain_id}@1'
{title}kind: {kind} # graded: people give grades on a scale. narrative: findings, no grade anywhere
status: draft # then in-force, with in_force_from, and superseded
subject: Who is inspected
source: # where the rules are published, and on what terms
  title: The document that this framework restates
  publisher: Who publishes it
  licence: The terms under which it may be restated
  provenance: unverified
"""

_SCALE = """
scales: # any number of scales of any length, the highest grade first
  - id: grades
    title: Grades
    levels:
      - {id: good, title: Good}
      - {id: fair, title: Fair}
      - {id: poor, title: Poor}
"""

_MIDDLE = """
questions: # what a self-evaluation answers for each judgement
  - {id: what-do-you-know, text: What do you know?}
  - {id: how-do-you-know, text: How do you know it?}
  - {id: what-will-you-do, text: What will you do?}

responsible_bodies: # who answers for the criteria
  - {id: council, title: The council}
"""

_NODES = """
# The tree: judgements, groups that only order the page, and criteria. An id is never used again for
# something else. Evidence reaches a criterion by its topics; these are known here:
{topics}nodes:
  - id: first-judgement
    title: The first judgement
    kind: judgement{scale}
    practice: true # it judges work with children, not the leading of it
    owns: [{topic}] # topics that are this judgement's own; a topic has one owner
    responsible: [council]{levels}
    nodes:
      - id: C-01
        title: The first criterion
        kind: criterion
        topics: [{topic}]
        descriptors: # what it looks like; at least at the level that is expected
          - {{level: {level}, text: Say what good work looks like.}}
        expects: # the evidence that it should rest on, from two voices or more
          - id: audit
            title: What audits found
            voices: [practice-audit]
            max_age_days: 365
            min_sample: 10
          - id: children
            title: What children said
            voices: [child]
            required: false
"""

_LEVELS = """
    descriptors:
      - {level: good, text: Say what good looks like.}
      - {level: fair, text: Say what fair looks like.}
      - {level: poor, text: Say what poor looks like.}"""

_CEILING = """
# Rules: evidence that refutes a grade by itself. A rule caps, it never awards.
ceilings:
  - id: children-at-risk
    if: {{register: {{direction: weakness, severity: serious, topics: [{topic}]}}}}
    applies_to: first-judgement
    at_most: fair
    flag: priority-action-risk
    because: Children left at risk are to be protected first.
"""

_FLAG = """
# Flags: evidence that by itself calls for urgent attention. A person decides what it is.
ceilings:
  - id: children-at-risk
    if: {{register: {{direction: weakness, severity: serious, topics: [{topic}]}}}}
    flag: priority-action-risk
    because: Children left at risk are to be protected first.
"""


def starter(framework_id: str, title: str, kind: str, *, topics: Sequence[Topic], file: str) -> str:
    """The text of a starter file.

    Args:
        framework_id: the new framework's id.
        title: its title.
        kind: ``graded`` or ``narrative``.
        topics: what is installed; the first serves as example, all are listed.
        file: what the file will be called, for the comment.
    """
    graded = kind == "graded"
    topic = topics[0].id if topics else "a-topic"
    values = {
        "file": file,
        "plain_id": framework_id,
        "id": yaml_text({"id": framework_id}),
        "title": yaml_text({"title": title}),
        "kind": kind,
        "topic": topic,
        "topics": _listed([each.id for each in topics]),
        "scale": "\n    scale: grades" if graded else "",
        "levels": _LEVELS if graded else "",
        "level": "fair" if graded else "expected",
    }
    parts = [_HEAD.format(**values), _SCALE if graded else "", _MIDDLE, _NODES.format(**values)]
    return "".join([*parts, (_CEILING if graded else _FLAG).format(**values)])


def _listed(names: Sequence[str]) -> str:
    lines: list[str] = []
    for name in names:
        if lines and len(lines[-1]) + len(name) + 2 <= 96:
            lines[-1] += f", {name}"
        else:
            lines.append(name)
    return "".join(f"#   {line}\n" for line in lines)
