"""Checks how inspections are said to be carried out: bodies and clocks exist, spans make sense."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from selfassess.errors import Problem
from selfassess.loading.names import Where, unknown
from selfassess.loading.source import KeyPath
from selfassess.model.framework import Framework
from selfassess.model.framework_inspection import Due, Inspection

__all__ = ["check_inspection"]

_PREFIX = re.compile(r"[a-z][a-z0-9-]*\Z")


def check_inspection(framework: Framework, where: Where) -> Iterator[Problem]:
    """Say everything that is wrong with a framework's inspection arrangements and small lists."""
    if framework.tag_prefix is not None and not _PREFIX.match(framework.tag_prefix):
        yield Problem(
            where("", "", ("tag_prefix",)),
            f"'{framework.tag_prefix}' cannot stand before a tag: small letters, digits and '-'.",
            "Write it as in nf.",
        )
    yield from _twice("limiter", (each.id for each in framework.limiters), where, ("limiters",))
    yield from _twice("lint remark", (each.id for each in framework.lint), where, ("lint",))
    if framework.inspection is not None:
        yield from _InspectionCheck(framework, framework.inspection, where).problems()


def _twice(word: str, ids: Iterable[str], where: Where, path: KeyPath) -> Iterator[Problem]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield Problem(
                where("", "", path),
                f"the {word} '{name}' stands {count} times.",
                "Give each its own id.",
            )


class _InspectionCheck:
    """The key ``inspection`` of one framework."""

    def __init__(self, framework: Framework, inspection: Inspection, where: Where) -> None:
        self.inspection = inspection
        self.where = where
        self.bodies = [body.id for body in framework.responsible_bodies]
        self.clocks = [clock.id for clock in inspection.clocks]

    def at(self, *path: str | int) -> str:
        return self.where("", "", ("inspection", *path))

    def problems(self) -> Iterator[Problem]:
        found = self.inspection
        for key in ("clocks", "evidence_requests", "finding_types"):
            ids = [item.id for item in getattr(found, key)]
            yield from _twice(key[:-1].replace("_", " "), ids, self.where, ("inspection", key))
        if found.cohort is not None:
            cohort = found.cohort
            yield from self._span(cohort.from_age, cohort.to_age, "cohort", "to_age")
        for index, sample in enumerate(found.samples):
            yield from self._span(sample.at_least, sample.at_most, "samples", index, "at_most")
        for index, clock in enumerate(found.clocks):
            yield from self._due(clock.due, "clocks", index, "due")
            yield from self._bodies(clock.responsible, "clocks", index, "responsible")
            yield from self._span(clock.low, clock.high, "clocks", index, "high")
            if clock.basis == "stated" and (clock.low is not None or clock.high is not None):
                yield Problem(
                    self.at("clocks", index, "basis"),
                    f"the clock '{clock.id}' has a span of what was seen, but is 'stated'.",
                    "Write 'basis: observed', or remove 'low' and 'high'.",
                )
        yield from self._requests()
        for index, finding in enumerate(found.finding_types):
            yield from self._clock(finding.reply, "finding_types", index, "reply")
        if found.principal_authority is not None:
            authority = found.principal_authority
            path = "principal_authority"
            yield from self._clock(authority.reply, path, "reply")
            yield from self._bodies(authority.overseen_by, path, "overseen_by")
            if authority.body is not None and authority.body not in self.bodies:
                place = self.at(path, "body")
                yield unknown("responsible body", authority.body, self.bodies, place)

    def _requests(self) -> Iterator[Problem]:
        for index, request in enumerate(self.inspection.evidence_requests):
            path = ("evidence_requests", index)
            yield from self._bodies(request.responsible, *path, "responsible")
            if request.due is not None:
                yield from self._due(request.due, *path, "due")
            if request.columns and request.kind != "list":
                yield Problem(
                    self.at(*path, "columns"),
                    f"'{request.id}' is a {request.kind}; only a list has columns.",
                    "Remove 'columns', or write 'kind: list'.",
                )
            for name, count in Counter(request.columns).items():
                if count > 1:
                    yield Problem(
                        self.at(*path, "columns"),
                        f"the column '{name}' of '{request.id}' stands {count} times.",
                        "Remove all but one.",
                    )

    def _bodies(self, names: Iterable[str], *path: str | int) -> Iterator[Problem]:
        for index, name in enumerate(names):
            if name not in self.bodies:
                yield unknown("responsible body", name, self.bodies, self.at(*path, index))

    def _clock(self, name: str | None, *path: str | int) -> Iterator[Problem]:
        if name is not None and name not in self.clocks:
            yield unknown("clock", name, self.clocks, self.at(*path))

    def _due(self, due: Due, *path: str | int) -> Iterator[Problem]:
        given = [n for n in (due.working_days, due.weeks, due.months) if n is not None]
        if len(given) != 1 or given[0] < 0:
            yield Problem(
                self.at(*path),
                "a time needs exactly one of 'working_days', 'weeks' and 'months', 0 or more.",
                "Write, for example, {after: notice, working_days: 10}.",
            )

    def _span(self, low: int | None, high: int | None, *path: str | int) -> Iterator[Problem]:
        if low is not None and high is not None and high < low:
            yield Problem(
                self.at(*path),
                f"the span ends at {high}, before it begins at {low}.",
                "Correct one of the two.",
            )
