"""Writes the child-level lists of a council as tables of the Standard Safeguarding Dataset.

Plain Python, from the published model: it knows nothing of how the tables are read back. Where a
list says only how many there were (placements, earlier plans, missing episodes), so many are
invented.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Lists = Mapping[str, list[dict[str, Any]]]

ROLE = "Allocated Case Worker"
DAY = dt.timedelta(days=1)
PLANS = {
    "return-home": "RETURNEV",
    "adoption": "ADOPTION",
    "sgo-cao": "LTRELFR",
    "supported-living": "SUPPLIV",
    "residential": "RESPLMT",
    "fostering": "LTFOST18",
    "other": "OTHERPLN",
}
ELIGIBLE = {
    "relevant": "Relevant",
    "former-relevant": "Former Relevant",
    "qualifying": "Qualifying",
    "eligible": "Eligible",
}
IN_TOUCH = {
    "yes": "YES",
    "no": "NO",
    "died": "DIED",
    "refused": "REFU",
    "not-required": "NREQ",
    "returned-home": "RHOM",
}
ABUSE = {
    "neglect": "Neglect",
    "physical": "Physical abuse",
    "sexual": "Sexual abuse",
    "emotional": "Emotional abuse",
    "multiple": "Multiple",
}


class Dataset:
    """Tables of the dataset being filled."""

    def __init__(self, as_at: dt.date) -> None:
        self.as_at = as_at
        self.tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.periods: dict[str, str] = {}
        self._people: dict[str, dict[str, Any]] = {}
        self._names: dict[str, dict[str, str]] = {"P": {}, "D": {}}
        self._ids = 0

    def add(self, table: str, **cells: Any) -> None:
        self.tables[table].append(cells)

    def id(self) -> str:
        self._ids += 1
        return f"{self._ids:07d}"

    def worker(self, name: Any) -> Any:
        """The id of a professional, by the name that a list gives."""
        return self._named("P", name)

    def team(self, name: Any) -> Any:
        return self._named("D", name)

    def _named(self, kind: str, name: Any) -> Any:
        if not isinstance(name, str):
            return name  # blank, or a cell that cannot be read
        known = self._names[kind]
        return known.setdefault(" ".join(name.split()), f"{kind}{len(known) + 1:04d}")

    def person(self, row: Row) -> str:
        child = str(row["child_id"])
        known = self._people.setdefault(child, {})
        for name in ("gender", "ethnicity", "date_of_birth", "disability", "uasc"):
            if known.get(name) is None:
                known[name] = row.get(name)
        return child

    def close(self) -> None:
        """Write people, teams and professionals, now that all of them are known."""
        for child, of in self._people.items():
            self.add(
                "ssd_person",
                pers_person_id=child,
                pers_sex={"male": "M", "female": "F", "not-stated": "U", "neither": "I"}.get(
                    of.get("gender"), of.get("gender")
                ),
                pers_gender=None,
                pers_ethnicity=of.get("ethnicity"),
                pers_dob=of.get("date_of_birth"),
                pers_expected_dob=None,
            )
            has = {"yes": "MOB", "no": "NONE"}.get(of.get("disability"))
            if has:
                self.add("ssd_disability", disa_person_id=child, disa_disability_code=has)
            if of.get("uasc") == "yes":
                self.add(
                    "ssd_immigration_status",
                    immi_person_id=child,
                    immi_immigration_status="UASC",
                    immi_immigration_status_start_date=None,
                    immi_immigration_status_end_date=None,
                )
        for name, id_ in self._names["P"].items():
            self.add(
                "ssd_professionals",
                prof_professional_id=id_,
                prof_staff_id=f"S{id_}",
                prof_professional_name=name,
                prof_professional_job_title="Social Worker",
                prof_full_time_equivalency=1.0,
            )
        for name, id_ in self._names["D"].items():
            self.add("ssd_department", dept_team_id=id_, dept_team_name=name)


def written(lists: Lists, as_at: dt.date) -> dict[str, list[dict[str, Any]]]:
    """The dataset's tables, by name, of the lists as an independent reader found them."""
    made = Dataset(as_at)
    for row in lists.get("contacts", ()):
        made.add(
            "ssd_contacts",
            cont_contact_id=made.id(),
            cont_person_id=made.person(row),
            cont_contact_date=row["contact_date"],
            cont_contact_source_code=row["contact_source"],
        )
    for row in lists.get("early_help", ()):
        made.add(
            "ssd_early_help_episodes",
            earl_episode_id=made.id(),
            earl_person_id=made.person(row),
            earl_episode_start_date=row["start_date"],
            earl_episode_end_date=row["completion_date"],
            earl_episode_organisation=row["organisation"],
        )
    _episodes(made, lists)
    for row in lists.get("assessments", ()):
        made.add(
            "ssd_cin_assessments",
            cina_assessment_id=made.id(),
            cina_person_id=made.person(row),
            cina_assessment_start_date=row["start_date"],
            cina_assessment_child_seen=_flag(row["seen"]),
            cina_assessment_auth_date=row["authorised_date"],
            cina_assessment_outcome_nfa={"yes": "N", "no": "Y"}.get(row["requires_support"]),
            cina_assessment_team=made.team(row["team"]),
            cina_assessment_worker_id=made.worker(row["worker"]),
        )
    for row in lists.get("section_47", ()):
        _enquiry(made, row)
    for row in lists.get("cp", ()):
        _plan(made, row, lists["cp"])
    for row in lists.get("care", ()):
        _care(made, row)
    for row in lists.get("care_leavers", ()):
        _leaver(made, row)
    for row in lists.get("adoption", ()):
        _adoption(made, row)
    _workers(made, lists)
    made.close()
    return dict(made.tables)


