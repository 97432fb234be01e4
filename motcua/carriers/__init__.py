"""Carriers that bring results home: how to ask them, how to hear them, and how far they are believed."""
