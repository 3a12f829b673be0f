"""Reads packs and workspace files: plain data with places, models, and the library of them all."""
