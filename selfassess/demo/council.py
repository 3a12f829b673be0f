"""Puts the invented council together: families, staff, workbook, extracts and leaders' pages."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from random import Random

from selfassess.demo.about import about_page
from selfassess.demo.adopters import adopter_rows
from selfassess.demo.care import add_adoptions, add_leavers, care_household, leaver_household
from selfassess.demo.days import TODAY
from selfassess.demo.extracts import write_extracts, write_table
from selfassess.demo.hub import earlier_contacts, hub_contacts, hub_rows
from selfassess.demo.lists import Row
from selfassess.demo.pathways import contact_household, early_help_household, referred_household
from selfassess.demo.people import Household, Identities, pick
from selfassess.demo.plan import write_plan
from selfassess.demo.practice import practise
from selfassess.demo.rows import rows_of
from selfassess.demo.workbook import write_workbook
from selfassess.demo.workforce import DUTY, staff_council, state
from selfassess.errors import UsageError

__all__ = ["LEAST_ROWS", "write_demo"]

LEAST_ROWS = 200
"""Below this there are no families to speak of; every planted problem fits from 4,000 rows on."""

LARGE = 20_000
"""Of larger councils the hub's file holds six months, as exports of that size do."""

KINDS = (
    (contact_household, 315),
    (early_help_household, 70),
    (referred_household, 560),
    (care_household, 17),
    (leaver_household, 26),
)
PAGES = ("selfassess.yaml", "self-evaluation.yaml", "register.yaml", "readings.csv")


def write_demo(
    folder: Path,
    *,
    rows: int = 6000,
    seed: int = 1,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Write an invented council's workspace, the same bytes for the same `rows` and `seed`.

    Args:
        folder: where to write; made if it is not there.
        rows: rows over the eleven lists, met within a few.
        seed: another seed, other families and other names.
        progress: told what is being done.

    Raises:
        UsageError: too few rows were asked for.
    """
    if rows < LEAST_ROWS:
        raise UsageError(
            f"A demo council of {rows} rows is too small to speak of.",
            hint=f"Ask for {LEAST_ROWS} rows or more.",
        )
    say = progress or (lambda _: None)
    rng = Random(seed)  # noqa: S311  invented data, no secret
    say("Inventing families")
    families = invent_families(rng, rows)
    say("Inventing staff")
    staff = staff_council(rng, families)
    practise(rng, families, staff)
    lists: dict[int, list[Row]] = {number: [] for number in range(1, 12)}
    for family in families:
        for child in family.children:
            for number, row in rows_of(child):
                lists[number].append(row)
    lists[11] = adopter_rows(rng, adopters_for(rows), [row[1] for row in lists[10]])
    evidence = folder / "evidence"
    for path in (evidence, folder / "history", folder / "out"):
        path.mkdir(parents=True, exist_ok=True)
    say("Writing the workbook")
    held = staff.overloaded.name if staff.overloaded else ""
    keep = frozenset(
        child.id
        for family in families
        for child in family.children
        if child.worker in ("", DUTY, held) or state(child) == "cin"
    )
    write_workbook(evidence / "annex-a.xlsx", lists, rng, keep)
    say("Writing the local extracts")
    write_extracts(rng, evidence, families, staff, rows)
    contacts = hub_contacts(rng, families)
    header = "contact_id,child_id,source,rag,received,decided,outcome"
    past = Random(f"{seed} hub")  # noqa: S311  of its own, so that the lists stay as they are
    earlier = earlier_contacts(past, families, contacts) if rows <= LARGE else []
    before, later = hub_rows(past, earlier), hub_rows(rng, contacts, len(earlier) + 1)
    write_table(evidence / "contacts_hub.csv", header, (*before, *later))
    for name in PAGES:
        target = evidence / name if name in ("register.yaml", "readings.csv") else folder / name
        _write(target, files(__package__).joinpath(name).read_text(encoding="utf-8"))
    say("Writing the plan")
    write_plan(folder)
    _write(folder / "ABOUT.md", about_page(lists, staff, contacts))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def invent_families(rng: Random, rows: int) -> list[Household]:
    """Households until their rows fill the lists; the adopters' share is left free."""
    ids = Identities(rng)
    families: list[Household] = []
    wanted, have = rows - adopters_for(rows), 0
    while have < wanted:
        family: Household = pick(rng, KINDS)(rng, ids)
        add_leavers(rng, family)
        add_adoptions(rng, family, ids.take())
        _settle(family)
        more = sum(1 for child in family.children for _ in rows_of(child))
        if more and (have + more <= wanted + rows // 200 or not families):
            families.append(family)
            have += more
    return families


def adopters_for(rows: int) -> int:
    """How many rows of adopters a council of this size has."""
    return max(6, rows // 180)


def _settle(family: Household) -> None:
    """Close what is open on the eighteenth birthday, and plans and needs with it."""
    for child in family.children:
        if child.grown > TODAY:
            continue
        for plan in child.plans:
            if plan.end is None:
                plan.end = max(child.grown, plan.start)
        for need in child.needs:
            if need.end is None:
                need.end = max(child.grown, need.start)
                need.reason = "RC6 - Transferred to adult social care services"
        for assessment in child.assessments:
            if assessment.end is None:
                assessment.end, assessment.support = child.grown, False
