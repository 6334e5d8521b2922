"""What people do in a workshop and see of it, on a real file."""
