"""Moves a workspace to another edition of its framework, and back.

Three files name the edition or its nodes: ``self-evaluation.yaml``, ``evidence/register.yaml`` and
``selfassess.yaml``. They are changed together: the files as they were are kept first, in a folder
below ``history/``, and each new one is put in place whole.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError
from selfassess.loading.carry import plan_step
from selfassess.loading.carry_plan import StepPlan
from selfassess.loading.chain import chain, declared_between
from selfassess.loading.compare import diff_along
from selfassess.loading.upgrade_text import take_along
from selfassess.loading.yaml_text import Edit, Piece, apply, line_end, tree
from selfassess.loading.yaml_write import name
from selfassess.workspace.files import read_register, read_self_evaluation
from selfassess.workspace.folder import CONFIG, Workspace
from selfassess.workspace.names import names_elsewhere
from selfassess.workspace.rewriting import Rewritten

if TYPE_CHECKING:
    from selfassess.loading.library import Library
    from selfassess.model.framework import Framework

__all__ = ["Upgrade", "edition_of", "plan_upgrade"]

_BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Upgrade:
    """A workspace's way to another edition, worked out and not yet written.

    Attributes:
        editions: every edition on the way, the first and the last included.
        steps: what becomes of the self-evaluation, an item a step.
        files: files whose bytes change.
        notes: what else a person should look at, with lines of the files as they are now.
    """

    editions: tuple[Framework, ...]
    steps: list[StepPlan] = field(default_factory=list)
    files: list[Rewritten] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def difference(self) -> list[str]:
        """The change of each file, line by line."""
        lines: list[str] = []
        for file in self.files:
            before, after = (_text(content)[1].splitlines() for content in (file.old, file.new))
            lines += difflib.unified_diff(before, after, file.name, file.name, lineterm="")
        return lines

    def notes_after(self) -> list[str]:
        """The notes, with lines of the files as they will be."""
        return [self._after(note) for note in self.notes]

    def _after(self, note: str) -> str:
        for file in self.files:
            found = re.match(rf"{re.escape(file.name)}:(\d+)(?=:)", note)
            if found is None:
                continue
            before, after = (_text(content)[1].splitlines() for content in (file.old, file.new))
            line = int(found[1]) - 1
            matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
            for _, start, end, there, until in matcher.get_opcodes():
                if start <= line < end:
                    # A line that changes goes on as the one that stands in its place.
                    line = max(there, min(there + line - start, until - 1))
                    return f"{file.name}:{line + 1}{note[found.end() :]}"
        return note


def plan_upgrade(workspace: Workspace, library: Library, target: str) -> Upgrade:
    """Work out how a workspace gets to an edition; nothing is written.

    Args:
        workspace: the workspace.
        library: what is installed, the workspace's own packs included.
        target: the edition, or a whole reference.

    Raises:
        EvidenceError: a file of the workspace has faults under its own edition; all at once.
        FrameworkError: no such edition is installed.
        UsageError: the way leads to another family, another kind of framework or backwards.
    """
    family = workspace.config.framework.partition("@")[0]
    new = library.framework(target) if "@" in target else library.framework(family, target)
    start = _written_for(workspace, library)
    editions = chain(library, start, new)
    upgrade = Upgrade(editions)
    read_self_evaluation(workspace, start, library)
    if len(editions) > 1:
        read_register(workspace, start, library)
    _self_evaluation(workspace, library, upgrade)
    _register(workspace, upgrade)
    _config(workspace, new, upgrade)
    upgrade.notes += _lost(workspace, library, editions)
    return upgrade


def _lost(workspace: Workspace, library: Library, editions: tuple[Framework, ...]) -> Iterator[str]:
    """What the settings name that the new edition does not have, and what took its place."""
    lost = names_elsewhere(workspace, editions[-1:])
    if not lost:
        return
    declared = declared_between(library, editions)
    changes = diff_along(editions[0], editions[-1], declared)
    into = {each.id: each.into for each in changes if each.subject == "node" and each.into}
    for gone, problem in lost:
        hint = problem.hint
        if gone in into:
            hint = f"It goes on as {' and '.join(repr(each) for each in into[gone])}."
        yield str(replace(problem, hint=hint))


def _written_for(workspace: Workspace, library: Library) -> Framework:
    """The edition that the self-evaluation was written for, or else the workspace's."""
    from selfassess.loading.source import read

    config = workspace.config
    path = workspace.self_evaluation
    if path.is_file():
        document = read(path, path.name)
        if document.problems:
            raise EvidenceError(problems=document.problems)
        named = document.data.get("framework") if isinstance(document.data, dict) else None
        if isinstance(named, str) and "@" in named:
            return library.framework(named)
    return library.framework(config.framework, config.edition)


