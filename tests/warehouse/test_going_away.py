"""An engine that goes away in the middle of a run: a clear error, exit 11, nothing half-written."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import Postgres, check_spark, started_postgres

from selfassess.toolkit import Toolkit
from selfassess.warehouse_load import load_files
from selfassess.workspace import load_workspace
from warehouse.conftest import Maker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signals")

OLD = {"assessment.json": b"{}", "report.pdf": b"%PDF-old", "ledger.csv": b"file\r\n"}
SECRET = "sesame-7315"  # noqa: S105 - a made-up one


Starter = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def started() -> Iterator[Starter]:
    """Starts `run` as a process of its own; it is ended with the test."""
    processes = []

    def start(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "selfassess", "run", str(folder), "--format", "json"]
        process = subprocess.Popen(
            [*command, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, **environment},
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        for pid, _ in [*below(process.pid)] if process.poll() is None else ():
            os.kill(pid, signal.SIGKILL)
        process.kill()
        process.communicate()


def put_old(folder: Path) -> None:
    """The outputs of an earlier run."""
    for name, content in OLD.items():
        path = folder / "out" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def outputs(folder: Path) -> dict[str, bytes]:
    """What lies in out/ and history/, but for parsed settings."""
    return {
        path.name: path.read_bytes()
        for place in ("out", "history")
        for path in (folder / place).rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def check(process: subprocess.Popen[str], folder: Path, before: dict[str, bytes]) -> str:
    """The run ended with 11 and one error, and left everything as it was; its words."""
    out, said = process.communicate(timeout=180)
    assert process.returncode == 11, said
    assert not out
    assert said.count("Error: ") == 1
    assert "Traceback" not in said
    assert "Nothing was written." in said
    assert SECRET not in said
    assert outputs(folder) == before
    return said


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A server that tests may kill."""
    with started_postgres() as found:
        yield found


def asked(process: subprocess.Popen[str], url: str, contains: str) -> int:
    """Waits until the run's session asks something that holds these words; its number."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        while process.poll() is None:
            found = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'selfassess'"
                " AND position(%s IN query) > 0 AND pid <> pg_backend_pid()",
                (contains,),
            ).fetchone()
            if found:
                return int(found[0])
            time.sleep(0.002)
    raise AssertionError(f"the run never came to that: {process.communicate()}")


@pytest.mark.parametrize(
    ("moment", "more"),
    [
        # Attaching; measuring; the rules of data quality or the sample, asked last of all.
        ("calendar", []),
        ("GROUPING SETS", ["--also", "ofsted-jtai-front-door", "--keep"]),
        ("source_row", ["--sample", "10"]),
    ],
)
def test_a_session_that_is_ended(
    council: Maker, started: Starter, loaded: str, execute, moment: str, more: list[str]
) -> None:
    folder = council(f'engine: postgresql, url: "{loaded}"')
    for _ in range(5):
        put_old(folder)
        before = outputs(folder)
        process = started(folder, *more, PGPASSWORD=SECRET)
        pid = asked(process, loaded, moment)
        execute(loaded, f"SELECT pg_terminate_backend({pid})")
        process.wait(timeout=180)
        if process.returncode:
            break
        # It had its last answer before its session was ended, and needed it no more.
        shutil.rmtree(folder / "out")
        shutil.rmtree(folder / "history", ignore_errors=True)
    said = check(process, folder, before)
    assert "PostgreSQL" in said
    assert "went away" in said
    # Of the statement its beginning is said, never a row.
    assert len(said) < 5000


def test_a_server_that_is_killed(
    council: Maker, started: Starter, server: Postgres, toolkit: Toolkit
) -> None:
    url = server.database()
    folder = council(f'engine: postgresql, url: "{url}"')
    load_files(toolkit, load_workspace(folder))
    put_old(folder)
    before = outputs(folder)
    process = started(folder)
    asked(process, url, "GROUPING SETS")
    server.kill()
    assert "went away" in check(process, folder, before)

    # The next run finds no server, and says what to look at.
    again = started(folder, PGPASSWORD=SECRET)
    out, said = again.communicate(timeout=60)
    assert again.returncode == 11
    assert not out
    assert "PostgreSQL cannot be reached" in said
    assert "warehouse.url" in said
    assert SECRET not in said
    assert outputs(folder) == before


def test_a_statement_that_takes_too_long(council: Maker, started: Starter, loaded: str) -> None:
    """Another session holds the table: the run does not wait for ever."""
    import psycopg

    folder = council(f'engine: postgresql, url: "{loaded}", timeout: 1')
    put_old(folder)
    before = outputs(folder)
    with psycopg.connect(loaded) as other:
        other.execute("LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE")
        process = started(folder)
        said = check(process, folder, before)
    assert "over 1 s" in said
    assert "warehouse.timeout" in said


@pytest.fixture
def spark_settings(tmp_path: Path) -> Callable[..., str]:
    """A folder of settings for Spark's own start; a small and quick machine."""
    check_spark()

    def make(**more: str) -> str:
        folder = tmp_path / "conf"
        folder.mkdir()
        quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=256m"
        lines = {
            "spark.driver.extraJavaOptions": quick,
            "spark.executor.extraJavaOptions": quick,
            "spark.driver.memory": "1g",
            "spark.executor.memory": "512m",
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.codegen.wholeStage": "false",
            **more,
        }
        text = "".join(f"{key} {value}\n" for key, value in lines.items())
        (folder / "spark-defaults.conf").write_text(text, encoding="utf-8")
        return str(folder)

    return make


