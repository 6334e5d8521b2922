"""The Talk page in parts: cards, what is asked, heard and decided, and the timer."""
