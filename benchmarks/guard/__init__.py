"""Rooms in which somebody does the sums: no hidden score may follow from what is shown."""