def edition_of(workspace: Workspace) -> str:
    """The edition that the workspace's self-evaluation, or else its settings, name.

    Raises:
        EvidenceError: neither names one.
    """
    from selfassess.loading.source import read

    path = workspace.self_evaluation
    data = read(path, path.name).data if path.is_file() else None
    named = str(data.get("framework", "")) if isinstance(data, dict) else ""
    edition = named.partition("@")[2] or workspace.config.edition
    if not edition:
        raise EvidenceError(f"{CONFIG}: the workspace names no edition.", hint="Add 'edition: …'.")
    return edition


def _self_evaluation(workspace: Workspace, library: Library, upgrade: Upgrade) -> None:
    path = workspace.self_evaluation
    if not path.is_file():
        upgrade.steps = [
            plan_step({}, old, new, declared_between(library, (old, new)))
            for old, new in pairwise(upgrade.editions)
        ]
        return
    content = path.read_bytes()
    mark, text = _text(content)
    changed, upgrade.steps = take_along(text, library, upgrade.editions, path.name)
    _note(upgrade, Rewritten(path.name, content, mark + changed.encode("utf-8")))


def _register(workspace: Workspace, upgrade: Upgrade) -> None:
    """Let entries name nodes as the new edition does; one that names a node that is gone stays."""
    from selfassess.loading.carry_text import pointer_edits

    path = workspace.register
    if not path.is_file() or not upgrade.steps:
        return
    content = path.read_bytes()
    mark, text = _text(content)
    shown = path.relative_to(workspace.root).as_posix()
    for step in upgrade.steps:
        edits: list[Edit] = []
        entries = tree(text).get("entries")
        for entry in entries.items if entries is not None else ():
            edits += pointer_edits(text, entry, step)
            for key in ("judgement", "criterion"):
                named = entry.get(key)
                if named is not None and step.pointers.get(named.value, "") is None:
                    line = text.count("\n", 0, named.start) + 1
                    upgrade.notes.append(
                        f"{shown}:{line}: the entry named '{named.value}', which {step.new} does "
                        "not have. Its topic still says where it belongs."
                    )
        text = apply(text, edits)
    _note(upgrade, Rewritten(shown, content, mark + text.encode("utf-8")))


def _config(workspace: Workspace, new: Framework, upgrade: Upgrade) -> None:
    """Let ``selfassess.yaml`` name the edition."""
    content = (workspace.root / CONFIG).read_bytes()
    mark, text = _text(content)
    for step in upgrade.editions[1:] or (new,):
        text = _configured(text, step)
    _note(upgrade, Rewritten(CONFIG, content, mark + text.encode("utf-8")))


def _configured(text: str, new: Framework) -> str:
    root = tree(text)
    framework, edition = root.pair("framework"), root.pair("edition")
    edits: list[Edit] = []
    if framework is not None and "@" in framework[1].value:
        edits.append(_named(text, framework[1], new.reference))
    if edition is not None:
        edits.append(_named(text, edition[1], new.edition))
    elif framework is not None and "@" not in framework[1].value:
        edits.append(_inserted(text, root, framework, new.edition))
    return apply(text, edits)


def _named(text: str, piece: Piece, new: str) -> Edit:
    if piece.value == new:
        return piece.start, piece.start, ""
    space = "" if piece.end > piece.start or text[piece.start - 1] in " \t" else " "
    return piece.start, piece.end, space + name(new, piece.style)


def _inserted(text: str, root: Piece, after: tuple[Piece, Piece], edition: str) -> Edit:
    if root.flow:
        return after[1].end, after[1].end, f", edition: {name(edition)}"
    eol = "\r\n" if "\r\n" in text else "\n"
    at = line_end(text, after[1].end)
    start = "" if text[at - 1] == "\n" else eol
    return at, at, f"{start}{' ' * root.column}edition: {name(edition)}{eol}"


def _note(upgrade: Upgrade, file: Rewritten) -> None:
    if file.new != file.old:
        upgrade.files.append(file)


def _text(content: bytes) -> tuple[bytes, str]:
    mark = _BOM if content.startswith(_BOM) else b""
    return mark, content[len(mark) :].decode("utf-8")
