"""Checks of what packs and workspaces say: names exist, numbers make sense, nothing is circular."""
