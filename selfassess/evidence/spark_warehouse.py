"""Apache Spark: the same statements where a lake of rows lies; slow to plan, never the default."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.errors import EvidenceError, nearest
from selfassess.evidence.spark_tables import fields, files_in, kind_of, put
from selfassess.evidence.warehouse import Fault, Held, Store, Warehouse, plain, quoted

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from selfassess.model.warehouse import WarehouseSettings

__all__ = ["SparkWarehouse"]

_SETTINGS = {
    "spark.sql.session.timeZone": "Europe/London",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.shuffle.partitions": "4",
    # A council's code of digits is a text, also as the name of a folder.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
_STARTING = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
"""What a Connect server settles for itself."""


class SparkWarehouse(Warehouse):
    """A session; what the run makes is kept in it as temporary views of rows in memory."""

    dialect = "spark"
    engine = "spark"
    at_once = False
    name = "Spark"

    def __init__(
        self, session: SparkSession, *, schema: str = "", folder: str = "", timeout: int = 600
    ) -> None:
        """Take over a session.

        Args:
            session: one that speaks ANSI SQL.
            schema: the catalogue's database where tables lie; the current one if left out.
            folder: a folder of Parquet files in its place.
            timeout: seconds that one statement may take.
        """
        self._session = session
        self._schema = schema
        self._folder = folder
        self._timeout = timeout
        self._late = False
        self._kept: dict[str, DataFrame] = {}

    @classmethod
    def connect(cls, settings: WarehouseSettings, root: Path) -> SparkWarehouse:
        """Begin a session.

        Args:
            settings: `url` is a master such as ``local[2]`` or ``spark://host:7077``, or
                ``sc://host:15002`` for a Spark Connect server; without one, what the environment
                says, else this machine's processors.
            root: the workspace, for a folder that is relative to it.

        Raises:
            EvidenceError: pyspark or Java is not installed, or the cluster cannot be reached.
        """
        folder = settings.folder
        if folder and "://" not in folder:
            folder = (root / folder).resolve().as_uri()
        session = _begin(settings.url)
        found = cls(
            session, schema=settings.schema, folder=folder, timeout=min(settings.timeout, 86_400)
        )
        found.name = f"Spark at {settings.url}" if "://" in settings.url else "Spark"
        return found

    def close(self) -> None:
        """Let go of the engine; what this run made in it is gone."""
        with contextlib.suppress(Exception):  # it may have gone away by itself
            for name, frame in self._kept.items():
                self._session.catalog.dropTempView(name)
                frame.unpersist()
        self._kept.clear()

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self._timed():
            return plain(self._session.sql(statement).collect())

    def _names(self, statement: str) -> tuple[str, ...]:
        return tuple(self._session.sql(statement).columns)

    def _keep(self, name: str, statement: str) -> None:
        # A frame that is only cached drags its whole plan into that of every later statement, and
        # plans are what Spark's time goes on.
        with self._timed():
            frame = self._session.sql(statement).localCheckpoint()
        self._put_by(name, frame)

    def _show(self, name: str, statement: str) -> None:
        self._session.sql(statement).createOrReplaceTempView(name)

    def _fill(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        self._put_by(name, self._frame(columns, rows).cache())

    def _frame(self, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> DataFrame:
        given = [tuple(row) for row in rows]
        return self._session.createDataFrame(given, fields(columns), verifySchema=False)

    def _put_by(self, name: str, frame: DataFrame) -> None:
        if name in self._kept:
            self._kept[name].unpersist()
        self._kept[name] = frame
        frame.createOrReplaceTempView(name)

    def _held(self) -> Mapping[str, Held]:
        found = {}
        if self._folder:
            for n, (name, path) in enumerate(files_in(self._session, self._folder).items()):
                frame = self._session.read.parquet(path)
                source = f"selfassess_held_{n}"
                frame.createOrReplaceTempView(source)
                found[name.lower()] = _held(name, name, quoted(source), frame)
            return found
        catalog = self._session.catalog
        if self._schema and not catalog.databaseExists(self._schema):
            known = [each.name for each in catalog.listDatabases()]
            raise EvidenceError(
                f"{self.name} has no database '{self._schema}'.",
                hint=nearest(self._schema, known),
            )
        schema = self._schema or catalog.currentDatabase()
        for table in catalog.listTables(schema):
            if table.isTemporary:
                continue
            source = ".".join(quoted(part) for part in (*schema.split("."), table.name))
            frame = self._session.table(source.replace('"', "`"))
            found[table.name.lower()] = _held(table.name, f"{schema}.{table.name}", source, frame)
        return found

    def _store(self, tables: Sequence[Store], council: tuple[str, str] | None) -> None:
        for table in tables:
            columns = dict(table.columns) | ({council[0]: "VARCHAR"} if council else {})
            more = (council[1],) if council else ()
            frame = self._frame(columns, ((*row, *more) for row in table.rows))
            with self._timed():
                if self._folder:
                    put(frame.coalesce(1), f"{self._folder}/{table.name}", council)
                else:
                    if council:
                        raise EvidenceError(
                            "Spark's catalogue cannot replace one council's rows.",
                            hint="Name a folder of Parquet files: warehouse: {folder: …}",
                        )
                    place = f"{self._schema}.{table.name}" if self._schema else table.name
                    frame.write.mode("overwrite").saveAsTable(place)

    @contextlib.contextmanager
    def _timed(self) -> Iterator[None]:
        """Cancel what runs when its time is over; Spark itself would wait for ever."""
        self._late = False
        timer = threading.Timer(self._timeout, self._cancel)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cancel(self) -> None:
        self._late = True
        with contextlib.suppress(Exception):
            self._session.interruptAll()

    def _fault(self, error: Exception) -> Fault | None:
        from py4j.protocol import Py4JError
        from pyspark.errors import AnalysisException, ParseException, PySparkException

        if not isinstance(error, PySparkException | Py4JError | ConnectionError):
            return None
        kind = _kind(error)
        if self._late:
            detail = f"it took over {self._timeout} s; warehouse.timeout allows more"
            return Fault(kind, detail, stopped=True)
        # Others may quote a cell.
        spoken = isinstance(error, AnalysisException | ParseException)
        detail = str(error).splitlines()[0] if spoken and str(error) else ""
        # Faults in a statement or a value have classes of their own; what is left is a job that
        # was given up, or a connection.
        return Fault(kind, detail, lost=not isinstance(error, PySparkException))


_LOST = {
    "ExecutorLostFailure": "an executor was lost",
    "SparkContext was shut down": "it was shut down",
    "stopped SparkContext": "it was shut down",
    "OutOfMemoryError": "out of memory",
}
"""What Java says of a job that was given up, and what it means."""


def _kind(error: Exception) -> str:
    """An error's class, in a word or two."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    kind = type(error).__name__
    if isinstance(error, PySparkException):
        return error.getCondition() or kind
    if isinstance(error, Py4JJavaError):
        with contextlib.suppress(Exception):  # Java itself has to be asked, and may be gone
            said = str(error.java_exception.toString())
            return next((word for sign, word in _LOST.items() if sign in said), kind)
    return kind


