"""What people wrote in a workspace, checked: claims, register, local standards."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from selfassess.errors import EvidenceError, Problem, nearest
from selfassess.loading.parse import read_and_parse
from selfassess.loading.source import Document, KeyPath, read
from selfassess.model.workspace import RegisterFile, SelfEvaluation
from selfassess.workspace.folder import CONFIG, Workspace, kept

if TYPE_CHECKING:
    from selfassess.loading.library import Library
    from selfassess.model.evidence import Claim, RegisterEntry
    from selfassess.model.framework import Framework
    from selfassess.model.measure import Setting
    from selfassess.model.overlay import Overlay

T = TypeVar("T")

__all__ = ["read_overlays", "read_register", "read_self_evaluation", "read_settings"]


def read_self_evaluation(
    workspace: Workspace, framework: Framework, library: Library
) -> SelfEvaluation:
    """Leaders' claims and plan; empty where there is no ``self-evaluation.yaml``.

    Raises:
        EvidenceError: the file has faults, or names a node, grade, question or measure that the
            framework or the library does not have; all of them at once.
    """
    path = workspace.self_evaluation
    if not path.is_file():
        return SelfEvaluation(framework=framework.reference)
    return _kept_or_anew(workspace, lambda cache: _self_evaluation(path, framework, library, cache))


def _self_evaluation(
    path: Path, framework: Framework, library: Library, cache: Path | None
) -> SelfEvaluation:
    document, parsed = read_and_parse(
        path,
        SelfEvaluation,
        schema="selfassess/self-evaluation@1",
        name=path.name,
        cache=kept(cache, path.name),
    )
    if parsed.value is None:
        raise EvidenceError(problems=parsed.problems)
    found = parsed.value
    problems = []
    if found.framework != framework.reference:
        problems.append(
            Problem(
                document.place(("framework",)),
                f"written for {found.framework}; this workspace assesses against "
                f"{framework.reference}.",
                f"Run: selfassess frameworks upgrade --to {framework.edition}",
            )
        )
    for node_id, claim in found.judgements.items():
        problems += _claim_problems(document, framework, node_id, claim)
    for node_id in found.cases:
        place = document.place(("cases", node_id), key=True)
        nodes = [node.id for node in framework.walk()]
        problems += _unknown(place, f"part of {framework.reference}", [node_id], nodes)
    for index, action in enumerate(found.plan):
        place = document.place(("plan", index, "success_measures"))
        problems += _unknown(place, "measure", action.success_measures, library.measures)
    if found.xray_waivers:
        from selfassess.workspace.names import waiver_problems

        problems += waiver_problems(found.xray_waivers, document, library)
    if problems:
        raise EvidenceError(problems=problems)
    return found


def _kept_or_anew(workspace: Workspace, read: Callable[[Path | None], T]) -> T:
    """Read by the workspace's cache; a file with a fault anew, for only then it has its places."""
    if workspace.cache is not None:
        with contextlib.suppress(EvidenceError):
            return read(workspace.cache)
    return read(None)


def _claim_problems(
    document: Document, framework: Framework, node_id: str, claim: Claim
) -> list[Problem]:
    nodes = {node.id: node for node in framework.walk()}
    at = ("judgements", node_id)
    node = nodes.get(node_id)
    if node is None:
        message = f"'{node_id}' is no part of {framework.reference}."
        return [Problem(document.place(at, key=True), message, nearest(node_id, nodes, few=True))]
    problems = []
    scale = framework.scale(node.scale)
    if claim.grade and not scale:
        message = f"'{node_id}' is not graded in {framework.reference}."
        problems.append(Problem(document.place((*at, "grade")), message, "Leave grade out."))
    elif claim.grade and scale:
        grades = [level.id for level in scale.levels]
        problems += _unknown(
            document.place((*at, "grade")), "grade of its scale", [claim.grade], grades
        )
    questions = [question.id for question in framework.questions]
    place = document.place((*at, "answers"))
    return problems + _unknown(place, "question of the framework", claim.answers, questions)


