"""A small world to measure; on DuckDB, or on another engine that SELFASSESS_ENGINE names."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

import pytest
from worlds import World, engine

from selfassess.evidence.calendar import carry
from selfassess.evidence.postgres_warehouse import PostgresWarehouse
from selfassess.evidence.spark_warehouse import SparkWarehouse
from selfassess.evidence.warehouse import Warehouse

ENGINE = os.environ.get("SELFASSESS_ENGINE", "duckdb")


@pytest.fixture(scope="session")
def warehouse(request: pytest.FixtureRequest) -> Warehouse:
    """What the tests of this folder run on: all engines are to pass them all."""
    found: Warehouse
    if ENGINE == "postgresql":
        found = PostgresWarehouse(request.getfixturevalue("postgres_server").database())
    elif ENGINE == "spark":
        found = SparkWarehouse(request.getfixturevalue("spark_session"))
    else:
        return engine()
    carry(engine(), found)
    return found


@pytest.fixture
def world(warehouse: Warehouse) -> World:
    return World(warehouse=warehouse)


@pytest.fixture(scope="session")
def new_world(warehouse: Warehouse) -> Callable[[], World]:
    return partial(World, warehouse=warehouse)
