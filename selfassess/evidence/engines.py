"""Which class stands behind each engine that ``selfassess.yaml`` may name."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from selfassess.errors import EvidenceError, Problem

if TYPE_CHECKING:
    from selfassess.evidence.warehouse import Warehouse
    from selfassess.model.warehouse import WarehouseSettings

__all__ = ["ENGINES", "faults", "open_engine"]

ENGINES = {
    "duckdb": ("parquet_warehouse", "ParquetWarehouse"),
    "postgresql": ("postgres_warehouse", "PostgresWarehouse"),
    "spark": ("spark_warehouse", "SparkWarehouse"),
}
"""By engine, the module of `selfassess.evidence` and the class; imported when it is asked for."""

_AMOUNT = re.compile(r"\d+(\.\d+)?\s*[KMGT]i?B", re.IGNORECASE)
_SECRET = frozenset({"password", "sslpassword", "passwd", "token"})
_KEYS = {
    "duckdb": {"folder", "memory", "threads", "spill"},
    "postgresql": {"url", "schema", "work_schema", "timeout"},
    "spark": {"url", "schema", "folder", "timeout"},
}
_NEEDS = {"duckdb": "folder", "postgresql": "url"}


def faults(settings: WarehouseSettings) -> tuple[Problem, ...]:
    """What is wrong with the settings themselves; `where` is the key."""
    found = []
    if _holds_secret(settings.url):
        found.append(
            Problem(
                "url",
                "holds a password, which anybody can read who reads this file.",
                "Take it out. Put it into your password file (.pgpass), or into PGPASSWORD (for "
                "Spark: SPARK_REMOTE with its token) in the environment.",
            )
        )
    elif settings.engine == "postgresql" and settings.url:
        scheme = settings.url.partition("://")[0] if "://" in settings.url else ""
        if scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
            found.append(
                Problem(
                    "url", "is no address of a PostgreSQL database.", "postgresql://user@host/name"
                )
            )
    needed = _NEEDS.get(settings.engine, "")
    if needed and not getattr(settings, needed):
        found.append(Problem("engine", f"{settings.engine} needs '{needed}' as well."))
    taken = _KEYS[settings.engine]
    found += [
        Problem(key, f"means nothing to {settings.engine}.", "Take it out.")
        for key in ("url", "schema", "folder", "work_schema", "memory", "threads", "spill")
        if key not in taken and getattr(settings, key)
    ]
    if settings.schema and settings.folder:
        found.append(Problem("folder", "stands beside 'schema'; the tables lie in one of them."))
    if settings.council and not settings.council_column:
        found.append(Problem("council", "needs 'council_column' as well."))
    if settings.memory and not _AMOUNT.fullmatch(settings.memory.strip()):
        found.append(
            Problem("memory", "is no amount of memory.", "Write memory: 1GB, for instance.")
        )
    if settings.threads is not None and settings.threads < 1:
        found.append(Problem("threads", "must be one at least."))
    if settings.timeout < 1:
        found.append(Problem("timeout", "must be a second at least."))
    return tuple(found)


def open_engine(settings: WarehouseSettings, root: Path) -> Warehouse:
    """Connect to the engine of a workspace.

    Args:
        settings: sound ones.
        root: the workspace, for paths in them.

    Raises:
        EvidenceError: what it takes is not installed, or it cannot be reached.
    """
    module, name = ENGINES[settings.engine]
    found = getattr(importlib.import_module(f"selfassess.evidence.{module}"), name)
    engine: Warehouse = found.connect(settings, root)
    engine.wrong = EvidenceError
    return engine


def _holds_secret(url: str) -> bool:
    try:
        parts = urlsplit(url)
        secret = parts.password
    except ValueError:
        return False
    asked = {key.casefold() for key, _ in parse_qsl(parts.query.replace(";", "&"))}
    # sc://host:15002/;token=… keeps its parameters in the path.
    asked |= {piece.partition("=")[0].casefold() for piece in parts.path.split(";") if "=" in piece}
    return bool(secret) or bool(asked & _SECRET)
