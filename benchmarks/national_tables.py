"""The SQL of a national dataset: children, their way through the services, and each table's rows.

Every draw is ``u(i, step, salt)``: a hash of the child, the step and the salt, spread between 0 and
1. Days are numbers from the first day on. A step stands on the one before, so that a plan follows a
conference, a conference an enquiry, and a child who comes back has been there before.
"""

# ruff: noqa: E501 - SQL reads best a column a line.

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["AS_AT", "TABLES", "VIEWS"]

BEGUN, AS_AT = "2020-04-01", "2026-03-31"
DAYS = 2190
"""From the first to the last day of the six years."""

_ETHNICITIES = {
    "WBRI": 62, "WOTH": 6, "MWBC": 3, "MWBA": 2, "MWAS": 2, "MOTH": 3, "AIND": 2, "APKN": 4,
    "ABAN": 2, "AOTH": 2, "BCRB": 2, "BAFR": 4, "BOTH": 1, "CHNE": 1, "OOTH": 2, "NOBT": 2,
}  # fmt: skip
_SOURCES = {
    "1A": 6, "1B": 3, "2A": 19, "2B": 2, "3A": 9, "3B": 4, "3E": 4, "4": 3, "5A": 8, "5B": 4,
    "6": 28, "7": 2, "8": 4, "9": 3, "10": 1,
}  # fmt: skip
_NEEDS = {"N1": 52, "N2": 10, "N3": 4, "N4": 10, "N5": 13, "N6": 5, "N7": 3, "N8": 3}
_ABUSE = {"neglect": 48, "emotional": 36, "physical": 8, "sexual": 4, "multiple": 4}
_PLACEMENTS = {"U4": 20, "U6": 33, "U1": 8, "U3": 8, "P1": 9, "K2": 12, "H5": 7, "R1": 3}
_REASONS = {"RC7": 62, "RC9": 16, "RC8": 12, "RC4": 4, "RC5": 4, "RC1": 2}
_ENDS = {"E4A": 30, "E4B": 8, "E11": 6, "E45": 6, "E47": 8, "E5": 16, "E6": 4, "E8": 10, "E17": 12}


def _one_of(weights: Mapping[str, int], salt: int, step: str = "0") -> str:
    """SQL that draws a word by its weight."""
    words = [word for word, weight in weights.items() for _ in range(weight)]
    return f"[{', '.join(repr(w) for w in words)}][1 + floor(u(i, {step}, {salt}) * {len(words)})::INT]"


def _yes(share: float, salt: int, step: str = "j") -> str:
    return f"CASE WHEN u(i, {step}, {salt}) < {share} THEN 'yes' ELSE 'no' END"


def _often(mean: float, salt: int, step: str = "j") -> str:
    """SQL that draws a time from an exponential distribution."""
    return f"(-ln(1 - u(i, {step}, {salt})) * {mean})"


def _team(kind: str, teams: int, salt: int) -> str:
    return f"'{kind} ' || (1 + floor(u(i, j, {salt}) * {teams}))::INT"


_DAY = "(DATE '" + BEGUN + "' + CAST({0} AS INT))"


def _day(number: str, *, known: bool = False) -> str:
    """SQL of a day by its number; nothing where it lies after the last day."""
    day = _DAY.format(number)
    return day if known else f"CASE WHEN {number} <= {DAYS} THEN {day} END"


_CHILD = {
    "child_id": "child_id",
    "gender": "gender",
    "ethnicity": "ethnicity",
    "date_of_birth": "born",
    "age": f"floor(({DAYS} - born_at) / 365.25)",
}
_WITH_DISABILITY = {**_CHILD, "disability": "disability"}


