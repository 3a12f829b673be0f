"""A look from rows into another table: a query of its own with one line for each row."""

from __future__ import annotations

from collections.abc import Sequence

from selfassess.errors import nearest
from selfassess.measuring.frames import Frame, Within, same
from selfassess.measuring.language import LanguageError
from selfassess.measuring.pieces import Atom, Condition, Kind, Value, doubt_of, no, yes
from selfassess.measuring.relations import Relation
from selfassess.measuring.syntax import Call, Expression, Path, Rows
from selfassess.measuring.translate import condition, date

__all__ = ["Look"]


class Look:
    """A query over the row's table and another one, grouped by row."""

    def __init__(self, node: Call, argument: Expression, frame: Frame) -> None:
        if not frame.looks_up:
            raise LanguageError(
                node.at, f"'{node.name}' looks into another table; it has no meaning here."
            )
        self.where = argument.where if isinstance(argument, Rows) else None
        path = argument.path if isinstance(argument, Rows) else argument
        if not isinstance(path, Path) or len(path.parts) > 2:
            raise LanguageError(
                argument.at, f"{node.name} takes a table, as {node.name}(visits …)."
            )
        shared = frame.shared
        other = shared.relations.get(path.parts[0])
        if other is None:
            raise LanguageError(
                path.at,
                f"'{path.parts[0]}' is no table or view.",
                nearest(path.parts[0], shared.relations),
            )
        self.node, self.path, self.frame, self.other = node, path, frame, other
        self.outer = Frame(shared, frame.relation, "b", lets=frame.lets)
        self.inner = Frame(shared, other, "t", row=self.outer)
        shared.rests_on.add(other.id)
        shared.looked.add(other.id)
        self.keys = self._keys(frame.relation, other)

    def _keys(self, mine: Relation, other: Relation) -> list[str]:
        found = []
        # Rows of one entity meet by its key, whatever either table calls it.
        alike = other.entity == mine.entity and len(other.key) == len(mine.key)
        for position, key in enumerate(mine.key):
            theirs = other.key[position] if alike and key not in other.columns else key
            if theirs not in other.columns:
                raise LanguageError(
                    self.path.at,
                    f"{other.title} has no '{key}', by which {mine.title} knows its rows.",
                )
            found.append(same(self.outer.read("b", mine, key), "t", other, theirs))
            self.frame.shared.uses.add((other.id, theirs))
        return found

    def as_at(self) -> Value:
        """The day up to which other rows are looked at."""
        return Value(self.frame.shared.moment.d, "date", filled=True, moment=True)

    def date(self) -> Value | None:
        """The date of the other table's rows: the column named, or its event date."""
        if len(self.path.parts) == 2:
            return date(Path((self.path.parts[1],), self.path.at), self.inner)
        if self.other.event is None:
            return None
        return self.inner.read("t", self.other, self.other.event)

    def filter(self) -> Condition | None:
        """What is asked of the other rows in ``[…]``; None if nothing is."""
        return condition(self.where, self.inner) if self.where is not None else None

    def within(self) -> Within | None:
        """The days within which all rows lie whose lines will be used, where that is known."""
        found = self.frame.shared.within
        return found if found and found.relation == self.frame.relation.id else None

    def join(self, keep: Condition, aggregate: str, plain: str, kind: Kind) -> Value:
        """Put the query before the rows and join its line for each row.

        Args:
            keep: which of the other rows count.
            aggregate: what is wanted of them, where some may and some may not count.
            plain: the same where it is known of each.
            kind: what that is.
        """
        doubts = doubt_of(keep)
        if doubts:
            plain = aggregate.format(case=f"CASE WHEN {yes(keep)} THEN ")
        picked = [f"{plain} AS v"]
        if doubts:
            picked.append(f"MAX(CASE WHEN {' OR '.join(doubts)} THEN 1 ELSE 0 END) AS u")
            where = f"CASE WHEN {no(keep)} THEN 0 ELSE 1 END = 1"
        else:
            where = yes(keep)
        alias = self._put(picked, where)
        found = tuple([f"COALESCE({alias}.u, 0) = 1"] if doubts else [])
        return Value(f"{alias}.v", kind, doubts=found)

    def exists(self, keep: Condition) -> Condition:
        """Whether one of the other rows counts, where that is known of each."""
        alias = self._put([], yes(keep))
        return Atom(f"{alias}.rid IS NOT NULL", firm=True)

    def _put(self, picked: Sequence[str], where: str) -> str:
        """Put a line for each row that finds any before the rows, and join it; its alias.

        Args:
            picked: what its line says beside whose it is.
            where: which pairs of rows are looked at.
        """
        shared = self.frame.shared
        name, alias = shared.alias("look"), shared.alias("q")
        by = {"rid": "b.row_id"}
        on = [f"{alias}.rid = {self.frame.alias}.row_id"]
        joins = ""
        if shared.points:
            joins = f" {shared.points}"
            by["at"] = "w.d"
            on.append(f"{alias}.at = w.d")
        if within := self.within():
            where = f"{within.sql} AND {where}"
        shown = ", ".join([*(f"{sql} AS {short}" for short, sql in by.items()), *picked])
        source = f'"{self.frame.relation.id}" AS b{joins} JOIN "{self.other.id}" AS t'
        once, grouped = ("", f" GROUP BY {', '.join(by.values())}") if picked else ("DISTINCT ", "")
        sql = (
            f"SELECT {once}{shown} FROM {source} ON {' AND '.join(self.keys)} "
            f"{' '.join([*self.outer.joins, *self.inner.joins])} WHERE {where}{grouped}"
        )
        shared.ctes.append((name, sql))
        self.frame.joins.append(f"LEFT JOIN {name} AS {alias} ON {' AND '.join(on)}")
        return alias
