"""The action plan as CSV: its columns, written, read back, and compared with the plan."""
