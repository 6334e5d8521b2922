"""Decisions and figures, from values to values."""
