"""The eleven lists: their official headers, and what each column holds."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LISTS", "ListSheet", "Row"]

Row = tuple[str | int | None, ...]

CORE = (
    ("Child Unique ID", "n"),
    ("Gender", "s"),
    ("Ethnicity", "s"),
    ("Date of Birth", "d"),
    ("Age of Child (Years)", "n"),
)
DISABILITY = ("Does the Child have a Disability", "s")
ALLOCATED = (("Allocated Team", "s"), ("Allocated Worker", "s"))
MISSING = "Number of Episodes the Child has been ‘{}’ from their Placement in the last 12 months"


INTERVIEW = "Return Interview after their last missing episode (Y/N)?"
ASYLUM = "Unaccompanied Asylum Seeking Child (UASC)"


class ListSheet(NamedTuple):
    """One list: its number, title, and its columns as (header, s text, n number, d date)."""

    number: int
    title: str
    columns: tuple[tuple[str, str], ...]


LISTS = (
    ListSheet(1, "Contacts", (*CORE, ("Date of Contact", "d"), ("Contact Source", "s"))),
    ListSheet(
        2,
        "Early help assessments",
        (
            *CORE,
            ("Assessment start date", "d"),
            ("Assessment completion date", "d"),
            ("Organisation completing assessment", "s"),
        ),
    ),
    ListSheet(
        3,
        "Referrals",
        (
            *CORE,
            ("Date of referral", "d"),
            ("Referral Source", "s"),
            ("Referral NFA?", "s"),
            ("Number of Referrals in Last 12 Months", "n"),
            *ALLOCATED,
        ),
    ),
    ListSheet(
        4,
        "Assessments",
        (
            *CORE,
            DISABILITY,
            ("Continuous Assessment Start Date", "d"),
            ("Child Seen During Continuous Assessment", "s"),
            ("Continuous Assessment Date of Authorisation", "d"),
            ("Was the child assessed as requiring LA children's social care support?", "s"),
            *ALLOCATED,
        ),
    ),
    ListSheet(
        5,
        "Section 47 enquiries and initial conferences",
        (
            *CORE,
            DISABILITY,
            ("Strategy discussion initiating Section 47 Enquiry Start Date", "d"),
            ("Was an Initial Child Protection Conference deemed unnecessary?", "s"),
            ("Date of Initial Child Protection Conference", "d"),
            ("Did the Initial Child Protection Conference Result in a Child Protection Plan", "s"),
            ("Number of Section 47 Enquiries in the last 12 months", "n"),
            ("Number of ICPCs in the last 12 months", "n"),
            *ALLOCATED,
        ),
    ),
    ListSheet(
        6,
        "Children in need",
        (
            *CORE,
            DISABILITY,
            ("CIN Start Date", "d"),
            ("Primary Need Code", "s"),
            ("Date Child Was Last Seen", "d"),
            ("CIN Closure Date", "d"),
            ("Reason for Closure", "s"),
            ("Case Status", "s"),
            *ALLOCATED,
        ),
    ),
    ListSheet(
        7,
        "Child protection plans",
        (
            *CORE,
            DISABILITY,
            ("Child Protection Plan Start Date", "d"),
            ("Initial Category of Abuse", "s"),
            ("Latest Category of Abuse", "s"),
            ("Date of the Last Statutory Visit", "d"),
            ("Was the Child Seen Alone?", "s"),
            ("Date of latest review conference", "d"),
            ("Child Protection Plan End Date", "d"),
            (
                "Subject to Emergency Protection Order or Protected Under Police Powers "
                "in Last Six Months (Y/N)",
                "s",
            ),
            ("Number of Previous Child Protection Plans", "n"),
            *ALLOCATED,
        ),
    ),
    ListSheet(
        8,
        "Children in care",
        (
            *CORE,
            (f"{ASYLUM} within the Last 12 Months (Y/N)", "s"),
            DISABILITY,
            ("Date Started to be Looked After", "d"),
            ("Child's Category of Need", "s"),
            (
                "Is this a second or subsequent period of being a Looked After Child "
                "within the last 12 months (Y/N)",
                "s",
            ),
            ("Start date of current legal status", "d"),
            ("Child's Legal Status", "s"),
            ("Date of Latest Statutory Review", "d"),
            ("Date of Last Social Work Visit", "d"),
            ("What is the permanence plan for this child?", "s"),
            ("Date of Last IRO Visit / Contact to the Child", "d"),
            ("Date of Last Health Assessment", "d"),
            ("Date of Last Dental Check", "d"),
            ("Number of Placements in the Last 12 months", "n"),
            ("Date Ceased to be Looked After", "d"),
            ("Reason Ceased to be Looked After", "s"),
            ("Start Date of Most Recent Placement", "d"),
            ("Placement Type", "s"),
            ("Placement Provider", "s"),
            ("Placement postcode", "s"),
            ("URN of Placement", "s"),
            ("Placement Location", "s"),
            ("LA of Placement", "s"),
            (MISSING.format("Missing"), "n"),
            (MISSING.format("Absent"), "n"),
            (
                "Was the child offered a Return Interview after their last missing episode (Y/N)?",
                "s",
            ),
            (
                "Did the child accept a Return Interview after their last missing episode (Y/N)?",
                "s",
            ),
            *ALLOCATED,
        ),
    ),
    ListSheet(
        9,
        "Leaving care services",
        (
            ("Child Unique ID", "s"),
            *CORE[1:],
            (
                "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
                "s",
            ),
            DISABILITY,
            *ALLOCATED,
            ("Allocated Personal Advisor", "s"),
            ("Eligibility Category", "s"),
            ("Latest Pathway Plan Review Date", "d"),
            ("LA in Touch", "s"),
            ("Latest Date of Contact", "d"),
            ("Type of Accommodation", "s"),
            ("Suitability of Accommodation", "s"),
            ("Activity Status", "s"),
        ),
    ),
    ListSheet(
        10,
        "Adoption",
        (
            CORE[0],
            ("Family identifier", "n"),
            *CORE[1:],
            DISABILITY,
            ("Date the Child Entered Care", "d"),
            ("Date of Decision that Child Should be Placed for Adoption", "d"),
            ("Date of Placement Order", "d"),
            ("Date of Matching Child and Prospective Adopters", "d"),
            ("Date Placed for Adoption", "d"),
            # The trailing space is one that councils' files carry.
            ("Date of Adoption Order ", "d"),
            ("Date of Decision that Child Should No Longer be Placed for Adoption", "d"),
            ("Reason Why Child No Longer Placed for Adoption", "s"),
            (
                "Date the child was placed for fostering in FFA or concurrent planning placement",
                "d",
            ),
        ),
    ),
    ListSheet(
        11,
        "Adopters",
        (
            ("Individual adopter identifier", "n"),
            ("Family identifier", "n"),
            ("Gender", "s"),
            ("Ethnicity", "s"),
            ("Disability", "s"),
            ("Is the (prospective) adopter fostering for adoption?", "s"),
            ("Date enquiry received", "d"),
            ("Date Stage 1 started", "d"),
            ("Date Stage 1 ended", "d"),
            ("Date Stage 2 started", "d"),
            ("Date Stage 2 ended", "d"),
            ("Date application submitted", "d"),
            ("Date application approved", "d"),
            ("Date adopter matched with child(ren)", "d"),
            ("Date child/children placed with adopter(s)", "d"),
            ("No. of children placed", "n"),
            ("Date of Adoption Order", "d"),
            ("Date of leaving adoption process", "d"),
            ("Reason for leaving adoption process", "s"),
        ),
    ),
)
