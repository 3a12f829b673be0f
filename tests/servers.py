"""Servers of the tests' own: PostgreSQL in a folder that is thrown away, Spark beside the tests.

Where one is not installed its tests are skipped with the reason; with SELFASSESS_NO_SKIP set (as
in continuous integration, which installs both) they fail.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

__all__ = ["Postgres", "postgres_server", "postgres_url", "spark_session", "started_postgres"]

_STARTS = 300


def _skip(why: str) -> NoReturn:
    if os.environ.get("SELFASSESS_NO_SKIP"):
        pytest.fail(why)
    pytest.skip(why)


class Postgres:
    """A running server that listens on a socket in its own folder."""

    def __init__(self, home: Path, process: subprocess.Popen[bytes]) -> None:
        self.home = home
        self.process = process
        self._numbers = itertools.count(1)

    def url(self, name: str = "postgres", driver: str = "postgresql") -> str:
        """The URL of one of its databases."""
        return f"{driver}://tester@/{name}?host={self.home}"

    def database(self, name: str | None = None) -> str:
        """Make an empty database; returns its URL."""
        import psycopg

        name = name or f"test{next(self._numbers)}"
        with psycopg.connect(self.url(), autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)

    def kill(self) -> None:
        """End it at once, as if the machine had lost its power."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=20)


@contextlib.contextmanager
def started_postgres() -> Iterator[Postgres]:
    """A server that lives as long as the block; skips the test where there is none."""
    binaries = _binaries()
    if binaries is None or sys.platform == "win32":
        _skip("no PostgreSQL server is installed here (Debian: apt-get install postgresql)")
    if not _importable("psycopg"):
        _skip("psycopg is not installed (pip install 'selfassess[postgres]')")
    # Not pytest's own folder: its path may be too long for a socket, and closed to another user.
    home = Path(tempfile.mkdtemp(prefix="pg"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # initdb refuses to run as root
        if shutil.which("setpriv") is None:
            _skip("PostgreSQL does not run as root, and setpriv is not there")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(home, "postgres", "postgres")
    data = home / "data"
    base = [*as_user, str(binaries / "initdb"), "-D", str(data), "-U", "tester", "-A", "trust"]
    options = ["-E", "UTF8", "--no-locale", "--no-sync"]
    subprocess.run([*base, *options], check=True, capture_output=True, cwd=home)
    run = [*as_user, str(binaries / "postgres"), "-D", str(data), "-k", str(home)]
    process = subprocess.Popen(
        # Hundreds of tests make their tables in one transaction, and each table takes locks.
        [*run, "-h", "", "-N", "60", "-c", "fsync=off", "-c", "max_locks_per_transaction=1024"],
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Postgres(home, process)
    try:
        _wait(server)
        yield server
    finally:
        server.kill()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """One server for all tests of a process; `database` makes empty databases in it."""
    with started_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> str:
    """The URL of an empty database of the test's own."""
    return postgres_server.database()


@pytest.fixture(scope="session")
def spark_session() -> Iterator[Any]:
    """One Spark in a Java machine of its own, with one thread; for all tests of a process."""
    check_spark()
    from pyspark.sql import SparkSession

    folder = tempfile.mkdtemp(prefix="spark")
    builder = SparkSession.builder.master("local[1]").appName("tests")
    for key, value in {**SPARK, "spark.sql.warehouse.dir": folder}.items():
        builder = builder.config(key, value)
    with warnings.catch_warnings():
        # Spark's own imports warn of what it will drop one day.
        warnings.simplefilter("ignore")
        session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()
        shutil.rmtree(folder, ignore_errors=True)


SPARK = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.ansi.enabled": "true",
    # Tests ask a thousand different questions of a few rows: making each one's plan takes longer
    # than its rows, and compiling it to machine code longer still.
    "spark.default.parallelism": "1",
    "spark.sql.leafNodeDefaultParallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


def check_spark() -> None:
    """Skip the test where Spark or Java is not there."""
    if not _importable("pyspark"):
        _skip("pyspark is not installed (pip install 'selfassess[spark]')")
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and (Path(home) / "bin" / "java").exists()):
        _skip("Spark needs Java (Debian: apt-get install default-jre-headless)")


def _importable(name: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            __import__(name)
        except ImportError:
            return False
    return True


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


def _wait(server: Postgres) -> None:
    import psycopg

    for _ in range(_STARTS):
        try:
            psycopg.connect(server.url()).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not start")
