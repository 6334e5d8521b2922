"""The room as the benchmark sees it: the server, its seats, and the projector."""
