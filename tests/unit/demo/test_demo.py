"""The demo council, read back with openpyxl: same bytes, whole, plausible, and really planted."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import openpyxl
import pytest

from selfassess.demo import write_demo
from selfassess.errors import UsageError

AS_AT = dt.date(2026, 9, 30)
ROWS = 4000
PLAN_OF = {"a": "care", "b": "cp", "c": "cin", "d": "assessment"}
NO_WORKER = (None, "#N/A")

Record = dict[str, Any]


@dataclass
class Council:
    """The demo as somebody else would read it: rows by list, CSV rows by file."""

    folder: Path
    lists: dict[int, list[Record]] = field(default_factory=dict)
    local: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def open_children(self) -> dict[int, str]:
        """Plan of each open child: the highest of those that any list gives."""
        rank = ["assessment", "cin", "cp", "care"]
        plans: dict[int, str] = {}
        for child, plan, _ in self.open_rows():
            if child not in plans or rank.index(plan) > rank.index(plans[child]):
                plans[child] = plan
        return plans

    def open_rows(self) -> Iterator[tuple[int, str, Record]]:
        """Rows that are open at the as-at date, with child and plan."""
        ends = {
            4: ("Continuous Assessment Date of Authorisation", "assessment"),
            6: ("CIN Closure Date", ""),
            7: ("Child Protection Plan End Date", "cp"),
            8: ("Date Ceased to be Looked After", "care"),
        }
        for number, (end, plan) in ends.items():
            for row in self.lists[number]:
                if as_date(row[end]) is None:
                    yield row["Child Unique ID"], plan or PLAN_OF[row["Case Status"][0]], row

    def workers(self) -> dict[int, set[str]]:
        """Names that any list gives for each open child."""
        names: dict[int, set[str]] = defaultdict(set)
        plans = self.open_children()
        for rows in self.lists.values():
            for row in rows:
                child = row.get("Child Unique ID")
                if child in plans and row.get("Allocated Worker") not in NO_WORKER:
                    names[child].add(row["Allocated Worker"].replace("\u00a0", " "))
        return names

    def loads(self) -> Counter[str]:
        """Open children by the worker who holds them."""
        return Counter(next(iter(names)) for names in self.workers().values())


def as_date(cell: object) -> dt.date | None:
    """A cell's date, typed or real; None for an empty one or a dash."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, str) and cell != "-":
        day, month, year = cell.split("/")
        return dt.date(int(year), int(month), int(day))
    return None


def read(folder: Path) -> Council:
    council = Council(folder)
    book = openpyxl.load_workbook(folder / "evidence" / "annex-a.xlsx", data_only=True)
    for page in book:
        if not page.title.startswith("List"):
            continue
        rows = list(page.iter_rows(values_only=True))
        header = next(i for i, row in enumerate(rows) if sum(c is not None for c in row) > 4)
        names = [str(cell).strip() for cell in rows[header] if cell is not None]
        council.lists[int(page.title.split()[1])] = [
            dict(zip(names, row, strict=False))
            for row in rows[header + 1 :]
            if any(cell is not None for cell in row)
        ]
    for path in sorted((folder / "evidence").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            council.local[path.stem] = list(csv.DictReader(file))
    return council


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    folder = tmp_path_factory.mktemp("demo") / "council"
    write_demo(folder, rows=ROWS, seed=3)
    return read(folder)


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    write_demo(tmp_path / "one", rows=600, seed=5)
    write_demo(tmp_path / "two", rows=600, seed=5)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")


def test_bytes_do_not_hang_on_hash_order(tmp_path: Path) -> None:
    write = "import sys; from pathlib import Path; from selfassess.demo import write_demo; "
    write += "write_demo(Path(sys.argv[1]), rows=400)"
    for number in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", write, str(tmp_path / number)],
            env={**os.environ, "PYTHONHASHSEED": number},
            check=True,
        )
    assert hashes(tmp_path / "1") == hashes(tmp_path / "2")


