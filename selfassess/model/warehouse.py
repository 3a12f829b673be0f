"""Where rows lie that are not files of the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT

__all__ = ["WarehouseSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseSettings:
    """The `warehouse:` part of ``selfassess.yaml``: an engine that holds the rows.

    Attributes:
        engine: ``duckdb`` runs in this process, over Parquet files.
        url: how the engine is reached, without a password: ``postgresql://user@host/database``; for
            Spark a master (``local[2]``, ``spark://host:7077``) or a Connect server
            (``sc://host:15002``).
        schema: where the tables lie; the one that the connection begins with if left out.
        folder: the folder of Parquet files, relative to the workspace or an address that the
            engine understands: ``contacts.parquet``, or a folder ``contacts`` of such files.
        council_column: the column that says whose a row is, where many councils share the tables;
            a table without it is taken whole.
        council: its value for this council; the council's code if left out.
        work_schema: where what a run makes is put if the database takes no temporary tables;
            nothing stays there.
        timeout: seconds that one statement may take.
        memory: the most that the engine may take, such as ``1GB``; of ``duckdb`` alone.
        threads: how many it may use; of ``duckdb`` alone.
        spill: a folder for what does not fit; without one nothing is put on a disk. Of ``duckdb``
            alone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    engine: Literal["duckdb", "postgresql", "spark"]
    url: str = ""
    schema: str = ""
    folder: str = ""
    council_column: str = ""
    council: str = ""
    work_schema: str = ""
    timeout: int = 600
    memory: str = ""
    threads: int | None = None
    spill: str = ""
