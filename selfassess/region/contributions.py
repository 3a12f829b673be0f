"""Finds a region's contributions and checks each: an assessment, whole, of this version, once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selfassess.errors import EvidenceError, Problem, nearest
from selfassess.loading.source import Document
from selfassess.region.settings import CONFIG, Member, RegionFile, read_region
from selfassess.region.shape import faults

__all__ = ["Contribution", "left_out", "read_contributions"]

_MOST_BYTES = 200_000_000
_TOLD = 12


@dataclass(frozen=True, slots=True)
class Contribution:
    """A council's assessment as it came.

    Attributes:
        council: what the pack calls it.
        file: its path relative to the region's folder.
        home: the council's folder where it came as one, which holds what was given out before.
    """

    council: str
    code: str | None
    file: str
    data: Mapping[str, Any]
    text: str = field(repr=False, compare=False)
    home: Path | None = None

    @property
    def audience(self) -> str:
        """``internal``, or the audience whose copy it is."""
        return str(self.data["audience"])

    @property
    def as_at(self) -> str:
        """The day it speaks of."""
        return str(self.data["as_at"])

    @property
    def edition(self) -> str:
        """The framework and its edition, as a reference."""
        return f"{self.data['framework']['id']}@{self.data['framework']['edition']}"

    def place(self, key: str) -> str:
        """``file:line:column`` of a key of the file, or of its beginning."""
        return _place(self.file, self.text, key)


def read_contributions(folder: Path) -> tuple[RegionFile, tuple[Contribution, ...]]:
    """A region's settings and contributions; not those of councils in its warehouse.

    Args:
        folder: the region's.

    Raises:
        EvidenceError: a file has faults, is no assessment, or a council is there twice on one day;
            all of them at once.
    """
    if not folder.is_dir():
        raise EvidenceError(
            f"{folder}: there is no such folder.",
            hint="Put the councils' assessment.json files into a folder and name that.",
        )
    settings, document = read_region(folder)
    problems: list[Problem] = []
    found = []
    for member, place in _members(folder, settings, document, problems):
        read = _read(folder, member, place, problems)
        if read is not None:
            found.append(read)
    problems += _twice(found)
    if document is not None and not problems and settings.warehouse is None:
        problems += _unknown(settings, document, found)
    if problems:
        raise EvidenceError(problems=problems)
    if len(found) < 2 and settings.warehouse is None:
        raise EvidenceError(
            f"{folder}: {len(found) or 'no'} contribution{'' if len(found) == 1 else 's'} found; "
            "side by side there have to be two or more.",
            hint="Put each council's assessment.json here under a name of its own, such as "
            "north.json, or its folder with out/assessment.json.",
        )
    if document is None or not settings.councils:
        found.sort(key=lambda each: (each.council.casefold(), each.as_at, each.file))
    return settings, tuple(found)


def _members(
    folder: Path, settings: RegionFile, document: Document | None, problems: list[Problem]
) -> Iterable[tuple[Member | Path, str]]:
    if settings.councils and document is not None:
        root = folder.resolve()
        for index, member in enumerate(settings.councils):
            if not member.file:
                continue  # its rows lie in the warehouse
            place = document.place(("councils", index, "file"))
            plain = member.file.replace("\\", "/")
            path = (folder / plain).resolve() if "\x00" not in plain else root
            if not path.is_relative_to(root) or path == root:
                problems.append(
                    Problem(
                        place,
                        f"'{member.file[:120]}' is no file within the region's folder.",
                        f"Put it there and name it relative to {CONFIG}.",
                    )
                )
            elif not path.exists():
                names = [each.name for each in _candidates(folder)]
                problems.append(
                    Problem(
                        place,
                        f"there is no '{member.file[:120]}' in the region's folder.",
                        nearest(member.file, names) or "Put the council's contribution there.",
                    )
                )
            else:
                yield member, place
        return
    for path in _candidates(folder):
        yield path, path.name


def _candidates(folder: Path) -> list[Path]:
    """Contributions by their place: JSON files, and folders of councils."""
    return sorted(
        path
        for path in folder.iterdir()
        if (path.is_file() and path.suffix.lower() == ".json")
        or (path.is_dir() and ((path / "selfassess.yaml").is_file() or _made(path).is_file()))
    )


def left_out(folder: Path, settings: RegionFile) -> list[str]:
    """Contributions that lie in the folder and that ``region.yaml``, which names some, does not."""
    if not settings.councils:
        return []
    named = {
        (folder / each.file.replace("\\", "/")).resolve() for each in settings.councils if each.file
    }
    named |= {path.parents[1] for path in named if path == _made(path.parents[1])}
    return [path.name for path in _candidates(folder) if path.resolve() not in named]


def _made(home: Path) -> Path:
    return home / "out" / "assessment.json"


def _read(
    folder: Path, member: Member | Path, place: str, problems: list[Problem]
) -> Contribution | None:
    path = folder / member.file.replace("\\", "/") if isinstance(member, Member) else member
    home = path if path.is_dir() else None
    if home is not None:
        path = _made(home)
        if not path.is_file():
            name = home.relative_to(folder).as_posix()
            problems.append(
                Problem(
                    place,
                    f"the council's folder {name} has no out/assessment.json.",
                    "Run: selfassess run there first.",
                )
            )
            return None
    name = path.relative_to(folder).as_posix()
    text = _text(path, name, problems)
    data = None if text is None else _parsed(text, name, problems)
    if text is None or data is None:
        return None
    wrong = [
        Problem(_place(name, text, key), found, hint) for key, found, hint in faults(data)[:_TOLD]
    ]
    problems += wrong
    if wrong:
        return None
    own = data["council"]
    code = str(own["code"]) if own.get("code") else None
    if isinstance(member, Member):
        if member.code and code and member.code != code:
            problems.append(
                Problem(
                    place,
                    f"{name} is of the council with the code {code}, not {member.code}.",
                    f"Correct the code or the file in {CONFIG}.",
                )
            )
        return Contribution(member.name.strip(), member.code or code, name, data, text, home)
    return Contribution(str(own["name"]).strip(), code, name, data, text, home)


def _text(path: Path, name: str, problems: list[Problem]) -> str | None:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            problems.append(Problem(name, "the file is larger than any assessment.", ""))
            return None
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        hint = "Ask the council for the assessment.json as `selfassess run` wrote it."
        problems.append(Problem(f"{name}:{line}:{column}", "the file is not UTF-8 text.", hint))
    except OSError as error:
        problems.append(Problem(name, f"cannot be read: {error.strerror or error}.", ""))
    return None


def _parsed(text: str, name: str, problems: list[Problem]) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place, why = f"{name}:{error.lineno}:{error.colno}", f"is no JSON: {error.msg}."
    except (ValueError, RecursionError):
        place, why = f"{name}:1:1", "holds what no assessment holds (NaN, or endless nesting)."
    hint = "Ask the council for the assessment.json as `selfassess run` wrote it."
    problems.append(Problem(place, why, hint))
    return None


def _unknown(
    settings: RegionFile, document: Document, found: Sequence[Contribution]
) -> Iterable[Problem]:
    known = {str(item["measure"]) for each in found for item in each.data["readings"]}
    for index, name in enumerate(settings.measures):
        if name not in known:
            yield Problem(
                document.place(("measures", index)),
                f"no contribution holds the measure '{name[:120]}'.",
                nearest(name, known) or "Correct its name, or take it out.",
            )


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _twice(found: Iterable[Contribution]) -> Iterable[Problem]:
    """A council must not be set beside itself, whatever it is called."""
    seen: dict[tuple[str, str, str], Contribution] = {}
    for each in found:
        names = {("name", each.council.casefold()), ("text", each.text)}
        if each.code:
            names.add(("code", each.code))
        for kind, name in sorted(names):
            first = seen.setdefault((kind, name, each.as_at), each)
            if first is not each:
                yield Problem(
                    each.place("council"),
                    f"the council of {first.file} is here a second time, as at {each.as_at}.",
                    f"Keep one of the two, or say in {CONFIG} whose each file is.",
                )
                break


def _place(name: str, text: str, key: str) -> str:
    found = re.search(rf'"{re.escape(key)}"\s*:', text) if key else None
    start = found.start() if found else 0
    line = text.count("\n", 0, start) + 1
    return f"{name}:{line}:{start - (text.rfind(chr(10), 0, start) + 1) + 1}"
