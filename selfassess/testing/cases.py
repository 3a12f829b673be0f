"""Runs published cases through a workspace's own code and compares what is said with what must be.

A case's outcome is never read, and nothing here or below knows a case.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.errors import CaseError, SelfAssessError
from selfassess.testing.case_file import Case, read_case
from selfassess.testing.case_names import case_problems
from selfassess.testing.case_workspace import write_workspace
from selfassess.testing.expectations import Check, check_case

if TYPE_CHECKING:
    from selfassess.loading.source import Document
    from selfassess.toolkit import Toolkit

__all__ = ["CaseResult", "CasesResult", "run_cases"]

CAN_RUN = "the case can be run"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case and how each of its expectations fared."""

    case: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class CasesResult:
    """All cases of a folder."""

    cases: tuple[CaseResult, ...]

    @property
    def total(self) -> int:
        """How many expectations there are."""
        return sum(len(case.checks) for case in self.cases)

    @property
    def missed(self) -> int:
        """How many were not met."""
        return sum(not check.met for case in self.cases for check in case.checks)

    def as_dict(self) -> dict[str, Any]:
        """The result as plain data."""
        return {
            "cases": [
                {
                    "case": case.case,
                    "expectations": [
                        {"expectation": c.expectation, "met": c.met, "found": c.found}
                        for c in case.checks
                    ],
                }
                for case in self.cases
            ]
        }

    def lines(self) -> Iterator[str]:
        """The result as a table of text."""
        width = max((len(c.expectation) for case in self.cases for c in case.checks), default=0)
        for case in self.cases:
            met = sum(check.met for check in case.checks)
            yield f"{case.case}: {met} of {len(case.checks)} met"
            for check in case.checks:
                mark = "met   " if check.met else "MISSED"
                if check.expectation == CAN_RUN:
                    yield f"  {mark}  {CAN_RUN}"
                    yield from (f"          {line}" for line in check.found.splitlines())
                    continue
                yield f"  {mark}  {check.expectation:<{width}}  {_short(check.found)}".rstrip()
        met = self.total - self.missed
        cases = "1 case" if len(self.cases) == 1 else f"{len(self.cases)} cases"
        yield f"{cases}, {met} of {self.total} expectations met"


def run_cases(folder: Path, toolkit: Toolkit, *, keep: Path | None = None) -> CasesResult:
    """Run every case file in a folder.

    A case that cannot be run (a fault in the file, an edition that is not installed, a name that
    is none) is a missed expectation of its own; the others run.

    Args:
        folder: holds ``*.yaml`` files; or one such file.
        toolkit: plugins and definitions, loaded once for all cases.
        keep: where each case's ``assessment.json`` is left, in a folder named after the case.

    Raises:
        CaseError: there is no case file, or two files hold one case.
    """
    paths = [folder] if folder.is_file() else sorted(folder.glob("*.yaml"))
    if not paths:
        raise CaseError(f"{folder}: no case files found.", hint="Name a folder of *.yaml files.")
    results: list[CaseResult] = []
    for path in paths:
        result = _run(path, toolkit, keep)
        if any(result.case == other.case for other in results):
            raise CaseError(
                f"{path.name}: case '{result.case}' is in another file too.",
                hint="Give each case an id of its own.",
            )
        results.append(result)
    return CasesResult(tuple(results))


def _run(path: Path, toolkit: Toolkit, keep: Path | None) -> CaseResult:
    name = path.stem
    try:
        case, document = read_case(path)
        name = case.case
        return CaseResult(name, _checks(case, document, toolkit, keep))
    except SelfAssessError as error:
        return CaseResult(name, (Check(CAN_RUN, False, str(error)),))


def _checks(
    case: Case, document: Document, toolkit: Toolkit, keep: Path | None
) -> tuple[Check, ...]:
    from selfassess.workspace import load_workspace

    edition = case.inspection.edition
    framework = toolkit.library.framework(
        case.inspection.framework, None if edition is None else str(edition)
    )
    if problems := case_problems(case, document, toolkit.library, framework):
        raise CaseError(problems=problems)
    with tempfile.TemporaryDirectory(prefix="selfassess-case-") as temporary:
        folder = write_workspace(case, framework, Path(temporary) / case.case)
        assessment = toolkit.assess(load_workspace(folder))
        if keep is not None:
            target = keep / case.case / "assessment.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(assessment.as_json())
    return check_case(case, assessment.as_dict(), framework)


def _short(text: str) -> str:
    """One line of at most a hundred characters, for the table; the JSON has all of it."""
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:97]}..."
