"""An invented council, for the ``demo`` command, for tests and for benchmarks."""

from selfassess.demo.council import write_demo

__all__ = ["write_demo"]
