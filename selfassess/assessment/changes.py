"""What changed since an earlier assessment of the same council: which one, and along which way."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.changes.compare import compare
from selfassess.changes.nodes import Nodes
from selfassess.errors import ReportError, SelfAssessError, UsageError

if TYPE_CHECKING:
    from selfassess.assessment import Assessment
    from selfassess.loading.library import Library
    from selfassess.workspace import Workspace

__all__ = ["Since", "kept_before", "nodes_between", "read_assessment", "since", "with_since"]


@dataclass(frozen=True, slots=True)
class Since:
    """An earlier assessment, and the way from its framework to the present one.

    Attributes:
        name: the file that it was read from, relative to the workspace where it lies in it.
    """

    name: str
    assessment: Mapping[str, Any]
    nodes: Nodes

    def changes(self, assessment: Mapping[str, Any]) -> dict[str, Any]:
        """What changed since, as it stands in ``assessment.json``."""
        return {"file": self.name, **compare(self.assessment, assessment, self.nodes)}


def read_assessment(path: Path) -> Mapping[str, Any]:
    """Read a kept assessment.

    Raises:
        ReportError: it cannot be read, or is no assessment.
    """
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise ReportError(
            f"{path}: cannot be read: {error.strerror or error}.",
            hint="Name an assessment.json that `selfassess run` wrote, or one kept in history/.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise ReportError(
            f"{path}: is no JSON text, so it is not an assessment.",
            hint="Name an assessment.json that `selfassess run` wrote, or one kept in history/.",
        ) from error
    if not isinstance(found, dict):
        raise ReportError(f"{path}: holds no JSON object, so it is not an assessment.")
    return found


def nodes_between(library: Library, old: Mapping[str, Any], new: Mapping[str, Any]) -> Nodes:
    """The way from one assessment's framework to the other's, by the migration files.

    Raises:
        FrameworkError: one of the two editions is not installed.
        UsageError: no way leads from one to the other.
    """
    from selfassess.loading.chain import chain, declared_between
    from selfassess.loading.compare import diff_along

    one, other = _reference(old), _reference(new)
    if one == other:
        return Nodes()
    before, after = library.framework(one), library.framework(other)
    editions = chain(library, before, after)
    declared = declared_between(library, editions)
    changes = diff_along(before, after, declared)
    gone = {c.id: () for c in changes if c.subject == "node" and c.kind == "removed"}
    reworded = {
        change.id
        for change in changes
        if change.subject == "node"
        and (
            change.kind == "rescaled"
            or (change.kind in ("reworded", "renamed") and change.editorial is False)
        )
    }
    asked = {c.id: () for c in changes if c.subject == "question" and c.kind == "removed"}
    return Nodes(
        into={**gone, **{key: heir.into for key, heir in declared.nodes.items()}},
        questions={**asked, **{key: heir.into for key, heir in declared.questions.items()}},
        reworded=frozenset(reworded),
    )


def since(path: Path, name: str, new: Mapping[str, Any], library: Library) -> Since:
    """An earlier assessment that somebody named, ready to be compared.

    Args:
        path: the file.
        name: what the report calls it.
        new: council, framework and as-at date of the present assessment, as in assessment.json.
        library: what is installed.

    Raises:
        ReportError: the file cannot be read.
        UsageError: the two cannot be compared.
        FrameworkError: the earlier edition is not installed.
    """
    from selfassess.changes.compare import refuse

    old = read_assessment(path)
    try:
        refuse(old, new)
    except UsageError as error:
        raise UsageError(f"{name}: {error.message}", hint=error.hint) from error
    return Since(name, old, nodes_between(library, old, new))


def kept_before(history: Path, new: Mapping[str, Any], library: Library) -> Since | None:
    """The latest assessment in a folder that is earlier and can be compared; None without one.

    Files are tried by name, which holds their date, the latest first.
    """
    if not history.is_dir():
        return None
    for path in sorted(history.glob("*.json"), reverse=True):
        if path.stem[:10] >= str(new["as_at"]):
            continue
        with contextlib.suppress(SelfAssessError):
            found = since(path, f"history/{path.name}", new, library)
            if str(found.assessment["as_at"]) < str(new["as_at"]):
                return found
    return None


def with_since(
    assessments: Sequence[Assessment], workspace: Workspace, path: Path | None, library: Library
) -> list[Assessment]:
    """Assessments of one run, each with the earlier one that it is set beside.

    Args:
        assessments: the workspace's own first, then those under further frameworks.
        workspace: whose ``history/`` holds the assessments kept.
        path: the earlier one of the first, where somebody named it.
        library: what is installed.

    Raises:
        FrameworkError, ReportError, UsageError: see `since`.
    """
    found: list[Assessment] = []
    for index, each in enumerate(assessments):
        head = each.head()
        if index == 0 and path is not None:
            earlier: Since | None = since(path, _name(path, workspace.root), head, library)
        else:
            folders = [each.framework.id, each.framework.reference] if index else [""]
            kept = (kept_before(workspace.history / name, head, library) for name in folders)
            earlier = next((one for one in kept if one is not None), None)
        found.append(replace(each, since=earlier))
    return found


def _name(path: Path, root: Path) -> str:
    """A path as the report names it: in the workspace, or by its name alone."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def _reference(assessment: Mapping[str, Any]) -> str:
    framework = assessment["framework"]
    return f"{framework['id']}@{framework['edition']}"
