"""Support that a room asks for, and statements that were unclear; the newest version counts.

What was taken out again stays, as a version of its own.
"""

from typing import Final

from aqua_core.store.cursor import Cursor
from aqua_core.store.versions import Versions
from aqua_core.vocabulary import Support, Unclear

_SUPPORT: Final = Versions(Support, "support", by=("id",), order="id")
_UNCLEAR: Final = Versions(Unclear, "unclear", by=("id",), order="id")


def add_support(
    cursor: Cursor, workshop_id: str, support: Support, *, taken_out: bool = False
) -> None:
    """Append a version of what is asked for."""
    _SUPPORT.add(cursor, workshop_id, support, taken_out=taken_out)


def support_of(cursor: Cursor, workshop_id: str) -> tuple[Support, ...]:
    """Give what a workshop asks for, by id."""
    return _SUPPORT.read(cursor, workshop_id, "NOT taken_out")


def support_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Support, ...]:
    """Give the support that was taken out again, by id."""
    return _SUPPORT.read(cursor, workshop_id, "taken_out")


def add_unclear(
    cursor: Cursor, workshop_id: str, unclear: Unclear, *, taken_out: bool = False
) -> None:
    """Append a version of a statement that was unclear."""
    _UNCLEAR.add(cursor, workshop_id, unclear, taken_out=taken_out)


def unclear_in(cursor: Cursor, workshop_id: str) -> tuple[Unclear, ...]:
    """Give the statements that were unclear, by id."""
    return _UNCLEAR.read(cursor, workshop_id, "NOT taken_out")


def unclear_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Unclear, ...]:
    """Give the unclear statements that were taken out again, by id."""
    return _UNCLEAR.read(cursor, workshop_id, "taken_out")
