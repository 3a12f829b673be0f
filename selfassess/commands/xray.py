"""``xray``: is the self-evaluation consistent with itself and with the evidence?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.commands.options import folder_argument, kept_workspace
from selfassess.errors import EvidenceError, ReportError

if TYPE_CHECKING:
    from selfassess.workspace import Workspace

__all__ = ["FOUND", "xray"]

FOUND = 16
"""The exit code where something was found."""
_HEADS = {"error": "ERROR", "warning": "WARNING", "remark": "REMARK"}


@click.command(
    epilog="Exit codes: 0 nothing found, or what was found is waived; 16 an error that nobody "
    "waived (with --strict: anything); others as for all commands. A false alarm is waived in "
    "self-evaluation.yaml or selfassess.yaml: xray_waivers: [{finding, who, why, until}]."
)
@folder_argument
@click.option("--json", "as_json", is_flag=True, help="As JSON, as in assessment.json.")
@click.option("--strict", is_flag=True, help="Exit 16 on warnings and remarks too.")
@click.option("--quiet", is_flag=True, help="Leave out why each matters.")
@click.pass_context
def xray(context: click.Context, folder: Path, *, as_json: bool, strict: bool, quiet: bool) -> None:
    """Check the self-evaluation in FOLDER for inconsistencies.

    Each finding says where it stands, why it matters and how to mend it. FOLDER may also be an
    assessment.json.
    """
    found = _from_file(folder) if folder.is_file() else _from_workspace(folder)
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for line in _lines(found, quiet=quiet):
            click.echo(line)
    stops = [
        each for each in found if each["waived"] is None and (strict or each["severity"] == "error")
    ]
    if stops:
        context.exit(FOUND)


def _from_file(path: Path) -> list[dict[str, Any]]:
    from selfassess.report.output import load_assessment

    _, assessment = load_assessment(path)
    found = assessment.get("xray")
    if not isinstance(found, list):
        raise ReportError(
            f"{path}: holds no consistency checks.",
            hint="It was made by an earlier version; make it anew with `selfassess run`.",
        )
    return found


def _from_workspace(folder: Path) -> list[dict[str, Any]]:
    from selfassess.assessment.claims import xray as as_dict
    from selfassess.assessment.claims import xray_of
    from selfassess.commands.progress import progress
    from selfassess.toolkit import Toolkit

    workspace = kept_workspace(folder)
    with progress() as show:
        assessment = Toolkit.for_workspace(workspace).assess(workspace, progress=show)
    if not assessment.self_evaluation.judgements:
        raise EvidenceError(
            f"{workspace.self_evaluation.name}: says nothing of any judgement yet, so there is "
            "nothing to check.",
            hint="`selfassess claims sync` writes what there is to fill in.",
        )
    place = _Places(workspace)
    return [
        {**as_dict(item), "where": place.of(item.path, item.id)} for item in xray_of(assessment)
    ]


class _Places:
    """Says on which line of which file a finding's text stands."""

    def __init__(self, workspace: Workspace) -> None:
        from selfassess.loading.source import read
        from selfassess.workspace import CONFIG

        self.claims = None
        path = workspace.self_evaluation
        if path.is_file():
            self.claims = read(path, path.name)
        self.config = read(workspace.root / CONFIG, CONFIG)
        self.name = path.name

    def of(self, path: tuple[str | int, ...], finding: str) -> str:
        """``file:line:column``; of what would hold it where it is not there."""
        if path == ("xray_waivers",):
            named = finding.partition("/")[2]
            for document in (self.claims, self.config):
                if document is None or not isinstance(document.data, dict):
                    continue
                for index, waiver in enumerate(document.data.get("xray_waivers") or ()):
                    if waiver.get("finding") == named:
                        return document.place(("xray_waivers", index))
        if self.claims is None:
            return self.name
        if path[0] == "plan" and not self.claims.has(path):
            return "plan"  # kept in a store, not in the file
        return self.claims.place(path)


def _lines(found: Sequence[dict[str, Any]], *, quiet: bool) -> list[str]:
    lines: list[str] = []
    for each in found:
        waived = each["waived"]
        head = "WAIVED" if waived else _HEADS[each["severity"]]
        lines.append(f"{head}  {each['where']}  {each['text']}")
        if waived:
            lines.append(f"    Until {waived['until']}, by {waived['who']}: {waived['why']}")
        else:
            if not quiet:
                lines.append(f"    Why: {each['why']}")
            lines.append(f"    Mend: {each['mend']}")
        lines += [f"    Id: {each['id']}", ""]
    counts = {
        word: sum(e["waived"] is None and e["severity"] == word for e in found)
        for word in ("error", "warning", "remark")
    }
    told = [f"{n} {word if n == 1 else word + 's'}" for word, n in counts.items() if n]
    aside = sum(each["waived"] is not None for each in found)
    summary = ", ".join(told) or "Nothing found"
    return [*lines, f"{summary}{f'; {aside} waived' if aside else ''}."]
