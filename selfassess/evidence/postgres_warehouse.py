"""PostgreSQL: the rows stay in the database, figures come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from selfassess.errors import EvidenceError
from selfassess.evidence.warehouse import Fault, Warehouse, quoted

if TYPE_CHECKING:
    import psycopg

__all__ = ["PostgresWarehouse"]

_TYPES = {"DOUBLE": "DOUBLE PRECISION", "VARCHAR": "TEXT"}


class PostgresWarehouse(Warehouse):
    """One session and one transaction: every statement sees the same rows.

    What the run makes is temporary and gone with it.
    """

    dialect = "postgres"

    def __init__(self, url: str) -> None:
        """Connect.

        Args:
            url: ``postgresql://user@host:port/database``; the password comes from the user's
                password file or the environment.

        Raises:
            EvidenceError: the driver is not installed, or the server cannot be reached.
        """
        try:
            import psycopg
        except ImportError:
            raise EvidenceError(
                "PostgreSQL's driver is not installed.",
                hint="Install it: pip install 'selfassess[postgres]'",
            ) from None
        self._psycopg = psycopg
        try:
            self._connection: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(
                url, connect_timeout=10, application_name="selfassess"
            )
        except psycopg.Error as error:
            raise EvidenceError(
                f"PostgreSQL cannot be reached ({type(error).__name__}).",
                hint="See that the server runs, and that the address and the password are right.",
            ) from None
        self.name = f"PostgreSQL at {self._connection.info.host or 'this machine'}"
        self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ

    def close(self) -> None:
        """Let go of the engine; what this run made in it is gone."""
        self._connection.close()

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement.encode())
            return cursor.fetchall()

    def _names(self, statement: str) -> tuple[str, ...]:
        with self._connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({statement}) AS q LIMIT 0".encode())
            return tuple(column.name for column in cursor.description or ())

    def _keep(self, name: str, statement: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{quoted(name)}".encode())
            cursor.execute(f"CREATE TEMPORARY TABLE {quoted(name)} AS {statement}".encode())

    def _fill(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        body = ", ".join(f"{quoted(c)} {_TYPES.get(kind, kind)}" for c, kind in columns.items())
        with self._connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{quoted(name)}".encode())
            cursor.execute(f"CREATE TEMPORARY TABLE {quoted(name)} ({body})".encode())
            with cursor.copy(f"COPY pg_temp.{quoted(name)} FROM STDIN".encode()) as copy:
                for row in rows:
                    copy.write_row(row)

    def _fault(self, error: Exception) -> Fault | None:
        if not isinstance(error, self._psycopg.Error):
            return None
        # Syntax errors and missing names speak of the statement; other texts may quote a cell.
        spoken = isinstance(error, self._psycopg.errors.SyntaxErrorOrAccessRuleViolation)
        return Fault(
            kind=type(error).__name__,
            detail=str(error).splitlines()[0] if spoken and str(error) else "",
            lost=self._connection.broken
            or isinstance(error, self._psycopg.OperationalError | self._psycopg.InterfaceError),
        )
