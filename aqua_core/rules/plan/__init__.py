"""What can be said of a plan from its actions alone."""
