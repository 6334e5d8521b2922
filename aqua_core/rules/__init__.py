"""Decisions and statistics: pure functions of values, without clock, database or screen."""
