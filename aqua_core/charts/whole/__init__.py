"""Pictures over all domains at once: figures in cells, and level beside agreement."""
