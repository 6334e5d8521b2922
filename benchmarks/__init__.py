"""Measurements that docs/ quotes: how fast the room answers, and what planted rooms show."""