def test_another_seed_is_another_council(tmp_path: Path) -> None:
    write_demo(tmp_path / "one", rows=600, seed=5)
    write_demo(tmp_path / "two", rows=600, seed=6)
    one, two = hashes(tmp_path / "one"), hashes(tmp_path / "two")
    same = {name for name in one if one[name] == two[name]}
    assert same == {
        "plan.db",
        "selfassess.yaml",
        "self-evaluation.yaml",
        "evidence/register.yaml",
        "evidence/readings.csv",
    }


@pytest.mark.parametrize("rows", [200, 1000, 4000])
def test_row_totals(tmp_path: Path, rows: int) -> None:
    write_demo(tmp_path, rows=rows)
    total = sum(len(found) for found in read(tmp_path).lists.values())
    assert abs(total - rows) <= 0.03 * rows


def test_too_small_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too small"):
        write_demo(tmp_path / "x", rows=50)
    assert not (tmp_path / "x").exists()


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    write_demo(tmp_path, rows=300, progress=told.append)
    assert len(told) >= 3


def test_all_eleven_lists_hold_rows(council: Council) -> None:
    assert sorted(council.lists) == list(range(1, 12))
    assert all(council.lists.values())


def test_every_worker_is_known(council: Council) -> None:
    known = {row["worker"] for row in council.local["workers"]}
    named = {
        row["Allocated Worker"].replace("\u00a0", " ")
        for rows in council.lists.values()
        for row in rows
        if row.get("Allocated Worker") not in NO_WORKER
    }
    assert named - known == {"Duty Tray"}
    assert {row["manager"] for row in council.local["workers"]} - known == {""}
    assert {row["worker"] for row in council.local["supervision"]} <= known
    assert len(known) == len(council.local["workers"])


def test_every_child_of_the_extracts_is_on_a_list(council: Council) -> None:
    listed = {
        str(row["Child Unique ID"])
        for rows in council.lists.values()
        for row in rows
        if "Child Unique ID" in row
    }
    for name in ("allocations", "visits", "case_notes", "audits", "contacts_hub"):
        assert {row["child_id"] for row in council.local[name]} <= listed, name


def test_a_child_is_the_same_on_every_list(council: Council) -> None:
    facts: dict[int, set[object]] = defaultdict(set)
    for rows in council.lists.values():
        for row in rows:
            if "Date of Birth" in row:
                facts[int(row["Child Unique ID"])].add(
                    (row["Date of Birth"], row["Ethnicity"], row["Age of Child (Years)"])
                )
    assert {len(found) for found in facts.values()} == {1}


def test_ages_follow_from_birth(council: Council) -> None:
    for rows in council.lists.values():
        for row in rows:
            born = as_date(row.get("Date of Birth"))
            if born:
                had = (AS_AT.month, AS_AT.day) >= (born.month, born.day)
                assert row["Age of Child (Years)"] == AS_AT.year - born.year - (not had)
                assert born < AS_AT


@pytest.mark.parametrize(
    ("number", "first", "then"),
    [
        (2, "Assessment start date", "Assessment completion date"),
        (4, "Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"),
        (
            5,
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Date of Initial Child Protection Conference",
        ),
        (6, "CIN Start Date", "CIN Closure Date"),
        (6, "CIN Start Date", "Date Child Was Last Seen"),
        (6, "Date Child Was Last Seen", "CIN Closure Date"),
        (7, "Child Protection Plan Start Date", "Child Protection Plan End Date"),
        (7, "Child Protection Plan Start Date", "Date of the Last Statutory Visit"),
        (7, "Date of the Last Statutory Visit", "Child Protection Plan End Date"),
        (7, "Date of latest review conference", "Child Protection Plan End Date"),
        (8, "Date Started to be Looked After", "Date Ceased to be Looked After"),
        (8, "Date Started to be Looked After", "Start date of current legal status"),
        (8, "Date Started to be Looked After", "Start Date of Most Recent Placement"),
        (8, "Date of Last Social Work Visit", "Date Ceased to be Looked After"),
        (8, "Date of Latest Statutory Review", "Date Ceased to be Looked After"),
        (10, "Date the Child Entered Care", "Date of Placement Order"),
        (10, "Date of Placement Order", "Date Placed for Adoption"),
        (10, "Date Placed for Adoption", "Date of Adoption Order"),
        (11, "Date enquiry received", "Date Stage 1 started"),
        (11, "Date Stage 1 started", "Date application approved"),
    ],
)
def test_dates_are_in_order(council: Council, number: int, first: str, then: str) -> None:
    for row in council.lists[number]:
        one, two = as_date(row[first]), as_date(row[then])
        assert one is None or two is None or one <= two


