# ruff: noqa: E501 - sentences of data are not wrapped
"""Assessments written by hand: a rich one, a nearly empty one, a hostile one, a narrative one."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

Json = dict[str, Any]

FIXED = {
    "caseloads.average": ("Children for each full-time worker", "children", "lower"),
    "caseloads.unallocated": ("Children without a named worker", "children", "lower"),
    "thresholds.re-referral-12m": (
        "Referrals within 12 months of an earlier one",
        "percent",
        "two-sided",
    ),
    "thresholds.undecided-contacts": (
        "Contacts undecided after a working day",
        "contacts",
        "lower",
    ),
    "thresholds.oldest-undecided": ("Oldest undecided contact", "working-days", "lower"),
    "timeliness.assessment-45wd": ("Assessments done in 45 working days", "percent", "higher"),
    "timeliness.icpc-15wd": ("Initial conferences in 15 working days", "percent", "higher"),
    "timeliness.cp-visit": ("Protection visits in time", "percent", "higher"),
    "oversight.case-supervision": (
        "Children discussed in supervision in time",
        "percent",
        "higher",
    ),
    "oversight.audit-good": ("Audits graded good or better", "percent", "higher"),
    "oversight.audit-drift": ("Auditor above moderator, on average", "score", "two-sided"),
    "care.dental-check": ("Children in care with a dental check", "percent", "higher"),
    "leavers.in-touch": ("Care leavers in touch", "percent", "higher"),
}
BANDS = {
    "caseloads.average": ("attention over 16.2, concern over 22", "proposed", 2025),
    "caseloads.unallocated": (
        "attention over 0, concern at least 10; any on a protection plan is critical",
        "guidance",
        2025,
    ),
    "thresholds.re-referral-12m": (
        "attention outside 16.9-21.8, concern over 26",
        "benchmark",
        2025,
    ),
    "thresholds.undecided-contacts": ("attention over 0, concern at least 50", "proposed", None),
    "thresholds.oldest-undecided": (
        "attention over 1, concern over 5, critical over 20",
        "proposed",
        None,
    ),
    "timeliness.assessment-45wd": (
        "strong at least 91.4, attention under 82.2, concern under 78.5",
        "statute",
        2025,
    ),
    "timeliness.icpc-15wd": (
        "strong at least 88.9, attention under 78.5, concern under 76.3",
        "statute",
        2025,
    ),
    "timeliness.cp-visit": ("attention under 95, concern under 85", "local", None),
    "oversight.case-supervision": ("attention under 90, concern under 75", "proposed", None),
    "oversight.audit-good": ("attention under 70, concern under 50", "proposed", None),
    "oversight.audit-drift": (
        "attention outside -0.15-0.15, concern outside -0.30-0.30",
        "proposed",
        None,
    ),
    "care.dental-check": ("strong at least 90.5, attention under 75", "benchmark", 2025),
    "leavers.in-touch": ("attention under 95, concern under 90", "proposed", None),
}


def reading(
    measure: str, value: float | None, signal: str | None, where: Json | None = None, **more: Any
) -> Json:
    title, unit, better = FIXED[measure]
    text, basis, vintage = BANDS[measure]
    where = where or {}
    scope = "[" + ",".join(f"{k}={v}" for k, v in sorted(where.items())) + "]" if where else ""
    given = {
        "id": measure + scope,
        "measure": measure,
        "definition": "sha256:" + hashlib.sha256(measure.encode()).hexdigest(),
        "way": "list",
        "title": title,
        "where": where,
        "from": None,
        "to": None,
        "at": "2026-03-31",
        "value": value,
        "unit": unit,
        "numerator": None,
        "denominator": None,
        "status": "ok",
        "reason": None,
        "signal": signal,
        "about": "compliance",
        "voice": "data",
        "topics": ["caseloads"],
        "source": "evidence/annex-a.xlsx",
        "cited": "",
        "published": False,
        "band": {"basis": basis, "vintage": vintage, "text": text},
        "local_band": False,
        "comparators": [],
        "confidence": "medium",
        "series": [],
        "new": False,
        "worsening": False,
        "low": None,
        "high": None,
        "unknown": 0,
        "not_due": 0,
        "distribution": [],
        "why": "",
        "can_tell": "",
        "tail": False,
        "better": better,
    }
    return given | more


def compared(
    england: float | None,
    region: float | None,
    neighbours: tuple[float, float, float],
    good: float | None,
    quartiles: tuple[float, float],
    line: float | None,
    past: bool | None,
    points: tuple[float | None, ...] = (15.0, None, 16.5),
) -> list[Json]:
    """What a reading is compared with, in the shape of assessment.json."""

    def one(kind: str, label: str, value: float | None, **more: Any) -> Json:
        return {
            "kind": kind,
            "label": label,
            "value": value,
            "low": None,
            "high": None,
            "n": 1,
            "withheld": 0,
            "period": "year to 31 March 2025",
            "source": "Indicators",
            "note": "",
            "points": [],
            "line": None,
            "past_line": None,
        } | more

    low, middle, high = neighbours
    return [
        one("england", "England", england),
        one("region", "North", region),
        one(
            "neighbours",
            "10 statistical neighbours",
            middle,
            low=low,
            high=high,
            n=8,
            withheld=2,
            note="No figure: 2 withheld to protect children. List of 2025-05.",
        ),
        one(
            "own-trend",
            "Northmere",
            points[-1],
            points=[
                {
                    "period": f"year to 31 March {2023 + index}",
                    "value": value,
                    "status": "value" if value is not None else "withheld",
                }
                for index, value in enumerate(points)
            ],
        ),
        one(
            "good-or-better",
            "Councils judged good or better",
            good,
            low=quartiles[0],
            high=quartiles[1],
            n=190,
            line=line,
            past_line=past,
            note=f"Look here if over {line}: a quarter of councils judged good or better lie beyond it too, so it is a question, not a finding."
            if good is not None
            else "This figure does not separate grades. It is given no weight and no line.",
        ),
    ]


def finding(
    key: str, kind: str, text: str, judgements: list[str], evidence: list[str], **more: Any
) -> Json:
    return {
        "id": key,
        "kind": kind,
        "text": text,
        "topics": [],
        "criteria": [],
        "judgements": judgements,
        "responsible": [],
        "evidence": evidence,
        "where": {},
        "look_at": "",
    } | more


def criterion(key: str, title: str, group: str, status: str, why: str, **more: Any) -> Json:
    return {
        "id": key,
        "title": title,
        "group": group,
        "status": status,
        "why": why,
        "signals": {},
        "entries": [],
        "findings": [],
        "rests_on": ["compliance"],
        "voices": ["data"],
        "missing": [],
        "confidence": "medium",
        "provenance": "ours",
    } | more


def judgement(key: str, title: str, criteria: list[Json], **more: Any) -> Json:
    return {
        "id": key,
        "title": title,
        "scale": "four-point",
        "ceiling": None,
        "ceiling_title": None,
        "because": [],
        "also": [],
        "waived": [],
        "ceiling_after_waivers": None,
        "claim": None,
        "claim_title": None,
        "claim_detail": None,
        "challenge": None,
        "challenge_names": [],
        "confidence": "none",
        "criteria": criteria,
    } | more


def frame() -> Json:
    return {
        "schema": "selfassess/assessment@1",
        "council": {"name": "Northmere Council", "code": "E06000999"},
        "as_at": "2026-03-31",
        "as_at_inferred": True,
        "audience": "internal",
        "made_with": {"name": "selfassess", "version": "0.1.0"},
        "framework": {
            "id": "ofsted-ilacs",
            "edition": "2026-04",
            "title": "Inspection of local authority children’s services",
            "kind": "graded",
            "status": "in-force",
            "subject": "local authority",
            "source": {
                "title": "Inspecting local authority children’s services",
                "publisher": "Ofsted",
                "url": "https://www.gov.uk/government/publications/inspecting-local-authority-childrens-services",
                "licence": "Open Government Licence v3.0",
            },
            "questions": [
                {
                    "id": "know",
                    "text": "What do you know about the quality and impact of social work practice?",
                },
                {"id": "how", "text": "How do you know it?"},
                {
                    "id": "will",
                    "text": "What will you do in the next 12 months to maintain or improve practice?",
                },
            ],
            "notes": [
                "Wording is paraphrased. Names of criteria are ours where the source gives none."
            ],
        },
        "plugins": [
            {"name": "annex-a", "version": "0.1.0"},
            {"name": "caseloads", "version": "0.1.0"},
        ],
        "plugin_differences": [],
        "inputs": [],
        "readings": [],
        "topics": [],
        "register": [],
        "judgements": [],
        "findings": [],
        "plan": [],
        "gaps": [],
        "method": [],
    }


TEAMS = ("North", "South", "Assessment 1", "Assessment 2", "Court", "Hub")


def team_spread(index: int) -> list[list[float]]:
    """A few workers with ordinary loads; one team hides a worker far over any limit."""
    pairs = [[9 + index, 1], [13 + index % 3, 2], [16, 3], [18 + index % 2, 2], [21, 1]]
    return [*pairs, [29, 1], [47, 1]] if index == 3 else pairs


def rich() -> Json:
    """A council with most kinds of evidence and planted faults."""
    made = frame()
    whole: dict[float, int] = {}
    for index in range(len(TEAMS)):
        for value, many in team_spread(index):
            whole[value] = whole.get(value, 0) + int(many)
    readings = [
        reading(
            "caseloads.average",
            16.9,
            "attention",
            numerator=1066,
            denominator=63,
            distribution=[[v, n] for v, n in sorted(whole.items())],
            band={
                "basis": "proposed",
                "vintage": 2025,
                "text": "attention over 16.2, concern over 25",
            },
            comparators=compared(15.2, 14.1, (12.0, 15.0, 18.5), 14.7, (13.1, 16.2), 16.2, False),
        ),
        *(
            reading(
                "caseloads.average",
                15.5 + index,
                "concern" if index == 3 else "secure",
                {"team": team},
                distribution=team_spread(index),
                numerator=160 + index,
                denominator=10,
            )
            for index, team in enumerate(TEAMS)
        ),
        reading("caseloads.unallocated", 14, "concern", unknown=7),
        reading("caseloads.unallocated", 4, "critical", {"plan": "cp"}),
        reading(
            "thresholds.re-referral-12m",
            24.1,
            "attention",
            numerator=201,
            denominator=834,
            **{"from": "2025-04-01", "to": "2026-03-31", "at": None},
            comparators=compared(21.4, 20.1, (14.0, 19.0, 23.5), 19.3, (16.7, 21.8), 21.8, True),
        ),
        reading("thresholds.undecided-contacts", 61, "concern", source="evidence/hub.csv"),
        reading(
            "thresholds.oldest-undecided", 23, "critical", source="evidence/hub.csv", tail=True
        ),
        reading(
            "timeliness.assessment-45wd",
            84.6,
            "secure",
            numerator=1102,
            denominator=1303,
            not_due=88,
            **{"from": "2025-10-01", "to": "2026-03-31", "at": None},
            new=True,
            series=[
                {"value": 73.0, "from": None, "to": "2025-03-31"},
                {"value": 84.6, "from": None, "to": "2026-03-31"},
            ],
        ),
        reading(
            "timeliness.icpc-15wd",
            74.0,
            "concern",
            numerator=111,
            denominator=150,
            **{"from": "2025-10-01", "to": "2026-03-31", "at": None},
            worsening=True,
        ),
        reading(
            "timeliness.cp-visit",
            91.2,
            "attention",
            numerator=187,
            denominator=205,
            local_band=True,
        ),
        reading(
            "oversight.case-supervision",
            71.8,
            "concern",
            numerator=1140,
            denominator=1588,
            source="evidence/supervision.csv",
        ),
        *(
            reading(
                "oversight.case-supervision",
                70.0 - 4 * index,
                "concern",
                {"team": team},
                numerator=70 - 4 * index,
                denominator=100,
                source="evidence/supervision.csv",
            )
            for index, team in enumerate(TEAMS)
        ),
        reading(
            "oversight.audit-good",
            66.7,
            "attention",
            numerator=40,
            denominator=60,
            source="evidence/audits.csv",
            about="quality",
            voice="practice-audit",
        ),
        reading(
            "oversight.audit-drift",
            0.42,
            "concern",
            numerator=None,
            denominator=24,
            source="evidence/audits.csv",
            about="quality",
            voice="practice-audit",
        ),
        reading("care.dental-check", 92.0, "strong", numerator=230, denominator=250),
        reading(
            "leavers.in-touch",
            None,
            None,
            status="not-computable",
            reason="No column says when a care leaver was last in touch.",
            band=None,
            at=None,
        ),
    ]
    made["readings"] = readings
    made["topics"] = [
        {
            "id": "allocation",
            "title": "Allocation",
            "group": "Workforce",
            "status": "weak",
            "findings": [],
        },
        {
            "id": "voice",
            "title": "Children’s voice",
            "group": "Plans and children seen",
            "status": "secure",
            "findings": [],
        },
    ]
    made["register"] = [
        {
            "id": "AUD-2026-01",
            "topic": "voice",
            "direction": "strength",
            "voice": "practice-audit",
            "severity": "moderate",
            "where": {},
            "date": "2026-02-14",
            "sample": 60,
            "source": "Quarterly audit, spring 2026",
            "criterion": "HP-12",
            "judgement": None,
            "public": False,
            "text": "Workers see children alone and write down what they say; in 52 of 60 records their wishes change the plan.",
        },
        {
            "id": "FAM-2025-07",
            "topic": "allocation",
            "direction": "weakness",
            "voice": "family",
            "severity": "moderate",
            "where": {"team": "Assessment 2"},
            "date": "2025-11-03",
            "sample": 14,
            "source": "Parents’ forum",
            "criterion": "HP-11",
            "judgement": None,
            "public": False,
            "text": "Nine of fourteen parents had three or more workers in a year and told their story again each time.",
        },
        {
            "id": "INS-2025-01",
            "topic": "front-door",
            "direction": "weakness",
            "voice": "inspector",
            "severity": "serious",
            "where": {},
            "date": "2025-09-30",
            "sample": None,
            "source": "Focused visit letter",
            "criterion": None,
            "judgement": "help-and-protection",
            "public": True,
            "text": "Contacts wait in the hub without a manager having looked at the risk.",
        },
    ]
    made["judgements"] = _rich_judgements()
    made["findings"] = _rich_findings()
    made["inputs"] = _inputs()
    made["plan"] = [
        {
            "id": "PLAN-01",
            "title": "Screen every contact on the day, with a manager’s decision",
            "owner": "Head of the front door",
            "due": "2026-06-30",
            "why": ["rule:nobody-has-looked@help-and-protection"],
            "judgement": "help-and-protection",
            "criterion": "HP-02",
            "success_measures": ["thresholds.oldest-undecided", "thresholds.undecided-contacts"],
            "outcome": "No child waits more than a day for a decision.",
            "status": "under way",
        },
        {
            "id": "PLAN-02",
            "title": "Weekly review of children without a named worker",
            "owner": "Director of practice",
            "due": "2026-05-15",
            "why": ["reading:caseloads.unallocated[plan=cp]"],
            "judgement": None,
            "criterion": "HP-11",
            "success_measures": ["caseloads.unallocated"],
            "outcome": "",
            "status": "not started",
        },
        {
            "id": "PLAN-03",
            "title": "Pair every auditor with a moderator",
            "owner": "",
            "due": None,
            "why": [],
            "judgement": "leaders",
            "criterion": None,
            "success_measures": [],
            "outcome": "",
            "status": "",
        },
    ]
    made["gaps"] = [
        {
            "what": "Care leavers in touch",
            "why": "No column of any list says when a care leaver was last in touch.",
            "remedy": "Add last_contact to leavers.csv, or give the figure in readings.csv.",
        },
        {
            "what": "Days from decision to a named worker",
            "why": "allocations.csv was not supplied.",
            "remedy": "Supply allocations.csv with decided and allocated dates.",
        },
    ]
    made["method"] = [
        {
            "measure": key,
            "title": title,
            "why": "Shows how work is spread, not how good it is. An average hides the tail",
            "can_tell": "Counted from the lists as supplied.",
            "unit": unit,
            "better": better,
            "definition": "sha256:" + hashlib.sha256(key.encode()).hexdigest(),
            "bands": [
                {
                    "where": {},
                    "basis": BANDS[key][1],
                    "vintage": BANDS[key][2],
                    "text": BANDS[key][0],
                    "source": "England’s councils, 2025",
                },
                {
                    "where": {"role": "asye"},
                    "basis": "proposed",
                    "vintage": None,
                    "text": "attention over 12, concern over 15",
                    "source": None,
                },
            ],
        }
        for key, (title, unit, better) in FIXED.items()
    ]
    _drawn(made)
    _checked(made)
    return made


def _checked(made: Json) -> None:
    """What consistency checks found, and what changed since the assessment before."""
    node, reading = made["judgements"][0]["id"], made["readings"][0]["id"]

    def check(rule: str, severity: str, **more: Any) -> Json:
        return {
            "id": f"{rule}@{node}",
            "rule": rule,
            "severity": severity,
            "node": node,
            "where": f"judgements.{node}.evidence",
            "text": f"What {rule} found in the text.",
            "why": "An inspector reads it.",
            "mend": "Write it anew.",
            "evidence": [reading],
            "waived": None,
        } | more

    waiver = {"who": "Head of quality", "why": "Drawn late", "until": "2026-12-31"}
    made["xray"] = [
        check("words-against-reading", "error"),
        *(check("one-voice", "warning", id=f"one-voice@{at}") for at in range(14)),
        check("length", "remark", evidence=[]),
        check("so-what-missing", "remark", waived=waiver),
    ]
    told = {"node": node, "title": "A judgement", "old": "a", "new": "b"}
    found = {"id": "entry:E-1", "kind": "improve", "text": "Late. Since May.", "where": {}}
    moved = {
        "id": reading,
        "title": "A share of all that there is",
        "where": {"team": "north"},
        "measure": "m",
        "unit": "percent",
        "old": 60,
        "new": 80,
        "old_count": [48, 80],
        "new_count": [56, 70],
        "old_at": "2025-12-31",
        "new_at": "2026-03-31",
        "change": 20,
        "direction": "better",
        "old_signal": "concern",
        "new_signal": "attention",
        "test": "newcombe",
        "low": 5.2,
        "high": 33.4,
        "beyond_chance": True,
        "text": "More than chance: the change lies between +5.2 and +33.4 points.",
    }
    count = {"unit": "children", "old_count": None, "new_count": None, "beyond_chance": None}
    head = {"id": "m", "title": "Another reading", "where": {}}
    made["changes"] = {
        "file": "history/2025-12-31.json",
        "nothing": False,
        "text": "Since 2025-12-31: 2 readings moved, 1 finding new.",
        "old": {"as_at": "2025-12-31", "framework": "test@1", "made_with": {}},
        "new": {"as_at": "2026-03-31", "framework": "test@2", "made_with": {}},
        "overlap": {
            "same_edition": False,
            "comparable": 31,
            "total": 40,
            "lost": [],
            "text": "31 of 40 criteria of test@1 are comparable with test@2.",
        },
        "readings": {
            "moved": [moved, moved | count | {"direction": "moved", "where": {}}] * 12,
            "incomparable": [head | {"why": "its definition changed"}],
            "gained": [head],
            "lost": [head],
            "unchanged": 1,
            "left_out": 7,
            "tested": 2,
            "beyond_chance": 1,
        },
        "findings": {
            "new": [found] * 14,
            "resolved": [found],
            "changed": [found | {"old_kind": "question"}],
            "no_longer_asked": [found],
        },
        "claims": [told | {"field": "answers.know", "text": "2 words added, 3 taken away."}],
        "statuses": [told | {"what": "ceiling", "text": "Good before, no limit now."}],
        "expired": [{"id": "E-1", "text": "A survey is 400 days old."}],
        "plan": [{"id": "A-1", "title": "Visit", "text": "New in the plan."}],
    }


def _drawn(made: Json) -> None:
    """Give the readings what charts are drawn from, and declare one chart of each kind."""
    by_id = {part["id"]: part for part in made["readings"]}
    by_id["timeliness.assessment-45wd"]["profile"] = [[10, 3], [30, 4], [44, 2], [60, 1]]
    by_id["oversight.audit-drift"]["profile"] = [[-1, 1], [0, 16], [1, 14], [2, 1]]
    by_id["timeliness.assessment-45wd"]["tables"] = ["assessments"]
    made["dimensions"] = [
        {"id": "plan", "title": "Plan", "values": {"cp": "child protection"}},
        {"id": "team", "title": "Team", "values": {}},
    ]
    step = {"count": "value", "where": {}, "slowest": None}
    made["charts"] = [
        {
            "id": "steps",
            "kind": "funnel",
            "title": "From contact to visit",
            "note": "Each step is counted in its own list.",
            "line": None,
            "line_title": "",
            "spread": None,
            "steps": [
                step | {"title": "Contacts", "measure": "thresholds.undecided-contacts"},
                step | {"title": "Referrals", "measure": "thresholds.re-referral-12m"},
                step | {"title": "Nobody knows", "measure": "no.such-measure"},
            ],
        },
        {
            "id": "time",
            "kind": "curve",
            "title": "How long assessments take",
            "note": "",
            "line": 45,
            "line_title": "statutory limit",
            "spread": None,
            "steps": [step | {"title": "Assessments", "measure": "timeliness.assessment-45wd"}],
        },
        {
            "id": "way",
            "kind": "journey",
            "title": "How long each step takes",
            "note": "",
            "line": None,
            "line_title": "",
            "spread": None,
            "steps": [
                step | {"title": "Contact to decision", "measure": "thresholds.oldest-undecided"},
                step | {"title": "Nobody knows", "measure": "no.such-measure"},
            ],
        },
        {
            "id": "views",
            "kind": "shift",
            "title": "Two views",
            "note": "",
            "line": None,
            "line_title": "",
            "spread": "oversight.audit-drift",
            "above": "auditors graded higher",
            "level": "both the same",
            "below": "auditors graded lower",
            "steps": [step | {"title": "Good or better", "measure": "oversight.audit-good"}],
        },
    ]
    made["comparators"] = {
        "council": {"name": "Northmere", "code": "E06000999", "region": "North"},
        "note": "",
        "releases": [
            {
                "id": "england",
                "title": "Published indicators",
                "publisher": "Department for Education",
                "licence": "Open Government Licence v3.0",
                "licence_url": "https://example.invalid/licence",
                "attribution": "Contains public sector information.",
                "vintage": "2026-11",
                "notes": [],
            }
        ],
        "imported": [],
    }


def _rich_judgements() -> list[Json]:
    supervision = {"oversight.case-supervision": "concern"} | {
        f"oversight.case-supervision[team={team}]": "concern" for team in TEAMS
    }
    loads = {"caseloads.average": "attention"} | {
        f"caseloads.average[team={team}]": "secure" for team in TEAMS
    }
    claim = {
        "answers": {
            "know": "Workers know children well. **Direct work** is strong:\n\n- children are seen alone\n- wishes shape plans\n\nThe hub has been under pressure since the autumn and we have not yet mended it.",
            "how": "Monthly performance meetings, sixty audits a quarter, and the parents’ forum.",
            "will": "We will bring a manager into the hub every day from April.",
        },
        "strengths": ["Workers’ relationships with children.", "Timely assessments."],
        "weaknesses": ["Delay in the hub."],
        "so_what": "Children tell us that they are listened to; some wait too long for help to begin.",
        "evidence": ["AUD-2026-01"],
        "author": "Head of service, help and protection",
        "date": "2026-04-10",
        "status": "reviewed",
    }
    return [
        judgement(
            "leaders",
            "The impact of leaders on social work practice with children and families",
            [
                criterion(
                    "LEAD-04",
                    "Leaders know their practice accurately and have put right what was found before",
                    "Strategic leadership",
                    "mixed",
                    "Auditors grade above moderators.",
                    signals={"oversight.audit-drift": "concern"},
                    rests_on=["quality"],
                    voices=["practice-audit"],
                    confidence="low",
                ),
                criterion(
                    "LEAD-08",
                    "Audit is moderated, looks at impact and closes the loop",
                    "Learning culture",
                    "mixed",
                    "Two thirds of audits are good; drift lowers trust in them.",
                    signals={
                        "oversight.audit-good": "attention",
                        "oversight.audit-drift": "concern",
                    },
                    rests_on=["quality"],
                    voices=["practice-audit"],
                    confidence="low",
                    provenance="unverified",
                ),
                criterion(
                    "LEAD-11",
                    "Supervision is regular, reflective and recorded",
                    "Performance management",
                    "weak",
                    "Concern in every team, with no voice against it.",
                    signals=supervision,
                    confidence="medium",
                ),
                criterion(
                    "LEAD-12",
                    "The workforce is sufficient and stable, with few agency workers",
                    "Workforce",
                    "not enough evidence",
                    "No figure could be computed.",
                    missing=["vacancy and agency rates"],
                    rests_on=[],
                    voices=[],
                    confidence="none",
                ),
                criterion(
                    "LEAD-13",
                    "Caseloads are manageable",
                    "Workforce",
                    "mixed",
                    "The average is in attention and one worker holds 47.",
                    signals=loads,
                ),
            ],
            ceiling=None,
            claim="good",
            claim_title="Good",
            challenge="not enough evidence",
            challenge_names=["LEAD-11", "LEAD-12"],
            confidence="low",
            claim_detail={
                "answers": {"know": "We know ourselves well."},
                "strengths": [],
                "weaknesses": [],
                "so_what": "",
                "evidence": [],
                "author": "",
                "date": None,
                "status": "draft",
            },
        ),
        judgement(
            "help-and-protection",
            "The experiences and progress of children who need help and protection",
            [
                criterion(
                    "HP-02",
                    "Contacts and referrals are screened promptly by qualified staff",
                    "Identifying need",
                    "weak",
                    "Critical delay in the hub, and an inspector saw it.",
                    signals={
                        "thresholds.undecided-contacts": "concern",
                        "thresholds.oldest-undecided": "critical",
                        "thresholds.re-referral-12m": "attention",
                    },
                    entries=["INS-2025-01"],
                    voices=["data", "inspector"],
                    confidence="high",
                ),
                criterion(
                    "HP-06",
                    "Section 47 enquiries are thorough and conferences on time",
                    "Good decisions",
                    "mixed",
                    "Conferences are in concern and worsening.",
                    signals={"timeliness.icpc-15wd": "concern"},
                ),
                criterion(
                    "HP-07",
                    "Assessments are timely and lead to help",
                    "Good decisions",
                    "not enough evidence",
                    "Newly better: supports nothing until held for six months.",
                    signals={"timeliness.assessment-45wd": "secure"},
                ),
                criterion(
                    "HP-11",
                    "Managers oversee casework and record why",
                    "Good decisions",
                    "weak",
                    "Four children on protection plans have no named worker.",
                    signals={
                        "caseloads.unallocated": "concern",
                        "caseloads.unallocated[plan=cp]": "critical",
                    },
                    entries=["FAM-2025-07"],
                    voices=["data", "family"],
                ),
                criterion(
                    "HP-12",
                    "Children are seen regularly and alone, and their wishes are acted on",
                    "Engagement",
                    "secure",
                    "Audit and visits agree.",
                    signals={"timeliness.cp-visit": "attention"},
                    entries=["AUD-2026-01"],
                    rests_on=["compliance", "quality"],
                    voices=["data", "practice-audit"],
                ),
                criterion(
                    "HP-16",
                    "Missing children get a prompt response and a return interview",
                    "Vulnerable groups",
                    "not enough evidence",
                    "",
                    missing=["return interviews offered", "children’s voice"],
                    rests_on=[],
                    voices=[],
                    confidence="none",
                ),
            ],
            ceiling="requires-improvement",
            ceiling_title="Requires improvement to be good",
            because=[
                {
                    "rule": "protection-children-unallocated",
                    "text": "Nobody named sees them or moves their plans.",
                    "at_most": "requires-improvement",
                    "readings": ["caseloads.unallocated[plan=cp]"],
                    "register": [],
                },
                {
                    "rule": "nobody-has-looked",
                    "text": "At good, risk is screened promptly, not after a month.",
                    "at_most": "requires-improvement",
                    "readings": ["thresholds.oldest-undecided", "thresholds.undecided-contacts"],
                    "register": ["INS-2025-01"],
                },
            ],
            also=[
                {
                    "rule": "several-shortfalls",
                    "text": "Outstanding is sustained and exceptional.",
                    "at_most": "good",
                    "readings": [],
                    "register": ["INS-2025-01", "FAM-2025-07"],
                }
            ],
            waived=[
                {
                    "rule": "nobody-has-looked",
                    "who": "Director of children’s services",
                    "why": "The hub’s clock counted weekends until March.",
                    "until": "2026-06-30",
                }
            ],
            ceiling_after_waivers="requires-improvement",
            claim="good",
            claim_title="Good",
            claim_detail=claim,
            challenge="above the evidence",
            confidence="medium",
        ),
        judgement(
            "care",
            "The experiences and progress of children in care",
            [
                criterion(
                    "CIC-08",
                    "Children’s health, dental and emotional needs are met",
                    "Health and learning",
                    "not enough evidence",
                    "One good figure is not enough.",
                    signals={"care.dental-check": "strong"},
                )
            ],
            claim="outstanding",
            claim_title="Outstanding",
            challenge="not enough evidence",
            challenge_names=["CIC-08"],
            confidence="low",
            claim_detail={
                "answers": {},
                "strengths": [],
                "weaknesses": [],
                "so_what": "",
                "evidence": [],
                "author": "",
                "date": None,
                "status": "draft",
            },
        ),
        judgement(
            "care-leavers",
            "The experiences and progress of care leavers",
            [
                criterion(
                    "CL-01",
                    "Each care leaver has an adviser early, who stays in touch",
                    "",
                    "not enough evidence",
                    "",
                    missing=["in touch"],
                    rests_on=[],
                    voices=[],
                    confidence="none",
                )
            ],
        ),
    ]


def _rich_findings() -> list[Json]:
    return [
        finding(
            "rule:protection-children-unallocated@help-and-protection",
            "priority-action-risk",
            "Children on a protection plan have no named worker.",
            ["help-and-protection"],
            ["caseloads.unallocated[plan=cp]"],
            topics=["allocation"],
            look_at="days waiting, plan",
        ),
        finding(
            "rule:nobody-has-looked@help-and-protection",
            "priority-action-risk",
            "The oldest undecided contact is more than a month old.",
            ["help-and-protection"],
            ["thresholds.oldest-undecided", "thresholds.undecided-contacts"],
            topics=["front-door"],
            criteria=["HP-02"],
            responsible=["council"],
            look_at="the oldest ten in the queue",
        ),
        finding(
            "reading:caseloads.unallocated[plan=cp]",
            "improve",
            "Four children on protection plans have no named worker.",
            ["help-and-protection"],
            ["caseloads.unallocated[plan=cp]"],
            topics=["allocation"],
            criteria=["HP-11"],
            where={"plan": "cp"},
        ),
        finding(
            "reading:timeliness.icpc-15wd",
            "improve",
            "A quarter of initial conferences are late, and it is getting worse.",
            ["help-and-protection"],
            ["timeliness.icpc-15wd"],
            topics=["conferences"],
            criteria=["HP-06"],
            look_at="the interim plan",
        ),
        finding(
            "reading:oversight.case-supervision",
            "improve",
            "Children are not discussed in supervision in time.",
            ["leaders"],
            ["oversight.case-supervision"],
            topics=["supervision"],
            criteria=["LEAD-11"],
            look_at="register, staff",
        ),
        *(
            finding(
                f"reading:oversight.case-supervision[team={team}]",
                "improve",
                "Children are not discussed in supervision in time.",
                ["leaders"],
                [f"oversight.case-supervision[team={team}]"],
                topics=["supervision"],
                where={"team": team},
            )
            for team in TEAMS
        ),
        finding(
            "reading:oversight.audit-drift",
            "improve",
            "Auditors grade well above moderators, so audit supports nothing as secure.",
            ["leaders"],
            ["oversight.audit-drift"],
            topics=["audit"],
            criteria=["LEAD-04", "LEAD-08"],
            look_at="paired grades",
        ),
        finding(
            "entry:AUD-2026-01",
            "strength",
            "Workers see children alone and act on what they say.",
            ["help-and-protection"],
            ["AUD-2026-01"],
            topics=["voice"],
            criteria=["HP-12"],
        ),
        finding(
            "entry:FAM-2025-07",
            "question",
            "How many workers does a child have in a year?",
            ["help-and-protection", "leaders"],
            ["FAM-2025-07"],
            topics=["allocation"],
            look_at="worker changes",
        ),
        finding(
            "reading:thresholds.re-referral-12m",
            "question",
            "Were children’s cases closed too soon?",
            ["help-and-protection"],
            ["thresholds.re-referral-12m"],
            topics=["thresholds"],
            look_at="closing records",
        ),
        finding(
            "missing:HP-16/return-interviews",
            "question",
            "What did children say when they came back?",
            ["help-and-protection"],
            [],
            topics=["missing"],
            look_at="forms, extract",
        ),
        finding(
            "missing:CL-01/in-touch",
            "question",
            "Why is contact with care leavers not counted?",
            ["care-leavers"],
            ["leavers.in-touch"],
            look_at="forms, extract",
        ),
        finding(
            "reading:caseloads.average[team=Assessment 2]",
            "question",
            "Which team is hidden by the average?",
            ["leaders"],
            ["caseloads.average[team=Assessment 2]"],
            where={"team": "Assessment 2"},
            look_at="spread by team, role",
        ),
    ]


def _inputs() -> list[Json]:
    lists = (
        "Contacts",
        "Early Help",
        "Referrals",
        "Assessments",
        "Section 47",
        "Children in Need",
        "Child Protection",
        "Children in Care",
        "Care Leavers",
        "Adoption",
        "Adopters",
    )
    sheets: list[Json] = [
        {
            "sheet": "Guidance",
            "table": None,
            "table_title": None,
            "header_row": None,
            "rows_read": 0,
            "rows_used": 0,
            "rows_set_aside": 0,
            "reasons": {},
            "unknown_cells": 0,
        }
    ]
    for index, name in enumerate(lists):
        aside = index % 3
        sheets.append(
            {
                "sheet": f"List {index + 1}",
                "table": name.lower(),
                "table_title": name,
                "header_row": 2,
                "rows_read": 400 + 37 * index,
                "rows_used": 400 + 37 * index - aside,
                "rows_set_aside": aside,
                "reasons": {"no child id": aside} if aside else {},
                "unknown_cells": 7 if index == 5 else 0,
            }
        )
    made = [
        {
            "path": "evidence/annex-a.xlsx",
            "sha256": hashlib.sha256(b"annex").hexdigest(),
            "extract_date": "2026-04-02",
            "sheets": sheets,
        }
    ]
    for name, rows in (("hub.csv", 1310), ("supervision.csv", 5200), ("audits.csv", 60)):
        made.append(
            {
                "path": f"evidence/{name}",
                "sha256": hashlib.sha256(name.encode()).hexdigest(),
                "extract_date": None,
                "sheets": [
                    {
                        "sheet": name,
                        "table": name[:-4],
                        "table_title": name[:-4].title(),
                        "header_row": 1,
                        "rows_read": rows,
                        "rows_used": rows - 4,
                        "rows_set_aside": 4,
                        "reasons": {
                            "date after the as-at date": 3,
                            "date cannot be read: cell set aside": 1,
                        },
                        "unknown_cells": 1,
                    }
                ],
            }
        )
    return made


def sparse() -> Json:
    """A council with almost no evidence and no claims."""
    made = frame()
    made["as_at_inferred"] = False
    made["council"] = {"name": "Little Wenlow", "code": None}
    made["judgements"] = [
        judgement(
            "leaders",
            "The impact of leaders",
            [
                criterion(
                    "LEAD-04",
                    "Leaders know their practice",
                    "",
                    "not enough evidence",
                    "",
                    missing=["practice audit"],
                    rests_on=[],
                    voices=[],
                    confidence="none",
                )
            ],
        ),
        judgement("care", "Children in care", []),
    ]
    made["gaps"] = [
        {
            "what": "Everything",
            "why": "No list was supplied.",
            "remedy": "Put the workbook into evidence/ and run again.",
        }
    ]
    return made


HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} {% raw %} <img src=file:///etc/passwd> ![x](file:///etc/passwd) "
    "[go](http://example.invalid/) \u202emirrored\u202c שלום مرحبا 😀👍🏽 漢字 \x00\x07\x1b[31m &#128512; </style> ]]> ' \" "
)


def hostile() -> Json:
    """The rich council with every text made hostile, long, or both."""
    made = copy.deepcopy(rich())
    made["council"]["name"] = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 4
    made["framework"]["title"] = HOSTILE
    made["framework"]["questions"][0]["text"] = HOSTILE
    made["framework"]["notes"] = [HOSTILE * 3]
    made["plugin_differences"] = [HOSTILE]
    made["register"][0]["text"] = "W" * 20_000
    made["register"][1]["text"] = HOSTILE * 20
    made["register"][2]["source"] = "s" * 3_000
    for node in made["judgements"]:
        node["title"] += " and more " * 12
        node["claim_title"] = node["claim_title"] and HOSTILE
        for part in node["criteria"]:
            part["title"] = HOSTILE + part["title"] * 6
            part["why"] = "x" * 2_000
        if node["claim_detail"]:
            node["claim_detail"]["answers"] = {
                "know": "# Heading\n\n"
                + HOSTILE
                + "\n\n> quote\n\n    code "
                + "y" * 400
                + "\n\n---\n\n<div onclick=x>",
                "how": ("word " * 4_000) + HOSTILE,
            }
            node["claim_detail"]["strengths"] = [HOSTILE]
    for part in made["findings"]:
        part["text"] += HOSTILE
        part["look_at"] = HOSTILE
    for part in made["readings"]:
        part["title"] += " " + HOSTILE
        part["source"] = "evidence/" + "very-long-file-name-" * 12 + ".xlsx"
        part["reason"] = HOSTILE
    for part in made["plan"]:
        part["title"] += HOSTILE
        part["owner"] = "o" * 300
    for part in made["inputs"]:
        part["path"] += HOSTILE
        part["sheets"][0]["sheet"] = HOSTILE
        part["sheets"][0]["reasons"] = {HOSTILE: 3}
    made["method"][0]["why"] = HOSTILE * 20
    made["method"][0]["counted"] = {"from": HOSTILE, HOSTILE: HOSTILE * 30}
    made["dimensions"] = [{"id": "team", "title": HOSTILE, "values": {"north": HOSTILE}}]
    for part in made["charts"]:
        part["title"] = part["note"] = part["line_title"] = HOSTILE * 4
        part["above"] = part["level"] = part["below"] = HOSTILE
        for step in part["steps"]:
            step["title"] = HOSTILE * 2
    for part in made["readings"]:
        for each in part["comparators"]:
            each["label"] = each["note"] = each["period"] = HOSTILE * 3
            for point in each["points"]:
                point["period"] = HOSTILE
    made["comparators"]["releases"][0]["title"] = HOSTILE
    made["gaps"][0] = {"what": HOSTILE, "why": "z" * 5_000, "remedy": HOSTILE}
    for part in made["xray"]:
        part["text"] = part["why"] = part["mend"] = part["where"] = HOSTILE * 4
    made["xray"][-1]["waived"] = {"who": HOSTILE, "why": HOSTILE * 9, "until": HOSTILE}
    changes = made["changes"]
    changes["text"] = changes["overlap"]["text"] = HOSTILE * 9
    for part in (*changes["claims"], *changes["statuses"], *changes["expired"], *changes["plan"]):
        part["title"] = part["text"] = part["new"] = HOSTILE * 4
    for part in changes["readings"]["moved"]:
        part["title"] = part["text"] = HOSTILE * 4
        part["where"] = {"team": HOSTILE}
    changes["findings"]["new"][0]["text"] = HOSTILE * 20
    return made


def narrative() -> Json:
    """A framework without scales: findings and questions only."""
    made = rich()
    made["framework"] |= {
        "id": "ofsted-jtai-front-door",
        "edition": "2024-04",
        "title": "Joint targeted area inspection of the front door",
        "kind": "narrative",
        "subject": "local area partnership",
        "questions": [],
    }
    made["judgements"] = made["judgements"][1:2]
    node = made["judgements"][0]
    node |= {
        "id": "help-and-protection",
        "title": "Initial response to need and risk",
        "scale": None,
        "ceiling": None,
        "ceiling_title": None,
        "claim": None,
        "claim_title": None,
        "claim_detail": None,
        "challenge": None,
        "waived": [],
        "ceiling_after_waivers": None,
    }
    for part in ("because", "also"):
        for rule in node[part]:
            rule["at_most"] = None
    made["judgements"][0]["also"] = []
    made["findings"] = [
        part for part in made["findings"] if "help-and-protection" in part["judgements"]
    ]
    for part in made["findings"]:
        part["judgements"] = ["help-and-protection"]
    # Audit's own words hold the word that this page must not: keep it to what the tool itself says.
    drop = {"oversight.audit-good", "oversight.audit-drift"}
    made["readings"] = [part for part in made["readings"] if part["measure"] not in drop]
    made["method"] = [part for part in made["method"] if part["measure"] not in drop]
    # So do published figures, which are told apart by councils' grades.
    made["comparators"] = made["charts"] = None
    for part in made["readings"]:
        part["comparators"] = []
    made["changes"]["statuses"][0] |= {"what": "confidence", "text": "low before, high now."}
    return made


def crowded() -> Json:
    """Thirty judgements with long names, every one with criteria, doubts and disagreeing voices."""
    made = rich()
    pattern = made["judgements"][1]
    made["judgements"] = []
    long = "children and young people whose circumstances are described at considerable length "
    for index in range(30):
        node = copy.deepcopy(pattern)
        node["id"] = f"node-{index}"
        node["title"] = f"{index} The experiences and progress of {long * 3}".strip()
        node["criteria"] = node["criteria"][:3]
        made["judgements"].append(node)
    for part in made["findings"]:
        part["judgements"] = [f"node-{index}" for index in range(30)]
        part["text"] = f"{part['text']} {long * 6}"
    made["council"]["name"] = (
        "The Royal and Ancient Metropolitan Borough of Northmere with Wenlow " * 3
    )
    for part in made["readings"]:
        part["title"] = f"{part['title']} among {long * 2}".strip()
    return made


ALL = {"rich": rich, "sparse": sparse, "hostile": hostile, "narrative": narrative}
"""Rendered whole in every test; `crowded` is for the documents of fixed length."""
