"""The commands, a file for each group. They import what is heavy only when they run."""