def read_register(
    workspace: Workspace,
    framework: Framework,
    library: Library,
    others: Iterable[Framework] = (),
) -> tuple[RegisterEntry, ...]:
    """The evidence register; empty where there is no ``evidence/register.yaml``.

    Args:
        workspace: whose register.
        framework: the one that entries speak of.
        library: what is installed.
        others: frameworks whose nodes entries may name besides; so may they those of every
            framework that a crosswalk links to `framework`.

    Raises:
        EvidenceError: faults in the file, an id twice, an unknown topic, dimension or node; all of
            them at once.
    """
    path = workspace.register
    if not path.is_file():
        return ()
    name = path.relative_to(workspace.root).as_posix()
    linked = [each for each in library.frameworks.values() if library.crosswalk(framework, each)]
    nodes = [node.id for each in (framework, *others, *linked) for node in each.walk()]
    part = f"part of {framework.reference}"
    return _kept_or_anew(
        workspace, lambda cache: _register(path, name, nodes, part, library, cache)
    )


def _register(
    path: Path,
    name: str,
    nodes: Sequence[str],
    part: str,
    library: Library,
    cache: Path | None,
) -> tuple[RegisterEntry, ...]:
    document, parsed = read_and_parse(
        path,
        RegisterFile,
        schema="selfassess/register@1",
        name=name,
        cache=kept(cache, path.name),
    )
    if parsed.value is None:
        raise EvidenceError(problems=parsed.problems)
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, entry in enumerate(parsed.value.entries):

        def place(key: str, index: int = index) -> str:
            return document.place(("entries", index, key))

        if entry.id in seen:
            message = f"id '{entry.id}' is used twice."
            problems.append(Problem(place("id"), message, "Give each entry an id of its own."))
        seen.add(entry.id)
        problems += _unknown(place("topic"), "topic", [entry.topic], library.topics)
        for key, node in (("criterion", entry.criterion), ("judgement", entry.judgement)):
            problems += _unknown(place(key), part, [node] if node else [], nodes)
        problems += _unknown(place("where"), "dimension", entry.where, library.dimensions)
    if problems:
        raise EvidenceError(problems=problems)
    return parsed.value.entries


def read_settings(workspace: Workspace, library: Library) -> Mapping[str, Setting]:
    """Local standards: the packs', with the workspace's own in place of them.

    Raises:
        EvidenceError: the workspace's settings name what nothing brings, as `check_names` says.
    """
    from selfassess.workspace.names import check_names

    check_names(workspace, library)
    settings = dict(library.settings)
    for change in workspace.config.settings:
        general = settings[change.id]
        settings[change.id] = dataclasses.replace(
            general, values=change.values, keys=general.known_keys(), basis="local"
        )
    return settings


def read_overlays(workspace: Workspace, library: Library) -> tuple[Overlay, ...]:
    """Local changes to frameworks: those that packs bring, then the workspace's own.

    Raises:
        EvidenceError: an overlay of the workspace changes what does not exist; all faults at once.
    """
    from selfassess.loading.checks.overlay import check_overlay

    own = workspace.config.overlays
    if own:
        document = read(workspace.root / CONFIG, CONFIG)
        frameworks = tuple(library.frameworks.values())
        problems: list[Problem] = []
        for index, overlay in enumerate(own):

            def place(path: KeyPath, index: int = index) -> str:
                return document.place(("overlays", index, *path))

            problems += check_overlay(overlay, frameworks, library.names(), place)
        if problems:
            raise EvidenceError(problems=problems)
    return (*library.overlays, *own)


def _unknown(place: str, kind: str, used: Iterable[str], known: Iterable[str]) -> list[Problem]:
    valid = list(known)
    return [
        Problem(place, f"'{name}' is no {kind}.", nearest(name, valid, few=True))
        for name in used
        if name not in valid
    ]
