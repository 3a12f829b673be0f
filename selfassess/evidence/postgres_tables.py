"""What lies in a PostgreSQL database, and what this user may do with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from selfassess.evidence.warehouse import Held, Kind, quoted

__all__ = ["RIGHTS", "TABLES", "held_of"]

_KINDS: Mapping[str, Kind] = {
    "text": "text",
    "character varying": "text",
    "character": "text",
    "name": "text",
    "uuid": "text",
    "smallint": "integer",
    "integer": "integer",
    "bigint": "integer",
    "numeric": "number",
    "real": "number",
    "double precision": "number",
    "date": "date",
    "timestamp without time zone": "moment",
    "timestamp with time zone": "moment with zone",
    "boolean": "truth",
}

TABLES = """
SELECT c.relname, a.attname, format_type(b.oid, NULL), b.typtype = 'e',
       b.typname = 'numeric' AND a.atttypmod >= 0 AND (a.atttypmod - 4) & 65535 = 0,
       has_column_privilege(c.oid, a.attnum, 'SELECT')
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type AS t ON t.oid = a.atttypid
JOIN pg_type AS b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = %s)
  AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
ORDER BY c.relname, a.attnum
"""

RIGHTS = """
SELECT nspname, has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE NOT nspname ~ '^pg_'
"""


def held_of(
    schema: str, rows: Iterable[tuple[str, str, str, bool, bool, bool]]
) -> Mapping[str, Held]:
    """The tables of a schema, by name in small letters, from what `TABLES` says."""
    found: dict[str, dict[str, tuple[Kind, str]]] = {}
    withheld: dict[str, list[str]] = {}
    for table, column, type_, listed, whole, readable in rows:
        kind: Kind = "text" if listed else _KINDS.get(type_, "other")
        columns = found.setdefault(table, {})
        if readable:
            columns[column] = ("integer" if whole else kind, type_)
        else:
            withheld.setdefault(table, []).append(column)
    # Of two names that differ in capitals alone, the one without them counts.
    return {
        table.lower(): Held(
            name=table,
            place=f"{schema}.{table}",
            source=f"{quoted(schema)}.{quoted(table)}",
            columns=columns,
            withheld=tuple(withheld.get(table, ())),
            closed=None
            if columns
            else (
                "this user may not read it, or it has no column.",
                f"GRANT SELECT ON {schema}.{table} TO the user of warehouse.url.",
            ),
        )
        for table, columns in sorted(found.items(), key=lambda item: item[0] == item[0].lower())
    }
