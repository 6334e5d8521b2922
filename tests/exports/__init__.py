"""Files that leave, and come back."""
