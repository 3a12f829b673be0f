"""The one table of the store. Rows are added and read; none is ever changed or deleted.

Its index, by which the database itself refuses the second of two people who change the same version
of an action, is made by the steps in ``migrations``. Declared here as well, with its condition for
each engine, it would have every start import all that is known of PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

__all__ = ["HEAD", "event", "metadata"]

HEAD = "0001"
"""The revision that this version reads and writes; that of the last file in ``migrations``."""

metadata = MetaData()

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("action", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("part", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("digest", Text, nullable=False),
)
