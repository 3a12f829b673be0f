"""A snapshot is a folder that never changes: a run's outputs, and a seal with every file's hash.

The folder's name ends in the first digits of the seal's own hash, so that a changed seal is seen as
well. Evidence is kept as hashes alone: no child-level row enters a snapshot.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from selfassess.errors import EvidenceError, ReportError, UsageError, nearest
from selfassess.report.manifest import manifest_hash, manifest_json
from selfassess.report.output import load_assessment
from selfassess.workspace import CONFIG, SELF_EVALUATION, load_workspace
from selfassess.workspace.plan import PLAN_NAMES, has_plan, open_plan
from selfassess.writing.files import write_folder

__all__ = ["FOLDER", "Snapshot", "create_snapshot", "list_snapshots", "read_snapshot"]

FOLDER = "snapshots"
SEAL, MANIFEST, ASSESSMENT = "seal.json", "manifest.json", "assessment.json"
_SCHEMA = "selfassess/seal@1"
_DIGITS = 12
_LISTS = ("ledger.csv", "quality.csv")
_FORMATS = {
    "report.pdf": "pdf",
    "report.html": "html",
    "report.docx": "docx",
    "report.md": "md",
    "evidence.xlsx": "xlsx",
    "overview.pdf": "overview",
    "enquiry.pdf": "enquiry",
}
"""Files that are made from the assessment and carry its manifest's hash, by their format."""
_BOARD = "board-pack.*"
"""The board pack is made from the plan, on a day of its own."""
_OUTPUTS = (*_LISTS, *_FORMATS, _BOARD)
"""Outputs that a snapshot takes. Drill-downs and samples name children and are none of them."""
_SOURCES = (CONFIG, SELF_EVALUATION)
"""Files of the workspace that people wrote and that hold no child-level rows."""
PLAN = "plan.yaml"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot on disk.

    Attributes:
        seal: the SHA-256 of its seal; what is signed.
        files: each file's path in the snapshot, size in bytes and SHA-256.
        intact: whether the seal's own hash is the one that the folder is named after.
    """

    folder: Path
    council: str
    as_at: str
    audience: str
    framework: str
    manifest: str
    seal: str
    files: Mapping[str, tuple[int, str]]
    intact: bool

    @property
    def id(self) -> str:
        """The name by which commands know it."""
        return self.folder.name


def create_snapshot(root: Path, out: Path) -> tuple[Snapshot, bool]:
    """Seal the outputs of the last run.

    Args:
        root: the workspace.
        out: the folder of the outputs: ``out/``, or that of an audience.

    Returns:
        The snapshot, and whether it is new; the same outputs give the same snapshot.

    Raises:
        ReportError: there is no assessment.json, or a file cannot be written.
        EvidenceError: evidence, or the plan, is not what the outputs were made from.
        PlanError: the plan cannot be read.
    """
    _, assessment = load_assessment(out / ASSESSMENT)
    plan = _plan(root, assessment)
    _unchanged(root, assessment)
    manifest = manifest_hash(assessment)
    contents = {MANIFEST: manifest_json(assessment)}
    for path in _taken(out):
        contents[path.name] = path.read_bytes()
    if not assessment.get("disclosure"):  # a copy for others prints no hash of what it comes from
        _made_from(contents, manifest, root)
    if assessment.get("audience") == "internal":
        for name in _SOURCES:
            if (root / name).is_file():
                contents[f"workspace/{name}"] = (root / name).read_bytes()
        if plan is not None:
            contents[f"workspace/{PLAN}"] = plan
    seal = _seal(assessment, manifest, contents)
    digest = _hash(seal)
    name = f"{assessment.get('as_at')}-{assessment.get('audience')}-{digest[:_DIGITS]}"
    folder = root / FOLDER / name
    if folder.is_dir():
        return read_snapshot(folder), False
    write_folder(folder, {**contents, SEAL: seal})
    return read_snapshot(folder), True


def list_snapshots(root: Path) -> tuple[Snapshot, ...]:
    """The snapshots of a workspace, the oldest as-at date first."""
    folders = sorted((root / FOLDER).glob("*/seal.json"))
    return tuple(
        read_snapshot(path.parent) for path in folders if not path.parent.name.startswith(".")
    )


def read_snapshot(folder: Path) -> Snapshot:
    """What a snapshot's seal says; its files are not looked at.

    Raises:
        UsageError: there is no such snapshot.
        ReportError: its seal cannot be read.
    """
    path = folder / SEAL
    if not path.is_file():
        known = [each.parent.name for each in folder.parent.glob("*/seal.json")]
        raise UsageError(
            f"{folder.name}: no such snapshot.",
            hint=nearest(folder.name, known) or "`selfassess snapshot list` shows all.",
        )
    content = path.read_bytes()
    try:
        found = json.loads(content.decode("utf-8"))
        files = {str(f["path"]): (int(f["bytes"]), str(f["sha256"])) for f in found["files"]}
        head = {key: str(found[key]) for key in ("council", "as_at", "audience", "framework")}
        manifest, schema = str(found["manifest_sha256"]), found["schema"]
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(
            f"{folder.name}/{SEAL}: cannot be read, so the snapshot is not whole.",
            hint="Restore the folder from a backup; a seal is never edited.",
        ) from error
    if schema != _SCHEMA:
        raise ReportError(f"{folder.name}/{SEAL}: is '{schema}', expected '{_SCHEMA}'.")
    digest = _hash(content)
    return Snapshot(
        folder=folder,
        manifest=manifest,
        seal=digest,
        files=files,
        intact=folder.name.endswith(f"-{digest[:_DIGITS]}"),
        council=head["council"],
        as_at=head["as_at"],
        audience=head["audience"],
        framework=head["framework"],
    )


def _taken(out: Path) -> Iterator[Path]:
    for path in sorted(out.iterdir()):
        if path.is_file() and any(fnmatch(path.name, p) for p in (ASSESSMENT, *_OUTPUTS)):
            yield path


def _unchanged(root: Path, assessment: Mapping[str, Any]) -> None:
    """Refuse where a file of evidence is another one than the run read."""
    changed = []
    for item in assessment.get("inputs") or ():
        if item["path"] in PLAN_NAMES:  # `_plan` looks at it
            continue
        path = root / str(item["path"])
        # What a warehouse holds was not read from a file, and its rows are not hashed.
        if item.get("through") or not (item["sha256"] or path.is_file()):
            continue
        if not path.is_file() or _hash(path.read_bytes()) != item["sha256"]:
            changed.append(str(item["path"]))
    if changed:
        raise _changed(", ".join(changed))


def _changed(what: str) -> EvidenceError:
    return EvidenceError(
        f"{what} changed since the outputs were made from it.",
        hint="Run `selfassess run` again, look at the report, then make the snapshot.",
    )


def _plan(root: Path, assessment: Mapping[str, Any]) -> bytes | None:
    """The plan's whole history as YAML, as `plan export` writes it; None where none was assessed.

    The store's own file would not do: it may be shared, and is rarely the same byte for byte.

    Raises:
        EvidenceError: what the assessment took from it is no longer what it holds.
        PlanError: it cannot be read.
    """
    named = [item for item in assessment.get("inputs") or () if item["path"] in PLAN_NAMES]
    if not named:
        return None
    from selfassess.plan.events import content_hash
    from selfassess.plan.yaml_io import to_yaml

    workspace = load_workspace(root)
    events = open_plan(workspace).events() if has_plan(workspace) else ()
    as_at = dt.date.fromisoformat(str(assessment["as_at"]))
    if content_hash(events, as_at) != named[0]["sha256"]:
        raise _changed(f"The improvement plan ({named[0]['path']})")
    return to_yaml(events).encode("utf-8")


def _made_from(contents: Mapping[str, bytes], manifest: str, root: Path) -> None:
    """Refuse a report that was made from another assessment: it carries another hash."""
    made = [name for name in contents if name in _FORMATS]
    stale = [name for name in made if not _holds(contents[name], manifest)]
    if not stale:
        return
    formats = ",".join(_FORMATS[name] for name in made)
    raise ReportError(
        f"{', '.join(stale)}: not made from this assessment.json, but by an earlier run.",
        hint=f"Make every format anew: selfassess run {root} --format {formats}\n"
        f"Or remove what is old from the folder of outputs: {', '.join(stale)}",
    )


def _holds(content: bytes, manifest: str) -> bool:
    """Whether a file carries a manifest's hash; Word and Excel files are folders, compressed."""
    digest = manifest.encode("ascii")
    stream = io.BytesIO(content)
    if not zipfile.is_zipfile(stream):
        return digest in content
    with zipfile.ZipFile(stream) as packed:
        return any(digest in packed.read(name) for name in packed.namelist())


def _seal(assessment: Mapping[str, Any], manifest: str, contents: Mapping[str, bytes]) -> bytes:
    framework = assessment.get("framework") or {}
    found = {
        "schema": _SCHEMA,
        "council": (assessment.get("council") or {}).get("name"),
        "as_at": assessment.get("as_at"),
        "audience": assessment.get("audience"),
        "framework": f"{framework.get('id')}@{framework.get('edition')}",
        "manifest_sha256": manifest,
        "files": [
            {"path": path, "bytes": len(content), "sha256": _hash(content)}
            for path, content in sorted(contents.items())
        ],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
