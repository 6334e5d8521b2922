"""What typed words may be taken for: another name on the screen, or somebody's details."""
