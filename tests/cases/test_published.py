"""Invented cases of the published cases' shape, through a workspace's own code, none missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.testing.cases import run_cases
from selfassess.toolkit import Toolkit

FOLDER = Path(__file__).parent / "published"


@pytest.fixture(scope="module")
def result():
    return run_cases(FOLDER, Toolkit.load())


def test_there_are_cases(result):
    assert len(result.cases) == len(list(FOLDER.glob("*.yaml"))) > 0


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_every_expectation_is_met(result, name):
    (case,) = [case for case in result.cases if case.case == name]
    missed = [(check.expectation, check.found) for check in case.checks if not check.met]
    assert missed == []
    assert case.checks
