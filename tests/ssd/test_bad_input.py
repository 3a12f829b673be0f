# ruff: noqa: E501 - tables read better in one line
"""What a partial or faulty export of the dataset says of itself."""

from __future__ import annotations

from selfassess.evidence import Evidence
from selfassess.measuring.run import measure_evidence
from selfassess.toolkit import Toolkit
from ssd.conftest import Read, one, readings, rows
from ssd.test_mapping import CARE, INVOLVED, PEOPLE, PLANS_OPEN, STAFF


def told(evidence: Evidence) -> str:
    return "\n".join(str(problem) for problem in evidence.problems)


def without(text: str, *heads: str) -> str:
    """A table without some of its columns."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    kept = [place for place, head in enumerate(lines[0]) if head not in heads]
    assert len(kept) < len(lines[0])
    return "\n".join(" | ".join(line[place] for place in kept) for line in lines)


CONTACTS = """
    cont_person_id | cont_contact_date | cont_contact_source_code
    1              | 2026-03-01        | 1A
    7              | 2026-03-02        | 6
"""


def test_people_without_the_table_of_people(read: Read, toolkit: Toolkit) -> None:
    evidence = read(ssd_contacts=CONTACTS)
    state = evidence.tables["contacts"]
    assert state.present
    assert state.columns == {"child_id", "contact_date", "contact_source"}
    assert (
        "Contacts (list 1) is made without 'Gender', 'Ethnicity', 'Date of Birth', 'Age of Child "
        "(Years)': ssd_person was not supplied." in told(evidence)
    )
    assert (
        readings(toolkit, evidence)["thresholds.conversion", ()].reason
        == "Referrals (list 3): not supplied"
    )


def test_people_without_their_dates_of_birth(read: Read) -> None:
    people = without(PEOPLE["ssd_person"], "pers_dob", "pers_expected_dob")
    evidence = read(ssd_person=people, ssd_contacts=CONTACTS)
    assert "gender" in evidence.tables["contacts"].columns
    assert not {"date_of_birth", "age"} & evidence.tables["contacts"].columns
    assert "made without 'Date of Birth', 'Age of Child (Years)'" in told(evidence)
    assert "ssd_person lacks 'pers_dob'" in told(evidence)


def test_one_of_two_dates_of_birth_will_do(read: Read) -> None:
    people = without(PEOPLE["ssd_person"], "pers_expected_dob")
    evidence = read(ssd_person=people, ssd_contacts=CONTACTS)
    assert one_of(evidence, "1") == "2015-05-01"
    assert not [problem for problem in evidence.problems if "made without" in problem.message]


def one_of(evidence: Evidence, child: str) -> object:
    return dict(rows(evidence, "contacts", "child_id", "date_of_birth"))[child]


def test_orphans_count_and_are_told(read: Read, toolkit: Toolkit) -> None:
    evidence = read(**PEOPLE, ssd_contacts=CONTACTS)
    assert rows(evidence, "contacts", "child_id", "gender") == [("1", "female"), ("7", None)]
    quality = measure_evidence(toolkit.library, evidence).quality
    assert {each.rule.id: each.count for each in quality}["ssd-contacts-person"] == 1


def test_nobody_is_an_orphan_where_no_people_were_exported(read: Read, toolkit: Toolkit) -> None:
    evidence = read(ssd_contacts=CONTACTS, ssd_cla_placement=CARE["ssd_cla_placement"])
    found = {each.rule.id: each for each in measure_evidence(toolkit.library, evidence).quality}
    for rule, reason in (
        ("ssd-contacts-person", "People (ssd_person): not supplied"),
        ("ssd-placements-period", "Episodes of care (ssd_cla_episodes): not supplied"),
    ):
        assert (found[rule].status, found[rule].reason) == ("not-computable", reason)


def test_a_table_without_a_column_that_it_is_known_by(read: Read) -> None:
    plans = without(PLANS_OPEN["ssd_cp_plans"], "cppl_cp_plan_ola")
    evidence = read(**PEOPLE, ssd_contacts=CONTACTS, ssd_cp_plans=plans)
    assert not evidence.tables["cp"].present
    assert (
        "this looks like Protection plans (ssd_cp_plans), but lacks the header 'cppl_cp_plan_ola'"
        in told(evidence)
    )


def test_a_code_that_the_set_does_not_hold(read: Read) -> None:
    evidence = read(
        ssd_contacts="""
            cont_person_id | cont_contact_date | cont_contact_source_code
            1              | 2026-03-01        | 77ZZ
        """
    )
    assert one(evidence, "contacts", "contact_source") == ("77ZZ",)
    assert evidence.tables["contacts"].unlisted == {"contact_source": 1}
    (sheet,) = evidence.ledger
    assert sheet.reasons == {"code not in the set, kept as text": 1}


def test_a_date_that_cannot_be_read_is_unknown_in_the_list_too(
    read: Read, toolkit: Toolkit
) -> None:
    assessments = """
        cina_person_id | cina_assessment_start_date | cina_assessment_child_seen | cina_assessment_auth_date | cina_assessment_outcome_nfa | cina_assessment_team | cina_assessment_worker_id
        1              | 1 December 2025            | Y                          | last week                 | N                           | 10                   | 100
        2              | 2025-12-02 09:30:00.000    | Y                          | 2025-12-20                | N                           | 10                   | 100
    """
    evidence = read(**PEOPLE, **STAFF, ssd_cin_assessments=assessments)
    found = rows(evidence, "assessments", "start_date", "authorised_date", "unknown_cells")
    assert found == [
        ("2025-12-01", None, "|authorised_date|requires_support|"),
        ("2025-12-02", "2025-12-20", None),
    ]
    assert evidence.tables["assessments"].unknown == {"authorised_date": 1, "requires_support": 1}
    reading = readings(toolkit, evidence)["timeliness.assessment-45wd", ()]
    assert (reading.numerator, reading.denominator, reading.unknown) == (1, 1, 1)


def test_visits_of_one_kind_alone(read: Read, toolkit: Toolkit) -> None:
    evidence = read(
        ssd_cla_visits="""
            clav_person_id | clav_cla_visit_date | clav_cla_visit_seen
            1              | 2026-03-01          | Y
        """
    )
    # Nothing is said of being seen alone; one kind is enough for a list of visits.
    assert evidence.tables["visits"].columns == {"child_id", "kind", "date"}
    assert (
        "Visits to children (local extract) is made without 'alone': ssd_cla_visits lacks 'clav_cla_visit_seen_alone'."
        in told(evidence)
    )
    assert readings(toolkit, evidence)["timeliness.recording-delay", ()].reason == (
        "Visits to children (local extract): column 'recorded' is missing"
    )


def test_no_involvements_no_allocation(read: Read, toolkit: Toolkit) -> None:
    evidence = read(**PEOPLE, **CARE)
    assert not {"worker", "team"} & evidence.tables["care"].columns
    reading = readings(toolkit, evidence)["caseloads.unallocated", ()]
    assert reading.status == "not-computable"
    assert "'Allocated Worker', which Children in care (list 8) lacks" in (reading.reason or "")


def test_nothing_of_workers_makes_no_list_of_workers(read: Read) -> None:
    professionals = """
        prof_professional_id | prof_professional_name | prof_professional_job_title | prof_full_time_equivalency
        100                  | Ann Ash                |                             |
        101                  | Bo Birch               |                             |
    """
    evidence = read(ssd_involvements=INVOLVED, ssd_professionals=professionals)
    assert not evidence.tables["workers"].present
    assert evidence.tables["allocations"].rows == 4


def test_a_list_of_its_own_comes_first(read: Read) -> None:
    evidence = read(
        ssd_contacts=CONTACTS,
        contacts="""
            Child Unique ID | Date of Contact | Contact Source
            5               | 01/03/2026      | 6
        """,
    )
    assert rows(evidence, "contacts", "child_id") == [("5",)]
    assert evidence.tables["contacts"].made_of == ()
    assert (
        "evidence/contacts.csv: Contacts (list 1): read from here, though other files of the evidence"
        " hold the same; what those say of it is not used." in told(evidence)
    )


def test_a_form_not_filled_in_gives_way(read: Read) -> None:
    evidence = read(
        ssd_contacts=CONTACTS, contacts="Child Unique ID | Date of Contact | Contact Source"
    )
    assert evidence.tables["contacts"].rows == 2
    assert "read from here" not in told(evidence)


def test_hostile_cells_stay_cells(read: Read) -> None:
    evidence = read(
        ssd_department="""
            dept_team_id | dept_team_name
            10           | North'; DROP TABLE cin; --
        """,
        ssd_involvements="""
            invo_person_id | invo_professional_id | invo_professional_role_id | invo_professional_team | invo_involvement_start_date | invo_involvement_end_date
            1'             | =1+1                 | allocated <b>             | 10                     | 2025-01-01                  |
        """,
    )
    assert one(evidence, "allocations", "child_id", "worker") == ("1'", "=1+1")
