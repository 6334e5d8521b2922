"""Rooms with a known disagreement planted in them, read by the rules."""
