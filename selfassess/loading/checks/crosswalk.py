"""Checks crosswalks: both editions are installed, and every node that they name exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selfassess.errors import Problem, nearest
from selfassess.loading.names import unknown
from selfassess.loading.source import Document
from selfassess.model.crosswalk import Crosswalk
from selfassess.model.framework import Framework

__all__ = ["check_crosswalk"]


def check_crosswalk(
    crosswalk: Crosswalk, document: Document, frameworks: Mapping[str, Framework]
) -> Iterator[Problem]:
    """Say everything that is wrong with a crosswalk.

    Args:
        crosswalk: as the file says it.
        document: the file, for places.
        frameworks: whole editions, by reference.
    """
    sides: dict[str, set[str]] = {}
    for side, reference in (("from", crosswalk.from_), ("to", crosswalk.to)):
        if reference in frameworks:
            sides[side] = {node.id for node in frameworks[reference].walk()}
        else:
            yield Problem(
                document.place((side,)),
                f"'{reference}' is not installed, so nothing can be linked to it.",
                nearest(reference, frameworks)
                or "Write it as id@edition; `selfassess frameworks list` shows what there is.",
            )
    if crosswalk.from_ == crosswalk.to:
        yield Problem(
            document.place(("to",)),
            f"the crosswalk leads from '{crosswalk.from_}' to itself.",
            "Name another framework, or another edition.",
        )
        return
    yield from _links(crosswalk, document, sides)
    yield from _gaps(crosswalk, document, sides)


def _links(
    crosswalk: Crosswalk, document: Document, sides: Mapping[str, set[str]]
) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for index, link in enumerate(crosswalk.links):
        for side, node in (("from", link.from_), ("to", link.to)):
            reference = crosswalk.from_ if side == "from" else crosswalk.to
            if side in sides and node not in sides[side]:
                place = document.place(("links", index, side))
                yield unknown(f"part of {reference}", node, sides[side], place)
        first = seen.setdefault((link.from_, link.to), index)
        if first != index:
            yield Problem(
                document.place(("links", index)),
                f"'{link.from_}' and '{link.to}' are linked twice; the first link is at "
                f"{document.place(('links', first))}.",
                "Keep one of the two.",
            )


def _gaps(
    crosswalk: Crosswalk, document: Document, sides: Mapping[str, set[str]]
) -> Iterator[Problem]:
    linked = {
        "from": {link.from_ for link in crosswalk.links},
        "to": {link.to for link in crosswalk.links},
    }
    for index, gap in enumerate(crosswalk.gaps):
        holding = [side for side in sides if gap.node in sides[side] and gap.side in (None, side)]
        place = document.place(("gaps", index, "node"))
        if not holding and len(sides) == len(linked):
            wanted = [side for side in sides if gap.side in (None, side)]
            known = set[str]().union(*(sides[side] for side in wanted))
            yield unknown("part of the two frameworks", gap.node, known, place)
        elif len(holding) > 1:
            yield Problem(
                place,
                f"both frameworks have a '{gap.node}'; the gap does not say whose it is.",
                f"Add 'side: from' for {crosswalk.from_} or 'side: to' for {crosswalk.to}.",
            )
        elif holding and gap.node in linked[holding[0]]:
            yield Problem(
                place,
                f"'{gap.node}' is given as a gap, but a link leads from it.",
                "Remove the gap or the link.",
            )
