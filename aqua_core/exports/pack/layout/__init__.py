"""What stands in a pack: its tables, their columns and keys, and how a cell is written."""
