"""What the port promises for every engine, by one that does as it is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from selfassess.errors import EvidenceError, MeasureError
from selfassess.evidence.engines import ENGINES, open_engine
from selfassess.evidence.warehouse import Fault, Held, Store, Warehouse
from selfassess.model.warehouse import WarehouseSettings


class TroubleError(Exception):
    """The engine's own class of errors."""


class Obedient(Warehouse):
    """Remembers what it is told, and fails as it is told."""

    dialect = "postgres"
    name = "Obedience at nowhere"

    def __init__(self, fault: Fault | None = None, answer: Sequence[Any] = ()) -> None:
        self.told: list[str] = []
        self._answer = list(answer)
        self._to_fail = fault

    def close(self) -> None:
        self.told.append("close")

    def _do(self, what: str) -> None:
        self.told.append(what)
        if self._to_fail:
            raise TroubleError("the cell holds 'Ann Other'")

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        self._do(statement)
        return self._answer

    def _names(self, statement: str) -> tuple[str, ...]:
        self._do(statement)
        return ("a",)

    def _keep(self, name: str, statement: str) -> None:
        self._do(f"{name}: {statement}")

    def _show(self, name: str, statement: str) -> None:
        self._do(f"{name}: {statement}")

    def _fill(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        self._do(name)

    def _held(self) -> Mapping[str, Held]:
        self._do("held")
        return {}

    def _store(self, tables: Sequence[Store], council: tuple[str, str] | None) -> None:
        self._do("store")

    def _fault(self, error: Exception) -> Fault | None:
        return self._to_fail if isinstance(error, TroubleError) else None


CALLS: dict[str, Callable[[Warehouse], object]] = {
    "query": lambda w: w.query("SELECT 1"),
    "columns": lambda w: w.columns("SELECT 1"),
    "create_table_as": lambda w: w.create_table_as("t", "SELECT 1"),
    "create_view": lambda w: w.create_view("t", "SELECT 1"),
    "create_table": lambda w: w.create_table("t", {"a": "BIGINT"}, [(1,)]),
    "held": lambda w: w.held(),
    "store": lambda w: w.store([]),
}


def test_statements_are_written_in_the_engines_dialect() -> None:
    engine = Obedient()
    engine.query("SELECT CAST(a AS DOUBLE) FROM t")
    engine.create_view("v", "SELECT CAST(a AS DOUBLE) FROM t")
    assert all("DOUBLE PRECISION" in each for each in engine.told)


@pytest.mark.parametrize("call", CALLS)
def test_an_engine_that_goes_away_is_a_fault_of_the_evidence(call: str) -> None:
    engine = Obedient(Fault("Gone", lost=True))
    with pytest.raises(EvidenceError, match="went away in the middle") as caught:
        CALLS[call](engine)
    said = str(caught.value)
    assert "Obedience at nowhere" in said
    assert "Gone" in said
    assert "Nothing was written" in said
    assert "Ann Other" not in said
    # Not even by way of what the error came from.
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert caught.value.exit_code == 11


@pytest.mark.parametrize("call", CALLS)
def test_a_statement_that_is_stopped_is_one_too(call: str) -> None:
    with pytest.raises(EvidenceError, match="it took over 3 s"):
        CALLS[call](Obedient(Fault("Canceled", "it took over 3 s", stopped=True)))


def test_a_refusal_is_the_measures_fault_once_evidence_is_read() -> None:
    engine = Obedient(Fault("Syntax", "no such name", hint="Look it up."))
    engine.wrong = EvidenceError
    with pytest.raises(EvidenceError, match=r"refused a statement \(Syntax: no such name\)"):
        engine.query("SELECT 1")
    engine.lock()
    with pytest.raises(MeasureError) as caught:
        engine.query("SELECT 1")
    assert caught.value.hint == "Look it up."


def test_long_statements_are_shortened() -> None:
    with pytest.raises(MeasureError) as caught:
        Obedient(Fault("Syntax")).query(f"SELECT '{'x' * 9000}'")
    assert len(str(caught.value)) < 2500


def test_what_is_not_the_engines_is_not_wrapped() -> None:
    class Broken(Obedient):
        def _rows(self, statement: str) -> list[tuple[Any, ...]]:
            raise KeyError("ours")

    with pytest.raises(KeyError):
        Broken().query("SELECT 1")


def test_engines_keep_nothing_unless_they_say_so() -> None:
    from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse

    with pytest.raises(EvidenceError, match="keeps no tables"):
        DuckDBWarehouse().store([])
    assert DuckDBWarehouse().held() == {}


def test_every_engine_of_the_settings_has_its_class() -> None:
    from typing import get_args, get_type_hints

    assert set(ENGINES) == set(get_args(get_type_hints(WarehouseSettings)["engine"]))


@pytest.mark.parametrize(
    ("engine", "module", "extra"),
    [("postgresql", "psycopg", "postgres"), ("spark", "pyspark.sql", "spark")],
)
def test_what_is_not_installed_is_named_with_what_to_install(
    engine: Any, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(EvidenceError, match="not installed") as caught:
        open_engine(WarehouseSettings(engine=engine, url="postgresql://h/d"), Path())
    assert f"pip install 'selfassess[{extra}]'" in caught.value.hint


def test_a_password_in_the_environment_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("PGPASSWORD", "sesame-7315")
    for url in (
        "postgresql://me@127.0.0.1:1/d",
        "postgresql://me@h:port/d",
        "postgresql://h/d?x=y",
    ):
        with pytest.raises(EvidenceError, match="cannot be reached") as caught:
            open_engine(WarehouseSettings(engine="postgresql", url=url), Path())
        assert "sesame" not in str(caught.value)
        assert caught.value.exit_code == 11


def test_no_driver_is_imported_without_a_warehouse() -> None:
    """Neither by help nor by the modules that a run of files needs."""
    program = (
        "import sys, selfassess.cli, selfassess.toolkit, selfassess.evidence,"
        " selfassess.evidence.attached, selfassess.workspace.warehouse,"
        " selfassess.commands.warehouse, selfassess.evidence.postgres_warehouse,"
        " selfassess.evidence.spark_warehouse\n"
        "print([m for m in ('psycopg', 'pyspark', 'py4j') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
