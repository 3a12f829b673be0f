"""Apache Spark: the same statements where a lake of rows lies; slow to plan, never the default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from selfassess.errors import EvidenceError
from selfassess.evidence.warehouse import Fault, Warehouse

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SparkWarehouse"]

_TYPES = {"VARCHAR": "STRING", "BIGINT": "BIGINT", "INTEGER": "INT", "TIMESTAMP": "TIMESTAMP_NTZ"}


class SparkWarehouse(Warehouse):
    """A session; what the run makes is kept in it as cached temporary views."""

    dialect = "spark"
    name = "Spark"

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._kept: dict[str, DataFrame] = {}

    @classmethod
    def connect(cls, url: str) -> SparkWarehouse:
        """Begin a session.

        Args:
            url: a master such as ``local[2]`` or ``spark://host:7077``, or ``sc://host:15002`` for
                a Spark Connect server.

        Raises:
            EvidenceError: pyspark or Java is not installed, or the cluster cannot be reached.
        """
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise EvidenceError(
                "Spark's library is not installed.",
                hint="Install it: pip install 'selfassess[spark]'; it needs Java 17 as well.",
            ) from None
        builder = SparkSession.builder.appName("selfassess")
        builder = builder.remote(url) if url.startswith("sc://") else builder.master(url)
        for key, value in {
            "spark.ui.enabled": "false",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.shuffle.partitions": "4",
            "spark.sql.ansi.enabled": "true",
        }.items():
            builder = builder.config(key, value)
        return cls(builder.getOrCreate())

    def close(self) -> None:
        """Let go of the engine; what this run made in it is gone."""
        for name, frame in self._kept.items():
            self._session.catalog.dropTempView(name)
            frame.unpersist()
        self._kept.clear()

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._session.sql(statement).collect()]

    def _names(self, statement: str) -> tuple[str, ...]:
        return tuple(self._session.sql(statement).columns)

    def _keep(self, name: str, statement: str) -> None:
        self._show(name, self._session.sql(statement))

    def _fill(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        schema = ", ".join(f"`{c}` {_TYPES.get(kind, kind)}" for c, kind in columns.items())
        self._show(name, self._session.createDataFrame([tuple(row) for row in rows], schema))

    def _show(self, name: str, frame: DataFrame) -> None:
        if name in self._kept:
            self._kept[name].unpersist()
        self._kept[name] = frame.cache()
        self._kept[name].createOrReplaceTempView(name)

    def _fault(self, error: Exception) -> Fault | None:
        from py4j.protocol import Py4JError
        from pyspark.errors import AnalysisException, ParseException, PySparkException

        if not isinstance(error, PySparkException | Py4JError | ConnectionError):
            return None
        spoken = isinstance(error, AnalysisException | ParseException)
        return Fault(
            kind=type(error).__name__,
            detail=str(error).splitlines()[0] if spoken and str(error) else "",
            lost=not spoken,
        )
