# ruff: noqa: E501 - tables read better in one line
"""Each list that is made of the dataset, worked by hand. As at 31 March 2026."""

from __future__ import annotations

import pytest

from ssd.conftest import Read, one, rows

PEOPLE = {
    "ssd_person": """
        pers_person_id | pers_sex | pers_gender | pers_ethnicity | pers_dob            | pers_expected_dob
        1              | F        |             | WBRI           | 2015-05-01 00:00:00 |
        2              | M        | 02          | A2             |                     | 2026-01-02
        3              |          | 09          | CNHE           | 01/02/2010          |
    """,
    "ssd_disability": """
        disa_person_id | disa_disability_code
        1              | NONE
        2              | MOB
        2              | HEAR
    """,
    "ssd_immigration_status": """
        immi_person_id | immi_immigration_status             | immi_immigration_status_start_date | immi_immigration_status_end_date
        1              | Unaccompanied Asylum Seeking Child  | 2022-01-01                         | 2025-02-01
        2              | UASC                                | 2025-01-01                         |
        3              | Refugee                             | 2025-01-01                         |
    """,
}
STAFF = {
    "ssd_department": """
        dept_team_id | dept_team_name
        10           | North
        11           | South
    """,
    "ssd_professionals": """
        prof_professional_id | prof_staff_id | prof_professional_name | prof_professional_job_title | prof_full_time_equivalency
        100                  | s1            | Ann Ash                | Social Worker               | 0.5
        101                  | s2            | Bo Birch               | NQSW                        | 1
        102                  | s3            | Cy Cole                |                             | 1
        103                  | s4            | Di Dove                | Team Manager                |
    """,
}
INVOLVED = """
    invo_person_id | invo_professional_id | invo_professional_role_id | invo_professional_team | invo_involvement_start_date | invo_involvement_end_date
    1              | 100                  | Allocated Case Worker     | 10                     | 2025-01-01                  | 2025-12-01
    1              | 101                  | Allocated Case Worker     | 11                     | 2025-12-01                  |
    1              | 103                  | Reviewing Officer         | 11                     | 2026-02-01                  |
    2              | 100                  | Case Worker               | 10                     | 2025-06-01                  | 2026-02-01
    2              |                      | Case Worker               | 11                     | 2026-02-01                  |
    3              | 102                  | Social Worker             | 12                     | 2026-01-01                  |
"""


def test_people_are_joined_to_every_list(read: Read) -> None:
    evidence = read(
        **PEOPLE,
        ssd_contacts="""
            cont_person_id | cont_contact_date   | cont_contact_source_code
            1              | 2026-03-01 00:00:00 | 1A
            2              | 2026-03-02 00:00:00 | 6
            3              | 2026-03-03 00:00:00 | Police
            1              | 2026-04-01 00:00:00 | 1A
        """,
    )
    found = rows(
        evidence,
        "contacts",
        "child_id",
        "gender",
        "ethnicity",
        "date_of_birth",
        "age",
        "contact_date",
        "contact_source",
    )
    assert found == [
        ("1", "female", "WBRI", "2015-05-01", 10, "2026-03-01", "1A"),
        ("2", "male", "WIRI", "2026-01-02", 0, "2026-03-02", "6"),
        ("3", "neither", "CHNE", "2010-02-01", 16, "2026-03-03", "6"),
    ]
    state = evidence.tables["contacts"]
    assert (state.present, state.rows, state.made_of) == (True, 3, ("ssd_contacts",))
    assert state.files == ("evidence/ssd_contacts.csv",)
    ledger = {sheet.table: sheet for sheet in evidence.ledger}
    assert ledger["ssd_contacts"].reasons == {"after as-at": 1}


def test_a_row_leads_to_the_row_that_it_was_made_of(read: Read) -> None:
    evidence = read(
        **PEOPLE,
        ssd_contacts="""
            cont_person_id | cont_contact_date | cont_contact_source_code
                           | 2026-03-01        | 1A
            2              | 2026-03-02        | 1A
        """,
    )
    sheet, row = one(evidence, "contacts", "source_sheet", "source_row")
    assert (evidence.ledger[sheet].path, row) == ("evidence/ssd_contacts.csv", 3)


