"""Our reader over every sheet; prints the CPU seconds of the reading alone."""

import sys
import time
from pathlib import Path

import fastexcel  # noqa: F401  loaded before the clock starts, as for the bare read

from selfassess.evidence.readers.workbook import WorkbookReader

reader = WorkbookReader()
began = time.process_time()
sheets = list(reader.read(Path(sys.argv[1])))
print(time.process_time() - began)
