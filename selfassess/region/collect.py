"""``region.json``: councils side by side, made of disclosed contributions and of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from selfassess.analysis.rates import LEAST
from selfassess.disclosure import disclose
from selfassess.disclosure.figures import SMALL
from selfassess.errors import EvidenceError, Problem, UsageError, nearest
from selfassess.region.contributions import Contribution
from selfassess.region.editions import DAYS_APART, edition_notes, latest, notes_on_days
from selfassess.region.measures import Disclosed, compared
from selfassess.region.questions import ASIDE, questions
from selfassess.region.settings import CONFIG, RegionFile

if TYPE_CHECKING:
    from selfassess.model.migration import Migration

__all__ = ["SCHEMA", "region_data"]

SCHEMA = "selfassess/region-pack@1"

Earlier = Callable[[Contribution], Sequence[Mapping[str, Any]]]


def region_data(
    settings: RegionFile,
    found: Sequence[Contribution],
    *,
    migrations: Mapping[tuple[str, str], Migration],
    audience: str | None = None,
    with_claims: bool = False,
    earlier: Earlier = lambda _: (),
    failed: Sequence[tuple[str, str]] = (),
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Set councils side by side.

    Args:
        settings: the region's.
        found: its contributions.
        migrations: what joins editions of frameworks.
        audience: for whom, in place of what the settings say.
        with_claims: show who claims what beside the ceilings.
        earlier: what was given out of a contribution before.
        failed: councils that could not be assessed, and why.

    Returns:
        The content of ``region.json``, and the copies made of internal contributions, by file.

    Raises:
        EvidenceError: editions that nothing joins, a measure that nobody knows, or a copy that may
            not go to this audience.
        UsageError: claims are asked for where they may not be shown.
    """
    audience = audience or settings.audience
    chosen, notes = latest(found)
    if len(chosen) < 2:
        raise EvidenceError(
            "All contributions are of one council; side by side there have to be two or more."
            if not failed
            else "",
            problems=[Problem(name, f"could not be assessed: {why}") for name, why in failed],
        )
    if with_claims:
        _check_claims(audience, chosen)
    _check_copies(audience, chosen)
    _check_measures(settings, chosen)
    notes += [f"{name} is left out: it could not be assessed. {why}" for name, why in failed]
    notes += [*edition_notes(chosen, migrations), *notes_on_days(chosen)]
    copies = {
        each.file: _disclosed(each, "public" if audience == "public" else "partner", earlier)
        for each in chosen
        if each.audience == "internal"
    }
    councils = [Disclosed(each.council, copies.get(each.file) or each.data) for each in chosen]
    measures, apart = compared(councils, settings.measures)
    quality = {each.council: _quality(each) for each in chosen}
    names = [each.council for each in chosen]
    data = {
        "schema": SCHEMA,
        "region": {"name": settings.name.strip()},
        "audience": audience,
        "as_at": max(each.as_at for each in chosen),
        "made_with": {"name": "selfassess", "version": version("selfassess")},
        "councils": [
            {
                "name": each.council,
                "code": each.code,
                "as_at": each.as_at,
                "framework": {
                    key: str(each.data["framework"][key]) for key in ("id", "edition", "title")
                },
                "contribution": each.audience,
                "quality": quality[each.council],
                "standards_lowered": [
                    str(item["what"]) for item in copy.data.get("loosened") or ()
                ],
            }
            for each, copy in zip(chosen, councils, strict=True)
        ],
        "notes": notes,
        "measures": measures,
        "apart": apart,
        "questions": questions(names, measures, apart, quality),
        "claims": [_claims(each) for each in chosen] if with_claims else None,
        "rules": _rules(with_claims=with_claims),
    }
    return data, copies


def _disclosed(each: Contribution, audience: str, earlier: Earlier) -> dict[str, Any]:
    try:
        return disclose(each.data, audience, earlier(each))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise EvidenceError(
            problems=[
                Problem(
                    each.place(""),
                    "is not a whole assessment: a part that disclosure needs is missing or of "
                    "another kind.",
                    "Ask the council for the assessment.json as `selfassess run` wrote it.",
                )
            ]
        ) from error


