"""The local extracts: workers, posts, allocations, visits, supervision, notes, audits, actions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from selfassess.demo.days import TODAY, add_working, iso, on_working
from selfassess.demo.people import Child, Household, pick
from selfassess.demo.practice import SINCE
from selfassess.demo.workforce import LATE_TEAM, MANAGER, Staff, Worker, state

__all__ = ["write_extracts", "write_table"]

GRADES = ("inadequate", "requires improvement", "good", "outstanding")
THEMES = ("planning", "voice of the child", "risk assessment", "management oversight")
CASE_EVERY = {"cp": 26, "assessment": 26, "cin": 39, "care": 52, "leaver": 80}
PLAN = {"cp": "cp", "cin": "cin", "care": "care", "assessment": "assessment"}
VACANT = 0.14
CHANGED = 0.4
"""Share of children held for a while who had another worker before."""
AUDITED = 0.45
"""Share of audits that somebody outside the team moderated."""


def write_table(path: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV with these columns, the same bytes on every platform."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def write_extracts(
    rng: Random, folder: Path, families: list[Household], staff: Staff, rows: int
) -> None:
    """Write every extract but the hub's and the readings."""
    children = [child for family in families for child in family.children]
    open_children = [child for child in children if state(child)]
    workers = staff.by_name()
    allocations = list(_allocations(rng, open_children, workers))
    write_table(
        folder / "workers.csv",
        "worker,team,role,fte,asye_from,start,end,agency,manager",
        (_worker(worker) for worker in staff.workers),
    )
    write_table(folder / "posts.csv", "team,role,fte,vacant_from", _posts(rng, staff))
    write_table(
        folder / "allocations.csv",
        "child_id,plan,decided,allocated,worker,ended",
        (
            (child, plan, iso(decided), iso(given), worker, iso(ended))
            for child, plan, decided, given, worker, ended in allocations
        ),
    )
    write_table(folder / "visits.csv", "child_id,kind,date,recorded,alone", _visits(children))
    write_table(
        folder / "supervision.csv",
        "worker,child_id,date,recorded,next_due",
        _supervision(rng, open_children, staff, workers),
    )
    write_table(
        folder / "case_notes.csv",
        "child_id,kind,date,recorded,author_role",
        _case_notes(rng, open_children, {row[0]: row[3] for row in allocations}),
    )
    audits = _audits(rng, open_children, max(60, rows // 100))
    write_table(
        folder / "audits.csv",
        "audit_id,child_id,team,date,theme,auditor_grade,moderator,moderator_grade",
        audits,
    )
    write_table(folder / "actions.csv", "ref,kind,due,done", _actions(rng, len(audits)))


def _worker(worker: Worker) -> tuple[object, ...]:
    return (
        worker.name,
        worker.team,
        worker.role,
        worker.fte,
        iso(worker.asye_from),
        iso(worker.start),
        iso(worker.end),
        "yes" if worker.agency else "no",
        worker.manager,
    )


def _posts(rng: Random, staff: Staff) -> Iterator[tuple[object, ...]]:
    for worker in staff.workers:
        if worker.end is None:
            yield worker.team, worker.role, worker.fte, ""
            if worker.role != MANAGER and rng.random() < VACANT:
                yield worker.team, worker.role, 1.0, iso(TODAY - rng.randrange(14, 400))


def _allocations(
    rng: Random, children: list[Child], workers: dict[str, Worker]
) -> Iterator[tuple[int, str, int, int | None, str, int | None]]:
    """Who was to hold each child, from when, and who did; some had another worker before."""
    everybody = list(workers)
    for child in children:
        now = state(child)
        if now not in PLAN:
            continue
        since = (child.care if now == "care" else child.plans if now == "cp" else child.needs)[-1]
        decided = on_working(since.start)
        if child.worker not in workers:
            waiting = max(decided, add_working(TODAY, -rng.randrange(6, 30)))
            yield child.id, PLAN[now], waiting, None, "", None
            continue
        given = add_working(decided, 1 if rng.random() < 0.93 else rng.randrange(2, 8))
        if TODAY - given > 90 and rng.random() < CHANGED:
            changed = on_working(TODAY - rng.randrange(10, min(400, TODAY - given)))
            yield child.id, PLAN[now], decided, given, rng.choice(everybody), changed
            decided = changed
            given = add_working(changed, 1 if rng.random() < 0.93 else rng.randrange(2, 8))
        if given <= TODAY:
            yield child.id, PLAN[now], decided, given, child.worker, None


def _visits(children: list[Child]) -> Iterator[tuple[object, ...]]:
    for child in children:
        seen: set[int] = set()
        for kind, spans in (("care", child.care), ("cp", child.plans), ("cin", child.needs)):
            for span in spans:
                for visit in span.visits:
                    if visit.date in seen or visit.date <= SINCE:
                        continue
                    seen.add(visit.date)
                    alone = "yes" if visit.alone else "no"
                    yield child.id, kind, iso(visit.date), iso(visit.recorded), alone


def _supervision(
    rng: Random, children: list[Child], staff: Staff, workers: dict[str, Worker]
) -> Iterator[tuple[object, ...]]:
    """Sessions with each worker; the late team's are weeks apart. Then the children discussed."""
    in_late_team = 0
    for worker in staff.workers:
        if worker.end is not None:
            continue
        late = worker.team == LATE_TEAM and worker.role != MANAGER
        in_late_team += late
        every = 13 if TODAY - worker.start < 182 else 27
        missed = late and in_late_team % 4 > 0
        day = TODAY - (rng.randrange(34, 75) if missed else rng.randrange(0, every + 1))
        if not late and rng.random() < 0.07:
            day -= 25
        while day > max(SINCE, worker.start):
            held = _weekday(day)
            recorded = iso(min(TODAY, held + 1))
            yield worker.name, "", iso(held), recorded, iso(day + every + 1)
            day -= rng.randrange(40, 60) if late else every
    for child in children:
        holder = workers.get(child.worker)
        if holder is None:
            continue
        every = CASE_EVERY[state(child)]
        late = holder.team == LATE_TEAM
        day = TODAY - (rng.randrange(every, every * 3) if late else rng.randrange(0, every))
        if not late and rng.random() < 0.08:
            day -= every
        begun = _since(child)
        for held in _latest(day, every, begun):
            yield holder.name, child.id, iso(held), iso(min(TODAY, held + 2)), ""


def _latest(day: int, every: int, begun: int) -> Iterator[int]:
    """The last day on which a child was discussed, and those before it in the last 100 days."""
    first = True
    while day > begun and (first or day > TODAY - 100):
        yield max(_weekday(day), begun)
        first = False
        day -= every


def _weekday(day: int) -> int:
    """The last working day up to the day."""
    return add_working(day + 1, -1)


def _since(child: Child) -> int:
    """When the child's present work began."""
    starts = [span[-1].start for span in (child.needs, child.plans, child.care) if span]
    return min(starts) if starts else SINCE


def _case_notes(
    rng: Random, children: list[Child], given: dict[int, int | None]
) -> Iterator[tuple[object, ...]]:
    """Managers' own entries, and the direction given at allocation."""
    for child in children:
        late = child.team == LATE_TEAM
        every = CASE_EVERY[state(child)]
        day = TODAY - (rng.randrange(every, every * 4) if late else rng.randrange(0, every))
        if not late and rng.random() < 0.07:
            day -= every
        begun = _since(child)
        first = given.get(child.id)
        if first is not None and first > SINCE and rng.random() < 0.96:
            yield child.id, "allocation direction", iso(first), iso(first), "team manager"
        for noted in _latest(day, every, begun):
            recorded = min(TODAY, noted + int(rng.expovariate(1.2)))
            yield child.id, "management oversight", iso(noted), iso(recorded), "team manager"


def _audits(rng: Random, children: list[Child], count: int) -> list[tuple[object, ...]]:
    """Auditors grade about half a grade above the moderator who looks after them."""
    listed: list[tuple[object, ...]] = []
    moderated = 0
    for number in range(count):
        child = rng.choice(children)
        grade = pick(rng, ((0, 3), (1, 17), (2, 62), (3, 18)))
        second = None
        if rng.random() < AUDITED:
            moderated += 1
            # Every second one a grade lower, so that the drift does not hang on chance.
            second = max(0, grade - moderated % 2)
        if second == grade == 1 and rng.random() < 0.1:
            second = 2
        day = on_working(TODAY - rng.randrange(12, 180))
        listed.append(
            (
                f"AUD-{number + 1:04d}",
                child.id,
                child.team,
                iso(day),
                rng.choice(THEMES),
                GRADES[grade],
                "Quality assurance team" if moderated else "",
                GRADES[second] if second is not None else "",
            )
        )
    return listed


def _actions(rng: Random, audits: int) -> Iterator[tuple[object, ...]]:
    for number in range(audits * 2):
        kind = "audit" if number % 2 == 0 else "supervision"
        due = TODAY - rng.randrange(-20, 150)
        done = due - rng.randrange(0, 12) if rng.random() < 0.86 else due + rng.randrange(3, 40)
        yield f"ACT-{number + 1:04d}", kind, iso(due), iso(done) if done <= TODAY else ""
