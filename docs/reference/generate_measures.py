"""Write ``measures.md``, the catalogue page, from the installed packs.

The page is checked against the packs in ``tests/measures/test_reference_page.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from selfassess.judging.bands import band_text
from selfassess.loading.library import Library, load_library
from selfassess.model.common import Source
from selfassess.model.measure import Band, Measure
from selfassess.registry import Registry

PACKS = {
    "caseloads": "Caseloads, allocation and workforce",
    "thresholds": "Front door and thresholds",
    "management-oversight": "Supervision, management oversight and practice audit",
    "annex-a": "What the lists themselves can time, care and care leavers",
}

HEAD = """\
# Measures

Every measure that ships with the toolkit. All of them can be carried as published figures in
`readings.csv`; those marked *computed* are also counted from a council's own files. The definitions
are data, in `plugins/*/measures/*.yaml`; [the measure language](measure-language.md) explains their
keys. This page is written by `generate_measures.py` from them.

A band's cuts say where a signal begins: a value on a cut takes the better side, and values are not
rounded first. Without a band a figure is context. Most cuts are our proposals; the basis of each is
named, and councils may set their own, which change colours and never ceilings. *Worst case* marks
figures that a single worker, contact or child may make. Where a duration matters beside a rate, its
middle value and its highest tenth are measures of their own (`…-days`, `…-p90`).
"""


def page(library: Library) -> str:
    """The whole page."""
    parts = [HEAD]
    for pack, title in PACKS.items():
        parts.append(f"## {title}\n")
        parts += [entry(measure) for measure in of_pack(library, pack)]
    return "\n".join(parts)


def of_pack(library: Library, pack: str) -> Iterator[Measure]:
    """A pack's measures, by id."""
    for key in sorted(library.measures):
        if library.origins.get(("measure", key)) == pack:
            yield library.measures[key]


def entry(measure: Measure) -> str:
    """One measure: what it is, what it can tell, its bands, where they come from."""
    computed = measure.from_ or measure.ratio or measure.ways
    facts = [f"`{measure.id}`", measure.unit, better(measure), measure.about]
    facts.append("computed" if computed else "published figures only")
    if measure.tail:
        facts.append("worst case")
    if measure.voice != "data":
        facts.append(f"voice: {measure.voice}")
    lines = [f"### {measure.title}\n", " · ".join(facts) + "\n", measure.why.strip() + "\n"]
    if measure.ways:
        lines.append("Ways to compute it, in order:\n")
        lines += [f"- *{way.name}*: {way.can_tell or 'as above.'}" for way in measure.ways]
        lines.append("")
    if measure.bands:
        lines += ["| Scope | Cuts | Basis |", "|---|---|---|"]
        lines += [band_row(band) for band in measure.bands]
        lines.append("")
    if measure.source:
        lines.append(cited(measure.source) + "\n")
    lines.append(f"Topics: {', '.join(measure.topics)}.\n")
    return "\n".join(lines)


def better(measure: Measure) -> str:
    """Which way is good, in words."""
    return {
        "higher": "higher is better",
        "lower": "lower is better",
        "two-sided": "both ends ask a question",
        "none": "no better side",
    }[measure.better]


def band_row(band: Band) -> str:
    """A band as a table row."""
    scope = ", ".join(f"{key} = {value}" for key, value in band.where.items()) or "whole"
    if band.until:
        scope += f", dates to {band.until}"
    if band.since:
        scope += f", dates from {band.since}"
    text = band_text(band) + ("; never better than context" if band.best else "")
    basis = f"{band.basis} {band.vintage or ''}".strip()
    if band.provenance == "unverified":
        basis += " (unverified)"
    return f"| {scope} | {text} | {basis} |"


def cited(found: Source) -> str:
    """Where the measure comes from."""
    title = f"[{found.title}]({found.url})" if found.url else found.title
    publisher = f", {found.publisher}" if found.publisher else ""
    note = f" {found.note}" if found.note else ""
    mark = " (unverified)" if found.provenance == "unverified" else ""
    return f"Source: {title}{publisher}{mark}.{note}"


if __name__ == "__main__":
    text = page(load_library(Registry.load(()).packs))
    Path(__file__).with_name("measures.md").write_text(text, encoding="utf-8", newline="\n")
