"""Write a page for each framework, and their index, from the installed packs.

The pages are checked against the packs in ``tests/frameworks/test_reference_pages.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from selfassess.loading.library import Library, load_library
from selfassess.model.framework import Condition, Expectation, Framework, Level, Node, Rule
from selfassess.model.framework_inspection import Clock, Due, Inspection
from selfassess.model.framework_scoring import Aggregate, Limiter, ScoreBand
from selfassess.registry import Registry

FOLDER = Path(__file__).parent
PROVENANCE = {"unverified": " *(unverified)*", "official": "", "ours": ""}


def pages(library: Library) -> dict[str, str]:
    """Text of every page by file name, the index included."""
    found = {f"{name(framework)}.md": page(framework) for framework in library.frameworks.values()}
    return {"index.md": index(library), **found}


def name(framework: Framework) -> str:
    """A framework's file name."""
    return f"{framework.id}-{framework.edition}"


def index(library: Library) -> str:
    """The list of frameworks, by family, the latest edition first."""
    lines = [
        "# Frameworks",
        "",
        "Every framework that ships with the toolkit, whole: an edition that extends another is",
        "written out. These pages are made from the files in `frameworks/` by `generate.py`.",
        "[How to add a framework](../../how-to/add-a-framework.md) explains the files.",
        "",
        "| Framework | Edition | In force | Kind |",
        "|---|---|---|---|",
    ]
    ordered = sorted(library.frameworks.values(), key=lambda each: each.edition, reverse=True)
    for each in sorted(ordered, key=lambda each: each.id):
        link = f"[{each.title}]({name(each)}.md)"
        lines.append(f"| {link} | {each.edition} | {dates(each)} | {each.kind}, {each.status} |")
    return "\n".join(lines) + "\n"


def dates(framework: Framework) -> str:
    """In force from when to when."""
    if framework.in_force_from is None:
        return "not known"
    if framework.in_force_to is None:
        return f"from {framework.in_force_from}"
    return f"{framework.in_force_from} to {framework.in_force_to}"


def page(framework: Framework) -> str:
    """One framework's page."""
    lines = [
        f"# {framework.title}",
        "",
        f"`{framework.reference}` · {framework.kind} · {framework.status} · in force: "
        f"{dates(framework)}",
        "",
    ]
    if framework.subject:
        lines += [f"Whose: {framework.subject}.", ""]
    source = framework.source
    link = f"[{source.title}]({source.url})" if source.url else source.title
    titles = {level.id: level.title for scale in framework.scales for level in scale.levels}
    lines += [
        f"Source: {link}, {source.publisher}. {source.licence}. "
        f"Wording: {framework.wording}; ours unless marked." + note(source.note),
        "",
    ]
    lines += [f"- {text}" for text in framework.notes]
    for scale in framework.scales:
        levels = " > ".join(graded(level) for level in scale.levels)
        lines += ["", f"**{scale.title}** (`{scale.id}`): {levels}"]
        for level in scale.levels:
            follows = " ".join(each.text for each in level.then)
            if level.statement or follows:
                lines += ["", f"- {level.title}: {level.statement}{note(follows)}"]
    if framework.questions:
        lines += ["", "## Questions of the self-evaluation", ""]
        lines += [f"{n}. {question.text}" for n, question in enumerate(framework.questions, 1)]
    for node in framework.nodes:
        lines += ["", *tree(node, 2, titles)]
    if framework.ceilings:
        lines += ["", "## Ceilings and flags", "", *rules(framework)]
    if framework.limiters:
        lines += [
            "",
            "## Limiters",
            "",
            "They act on grades that people gave, never on ceilings.",
            "",
        ]
        lines += [f"- {limiter(each)}" for each in framework.limiters]
    if framework.inspection:
        lines += ["", "## How an inspection is carried out", "", *inspection(framework.inspection)]
    return "\n".join(lines) + "\n"


def graded(level: Level) -> str:
    """A level of a scale, with what it counts."""
    score = f", {level.score:g}" if level.score is not None else ""
    return f"{level.title} (`{level.id}`{score})"


def note(text: str) -> str:
    """A note as a sentence that follows."""
    return f" {text}" if text else ""


def tree(node: Node, depth: int, titles: Mapping[str, str]) -> Iterator[str]:
    """A node and what is below it."""
    marks = "#" * min(depth, 6)
    yield f"{marks} {node.id}: {node.title}{PROVENANCE[node.provenance]}"
    yield ""
    for descriptor in node.descriptors:
        mark = PROVENANCE[descriptor.provenance]
        level = titles.get(descriptor.level, descriptor.level.capitalize())
        yield f"**{level}**{mark}: {descriptor.text}"
        yield ""
    if node.note:
        yield f"> {node.note}"
        yield ""
    facts = [
        ("Owns the topics", node.owns),
        ("Topics", node.topics),
        ("Measures", node.measures),
        ("Responsible", node.responsible),
        ("Tags", node.tags),
    ]
    for label, values in facts:
        if values:
            yield f"- {label}: " + ", ".join(f"`{value}`" for value in values)
    if node.excluded:
        yield "- Rated, but left out of any total"
    if node.aggregate:
        yield f"- {total(node.aggregate)}"
    for expectation in node.expects:
        yield f"- {expected(expectation)}"
    for child in node.nodes:
        yield ""
        yield from tree(child, depth + 1, titles)


def expected(expectation: Expectation) -> str:
    """What evidence is expected, in a line."""
    parts = [" or ".join(expectation.voices), f"at most {expectation.max_age_days} days old"]
    if expectation.min_sample:
        parts.append(f"a sample of {expectation.min_sample} or more")
    word = "Required" if expectation.required else "Welcome"
    return f"{word} (`{expectation.id}`): {expectation.title}. {'; '.join(parts)}."


