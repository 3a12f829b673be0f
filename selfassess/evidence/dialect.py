"""The portable shape of SQL, written in an engine's dialect."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

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
        tree = sqlglot.parse_one(sql, read="duckdb")
        if dialect == "postgres":
            _small_letters(tree)
        return tree.sql(dialect, pretty=True, unsupported_level=ErrorLevel.RAISE)
    except (SqlglotError, ValueError) as error:
        raise MeasureError(f"The SQL cannot be written for '{dialect}': {error}") from error


def _small_letters(tree: Expr) -> None:
    """Let PostgreSQL know the small letters of every alphabet.

    Under the order of bytes, and in a database that was made without a language, it knows those of
    English alone: É would not meet é.
    """
    from sqlglot import exp

    for node in list(tree.find_all(exp.Lower)):
        text = exp.Collate(this=node.this, expression=exp.to_identifier("und-x-icu", quoted=True))
        lower = exp.Paren(this=exp.Lower(this=text))
        node.replace(exp.Collate(this=lower, expression=exp.to_identifier("C", quoted=True)))
