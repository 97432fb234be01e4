"""Figures: reads only."""
