"""Collects what files hold by kind and id, and notes two of the same id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selfassess.errors import Problem
from selfassess.loading.kinds import (
    COMPARATORS,
    CROSSWALK,
    FRAMEWORK,
    LEXICON,
    LISTS,
    MIGRATION,
    OVERLAY,
    TEMPLATE,
)
from selfassess.loading.packs import PackFile
from selfassess.model.comparing import Shipped
from selfassess.model.sampling import Sampling, SamplingFile

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Declared", "Shelf"]


@dataclass(frozen=True, slots=True)
class Declared:
    """Where a thing of a list is written, so that a fault found later can be shown there.

    Attributes:
        name: what messages call the file.
        file: to read it once more; what came from the cache has no lines.
        section: the key of the list.
        index: its position in the list, from 0.
    """

    name: str
    file: Traversable
    section: str
    index: int


class Shelf:
    """Collects what files hold by kind and id, and notes two of the same id."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.origins: dict[tuple[str, str], str] = {}
        self.places: dict[tuple[str, str], str] = {}
        self.declared: dict[tuple[str, str], Declared] = {}
        self.clashes: list[Problem] = []

    def of(self, kind: str) -> dict[str, Any]:
        """Everything of a kind, in the order read."""
        return self.items.get(kind, {})

    def take(self, file: PackFile) -> None:
        """Take what a file holds."""
        document, pack, value = file.document, file.pack.id, file.value
        if file.schema == FRAMEWORK:
            reference = f"{value.id}@{value.edition}"
            self.put("framework", reference, value, pack, document.place(("edition",)))
        elif file.schema == CROSSWALK:
            both = " = ".join(sorted((value.from_, value.to)))
            self.put("crosswalk", both, value, pack, document.place(("from",)))
        elif file.schema == OVERLAY:
            self.put("overlay", document.name, value, pack, document.place())
        elif file.schema == COMPARATORS:
            shipped = Shipped(value, file.folder)
            self.put("comparator set", value.id, shipped, pack, document.place(("id",)))
        elif file.schema == LEXICON:
            self.put("lexicon", value.id, value, pack, document.place(("id",)))
        elif file.schema == MIGRATION:
            self.put("migration", f"{value.old} to {value.new}", value, pack, document.place())
        elif file.schema == TEMPLATE:
            found = (value, file.folder, document)
            self.put("template", value.id, found, pack, document.place(("id",)))
        else:
            if isinstance(value, Sampling):
                kept = SamplingFile(value, document.name, file.path)
                self.put("sampling list", document.name, kept, pack, document.place())
            for section, kind in LISTS.items():
                for index, item in enumerate(getattr(value, section, ())):
                    place = document.place((section, index, "id"))
                    self.put(kind, item.id, item, pack, place)
                    written = Declared(document.name, file.path, section, index)
                    self.declared.setdefault((kind, item.id), written)

    def put(self, kind: str, identifier: str, item: Any, pack: str, place: str) -> None:
        """Put a thing on its shelf, unless one of the same name stands there."""
        rivals = ("table", "view") if kind in ("table", "view") else (kind,)
        for rival in rivals:
            if (rival, identifier) in self.origins:
                first = self.origins[rival, identifier]
                there = self.places[rival, identifier]
                if first == pack and place:
                    said = f"the {kind} '{identifier}' exists already: it stands at {there}."
                    hint = "Give one of the two another id, or remove it."
                    if kind == "framework":
                        hint = "Give one of the two another edition, or remove it."
                else:
                    said = (
                        f"the {kind} '{identifier}' of pack '{pack}' exists already: pack "
                        f"'{first}' brings it ({there})."
                    )
                    hint = "Rename one of the two, or remove one of the packs."
                self.clashes.append(Problem(place or pack, said, hint))
                return
        self.items.setdefault(kind, {})[identifier] = item
        self.origins[kind, identifier] = pack
        self.places[kind, identifier] = place
