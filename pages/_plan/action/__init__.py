"""One action on the plan page: its card, its fields, its cycles."""
