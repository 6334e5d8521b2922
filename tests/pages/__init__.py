"""Pages and routes as their readers see them, without a browser."""
