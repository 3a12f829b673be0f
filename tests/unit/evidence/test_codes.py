"""Codes in the spellings that councils write."""

from __future__ import annotations

import pytest

from selfassess.evidence.codes import code_finder

from .conftest import declared


def found(table: str, column: str, text: str) -> str | None:
    return code_finder(declared()[table].column(column).codes)(text)


@pytest.mark.parametrize(
    ("table", "column", "text", "expected"),
    [
        ("contacts", "gender", "b) Female", "female"),
        ("contacts", "gender", "Female", "female"),
        ("contacts", "gender", "FEMALE ", "female"),
        ("contacts", "gender", "F", "female"),
        ("contacts", "gender", "f - Female", "female"),
        ("contacts", "gender", "c) Not stated/recorded", "not-stated"),
        ("contacts", "gender", "1", "male"),
        ("contacts", "gender", "1.0", "male"),
        ("contacts", "ethnicity", "a) WBRI", "WBRI"),
        ("contacts", "ethnicity", "wbri", "WBRI"),
        ("contacts", "ethnicity", "WBRI - White British", "WBRI"),
        ("contacts", "ethnicity", "White British", "WBRI"),
        ("contacts", "contact_source", "q) 6: Police", "6"),
        ("contacts", "contact_source", "Police", "6"),
        ("contacts", "contact_source", "b) 1B: Individual", "1B"),
        ("contacts", "contact_source", "u) 10: Unknown", "10"),
        ("contacts", "contact_source", "p1) 5D: LA services", "5D"),
        ("referrals", "nfa", "a) Yes", "yes"),
        ("referrals", "nfa", "N", "no"),
        ("referrals", "nfa", "a. Yes", "yes"),
        ("cin", "need_code", "N1 - Abuse or Neglect", "N1"),
        ("cin", "need_code", "N1", "N1"),
        ("cin", "need_code", "N1 Abuse", "N1"),
        ("cin", "need_code", "a) N1 – Abuse or neglect", "N1"),
        ("cin", "case_status", "b) Child Protection plan", "cp"),
        ("cin", "case_status", "e) Closed episode", "closed"),
        ("cp", "latest_category", "Physical abuse", "physical"),
        ("care", "legal_status", "C2: FCO", "C2"),
        ("care", "end_reason", "k) E47: Special Guardianship Orders - relative/friend", "E47"),
        ("care", "placement_type", "f) U6: Foster placement - not FFA", "U6"),
        ("care", "placement_type", "zz) T4: Temporary", "T4"),
        ("care", "placement_provider", "e) PR4 - Private provision", "PR4"),
        ("care", "placement_location", "a) In", "in"),
        ("care", "permanence_plan", "c) SGO/CAO", "sgo-cao"),
        ("care_leavers", "in_touch", "d) Refu", "refused"),
        ("care_leavers", "accommodation", "Y: Other accommodation", "Y"),
        ("care_leavers", "accommodation", "U", "U"),
        ("care_leavers", "suitability", "b) Unsuitable", "unsuitable"),
        ("care_leavers", "activity", "F2: Full time in education other than higher", "F2"),
        ("adopters", "left_reason", "1", "withdrew"),
        ("workers", "role", "ASYE", "asye"),
        ("workers", "role", "Senior Social Worker", "senior"),
        ("audits", "auditor_grade", "Requires improvement", "requires-improvement"),
        ("audits", "auditor_grade", "RI", "requires-improvement"),
        ("audits", "auditor_grade", "3 - Good", "good"),
        # A title that four codes would share names none of them.
        ("contacts", "contact_source", "Individual", None),
        # A bare number is the best grade to some and the worst to others.
        ("audits", "auditor_grade", "1", None),
        ("referrals", "nfa", "CS Assessment Updated", None),
        ("cin", "need_code", "PSRMEM - Support with memory and cognition", None),
        ("contacts", "gender", "b)", None),
    ],
)
def test_spellings(table: str, column: str, text: str, expected: str | None) -> None:
    assert found(table, column, text) == expected


def test_every_id_and_title_means_its_own_code() -> None:
    for table in declared().values():
        for column in table.columns:
            find = code_finder(column.codes)
            for code in column.codes:
                assert find(code.id) == code.id
                assert find(code.title) == code.id, (table.id, column.name, code.title)
                assert find(f"a) {code.title}") == code.id
