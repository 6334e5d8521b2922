"""Real Chromium: what it fetches, and how it compares with the simulation."""
