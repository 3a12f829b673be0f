"""Consistency checks of a self-evaluation: pure functions, rule-based, each with its reason."""
