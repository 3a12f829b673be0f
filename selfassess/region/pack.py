"""Writes a region's pack: region.json, its PDF and its workbook, with a record of what left."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.disclosure import published_record
from selfassess.publishing import PUBLISHED, earlier_versions
from selfassess.region.build import build_region
from selfassess.region.contributions import Contribution
from selfassess.region.workbook import region_workbook
from selfassess.report.html import fill_template, repertoire_of
from selfassess.report.pdf import still_written, write_pdf
from selfassess.writing.files import replace_file
from selfassess.writing.json_text import json_lines

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["DATA", "NAME", "earlier_of", "keep_records", "region_html", "write_region"]

NAME = "moderation-pack"
DATA = "region.json"
TEMPLATE = "region.html.j2"


def earlier_of(folder: Path) -> Callable[[Contribution], list[Mapping[str, Any]]]:
    """What was given out of a contribution before: by its council, and by earlier packs.

    Args:
        folder: the region's.
    """

    def earlier(each: Contribution) -> list[Mapping[str, Any]]:
        own = earlier_versions(each.home) if each.home is not None else []
        return [*own, *earlier_versions(_records(folder, each))]

    return earlier


def keep_records(
    folder: Path, found: Iterable[Contribution], copies: Mapping[str, Mapping[str, Any]]
) -> None:
    """Keep what leaves of each internal contribution, so that a later pack reckons with it."""
    for each in found:
        copy = copies.get(each.file)
        if copy is None:
            continue
        record = json_lines(published_record(copy))
        name = f"{copy['as_at']}-{hashlib.sha256(record).hexdigest()[:12]}.json"
        root = _records(folder, each) / PUBLISHED / str(copy["audience"])
        replace_file(root / name, record)


def _records(folder: Path, each: Contribution) -> Path:
    """A council's folder of records, by its code or its name: file names may change."""
    name = each.code or each.council.casefold()
    return folder / PUBLISHED / hashlib.sha256(name.encode()).hexdigest()[:16]


def write_region(
    data: Mapping[str, Any],
    out: Path,
    templates: Mapping[str, Traversable],
    *,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write ``region.json``, ``moderation-pack.pdf`` and ``.xlsx``; same data, same bytes.

    Args:
        data: what `region_data` gave.
        out: the folder to write to.
        templates: template folders by id.
        progress: told what is being done.

    Raises:
        MissingLibraryError: Pango is not installed; the other files are written all the same.
    """
    content = json_lines(dict(data))
    written = [out / DATA, out / f"{NAME}.xlsx"]
    replace_file(written[0], content)
    replace_file(written[1], region_workbook(data))
    page = out / f"{NAME}.pdf"
    template = templates["default"]
    with still_written(", ".join(str(path) for path in written)):
        write_pdf(
            region_html(data, template),
            content,
            page,
            template=template,
            as_at=dt.date.fromisoformat(str(data["as_at"])),
            progress=progress,
            attached=DATA,
        )
    return [written[0], page, written[1]]


def region_html(data: Mapping[str, Any], template: Traversable) -> str:
    """The pack as one page of HTML, which is what its PDF is made of."""
    manifest = hashlib.sha256(json_lines(dict(data))).hexdigest()
    context = build_region(data, manifest, repertoire_of(template))
    return fill_template(template, TEMPLATE, context)
