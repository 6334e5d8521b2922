"""A whole room: a real server, and Chromium where a person would look."""
