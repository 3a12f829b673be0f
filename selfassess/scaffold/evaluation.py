"""The ``self-evaluation.yaml`` and register to fill in, with the framework's own questions."""

from __future__ import annotations

from selfassess.loading.yaml_text import quoted
from selfassess.model.framework import Framework, Node
from selfassess.scaffold.words import comment, key

__all__ = ["evaluation_page", "register_page"]

HEAD = """schema: selfassess/self-evaluation@1

# What leaders say of their own practice. The report sets it beside the evidence and says which
# claims the evidence contradicts; it never awards a grade itself.
#
# Answer in your own words, in a paragraph or two each. A longer text goes below a >- and is
# indented. Lines that start with # are notes and examples; a judgement whose grade stays empty
# counts as unclaimed.

framework: {reference}

judgements:
"""
AFTER = """    # strengths: [one sentence each, with what it changed for children]
    # weaknesses: [what you know is not good enough yet]
    #   or, with its own evidence: {text: a sentence, evidence: [E-001], public: true}
    # so_what: the difference that this makes to children, in a sentence
    # evidence: [E-001]            # entries of evidence/register.yaml
    # author: who wrote this
    # date: 2026-03-31
    # status: draft                # draft, reviewed, approved, endorsed or published
    # public: false                # true: may stand in a report that leaves the council
    # partner: false               # true: in one for safeguarding partners alone
"""
PLAN = """
# The improvement plan, as long as it is simple: `selfassess plan import self-evaluation.yaml` takes
# it over into plan.db. In place of the [] below, one item an action:
#
#   - id: A-01                     # yours, never reused
#     title: What will be done
#     owner: Who answers for it
#     due: 2026-12-31
#     why: [E-001]                 # entries, or findings of the report by their id
#     topics: [{topic}]
#     judgement: {judgement}
#     responsible: [{responsible}]
#     tags: []                     # what it serves in another framework
#     success_measures: [{measure}]
#     outcome: What is different for children when it has worked
#     status: planned
#     public: false                # true: may stand in a report that leaves the council
#     partner: false               # true: in one for safeguarding partners alone
#
# An action without a success measure becomes a question: what differs for children, and when?
plan: []
"""
REGISTER = """schema: selfassess/register@1

# Evidence that is not a number: what an inspection, an audit, children, families, staff, partners
# or a review found. In place of the [] below, one item an entry:
#
#   - id: E-001                    # yours, never reused
#     topic: {topic}
#     direction: weakness          # strength, weakness, fact or plan
#     voice: practice-audit        # {voices}
#     severity: moderate           # minor, moderate, or serious
#     agreed_by: []                # two names where severity is serious
#     where: {{}}                    # the part it speaks of: {{team: Name}}; {{}} for all
#     date: 2026-03-31
#     sample: 24                   # how many were looked at or asked
#     source: Title of the report
#     text: One or two sentences, without anything that could name a child.
#     public: false                # true: may stand in a report that leaves the council
#     partner: false               # true: in one for safeguarding partners alone
#
# `selfassess frameworks show {reference}` lists the topics.
entries: []
"""


def evaluation_page(framework: Framework) -> str:
    """The page for this framework: an entry for each judgement, graded or not."""
    parts = [HEAD.format(reference=quoted(framework.reference))]
    nodes = framework.judgements()
    parts += [_judgement(framework, node) for node in nodes]
    if not nodes:
        parts[0] = parts[0].replace("judgements:\n", "judgements: {}\n")
    first = nodes[0] if nodes else None
    measures = (measure for node in framework.walk() for measure in node.measures)
    parts.append(
        PLAN.format(
            topic=_topic(framework),
            judgement=first.id if first else "name-of-judgement",
            responsible=next((body.id for body in framework.responsible_bodies), ""),
            measure=next(measures, "plugin.name-of-measure"),
        )
    )
    return "".join(parts)


def _judgement(framework: Framework, node: Node) -> str:
    lines = ["", comment(node.title, indent=2), f"  {key(node.id)}:"]
    scale = framework.scale(node.scale)
    if scale is None:
        lines.append("    # This framework gives no grade here: there is none to claim.")
    else:
        grades = ", ".join(level.id for level in scale.levels)
        lines += [comment(f"One of: {grades}. Empty: nothing is claimed.", indent=4), "    grade:"]
    if framework.questions:
        lines.append("    answers:")
    else:
        lines.append("    answers: {}")
    for question in framework.questions:
        lines.append(comment(question.text, indent=6))
        lines.append(f'      {key(question.id)}: ""')
    return "\n".join(lines) + "\n" + AFTER


def register_page(framework: Framework, voices: tuple[str, ...]) -> str:
    """An empty register with an example of each key."""
    return REGISTER.format(
        topic=_topic(framework), voices=", ".join(voices), reference=framework.reference
    )


def _topic(framework: Framework) -> str:
    topics = (topic for node in framework.walk() for topic in (*node.topics, *node.owns))
    return next(topics, "name-of-topic")