def test_early_help(read: Read) -> None:
    evidence = read(
        **PEOPLE,
        ssd_early_help_episodes="""
            earl_person_id | earl_episode_start_date | earl_episode_end_date | earl_episode_organisation
            1              | 2026-01-05              | 2026-02-05            | Family Hub
        """,
    )
    found = one(evidence, "early_help", "child_id", "start_date", "completion_date", "organisation")
    assert found == ("1", "2026-01-05", "2026-02-05", "Family Hub")


EPISODES = """
    cine_person_id | cine_referral_date | cine_cin_primary_need_code | cine_referral_source_code | cine_referral_nfa | cine_close_reason | cine_close_date | cine_referral_team | cine_referral_worker_id
    1              | 2024-06-01         | N1                         | 6                         | Y                 |                   | 2024-06-02      | 10                 | 103
    1              | 2025-05-31         | N1                         | 6                         | N                 | RC8               | 2025-09-01      | 10                 | s4
    1              | 2025-12-01         | N2                         | 1A                        | N                 |                   |                 | 11                 | Somebody
    2              | 2026-01-10         | N3                         | 2A                        | N                 |                   |                 | 11                 | 103
    3              | 2026-02-01         | N4                         | 2A                        | N                 |                   | 2026-05-01      |                    |
"""
PLANS_OPEN = {
    "ssd_cp_plans": """
        cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_cp_plan_ola | cppl_cp_plan_initial_category | cppl_cp_plan_latest_category
        p1              | 1              | 2020-01-01              | 2020-06-01            | N                | Neglect                       | NEG
        p2              | 1              | 2025-10-01              | 2026-01-15            | N                | Emotional abuse               | Neglect
        p3              | 1              | 2026-02-01              |                       | N                | Physical abuse                | MUL
        p4              | 2              | 2026-01-01              |                       | Y                | Neglect                       | Neglect
    """,
    "ssd_cin_plans": """
        cinp_person_id | cinp_cin_plan_start_date | cinp_cin_plan_end_date
        2              | 2026-01-20               |
    """,
    "ssd_cin_assessments": """
        cina_person_id | cina_assessment_start_date | cina_assessment_child_seen | cina_assessment_auth_date | cina_assessment_outcome_nfa | cina_assessment_team | cina_assessment_worker_id
        1              | 2025-12-01                 | Y                          | 2025-12-20                | N                           | 10                   | 100
        2              | 2026-01-10                 | N                          | 2026-02-10                | Y                           | 11                   | s2
        3              | 2026-02-01                 |                            |                           |                             | 12                   | 999
    """,
    "ssd_cla_episodes": """
        clae_person_id | clae_cla_id | clae_cla_episode_start_date | clae_entered_care_date | clae_cla_primary_need_code | clae_cla_episode_ceased_date | clae_cla_episode_ceased_reason | clae_cla_last_iro_contact_date
        9              | c9          | 2020-01-01                  | 2020-01-01             | N1                         |                              |                                |
    """,
}
VISITS = {
    "ssd_cp_visits": """
        cppv_person_id | cppv_cp_visit_date | cppv_cp_visit_seen | cppv_cp_visit_seen_alone
        1              | 2025-11-05         | Y                  | Y
        1              | 2026-01-10         | Y                  | N
        1              | 2026-01-20         | Y                  | Y
        1              | 2026-03-10         | Y                  | N
        1              | 2026-03-20         | N                  |
    """,
    "ssd_cin_visits": """
        cinv_person_id | cinv_cin_visit_date | cinv_cin_visit_seen | cinv_cin_visit_seen_alone
        1              | 2025-07-01          | Y                   | Y
        2              | 2026-03-01          |                     |
        2              | 2025-12-31          | Y                   |
    """,
    "ssd_cla_visits": """
        clav_person_id | clav_cla_visit_date | clav_cla_visit_seen | clav_cla_visit_seen_alone
        3              | 2026-02-20          | Y                   | Y
    """,
}


def test_referrals(read: Read) -> None:
    evidence = read(**PEOPLE, **STAFF, ssd_involvements=INVOLVED, ssd_cin_episodes=EPISODES)
    found = rows(
        evidence,
        "referrals",
        "child_id",
        "referral_date",
        "referral_source",
        "nfa",
        "referrals_last_12m",
        "team",
        "worker",
    )
    assert found == [
        ("1", "2024-06-01", "6", "yes", 0, "North", "Di Dove"),
        ("1", "2025-05-31", "6", "no", 1, "North", "Di Dove"),  # known by the staff number
        ("1", "2025-12-01", "1A", "no", 1, "South", "Somebody"),  # 12 months back: only 31 May 2025
        ("2", "2026-01-10", "2A", "no", 0, "South", "Di Dove"),
        ("3", "2026-02-01", "2A", "no", 0, None, None),
    ]


