"""The floor: a bare server that does the same job, and its seats and projector."""
