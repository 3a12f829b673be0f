"""From ``region.json`` to what the template prints; hostile text is made printable first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.region.charts import KEY, MANY, strip
from selfassess.region.context import (
    ApartRow,
    ClaimRow,
    CouncilRow,
    FigureRow,
    MeasureBlock,
    QuestionGroup,
    RegionContext,
    WithheldRow,
)
from selfassess.region.words import figure_words
from selfassess.report.pack_head import PackCover
from selfassess.report.text import Repertoire, brief
from selfassess.report.words import (
    SIGNAL,
    basis_words,
    date_words,
    number,
    phrase,
    plural,
)

__all__ = ["AUDIENCE_WORDS", "CONTRIBUTION_WORDS", "build_region", "sentence_of"]

AUDIENCE_WORDS = {
    "internal": "the region's own moderators",
    "partner": "safeguarding partners",
    "public": "the public",
}
CONTRIBUTION_WORDS = {
    "internal": "its own assessment, disclosed here",
    "partner": "its copy for partners",
    "public": "its public copy",
}
_QUESTIONS = 12
"""Questions to one council that the pack prints; the workbook has all of them."""


def build_region(data: Mapping[str, Any], manifest: str, repertoire: Repertoire) -> RegionContext:
    """Make the pack's context.

    Args:
        data: the content of ``region.json``.
        manifest: its SHA-256.
        repertoire: the characters that the template's fonts can print.
    """
    found = repertoire.clean_tree(data)
    name = brief(str(found["region"]["name"]), 120)
    as_at = date_words(found["as_at"])
    day = date_words(found["as_at"], short=True)
    frameworks = {_framework(each) for each in found["councils"]}
    replaced = repertoire.replaced
    return RegionContext(
        lang="en-GB",
        date=str(found["as_at"]),
        generator=f"{found['made_with']['name']} {found['made_with']['version']}",
        title="Moderation pack",
        cover=PackCover(
            council=name,
            running=f"{brief(name, 40)} · Moderation pack · {day}",
            framework="Councils side by side",
            as_at=as_at,
            audience=AUDIENCE_WORDS[str(found["audience"])],
            manifest=manifest,
        ),
        lead=_lead(found),
        framework=frameworks.pop() if len(frameworks) == 1 else "",
        councils=tuple(_council(each) for each in found["councils"]),
        notes=tuple(brief(str(each), 600) for each in found["notes"]),
        measures=tuple(_measures([each for each in found["measures"] if each["known"]])),
        withheld=tuple(_withheld(each) for each in found["measures"] if not each["known"]),
        apart=tuple(_apart(each) for each in found["apart"]),
        questions=tuple(_questions(found)),
        claims=tuple(_claims(found["claims"] or ())),
        rules=(*(str(each) for each in found["rules"]), KEY),
        text_note=f"{plural(replaced, 'characters')} that the fonts lack were replaced."
        if replaced
        else "",
    )


def _lead(data: Mapping[str, Any]) -> tuple[str, ...]:
    beyond = [str(item["title"]) for item in data["measures"] if _beyond(item)]
    named = brief("; ".join(beyond), 600)
    tested = sum(any(row["beside"] for row in item["councils"]) for item in data["measures"])
    return (
        f"{plural(len(data['councils']), 'councils')} side by side on "
        f"{plural(len(data['measures']), 'measures')} that two or more of them count alike. "
        f"{plural(tested, 'measures')} could be tested; on {number(len(beyond))} of them at least "
        f"one council differs from the others by more than chance{f': {named}' if named else ''}.",
        "A difference is a question, not a verdict: this pack ranks nobody and predicts no grade.",
    )


def _beyond(item: Mapping[str, Any]) -> int:
    return sum(bool(row["beside"] and row["beside"]["beyond_chance"]) for row in item["councils"])


def _framework(each: Mapping[str, Any]) -> str:
    return brief(str(each["framework"]["title"]), 160)


def _council(each: Mapping[str, Any]) -> CouncilRow:
    lowered = each["standards_lowered"]
    return CouncilRow(
        name=brief(str(each["name"]), 120),
        as_at=date_words(each["as_at"], short=True),
        framework=_framework(each),
        contribution=CONTRIBUTION_WORDS[str(each["contribution"])],
        quality=str(each["quality"]["text"]),
        lowered=brief("; ".join(str(one) for one in lowered), 300) if lowered else "none",
    )


def _measures(measures: Iterable[Mapping[str, Any]]) -> Iterable[MeasureBlock]:
    figure = 0
    for index, item in enumerate(measures, 1):
        sentence = sentence_of(item)
        chart = strip(item, figure + 1, sentence)
        figure += chart is not None
        rows = tuple(_figure(row, str(item["unit"])) for row in _listed(item))
        bands = {row.band for row in rows}
        yield MeasureBlock(
            anchor=f"measure-{index}",
            title=brief(str(item["title"]), 160),
            why=brief(str(item["why"]), 400),
            sentence=sentence,
            chart=chart,
            rows=rows,
            band=bands.pop() if len(bands) == 1 else "",
            tested=any(row["beside"] for row in item["councils"]),
            notes=tuple(_notes(item)),
        )


def _listed(item: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The councils whose figures are printed: of many, those that differ by more than chance."""
    rows: Sequence[Mapping[str, Any]] = item["councils"]
    if len(rows) <= MANY:
        return rows
    return [row for row in rows if row["beside"] and row["beside"]["beyond_chance"]]


