"""The improvement plan: events, what they add up to, what follows from it, and where it is kept.

Nothing is imported here, so that a command which needs no plan does not wait for a database.
"""
