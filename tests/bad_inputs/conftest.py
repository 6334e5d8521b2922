"""One file for all tests of a module: what is refused leaves nothing behind in it."""

from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