def total(aggregate: Aggregate) -> str:
    """How a node's grade comes from others, in a line."""
    text = f"Total by {aggregate.by}"
    if aggregate.of:
        text += " of " + listed(aggregate.of)
    if aggregate.bands:
        bands = aggregate.bands
        text += ": " + ", ".join(band(step) for step in bands.ordered())
        text += f"; rounding {bands.round} ({bands.rounding_provenance})"
        text += PROVENANCE[bands.provenance] + "." + note(bands.note)
    return f"{text.rstrip('.')}.{note(aggregate.note)}{PROVENANCE[aggregate.provenance]}"


def band(step: ScoreBand) -> str:
    """One band of totals."""
    end = f" to {step.to:g}" if step.to is not None else " up"
    return f"{step.from_:g}{end} `{step.level}`"


def limiter(each: Limiter) -> str:
    """A limiter in a line."""
    effect = f"is `{each.force}`" if each.force else f"is at most `{each.cap}`"
    text = f"`{each.id}` ({each.strength}): where `{each.node}` is `{each.at_most}` or lower, "
    return f"{text}`{each.target}` {effect}. {each.because}{PROVENANCE[each.provenance]}"


def inspection(found: Inspection) -> Iterator[str]:
    """How an inspection is carried out, as a list."""
    if found.cohort:
        yield f"- Of whom: {found.cohort.title}{PROVENANCE[found.cohort.provenance]}"
    if found.look_back_months:
        yield f"- Looks back {found.look_back_months} months"
    for sample in found.samples:
        count = f"{sample.at_least} to {sample.at_most}"
        yield f"- Sample: {count} {sample.of}.{note(sample.note)}{PROVENANCE[sample.provenance]}"
    for clock in found.clocks:
        yield f"- {clock.title}: {due(clock.due)}{span(clock)}.{note(clock.note)}"
    for request in found.evidence_requests:
        when = f", {due(request.due)}" if request.due else ""
        columns = f" ({', '.join(request.columns)})" if request.columns else ""
        yield f"- Asked for ({request.kind}): {request.title}{columns}{when}"
    for kind in found.finding_types:
        yield f"- Finding: {kind.title} (`{kind.id}`)"
    if found.principal_authority:
        yield f"- One body answers for all: {found.principal_authority.writes}"


def due(found: Due) -> str:
    """When something is due."""
    units = [
        (found.working_days, "working days"),
        (found.weeks, "weeks"),
        (found.months, "months"),
    ]
    text = " ".join(f"{number} {unit}" for number, unit in units if number is not None)
    return f"{text} after {found.after.replace('-', ' ')}"


def span(clock: Clock) -> str:
    """What was observed, if the clock is not stated."""
    if clock.basis == "stated":
        return ""
    return f" (observed; {clock.low} to {clock.high})" if clock.low is not None else " (observed)"


def rules(framework: Framework) -> Iterator[str]:
    """The rules as a table."""
    yield "| Rule | When | Applies to | Effect | Because |"
    yield "|---|---|---|---|---|"
    for rule in framework.ceilings:
        effects = [f"at most `{rule.at_most}`"] if rule.at_most else []
        effects += [f"flag `{rule.flag}`"] if rule.flag else []
        cells = [f"`{rule.id}`", condition(rule.if_), targets(rule), ", ".join(effects)]
        yield "| " + " | ".join([*cells, rule.because]) + " |"


def targets(rule: Rule) -> str:
    """Judgements that a rule applies to, or the topics that it is about."""
    found = (rule.applies_to,) if isinstance(rule.applies_to, str) else rule.applies_to
    if found:
        return ", ".join(f"`{each}`" for each in found if each)
    return ", ".join(f"topic `{topic}`" for topic in rule.topics) or "the evidence's topics"


def condition(found: Condition) -> str:
    """A condition in words."""
    if found.all_ or found.any_:
        word = " and " if found.all_ else " or "
        return word.join(condition(part) for part in found.all_ or found.any_)
    if found.node is not None:
        return f"the ceiling of `{found.node}` is `{found.ceiling_at_most}` or lower"
    if found.missing is not None:
        return f"`{found.missing}` is missing"
    if found.register is not None:
        wanted = found.register
        words = [wanted.severity or "", wanted.direction]
        text = "a " + " ".join(word for word in words if word)
        if isinstance(wanted.topics, str):
            text += {"own": " on its own topics", "practice": " on a topic of practice"}[
                wanted.topics
            ]
        elif wanted.topics:
            text += " on " + listed(wanted.topics)
        if wanted.voices:
            text += " in the voice of " + listed(wanted.voices)
        text += scope(wanted.where)
        text += ", uncontested" if wanted.uncontested else ""
        count = max(wanted.distinct_topics, found.distinct_topics or 1)
        return text + (f", on {count} topics or more" if count > 1 else "")
    text = f"`{found.measure}`{scope(found.where)}"
    levels = (found.signal,) if isinstance(found.signal, str) else found.signal
    parts = ["is " + " or ".join(levels)] if levels else []
    parts += [f"at least {found.at_least:g}"] if found.at_least is not None else []
    parts += [f"at most {found.at_most:g}"] if found.at_most is not None else []
    return f"{text} {' and '.join(parts)}"


def scope(where: object) -> str:
    """A scope in words."""
    pairs = dict(where) if isinstance(where, dict) else {}
    return "".join(f" where {key} is {value}" for key, value in pairs.items())


def listed(values: Sequence[str]) -> str:
    """Names, the last joined by or."""
    names = [f"`{value}`" for value in values]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def main() -> None:
    """Write the pages and remove those of frameworks that are gone."""
    wanted = pages(load_library(Registry.load().packs))
    for old in FOLDER.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for file, text in wanted.items():
        (FOLDER / file).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