def test_assessments(read: Read) -> None:
    evidence = read(**PEOPLE, **STAFF, ssd_cin_assessments=PLANS_OPEN["ssd_cin_assessments"])
    found = rows(
        evidence,
        "assessments",
        "child_id",
        "seen",
        "authorised_date",
        "requires_support",
        "disability",
        "team",
        "worker",
    )
    assert found == [
        ("1", "yes", "2025-12-20", "yes", "no", "North", "Ann Ash"),
        ("2", "no", "2026-02-10", "no", "yes", "South", "Bo Birch"),
        ("3", None, None, None, "no", "12", "999"),  # neither team nor worker is known by name
    ]


def test_section_47_enquiries_and_their_conferences(read: Read) -> None:
    evidence = read(
        **PEOPLE,
        **STAFF,
        ssd_s47_enquiry="""
            s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date | s47e_s47_end_date | s47e_s47_outcome_json            | s47e_s47_completed_by_team | s47e_s47_completed_by_worker_id
            a                   | 1              | 2025-05-01          | 2025-05-10        | {'CP_CONFERENCE_FLAG': 'N'}      | 10                         | 100
            b                   | 1              | 2026-01-05          | 2026-01-15        | {'NFA_FLAG': '', 'CP_CONFERENCE_FLAG': 'Y'} | 10 | 100
            c                   | 2              | 2026-02-01          | 2026-02-10        | {'CP_CONFERENCE_FLAG':'Y'}       | 11                         | s2
            d                   | 3              | 2026-03-01          |                   |                                  |                            |
        """.replace("'", '""'),
        ssd_initial_cp_conference="""
            icpc_s47_enquiry_id | icpc_person_id | icpc_icpc_date | icpc_icpc_outcome_cp_flag
            b                   | 1              | 2026-01-26     | Y
            x                   | 1              | 2025-04-01     | N
        """,
    )
    found = rows(
        evidence,
        "section_47",
        "child_id",
        "icpc_unnecessary",
        "icpc_date",
        "icpc_resulted_in_plan",
        "s47_last_12m",
        "icpcs_last_12m",
        "worker",
    )
    assert found == [
        ("1", "yes", None, None, 0, 1, "Ann Ash"),
        ("1", "no", "2026-01-26", "yes", 1, 1, "Ann Ash"),
        ("2", "no", None, None, 0, 0, "Bo Birch"),  # to be held, and not held yet
        ("3", None, None, None, 0, 0, None),  # the enquiry goes on
    ]


def test_children_in_need(read: Read) -> None:
    evidence = read(
        **PEOPLE,
        **STAFF,
        **PLANS_OPEN,
        **VISITS,
        ssd_involvements=INVOLVED,
        ssd_cin_episodes=EPISODES,
    )
    found = rows(
        evidence,
        "cin",
        "child_id",
        "start_date",
        "case_status",
        "last_seen_date",
        "closure_date",
        "closure_reason",
        "team",
        "worker",
    )
    assert found == [
        # The referral that ended in no further action is no episode of need.
        ("1", "2025-05-31", "closed", "2025-07-01", "2025-09-01", "RC8", "South", "Bo Birch"),
        ("1", "2025-12-01", "cp", "2026-03-10", None, None, "South", "Bo Birch"),
        # On another authority's protection plan; her worker has left, and nobody was named since.
        ("2", "2026-01-10", "cin", "2026-03-01", None, None, "South", None),
        ("3", "2026-02-01", "assessment", "2026-02-20", "2026-05-01", None, "12", "Cy Cole"),
    ]


