"""The workbook to typed tables and the row ledger; prints the CPU seconds of that alone."""

import sys
import time
from pathlib import Path

import duckdb  # noqa: F401  loaded before the clock starts
import fastexcel  # noqa: F401

from selfassess.evidence import SourceFile, read_evidence
from selfassess.toolkit import Toolkit

toolkit = Toolkit.load()
path = Path(sys.argv[1])
began = time.process_time()
read_evidence(
    [SourceFile(path=path, name=path.name, extract_date=None)],
    tables=toolkit.library.tables,
    readers=toolkit.registry.readers(),
    as_at=None,
)
print(time.process_time() - began)
