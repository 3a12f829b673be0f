"""``region.yaml``: who takes part, and for whom the pack is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from selfassess.errors import EvidenceError, Problem
from selfassess.loading.parse import read_and_parse
from selfassess.loading.source import Document
from selfassess.model.common import STRICT

__all__ = ["AUDIENCES", "CONFIG", "SCHEMA", "Member", "RegionFile", "read_region"]

CONFIG = "region.yaml"
SCHEMA = "selfassess/region@1"
AUDIENCES = ("internal", "partner", "public")
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A council of the region, and the file or folder that it contributed.

    Attributes:
        name: what the pack calls it, whatever its contribution does.
        file: relative to the region's folder: a JSON file, or a council's folder.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    file: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFile:
    """The content of ``region.yaml``.

    Attributes:
        councils: in the pack's order; without them every contribution in the folder, by name.
        measures: which to set side by side; all of them if left out.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str = "The region"
    councils: tuple[Member, ...] = ()
    measures: tuple[str, ...] = ()
    audience: Literal["internal", "partner", "public"] = "partner"


def read_region(folder: Path) -> tuple[RegionFile, Document | None]:
    """The region's settings and where they stand; the defaults where there is no file.

    Raises:
        EvidenceError: the file has faults; all of them at once.
    """
    path = folder / CONFIG
    if not path.is_file():
        return RegionFile(), None
    document, parsed = read_and_parse(path, RegionFile, schema=SCHEMA)
    if parsed.value is None:
        raise EvidenceError(problems=parsed.problems)
    found = parsed.value
    problems = [
        Problem(
            document.place(path_),
            f"a name of {len(name)} characters." if name.strip() else "an empty name.",
            f"Write a name of 1 to {_LONGEST} characters.",
        )
        for path_, name in (
            (("name",), found.name),
            *(
                (("councils", index, "name"), each.name)
                for index, each in enumerate(found.councils)
            ),
        )
        if not name.strip() or len(name) > _LONGEST
    ]
    if problems:
        raise EvidenceError(problems=problems)
    return found, document
