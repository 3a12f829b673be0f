"""What Spark calls things: types of columns, and folders of Parquet files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from selfassess.evidence.warehouse import Kind

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["fields", "files_in", "kind_of", "put"]

_TYPES = {"VARCHAR": "STRING", "INTEGER": "INT", "TIMESTAMP": "TIMESTAMP_NTZ"}

_KINDS: Mapping[str, Kind] = {
    "string": "text",
    "tinyint": "integer",
    "smallint": "integer",
    "int": "integer",
    "bigint": "integer",
    "float": "number",
    "double": "number",
    "date": "date",
    "timestamp_ntz": "moment",
    "timestamp": "moment with zone",
    "boolean": "truth",
}


def fields(columns: Mapping[str, str]) -> str:
    """Columns, with types as the port calls them, as Spark's own declaration."""
    return ", ".join(f"`{name}` {_TYPES.get(kind, kind)}" for name, kind in columns.items())


def kind_of(type_: str) -> Kind:
    """What a column of one of Spark's types holds."""
    if found := re.fullmatch(r"decimal\(\d+,(\d+)\)", type_):
        return "integer" if found[1] == "0" else "number"
    if re.fullmatch(r"(var)?char\(\d+\)", type_):
        return "text"
    return _KINDS.get(type_, "other")


def files_in(session: SparkSession, folder: str) -> dict[str, str]:
    """By name, the Parquet files and the folders of such files that lie in a folder."""
    # Spark's own file systems are asked, for a folder may lie where this machine cannot look.
    java: Any = session._jvm
    path = java.org.apache.hadoop.fs.Path(folder)
    system = path.getFileSystem(session._jsc.hadoopConfiguration())
    if not system.exists(path):
        return {}
    found = {}
    for each in system.listStatus(path):
        name: str = each.getPath().getName()
        if name.startswith((".", "_")):
            continue
        if each.isDirectory():
            files = system.listFiles(each.getPath(), True)
            while files.hasNext():
                if files.next().getPath().getName().endswith(".parquet"):
                    found[name] = each.getPath().toString()
                    break
        elif name.endswith(".parquet"):
            found[name.removesuffix(".parquet")] = each.getPath().toString()
    return dict(sorted(found.items()))


def put(frame: DataFrame, path: str, council: tuple[str, str] | None) -> None:
    """Write a table as a folder of Parquet files, or one council's part of it."""
    writer = frame.write.mode("overwrite")
    if council:
        writer = writer.option("partitionOverwriteMode", "dynamic").partitionBy(council[0])
    writer.parquet(path)
