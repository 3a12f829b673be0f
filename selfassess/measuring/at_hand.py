"""What can be told from the tables that were supplied: columns, and parts of expressions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from selfassess.measuring.frames import Frame
from selfassess.measuring.language import parse
from selfassess.measuring.session import Session, shared_for
from selfassess.measuring.syntax import Call, Expression, Path, children, write
from selfassess.measuring.translate import translate
from selfassess.model.evidence import View, ViewSource

__all__ = ["AtHand", "Cut", "Lost"]

Lost = frozenset[tuple[str, str]]
"""What is wanting: columns of tables, or with an empty name tables that were not supplied."""

_NOTHING: Lost = frozenset()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A view cut down to what can be told.

    Attributes:
        view: with the sources that can be drawn on and the columns that one of them gives.
        unsaid: columns, by the number of the source, that it should give and cannot.
        lost: for each column left out or unsaid somewhere, what is wanting for it.
        rows_lost: what is wanting for the rows themselves, where no source that was supplied can
            be drawn on.
    """

    view: View
    unsaid: frozenset[tuple[int, str]]
    lost: dict[str, Lost]
    rows_lost: Lost


class AtHand:
    """Says what was supplied, of tables and of what views make of them.

    A view may unite tables that hold the same, so one source is enough for it; but what an
    expression names has to be there altogether. Only `first_of` takes what there is of its values.
    """

    def __init__(self, session: Session, views: dict[str, View]) -> None:
        self._session = session
        self._views = views
        self._known: dict[tuple[str, str], Lost] = {}

    def there(self, name: str) -> bool:
        """Whether a table was supplied, or one source of a view."""
        return self._session.supply.present(name)

    def cut(self, view: View) -> Cut:
        """A view without what cannot be told."""
        sources: list[ViewSource] = []
        unsaid: set[tuple[int, str]] = set()
        lost: dict[str, Lost] = {}
        given: set[str] = set()
        rows_lost: Lost = _NOTHING
        for source in view.union:
            if not self.there(source.table):
                continue
            if wanting := self._filter(source):
                rows_lost |= wanting
                continue
            columns: dict[str, str] = {}
            for name in view.columns:
                node = self._expression(source, name)
                if node is None:
                    continue
                kept, wanting = self._narrowed(node, source.table)
                if kept is None:
                    unsaid.add((len(sources), name))
                    lost[name] = lost.get(name, _NOTHING) | wanting
                else:
                    columns[name] = write(kept)
                    given.add(name)
            sources.append(dataclasses.replace(source, columns=columns))
        untold = {name for name in view.columns if name not in given}
        gone = {name for name in untold if name not in view.combine}
        for name, text in view.combine.items():
            if named := untold & _names(parse(text)):
                gone.add(name)
                lost[name] = frozenset().union(*(lost.get(each, _NOTHING) for each in named))
        return Cut(
            view=_without(view, gone, sources),
            unsaid=frozenset((number, name) for number, name in unsaid if name not in gone),
            lost=lost,
            rows_lost=_NOTHING if sources else rows_lost,
        )

    def _expression(self, source: ViewSource, name: str) -> Expression | None:
        """What stands for a view's column in a source; None where it leaves the column blank."""
        if text := source.columns.get(name):
            return parse(text)
        return Path((name,)) if name in self._session.relations[source.table].columns else None

    def _filter(self, source: ViewSource) -> Lost:
        return self._lost(parse(source.filter), source.table) if source.filter else _NOTHING

    def _narrowed(self, node: Expression, table: str) -> tuple[Expression | None, Lost]:
        """As much of an expression as can be told, or None and what is wanting."""
        if isinstance(node, Call) and node.name == "first_of":
            parts = [self._narrowed(argument, table) for argument in node.arguments]
            kept = tuple(part for part, _ in parts if part is not None)
            if not kept:
                return None, frozenset().union(*(lost for _, lost in parts))
            return kept[0] if len(kept) == 1 else dataclasses.replace(
                node, arguments=kept
            ), _NOTHING
        lost = self._lost(node, table)
        return (None, lost) if lost else (node, _NOTHING)

    def _lost(self, node: Expression, table: str) -> Lost:
        """What an expression of a table's rows names and what was not supplied."""
        session = self._session
        shared = shared_for(
            session.relations, session.settings, session.evidence.as_at, lambda _table, _name: False
        )
        translate(node, Frame(shared, session.relations[table], "b", looks_up=True))
        lost = _NOTHING
        for name in shared.rests_on:
            if not self.there(name):
                lost |= {(each, "") for each in session.relations[name].tables}
        for name, column in shared.uses:
            lost |= self._column(name, column)
        return lost

    def _column(self, name: str, column: str) -> Lost:
        """What is wanting for a column of a table or view; nothing where it can be told."""
        if (name, column) not in self._known:
            # A view never draws on itself, so this ends; a circle was refused before.
            view = self._views.get(name)
            found = self._of_table(name, column) if view is None else self._of_view(view, column)
            self._known[name, column] = found
        return self._known[name, column]

    def _of_table(self, name: str, column: str) -> Lost:
        state = self._session.supply.state(name)
        if state is None or not state.present:
            return frozenset({(name, "")})
        return _NOTHING if column in state.columns else frozenset({(name, column)})

    def _of_view(self, view: View, column: str) -> Lost:
        named = _names(parse(view.combine[column])) if column in view.combine else {column}
        others = [self._of_view(view, name) for name in named & {*view.columns} - {column}]
        if found := frozenset[tuple[str, str]]().union(*others):
            return found
        if column not in named:
            return _NOTHING
        lost: Lost = _NOTHING
        supplied = [source for source in view.union if self.there(source.table)]
        for source in supplied or view.union:
            node = self._expression(source, column)
            if node is None:
                continue
            wanting = self._filter(source) | self._narrowed(node, source.table)[1]
            if not wanting:
                return _NOTHING
            lost |= wanting
        return lost


def _names(node: Expression) -> set[str]:
    """The names that an expression begins a path with."""
    found = {node.parts[0]} if isinstance(node, Path) else set()
    for child in children(node):
        found |= _names(child)
    return found


def _without(view: View, gone: Iterable[str], sources: Iterable[ViewSource]) -> View:
    """A view without some of its columns, and without what named them."""
    left = tuple(name for name in view.columns if name not in set(gone))
    ranked = view.rank in left

    def kept(name: str | None) -> str | None:
        return name if name in left else None

    return dataclasses.replace(
        view,
        union=tuple(sources),
        columns=left,
        combine={name: text for name, text in view.combine.items() if name in left},
        rank=view.rank if ranked else None,
        first_of=view.first_of if ranked else (),
        newest=kept(view.newest),
        event=kept(view.event),
        opened=kept(view.opened),
        closed=kept(view.closed),
    )
