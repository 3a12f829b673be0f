"""The packs' local standards, read as the data that they are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

PLUGINS = Path(__file__).parents[2] / "plugins"


@cache
def settings() -> dict[str, list[tuple[dict[str, str], Any]]]:
    """The packs' local standards: for each the values, with the keys that each is for."""
    found = {}
    for path in sorted(PLUGINS.glob("*/*.yaml")):
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for each in data.get("settings") or ():
            found[each["id"]] = [
                (value.get("keys", {}), value["value"]) for value in each["values"]
            ]
    return found


@cache
def patterns(name: str) -> re.Pattern[str]:
    words = settings()[name][0][1]
    return re.compile("|".join(re.escape(w.lower()).replace(r"\*", ".*") for w in words), re.DOTALL)
