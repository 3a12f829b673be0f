"""A council's folder: what lies in it, read from it and written back to it; each part a module."""

from __future__ import annotations

from selfassess.workspace.folder import CONFIG, SELF_EVALUATION, Workspace, kept, load_workspace

__all__ = ["CONFIG", "SELF_EVALUATION", "Workspace", "kept", "load_workspace"]
