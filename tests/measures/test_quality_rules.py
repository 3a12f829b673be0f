# ruff: noqa: E501 - a case a line reads better
"""Every rule of data quality on rows worked out by hand: one that breaks it, one that does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from selfassess.evidence import Evidence, SourceFile, read_evidence
from selfassess.evidence.calendar import build
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.evidence.state import TableState
from selfassess.measuring.quality import ask_quality, quality_rows
from selfassess.measuring.run import prepare
from selfassess.toolkit import Toolkit

AS_AT = dt.date(2026, 3, 31)
SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "annex-a"
TYPES = {"date": "DATE", "datetime": "TIMESTAMP", "integer": "BIGINT", "number": "DOUBLE"}
Row = dict[str, Any]

OLD = {"date_of_birth": "1999-03-31", "age": 27}
CHILD = {"date_of_birth": "2016-03-31", "age": 10}


def missing(column: str, value: str = "2026-01-05") -> tuple[list[Row], list[Row]]:
    return [{column: None}], [{column: value}]


def twice(column: str, **more: Any) -> tuple[list[Row], list[Row]]:
    """Two rows of one key and date are both at fault; the same key on another day is not."""
    same = {column: "2026-01-05", **more, "id": "twice"}
    return [same, same], [{**same, "id": "once"}, {**same, "id": "once", column: "2026-01-06"}]


def ages() -> tuple[list[Row], list[Row]]:
    # 26 on the day itself; 25 until the day before.
    bad = [{"date_of_birth": "2000-03-31"}, {"age": 26}, {"age": -1}]
    return bad, [{"date_of_birth": "2000-04-01"}, {"age": 25}, {"age": 0}, {}]


def unborn(last: str = "2026-03-31") -> tuple[list[Row], list[Row]]:
    return [{"date_of_birth": "2026-04-01"}], [{"date_of_birth": last}, {}]


def coded(column: str, value: str) -> tuple[list[Row], list[Row]]:
    return [{column: "no such code"}], [{column: value}, {column: None}]


PERSON = {"date_of_birth": "2016-03-31", "gender": "male", "ethnicity": "WBRI"}
LEAVER = {
    "eligibility": "relevant", "in_touch": "yes", "accommodation": "U", "suitability": "suitable",
    "activity": "F1",
}  # fmt: skip
NEWER = {
    "personal_adviser": "A Person", "last_contact_date": "2026-03-02", "uasc": "no",
    "pathway_review_date": "2026-01-05",
}  # fmt: skip
CIN = {"start_date": "2025-01-06", "case_status": "cin"}
CP = {"plan_start_date": "2025-01-06"}
CARE = {"start_date": "2025-01-06"}

CASES: dict[str, tuple[Any, ...]] = {
    "contacts-date-missing": missing("contact_date"),
    "early-help-date-missing": missing("start_date"),
    "referrals-date-missing": missing("referral_date"),
    "assessments-date-missing": missing("start_date"),
    "section-47-date-missing": missing("strategy_date"),
    "cin-date-missing": missing("start_date"),
    "cp-date-missing": missing("plan_start_date"),
    "care-date-missing": (
        [{**CARE, "placement_start_date": None, "legal_status_date": "2025-01-06"}],
        [{**CARE, "placement_start_date": "2025-01-06", "legal_status_date": "2025-01-06"}],
    ),
    "adoption-date-missing": (
        [{"entered_care_date": "2025-01-06"}],
        [{"entered_care_date": "2025-01-06", "decision_date": "2025-05-06"}],
    ),
    "cin-never-seen": (
        [CIN],
        [
            {**CIN, "last_seen_date": "2026-03-01"},
            {**CIN, "case_status": "assessment"},
            {**CIN, "closure_date": "2026-03-31"},
        ],
    ),
    # 28 days to 31 March begin on 3 March.
    "cp-visit-missing": (
        [{"plan_start_date": "2026-03-03"}],
        [
            {"plan_start_date": "2026-03-04"},
            {**CP, "plan_end_date": "2026-03-31"},
            {**CP, "last_visit_date": "2025-02-01"},
        ],
    ),
    # 42 days to 31 March begin on 17 February.
    "care-visit-missing": (
        [{"start_date": "2026-02-17"}],
        [
            {"start_date": "2026-02-18"},
            {**CARE, "end_date": "2026-03-31"},
            {**CARE, "last_visit_date": "2025-02-01"},
        ],
    ),
    "early-help-end-before-start": (
        [{"start_date": "2026-01-06", "completion_date": "2026-01-05"}],
        [
            {"start_date": "2026-01-06", "completion_date": "2026-01-06"},
            {"start_date": "2026-01-06"},
        ],
    ),
    "assessments-end-before-start": (
        [{"start_date": "2026-01-06", "authorised_date": "2026-01-05"}],
        [
            {"start_date": "2026-01-06", "authorised_date": "2026-01-06"},
            {"authorised_date": "2026-01-06"},
        ],
    ),
    "section-47-conference-before-strategy": (
        [{"strategy_date": "2026-01-06", "icpc_date": "2026-01-05"}],
        [{"strategy_date": "2026-01-06", "icpc_date": "2026-01-06"}],
    ),
    "cin-end-before-start": (
        [{**CIN, "closure_date": "2025-01-05"}, {**CIN, "last_seen_date": "2025-01-05"}],
        [{**CIN, "closure_date": "2025-01-06", "last_seen_date": "2025-01-06"}],
    ),
    "cp-end-before-start": (
        [{**CP, "plan_end_date": "2025-01-05"}],
        [{**CP, "plan_end_date": "2025-01-06"}],
    ),
    "cp-event-before-start": (
        [{**CP, "last_visit_date": "2025-01-05"}, {**CP, "last_review_date": "2025-01-05"}],
        [{**CP, "last_visit_date": "2025-01-06", "last_review_date": "2025-01-07"}],
    ),
    "care-end-before-start": (
        [{**CARE, "end_date": "2025-01-05"}],
        [{**CARE, "end_date": "2025-01-06"}],
    ),
    "care-event-before-start": (
        [
            {**CARE, name: "2025-01-05"}
            for name in (
                "last_review_date",
                "last_visit_date",
                "last_iro_visit_date",
                "placement_start_date",
            )
        ],
        [{**CARE, "last_review_date": "2025-01-06", "placement_start_date": "2025-01-06"}],
    ),
    "cin-event-after-end": (
        [{**CIN, "closure_date": "2026-01-05", "last_seen_date": "2026-01-06"}],
        [
            {**CIN, "closure_date": "2026-01-05", "last_seen_date": "2026-01-05"},
            {**CIN, "last_seen_date": "2026-01-05"},
        ],
    ),
    "cp-event-after-end": (
        [{**CP, "plan_end_date": "2026-01-05", "last_review_date": "2026-01-06"}],
        [{**CP, "plan_end_date": "2026-01-05", "last_review_date": "2026-01-05"}],
    ),
    "care-event-after-end": (
        [{**CARE, "end_date": "2026-01-05", "last_iro_visit_date": "2026-01-06"}],
        [{**CARE, "end_date": "2026-01-05", "last_iro_visit_date": "2026-01-05"}],
    ),
    "adoption-out-of-order": (
        [
            {"entered_care_date": "2025-01-06", name: "2025-01-05"}
            for name in (
                "decision_date",
                "placement_order_date",
                "matched_date",
                "placed_date",
                "order_date",
            )
        ],
        [{"entered_care_date": "2025-01-06", "decision_date": "2025-01-06"}],
    ),
    "adoption-placed-before-match": (
        [
            {"matched_date": "2025-06-02", "placed_date": "2025-06-01"},
            {"placed_date": "2025-06-02", "order_date": "2025-06-01"},
        ],
        [
            {"matched_date": "2025-06-02", "placed_date": "2025-06-02", "order_date": "2025-12-01"},
            {"placed_date": "2025-06-02"},
        ],
    ),
    "adopters-out-of-order": (
        [{"enquiry_date": "2025-01-06", "stage1_start_date": "2025-01-05"}],
        [{"enquiry_date": "2025-01-06", "stage1_start_date": "2025-01-06"}],
    ),
    "adopters-stage-ends-first": (
        [
            {"stage1_start_date": "2025-02-02", "stage1_end_date": "2025-02-01"},
            {"stage2_start_date": "2025-02-02", "stage2_end_date": "2025-02-01"},
        ],
        [
            {
                "stage1_start_date": "2025-02-02",
                "stage1_end_date": "2025-02-02",
                "stage2_end_date": "2025-02-01",
            }
        ],
    ),
    "assessments-future": (
        [{"authorised_date": "2026-04-01"}],
        [{"authorised_date": "2026-03-31"}, {}],
    ),
    "cin-future": (
        [{**CIN, "last_seen_date": "2026-04-01"}, {**CIN, "closure_date": "2026-04-01"}],
        [{**CIN, "last_seen_date": "2026-03-31", "closure_date": "2026-03-31"}],
    ),
    "cp-future": (
        [
            {**CP, name: "2026-04-01"}
            for name in ("last_visit_date", "last_review_date", "plan_end_date")
        ],
        [{**CP, "last_visit_date": "2026-03-31"}],
    ),
    "care-future": (
        [
            {**CARE, name: "2026-04-01"}
            for name in ("last_review_date", "last_dental_check_date", "end_date")
        ],
        [{**CARE, "last_review_date": "2026-03-31"}],
    ),
    "care-leavers-future": (
        [{"last_contact_date": "2026-04-01"}, {"pathway_review_date": "2026-04-01"}],
        [{"last_contact_date": "2026-03-31"}],
    ),
    "contacts-duplicate": twice("contact_date"),
    "referrals-duplicate": twice("referral_date"),
    "assessments-duplicate": twice("start_date"),
    "section-47-duplicate": twice("strategy_date"),
    "cin-duplicate": twice("start_date"),
    "cp-duplicate": twice("plan_start_date"),
    "care-duplicate": twice("start_date"),
    "care-leavers-duplicate": ([{"id": "twice"}, {"id": "twice"}], [{}, {}]),
    "cin-overlap": (
        [
            {**CIN, "id": "twice"},
            {**CIN, "id": "twice", "start_date": "2025-09-01", "closure_date": "2026-04-01"},
        ],
        [
            {**CIN, "id": "once"},
            {**CIN, "id": "once", "closure_date": "2026-03-31"},
            {**CIN, "id": "once", "case_status": "closed"},
        ],
    ),
    "cp-overlap": (
        [{**CP, "id": "twice"}, {"plan_start_date": "2025-09-01", "id": "twice"}],
        [
            {**CP, "id": "once", "plan_end_date": "2025-06-01"},
            {"plan_start_date": "2025-09-01", "id": "once"},
        ],
    ),
    "care-overlap": (
        [{**CARE, "id": "twice"}, {"start_date": "2025-09-01", "id": "twice"}],
        [
            {**CARE, "id": "once", "end_date": "2025-06-01"},
            {"start_date": "2025-09-01", "id": "once"},
        ],
    ),
    **{
        f"{list_}-person-code": (
            [{**PERSON, "gender": "z"}, {**PERSON, "ethnicity": "no such group"}],
            [PERSON, {"gender": None, "ethnicity": None}],
        )
        for list_ in (
            "contacts",
            "early-help",
            "referrals",
            "assessments",
            "section-47",
            "cin",
            "cp",
            "care",
            "care-leavers",
        )
    },
    "adoption-code": coded("reversal_reason", "RD1"),
    "adopters-code": coded("left_reason", "withdrew"),
    "contacts-code": coded("contact_source", "6"),
    "referrals-code": coded("nfa", "yes"),
    "assessments-code": coded("seen", "no"),
    "section-47-code": coded("icpc_unnecessary", "unknown"),
    "cin-code": coded("case_status", "cp"),
    "cp-code": coded("latest_category", "neglect"),
    "care-code": coded("permanence_plan", "adoption"),
    "care-leavers-code": coded("suitability", "suitable"),
    "visits-code": coded("kind", "cp"),
    "contacts-age": ages(),
    "early-help-age": ages(),
    "referrals-age": ages(),
    "assessments-age": ages(),
    "section-47-age": ages(),
    "cin-age": ages(),
    "cp-age": ages(),
    "care-age": ages(),
    "care-leavers-age": (
        [
            {"date_of_birth": "2010-04-01"},
            {"date_of_birth": "2000-03-31"},
            {"age": 15},
            {"age": 26},
        ],
        [
            {"date_of_birth": "2010-03-31"},
            {"date_of_birth": "2000-04-01"},
            {"age": 16},
            {"age": 25},
        ],
    ),
    "cin-adult": (
        [{**CIN, "date_of_birth": "2008-03-31"}],
        [
            {**CIN, "date_of_birth": "2008-04-01"},
            {**CIN, "date_of_birth": "2008-03-31", "closure_date": "2026-03-31"},
            {**CIN, "date_of_birth": "2008-03-31", "case_status": "closed"},
        ],
    ),
    "cp-adult": (
        [{**CP, "date_of_birth": "2008-03-31"}],
        [
            {**CP, "date_of_birth": "2008-04-01"},
            {**CP, "date_of_birth": "2008-03-31", "plan_end_date": "2026-03-31"},
        ],
    ),
    "care-adult": (
        [{**CARE, "date_of_birth": "2008-03-31"}],
        [
            {**CARE, "date_of_birth": "2008-04-01"},
            {**CARE, "date_of_birth": "2008-03-31", "end_date": "2026-03-31"},
        ],
    ),
    "assessments-adult": (
        [{"start_date": "2026-01-05", "date_of_birth": "2008-01-05"}],
        [{"start_date": "2026-01-05", "date_of_birth": "2008-01-06"}],
    ),
    # 280 days after 6 January 2025 is 13 October 2025.
    "cin-long-before-birth": (
        [{**CIN, "date_of_birth": "2025-10-14"}],
        [{**CIN, "date_of_birth": "2025-10-13"}],
    ),
    "cp-long-before-birth": (
        [{**CP, "date_of_birth": "2025-10-14"}],
        [{**CP, "date_of_birth": "2025-10-13"}],
    ),
    "care-before-birth": (
        [{**CARE, "date_of_birth": "2025-01-07"}],
        [{**CARE, "date_of_birth": "2025-01-06"}],
    ),
    "contacts-unborn": unborn(),
    "early-help-unborn": unborn(),
    "referrals-unborn": unborn(),
    "assessments-unborn": unborn(),
    "section-47-unborn": unborn(),
    "cin-unborn": unborn(),
    "cp-unborn": unborn(),
    "care-unborn": unborn(),
    "cin-age-differs": (
        [{**CHILD, "age": 12}, {**CHILD, "age": 8}],
        [{**CHILD, "age": 11}, {**CHILD, "age": 9}, CHILD, {"age": 12}],
    ),
    "care-age-differs": ([{**CHILD, "age": 12}], [{**CHILD, "age": 11}]),
    "referrals-without-contact": (
        [{"id": "a", "referral_date": "2026-03-02"}],
        [{"id": "b", "referral_date": "2026-03-02"}, {"id": "a", "referral_date": "2025-10-30"}],
        # 30 days before 2 March is 31 January; a contact after the referral is no contact before it.
        {
            "contacts": [
                {"id": "b", "contact_date": "2026-01-31"},
                {"id": "a", "contact_date": "2026-01-30"},
                {"id": "a", "contact_date": "2026-03-03"},
            ]
        },
    ),
    "section-47-conference-contradiction": (
        [{"icpc_unnecessary": "yes", "icpc_date": "2026-01-05"}, {"icpc_resulted_in_plan": "yes"}],
        [
            {"icpc_unnecessary": "yes"},
            {"icpc_unnecessary": "no", "icpc_date": "2026-01-05", "icpc_resulted_in_plan": "yes"},
        ],
    ),
    "cin-closed-without-date": (
        [{**CIN, "case_status": "closed"}, {**CIN, "closure_reason": "RC7"}],
        [
            {**CIN, "case_status": "closed", "closure_date": "2026-01-05", "closure_reason": "RC7"},
            CIN,
        ],
    ),
    "cin-open-though-closed": (
        [{**CIN, "closure_date": "2026-01-05"}],
        [
            {**CIN, "closure_date": "2026-01-05", "case_status": "closed"},
            {**CIN, "closure_date": "2026-04-01"},
            {**CIN, "case_status": None, "closure_date": "2026-01-05"},
        ],
    ),
    "cin-closed-without-reason": (
        [{**CIN, "closure_date": "2026-01-05"}],
        [{**CIN, "closure_date": "2026-01-05", "closure_reason": "RC7"}, CIN],
    ),
    "cin-cp-not-on-list-7": (
        [{**CIN, "case_status": "cp", "id": "a"}, {**CIN, "case_status": "cp", "id": "ended"}],
        [{**CIN, "case_status": "cp", "id": "b"}, {**CIN, "id": "a"}],
        {"cp": [{**CP, "id": "b"}, {**CP, "id": "ended", "plan_end_date": "2026-03-31"}]},
    ),
    "cin-care-not-on-list-8": (
        [{**CIN, "case_status": "care", "id": "a"}],
        [{**CIN, "case_status": "care", "id": "b"}, {**CIN, "id": "a"}],
        {"care": [{**CARE, "id": "b"}]},
    ),
    "cp-not-on-list-6": (
        [{**CP, "id": "a"}, {**CP, "id": "closed"}],
        [{**CP, "id": "b"}, {**CP, "id": "a", "plan_end_date": "2026-03-31"}],
        {
            "cin": [
                {**CIN, "case_status": "cp", "id": "b"},
                {**CIN, "case_status": "closed", "id": "closed"},
            ]
        },
    ),
    "cp-no-worker": ([CP], [{**CP, "worker": "A Person"}, {**CP, "plan_end_date": "2026-03-31"}]),
    "care-no-worker": (
        [CARE],
        [{**CARE, "worker": "A Person"}, {**CARE, "end_date": "2026-03-31"}],
    ),
    "care-end-without-reason": (
        [{**CARE, "end_date": "2026-01-05"}, {**CARE, "end_reason": "E11"}],
        [{**CARE, "end_date": "2026-01-05", "end_reason": "E11"}, CARE],
    ),
    "care-interview-contradiction": (
        [{"return_interview_offered": "no", "return_interview_accepted": "yes"}],
        [
            {"return_interview_offered": "yes", "return_interview_accepted": "yes"},
            {"return_interview_offered": "no", "return_interview_accepted": "no"},
        ],
    ),
    **{
        f"{list_}-person-missing": (
            [{"gender": "male"}, {**PERSON, "ethnicity": None}, {**PERSON, "date_of_birth": None}],
            [PERSON],
        )
        for list_ in (
            "contacts",
            "early-help",
            "referrals",
            "assessments",
            "section-47",
            "cin",
            "cp",
            "care",
            "care-leavers",
            "adoption",
        )
    },
    "care-placement-missing": (
        [{**CARE, "placement_type": "U1", "placement_provider": "PR1"}],
        [
            {
                **CARE,
                "placement_type": "U1",
                "placement_provider": "PR1",
                "placement_location": "in",
            },
            {**CARE, "end_date": "2026-03-31"},
        ],
    ),
    "care-postcode": (
        [{"placement_postcode": "not known"}],
        [{"placement_postcode": "AB1 2CD"}, {"placement_postcode": "ab12cd"}, {}],
    ),
    "care-leavers-missing": (
        [{**LEAVER, "activity": None}, {}],
        [LEAVER, {"in_touch": "died"}],
    ),
    "care-leavers-newer-missing": (
        [{}, {**NEWER, "last_contact_date": None}],
        [NEWER, {"in_touch": "died"}],
    ),
    "adoption-before-birth": (
        [{"date_of_birth": "2020-01-06", "order_date": "2020-01-05"}],
        [{"date_of_birth": "2020-01-06", "order_date": "2020-01-06"}, {"order_date": "2020-01-06"}],
    ),
    "adoption-reversed-and-ordered": (
        [{"order_date": "2026-01-05", "reversal_date": "2026-01-05"}],
        [{"order_date": "2026-01-05"}, {"reversal_date": "2026-01-05"}],
    ),
    # Twelve months before 31 March 2026 is 31 March 2025.
    "adoption-outside-period": (
        [{"order_date": "2025-03-30"}, {"reversal_date": "2025-03-30"}],
        [{"order_date": "2025-03-31"}, {}],
    ),
    **{
        f"{list_}-person-differs": (
            [{**PERSON, "id": "a"}, {**PERSON, "id": "b"}],
            [{**PERSON, "id": "c"}, {**PERSON, "id": "d"}, {"id": "a"}],
            {
                other: [
                    {**dated, **PERSON, "id": "a", "date_of_birth": "2016-04-01"},
                    {**dated, **PERSON, "id": "b", "ethnicity": "BAFR"},
                    {**dated, **PERSON, "id": "c"},
                    {**dated, "id": "d"},
                ]
            },
        )
        for list_, other, dated in (
            ("adoption", "care_leavers", {}),
            ("cp", "cin", CIN),
            ("care", "cin", CIN),
        )
    },
    "adopters-left-after-order": (
        [{"left_reason": "withdrew", "order_date": "2026-01-05"}],
        [{"left_reason": "withdrew"}, {"left_reason": "on-hold", "order_date": "2026-01-05"}],
    ),
    "adopters-outside-period": (
        [
            {"enquiry_date": "2024-01-05", "order_date": "2025-03-30"},
            {"enquiry_date": "2024-01-05"},
        ],
        [{"enquiry_date": "2024-01-05", "order_date": "2025-03-31"}],
    ),
    "missing-interview-before-found": (
        [
            {"found": "2026-01-06 09:00", "interviewed": "2026-01-06 08:00"},
            {"found": "2026-01-06 09:00", "interviewed": "2026-04-01 08:00"},
        ],
        [{"found": "2026-01-06 09:00", "interviewed": "2026-01-06 09:00"}, {}],
    ),
    "missing-code": coded("offered", "yes"),
    "missing-contradiction": (
        [
            {"offered": "no", "accepted": "yes"},
            {"offered": "no", "interviewed": "2026-01-06 08:00"},
        ],
        [{"offered": "no", "accepted": "no"}, {"offered": "yes", "accepted": "yes"}],
    ),
    "attendance-days": (
        [{"days_due": 20}, {"days_due": 20, "days_lost": 21}, {"days_due": 20, "days_lost": -1}],
        [{"days_due": 20, "days_lost": 20}, {"days_due": 20, "days_lost": 0}],
    ),
    "threshold-audits-code": coded("right", "yes"),
    "entry-audits-code": coded("owner", "yes"),
    "adoption-reversal-without-date": (
        [{"reversal_date": "2026-01-05"}, {"reversal_reason": "RD1"}],
        [{"reversal_date": "2026-01-05", "reversal_reason": "RD1"}, {}],
    ),
    "visits-recorded-before": (
        [
            {"date": "2026-01-06", "recorded": "2026-01-05"},
            {"date": "2026-01-06", "recorded": "2026-04-01"},
        ],
        [{"date": "2026-01-06", "recorded": "2026-01-06"}, {"date": "2026-01-06"}],
    ),
    "visits-duplicate": (
        [{"id": "a", "kind": "cp", "date": "2026-01-06"}] * 2,
        [
            {"id": "b", "kind": "cp", "date": "2026-01-06"},
            {"id": "b", "kind": "care", "date": "2026-01-06"},
        ],
    ),
    "workers-out-of-order": (
        [{"start": "2025-01-06", "end": "2025-01-05"}],
        [{"start": "2025-01-06", "end": "2025-01-06"}, {"start": "2025-01-06"}],
    ),
    "workers-fte": ([{"fte": None}, {"fte": 0}, {"fte": 1.25}], [{"fte": 0.1}, {"fte": 1.2}]),
    "workers-listed-twice": (
        [{"id": "a"}, {"id": "a", "end": "2026-04-30"}],
        [{"id": "b"}, {"id": "b", "end": "2026-03-31"}],
    ),
    "workers-code": coded("role", "asye"),
    "allocations-out-of-order": (
        [
            {"decided": "2026-01-06", "allocated": "2026-01-05"},
            {"decided": "2026-01-06", "ended": "2026-01-05"},
        ],
        [{"decided": "2026-01-06", "allocated": "2026-01-06", "ended": "2026-01-06"}],
    ),
    "allocations-future": ([{"allocated": "2026-04-01"}], [{"allocated": "2026-03-31"}, {}]),
    "allocations-worker-missing": (
        [{"allocated": "2026-01-05"}],
        [{"allocated": "2026-01-05", "worker": "A Person"}, {}],
    ),
    **{
        f"ssd-{name}-person": ([{"id": "x"}], [{"id": "p"}], {"ssd_person": [{"id": "p"}]})
        for name in ("contacts", "episodes", "plans", "care")
    },
    **{
        f"ssd-{name}-period": (
            [{"id": "x"}],
            [{"id": "c"}],
            {"ssd_cla_episodes": [{"clae_cla_id": "c"}]},
        )
        for name in ("placements", "reviews")
    },
    "ssd-involvements-worker": (
        [{"invo_professional_id": "x"}],
        [{"invo_professional_id": "w"}, {}],
        {"ssd_professionals": [{"id": "w"}]},
    ),
    "supervision-recorded-before": (
        [
            {"date": "2026-01-06 09:00", "recorded": "2026-01-05 17:00"},
            {"date": "2026-01-06 09:00", "recorded": "2026-04-01 00:00"},
        ],
        [
            {"date": "2026-01-06 09:00", "recorded": "2026-01-06 00:00"},
            {"date": "2026-03-31 09:00", "recorded": "2026-03-31 17:00"},
        ],
    ),
    "supervision-date-missing": missing("date", "2026-01-06 09:00"),
    "case-notes-recorded-before": (
        [{"date": "2026-01-06 09:00", "recorded": "2026-01-05 17:00"}],
        [{"date": "2026-01-06 09:00", "recorded": "2026-01-06 00:00"}],
    ),
    "case-notes-code": coded("author_role", "manager"),
    "audits-duplicate": (
        [{"id": "a", "date": "2026-01-05"}, {"id": "a", "date": "2026-02-05"}],
        [{"date": "2026-01-05"}],
    ),
    "audits-code": coded("auditor_grade", "good"),
    "actions-done-future": ([{"done": "2026-04-01"}], [{"done": "2026-03-31"}, {}]),
    "hub-out-of-order": (
        [
            {"received": "2026-01-06 09:00", "decided": "2026-01-06 08:59"},
            {"received": "2026-03-31 09:00", "decided": "2026-04-01 09:00"},
        ],
        [
            {"received": "2026-01-06 09:00", "decided": "2026-01-06 09:00"},
            {"received": "2026-03-31 09:00", "decided": "2026-03-31 17:00"},
            {"received": "2026-03-31 09:00"},
        ],
    ),
    "hub-received-missing": missing("received", "2026-01-06 09:00"),
    "hub-duplicate": (
        [{"id": "a", "received": "2026-01-06 09:00"}] * 2,
        [{"received": "2026-01-06 09:00"}],
    ),
    "hub-colour": coded("rag", "red"),
}


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return Toolkit.load(cache=False)


@pytest.fixture(scope="module")
def warehouse() -> DuckDBWarehouse:
    made = DuckDBWarehouse()
    build(made)
    made.lock()
    return made


def supply(toolkit: Toolkit, warehouse: DuckDBWarehouse, rows: dict[str, list[Row]]) -> Evidence:
    """Evidence of a few rows; `id` stands for the key, and each row without one has its own."""
    from selfassess.model.evidence import SheetLedger

    states, ledger = {}, []
    for index, spec in enumerate(toolkit.library.tables.values()):
        declared = ", ".join(f'"{c.name}" {TYPES.get(c.type, "VARCHAR")}' for c in spec.columns)
        marks = "row_id BIGINT, source_sheet INTEGER, source_row INTEGER, unknown_cells VARCHAR"
        warehouse.execute(f'CREATE OR REPLACE TABLE "{spec.id}" ({declared}, {marks})')
        ledger.append(
            SheetLedger(
                path=f"{spec.id}.csv",
                sheet=spec.id,
                table=spec.id,
                rows_read=0,
                rows_used=0,
                rows_set_aside=0,
            )
        )
        given = rows.get(spec.id)
        for number, row in enumerate(given or (), 1):
            cells = {k: v for k, v in row.items() if k != "id"}
            cells = {spec.key[0]: row.get("id", f"own-{number}"), **cells}
            cells |= {"row_id": number, "source_sheet": index, "source_row": number + 1}
            for name in cells:
                assert name in ("row_id", "source_sheet", "source_row") or spec.column(name)
            names = ", ".join(f'"{name}"' for name in cells)
            marks = ", ".join("?" for _ in cells)
            warehouse.execute(
                f'INSERT INTO "{spec.id}" ({names}) VALUES ({marks})', list(cells.values())
            )
        states[spec.id] = TableState(
            spec=spec,
            present=given is not None,
            columns=frozenset(c.name for c in spec.columns) if given is not None else frozenset(),
            rows=len(given or ()),
        )
    return Evidence(
        as_at=AS_AT,
        as_at_inferred=False,
        warehouse=warehouse,
        tables=states,
        ledger=tuple(ledger),
        set_aside=(),
        inputs=(),
    )


def test_every_rule_has_a_case(toolkit: Toolkit) -> None:
    assert set(CASES) == set(toolkit.library.quality)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_the_rows_at_fault_and_no_others(
    name: str, toolkit: Toolkit, warehouse: DuckDBWarehouse
) -> None:
    bad, good, *also = CASES[name]
    rule = toolkit.library.quality[name]
    rows = {**(also[0] if also else {}), rule.table: [*bad, *good]}
    session = prepare(toolkit.library, supply(toolkit, warehouse, rows))
    (found,) = ask_quality({name: rule}, session, toolkit.library.measures, ())
    assert found.status == "ok", found.reason
    assert found.count == len(bad)
    assert found.base is not None
    assert len(bad) <= found.base <= len(bad) + len(good)
    listed = quality_rows(rule, session).rows
    assert [row[3] for row in listed] == list(range(2, 2 + len(bad)))


def test_all_rules_at_once_find_what_each_finds_alone(
    toolkit: Toolkit, warehouse: DuckDBWarehouse
) -> None:
    rules = toolkit.library.quality
    rows: dict[str, list[Row]] = {name: [] for name in toolkit.library.tables}
    for name, (bad, good, *more) in CASES.items():
        given = {rules[name].table: [*bad, *good]}
        for other, lines in (more[0] if more else {}).items():
            given[other] = [*given.get(other, []), *lines]
        for table, lines in given.items():
            rows[table] += [
                {**row, "id": f"{name} {row['id']}"} if "id" in row else row for row in lines
            ]
    session = prepare(toolkit.library, supply(toolkit, warehouse, rows))
    together = {each.rule.id: each for each in ask_quality(rules, session, {}, ())}
    for name, rule in rules.items():
        (alone,) = ask_quality({name: rule}, session, {}, ())
        assert together[name] == alone
        assert alone.count == len(quality_rows(rule, session).rows) > 0


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample workbooks ({SAMPLES})")
@pytest.mark.parametrize("name", ["annex_a_2019_layout.xlsx", "annex_a_2024_layout.xlsx"])
def test_the_rules_account_for_what_is_odd_in_the_sample_workbooks(
    name: str, toolkit: Toolkit
) -> None:
    import openpyxl

    file = SourceFile(SAMPLES / name, name)
    evidence = read_evidence(
        [file], tables=toolkit.library.tables, readers=toolkit.registry.readers(), as_at=None
    )
    session = prepare(toolkit.library, evidence)
    found = {e.rule.id: e for e in ask_quality(toolkit.library.quality, session, {}, ())}
    book = openpyxl.load_workbook(SAMPLES / name, data_only=True)
    day = dt.datetime.combine(evidence.as_at, dt.time())

    def rows(sheet: str) -> list[dict[str, Any]]:
        head, *lines = [*book[sheet].iter_rows(values_only=True)]
        names = [str(each).strip() for each in head]
        return [dict(zip(names, line, strict=True)) for line in lines if any(line)]

    def years(born: dt.datetime, at: dt.datetime) -> int:
        return at.year - born.year - ((at.month, at.day) < (born.month, born.day))

    born = "Date of Birth"
    needs = [r for r in rows("List 6") if r["CIN Closure Date"] is None]
    plans = rows("List 7")
    current = [r for r in plans if r["Child Protection Plan End Date"] is None]
    ended = [r for r in plans if r["Child Protection Plan End Date"] is not None]
    care = rows("List 8")
    known = {str(r["Child Unique ID"]) for r in needs}
    wanted = {
        "assessments-adult": sum(
            years(r[born], r["Continuous Assessment Start Date"]) >= 18 for r in rows("List 4")
        ),
        "assessments-code": sum(
            str(value)[:3] not in ("a) ", "b) ", "c) ", "Yes", "No")
            for r in rows("List 4")
            for header, value in r.items()
            if header.startswith("Was the child assessed")
        ),
        "cin-adult": sum(years(r[born], day) >= 18 for r in needs),
        "cin-code": sum(str(r["Primary Need Code"])[0] != "N" for r in needs),
        "cp-not-on-list-6": sum(str(r["Child Unique ID"]) not in known for r in current),
        "cp-event-after-end": sum(
            r["Date of the Last Statutory Visit"] > r["Child Protection Plan End Date"]
            for r in ended
        ),
        "cp-long-before-birth": sum(
            (r[born] - r["Child Protection Plan Start Date"]).days > 280 for r in plans
        ),
        "care-adult": sum(
            years(r[born], day) >= 18 for r in care if r["Date Ceased to be Looked After"] is None
        ),
        "care-before-birth": sum(r["Date Started to be Looked After"] < r[born] for r in care),
        "contacts-person-missing": sum(r[born] is None for r in rows("List 1")),
        "care-person-missing": sum(r["Ethnicity"] == "" for r in care),
        "care-placement-missing": sum(
            r["Placement Location"] is None
            for r in care
            if r["Date Ceased to be Looked After"] is None
        ),
        "care-postcode": sum(
            not any(sign.isdigit() for sign in r["Placement postcode"] or "0") for r in care
        ),
        "care-leavers-missing": sum(not r["Activity Status"] for r in rows("List 9")),
        **odd_adoptions(rows),
    }
    if "2024" in name:
        wanted["care-leavers-newer-missing"] = len(rows("List 9"))
    assert all(wanted.values())
    assert {name: each.count for name, each in found.items() if each.count} == wanted
    lacking = {name for name, each in found.items() if each.status != "ok"}
    newer = {"care-leavers-future", "care-leavers-newer-missing"}
    assert lacking == (newer if "2019" in name else set())


def odd_adoptions(rows: Callable[[str], list[dict[str, Any]]]) -> dict[str, int]:
    """What is odd on lists 10 and 11 and between lists, counted from the cells."""
    born, name = "Date of Birth", "Child Unique ID"
    adoptions, adopters = rows("List 10"), rows("List 11")
    stopped = "Date of Decision that Child Should No Longer be Placed for Adoption"
    leavers = {r[name]: r for r in rows("List 9")}
    return {
        "adoption-before-birth": sum(r["Date the Child Entered Care"] < r[born] for r in adoptions),
        "adoption-reversed-and-ordered": sum(
            r[stopped] is not None and r["Date of Adoption Order"] is not None for r in adoptions
        ),
        "adoption-outside-period": sum(r["Date of Adoption Order"].year < 2020 for r in adoptions),
        "adoption-person-differs": sum(
            (r[born], r["Ethnicity"]) != (leavers[r[name]][born], leavers[r[name]]["Ethnicity"])
            for r in adoptions
            if r[name] in leavers
        ),
        "adopters-left-after-order": sum(
            r["Reason for leaving adoption process"] == 1 for r in adopters
        ),
        "adopters-outside-period": sum(r["Date of Adoption Order"].year < 2020 for r in adopters),
    }