def below(pid: int) -> Iterator[tuple[int, str]]:
    """A process's descendants, with their command lines."""
    listed = subprocess.run(
        ["ps", "-eww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    lines = [line.split(None, 2) for line in listed.splitlines()]
    parents = {pid}
    for _ in range(6):
        parents |= {int(each[0]) for each in lines if int(each[1]) in parents}
    for each in lines:
        if int(each[0]) in parents - {pid}:
            yield int(each[0]), each[2] if len(each) > 2 else ""


def at_work(process: subprocess.Popen[str], word: str) -> int | None:
    """Below a run, the Java machine of this name that has worked on a task; None if it ended."""
    while process.poll() is None:
        for pid in [pid for pid, line in below(process.pid) if word in line]:
            with contextlib.suppress(OSError):
                threads = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/comm")]
                if any(name.startswith("Executor task") for name in threads):
                    return pid
        time.sleep(0.1)
    return None


proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at threads in /proc")


@proc
def test_a_spark_executor_that_is_killed(
    council: Maker, started: Starter, spark_settings: Callable[..., str]
) -> None:
    """The lists go to an executor in a machine of its own, which is killed at its work."""
    folder = council("engine: spark, url: 'local-cluster[1,1,1024]', folder: lake")
    put_old(folder)
    before = outputs(folder)
    # Spark does a lost executor's work anew, several times; here it gives up at once.
    conf = spark_settings(**{"spark.task.maxFailures": "1"})
    process = started(folder, SPARK_CONF_DIR=conf, SPARK_LOCAL_IP="127.0.0.1")
    while pid := at_work(process, "CoarseGrainedExecutorBackend"):
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    said = check(process, folder, before)
    assert "Spark" in said
    assert "went away" in said


@proc
def test_a_spark_whose_java_is_killed(
    council: Maker, started: Starter, spark_settings: Callable[..., str]
) -> None:
    folder = council("engine: spark, url: 'local[1]', folder: lake")
    put_old(folder)
    before = outputs(folder)
    process = started(folder, SPARK_CONF_DIR=spark_settings(), SPARK_LOCAL_IP="127.0.0.1")
    java = at_work(process, "org.apache.spark.deploy.SparkSubmit")
    assert java, process.communicate()
    os.kill(java, signal.SIGKILL)
    said = check(process, folder, before)
    assert "Spark" in said
    assert "went away" in said
