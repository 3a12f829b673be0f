"""What tests of framework files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.loading.library import Library, load_library
from selfassess.registry import Registry

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def installed() -> Library:
    """Everything that the built-in packs hold."""
    return load_library(Registry.load().packs)
