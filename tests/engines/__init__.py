"""The same questions asked of every engine."""
