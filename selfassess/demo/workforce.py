"""Teams, workers and who holds which family, the planted staffing problems among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from selfassess.demo.days import TODAY, on_working
from selfassess.demo.people import Child, Household, pick, staff_names

__all__ = ["DUTY", "LATE_TEAM", "OVERLOADED_TEAM", "Staff", "Worker", "staff_council", "state"]

OVERLOADED_TEAM, LATE_TEAM = "Safeguarding East", "Safeguarding West"
HUB = "Front Door Hub"
DUTY = "Duty Tray"
OVERLOAD = 42
"""The overloaded worker is given families until at least this many children are held."""

TEAMS = {
    "assessment": "Assessment",
    "safeguarding": "Safeguarding",
    "care": "Children in Care",
    "disabilities": "Disabled Children",
    "leaving": "Leaving Care",
}
"""Kinds of team, and how their names begin; a place follows."""
PLACES = [
    "East",
    "West",
    "North",
    "South",
    "Central",
    "Coast",
    "Valley",
    "Harbour",
    "Moor",
    "Forest",
    "Castle",
    "Market",
    "Abbey",
    "Mill",
    "Bridge",
    "Park",
    "Hill",
    "Dale",
    "Quay",
    "Heath",
]
WORKERS_A_TEAM = 7
MANAGER, SOCIAL, SENIOR, NEW, ADVISER = (
    "Team manager",
    "Social worker",
    "Senior social worker",
    "ASYE",
    "Personal adviser",
)
USUAL_LOAD = {SOCIAL: 15.4, SENIOR: 12.6, ADVISER: 21.0}


@dataclass(slots=True)
class Worker:
    """A worker, as workers.csv lists them; `holds` counts children open to them today."""

    name: str
    team: str
    role: str
    fte: float
    start: int
    agency: bool
    manager: str
    asye_from: int | None = None
    end: int | None = None
    target: float = 0.0
    holds: int = 0


@dataclass(slots=True)
class Staff:
    """Everybody who works for the council, and what is planted among them."""

    workers: list[Worker] = field(default_factory=list)
    overloaded: Worker | None = None
    duty: list[Child] = field(default_factory=list)
    unallocated: list[Child] = field(default_factory=list)

    def by_name(self) -> dict[str, Worker]:
        """Workers by name."""
        return {worker.name: worker for worker in self.workers}


def state(child: Child) -> str:
    """What the child is open to today: care, cp, cin, assessment, leaver, or nothing."""
    if child.care and child.care[-1].end is None:
        return "care"
    if child.plans and child.plans[-1].end is None:
        return "cp"
    if child.needs and child.needs[-1].end is None:
        since = child.needs[-1].start
        done = any(a.end is not None and a.start >= since for a in child.assessments)
        started = any(a.start >= since for a in child.assessments)
        waiting = child.referrals and child.referrals[-1].date == since and not started
        return "assessment" if not done and (started or waiting) else "cin"
    return "leaver" if child.leaver is not None else ""


def _service(child: Child) -> str:
    """The kind of team that holds the child, or held them last."""
    now = state(child)
    if now in ("care", "assessment"):
        return now
    if now == "leaver":
        return "leaving"
    if now in ("cp", "cin"):
        return "disabilities" if child.disabled and now == "cin" else "safeguarding"
    if child.care:
        return "care"
    if child.plans or any(assessment.support for assessment in child.assessments):
        return "safeguarding"
    return "assessment" if child.assessments or child.needs else "hub"


def staff_council(rng: Random, families: list[Household]) -> Staff:
    """Invent enough staff for the families and give every child a worker, bar the planted."""
    staff, names = Staff(), staff_names(rng)
    waiting: dict[str, list[list[Child]]] = {kind: [] for kind in TEAMS}
    closed: dict[str, list[Child]] = {kind: [] for kind in (*TEAMS, "hub")}
    for family in families:
        groups: dict[str, list[Child]] = {}
        for child in family.children:
            if state(child):
                groups.setdefault(_service(child), []).append(child)
            else:
                closed[_service(child)].append(child)
        for kind, group in groups.items():
            waiting[kind].append(group)
    _plant_waiting(rng, staff, waiting)
    for kind, held in waiting.items():
        _staff_service(rng, staff, kind, held, names)
    _add_hub(rng, staff, closed["hub"], names)
    _give_closed(rng, staff, closed)
    return staff


def _plant_waiting(rng: Random, staff: Staff, waiting: dict[str, list[list[Child]]]) -> None:
    """Set some families aside: held on duty, or by nobody."""
    groups = waiting["safeguarding"]
    rng.shuffle(groups)
    total = sum(len(group) for group in groups)
    plans = ((DUTY, "cp", 5), ("", "cp", 4), ("", "cin", max(3, total // 90)))
    for worker, wanted, least in plans:
        taken: list[Child] = []
        for group in list(groups):
            if len(taken) >= least:
                break
            if state(group[0]) == wanted and all(state(child) == wanted for child in group):
                groups.remove(group)
                taken += group
        for child in taken:
            child.worker = worker
            child.team = OVERLOADED_TEAM if worker else LATE_TEAM
        (staff.duty if worker else staff.unallocated).extend(taken)


def _hire(rng: Random, names: Iterator[str], team: str, role: str, manager: str) -> Worker:
    fte = 1.0 if role in (NEW, MANAGER) else pick(rng, ((1.0, 80), (0.8, 12), (0.6, 8)))
    newly = TODAY - rng.randrange(30, 360) if role == NEW else None
    start = newly or TODAY - 60 - int(rng.expovariate(1 / 1100))
    usual = USUAL_LOAD.get(role, 10.0 if newly and TODAY - newly < 182 else 13.0)
    return Worker(
        name=next(names),
        team=team,
        role=role,
        fte=fte,
        start=on_working(max(start, TODAY - 6000)),
        agency=role == SOCIAL and rng.random() < 0.2,
        manager=manager,
        asye_from=newly and on_working(newly),
        target=0.0 if role == MANAGER else usual * fte * rng.uniform(0.76, 1.2),
    )


def _staff_service(
    rng: Random, staff: Staff, kind: str, groups: list[list[Child]], names: Iterator[str]
) -> None:
    """Hire until the usual loads carry the children, then deal families to the least loaded."""
    children = sum(len(group) for group in groups)
    roles = ((ADVISER, 1),) if kind == "leaving" else ((SOCIAL, 62), (SENIOR, 20), (NEW, 18))
    first = ADVISER if kind == "leaving" else SOCIAL
    planted = min(OVERLOAD, children * 3 // 5) if kind == "safeguarding" else 0
    pool: list[Worker] = []
    while sum(worker.target for worker in pool) < children - planted or not pool:
        pool.append(_hire(rng, names, "", pick(rng, roles) if pool else first, ""))
    if kind == "safeguarding":
        pool[0].fte, pool[0].agency, pool[0].target = 1.0, False, 0.0
        while len(pool) < 4:
            pool.append(_hire(rng, names, "", SOCIAL, ""))
        staff.overloaded = pool[0]
    _form_teams(rng, staff, kind, pool, names)
    for group in groups:
        if kind == "safeguarding" and pool[0].holds < planted:
            worker = pool[0]
        else:
            worker = min(
                (one for one in pool if one.target), key=lambda one: one.holds / one.target
            )
        worker.holds += len(group)
        for child in group:
            child.worker, child.team = worker.name, worker.team


def _form_teams(
    rng: Random, staff: Staff, kind: str, pool: list[Worker], names: Iterator[str]
) -> None:
    least = 2 if kind == "safeguarding" else 1
    teams = []
    for number in range(max(least, round(len(pool) / WORKERS_A_TEAM))):
        lap, place = divmod(number, len(PLACES))
        teams.append(f"{TEAMS[kind]} {PLACES[place]}" + (f" {lap + 1}" if lap else ""))
    managers = {team: _hire(rng, names, team, MANAGER, "") for team in teams}
    for number, worker in enumerate(pool):
        worker.team = teams[number % len(teams)]
        worker.manager = managers[worker.team].name
    for team in teams:
        staff.workers.append(managers[team])
        staff.workers += [worker for worker in pool if worker.team == team]
        gone = _hire(rng, names, team, pool[-1].role, managers[team].name)
        gone.end = on_working(TODAY - rng.randrange(20, 300))
        gone.start = min(gone.start, gone.end - 120)
        gone.asye_from = gone.asye_from and gone.start
        staff.workers.append(gone)


def _add_hub(rng: Random, staff: Staff, children: list[Child], names: Iterator[str]) -> None:
    manager = _hire(rng, names, HUB, MANAGER, "")
    staff.workers.append(manager)
    for _ in range(max(2, len(children) // 250)):
        staff.workers.append(_hire(rng, names, HUB, SOCIAL, manager.name))


def _give_closed(rng: Random, staff: Staff, closed: dict[str, list[Child]]) -> None:
    """Closed work keeps the name of whoever held it last, some of whom have left."""
    holders: dict[str, list[Worker]] = {}
    for worker in staff.workers:
        if worker.role != MANAGER:
            holders.setdefault(_kind_of(worker.team), []).append(worker)
    for kind, children in closed.items():
        for child in children:
            worker = rng.choice(holders[kind])
            child.worker, child.team = worker.name, worker.team


def _kind_of(team: str) -> str:
    return next((kind for kind, name in TEAMS.items() if team.startswith(name)), "hub")
