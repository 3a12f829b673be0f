"""A region: councils side by side from their contributions, for moderation, without a league table.

Nobody's rows are needed. Every contribution passes disclosure first, and all that is said of a
region is made of what is left then.
"""

from __future__ import annotations

from selfassess.region.collect import region_data
from selfassess.region.contributions import Contribution, read_contributions
from selfassess.region.pack import write_region
from selfassess.region.settings import RegionFile

__all__ = [
    "Contribution",
    "RegionFile",
    "read_contributions",
    "region_data",
    "write_region",
]
