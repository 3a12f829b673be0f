"""Brings a store to the shape that this version uses: forward only, after a backup."""

from __future__ import annotations

import contextlib
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from selfassess.errors import PlanError
from selfassess.plan.connect import connected, writing
from selfassess.plan.schema import HEAD

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["migrate", "revision_of"]


def revision_of(connection: Connection) -> str | None:
    """The revision of a store; None for an empty database.

    Raises:
        PlanError: the database holds something else.
    """
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found is not None:
            return str(found)
    if "event" in names:
        raise PlanError(
            "The database holds a table 'event' that no version of selfassess made.",
            hint="Use another database or another schema.",
        )
    return None


def migrate(
    engine: Engine,
    name: str,
    *,
    backups: Path | None = None,
    scripts: Path | None = None,
    head: str = HEAD,
) -> Path | str | None:
    """Take every step that is missing, all or none.

    Args:
        engine: the store's.
        name: how messages call the store.
        backups: the folder for backups of a file; beside the file if left out.
        scripts: another folder of steps, for tests.
        head: the revision to reach.

    Returns:
        Where the backup is, if anything that was there has been changed.

    Raises:
        PlanError: the store was written by a later version, or the step failed; it is as before.
    """
    with connected(engine, name) as connection:
        found = revision_of(connection)
    if found == head:
        return None
    if found is not None and found > head:
        raise PlanError(
            f"{name}: written by a later version of selfassess (revision {found}; this one knows "
            f"{head}).",
            hint="Update selfassess on this machine.",
        )
    with writing(engine, name) as connection:
        found = revision_of(connection)
        if found == head:  # somebody else was faster
            return None
        backup = _back_up(connection, engine, found, head, backups) if found else None
        try:
            _upgrade(connection, scripts, head)
        except DBAPIError:
            raise
        except Exception as error:
            raise PlanError(
                f"{name}: the step to revision {head} failed ({type(error).__name__}); the store "
                "is as it was.",
                hint=f"The backup is {backup}." if backup else "",
            ) from error
    return backup


def _upgrade(connection: Connection, scripts: Path | None, head: str) -> None:
    from alembic import command
    from alembic.config import Config

    with contextlib.ExitStack() as stack:
        folder = scripts or stack.enter_context(as_file(files("selfassess.plan") / "migrations"))
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, head)


def _back_up(
    connection: Connection, engine: Engine, found: str, head: str, backups: Path | None
) -> Path | str:
    """Copy what is there, under the writer's lock, so that nothing can come between."""
    if engine.dialect.name == "postgresql":
        table = f"event_before_{head}"
        connection.execute(text(f'CREATE TABLE "{table}" AS TABLE event'))
        return f"table {table}"
    source = Path(str(engine.url.database))
    folder = backups or source.parent
    folder.mkdir(parents=True, exist_ok=True)
    target, count = folder / f"{source.stem}-{found}-before-{head}.db", 2
    while target.exists():
        target = folder / f"{source.stem}-{found}-before-{head}-{count}.db"
        count += 1
    _copy(source, target)
    return target


def _copy(source: Path, target: Path) -> None:
    """A whole copy by SQLite itself, what is still in the write-ahead log included, and checked."""
    import sqlite3

    with (
        contextlib.closing(sqlite3.connect(source)) as one,
        contextlib.closing(sqlite3.connect(target)) as other,
    ):
        one.backup(other)
        other.execute("PRAGMA journal_mode = DELETE")
        sound = other.execute("PRAGMA integrity_check").fetchone()[0]
    if sound != "ok":
        raise PlanError(
            f"{target.name}: the backup is not sound, so nothing was changed.",
            hint="The store itself may be damaged: export it, and import that into a new one.",
        )
