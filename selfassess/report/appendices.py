"""The appendices: row ledger, method, gaps, and the framework's own notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.report.parts import Gap, InputRow, Ledger, Method, SheetRow
from selfassess.report.text import brief
from selfassess.report.words import basis_words, date_words, number, scope_words

__all__ = ["framework_notes", "gaps_of", "ledger_of", "method_of"]

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
    return Ledger(
        inputs=tuple(inputs),
        sheets=tuple(sheets),
        total=_sheet("All files", True, "", "", sums, ()) if sheets else None,
        balanced=(
            f"Every row is accounted for: {number(sums[0])} read = {number(sums[1])} used + "
            f"{number(sums[2])} set aside."
            if balanced
            else f"The rows do not add up: {number(sums[0])} read, {number(sums[1])} used, "
            f"{number(sums[2])} set aside. Do not rely on this report until that is explained."
        ),
    )


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


def method_of(assessment: Mapping[str, Any]) -> tuple[Method, ...]:
    """Every measure with its bands and their basis."""
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
            bands=tuple(_bands(method.get("bands") or ())),
            definition=str(method.get("definition") or "").removeprefix("sha256:")[:12],
        )
        for method in assessment.get("method") or ()
    )


def _why(method: Mapping[str, Any]) -> Iterable[str]:
    for part in ("why", "can_tell"):
        text = str(method.get(part) or "").strip()
        if text:
            yield text if text.endswith((".", "!", "?")) else f"{text}."


def _bands(bands: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Bands in words, those that say the same for several scopes as one."""
    scopes: dict[str, list[str]] = {}
    for band in bands:
        source = band.get("source")
        if isinstance(source, Mapping):
            source = source.get("title")
        basis = basis_words(band)
        says = str(band.get("text") or "no cut") + (f" ({basis})" if basis else "")
        says += f". Source: {source}" if source else ""
        scopes.setdefault(says, []).append(scope_words(band.get("where") or {}))
    for says, where in scopes.items():
        named = "; ".join(scope or "all" for scope in where) if any(where) else ""
        yield brief(f"{named}: {says}" if named else says, 400)


def gaps_of(assessment: Mapping[str, Any]) -> tuple[Gap, ...]:
    """What could not be computed, why, and what to supply."""
    return tuple(
        Gap(
            what=brief(str(gap.get("what") or ""), 240),
            why=brief(str(gap.get("why") or ""), 400),
            remedy=brief(str(gap.get("remedy") or ""), 400),
        )
        for gap in assessment.get("gaps") or ()
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