def _held(name: str, place: str, source: str, frame: DataFrame) -> Held:
    columns = {column: (kind_of(type_), type_) for column, type_ in frame.dtypes}
    return Held(name=name, place=place, source=source, columns=columns)


def _begin(url: str) -> SparkSession:
    """Begin a session, without a word of its own on the terminal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what its libraries will drop one day
            from pyspark.sql import SparkSession
    except ImportError:
        raise EvidenceError(
            "Spark's library is not installed.",
            hint="Install it: pip install 'selfassess[spark]'; it needs Java 17 as well.",
        ) from None
    # It writes refused statements, with what Java says of them, to the error stream.
    logging.getLogger("SQLQueryContextLogger").disabled = True
    # And where Java goes away, so does the link to it: our error says it once.
    logging.getLogger("py4j").addHandler(logging.NullHandler())
    logging.getLogger("py4j").propagate = False
    builder = SparkSession.builder.appName("selfassess")
    settings = dict(_SETTINGS)
    if url.startswith("sc://"):
        builder = builder.remote(url)
    elif url or not {"SPARK_REMOTE", "MASTER", "PYSPARK_SUBMIT_ARGS"} & os.environ.keys():
        builder = builder.master(url or "local[*]")
        settings |= _STARTING
        if not url or url.startswith("local"):
            settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        with _silence(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            session = builder.getOrCreate()
    except Exception as error:  # its own classes, Java's, the network's, Python's for a bad address
        raise EvidenceError(
            f"Spark does not start or cannot be reached ({type(error).__name__}).",
            hint="See that Java 17 is installed (`java -version`; JAVA_HOME), and that "
            "warehouse.url in selfassess.yaml names a master or a Connect server that runs.",
        ) from None
    if server := getattr(getattr(session, "_sc", None), "_accumulatorServer", None):
        # Where Java goes away, the error that follows says so; this thread need not as well.
        server.handle_error = lambda *_: None
    return session


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Java inherits this process's streams and would write its log into them: give it none."""
    sys.stdout.flush()
    sys.stderr.flush()
    with contextlib.ExitStack() as stack:
        nothing = os.open(os.devnull, os.O_WRONLY)
        stack.callback(os.close, nothing)
        for stream in (1, 2):
            with contextlib.suppress(OSError):  # there is no such stream
                kept = os.dup(stream)
                stack.callback(os.close, kept)
                stack.callback(os.dup2, kept, stream)
                os.dup2(nothing, stream)
        yield