def test_protection_plans(read: Read) -> None:
    evidence = read(
        **PEOPLE,
        **STAFF,
        **VISITS,
        ssd_involvements=INVOLVED,
        ssd_cp_plans=PLANS_OPEN["ssd_cp_plans"],
        ssd_cp_reviews="""
            cppr_person_id | cppr_cp_plan_id | cppr_cp_review_date
            1              | p2              | 2025-12-20
            1              | p3              | 2026-03-05
            1              | p3              | 2026-06-01
        """,
    )
    found = rows(
        evidence,
        "cp",
        "plan_start_date",
        "plan_end_date",
        "initial_category",
        "latest_category",
        "last_visit_date",
        "seen_alone",
        "last_review_date",
        "previous_plans",
    )
    assert found == [
        ("2020-01-01", "2020-06-01", "neglect", "neglect", None, None, None, 0),
        ("2025-10-01", "2026-01-15", "emotional", "neglect", "2026-01-10", "no", "2025-12-20", 1),
        # The visit of 20 March did not see her; that of 20 January lies between two plans.
        ("2026-02-01", None, "physical", "multiple", "2026-03-10", "no", "2026-03-05", 2),
    ]
    assert rows(evidence, "cp", "team", "worker")[-1] == ("South", "Bo Birch")
    # No legal statuses were exported: nothing is said of police protection.
    assert "emergency_protection" not in evidence.tables["cp"].columns


def test_police_protection_in_the_last_six_months(read: Read) -> None:
    evidence = read(
        ssd_cp_plans=PLANS_OPEN["ssd_cp_plans"],
        ssd_legal_status="""
            lega_person_id | lega_legal_status | lega_legal_status_start_date | lega_legal_status_end_date
            1              | L2                | 2025-09-20                   | 2025-10-02
            1              | L1                | 2020-01-01                   | 2020-01-04
        """,
    )
    assert {each for (each,) in rows(evidence, "cp", "emergency_protection")} == {"yes"}


CARE = {
    "ssd_cla_episodes": """
        clae_person_id | clae_cla_id | clae_cla_episode_start_date | clae_entered_care_date | clae_cla_primary_need_code | clae_cla_episode_ceased_date | clae_cla_episode_ceased_reason | clae_cla_last_iro_contact_date
        1              | c1          | 2025-04-10                  | 2025-04-10             | N1                         | 2025-08-01                   | X1                             | 1900-01-01
        1              | c1          | 2025-08-01                  | 2025-04-10             | N1                         | 2025-09-01                   | E4A                            | 2025-08-20
        1              | c2          | 2025-11-01                  | 2025-11-01             | N1                         | 2026-01-01                   | X1                             | 1900-01-01
        1              | c2          | 2026-01-01                  | 2025-11-01             | N1                         |                              |                                | 2026-02-02
        2              | c3          | 2026-02-01                  |                        | N8                         |                              |                                |
    """,
    "ssd_cla_placement": """
        clap_cla_id | clap_cla_placement_start_date | clap_cla_placement_end_date | clap_cla_placement_type | clap_cla_placement_provider | clap_cla_placement_postcode | clap_cla_placement_urn
        c1          | 2025-04-10                    | 2025-09-01                  | U6                      | PR1                         |                             |
        c2          | 2025-11-01                    | 2026-01-01                  | U6                      | PR1                         |                             |
        c2          | 2026-01-01                    |                             | K2                      | PR4                         | ZZ1 1ZZ                     | SC123
        c2          | 2026-02-01                    | 2026-02-03                  | T1                      |                             |                             |
        c3          | 2026-02-01                    |                             | U1                      | PR1                         |                             |
    """,
    "ssd_legal_status": """
        lega_person_id | lega_legal_status             | lega_legal_status_start_date | lega_legal_status_end_date
        1              | V2                            | 2025-11-01                   | 2026-01-15
        1              | Interim care order Sec. 38(1) | 2026-01-15                   |
        1              | Special guardianship order    | 2026-02-01                   |
        2              | Care order                    | 2026-02-01                   |
    """,
    "ssd_cla_reviews": """
        clar_cla_id | clar_cla_review_date | clar_cla_review_cancelled
        c1          | 2025-06-01           | N
        c2          | 2026-01-10           | N
        c2          | 2026-03-10           | Y
        zz          | 2026-03-11           | N
    """,
    "ssd_cla_visits": """
        clav_person_id | clav_cla_visit_date | clav_cla_visit_seen | clav_cla_visit_seen_alone
        1              | 2025-08-05          | Y                   | Y
        1              | 2026-03-01          | Y                   | Y
    """,
    "ssd_cla_health": """
        clah_person_id | clah_health_check_type   | clah_health_check_date | clah_health_check_status
        1              | Review Health Assessment | 2025-12-01             | Completed
        1              | Health Assessment        | 2026-02-01             | Refused
        1              | Dental Check             | 2026-02-10             |
    """,
    "ssd_cla_care_plan": """
        lacp_person_id | lacp_cla_care_plan_start_date | lacp_cla_care_plan_end_date | lacp_cla_care_plan_json
        1              | 2025-11-01                    | 2026-01-01                  | {'RETURN6M': 'Y', 'ADOPTION': ''}
        1              | 2026-01-01                    |                             | {'RETURN6M': 'N', 'LTFOST18': 'Yes', 'ADOPTION': ''}
        2              | 2026-02-01                    |                             | {'RETURN6M': '', 'LTFOST18': '', 'ADOPTION': ''}
    """.replace("'", '""'),
    "ssd_missing": """
        miss_person_id | miss_missing_episode_start_date | miss_missing_episode_type | miss_missing_episode_end_date | miss_missing_rhi_offered | miss_missing_rhi_accepted
        1              | 2025-02-01 10:00                | Missing                   | 2025-02-02 09:00              | Y                        | Y
        1              | 2026-01-05 22:30                | Missing                   | 2026-01-06 08:15              | Y                        | N
        1              | 2026-02-05 22:30                | Away                      | 2026-02-06 08:15              | NA                       | NA
        2              | 2026-03-30 22:30                | Missing                   |                               |                          |
    """,
}


