"""Rows that lie in a database or a lake."""