def test_nothing_is_dated_after_the_day_or_before_birth(council: Council) -> None:
    for number, rows in council.lists.items():
        for row in rows:
            born = as_date(row.get("Date of Birth"))
            for name, cell in row.items():
                if "Date" in name or "date" in name:
                    day = as_date(cell)
                    assert day is None or day <= AS_AT, f"list {number}, {name}"
                    assert day is None or born is None or day >= born, f"list {number}, {name}"


def test_statuses_agree_across_lists(council: Council) -> None:
    cp = {row["Child Unique ID"] for _, plan, row in council.open_rows() if plan == "cp"}
    on_list_7 = {
        row["Child Unique ID"]
        for row in council.lists[7]
        if as_date(row["Child Protection Plan End Date"]) is None
    }
    in_care = {
        row["Child Unique ID"]
        for row in council.lists[8]
        if as_date(row["Date Ceased to be Looked After"]) is None
    }
    open_need = {
        row["Child Unique ID"]: row["Case Status"][0]
        for row in council.lists[6]
        if as_date(row["CIN Closure Date"]) is None
    }
    assert cp == on_list_7
    assert not on_list_7 & in_care
    assert {child for child, status in open_need.items() if status == "a"} == in_care
    assert {child for child, status in open_need.items() if status == "b"} == on_list_7
    assert all(
        (row["Case Status"][0] == "e") == (as_date(row["CIN Closure Date"]) is not None)
        for row in council.lists[6]
    )


def test_each_open_child_has_one_worker_on_every_list(council: Council) -> None:
    assert {len(names) for names in council.workers().values()} == {1}


def test_visits_agree_with_the_lists(council: Council) -> None:
    last: dict[str, str] = {}
    for row in council.local["visits"]:
        if row["kind"] == "cp":
            last[row["child_id"]] = max(last.get(row["child_id"], ""), row["date"])
    seen = {
        str(row["Child Unique ID"]): as_date(row["Date of the Last Statutory Visit"])
        for row in council.lists[7]
        if as_date(row["Child Protection Plan End Date"]) is None
    }
    assert seen
    for child, day in seen.items():
        if child in last and day:
            assert dt.date.fromisoformat(last[child]) == day


def test_lists_hold_the_months_they_say(council: Council) -> None:
    half, two = dt.date(2026, 3, 30), dt.date(2024, 9, 30)
    contacts = [as_date(row["Date of Contact"]) for row in council.lists[1]]
    referrals = [as_date(row["Date of referral"]) for row in council.lists[3]]
    assert min(day for day in contacts if day) > half
    assert two < min(day for day in referrals if day) < dt.date(2024, 12, 31)


def test_looking_back_finds_repeat_referrals(council: Council) -> None:
    days: dict[int, list[dt.date]] = defaultdict(list)
    for row in council.lists[3]:
        day = as_date(row["Date of referral"])
        assert day
        days[row["Child Unique ID"]].append(day)
    repeats = sum(
        (two - one).days <= 365
        for found in days.values()
        for one, two in zip(sorted(found), sorted(found)[1:], strict=False)
    )
    assert repeats > 20
    assert any(row["Number of Previous Child Protection Plans"] > 0 for row in council.lists[7])


