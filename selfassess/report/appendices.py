"""The appendices: row ledger, method, gaps, and the framework's own notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from selfassess.report.folding import folded_gaps, folded_sheets
from selfassess.report.parts_sources import Gap, InputRow, Lacking, Ledger, Method, SheetRow, Warned
from selfassess.report.scopes import Scopes
from selfassess.report.text import brief
from selfassess.report.words import basis_words, date_words, number, plural

__all__ = [
    "framework_notes",
    "gaps_of",
    "lacking_of",
    "ledger_of",
    "method_of",
    "published_of",
    "uncounted_of",
]

_BETTER = {
    "higher": "higher is better",
    "lower": "lower is better",
    "two-sided": "too low is as much a question as too high",
    "none": "neither high nor low is good",
}


def ledger_of(assessment: Mapping[str, Any]) -> Ledger:
    """Account for every row of every source."""
    inputs, sheets = [], []
    sums = [0, 0, 0, 0]
    for source in assessment.get("inputs") or ():
        path = brief(str(source.get("path") or ""), 160)
        inputs.append(
            InputRow(
                file=path,
                sha256=str(source.get("sha256") or ""),
                extract_date=date_words(source.get("extract_date"), short=True) or "not given",
            )
        )
        for index, sheet in enumerate(source.get("sheets") or ()):
            counts = [
                int(sheet.get(key) or 0)
                for key in ("rows_read", "rows_used", "rows_set_aside", "unknown_cells")
            ]
            sums = [so_far + count for so_far, count in zip(sums, counts, strict=True)]
            table = sheet.get("table_title") or sheet.get("table")
            sheets.append(
                _sheet(
                    path,
                    index == 0 and path.rsplit("/", 1)[-1] != sheet.get("sheet"),
                    brief(str(sheet.get("sheet") or ""), 80),
                    brief(str(table), 80) if table else "not a list: guidance or cover",
                    counts,
                    tuple(
                        f"{brief(str(reason), 120)}: {number(count)}"
                        for reason, count in (sheet.get("reasons") or {}).items()
                    ),
                )
            )
    balanced = sums[0] == sums[1] + sums[2]
    shown, empty = folded_sheets(sheets)
    return Ledger(
        inputs=tuple(inputs),
        sheets=shown,
        empty=empty,
        total=_sheet("All files", True, "", "", sums, ()) if sheets else None,
        balanced=(
            f"Every row is accounted for: {number(sums[0])} read = {number(sums[1])} used + "
            f"{number(sums[2])} set aside."
            if balanced
            else f"The rows do not add up: {number(sums[0])} read, {number(sums[1])} used, "
            f"{number(sums[2])} set aside. Do not rely on this report until that is explained."
        ),
        made=tuple(_made(each) for each in assessment.get("made") or ()),
        warnings=tuple(
            Warned(
                where=brief(str(each.get("where") or ""), 200),
                text=brief(str(each.get("text") or ""), 600),
                remedy=brief(str(each.get("remedy") or ""), 300),
            )
            for each in assessment.get("warnings") or ()
        ),
    )


def _made(each: Mapping[str, Any]) -> str:
    of = "; ".join(brief(str(source["title"]), 80) for source in each["of"])
    return f"{brief(str(each['title']), 120)}: {plural(int(each['rows']), 'rows')}, of {of}."


def _sheet(
    path: str, first: bool, sheet: str, table: str, counts: list[int], reasons: tuple[str, ...]
) -> SheetRow:
    read, used, aside, unknown = (number(count) for count in counts)
    return SheetRow(
        file=path,
        first=first,
        sheet=sheet,
        table=table,
        read=read,
        used=used,
        aside=aside,
        unknown=unknown,
        reasons=reasons,
    )


def method_of(
    assessment: Mapping[str, Any], counted: Collection[str] | None = None
) -> tuple[Method, ...]:
    """Measures with their bands and their basis, and how each is counted.

    Args:
        assessment: the assessment.
        counted: leave out measures other than these.
    """
    named = Scopes(assessment.get("dimensions") or ())
    return tuple(
        Method(
            measure=brief(str(method["measure"]), 80),
            title=brief(str(method.get("title") or method["measure"]), 200),
            why=brief(" ".join(_why(method)), 700),
            direction=", ".join(
                filter(
                    None,
                    [
                        _BETTER.get(str(method.get("better") or ""), ""),
                        f"in {str(method['unit']).replace('-', ' ')}" if method.get("unit") else "",
                    ],
                )
            ),
            bands=tuple(_bands(method.get("bands") or (), named)),
            anchor=f"method-{index}",
            counted=tuple(
                f"{key}: {brief(str(text), 300)}"
                for key, text in (method.get("counted") or {}).items()
            ),
            definition=str(method.get("definition") or "").removeprefix("sha256:")[:12],
        )
        for index, method in enumerate(assessment.get("method") or (), start=1)
        if counted is None or method["measure"] in counted
    )


def uncounted_of(assessment: Mapping[str, Any], counted: Collection[str]) -> str:
    """How many measures have no figure, and where they are named; nothing where all have one."""
    without = [each for each in assessment.get("method") or () if each["measure"] not in counted]
    if not without:
        return ""
    told = {str(gap.get("measure")) for gap in assessment.get("gaps") or ()}
    names = [
        brief(str(each.get("title") or each["measure"]), 120)
        for each in without
        if each["measure"] not in told
    ]
    said = f"{plural(len(without), 'measures')} without any figure"
    if len(names) < len(without):
        said += ": Appendix D names them and says what to supply"
    return f"{said}. {'Also without: ' if told else ''}{'; '.join(names)}." if names else f"{said}."


def _why(method: Mapping[str, Any]) -> Iterable[str]:
    for part in ("why", "can_tell"):
        text = str(method.get(part) or "").strip()
        if text:
            yield text if text.endswith((".", "!", "?")) else f"{text}."


def _bands(bands: Sequence[Mapping[str, Any]], named: Scopes) -> Iterable[str]:
    """Bands in words, those that say the same for several scopes as one, a shared source once."""
    sources = [_source(band) for band in bands]
    commonest = "" if not all(sources) else Counter(sources).most_common(1)[0][0] if bands else ""
    scopes: dict[str, list[str]] = {}
    for band, source in zip(bands, sources, strict=True):
        basis = basis_words(band)
        says = str(band.get("text") or "no cut") + (f" ({basis})" if basis else "")
        says += f". Source: {source}" if source and source != commonest else ""
        scopes.setdefault(says, []).append(named.words(band.get("where") or {}))
    for says, where in scopes.items():
        parts = "; ".join(scope or "all" for scope in where) if any(where) else ""
        text = f"{parts}: {says}" if parts else says
        alone = len(scopes) == 1 and commonest
        yield brief(f"{text}. Source: {commonest}" if alone else text, 400)
    if commonest and len(scopes) > 1:
        mixed = len(set(sources)) > 1
        yield brief(f"Source{', where none is named' if mixed else ''}: {commonest}", 300)


def _source(band: Mapping[str, Any]) -> str:
    source = band.get("source")
    return str(source.get("title") or "") if isinstance(source, Mapping) else str(source or "")


def gaps_of(assessment: Mapping[str, Any]) -> tuple[Gap, ...]:
    """What could not be computed, why, and what to supply; once for those alike in both."""
    return folded_gaps(
        [
            (
                Gap(
                    what=brief(str(gap.get("what") or ""), 240),
                    why=brief(str(gap.get("why") or ""), 400),
                    remedy=brief(str(gap.get("remedy") or ""), 400),
                ),
                str(gap.get("measure") or ""),
            )
            for gap in assessment.get("gaps") or ()
        ]
    )


def lacking_of(assessment: Mapping[str, Any]) -> tuple[Lacking, ...]:
    """Required evidence that nothing meets, by where one would look for it."""
    asked: dict[str, list[tuple[str, str]]] = {}
    for finding in assessment.get("findings") or ():
        for name in finding.get("criteria") or ():
            told = (str(finding.get("text") or ""), str(finding.get("look_at") or ""))
            if str(finding["id"]).startswith("missing:"):
                asked.setdefault(str(name), []).append(told)
    found: dict[str, list[str]] = {}
    for judgement in assessment.get("judgements") or ():
        for criterion in judgement.get("criteria") or ():
            name = str(criterion["id"])
            for title in map(str, criterion.get("missing") or ()):
                places = (look_at for text, look_at in asked.get(name, ()) if title in text)
                look_at = next(places, "") or "not stated"
                found.setdefault(look_at, []).append(f"{name} {brief(title, 200)}")
    return tuple(
        Lacking(look_at=brief(look_at, 160), items=tuple(items)) for look_at, items in found.items()
    )


def _compared(assessment: Mapping[str, Any]) -> bool:
    """Whether any reading, or its twin, stands beside a published figure."""
    return any(
        reading.get("comparators") or (reading.get("twin") or {}).get("comparators")
        for reading in assessment.get("readings") or ()
    )


def framework_notes(framework: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the framework comes from, on what terms, and its own notes."""
    source = framework.get("source") or {}
    notes = []
    if source:
        parts = [str(source.get(key) or "") for key in ("title", "publisher", "url")]
        licence = f"Licence: {source['licence']}." if source.get("licence") else ""
        notes.append(brief(f"Source: {', '.join(filter(None, parts))}. {licence}".strip(), 500))
    return (*notes, *(brief(str(note), 500) for note in framework.get("notes") or ()))


def published_of(assessment: Mapping[str, Any]) -> tuple[str, ...]:
    """Whose published figures stand beside ours and on what terms, or why none do."""
    found = assessment.get("comparators") or {}
    notes = [str(found["note"])] if found.get("note") else []
    council = found.get("council") or {}
    if council:
        region = f", region {council['region']}" if council.get("region") else ""
        notes.append(f"Compared as {council.get('name')} ({council.get('code')}{region}).")
    if council or _compared(assessment):
        for release in found.get("releases") or ():
            parts = [str(release.get(key) or "") for key in ("title", "publisher", "licence")]
            text = f"{', '.join(filter(None, parts))}; {release.get('licence_url') or ''}; "
            text += f"as at {release.get('vintage')}. {release.get('attribution') or ''}"
            notes += [text, *(str(note) for note in release.get("notes") or ())]
        for each in found.get("imported") or ():
            digest = str(each.get("sha256") or "")[:12]
            notes.append(
                f"Imported by the council: {each.get('path')} ({each.get('table')}, "
                f"{number(each.get('rows') or 0)} rows, {digest})."
            )
        notes.append(
            "Published figures move no band, no signal and no ceiling. No grade follows from one."
        )
    return tuple(brief(note, 500) for note in notes)
