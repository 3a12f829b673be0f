"""The call has come: what inspectors will ask for and when, what is missing and who brings it."""

from __future__ import annotations

from selfassess.ready.folder import write_folder
from selfassess.ready.gaps import gaps_by_owner, stale
from selfassess.ready.requests import requests

__all__ = ["gaps_by_owner", "requests", "stale", "write_folder"]