def _check_claims(audience: str, chosen: Sequence[Contribution]) -> None:
    copies = [each.file for each in chosen if each.audience != "internal"]
    if audience != "internal":
        raise UsageError(
            f"--with-claims shows what rests on all of the evidence; a pack for the audience "
            f"{audience} may not.",
            hint="Add --audience internal, for the region's own moderators.",
        )
    if copies:
        raise UsageError(
            f"--with-claims needs every contribution internal; {', '.join(copies[:5])} "
            f"{'is a copy' if len(copies) == 1 else 'are copies'} for others.",
            hint="Leave --with-claims out, or ask for the councils' own assessment.json.",
        )


def _check_measures(settings: RegionFile, chosen: Sequence[Contribution]) -> None:
    """Councils from a warehouse are known only now, and so is what they count."""
    known = {str(item["measure"]) for each in chosen for item in each.data["readings"]}
    problems = [
        Problem(
            f"{CONFIG}, measures",
            f"no council counts the measure '{name[:120]}'.",
            nearest(name, known) or "Correct its name, or take it out.",
        )
        for name in settings.measures
        if name not in known
    ]
    if problems:
        raise EvidenceError(problems=problems)


def _check_copies(audience: str, chosen: Sequence[Contribution]) -> None:
    problems = [
        Problem(
            each.place("audience"),
            "is a copy for partners; this pack is for the public.",
            "Ask the council for its public copy: selfassess run --audience public",
        )
        for each in chosen
        if audience == "public" and each.audience == "partner"
    ]
    if problems:
        raise EvidenceError(problems=problems)


def _quality(each: Contribution) -> dict[str, Any]:
    """The share of rows set aside, as coarse as any other; a copy does not hold it."""
    if each.audience != "internal":
        return {"share": None, "text": "not in a copy for others"}
    sheets = [
        sheet
        for item in each.data["inputs"]
        for sheet in item.get("sheets") or ()
        if sheet.get("table")
    ]
    rows = sum(int(sheet.get("rows_read") or 0) for sheet in sheets)
    aside = sum(int(sheet.get("rows_set_aside") or 0) for sheet in sheets)
    if rows < LEAST:
        return {"share": None, "text": "no rows to speak of"}
    # So few rows are withheld like any other count of as many.
    if 0 < aside <= SMALL or 0 < rows - aside <= SMALL:
        return {"share": None, "text": "withheld (c)"}
    share = round(100 * aside / rows)
    if aside and not share:
        return {"share": 1, "text": "1% or less"}
    return {"share": share, "text": f"{share}%" if aside else "none"}


def _claims(each: Contribution) -> dict[str, Any]:
    """What leaders claim beside what the evidence leaves standing; nothing is predicted."""
    return {
        "council": each.council,
        "judgements": [
            {
                "id": str(item.get("id")),
                "title": str(item.get("title") or item.get("id")),
                "claim": item.get("claim_title"),
                "ceiling": item.get("ceiling_title"),
            }
            for item in each.data["judgements"]
        ],
    }


def _rules(*, with_claims: bool) -> list[str]:
    found = [
        "Every council's own assessment passed disclosure before anything was taken from it, and "
        "copies for others are used as they are. All figures here, the tests of chance among them, "
        "are worked out from what was left; no list of children, workers or contacts was read. "
        "Nothing here can therefore lead to a count that a council withholds.",
        "Counts from 1 to 5, and figures that would lead to one, are withheld and shown as c; so "
        "are rates on fewer than ten and one person's own figures. A withheld figure is not "
        "nothing: nothing is shown as 0.",
        "Bases are rounded to the nearest ten, shares to whole per cent (one decimal from a base "
        "of 1,000). Signals go by each council's figures before rounding.",
        "Figures are set side by side only where the definition, by its hash, and the unit agree. "
        "Whoever counts otherwise is listed and not compared.",
        "There are no ranks: councils stand in the same order everywhere. No grade is predicted.",
        "Whether a council differs by more than chance: its share against that of all the others "
        "together, by Wilson intervals of both and Newcombe's interval of their difference, at 95 "
        "per cent, widened for the number of councils looked at (Bonferroni). Rounding is counted "
        f"against a difference. Nothing is tested on a base under {LEAST}, and only shares are. "
        "Chance is not the only other reason: councils differ in need, size and recording.",
        f"As-at dates more than {DAYS_APART} days apart are said. A council is asked about rows "
        f"set aside from {ASIDE}% on (our own line).",
    ]
    if with_claims:
        found.append(
            "What leaders claim stands beside the ceiling: what the evidence leaves standing. "
            "Both rest on all of the evidence, withheld figures too: this pack is for the region's "
            "own moderators and not to be passed on."
        )
    return found
