"""Where an expression stands: which names it sees, which joins it needs.

A frame grows joins as expressions ask for them: the calendar for every date that is reckoned with,
one row of a linked table, the last visit. Rows never multiply: each join finds one row at most.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selfassess.errors import nearest
from selfassess.measuring.language import LanguageError
from selfassess.measuring.pieces import Condition, Value, column, loosened
from selfassess.measuring.relations import Doubts, Relation, Relations
from selfassess.measuring.syntax import Expression, Path
from selfassess.model.measure import Setting

__all__ = ["Frame", "Moment", "Shared", "Within"]


@dataclass(frozen=True, slots=True)
class Moment:
    """The as-at date, as SQL: the day and what the calendar says of it."""

    d: str
    dn: str
    wd: str
    y: str
    m: str
    md: str

    @classmethod
    def fixed(cls, day: dt.date, working_days: int | None = None) -> Moment:
        """One day.

        Args:
            day: the as-at date.
            working_days: what the calendar table says of it; looked up by the query itself if not
                known, which costs each query a little.
        """
        asked = f"(SELECT MAX(z.wd) FROM calendar AS z WHERE z.d = DATE '{day.isoformat()}')"
        return cls(
            d=f"DATE '{day.isoformat()}'",
            dn=str((day - dt.date(1970, 1, 1)).days),
            wd=asked if working_days is None else str(working_days),
            y=str(day.year),
            m=str(day.month),
            md=str(day.month * 100 + day.day),
        )

    @classmethod
    def of(cls, alias: str) -> Moment:
        """The day of a joined calendar row: month ends."""
        return cls(*(f"{alias}.{name}" for name in ("d", "dn", "wd", "y", "m", "md")))


@dataclass(frozen=True, slots=True)
class Within:
    """The days within which a measure's rows lie, as SQL.

    Attributes:
        relation: whose rows.
        column: which of its columns is their date.
        sql: the condition on its rows, called ``b``.
        after: the last day before them.
        until: the last of them.
    """

    relation: str
    column: str
    sql: str
    after: dt.date
    until: dt.date


@dataclass(slots=True)
class Shared:
    """What all frames of one measure share.

    Attributes:
        moment: what ``as_at`` means.
        as_at: the as-at date itself, whatever ends are looked at.
        points: for month ends, the SQL that joins them; empty otherwise.
        within: the days of the rows, where they are fixed: looks need not go beyond.
        ctes: named queries that come before the rows.
        uses: every (table, column) that was named and that the files must hold.
        read: every (table, column) that is read, must they hold it or not.
        rests_on: links and other tables that were named.
        looked: those of them that rows look into.
        linked: what rows are linked to.
    """

    relations: Relations
    settings: Mapping[str, Setting]
    as_at: dt.date
    doubts: Doubts
    moment: Moment
    points: str = ""
    within: Within | None = None
    ctes: list[tuple[str, str]] = field(default_factory=list)
    uses: set[tuple[str, str]] = field(default_factory=set)
    read: set[tuple[str, str]] = field(default_factory=set)
    rests_on: set[str] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    counter: int = 0

    def alias(self, letter: str) -> str:
        """A name not used before."""
        self.counter += 1
        return f"{letter}{self.counter}"


class Frame:
    """The names and joins of one query's rows.

    Args:
        shared: what all frames of the measure share.
        relation: the table or view that the rows are of.
        alias: the rows' name in SQL.
        lets: names that the measure gives to expressions.
        names: names that stand for values beyond the columns: a holder's keys and values.
        only_names: whether the relation's columns are out of reach (holders have only `names`).
        row: the frame that ``row.`` reaches, inside ``[…]``.
        looks_up: whether other tables may be looked into from here.
        source: the rows' table in SQL, where it is not called as the relation is.
    """

    def __init__(
        self,
        shared: Shared,
        relation: Relation,
        alias: str,
        *,
        lets: Mapping[str, Expression] | None = None,
        names: Mapping[str, Value | Condition] | None = None,
        only_names: bool = False,
        row: Frame | None = None,
        looks_up: bool = False,
        source: str | None = None,
    ) -> None:
        self.shared = shared
        self.relation = relation
        self.alias = alias
        self.lets = lets or {}
        self.names = names or {}
        self.only_names = only_names
        self.row = row
        self.looks_up = looks_up
        self.source = source or f'"{relation.id}"'
        self.date: Expression | None = None
        self.joins: list[str] = []
        self.earlier: list[str] = []
        """Columns that `previous` adds to the rows' source, and the joins that they need there."""
        self.reach: int | None = None
        """How many days back an earlier row can matter to what is being read; None: any number."""
        self.reaches: list[int | None] = []
        """The same of each `previous` that was read."""
        self.earlier_joins: list[str] = []
        self.seen: dict[str, Value | Condition] = {}
        """Looks into other tables already made here, by their text."""
        self.open_lets: list[str] = []
        self._calendars: dict[str, str] = {}
        self._links: dict[str, str] = {}
        self._tested: dict[str, tuple[str, int, list[str]]] = {}

    # names

    def column(self, name: str, at: int = 0) -> Value | Condition | None:
        """A column or a given name as a value; None if there is none of that name."""
        if name in self.names:
            return self.names[name]
        if self.only_names or name not in self.relation.columns:
            return None
        return self.read(self.alias, self.relation, name)

    def read(self, alias: str, relation: Relation, name: str, *, need: bool = True) -> Value:
        """A column of a relation under an alias; `need`: whether the files must hold it."""
        kind = relation.columns[name]
        self.shared.read.add((relation.id, name))
        if need:
            self.shared.uses.add((relation.id, name))
        return Value(
            column(alias, name),
            kind.kind,
            kind.codes,
            doubts=self.doubts(alias, relation, name),
            loose=kind.loose,
        )

    def doubts(self, alias: str, relation: Relation, name: str) -> tuple[str, ...]:
        """The condition under which a cell of a column could not be read."""
        if not self.shared.doubts(relation, name):
            return ()
        if relation.view:
            return (f"COALESCE({column(alias, name + '__unknown')}, 0) = 1",)
        cells = f"{alias}.unknown_cells"
        return (f"({cells} IS NOT NULL AND {cells} LIKE '%|{name}|%')",)

    def known_names(self) -> Iterator[str]:
        """Every name that would be understood, for the nearest."""
        yield from self.names
        yield from self.lets
        yield "as_at"
        if not self.only_names:
            yield from self.relation.columns

    def unknown_name(self, path: Path, name: str, valid: Iterator[str]) -> LanguageError:
        """The fault of a name that means nothing here."""
        hint = nearest(name, valid)
        if "-" in name and not hint:
            hint = "Put spaces around a minus."
        where = "a holder" if self.only_names else self.relation.title
        return LanguageError(path.at, f"'{name}' is nothing that {where} has.", hint)

    # joins

    def calendar(self, value: Value, field_name: str) -> str:
        """What the calendar says of a date: its day number, its working days and so on."""
        if value.moment:
            return str(getattr(self.shared.moment, field_name))
        day = self.day(value)
        alias = self._calendars.get(day)
        if alias is None:
            alias = self._calendars[day] = self.shared.alias("k")
            self.joins.append(f"LEFT JOIN calendar AS {alias} ON {alias}.d = {day}")
        return f"{alias}.{field_name}"

    def tested(self, name: str, tests: str) -> str:
        """A costly test of the rows' own texts: made once for each that occurs, then joined.

        Args:
            name: the column.
            tests: SQL conditions on ``d.w``, the text as it meets others.
        """
        if name not in self._tested:
            self._tested[name] = self.shared.alias("m"), len(self.joins), []
            self.joins.append("")
        alias, place, asked = self._tested[name]
        if tests not in asked:
            asked.append(tests)
            texts = f"SELECT DISTINCT {column('c', name)} AS t FROM {self.source} AS c"
            met = f"SELECT y.t AS t, {loosened('y.t')} AS w FROM ({texts}) AS y"
            verdicts = ", ".join(
                f"CASE WHEN {sql} THEN 1 ELSE 0 END AS v{n}" for n, sql in enumerate(asked, 1)
            )
            self.joins[place] = (
                f"LEFT JOIN (SELECT d.t AS t, {verdicts} FROM ({met}) AS d) AS {alias} "
                f"ON {alias}.t = {column(self.alias, name)}"
            )
        return f"{alias}.v{asked.index(tests) + 1} = 1"

    @staticmethod
    def day(value: Value) -> str:
        """The day of a date or datetime, as SQL."""
        return f"CAST({value.sql} AS DATE)" if value.kind == "datetime" else value.sql

    def link(self, path: Path) -> tuple[str, Relation]:
        """Join one row through a declared link; its alias and what it is a row of."""
        name = path.parts[0]
        link = self.relation.links.get(name)
        if link is None:
            raise self.unknown_name(path, name, iter([*self.relation.links, *self.known_names()]))
        target = self.shared.relations.get(link.table)
        if target is None:
            raise LanguageError(
                path.at, f"link '{name}' leads to '{link.table}', which is no table."
            )
        if name in self._links:
            return self._links[name], target
        mine: list[Value] = []
        for here in link.on:
            found = self.column(here)
            if not isinstance(found, Value):
                raise LanguageError(
                    path.at, f"link '{name}' needs '{here}', which is not among the keys of `per`."
                )
            mine.append(found)
        self.shared.linked.add(target.id)
        alias = self._links[name] = self.shared.alias("l")
        theirs = list(link.on.values())
        for there in theirs:
            self.shared.uses.add((target.id, there))
        pairs = [
            same(value, alias, target, there) for value, there in zip(mine, theirs, strict=True)
        ]
        self.joins.append(
            f"LEFT JOIN ({self._one_row(target, theirs)}) AS {alias} "
            f"ON {alias}.nth = 1 AND {' AND '.join(pairs)}"
        )
        return alias, target

    def _one_row(self, target: Relation, keys: list[str]) -> str:
        """Of several rows with equal keys, the one open at as_at that opened last stands first."""
        parts = ", ".join(loose(column("x", key), target, key) for key in keys)
        order = []
        if target.opened:
            today = f"DATE '{self.shared.as_at.isoformat()}'"
            opened = column("x", target.opened)
            begun = f"({opened} IS NULL OR {opened} <= {today})"
            if target.closed:
                closed = column("x", target.closed)
                begun += f" AND ({closed} IS NULL OR {closed} > {today})"
            order += [
                f"CASE WHEN {begun} THEN 0 ELSE 1 END",
                f"CASE WHEN {opened} IS NULL THEN 1 ELSE 0 END",
                f"{opened} DESC",
            ]
        order.append("x.row_id")
        return (
            "SELECT x.*, ROW_NUMBER() OVER "
            f"(PARTITION BY {parts} ORDER BY {', '.join(order)}) AS nth "
            f'FROM "{target.id}" AS x'
        )


def loose(sql: str, relation: Relation, name: str) -> str:
    """A column as it is compared across tables: typed texts without regard to case and spaces."""
    return loosened(sql) if relation.columns[name].loose else sql


def same(value: Value, alias: str, relation: Relation, name: str) -> str:
    """SQL that a value equals a column of another table."""
    theirs = column(alias, name)
    if value.loose or relation.columns[name].loose:
        return f"{loosened(theirs)} = {loosened(value.sql)}"
    return f"{theirs} = {value.sql}"
