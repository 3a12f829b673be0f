"""An empty workspace for a council to fill, each file saying what belongs in it."""

from selfassess.scaffold.workspace import write_workspace

__all__ = ["write_workspace"]