def test_local_files_have_the_agreed_columns(council: Council) -> None:
    columns = {
        "workers": "worker,team,role,fte,asye_from,start,end,agency,manager",
        "posts": "team,role,fte,vacant_from",
        "allocations": "child_id,plan,decided,allocated,worker,ended",
        "visits": "child_id,kind,date,recorded,alone",
        "supervision": "worker,child_id,date,recorded,next_due",
        "case_notes": "child_id,kind,date,recorded,author_role",
        "audits": "audit_id,child_id,team,date,theme,auditor_grade,moderator,moderator_grade",
        "actions": "ref,kind,due,done",
        "contacts_hub": "contact_id,child_id,source,rag,received,decided,outcome",
        "readings": "measure,value,unit,numerator,denominator,where,from,to,source,published,"
        "comparator",
    }
    assert set(council.local) == set(columns)
    for name, header in columns.items():
        assert list(council.local[name][0]) == header.split(",")


# ------------------------------------------------------------------------------------ planted


def test_planted_one_worker_far_over_while_the_average_is_fair(council: Council) -> None:
    loads = council.loads()
    loads.pop("Duty Tray")
    staff = {row["worker"]: row for row in council.local["workers"]}
    (worst, most), (_, second) = loads.most_common(2)
    average = sum(loads.values()) / sum(float(staff[worker]["fte"]) for worker in loads)
    assert most > 40
    assert staff[worst]["team"] == "Safeguarding East"
    assert second <= 25
    assert average < 16.2


def test_planted_children_without_a_worker(council: Council) -> None:
    named = council.workers()
    empty: Counter[str] = Counter()
    for child, plan in council.open_children().items():
        cells = [
            row["Allocated Worker"]
            for rows in council.lists.values()
            for row in rows
            if row.get("Child Unique ID") == child and "Allocated Worker" in row
        ]
        if child not in named and "#N/A" not in cells:
            empty[plan] += 1
    assert empty["cp"] >= 3
    assert empty["cin"] >= 1


def test_planted_protection_work_on_duty(council: Council) -> None:
    plans = council.open_children()
    held = [plans[child] for child, names in council.workers().items() if names == {"Duty Tray"}]
    assert len(held) >= 5
    assert set(held) == {"cp"}


def test_planted_queue_at_the_hub(council: Council) -> None:
    contacts = council.local["contacts_hub"]
    waiting = sorted(row["received"][:10] for row in contacts if not row["decided"])
    days = len({row["received"][:10] for row in contacts})
    old = [day for day in waiting if day < "2026-09-28"]
    assert (AS_AT - dt.date.fromisoformat(waiting[0])).days > 30
    assert len(old) > len(contacts) / days
    for row in contacts:
        assert not row["decided"] or row["decided"] >= row["received"]
        assert bool(row["decided"]) == bool(row["outcome"])


def test_planted_change_at_the_hub(council: Council) -> None:
    hours = {"red": 4, "amber": 24, "green": 72, "blue": 72}
    months: dict[str, list[bool]] = defaultdict(list)
    for row in council.local["contacts_hub"]:
        if row["decided"]:
            received = dt.datetime.fromisoformat(row["received"])
            taken = dt.datetime.fromisoformat(row["decided"]) - received
            months[row["received"][:7]].append(taken <= dt.timedelta(hours=hours[row["rag"]]))
    share = {month: mean(found) for month, found in months.items()}
    assert sorted(share)[0] == "2025-07"
    assert len(share) == 15
    before = [value for month, value in share.items() if month < "2026-02"]
    after = [value for month, value in share.items() if month >= "2026-02"]
    # Every month since lies below every month before: eight in a row under any mean between.
    assert min(before) > max(after)


def test_planted_audits_are_kinder_than_their_moderator(council: Council) -> None:
    order = ["inadequate", "requires improvement", "good", "outstanding"]
    pairs = [
        (order.index(row["auditor_grade"]), order.index(row["moderator_grade"]))
        for row in council.local["audits"]
        if row["moderator_grade"]
    ]
    assert len(pairs) >= 10
    assert mean(auditor - moderator for auditor, moderator in pairs) > 0.3
    assert len(pairs) < len(council.local["audits"])


