"""Trials of what the room trusts: damage, sudden ends, a full disk."""
