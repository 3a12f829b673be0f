"""``region.yaml``: who takes part, and for whom the pack is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from selfassess.errors import EvidenceError, Problem
from selfassess.evidence.engines import faults
from selfassess.loading.parse import read_and_parse
from selfassess.loading.source import Document
from selfassess.model.common import STRICT
from selfassess.model.warehouse import WarehouseSettings

__all__ = ["CONFIG", "SCHEMA", "Member", "RegionFile", "read_region"]

CONFIG = "region.yaml"
SCHEMA = "selfassess/region@1"
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A council of the region, and the file or folder that it contributed.

    Attributes:
        name: what the pack calls it, whatever its contribution does.
        file: relative to the region's folder: a JSON file, or a council's folder. Left out where
            its rows lie in the region's warehouse.
        code: its code; in a warehouse, what the council column says.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    file: str = ""
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFile:
    """The content of ``region.yaml``.

    Attributes:
        councils: in the pack's order; without them every contribution in the folder, by name.
        measures: which to set side by side; all of them if left out.
        warehouse: tables that many councils share, with the column that says whose a row is.
        framework, edition: by which councils in the warehouse are assessed.
        as_at: the day they are measured at; each council's own lists say it if left out.
        packs: further packs with definitions, relative to the region's folder.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str = "The region"
    councils: tuple[Member, ...] = ()
    measures: tuple[str, ...] = ()
    audience: Literal["internal", "partner", "public"] = "partner"
    warehouse: WarehouseSettings | None = None
    framework: str = ""
    edition: str | None = None
    as_at: dt.date | None = None
    packs: tuple[str, ...] = ()


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
    problems += _misplaced(found, document)
    if problems:
        raise EvidenceError(problems=problems)
    return found, document


def _misplaced(found: RegionFile, document: Document) -> Iterable[Problem]:
    """Keys that a warehouse needs, and those that mean nothing without one."""
    settings = found.warehouse
    for index, each in enumerate(found.councils):
        if each.file:
            continue
        place = document.place(("councils", index, "name"))
        if settings is None:
            yield Problem(
                place, f"'{each.name}' has no file.", "Write file: with what it contributed."
            )
        elif not each.code:
            yield Problem(
                place,
                f"'{each.name}' has neither a file nor a code.",
                f"Write code: as the column '{settings.council_column}' says it.",
            )
    if settings is None:
        for key in ("framework", "edition", "as_at", "packs"):
            if getattr(found, key):
                yield Problem(
                    document.place((key,), key=True),
                    f"{key} has no meaning without a warehouse: councils contribute assessments.",
                    "Take it out, or name the warehouse.",
                )
        return
    if not found.framework:
        yield Problem(
            document.place(("warehouse",), key=True),
            "councils in a warehouse are assessed here, and nothing says by which framework.",
            "Write framework: ofsted-ilacs, for instance.",
        )
    wrong = list(faults(settings))
    if not settings.council_column:
        wrong.append(
            Problem(
                "engine",
                "nothing says whose a row is.",
                "Write council_column: with the name of the column that holds the council's code.",
            )
        )
    if settings.council:
        wrong.append(Problem("council", "is one council, and this is a region.", "Take it out."))
    for fault in wrong:
        where = document.place(("warehouse", fault.where), key=True)
        yield Problem(where, f"warehouse.{fault.where}: {fault.message}", fault.hint)
