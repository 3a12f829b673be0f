"""An invented council whose rows lie in a warehouse."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from servers import Postgres

from selfassess.assessment import Assessment
from selfassess.demo import write_demo
from selfassess.toolkit import Toolkit
from selfassess.warehouse_load import load_files
from selfassess.workspace import load_workspace

Maker = Callable[..., Path]


@pytest.fixture(scope="session")
def toolkit() -> Toolkit:
    return Toolkit.load()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The council's files; not to be changed."""
    folder = tmp_path_factory.mktemp("demo") / "council"
    write_demo(folder, rows=300, seed=4)
    return folder


@pytest.fixture(scope="session")
def from_files(demo: Path, toolkit: Toolkit) -> Assessment:
    """What the files say."""
    return toolkit.assess(load_workspace(demo))


@pytest.fixture
def council(demo: Path, tmp_path: Path) -> Maker:
    """Makes a copy of the council, with this written under `warehouse:`."""

    def make(warehouse: str = "", name: str = "council") -> Path:
        return copied(demo, tmp_path / name, warehouse)

    return make


def copied(demo: Path, folder: Path, warehouse: str) -> Path:
    shutil.copytree(demo, folder)
    if warehouse:
        with (folder / "selfassess.yaml").open("a", encoding="utf-8") as settings:
            settings.write(f"\nwarehouse: {{{warehouse}}}\n")
    return folder


@pytest.fixture(scope="session")
def loaded(demo: Path, postgres_server: Postgres, toolkit: Toolkit, tmp_path_factory) -> str:
    """The URL of a database into which the council was loaded; not to be changed."""
    url = postgres_server.database()
    folder = tmp_path_factory.mktemp("loading") / "council"
    load_files(toolkit, load_workspace(copied(demo, folder, f'engine: postgresql, url: "{url}"')))
    return url


@pytest.fixture(scope="session")
def execute() -> Callable[..., list[tuple[Any, ...]]]:
    """Runs statements in a database; gives the last one's rows."""
    import psycopg

    def run(url: str, *statements: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    return run
