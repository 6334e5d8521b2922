"""Gaps along a line between partners, tiers or teams, and what shuffling says of them."""
