"""Immutable bundles of a run's outputs: made, listed, verified, signed."""

from __future__ import annotations

from selfassess.snapshots.bundle import Snapshot, create_snapshot, list_snapshots, read_snapshot
from selfassess.snapshots.sign import Signature, sign_snapshot
from selfassess.snapshots.verify import verify_snapshot

__all__ = [
    "Signature",
    "Snapshot",
    "create_snapshot",
    "list_snapshots",
    "read_snapshot",
    "sign_snapshot",
    "verify_snapshot",
]
