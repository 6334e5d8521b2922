"""What keeps the room's file: its lock, its journal, its copies, and how it is mended."""
