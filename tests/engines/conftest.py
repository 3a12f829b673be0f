"""One fixture, `engine`, that answers on DuckDB, PostgreSQL, Spark and in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from reference.against import differences, rows_of
from servers import Postgres

from engines.answers import Answered, answered, differing
from engines.copies import Copies
from engines.councils import Council, demo, invented, of_cases, wanting
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.evidence.postgres_warehouse import PostgresWarehouse
from selfassess.evidence.spark_warehouse import SparkWarehouse
from selfassess.evidence.warehouse import Warehouse
from selfassess.loading.library import Library, load_library
from selfassess.registry import Registry

ENGINES = ("duckdb", "postgresql", "spark", "plain")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what would ask Spark of more councils than one: each takes it minutes."""
    items[:] = [item for item in items if not _too_slow(item)]


def _too_slow(item: pytest.Item) -> bool:
    given = getattr(getattr(item, "callspec", None), "params", {})
    ours = item.path.parent == Path(__file__).parent
    return ours and given.get("engine") == "spark" and given.get("name", "whole") != "whole"


class Engine(Protocol):
    """Answers questions about councils."""

    name: str
    thorough: bool

    def asked(self, council: Council) -> set[str]:
        """The measures that it answers from the council's rows."""

    def differences(self, council: Council) -> list[str]:
        """Where its answers are not those of a run over the council's files."""


class Files:
    """What a run over a council's files says: DuckDB, as it comes."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, bool], Answered] = {}

    def of(self, council: Council, *, thorough: bool = True) -> Answered:
        key = council.name, thorough
        if key not in self._answers:
            found = answered(council.library, council.evidence, thorough=thorough)
            self._answers[key] = found
        return self._answers[key]


class Database:
    """A warehouse into which councils are copied, one after the other.

    Attributes:
        thorough: whether to list the rows of every breakdown; else of a few, for an engine that
            takes its time over each statement.
    """

    def __init__(
        self, name: str, warehouse: Warehouse, files: Files, *, thorough: bool = True
    ) -> None:
        self.name = name
        self.thorough = thorough
        self.copies = Copies(warehouse)
        self._files = files
        self._answers: dict[str, Answered] = {}

    def answers(self, council: Council) -> Answered:
        if council.name not in self._answers:
            there = self.copies.of(council.evidence)
            found = answered(council.library, there, thorough=self.thorough)
            self._answers[council.name] = found
        return self._answers[council.name]

    def asked(self, council: Council) -> set[str]:
        return self.answers(council).measures

    def differences(self, council: Council) -> list[str]:
        ours = self._files.of(council, thorough=self.thorough)
        return differing(ours, self.answers(council))


class Plain:
    """The reference in plain Python, which knows measures and the rows behind them."""

    name = "plain"
    thorough = True

    def __init__(self, files: Files) -> None:
        self._files = files

    def asked(self, council: Council) -> set[str]:
        return {name for (name, _), each in council.by_hand.items() if each.computable or each.rows}

    def differences(self, council: Council) -> list[str]:
        ours = self._files.of(council)
        found = differences(ours.readings, council.by_hand)
        for part, listed in ours.rows.items():
            if part in council.by_hand and listed.key_columns:
                theirs = Counter(council.by_hand[part].rows)
                these = rows_of(listed, sheets=any(len(place) > 2 for _, _, place in theirs))
                if these != theirs:
                    found.append(f"{part}: {these - theirs} are listed, {theirs - these} are not")
        return found


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.load(())


@pytest.fixture(scope="session")
def library(registry: Registry) -> Library:
    return load_library(registry.packs)


@pytest.fixture(scope="session")
def councils(
    tmp_path_factory: pytest.TempPathFactory, library: Library, registry: Registry
) -> Callable[[str], Council]:
    """A council by its name; made once."""
    made: dict[str, Council] = {}

    def council(name: str) -> Council:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            given = (library, registry)
            made[name] = {
                "whole": lambda: invented(7, folder, *given),
                "wanting": lambda: wanting(2, folder, *given),
                "cases": lambda: of_cases(folder, *given),
                "demo": lambda: demo(folder, 600, *given),
            }[name]()
        return made[name]

    return council


@pytest.fixture(scope="session")
def files() -> Files:
    return Files()


@pytest.fixture(scope="session")
def warehouses(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Warehouse]]:
    """An engine's warehouse by the engine's name; opened once, with nothing in it."""
    found: dict[str, Warehouse] = {}

    def opened(name: str) -> Warehouse:
        if name not in found:
            found[name] = _opened(name, request.getfixturevalue)
        return found[name]

    yield opened
    for each in found.values():
        each.close()


def _opened(name: str, fixture: Callable[[str], Any]) -> Warehouse:
    if name == "postgresql":
        return PostgresWarehouse(_in_english(fixture("postgres_server")))
    if name == "spark":
        return SparkWarehouse(fixture("spark_session"))
    return DuckDBWarehouse()


def _in_english(server: Postgres) -> str:
    """A database that sorts texts as English dictionaries do, small letters among capitals."""
    import psycopg

    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE english TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'"
        )
    return server.url("english")


@pytest.fixture(scope="session", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, files: Files, warehouses: Callable[[str], Warehouse]
) -> Engine:
    """Each engine in turn; one that is not installed here is skipped with the reason."""
    if request.param == "plain":
        return Plain(files)
    name = request.param
    return Database(name, warehouses(name), files, thorough=name != "spark")
