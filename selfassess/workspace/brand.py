"""A workspace's own look: which template, colours, logo and typeface; checked before they are used.

Nothing of it goes into assessment.json, so another machine renders that file in its own look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError, Problem, ReportError, nearest
from selfassess.workspace.folder import CONFIG, Workspace

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from selfassess.loading.source import Document
    from selfassess.report.brand import Brand

__all__ = ["looks", "read_brand", "template_of"]

_WORDS, _DRAWN = 4.5, 3.0
"""The least contrast of words to their ground, and of drawn things side by side (WCAG 2.2)."""


def template_of(
    workspace: Workspace, templates: Mapping[str, Traversable], asked: str | None = None
) -> str:
    """The id of the template to use: what was asked for, or what the workspace says.

    Raises:
        EvidenceError: ``selfassess.yaml`` names a template that is not installed.
        ReportError: the one asked for is not installed.
    """
    from selfassess.report.forms import check_template

    if asked is not None:
        check_template(asked, templates)
        return asked
    named = workspace.config.report.template
    if named not in templates:
        raise EvidenceError(
            problems=[
                Problem(
                    _document(workspace).place(("report", "template")),
                    f"the template '{named}' is not installed.",
                    nearest(named, templates) or f"Installed: {', '.join(sorted(templates))}.",
                )
            ]
        )
    return named


def looks(workspace: Workspace, templates: Mapping[str, Traversable]) -> Mapping[str, Traversable]:
    """Every template under the workspace's look; the same ones where it has none.

    Raises:
        EvidenceError: a colour, file or face that cannot be used; all of them at once.
    """
    brand = read_brand(workspace)
    if brand is None:
        return templates
    from selfassess.report.brand import branded

    return {key: branded(folder, brand) for key, folder in templates.items()}


def read_brand(workspace: Workspace) -> Brand | None:
    """The workspace's look; None where ``selfassess.yaml`` names none.

    Raises:
        EvidenceError: a colour, file or face that cannot be used; all of them at once.
    """
    settings = workspace.config.report
    chosen = {name: getattr(settings.colours, name) for name in ("accent", "pale")}
    colours = {name: colour for name, colour in chosen.items() if colour}
    if not (colours or settings.logo or settings.fonts):
        return None
    from selfassess.report.brand import Brand

    document = _document(workspace)
    problems: list[Problem] = []
    brand = Brand(colours=_colours(colours, document, problems))
    if settings.logo:
        kind, content = _logo(workspace, document, problems)
        alt = settings.logo_alt.strip() or workspace.config.council.name
        brand = replace(brand, logo=content, logo_kind=kind, logo_alt=f"{alt}"[:200])
    if settings.fonts is not None:
        faces = {
            name: path
            for name in ("regular", "bold", "italic", "bold_italic")
            if (path := str(getattr(settings.fonts, name)))
        }
        brand = replace(brand, faces=_faces(workspace, faces, document, problems))
    if problems:
        raise EvidenceError(problems=problems)
    return brand


def _document(workspace: Workspace) -> Document:
    from selfassess.loading.source import read

    return read(workspace.root / CONFIG, CONFIG)


def _colours(
    given: Mapping[str, str], document: Document, problems: list[Problem]
) -> dict[str, str]:
    from selfassess.report.colours import INK, WHITE, contrast, darkened, is_colour, paled

    found = {}
    for name, colour in given.items():
        place = document.place(("report", "colours", name))
        if is_colour(colour):
            found[name] = colour.lower()
        else:
            message = f"{colour[:40]!r} is no colour; expected six hexadecimal digits: #12436d."
            problems.append(
                Problem(place, message, 'In YAML a colour stands in quotes: "#12436d".')
            )
    if accent := found.get("accent"):
        ratio = contrast(accent, WHITE)
        if ratio < _WORDS:
            problems.append(
                Problem(
                    document.place(("report", "colours", "accent")),
                    f"{accent} on white has a contrast of {ratio:.2f} to 1; words need "
                    f"{_WORDS} to 1.",
                    f"The nearest darker shade that has it: {darkened(accent, WHITE, _WORDS)}.",
                )
            )
    if pale := found.get("pale"):
        place = document.place(("report", "colours", "pale"))
        if (ratio := contrast(INK, pale)) < _WORDS:
            message = (
                f"{pale} under the words ({INK}) has a contrast of {ratio:.2f} to 1; they need "
                f"{_WORDS} to 1."
            )
            problems.append(Problem(place, message, "Choose a lighter colour, or leave it out."))
        elif "accent" in found and (ratio := contrast(found["accent"], pale)) < _DRAWN:
            message = (
                f"{pale} beside {found['accent']} has a contrast of {ratio:.2f} to 1; drawn things "
                f"need {_DRAWN} to 1 to be told apart without colour."
            )
            problems.append(Problem(place, message, "Choose a lighter colour, or leave it out."))
    elif accent and not problems:
        found["pale"] = paled(accent)
    return found


def _logo(workspace: Workspace, document: Document, problems: list[Problem]) -> tuple[str, bytes]:
    from selfassess.report.logo import MOST_BYTES, clean_logo

    name = workspace.config.report.logo
    place = document.place(("report", "logo"))
    content = _content(workspace, name, place, MOST_BYTES, problems)
    if content is not None:
        try:
            return clean_logo(content, name)
        except ReportError as error:
            problems += _problems(error, place)
    return "", b""


def _faces(
    workspace: Workspace,
    faces: Mapping[str, str],
    document: Document,
    problems: list[Problem],
) -> dict[str, tuple[str, bytes]]:
    from selfassess.report.faces import MOST_BYTES, check_face

    found = {}
    for face, name in faces.items():
        place = document.place(("report", "fonts", face))
        content = _content(workspace, name, place, MOST_BYTES, problems)
        if content is None:
            continue
        try:
            check_face(content, name)
            found[face] = ("otf" if content.startswith(b"OTTO") else "ttf", content)
        except ReportError as error:
            problems += _problems(error, place)
    return found


def _problems(error: ReportError, place: str) -> list[Problem]:
    """What is wrong with a file, at the place that names it."""
    if error.problems:
        return list(error.problems)
    return [Problem(place, error.message, error.hint)]


def _content(
    workspace: Workspace, name: str, place: str, most: int, problems: list[Problem]
) -> bytes | None:
    """A file of the workspace; one that lies outside, links included, is not read."""
    root = workspace.root.resolve()
    plain = name.replace("\\", "/")
    path = (root / plain).resolve() if _relative(plain) else None
    if path is None or not path.is_relative_to(root):
        problems.append(
            Problem(
                place,
                f"'{name[:120]}' leads out of the workspace.",
                "Put the file into the workspace and name it relative to selfassess.yaml.",
            )
        )
        return None
    if not path.is_file():
        present = [each.relative_to(root).as_posix() for each in _beside(path)]
        problems.append(
            Problem(
                place,
                f"there is no file '{name[:120]}' in the workspace.",
                nearest(name, present) or "Put the file there, or correct the path.",
            )
        )
        return None
    try:
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        problems.append(Problem(place, f"'{name}' cannot be read: {error.strerror or error}.", ""))
        return None


def _relative(name: str) -> bool:
    return not name.startswith("/") and ":" not in name and "\x00" not in name


def _beside(path: Path) -> list[Path]:
    folder = path.parent
    return sorted(each for each in folder.iterdir() if each.is_file()) if folder.is_dir() else []
