"""Counts the twelve measures on one engine, or decodes their columns; prints what it took.

    python national_measures.py duckdb|postgresql|spark|decode FOLDER OUT [key=value …]

Keys: memory, threads, spill, url; for decode: used (a file that another run wrote), by (largest,
checksum or arrow).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from twelve import decoded, evidence_in, library, measured

from selfassess.evidence.engines import open_engine
from selfassess.model.warehouse import WarehouseSettings

if TYPE_CHECKING:
    from selfassess.evidence.warehouse import Warehouse


def opened(engine: str, folder: Path, keys: dict[str, str]) -> Warehouse:
    """The engine, with the dataset's tables under their own names."""
    settings = {
        "duckdb": {
            "folder": str(folder),
            "memory": keys.get("memory", ""),
            "threads": int(keys["threads"]),
            "spill": keys.get("spill", ""),
        },
        "postgresql": {"url": keys.get("url", "")},
        "spark": {"folder": str(folder), "url": f"local[{keys['threads']}]"},
    }[engine]
    warehouse = open_engine(
        WarehouseSettings(engine=engine, timeout=3600, **settings),  # type: ignore[arg-type]
        folder,
    )
    for name, held in warehouse.held().items():
        warehouse.create_view(name, f"SELECT * FROM {held.source}")
    return warehouse


def to_arrow(folder: Path, used: dict[str, list[str]]) -> None:
    """Decode the columns into memory, batch by batch, by a reader that is not the engine."""
    from pyarrow import dataset

    for table, columns in used.items():
        source = dataset.dataset(folder / table, format="parquet")
        for _ in source.to_batches(columns=columns):
            pass  # Each batch's values stand in memory now.


def main(engine: str, place: str, out: str, *given: str) -> None:
    """Count, or decode, and write what it took."""
    keys = dict(each.split("=", 1) for each in given)
    folder = Path(place)
    began = time.perf_counter()
    warehouse = opened("duckdb" if engine == "decode" else engine, folder, keys)
    if engine == "decode":
        used = json.loads(Path(keys["used"]).read_text(encoding="utf-8"))["used"]
        if keys["by"] == "arrow":
            import pyarrow.dataset  # beforehand: loading it is no decoding

            pyarrow.set_cpu_count(int(keys["threads"]))
        start, cpu = time.perf_counter(), time.process_time()
        if keys["by"] == "arrow":
            to_arrow(folder, used)
        else:
            decoded(warehouse, used, keys["by"])  # type: ignore[arg-type]
        found = {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    else:
        definitions = library()
        evidence = evidence_in(warehouse, folder, definitions.tables)
        start = time.perf_counter()
        found = measured(definitions, evidence)
    found["start"] = start - began
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Path(out).write_text(json.dumps(found, default=str), encoding="utf-8")
    warehouse.close()


main(*sys.argv[1:])
