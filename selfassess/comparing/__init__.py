"""Sets readings beside published figures that are counted in the same way.

It runs after judging and changes nothing there: a comparator is shown, never scored.
"""

from selfassess.comparing.benchmarks import Benchmarks, Council
from selfassess.comparing.compare import Comparison, Twin, compare
from selfassess.comparing.load import FOLDER, imported_files, load_benchmarks

__all__ = [
    "FOLDER",
    "Benchmarks",
    "Comparison",
    "Council",
    "Twin",
    "compare",
    "imported_files",
    "load_benchmarks",
]
