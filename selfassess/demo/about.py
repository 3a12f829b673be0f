"""The page that says what is planted in the demo, with this council's own figures."""

from __future__ import annotations

from collections import Counter

from selfassess.demo.days import AS_AT, TODAY, working_between
from selfassess.demo.hub import TURNED, HubContact
from selfassess.demo.lists import LISTS, Row
from selfassess.demo.workforce import DUTY, LATE_TEAM, OVERLOADED_TEAM, Staff, state

__all__ = ["about_page"]

PLANTED = (
    (
        "One worker far over limit while the average looks fair",
        "{name} in {east} holds {load} children",
        "The largest caseload is critical, the average is not",
    ),
    (
        "Protection work held on duty",
        "{duty} children on protection plans have `{tray}` as their worker",
        "Shown beside the unallocated, never as allocated",
    ),
    (
        "Children nobody holds",
        "{waiting} open children without a worker in any list, {plans} of them on protection plans",
        "A ceiling on help and protection, and a flag for a person to decide",
    ),
    (
        "A queue at the front door",
        "{undecided} contacts undecided, the oldest for {oldest} working days",
        "The queue and the oldest contact, beside fair timeliness of what was finished",
    ),
    (
        "A change at the front door",
        "`evidence/contacts_hub.csv`: fewer decided in time from {turned:%B %Y} on",
        "A trend that names the month; councils of over 20,000 rows hold too few months for it",
    ),
    (
        "Months that only vary",
        "Contacts closed without advice at the hub; referrals closed without action in list 3",
        "Trends that say so: nothing changed, whatever the last month looks like",
    ),
    (
        "One team that is late",
        "{west}: visits weeks apart, supervision missed",
        "The team by name, though the council's figure softens it",
    ),
    ("Visits written up late", "{west} and {east}", "Recording delay, by team"),
    (
        "Audits that are too kind",
        "`evidence/audits.csv`: about half a grade above the moderator",
        "Drift at concern, so that audits support nothing secure",
    ),
    (
        "Claims of good",
        "`self-evaluation.yaml`, help and protection",
        "A claim above what the evidence leaves standing",
    ),
    (
        "Strengths that survive",
        "`evidence/register.yaml`: disabled children; exploitation",
        "Strengths with a voice beside data and leaders",
    ),
    (
        "Praise by leaders alone",
        "`evidence/register.yaml`: early help, entry E-011",
        "A question: who else says so?",
    ),
    (
        "An action nobody can measure",
        "`plan.db`, action A-08",
        "Unmeasured, and no colour",
    ),
    (
        "An action delivered without impact",
        "`plan.db`, action A-09: the rota is in place since June",
        "Red: decisions are no faster; it cannot be closed",
    ),
    (
        "An action that slips",
        "`plan.db`, action A-05: its date was moved three times",
        "Times moved, days of drift and each reason, beside the first date",
    ),
    (
        "An action that worked",
        "`plan.db`, action A-10: sustained, assured by another, closed",
        "Blue, with the day for testing it again",
    ),
    (
        "An action that fell back",
        "`plan.db`, action A-04: closed in August, reversed in September",
        "Reopened, and red",
    ),
)
FILES = (
    ("selfassess.yaml", "council, framework and edition, as-at date, sources"),
    ("self-evaluation.yaml", "leaders' claims and their three answers"),
    ("plan.db", "the improvement plan with its history: `selfassess plan list`"),
    ("evidence/annex-a.xlsx", "the eleven lists"),
    ("evidence/workers.csv, posts.csv, allocations.csv", "who works here and who holds whom"),
    (
        "evidence/visits.csv, supervision.csv, case_notes.csv",
        "what was done, and when",
    ),
    ("evidence/audits.csv, actions.csv", "case audits with their moderation, and what followed"),
    ("evidence/contacts_hub.csv", "the front door's contacts since July 2025, and its queue"),
    ("evidence/readings.csv", "figures from dashboards for which there are no rows here"),
    ("evidence/register.yaml", "what inspectors, audits, children, families and others said"),
)
PAGE = """# Exampleshire, a council that does not exist

Every child, worker, team, address and figure in this folder was invented by a program. The day of
which it speaks is {as_at:%d %B %Y}. The same `--rows` and `--seed` give the same files again.

## What is planted, and what the report should make of it

| Planted | Where | What to look for |
|---|---|---|
{planted}

{small}## What is in the folder

| File | Holds |
|---|---|
{files}

| List | Rows | Holds |
|---|---|---|
{lists}
| | {total} | |

Inspectors ask for six months in most lists. Lists 3, 5, 6 and 7 hold 24 months here, so that a
repeat referral or plan can be seen by looking back.

## Oddities, as real workbooks have them

A guidance sheet and a hidden one; a title above the headers of lists 4 and 8; an empty row in list
5; dates typed as text in lists 3, 6 and 7; `-` in empty cells of lists 6 and 8; a lookup that
failed (`#N/A`) for some workers in list 6; hard spaces in some names in list 3; ids as text in
list 9; curly quotes in headers of list 8; a trailing space in a header of list 10; some codes
without their letter. The row ledger accounts for all of them.
"""
SMALL = """A council this small cannot hold all of them at full size; from 4,000 rows on it can.

"""


def about_page(lists: dict[int, list[Row]], staff: Staff, contacts: list[HubContact]) -> str:
    """The page, with the figures that were really planted."""
    undecided = [contact.day for contact in contacts if contact.undecided]
    total = sum(len(rows) for rows in lists.values())
    planted = "\n".join(f"| {' | '.join(cells)} |" for cells in PLANTED).format(
        name=staff.overloaded.name if staff.overloaded else "nobody",
        load=staff.overloaded.holds if staff.overloaded else 0,
        east=OVERLOADED_TEAM,
        west=LATE_TEAM,
        duty=len(staff.duty),
        tray=DUTY,
        waiting=len(staff.unallocated),
        plans=Counter(state(child) for child in staff.unallocated)["cp"],
        undecided=len(undecided),
        oldest=working_between(min(undecided), TODAY) if undecided else 0,
        turned=TURNED,
    )
    return PAGE.format(
        as_at=AS_AT,
        planted=planted,
        small=SMALL if total < 4000 else "",
        files="\n".join(f"| `{name}` | {holds} |" for name, holds in FILES),
        lists="\n".join(
            f"| {sheet.number} | {len(lists[sheet.number])} | {sheet.title} |" for sheet in LISTS
        ),
        total=total,
    )
