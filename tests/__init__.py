"""The room as its users would test it."""
