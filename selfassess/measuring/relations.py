"""Tables and views as expressions see them: columns with types, keys, spans and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from selfassess.errors import nearest
from selfassess.measuring.pieces import Kind
from selfassess.model.evidence import Link, TableSpec

__all__ = ["ColumnType", "Doubts", "Relation", "Relations", "relation_of"]

_KINDS: dict[str, Kind] = {
    "id": "text",
    "text": "text",
    "code": "code",
    "date": "date",
    "datetime": "datetime",
    "integer": "number",
    "number": "number",
}


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A column's type.

    Attributes:
        header: what errors print.
        loose: typed by people: compared across tables without regard to case and spaces.
        optional: a file may leave it out.
    """

    kind: Kind
    header: str
    codes: frozenset[str] | None = None
    loose: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A table, or a view that has been made into one.

    Attributes:
        view: whether it is a view; its columns have a companion ``<name>__unknown``.
        draws_on: for a view's column, the (table, column) pairs that it comes from.
        tables: ids of the tables that it draws on; itself, for a table.
        opens_on: for a view, the (table, column) pairs that say which rows are open at as_at. Where
            a file lacks one, what has ended would count as open: then there is no figure.
    """

    id: str
    title: str
    columns: Mapping[str, ColumnType]
    key: tuple[str, ...]
    entity: str = ""
    event: str | None = None
    opened: str | None = None
    closed: str | None = None
    closed_when: str | None = None
    born: str | None = None
    links: Mapping[str, Link] = field(default_factory=dict)
    view: bool = False
    draws_on: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    opens_on: frozenset[tuple[str, str]] = frozenset()


Doubts = Callable[[Relation, str], bool]
"""Whether a column may hold cells that could not be read."""


def relation_of(spec: TableSpec) -> Relation:
    """A declared table as expressions see it."""
    return Relation(
        id=spec.id,
        title=spec.title,
        columns={
            column.name: ColumnType(
                _KINDS[column.type],
                column.headers[0],
                frozenset(code.id for code in column.codes) if column.codes else None,
                column.type == "text",
                column.optional,
            )
            for column in spec.columns
        },
        key=spec.key,
        entity=spec.entity,
        event=spec.event,
        opened=spec.opened,
        closed=spec.closed,
        closed_when=spec.closed_when,
        born=spec.born,
        links={link.name: link for link in spec.links},
        draws_on={c.name: frozenset({(spec.id, c.name)}) for c in spec.columns},
        tables=(spec.id,),
    )


class Relations(Mapping[str, Relation]):
    """Relations by id; tables at first, views as they are compiled or asked for."""

    def __init__(self, tables: Mapping[str, TableSpec]) -> None:
        self._found = {spec.id: relation_of(spec) for spec in tables.values()}
        self._later: dict[str, Callable[[], Relation]] = {}

    def __getitem__(self, name: str) -> Relation:
        if name not in self._found and name in self._later:
            # Taken out first: a view that came back to itself would find nothing, and not no end.
            self._found[name] = self._later.pop(name)()
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        # Of a copy: to ask for a view moves it from one to the other.
        return iter([*self._found, *self._later])

    def __len__(self) -> int:
        return len(self._found) + len(self._later)

    def later(self, name: str, make: Callable[[], Relation]) -> None:
        """Take in a view that is understood when somebody first asks for it."""
        if name not in self._found:
            self._later[name] = make

    def add(self, relation: Relation) -> None:
        """Take in a view."""
        self._found[relation.id] = relation

    def hint(self, name: str) -> str:
        """The nearest table or view, or where to find them."""
        return nearest(name, self) or "`selfassess tables list` shows all."
