"""One figure a file; each gives the numbers of one run by name."""
