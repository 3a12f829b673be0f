"""The nouns, as frozen dataclasses without I/O. Same words as ``docs/glossary.md``."""