def test_children_in_care(read: Read) -> None:
    evidence = read(**PEOPLE, **STAFF, **CARE, ssd_involvements=INVOLVED)
    columns = {
        "child_id": ("1", "1", "2"),
        "start_date": ("2025-04-10", "2025-11-01", "2026-02-01"),
        "end_date": ("2025-09-01", None, None),
        "end_reason": ("E4A", None, None),
        "second_period": ("no", "yes", "no"),
        "uasc": ("no", "no", "yes"),  # her status ended more than a year ago
        "legal_status": ("C1", "C1", "C2"),
        "legal_status_date": ("2026-01-15", "2026-01-15", "2026-02-01"),
        "last_review_date": ("2025-06-01", "2026-01-10", None),
        "last_visit_date": ("2025-08-05", "2026-03-01", None),
        "last_iro_visit_date": ("2025-08-20", "2026-02-02", None),
        "last_health_assessment_date": ("2025-12-01", "2025-12-01", None),
        "last_dental_check_date": ("2026-02-10", "2026-02-10", None),
        "permanence_plan": ("fostering", "fostering", None),
        "placements_last_12m": (3, 3, 1),
        "placement_start_date": ("2025-04-10", "2026-01-01", "2026-02-01"),
        "placement_type": ("U6", "K2", "U1"),
        "placement_provider": ("PR1", "PR4", "PR1"),
        "missing_last_12m": (1, 1, 1),
        "absent_last_12m": (1, 1, 0),
        "team": ("South", "South", "South"),
        "worker": ("Bo Birch", "Bo Birch", None),
    }
    for column, expected in columns.items():
        assert [cell for (cell,) in rows(evidence, "care", column)] == list(expected), column
    assert "placement_location" not in evidence.tables["care"].columns


def test_missing_episodes_that_have_ended(read: Read) -> None:
    evidence = read(**CARE)
    found = rows(evidence, "missing_episodes", "child_id", "found", "offered", "accepted")
    assert found == [
        ("1", "2025-02-02 09:00:00", "yes", "yes"),
        ("1", "2026-01-06 08:15:00", "yes", "no"),
    ]