def sentence_of(item: Mapping[str, Any]) -> str:
    """What a comparison shows, in a sentence or two."""
    unit, known = str(item["unit"]), int(item["known"])
    if known == 0:
        names = _named(row["council"] for row in item["councils"])
        return f"Every figure is withheld (c): {names}."
    if known == 1:
        return "One figure alone is shown; the others are withheld."
    low, high = figure_words(float(item["low"]), unit), figure_words(float(item["high"]), unit)
    same = float(item["low"]) == float(item["high"])
    text = (
        f"{plural(known, 'councils')}: all {low}"
        if same
        else (f"{plural(known, 'councils')}, from {low} to {high}")
    )
    if item["middle"] is not None and not same:
        text += f"; the middle is {figure_words(float(item['middle']), unit)}"
    named = [
        f"{brief(str(row['council']), 60)} ({'higher' if row['beside']['higher'] else 'lower'})"
        for row in item["councils"]
        if row["beside"] and row["beside"]["beyond_chance"]
    ]
    if named:
        return f"{text}. More than chance: {', '.join(named)}."
    if any(row["beside"] for row in item["councils"]):
        return f"{text}. No difference is more than chance."
    return f"{text}. Nothing could be tested for chance."


def _figure(row: Mapping[str, Any], unit: str) -> FigureRow:
    value = row["value"]
    beside = row["beside"]
    band = row["band"]
    words = ""
    if band:
        words = f"{band.get('text') or ''} ({basis_words(band)})".strip()
        if row["local_band"]:
            words += "; set by the council"
    return FigureRow(
        council=brief(str(row["council"]), 120),
        value="c" if value is None else figure_words(float(value), unit),
        base="c" if value is None else "" if row["base"] is None else number(row["base"]),
        signal=phrase(SIGNAL, str(row["signal"])) if row["signal"] else None,
        band=brief(words, 200) or "no band",
        beside=beside["text"][:1].upper() + beside["text"][1:] if beside else "not tested",
        strong=bool(beside and beside["beyond_chance"]),
    )


def _notes(item: Mapping[str, Any]) -> Iterable[str]:
    left = len(item["councils"]) - len(_listed(item))
    if left:
        withheld = sum(row["value"] is None for row in item["councils"])
        some = f", {number(withheld)} of them withheld (c)" if withheld else ""
        yield f"The figures of {plural(left, 'councils')} stand in the workbook{some}."
    for text in _missing(item):
        yield f"Cannot count it: {text}."
    names = [each["council"] for each in item["differently"]]
    if names:
        yield f"Counted differently, so not compared: {_named(names)}."
    if item["can_tell"]:
        yield brief(str(item["can_tell"]), 400)


def _missing(item: Mapping[str, Any]) -> Iterable[str]:
    for why in dict.fromkeys(each["why"] for each in item["missing"]):
        names = [each["council"] for each in item["missing"] if each["why"] == why]
        yield f"{_named(names)} ({brief(str(why), 160)})"


def _withheld(item: Mapping[str, Any]) -> WithheldRow:
    return WithheldRow(
        title=brief(str(item["title"]), 160),
        who=_named(row["council"] for row in item["councils"]),
        missing="; ".join(_missing(item)) or "nobody",
    )


def _named(names: Iterable[Any]) -> str:
    found = [brief(str(each), 60) for each in names]
    if len(found) > MANY:
        return f"{plural(len(found), 'councils')}, named in the workbook"
    return brief(", ".join(found), 600)


def _apart(item: Mapping[str, Any]) -> ApartRow:
    counted = [each["council"] for each in item["differently"]]
    return ApartRow(
        title=brief(str(item["title"]), 160),
        why=str(item["why"]),
        who=_named(counted) if counted else "nobody",
    )


def _questions(data: Mapping[str, Any]) -> Iterable[QuestionGroup]:
    for council in data["councils"]:
        own = [each["text"] for each in data["questions"] if each["council"] == council["name"]]
        more = len(own) - _QUESTIONS
        yield QuestionGroup(
            council=brief(str(council["name"]), 120),
            items=tuple(brief(str(text), 600) for text in own[:_QUESTIONS]),
            more=f"{plural(more, 'questions')} more stand in the workbook." if more > 0 else "",
        )


def _claims(claims: Iterable[Mapping[str, Any]]) -> Iterable[ClaimRow]:
    for each in claims:
        for item in each["judgements"]:
            yield ClaimRow(
                council=brief(str(each["council"]), 120),
                judgement=brief(str(item["title"]), 160),
                claim=brief(str(item["claim"] or "nothing is claimed"), 80),
                ceiling=brief(str(item["ceiling"] or "no ceiling"), 80),
            )
