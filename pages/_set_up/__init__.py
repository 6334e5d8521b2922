"""The form of Set up: its rows, and how it is filled in from last time."""
