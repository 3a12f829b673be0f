"""The benchmarks' own modules, which lie beside the tests and are no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

__all__ = ["benchmark", "national"]

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def benchmark(name: str, folder: str = ".") -> ModuleType:
    """One of them, by its name."""
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / folder / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def national() -> ModuleType:
    """The one that writes national data, which imports the one of its tables by name."""
    benchmark("national_tables")
    return benchmark("national")
