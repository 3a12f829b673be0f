"""The portable shape of SQL, written in an engine's dialect."""

from __future__ import annotations

from functools import lru_cache

from selfassess.errors import MeasureError

__all__ = ["in_dialect"]


@lru_cache(maxsize=4096)
def in_dialect(sql: str, dialect: str) -> str:
    """Rewrite compiled SQL for an engine.

    Raises:
        MeasureError: the dialect is unknown, or something cannot be written in it.
    """
    # Imported here: a local run speaks DuckDB's dialect already and need not pay for it.
    import sqlglot
    from sqlglot.errors import ErrorLevel, SqlglotError

    try:
        found = sqlglot.transpile(
            sql, read="duckdb", write=dialect, pretty=True, unsupported_level=ErrorLevel.RAISE
        )
    except (SqlglotError, ValueError) as error:
        raise MeasureError(f"The SQL cannot be written for '{dialect}': {error}") from error
    return found[0]
