"""PostgreSQL: the rows stay in the database, figures come back."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from selfassess.errors import EvidenceError, nearest
from selfassess.evidence.postgres_tables import RIGHTS, TABLES, held_of
from selfassess.evidence.warehouse import Fault, Held, Store, Warehouse, plain, quoted

if TYPE_CHECKING:
    import psycopg

    from selfassess.model.warehouse import WarehouseSettings

__all__ = ["PostgresWarehouse"]

# By their bytes texts stand in the same order on every engine: a database's own language would put
# "Bo" before "BO", and the least of a holder's spellings would be another one.
_BYTES = 'COLLATE "C"'
_TYPES = {"DOUBLE": "DOUBLE PRECISION", "VARCHAR": f"TEXT {_BYTES}"}
_TEXTS = frozenset({25, 1042, 1043})
"""What PostgreSQL numbers text, character and character varying."""


class PostgresWarehouse(Warehouse):
    """One session and one transaction: every statement sees the same rows.

    What the run makes is temporary, or stands in a transaction that is never committed; only
    `store` commits.
    """

    dialect = "postgres"
    engine = "postgresql"

    def __init__(
        self, url: str, *, schema: str = "", work_schema: str = "", timeout: int = 600
    ) -> None:
        """Connect.

        Args:
            url: ``postgresql://user@host:port/database``; the password comes from the user's
                password file or the environment.
            schema: where tables lie; the first of the user's search path if left out.
            work_schema: where the run's tables are put if the database takes no temporary ones.
            timeout: seconds that one statement may take.

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
        self._timeout = timeout
        self._work = work_schema
        self._made: dict[str, str] = {}
        self._storing = False
        try:
            self._connection: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(
                url.replace("postgresql+psycopg://", "postgresql://", 1),
                connect_timeout=10,
                application_name="selfassess",
                # A machine that has lost its power closes no connection: ask now and then.
                keepalives_idle=30,
                keepalives_interval=10,
                keepalives_count=3,
            )
        except psycopg.Error as error:
            # libpq's words for an address that it cannot read quote the address.
            said = str(error).splitlines() if isinstance(error, psycopg.OperationalError) else []
            known = {each.keyword.decode() for each in psycopg.pq.Conninfo.get_defaults()}
            for key, _ in () if said else parse_qsl(urlsplit(url).query):
                if key not in known:
                    raise EvidenceError(
                        "PostgreSQL cannot be reached: it does not know the option "
                        f"'{key}' of warehouse.url.",
                        hint=nearest(key, known) or "Take it out.",
                    ) from None
            raise EvidenceError(
                f"PostgreSQL cannot be reached{': ' + said[0][:300] if said else ''}.",
                hint="See that the server runs, that warehouse.url in selfassess.yaml names host, "
                "port, database and user, and that the password file (.pgpass) or PGPASSWORD "
                "holds the password.",
            ) from None
        # Whoever forgets to close it lets go of it all the same.
        weakref.finalize(self, self._connection.close)
        self.name = f"PostgreSQL at {self._connection.info.host or 'this machine'}"
        self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self.schema = self._guarded("-- begin", lambda: self._begin(schema))

    @classmethod
    def connect(cls, settings: WarehouseSettings, root: Path) -> PostgresWarehouse:
        """Connect as ``selfassess.yaml`` says; raises as `PostgresWarehouse` does."""
        return cls(
            settings.url,
            schema=settings.schema,
            work_schema=settings.work_schema,
            timeout=settings.timeout,
        )

    def close(self) -> None:
        """Let go of the engine; what this run made in it is gone."""
        self._connection.close()

    def _begin(self, schema: str) -> str:
        """Set the session up; the schema where tables lie."""
        with self._connection.cursor() as cursor:
            found = cursor.execute("SELECT current_schema()").fetchone()
            schemas = dict(cursor.execute(RIGHTS).fetchall())
            for name in (schema, self._work):
                if name and name not in schemas:
                    raise EvidenceError(
                        f"{self.name} has no schema '{name}' in this database.",
                        hint=nearest(name, schemas),
                    )
                if name and not schemas[name]:
                    raise EvidenceError(
                        f"{self.name}: this user may not look into the schema '{name}'.",
                        hint=f"GRANT USAGE ON SCHEMA {quoted(name)} TO "
                        f"{quoted(self._connection.info.user)};",
                    )
            place = quoted(self._work) if self._work else "pg_temp"
            for setting in (
                # Our own names first, then nothing of anybody else's.
                f"search_path = {place}",
                f"statement_timeout = '{self._timeout}s'",
                "lock_timeout = '30s'",
                "idle_in_transaction_session_timeout = 0",
                "TimeZone = 'Europe/London'",
                # Compiling a statement to machine code takes longer than nearly any of them.
                "jit = off",
                # Conditions that a blank must not pass make the planner expect a row or two: it
                # would go through all rows of holders once for each row of theirs.
                "enable_nestloop = off",
            ):
                cursor.execute(f"SET {setting}".encode())
            cursor.execute("SAVEPOINT kept")
        return schema or (found[0] if found and found[0] else "public")

    @contextlib.contextmanager
    def _cursor(self, *, keep: bool = False) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        """A cursor; a statement that fails leaves what was made before it in use.

        Args:
            keep: whether what is done with it is to be kept.
        """
        try:
            with self._connection.cursor() as cursor:
                yield cursor
                if keep:
                    cursor.execute("RELEASE SAVEPOINT kept")
                    cursor.execute("SAVEPOINT kept")
        except self._psycopg.Error:
            if not self._connection.broken:
                with contextlib.suppress(self._psycopg.Error):
                    self._connection.execute("ROLLBACK TO SAVEPOINT kept")
            raise

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self._cursor() as cursor:
            cursor.execute(statement.encode())
            return plain(cursor.fetchall())

    def _names(self, statement: str) -> tuple[str, ...]:
        with self._cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({statement}) AS q LIMIT 0".encode())
            return tuple(column.name for column in cursor.description or ())

    def _keep(self, name: str, statement: str) -> None:
        self._make("TABLE", name, f"AS {self._by_bytes(statement)}")

    def _show(self, name: str, statement: str) -> None:
        self._make("VIEW", name, f"AS {self._by_bytes(statement)}")

    def _by_bytes(self, statement: str) -> str:
        """The query with its texts in the order of their bytes, whatever the database's own."""
        with self._cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({statement}) AS q LIMIT 0".encode())
            shown = ", ".join(
                f"CAST({name} AS TEXT) {_BYTES} AS {name}" if column.type_code in _TEXTS else name
                for column in cursor.description or ()
                for name in (f"{quoted(column.name)}",)
            )
        return f"SELECT {shown} FROM ({statement}) AS q"

    def _fill(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        self._make("TABLE", name, f"({_body(columns)})", rows)

    def _make(
        self, kind: str, name: str, rest: str, rows: Iterable[Sequence[Any]] | None = None
    ) -> None:
        temporary = "" if self._work else "TEMPORARY "
        with self._cursor(keep=True) as cursor:
            if name in self._made:
                # Without CASCADE, a view that is laid over this one would be in the way.
                cursor.execute(f"DROP {self._made[name]} {quoted(name)} CASCADE".encode())
            cursor.execute(f"CREATE {temporary}{kind} {quoted(name)} {rest}".encode())
            if rows is not None:
                _copy(cursor, quoted(name), rows)
            if kind == "TABLE":
                # Nobody else looks at temporary tables; without counts the plans are poor.
                cursor.execute(f"ANALYZE {quoted(name)}".encode())
        self._made[name] = kind

    def _held(self) -> Mapping[str, Held]:
        with self._cursor() as cursor:
            return held_of(self.schema, cursor.execute(TABLES, (self.schema,)))

    def _store(self, tables: Sequence[Store], council: tuple[str, str] | None) -> None:
        there = {held.name: held for held in self._held().values()}
        self._storing = True
        with self._cursor() as cursor:
            for table in tables:
                place = f"{quoted(self.schema)}.{quoted(table.name)}"
                columns = dict(table.columns) | ({council[0]: "VARCHAR"} if council else {})
                held = there.get(table.name)
                if held and list(held.columns) != list(columns) and not council:
                    cursor.execute(f"DROP TABLE {place}".encode())
                    held = None
                if not held:
                    cursor.execute(f"CREATE TABLE {place} ({_body(columns)})".encode())
                whose = f" WHERE {quoted(council[0])} = %s" if council else ""
                cursor.execute(f"DELETE FROM {place}{whose}".encode(), [*(council or ())[1:]])
                names = ", ".join(map(quoted, columns))
                more = (council[1],) if council else ()
                rows = ((*row, *more) for row in table.rows)
                _copy(cursor, f"{place} ({names})", rows)
        self._connection.commit()
        self._storing = False

    def _fault(self, error: Exception) -> Fault | None:
        if not isinstance(error, self._psycopg.Error):
            return None
        errors = self._psycopg.errors
        kind = type(error).__name__
        state = error.sqlstate or ""
        if isinstance(error, errors.QueryCanceled):
            detail = f"it took over {self._timeout} s; warehouse.timeout allows more"
            return Fault(kind, detail, stopped=True)
        if isinstance(error, errors.LockNotAvailable):
            return Fault(kind, "somebody else has been changing the table for 30 s", stopped=True)
        # Class 42, wrong names and rights, speaks of the statement; other texts may quote a cell.
        spoken = state.startswith("42")
        lost = self._connection.broken or state.startswith(("08", "57"))
        # Classes 53, 54 and 58: it ran out of memory, disk or connections.
        spent = state.startswith(("53", "54", "58"))
        hint = ""
        if isinstance(error, errors.InsufficientPrivilege) and self._storing:
            hint = (
                "Loading takes CREATE on the schema: GRANT USAGE, CREATE ON SCHEMA "
                f"{quoted(self.schema)} TO {quoted(self._connection.info.user)}; and the user has "
                "to own the tables that are replaced."
            )
        elif isinstance(error, errors.InsufficientPrivilege) and not self._work:
            hint = (
                "Reading takes SELECT on the tables and USAGE on their schema; keeping what a run "
                "makes takes TEMPORARY on the database, or a schema of your own, named as "
                "warehouse.work_schema."
            )
        elif self._work and isinstance(
            error, (errors.InsufficientPrivilege, errors.InvalidSchemaName)
        ):
            hint = (
                f"What a run makes takes CREATE and USAGE on warehouse.work_schema: GRANT CREATE, "
                f"USAGE ON SCHEMA {quoted(self._work)} TO {quoted(self._connection.info.user)};"
            )
        elif isinstance(error, errors.ReadOnlySqlTransaction):
            hint = (
                "This user, or the whole server, is set to change nothing, and a run makes tables "
                "of its own, for as long as it lasts. A user who may only SELECT does no harm "
                "without that setting: ALTER ROLE … SET default_transaction_read_only = off. A "
                "replica cannot be used; ask the primary."
            )
        detail = (error.diag.message_primary or "") if spoken else ""
        return Fault(kind, detail, lost=lost, stopped=spent and not lost, hint=hint)


def _body(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{quoted(name)} {_TYPES.get(kind, kind)}" for name, kind in columns.items())


def _copy(
    cursor: psycopg.Cursor[tuple[Any, ...]], into: str, rows: Iterable[Sequence[Any]]
) -> None:
    with cursor.copy(f"COPY {into} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