def write(folder: Path, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Write each table as a CSV file, dates as a database prints them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        rows = list(rows)
        heads = list(dict.fromkeys(head for row in rows for head in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(heads)
            lines.writerows([_text(row.get(head)) for head in heads] for row in rows)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return f"{value.isoformat()} 00:00:00"
    if isinstance(value, str | int | float):
        return str(value)
    return "#N/A"  # the reader's mark of a cell that could not be read


def _flag(value: Any) -> Any:
    return {"yes": "Y", "no": "N"}.get(value, value)


def _episodes(made: Dataset, lists: Lists) -> None:
    """A referral and the episode of need that it opens are one row."""
    cin = {(row["child_id"], row["start_date"]): row for row in lists.get("cin", ())}
    referred = set()
    for row in lists.get("referrals", ()):
        place = (row["child_id"], row["referral_date"])
        need = cin.get(place) if place not in referred else None
        referred.add(place)
        _episode(made, row, need)
    for place, row in cin.items():
        if place not in referred:
            _episode(made, None, row)
    plans = {row["child_id"] for row in lists.get("cp", ()) if not row["plan_end_date"]}
    care = {row["child_id"] for row in lists.get("care", ()) if not row["end_date"]}
    for row in lists.get("cin", ()):
        child = row["child_id"]
        if row["case_status"] == "cin" and child not in plans | care:
            made.add(
                "ssd_cin_plans",
                cinp_cin_plan_id=made.id(),
                cinp_person_id=child,
                cinp_cin_plan_start_date=row["start_date"],
                cinp_cin_plan_end_date=None,
            )
        if isinstance(row["last_seen_date"], dt.date):
            made.add(
                "ssd_cin_visits",
                cinv_cin_visit_id=made.id(),
                cinv_person_id=child,
                cinv_cin_visit_date=row["last_seen_date"],
                cinv_cin_visit_seen="Y",
                cinv_cin_visit_seen_alone=None,
            )


def _episode(made: Dataset, referral: Row | None, need: Row | None) -> None:
    row = referral or need
    assert row is not None
    made.add(
        "ssd_cin_episodes",
        cine_referral_id=made.id(),
        cine_person_id=made.person(row),
        cine_referral_date=row["referral_date"] if referral else row["start_date"],
        cine_cin_primary_need_code=need["need_code"] if need else None,
        cine_referral_source_code=referral["referral_source"] if referral else None,
        cine_referral_nfa=_flag(referral["nfa"]) if referral else "N",
        cine_close_reason=need["closure_reason"] if need else None,
        cine_close_date=need["closure_date"] if need else None,
        cine_referral_team=made.team(row["team"]),
        cine_referral_worker_id=made.worker(row["worker"]),
    )


def _enquiry(made: Dataset, row: Row) -> None:
    child, enquiry = made.person(row), made.id()
    held, needless = row["icpc_date"], row["icpc_unnecessary"]
    known = held or needless in ("yes", "no")
    ended = min(row["strategy_date"] + 10 * DAY, made.as_at) if known else None
    made.add(
        "ssd_s47_enquiry",
        s47e_s47_enquiry_id=enquiry,
        s47e_person_id=child,
        s47e_s47_start_date=row["strategy_date"],
        s47e_s47_end_date=ended,
        s47e_s47_outcome_json=json.dumps(
            {"NFA_FLAG": "", "CP_CONFERENCE_FLAG": "Y" if needless == "no" else "N"}
        ),
        s47e_s47_completed_by_team=made.team(row["team"]),
        s47e_s47_completed_by_worker_id=made.worker(row["worker"]),
    )
    if held:
        made.add(
            "ssd_initial_cp_conference",
            icpc_icpc_id=made.id(),
            icpc_s47_enquiry_id=enquiry,
            icpc_person_id=child,
            icpc_icpc_date=held,
            icpc_icpc_outcome_cp_flag=_flag(row["icpc_resulted_in_plan"]),
        )


def _plan(made: Dataset, row: Row, plans: list[dict[str, Any]]) -> None:
    child, plan = made.person(row), made.id()
    cells = {
        "cppl_person_id": child,
        "cppl_cp_plan_ola": "N",
        "cppl_cp_plan_initial_category": ABUSE.get(row["initial_category"]),
        "cppl_cp_plan_latest_category": ABUSE.get(row["latest_category"]),
    }
    made.add(
        "ssd_cp_plans",
        cppl_cp_plan_id=plan,
        cppl_cp_plan_start_date=row["plan_start_date"],
        cppl_cp_plan_end_date=row["plan_end_date"],
        **cells,
    )
    told = sum(
        each["child_id"] == child and each["plan_start_date"] < row["plan_start_date"]
        for each in plans
    )
    for number in range(int(row["previous_plans"] or 0) - told):
        start = row["plan_start_date"] - (1500 + 100 * number) * DAY
        made.add(
            "ssd_cp_plans",
            cppl_cp_plan_id=made.id(),
            cppl_cp_plan_start_date=start,
            cppl_cp_plan_end_date=start + 60 * DAY,
            **cells,
        )
    if row["last_visit_date"]:
        made.add(
            "ssd_cp_visits",
            cppv_cp_visit_id=made.id(),
            cppv_person_id=child,
            cppv_cp_plan_id=plan,
            cppv_cp_visit_date=row["last_visit_date"],
            cppv_cp_visit_seen="Y",
            cppv_cp_visit_seen_alone=_flag(row["seen_alone"]),
        )
    if row["last_review_date"]:
        made.add(
            "ssd_cp_reviews",
            cppr_cp_review_id=made.id(),
            cppr_person_id=child,
            cppr_cp_plan_id=plan,
            cppr_cp_review_date=row["last_review_date"],
        )


def _care(made: Dataset, row: Row) -> None:
    child, period = made.person(row), made.id()
    made.periods[child] = period
    made.add(
        "ssd_cla_episodes",
        clae_cla_episode_id=made.id(),
        clae_person_id=child,
        clae_cla_id=period,
        clae_cla_episode_start_date=row["start_date"],
        clae_entered_care_date=row["start_date"],
        clae_cla_primary_need_code=row["need_code"],
        clae_cla_episode_ceased_date=row["end_date"],
        clae_cla_episode_ceased_reason=row["end_reason"],
        clae_cla_last_iro_contact_date=row["last_iro_visit_date"] or "1900-01-01 00:00:00",
    )
    _placements(made, row, period)
    made.add(
        "ssd_legal_status",
        lega_person_id=child,
        lega_legal_status=row["legal_status"],
        lega_legal_status_start_date=row["legal_status_date"],
        lega_legal_status_end_date=row["end_date"],
    )
    if row["last_review_date"]:
        made.add(
            "ssd_cla_reviews",
            clar_cla_review_id=made.id(),
            clar_cla_id=period,
            clar_cla_review_date=row["last_review_date"],
            clar_cla_review_cancelled="N",
        )
    if row["last_visit_date"]:
        made.add(
            "ssd_cla_visits",
            clav_cla_visit_id=made.id(),
            clav_person_id=child,
            clav_cla_visit_date=row["last_visit_date"],
            clav_cla_visit_seen="Y",
            clav_cla_visit_seen_alone=None,
        )
    for kind, name in (
        ("Health Assessment", "last_health_assessment_date"),
        ("Dental Check", "last_dental_check_date"),
    ):
        if row[name]:
            made.add(
                "ssd_cla_health",
                clah_health_check_id=made.id(),
                clah_person_id=child,
                clah_health_check_type=kind,
                clah_health_check_date=row[name],
                clah_health_check_status="Completed",
            )
    plan = PLANS.get(row["permanence_plan"])
    made.add(
        "ssd_cla_care_plan",
        lacp_table_id=made.id(),
        lacp_person_id=child,
        lacp_cla_care_plan_start_date=row["start_date"],
        lacp_cla_care_plan_end_date=None,
        lacp_cla_care_plan_json=json.dumps(
            {key: "Y" if key == plan else "" for key in PLANS.values()}
        ),
    )
    _missing(made, row, "Missing", row["missing_last_12m"])
    _missing(made, row, "Away", row["absent_last_12m"])
    if row["second_period"] == "yes":
        made.add(
            "ssd_cla_episodes",
            clae_cla_episode_id=made.id(),
            clae_person_id=child,
            clae_cla_id=made.id(),
            clae_cla_episode_start_date=made.as_at - 330 * DAY,
            clae_entered_care_date=made.as_at - 330 * DAY,
            clae_cla_episode_ceased_date=min(made.as_at - 320 * DAY, row["start_date"]),
            clae_cla_episode_ceased_reason="E4A",
        )


def _placements(made: Dataset, row: Row, period: str) -> None:
    cells = {
        "clap_cla_id": period,
        "clap_cla_placement_type": row["placement_type"],
        "clap_cla_placement_provider": row["placement_provider"],
        "clap_cla_placement_postcode": row["placement_postcode"],
        "clap_cla_placement_urn": row["placement_urn"],
    }
    start, end = row["placement_start_date"], row["end_date"]
    for _ in range(max(1, int(row["placements_last_12m"] or 0))):
        made.add(
            "ssd_cla_placement",
            clap_cla_placement_id=made.id(),
            clap_cla_placement_start_date=start,
            clap_cla_placement_end_date=end,
            **cells,
        )
        if start is None:
            return
        start, end = start - 9 * DAY, start


def _missing(made: Dataset, row: Row, kind: str, times: Any) -> None:
    for number in range(int(times or 0)):
        start = made.as_at - (20 + 30 * number) * DAY
        last = number == 0 and kind == "Missing"
        made.add(
            "ssd_missing",
            miss_table_id=made.id(),
            miss_person_id=row["child_id"],
            miss_missing_episode_start_date=start,
            miss_missing_episode_type=kind,
            miss_missing_episode_end_date=start + DAY,
            miss_missing_rhi_offered=_flag(row["return_interview_offered"]) if last else "NA",
            miss_missing_rhi_accepted=_flag(row["return_interview_accepted"]) if last else "NA",
        )


def _leaver(made: Dataset, row: Row) -> None:
    made.add(
        "ssd_care_leavers",
        clea_table_id=made.id(),
        clea_person_id=made.person(row),
        clea_care_leaver_eligibility=ELIGIBLE.get(row["eligibility"]),
        clea_care_leaver_in_touch=IN_TOUCH.get(row["in_touch"]),
        clea_care_leaver_latest_contact=row.get("last_contact_date"),
        clea_care_leaver_accommodation=row["accommodation"],
        clea_care_leaver_accom_suitable={"suitable": "1", "unsuitable": "2"}.get(
            row["suitability"]
        ),
        clea_care_leaver_activity=row["activity"],
        clea_pathway_plan_review_date=row.get("pathway_review_date") or "1900-01-01 00:00:00",
        clea_care_leaver_personal_advisor=made.worker(row.get("personal_adviser")),
        clea_care_leaver_allocated_team=made.team(row["team"]),
        clea_care_leaver_worker_id=made.worker(row["worker"]),
    )


def _adoption(made: Dataset, row: Row) -> None:
    child = made.person(row)
    period = made.periods.get(child)
    if period is None:
        # Adopted, or left care otherwise, before the list of children in care begins.
        period = made.id()
        made.add(
            "ssd_cla_episodes",
            clae_cla_episode_id=made.id(),
            clae_person_id=child,
            clae_cla_id=period,
            clae_cla_episode_start_date=row["entered_care_date"],
            clae_entered_care_date=row["entered_care_date"],
            clae_cla_episode_ceased_date=row["order_date"] or made.as_at,
            clae_cla_episode_ceased_reason="E11",
        )
    made.add(
        "ssd_permanence",
        perm_table_id=made.id(),
        perm_person_id=child,
        perm_cla_id=period,
        perm_adm_decision_date=row["decision_date"],
        perm_placement_order_date=row["placement_order_date"],
        perm_matched_date=row["matched_date"],
        perm_placed_for_adoption_date=row["placed_date"],
        perm_placed_ffa_cp_date=row["ffa_date"],
        perm_permanence_order_date=row["order_date"],
        perm_permanence_order_type="Adoption" if row["order_date"] else None,
        perm_decision_reversed_date=row["reversal_date"],
        perm_decision_reversed_reason=row["reversal_reason"],
    )


def _workers(made: Dataset, lists: Lists) -> None:
    """Who works with whom now, or did last: by the list that says most of the child."""
    held: dict[str, tuple[Any, Any, Any, Any]] = {}
    for table, start, end in (
        ("cin", "start_date", "closure_date"),
        ("cp", "plan_start_date", "plan_end_date"),
        ("care", "start_date", "end_date"),
    ):
        for row in lists.get(table, ()):
            child = row["child_id"]
            before = held.get(child)
            open_now = row[end] is None or row[end] > made.as_at
            if before and before[3] is None and not open_now:
                continue
            held[child] = (row["worker"], row["team"], row[start], None if open_now else row[end])
    for child, (worker, team, start, end) in held.items():
        made.add(
            "ssd_involvements",
            invo_involvements_id=made.id(),
            invo_person_id=child,
            invo_professional_id=made.worker(worker),
            invo_professional_role_id=ROLE,
            invo_professional_team=made.team(team),
            invo_involvement_start_date=start,
            invo_involvement_end_date=end,
        )
