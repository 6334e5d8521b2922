"""One wish on the plan page: support, or a statement that was unclear."""
