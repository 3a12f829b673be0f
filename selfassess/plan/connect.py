"""Connections to the store: a file beside the workspace, or a database that a team shares.

In SQLite a commit is on the disk when it returns (synchronous FULL; WAL, where the disk knows it),
and a writer takes its lock before it reads. In PostgreSQL a lock of the transaction puts writers in
a row.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from selfassess.errors import PlanError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["WAIT", "connected", "engine_of", "writing"]

WAIT = 30.0
"""Seconds to wait for others who write."""

_HEADER = b"SQLite format 3\0"
_NO_STORE = (
    "this is not a plan's store, or it is damaged; it was left as it is.",
    "Put back a backup, or import the last export into a new one.",
)
_LOCK = 0x73656C66
"""The number of the lock in PostgreSQL: the letters 'self'."""


def engine_of(address: Path | str) -> tuple[Engine, str]:
    """An engine for a file or a URL, and the name by which messages call it.

    Raises:
        PlanError: the address cannot be used; a password in it is not shown.
    """
    if isinstance(address, Path):
        _check_file(address)
        engine = create_engine(
            f"sqlite+pysqlite:///{address}", poolclass=NullPool, connect_args={"timeout": WAIT}
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine, address.name
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise PlanError(
            "plan.store in selfassess.yaml is no address of a database.",
            hint="Write postgresql+psycopg://user@host/database, or leave it out for a file.",
        ) from error
    name = url.render_as_string(hide_password=True)
    if url.get_backend_name() != "postgresql":
        raise PlanError(
            f"plan.store: '{url.get_backend_name()}' is not supported.",
            hint="Use postgresql+psycopg://…, or leave plan.store out for a file in the workspace.",
        )
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10}), name
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise PlanError(
            f"{name}: the driver for PostgreSQL is not installed.",
            hint="pip install 'selfassess[postgres]'",
        ) from error


def _check_file(path: Path) -> None:
    """Refuse what is no database; SQLite would begin a new one in a file of a few bytes."""
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_HEADER))
    except OSError:
        return  # a new store; or what is wrong is said when it is opened
    if head and head != _HEADER:
        raise PlanError(f"{path.name}: {_NO_STORE[0]}", hint=_NO_STORE[1])


def _set_up_sqlite(dbapi: Any, record: Any) -> None:
    # The driver would begin transactions by itself, and too late: we say BEGIN IMMEDIATE.
    dbapi.isolation_level = None
    cursor = dbapi.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
    deadline = time.monotonic() + WAIT
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        # Two who change the mode at once are not made to wait by the busy timeout.
        try:
            # Some places, such as shares, have no memory that two programs see: SQLite then keeps
            # its other journal, which loses nothing either and lets readers wait for writers.
            if cursor.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
                break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextlib.contextmanager
def connected(engine: Engine, name: str) -> Iterator[Connection]:
    """A connection that reads; what goes wrong with the database is said in our words.

    Raises:
        PlanError: the database cannot be reached or read.
    """
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise _said(error, name) from error


@contextlib.contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """A transaction of the only writer: it commits at the end, or leaves nothing behind.

    Raises:
        PlanError: the database cannot be reached or written to.
    """
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{int(WAIT)}s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection
    except DBAPIError as error:
        raise _said(error, name) from error


def _said(error: DBAPIError, name: str) -> PlanError:
    said = str(error.orig).splitlines()[0] if error.orig else type(error).__name__
    low = said.casefold()
    if "locked" in low or "lock timeout" in low:
        return PlanError(
            f"{name}: others have been writing for {WAIT:.0f} seconds; nothing was written.",
            hint="Try again.",
        )
    if "not a database" in low or "malformed" in low:
        return PlanError(f"{name}: {_NO_STORE[0]}", hint=_NO_STORE[1])
    if "readonly" in low or "read-only" in low or "unable to open" in low or "permission" in low:
        return PlanError(
            f"{name}: cannot be opened for writing here.",
            hint="Work in a folder that you may write to, on a disk of this machine.",
        )
    if "disk" in low and ("full" in low or "i/o" in low):
        return PlanError(
            f"{name}: the disk is full or failing; nothing was written.", hint="Free some room."
        )
    return PlanError(
        f"{name}: the database answered: {said[:200]}",
        hint="Check that the server runs and that plan.store names it.",
    )
