"""Measurements that docs/ quotes; each runs by itself."""
