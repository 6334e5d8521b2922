"""The report: one HTML page without a script, which prints to a tidy PDF."""