def test_care_leavers_stand_once_by_their_latest_contact(read: Read) -> None:
    evidence = read(
        **PEOPLE,
        **STAFF,
        ssd_care_leavers="""
            clea_person_id | clea_care_leaver_eligibility | clea_care_leaver_in_touch | clea_care_leaver_latest_contact | clea_care_leaver_accommodation | clea_care_leaver_accom_suitable | clea_care_leaver_activity | clea_pathway_plan_review_date | clea_care_leaver_personal_advisor | clea_care_leaver_allocated_team | clea_care_leaver_worker_id
            1              | Former Relevant              | NO                        | 2025-05-01                      | U                              | 2                               | G5                        | 2025-05-01                    | 100                               | 10                              | 100
            1              | Former Relevant              | YES                       | 2026-03-01                      | Bed and breakfast              | Accommodation considered suitable | F4 - Apprenticeship    | 2026-02-01                    | 101                               | 11                              | 101
            2              | Eligible                     | RHOM                      |                                 |                                |                                 |                           | 1900-01-01                    |                                   | 11                              |
            3              | No Current Eligibility       | YES                       | 2026-03-01                      | U                              | 1                               | F1                        | 2026-02-01                    | 100                               | 10                              | 100
        """,
    )
    found = rows(
        evidence,
        "care_leavers",
        "child_id",
        "eligibility",
        "in_touch",
        "last_contact_date",
        "accommodation",
        "suitability",
        "activity",
        "pathway_review_date",
        "personal_adviser",
        "team",
        "uasc",
    )
    assert sorted(found) == [
        (
            "1",
            "former-relevant",
            "yes",
            "2026-03-01",
            "W",
            "suitable",
            "F4",
            "2026-02-01",
            "Bo Birch",
            "South",
            "yes",
        ),
        ("2", "eligible", "returned-home", None, None, None, None, None, None, "South", "yes"),
    ]
    # 1900-01-01 stands for no review: known to be none, not unknown.
    assert "pathway_review_date" not in evidence.tables["care_leavers"].unknown


def test_adoption(read: Read) -> None:
    evidence = read(
        **PEOPLE,
        **CARE,
        ssd_permanence="""
            perm_person_id | perm_cla_id | perm_adm_decision_date | perm_placement_order_date | perm_matched_date | perm_placed_for_adoption_date | perm_placed_ffa_cp_date | perm_permanence_order_date | perm_permanence_order_type | perm_decision_reversed_date | perm_decision_reversed_reason
            1              | c2          | 2025-12-01             | 2026-01-15                | 2026-02-01        | 2026-03-01                    |                         | 2026-03-20                 | Adoption                   |                             |
            2              | c3          | 2026-02-10             |                           |                   |                               |                         |                            |                            | 2026-03-01                  | RD3
            3              | c9          |                        |                           |                   |                               |                         | 2026-03-01                 | Special Guardianship       |                             |
        """,
    )
    found = rows(
        evidence,
        "adoption",
        "child_id",
        "entered_care_date",
        "decision_date",
        "placed_date",
        "order_date",
        "reversal_reason",
    )
    assert found == [
        ("1", "2025-11-01", "2025-12-01", "2026-03-01", "2026-03-20", None),
        ("2", None, "2026-02-10", None, None, "RD3"),
    ]


def test_visits_in_which_the_child_was_seen(read: Read) -> None:
    evidence = read(**VISITS)
    found = rows(evidence, "visits", "child_id", "kind", "date", "alone")
    assert sorted(found) == [
        ("1", "cin", "2025-07-01", "yes"),
        ("1", "cp", "2025-11-05", "yes"),
        ("1", "cp", "2026-01-10", "no"),
        ("1", "cp", "2026-01-20", "yes"),
        ("1", "cp", "2026-03-10", "no"),
        ("2", "cin", "2025-12-31", None),
        ("2", "cin", "2026-03-01", None),
        ("3", "care", "2026-02-20", "yes"),
    ]
    assert {sheet for (sheet,) in rows(evidence, "visits", "source_sheet")} == {0, 1, 2}


def test_allocations_and_workers(read: Read) -> None:
    evidence = read(**STAFF, ssd_involvements=INVOLVED)
    found = rows(evidence, "allocations", "child_id", "decided", "worker", "ended")
    assert found == [
        ("1", "2025-01-01", "Ann Ash", "2025-12-01"),
        ("1", "2025-12-01", "Bo Birch", None),
        ("2", "2025-06-01", "Ann Ash", "2026-02-01"),
        ("3", "2026-01-01", "Cy Cole", None),
    ]
    # Ann holds nobody any more; of Cy no job title is known.
    assert rows(evidence, "workers", "worker", "team", "role", "fte") == [
        ("Bo Birch", "South", "asye", 1.0)
    ]


@pytest.mark.parametrize("role", ["Allocated Case Worker", "CW", "Key Worker", "Social Worker"])
def test_roles_that_allocate(read: Read, role: str) -> None:
    text = f"""
        invo_person_id | invo_professional_id | invo_professional_role_id | invo_professional_team | invo_involvement_start_date | invo_involvement_end_date
        1              | 100                  | {role}                    | 10                     | 2025-01-01                  |
    """
    assert one(read(ssd_involvements=text), "allocations", "worker", "ended") == ("100", None)
