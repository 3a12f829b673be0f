"""The files that a council keeps: ``selfassess.yaml`` and ``self-evaluation.yaml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT
from selfassess.model.evidence import Claim, PlannedAction, RegisterEntry
from selfassess.model.framework import MeasureBand
from selfassess.model.measure import SettingValue
from selfassess.model.overlay import Overlay
from selfassess.model.plan import PlanSettings
from selfassess.model.totals import Cases
from selfassess.model.warehouse import WarehouseSettings
from selfassess.model.xray import XrayWaiver

__all__ = [
    "ArchivedClaim",
    "Colours",
    "Council",
    "Fonts",
    "RegisterFile",
    "ReportSettings",
    "RequestEntry",
    "SelfEvaluation",
    "SettingChange",
    "SourceEntry",
    "WaiverEntry",
    "WorkspaceFile",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """Whose practice is assessed; without a known code nothing published is its own."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A file of evidence, relative to the workspace, and the day on which it was drawn."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    path: str
    extract_date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChange:
    """A local standard in place of a pack's, with who decided it and why."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    values: tuple[SettingValue, ...]
    who: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEntry:
    """Who brings something that inspectors ask for, and where it lies.

    Attributes:
        id: of the framework's evidence request.
        path: of the file, relative to the workspace; or where else it is kept, in words.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    owner: str = ""
    path: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverEntry:
    """A ceiling rule set aside until a date by a named person; both ceilings are printed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    rule: str
    who: str
    why: str
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """Colours of reports as ``#rrggbb``; meaning never rests on them.

    Attributes:
        accent: of rules, links and drawings; words are written in it on white.
        pale: of what is drawn light; worked out from `accent` where it is left out.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    accent: str = ""
    pale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """The faces of a typeface, as TTF or OTF files in the workspace."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    regular: str
    bold: str
    italic: str = ""
    bold_italic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """How reports look.

    Attributes:
        template: the id of a report template.
        logo: an SVG, PNG or JPEG file in the workspace.
        logo_alt: what is said in its place; the council's name where it is left out.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    template: str = "default"
    logo: str = ""
    logo_alt: str = ""
    colours: Colours = field(default_factory=Colours)
    fonts: Fonts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceFile:
    """What ``selfassess.yaml`` says.

    Attributes:
        overlays: the council's own titles, expectations and bands for a framework.
        plan: where the improvement plan is kept and how its colours are read.
        xray_waivers: consistency checks that are false alarms, each until a date.
        owners: who answers for a node of the framework, by its id.
        requests: who brings what inspectors ask for.
        report: how reports look.
        comparators: ``england`` sets readings beside England's figures alone, for a council without
            a code of its own.
        warehouse: the engine that holds the rows; files of the workspace if left out.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    council: Council
    framework: str
    edition: str | None = None
    as_at: dt.date | None = None
    sources: tuple[SourceEntry, ...] = ()
    bands: tuple[MeasureBand, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    settings: tuple[SettingChange, ...] = ()
    waivers: tuple[WaiverEntry, ...] = ()
    packs: tuple[str, ...] = ()
    plugins: Mapping[str, str] = field(default_factory=dict)
    plan: PlanSettings = field(default_factory=PlanSettings)
    xray_waivers: tuple[XrayWaiver, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    requests: tuple[RequestEntry, ...] = ()
    report: ReportSettings = field(default_factory=ReportSettings)
    warehouse: WarehouseSettings | None = None
    comparators: Literal["england"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedClaim:
    """What leaders said under an earlier edition of a node that is gone. Read, never judged.

    Attributes:
        node, title: the node, as the earlier edition had it.
        from_: reference of that edition.
        why: what became of the node.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    node: str
    from_: str
    title: str = ""
    why: str = ""
    claim: Claim = field(default_factory=Claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluation:
    """What ``self-evaluation.yaml`` says: claims by node id, and the plan.

    Attributes:
        cases: counts of reviewed cases by node id, for nodes that are rated by their share.
        xray_waivers: consistency checks that are false alarms, each until a date.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    framework: str
    judgements: Mapping[str, Claim] = field(default_factory=dict)
    plan: tuple[PlannedAction, ...] = ()
    cases: Mapping[str, Cases] = field(default_factory=dict)
    archive: tuple[ArchivedClaim, ...] = ()
    xray_waivers: tuple[XrayWaiver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFile:
    """What ``evidence/register.yaml`` says."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    entries: tuple[RegisterEntry, ...] = ()
