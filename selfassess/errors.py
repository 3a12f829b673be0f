"""Everything that can go wrong and that a user can mend, as one family.

    SelfAssessError            1
    ├── UsageError             2   the command was called in a way that cannot work
    ├── FrameworkError        10   an inspection framework file
    ├── EvidenceError         11   a workbook, a list, a register, the workspace's own files
    ├── PluginError           12   a plugin or a pack
    ├── MeasureError          13   a measure's definition or its run
    ├── ReportError           14   the report
    ├── CaseError             15   a published case's expectation was not met
    └── PlanError             17   a move that the plan refuses, or its store
        └── PlanConflictError 17   somebody else changed the action since it was read

The number is the exit code of the command line. A message says where, what was found, what was
expected, the nearest valid name and the next step. It never holds a child's id, name or date of
birth: builders of messages pass places (file, sheet, row, column), not values of such cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = [
    "CaseError",
    "EvidenceError",
    "FrameworkError",
    "MeasureError",
    "PlanConflictError",
    "PlanError",
    "PluginError",
    "Problem",
    "ReportError",
    "SelfAssessError",
    "UsageError",
    "nearest",
]

_FEW, _SURE = 3, 0.85
"""Names that are told of many, and how near one has to be to be meant rather than they."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a file, and how to mend it.

    Attributes:
        where: ``file:line:column``, or ``file, sheet, row, column`` for evidence.
        message: what was found and what was expected, one sentence.
        hint: the next step, or an empty string.
    """

    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text}\n    {self.hint}" if self.hint else text


class SelfAssessError(Exception):
    """A fault that the user can mend; carries one or many problems.

    Args:
        message: one sentence, or nothing where `problems` says it all.
        hint: the next step.
        problems: every fault found, in file order.
    """

    exit_code = 1

    def __init__(
        self, message: str = "", *, hint: str = "", problems: Sequence[Problem] = ()
    ) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.message = message or "\n".join(str(problem) for problem in self.problems)
        self.hint = hint
        super().__init__(self.message)

    def __str__(self) -> str:
        lines = [self.message]
        if self.problems and self.message != "\n".join(str(p) for p in self.problems):
            lines += [str(problem) for problem in self.problems]
        if self.hint:
            lines.append(self.hint)
        return "\n".join(lines)


class UsageError(SelfAssessError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class FrameworkError(SelfAssessError):
    """An inspection framework cannot be used."""

    exit_code = 10


class EvidenceError(SelfAssessError):
    """Evidence, or the workspace that names it, cannot be read."""

    exit_code = 11


class PluginError(SelfAssessError):
    """A plugin or pack cannot be loaded, or clashes with another."""

    exit_code = 12


class MeasureError(SelfAssessError):
    """A measure is ill defined, or failed while running."""

    exit_code = 13


class ReportError(SelfAssessError):
    """The report cannot be made."""

    exit_code = 14


class CaseError(SelfAssessError):
    """A published case's expectation was not met, or the case cannot be read."""

    exit_code = 15


class PlanError(SelfAssessError):
    """The improvement plan refuses a move, or its store cannot be used."""

    exit_code = 17


class PlanConflictError(PlanError):
    """Somebody else changed the action since it was read; nothing was written."""


def nearest(name: object, valid: Iterable[str], *, few: bool = False) -> str:
    """Say which valid name is meant most likely: ``Did you mean 'x'?``, or what is valid.

    Args:
        name: what was found; its case does not matter.
        valid: what could have been meant.
        few: of many names none of which is near, name the three that are least far off. For
            callers with nothing better to say.

    Returns:
        An empty string where there is nothing to suggest.
    """
    import difflib  # only when something is wrong

    names = sorted(set(valid))
    said = str(name).casefold()
    folded = {each.casefold(): each for each in reversed(names)}
    found = [folded[each] for each in difflib.get_close_matches(said, folded, n=1, cutoff=0.6)]
    begun = [each for each in names if len(said) > 2 and each.casefold().startswith(said)]
    if len(begun) > _FEW and not difflib.get_close_matches(said, folded, n=1, cutoff=_SURE):
        # The front of many names: any one of them would be a guess.
        return f"Those that begin so: {', '.join(begun[:_FEW])} and {len(begun) - _FEW} more."
    if not found and len(said) > 2:  # a name cut short: 'help' for 'help-and-protection'
        found = [each for each in names if said in each.casefold()][:1]
    if found:
        return f"Did you mean '{found[0]}'?"
    if names and len(names) <= 12:
        return "Valid: " + ", ".join(names) + "."
    if names and few:
        least = difflib.get_close_matches(said, folded, n=3, cutoff=0.0)
        return f"Nearest of {len(names)}: " + ", ".join(folded[each] for each in least) + "."
    return ""
