"""The port to an engine that runs queries over the evidence. DuckDB stands behind it by default.

Measures are compiled to one small shape of SQL, spelled as DuckDB spells it. `Warehouse` writes it
in its engine's dialect, runs it, hands over plain Python values and wraps what goes wrong; an
engine adds only what cannot be said once for all of them.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypeVar, final

from selfassess.errors import EvidenceError, MeasureError
from selfassess.evidence.dialect import in_dialect

__all__ = ["Fault", "Held", "Kind", "RefusedError", "Store", "Warehouse", "plain", "quoted"]

T = TypeVar("T")

Kind = Literal["text", "integer", "number", "date", "moment", "moment with zone", "truth", "other"]
"""What a column of somebody else's table holds, whatever the engine calls it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What an engine says went wrong.

    Attributes:
        kind: its class of error, in a word or two.
        detail: its own text, where that speaks of the statement and cannot quote a cell.
        lost: whether the engine itself went away, so that no other statement will do better.
        stopped: whether it was stopped for taking too long.
        hint: what to do, where the engine's own words do not say it.
    """

    kind: str
    detail: str = ""
    lost: bool = False
    stopped: bool = False
    hint: str = ""


class RefusedError(EvidenceError):
    """A statement that an engine refused while evidence was loaded; the next one may do better.

    Attributes:
        fault: what the engine says.
    """

    fault: Fault = Fault("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A table that lay in the warehouse before the run.

    Attributes:
        name: its own name, as it is written there.
        place: how errors call it, such as ``schema.name``.
        source: how a query names it.
        columns: for each column, what it holds and what the engine calls that.
        withheld: columns that this user may not read; not among `columns`.
        closed: why it cannot be read at all, and what to do; nothing where it can.
        look: what to do where reading it fails.
    """

    name: str
    place: str
    source: str
    columns: Mapping[str, tuple[Kind, str]]
    withheld: tuple[str, ...] = ()
    closed: tuple[str, str] | None = None
    look: str = ""

    def own(self, column: str) -> str | None:
        """A column as it is written there, whatever its case; None where there is none."""
        return next((name for name in self.columns if name.casefold() == column.casefold()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A table to be kept in the warehouse beyond the run.

    Attributes:
        columns: name and type of each column, as `Warehouse.create_table` takes them.
        rows: a value for each column.
    """

    name: str
    columns: Mapping[str, str]
    rows: Iterable[Sequence[Any]]


class Warehouse(ABC):
    """Answers the one portable shape of SQL that measures compile to."""

    dialect: ClassVar[str]
    """The name of its SQL dialect, as sqlglot knows it."""
    engine: ClassVar[str] = ""
    """What ``selfassess.yaml`` calls it."""
    name: str = "The engine"
    """How errors call it: ``PostgreSQL at db.example``. Never holds a password."""
    at_once: ClassVar[bool] = True
    """Whether `store` keeps all tables or none even where it is broken off."""
    wrong: type[EvidenceError] | type[MeasureError] = MeasureError
    """What a refused statement is: the evidence's fault while loading, a measure's afterwards."""

    @final
    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows: whole numbers, floats, decimals, texts, dates, None.

        A number with a point as written is exact, and stays so: a decimal, or a whole number where
        nothing follows the point.

        Raises:
            MeasureError: the engine refuses it; names the statement, never the data.
            EvidenceError: the engine cannot be reached any more.
        """
        statement = self._written(sql)
        return self._guarded(statement, lambda: self._rows(statement))

    @final
    def columns(self, sql: str) -> tuple[str, ...]:
        """The names of a query's columns, without running it; raises as `query` does."""
        statement = self._written(sql)
        return self._guarded(statement, lambda: self._names(statement))

    @final
    def create_table_as(self, name: str, sql: str) -> None:
        """Keep a query's answer as a table of this run; one of that name is replaced.

        Raises as `query` does.
        """
        statement = self._written(sql)
        self._guarded(statement, lambda: self._keep(name, statement))

    @final
    def create_table(
        self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Make a table of this run from rows; one of that name is replaced.

        Args:
            name: what to call it.
            columns: name and type of each column: BIGINT, INTEGER, DOUBLE, VARCHAR, DATE or
                TIMESTAMP.
            rows: a value for each column.

        Raises:
            EvidenceError: the engine refuses, or cannot be reached any more.
        """
        self._guarded(f"-- fill {name}", lambda: self._fill(name, columns, rows))

    @final
    def create_view(self, name: str, sql: str) -> None:
        """Call a query by a name for this run, without running it; one of that name is replaced.

        Raises as `query` does.
        """
        statement = self._written(sql)
        self._guarded(statement, lambda: self._show(name, statement))

    @final
    def held(self) -> Mapping[str, Held]:
        """The tables that lay in the warehouse before the run, by name in small letters.

        Raises:
            EvidenceError: they cannot be listed.
        """
        return self._guarded("-- list tables", self._held)

    @final
    def store(self, tables: Sequence[Store], *, council: tuple[str, str] | None = None) -> None:
        """Keep tables in the warehouse beyond the run: all or none, if the engine can (`at_once`).

        A table of that name is replaced; so are, where councils share it, this council's rows.

        Args:
            tables: what to keep.
            council: the column that says whose a row is, and its value for these rows.

        Raises:
            EvidenceError: the engine refuses, or cannot be reached any more.
        """
        self._guarded("-- keep tables", lambda: self._store(tables, council))

    def lock(self, rows: int = 0) -> None:
        """End loading: what is refused from now on is a measure's fault.

        Args:
            rows: how many there are in all.
        """
        self.wrong = MeasureError

    @abstractmethod
    def close(self) -> None:
        """Let go of the engine; what this run made in it is gone."""

    @abstractmethod
    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement of the engine's own dialect and fetch what it answers.

        Where the answer may hold decimals, it is handed over through `plain`.
        """

    @abstractmethod
    def _names(self, statement: str) -> tuple[str, ...]:
        """The columns of a query of the engine's own dialect."""

    @abstractmethod
    def _keep(self, name: str, statement: str) -> None:
        """Make a table of a query of the engine's own dialect."""

    @abstractmethod
    def _fill(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a table and put rows into it."""

    @abstractmethod
    def _show(self, name: str, statement: str) -> None:
        """Make a view of a query of the engine's own dialect."""

    def _held(self) -> Mapping[str, Held]:
        """The tables that lay there; an engine that begins empty has none."""
        return {}

    def _store(self, tables: Sequence[Store], council: tuple[str, str] | None) -> None:
        """Keep tables beyond the run, all or none."""
        raise EvidenceError(
            f"{self.name} keeps no tables.", hint="Load into PostgreSQL or Spark instead."
        )

    @abstractmethod
    def _fault(self, error: Exception) -> Fault | None:
        """What an exception means; None where it is not the engine's."""

    def _written(self, sql: str) -> str:
        return sql if self.dialect == "duckdb" else in_dialect(sql, self.dialect)

    def _guarded(self, statement: str, work: Callable[[], T]) -> T:
        try:
            return work()
        except Exception as error:
            fault = self._fault(error)
            if fault is None:
                raise
            detail = f": {fault.detail}" if fault.detail else ""
            said, text = f"({fault.kind}{detail})", _shortened(statement)
            if fault.lost:
                raise EvidenceError(
                    f"{self.name} went away in the middle of a statement {said}. "
                    f"Nothing was written.\n{text}",
                    hint=fault.hint or "See that it runs and can be reached, then start again.",
                ) from None
            if fault.stopped:
                raise EvidenceError(
                    f"{self.name} stopped a statement {said}. Nothing was written.\n{text}"
                ) from None
            refused = f"{self.name} refused a statement {said}.\n{text}"
            if self.wrong is EvidenceError:
                given = RefusedError(refused, hint=fault.hint)
                given.fault = fault
                raise given from None
            raise self.wrong(refused, hint=fault.hint) from None


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def plain(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Rows with decimals that do not depend on how many digits an engine reckons with."""
    return [
        tuple(_number(value) if isinstance(value, Decimal) else value for value in row)
        for row in rows
    ]


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()


def _shortened(sql: str, limit: int = 2000) -> str:
    text = re.sub(r"\n\s*\n", "\n", sql.strip())
    return text if len(text) <= limit else text[:limit] + " …"
