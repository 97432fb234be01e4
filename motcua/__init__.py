"""Motcua: one door for a province's public services, carried by the post."""

__version__ = "0.1.0"
