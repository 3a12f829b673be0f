"""What every `plan` command needs: the workspace, its store, who does it, and when."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from selfassess.model.plan import PlanSettings
    from selfassess.plan.drafting import Author
    from selfassess.plan.events import Draft, Event
    from selfassess.plan.record import Plan
    from selfassess.plan.record_parts import SuccessMeasure
    from selfassess.plan.store import PlanStore
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import Workspace

__all__ = ["MomentType", "Session", "author_options", "json_option", "opened"]

F = TypeVar("F", bound=Callable[..., Any])


class MomentType(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.2 only
    """A local time: ``2026-09-30``, ``2026-09-30T14:30`` or ``2026-09-30 14:30:00``."""

    name = "datetime"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        """Read a local time without a zone; a day alone is its noon."""
        if isinstance(value, dt.datetime):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return dt.datetime.strptime(value, form).replace(hour=12)
            except ValueError:
                continue
        try:
            found = dt.datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None:
            self.fail(
                f"'{value}' is not a local time. Write it as 2026-09-30T14:30, without a zone.",
                param,
                ctx,
            )
        return found.replace(microsecond=0)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def author_options(command: F) -> F:
    """Options that say who does something, and when."""
    command = click.option(
        "--at", type=MomentType(), help="When it is done, local time; now if left out."
    )(command)
    return click.option(
        "--by",
        metavar="NAME",
        help="Who does it; the name of the account if left out.",
    )(command)


@dataclass(frozen=True)
class Session:
    """A workspace's plan; its store is opened, or made, when something needs it."""

    workspace: Workspace

    @cached_property
    def store(self) -> PlanStore:
        """The store; a file is made where there is none yet.

        Raises:
            PlanError: it cannot be opened.
        """
        from selfassess.workspace.plan import open_plan

        store = open_plan(self.workspace)
        if store.backup:
            click.echo(f"The plan's store was brought up to date; backup: {store.backup}", err=True)
        return store

    def events(self) -> tuple[Event, ...]:
        """The history so far; a plan that has not begun is not made by looking at it."""
        from selfassess.workspace.plan import has_plan

        return self.store.events() if has_plan(self.workspace) else ()

    @property
    def settings(self) -> PlanSettings:
        """The council's limits and words."""
        return self.workspace.config.plan

    @cached_property
    def toolkit(self) -> Toolkit:
        """Frameworks and measures, loaded when something names one of them."""
        from selfassess.toolkit import Toolkit

        return Toolkit.for_workspace(self.workspace)

    def author(self, by: str | None, at: dt.datetime | None, *, preview: bool = False) -> Author:
        """Who does it: as said, else the account, else the workspace's; when: as said, or now.

        Args:
            by: a name, if one is given.
            at: a time, if one is given.
            preview: whether nothing is going to be written, so that nobody need be named.

        Raises:
            UsageError: nobody is named anywhere.
        """
        from selfassess.errors import UsageError
        from selfassess.plan.drafting import Author

        account = os.environ.get("USER") or os.environ.get("USERNAME") or self.settings.by
        name = (by or account or ("nobody yet" if preview else "")).strip()
        if not name:
            raise UsageError("Nobody is named who does this.", hint="Say who you are: --by NAME")
        return Author(name, (at or dt.datetime.now()).replace(microsecond=0))

    def do(
        self,
        command: Callable[[Plan], Sequence[Draft]],
        *,
        action: str = "",
        version: int | None = None,
    ) -> tuple[Event, ...]:
        """Write what a command says."""
        expected = {} if version is None else {action: version}
        return self.store.write(command, expected=expected)

    def check_names(
        self, fields: dict[str, Any], success: Iterable[SuccessMeasure] = ()
    ) -> tuple[SuccessMeasure, ...]:
        """Refuse names that neither framework nor measures have; fill in a measure's unit.

        Raises:
            PlanError: an unknown name, with the nearest.
        """
        from selfassess.commands.plan_names import check_fields, known_measures

        measures = tuple(success)
        if any(
            fields.get(key) for key in ("criterion", "judgement", "topics", "tags", "responsible")
        ):
            check_fields(self.toolkit, self.workspace, fields)
        if any(each.measure for each in measures):
            measures = known_measures(self.toolkit, measures)
        return measures


def opened(folder: Path, *, create: bool = False) -> Session:
    """Open a workspace's plan.

    Args:
        folder: the workspace.
        create: whether a new plan may begin here.

    Raises:
        EvidenceError: it is no workspace.
        PlanError: there is no plan yet, or it cannot be opened.
    """
    from selfassess.errors import PlanError
    from selfassess.workspace import load_workspace
    from selfassess.workspace.plan import has_plan

    workspace = load_workspace(folder)
    if not create and not has_plan(workspace):
        raise PlanError(
            f"{folder}: no improvement plan is kept here yet.",
            hint="Begin one: selfassess plan from-findings, selfassess plan add TITLE, or "
            "selfassess plan import self-evaluation.yaml.",
        )
    return Session(workspace)


def print_json(data: Any) -> None:
    """Plain data as JSON on stdout."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
