"""The workbook: the plan to print, and a sheet each for results, conversations and support."""