def test_planted_one_team_is_late(council: Council) -> None:
    late: dict[bool, list[bool]] = {True: [], False: []}
    last: dict[str, str] = {}
    for row in council.local["supervision"]:
        if not row["child_id"]:
            last[row["worker"]] = max(last.get(row["worker"], ""), row["date"])
    for row in council.local["workers"]:
        if not row["end"] and row["role"] != "Team manager":
            day = dt.date.fromisoformat(last.get(row["worker"], "2020-01-01"))
            late[row["team"] == "Safeguarding West"].append((AS_AT - day).days > 28)
    assert mean(late[True]) > 0.5
    assert mean(late[False]) < 0.3


def test_planted_late_writing_in_two_teams(council: Council) -> None:
    teams = {row["Child Unique ID"]: row["Allocated Team"] for _, _, row in council.open_rows()}
    quick: dict[bool, list[bool]] = {True: [], False: []}
    for row in council.local["visits"]:
        team = teams.get(int(row["child_id"]))
        if team and row["recorded"]:
            days = dt.date.fromisoformat(row["recorded"]) - dt.date.fromisoformat(row["date"])
            assert days.days >= 0
            slow = team in ("Safeguarding East", "Safeguarding West")
            quick[slow].append(days.days <= 2)
    assert mean(quick[True]) < 0.6
    assert mean(quick[False]) > 0.75


def test_oddities_of_real_workbooks_are_there(council: Council) -> None:
    book = openpyxl.load_workbook(council.folder / "evidence" / "annex-a.xlsx", data_only=True)
    assert book.sheetnames[0] == "Guidance"
    assert book["Lookups"].sheet_state == "hidden"
    assert str(book["List 4"]["A1"].value).startswith("List 4:")
    assert book["List 4"]["A2"].value == "Child Unique ID"
    cells = [cell for row in council.lists[6] for cell in row.values()]
    assert "#N/A" in cells
    assert "-" in cells
    assert any(
        isinstance(row[name], str) and "/" in row[name]
        for row in council.lists[6]
        for name in ("CIN Start Date", "Date Child Was Last Seen", "CIN Closure Date")
    )
    assert any("\u00a0" in (row["Allocated Worker"] or "") for row in council.lists[3])
    assert {type(row["Child Unique ID"]) for row in council.lists[9]} == {str}
    gaps = [
        all(cell is None for cell in row)
        for row in book["List 5"].iter_rows(min_row=2, values_only=True)
    ]
    assert gaps.count(True) == 1


def test_error_cells_stay_rare(council: Council) -> None:
    unknown = sum(row["Allocated Worker"] == "#N/A" for row in council.lists[6])
    assert 0 < unknown < 0.02 * len(council.lists[6])


def test_the_page_says_what_is_planted(council: Council) -> None:
    page = (council.folder / "ABOUT.md").read_text(encoding="utf-8")
    (worst, most), *_ = council.loads().most_common(1)
    assert f"{worst} in Safeguarding East holds {most} children" in page
    waiting = [
        row
        for row in council.local["contacts_hub"]
        if not row["decided"] and row["received"] < "2026-09-29"
    ]
    assert f"{len(waiting)} contacts undecided" in page
    assert f"| | {sum(len(rows) for rows in council.lists.values())} | |" in page
    for path in council.folder.rglob("*"):
        if path.is_file() and path.name != "ABOUT.md":
            assert path.name in page


def test_children_on_plans_were_visited(council: Council) -> None:
    for row in council.lists[7]:
        start = as_date(row["Child Protection Plan Start Date"])
        assert start
        if (AS_AT - start).days > 45:
            assert as_date(row["Date of the Last Statutory Visit"])


def test_it_borrows_no_councils_code_and_stands_beside_england(tmp_path: Path) -> None:
    from selfassess.workspace import load_workspace

    write_demo(tmp_path / "demo", rows=200)
    config = load_workspace(tmp_path / "demo").config
    assert config.council.code is None
    assert config.comparators == "england"