def _staff(kind: str, teams: int, salt: int) -> dict[str, str]:
    """Team and worker; one in forty is held by nobody or on a tray."""
    worker = f"council || ' worker ' || {_team(kind, teams, salt)} || '/' || (1 + floor(u(i, j, {salt + 1}) * per_team))::INT"
    return {
        "team": f"{_team(kind, teams, salt)}",
        "worker": f"CASE WHEN u(i, j, {salt + 2}) < 0.015 THEN 'Unallocated' "
        f"WHEN u(i, j, {salt + 2}) < 0.025 THEN 'Duty' ELSE {worker} END",
    }


# Steps of a child's way, each drawn from the one before; a day is a number from the first day on.
VIEWS = f"""
CREATE VIEW children AS
SELECT *, {_day("born_at", known=True)} AS born FROM (
    SELECT i, c, rate, 'N' || lpad((c + 1)::VARCHAR, 3, '0') AS council,
           'C' || lpad(i::VARCHAR, 9, '0') AS child_id,
           CASE WHEN u(i, 0, 1) < 0.515 THEN 'male' WHEN u(i, 0, 1) < 0.995 THEN 'female'
                ELSE 'not-stated' END AS gender,
           {_one_of(_ETHNICITIES, 2)} AS ethnicity,
           CASE WHEN u(i, 0, 3) < 0.12 THEN 'yes' ELSE 'no' END AS disability,
           floor(u(i, 0, 4) * (17 * 365 + {DAYS - 200}))::INT - 17 * 365 AS born_at
    FROM (SELECT i, i // per_council AS c, 0.7 + 0.6 * u(i // per_council, 0, 5) AS rate
          FROM (SELECT range AS i FROM range(first_council() * per_council,
                                             last_council() * per_council)))
);
CREATE VIEW referred AS
SELECT *, CASE j WHEN 0 THEN 0 WHEN 1 THEN g1 WHEN 2 THEN g1 + g2 ELSE g1 + g2 + g3 END + first
          AS referred_at,
       CASE j WHEN 0 THEN 0 WHEN 1 THEN (g1 <= 365)::INT
              WHEN 2 THEN (g2 <= 365)::INT + (g1 + g2 <= 365)::INT
              ELSE (g3 <= 365)::INT + (g2 + g3 <= 365)::INT + (g1 + g2 + g3 <= 365)::INT END
          AS earlier,
       u(i, j, 14) < 0.08 AS nfa
FROM (
    SELECT *, unnest(range(least(4, floor({_often(1.45, 10, "0")} * rate)::BIGINT))) AS j,
           floor(u(i, 0, 11) * {DAYS})::INT AS first,
           1 + floor({_often(420, 12, "1")})::INT AS g1, 1 + floor({_often(420, 12, "2")})::INT AS g2,
           1 + floor({_often(420, 12, "3")})::INT AS g3
    FROM children
);
CREATE VIEW assessed AS
SELECT *, assessed_at + floor({_often(11, 21)} + {_often(11, 22)} + {_often(11, 23)} + {_often(11, 24)}
          )::INT + 1 AS authorised_at,
       u(i, j, 25) < 0.62 AS supported, u(i, j, 26) < 0.36 AS enquired
FROM (SELECT *, referred_at + floor(u(i, j, 20) * 4)::INT AS assessed_at FROM referred
      WHERE NOT nfa AND u(i, j, 19) < 0.97)
WHERE assessed_at <= {DAYS};
CREATE VIEW gone AS
SELECT *, CASE WHEN planned THEN conferred_at + 30 + floor({_often(250, 34)})::INT END AS plan_ended_at
FROM (
    SELECT *, enquired AND u(i, j, 31) < 0.42 AS conferred,
           enquired AND u(i, j, 31) < 0.42 AND u(i, j, 33) < 0.86 AND
               conferred_at <= {DAYS} AS planned
    FROM (SELECT *, assessed_at + floor(u(i, j, 30) * 10)::INT AS enquired_at,
                 assessed_at + floor(u(i, j, 30) * 10)::INT + 6
                 + floor((u(i, j, 35) + u(i, j, 36) + u(i, j, 37)) * 8)::INT AS conferred_at
          FROM assessed)
);
CREATE VIEW helped AS
SELECT *, greatest(in_need_from + 5 + floor({_often(230, 42)})::INT,
                   coalesce(plan_ended_at + CASE WHEN u(i, j, 43) < 0.8
                            THEN floor({_often(120, 44)})::INT ELSE 0 END, 0),
                   coalesce(care_ended_at, 0)) AS in_need_until
FROM (
    SELECT *, CASE WHEN in_care THEN care_from + 5 + floor({_often(760, 41)})::INT END
              AS care_ended_at
    FROM (SELECT *, authorised_at + 1 AS in_need_from,
                 authorised_at + 1 + floor(u(i, j, 39) * 150)::INT AS care_from,
                 u(i, j, 40) < 0.11 AND authorised_at + 1 + floor(u(i, j, 39) * 150)::INT <= {DAYS}
                     AS in_care
          FROM gone WHERE (supported OR planned) AND authorised_at < {DAYS})
);
"""

TABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "contacts": (
        # A contact a few days before each referral, and others that led to none.
        f"""SELECT *, j AS n, greatest(referred_at - floor(u(i, j, 50) * 6)::INT, 0) AS on_day FROM referred
        WHERE referred_at <= {DAYS}
        UNION ALL BY NAME
        SELECT *, n AS j, floor(u(i, n, 51) * {DAYS + 1})::INT AS on_day FROM (
            SELECT *, 8 + unnest(range(least(8, floor({_often(1.75, 52, "0")} * rate)::BIGINT))) AS n
            FROM children)""",
        {
            **_CHILD,
            "contact_date": _day("on_day", known=True),
            "contact_source": _one_of(_SOURCES, 53, "n"),
        },
    ),
    "early_help": (
        f"""SELECT *, floor(u(i, j, 60) * {DAYS + 1})::INT AS on_day FROM (
            SELECT *, unnest(range(least(3, floor({_often(0.75, 61, "0")} * rate)::BIGINT))) AS j
            FROM children)""",
        {
            **_CHILD,
            "start_date": _day("on_day", known=True),
            "completion_date": _day(f"on_day + floor({_often(22, 62)} + {_often(22, 63)})::INT"),
            "organisation": _one_of(
                {"School": 40, "Health visiting": 25, "Council": 25, "Charity": 10}, 64, "j"
            ),
        },
    ),
    "referrals": (
        f"SELECT * FROM referred WHERE referred_at <= {DAYS}",
        {
            **_CHILD,
            "referral_date": _day("referred_at", known=True),
            "referral_source": _one_of(_SOURCES, 53, "j"),
            "nfa": "CASE WHEN nfa THEN 'yes' ELSE 'no' END",
            "referrals_last_12m": "earlier",
            **_staff("Assessment", 4, 70),
        },
    ),
    "assessments": (
        "SELECT * FROM assessed",
        {
            **_WITH_DISABILITY,
            "start_date": _day("assessed_at", known=True),
            "seen": _yes(0.93, 75),
            "authorised_date": _day("authorised_at"),
            "requires_support": f"CASE WHEN authorised_at <= {DAYS} THEN "
            "CASE WHEN supported THEN 'yes' ELSE 'no' END END",
            **_staff("Assessment", 4, 70),
        },
    ),
    "section_47": (
        f"SELECT * FROM gone WHERE enquired AND enquired_at <= {DAYS}",
        {
            **_WITH_DISABILITY,
            "strategy_date": _day("enquired_at", known=True),
            "icpc_unnecessary": "CASE WHEN conferred THEN 'no' ELSE 'yes' END",
            "icpc_date": f"CASE WHEN conferred THEN {_day('conferred_at')} END",
            "icpc_resulted_in_plan": "CASE WHEN conferred THEN CASE WHEN planned THEN 'yes' ELSE 'no' END END",
            **_staff("Safeguarding", 4, 80),
        },
    ),
    "cin": (
        "SELECT * FROM helped",
        {
            **_WITH_DISABILITY,
            "start_date": _day("in_need_from", known=True),
            "need_code": _one_of(_NEEDS, 85, "j"),
            "last_seen_date": _day(
                f"greatest(least(in_need_until, {DAYS}) - floor({_often(14, 86)})::INT, in_need_from)",
                known=True,
            ),
            "closure_date": _day("in_need_until"),
            "closure_reason": f"CASE WHEN in_need_until <= {DAYS} THEN {_one_of(_REASONS, 87, 'j')} END",
            "case_status": f"CASE WHEN in_need_until <= {DAYS} THEN 'closed' "
            f"WHEN care_ended_at > {DAYS} THEN 'care' WHEN plan_ended_at > {DAYS} THEN 'cp' ELSE 'cin' END",
            **_staff("Safeguarding", 4, 80),
        },
    ),
    "cp": (
        f"""SELECT *, count(*) OVER (PARTITION BY i ORDER BY conferred_at, j
                   ROWS UNBOUNDED PRECEDING) - 1 AS before,
                   least(plan_ended_at, {DAYS}) AS seen_until
        FROM gone WHERE planned ORDER BY i, j""",
        {
            **_WITH_DISABILITY,
            "plan_start_date": _day("conferred_at", known=True),
            "initial_category": _one_of(_ABUSE, 90, "j"),
            "latest_category": _one_of(_ABUSE, 90, "j"),
            "last_visit_date": _day(
                f"greatest(seen_until - floor({_often(11, 91)})::INT, conferred_at)", known=True
            ),
            "seen_alone": _yes(0.8, 92),
            "last_review_date": f"CASE WHEN seen_until - conferred_at > 92 THEN {_day('greatest(seen_until - floor(u(i, j, 93) * 196)::INT, conferred_at + 60)', known=True)} END",
            "plan_end_date": _day("plan_ended_at"),
            "emergency_protection": _yes(0.03, 94),
            "previous_plans": "before",
            **_staff("Safeguarding", 4, 80),
        },
    ),
    "care": (
        f"SELECT *, least(care_ended_at, {DAYS}) AS seen_until FROM helped WHERE in_care",
        {
            **_WITH_DISABILITY,
            "uasc": _yes(0.06, 100),
            "start_date": _day("care_from", known=True),
            "need_code": _one_of(_NEEDS, 85, "j"),
            "second_period": _yes(0.05, 101),
            "legal_status_date": _day(
                "care_from + floor((seen_until - care_from) * u(i, j, 102))::INT", known=True
            ),
            "legal_status": _one_of({"C1": 20, "C2": 56, "V2": 16, "E1": 8}, 103, "j"),
            "last_review_date": _day(
                "greatest(seen_until - floor(u(i, j, 104) * 196)::INT, care_from)", known=True
            ),
            "last_visit_date": _day(
                f"greatest(seen_until - floor({_often(24, 105)})::INT, care_from)", known=True
            ),
            "permanence_plan": _one_of(
                {"fostering": 42, "return-home": 16, "sgo-cao": 14, "adoption": 10, "residential": 10, "other": 8}, 106, "j"
            ),
            "last_iro_visit_date": _day(
                f"greatest(seen_until - floor({_often(80, 107)})::INT, care_from)", known=True
            ),
            "last_health_assessment_date": _day(
                f"greatest(seen_until - floor({_often(180, 108)})::INT, care_from)", known=True
            ),
            "last_dental_check_date": _day(
                f"greatest(seen_until - floor({_often(200, 109)})::INT, care_from)", known=True
            ),
            "placements_last_12m": f"1 + least(6, floor({_often(0.9, 110)}))",
            "end_date": _day("care_ended_at"),
            "end_reason": f"CASE WHEN care_ended_at <= {DAYS} THEN {_one_of(_ENDS, 111, 'j')} END",
            "placement_start_date": _day(
                f"greatest(seen_until - floor({_often(420, 112)})::INT, care_from)", known=True
            ),
            "placement_type": _one_of(_PLACEMENTS, 113, "j"),
            "placement_provider": _one_of({"PR1": 48, "PR4": 42, "PR5": 10}, 114, "j"),
            "placement_location": "CASE WHEN u(i, j, 115) < 0.58 THEN 'in' ELSE 'out' END",
            "missing_last_12m": f"least(20, floor({_often(0.35, 116)}))",
            "return_interview_offered": _yes(0.88, 117),
            "return_interview_accepted": _yes(0.6, 118),
            **_staff("Care", 3, 120),
        },
    ),
    "care_leavers": (
        f"SELECT * FROM helped WHERE care_ended_at <= {DAYS} AND {DAYS} - born_at >= 17 * 365",
        {
            **_WITH_DISABILITY,
            "uasc": _yes(0.06, 100),
            **_staff("Care", 3, 120),
            "personal_adviser": "council || ' adviser ' || (1 + floor(u(i, j, 130) * per_team))::INT",
            "eligibility": _one_of({"former-relevant": 72, "relevant": 14, "qualifying": 14}, 131, "j"),
            "pathway_review_date": _day(f"{DAYS} - floor({_often(130, 132)})::INT", known=True),
            "in_touch": _one_of({"yes": 90, "no": 5, "refused": 3, "not-required": 2}, 133, "j"),
            "last_contact_date": _day(f"{DAYS} - floor({_often(35, 134)})::INT", known=True),
            "accommodation": _one_of({"U": 40, "D": 18, "B": 14, "Z": 14, "K": 6, "X": 3, "S": 2, "R": 3}, 135, "j"),
            "suitability": "CASE WHEN u(i, j, 136) < 0.9 THEN 'suitable' ELSE 'unsuitable' END",
            "activity": _one_of({"F1": 6, "F2": 20, "F5": 24, "F4": 6, "G4": 10, "G5": 24, "G6": 6, "P5": 4}, 137, "j"),
        },
    ),
    "adoption": (
        f"SELECT * FROM helped WHERE in_care AND u(i, j, 140) < 0.1 AND care_from + 200 <= {DAYS}",
        {
            **_WITH_DISABILITY,
            "family_id": "'F' || lpad(i::VARCHAR, 9, '0')",
            "entered_care_date": _day("care_from", known=True),
            "decision_date": _day("care_from + 200", known=True),
            "placement_order_date": _day("care_from + 260"),
            "matched_date": _day("care_from + 330"),
            "placed_date": _day("care_from + 360"),
            "order_date": _day("care_from + 560"),
        },
    ),
    "workers": (
        """SELECT *, council || ' worker ' || team || '/' || n AS worker FROM (
            SELECT *, 'N' || lpad((c + 1)::VARCHAR, 3, '0') AS council, kind || ' ' || t AS team,
                   hash(c, kind, t, n) AS i, 0 AS j
            FROM (SELECT range AS c FROM range(first_council(), last_council())),
                 (SELECT * FROM (VALUES ('Assessment', 4), ('Safeguarding', 4), ('Care', 3)) AS k(kind, teams)),
                 (SELECT range + 1 AS t FROM range(4)), (SELECT range + 1 AS n FROM range(per_team))
            WHERE t <= teams) ORDER BY council, team, n""",
        {
            "worker": "worker",
            "team": "team",
            "role": _one_of({"social-worker": 62, "asye": 14, "senior": 16, "advanced": 8}, 150, "j"),
            "fte": "CASE WHEN u(i, j, 151) < 0.8 THEN 1 ELSE 0.6 END",
            "start": _day(f"floor(u(i, j, 152) * {DAYS})::INT", known=True),
            "agency": _yes(0.17, 153),
            "manager": "council || ' manager ' || team",
        },
    ),
}  # fmt: skip
