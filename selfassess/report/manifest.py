"""What a report was made from, as hashes: printed in it, and kept with it in a snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from selfassess.writing.json_text import json_lines

__all__ = ["SCHEMA", "manifest_hash", "manifest_json"]

SCHEMA = "selfassess/manifest@1"


def manifest_json(assessment: Mapping[str, Any]) -> bytes:
    """The manifest of an assessment, as JSON: its own hash and those of the files that it read.

    It is derived from the content of ``assessment.json`` alone, so whoever renders that file
    anywhere prints the same hash.

    Args:
        assessment: the content of an assessment.json.
    """
    framework = assessment.get("framework") or {}
    made = assessment.get("made_with") or {}
    return json_lines(
        {
            "schema": SCHEMA,
            "council": dict(assessment.get("council") or {}),
            "framework": f"{framework.get('id')}@{framework.get('edition')}",
            "as_at": assessment.get("as_at"),
            "audience": assessment.get("audience"),
            "made_with": f"{made.get('name')} {made.get('version')}",
            "plugins": [dict(plugin) for plugin in assessment.get("plugins") or ()],
            "inputs": [
                {"path": item.get("path"), "sha256": item.get("sha256")}
                for item in assessment.get("inputs") or ()
            ],
            "assessment_sha256": _hash(json_lines(dict(assessment))),
        }
    )


def manifest_hash(assessment: Mapping[str, Any]) -> str:
    """The SHA-256 of `manifest_json`, in hexadecimal digits."""
    return _hash(manifest_json(assessment))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
