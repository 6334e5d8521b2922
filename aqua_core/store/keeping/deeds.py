"""A deed: what one transaction wrote, as it can be written again."""

import json
import zlib
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from aqua_core.store.cursor import Cursor, Written


class Deed(NamedTuple):
    """The deed with this number, from 1; the file counts its deeds, so a missing one is noticed."""

    number: int
    written: tuple[Written, ...]


def do_again(cursor: Cursor, deed: Deed) -> None:
    """Write a deed of the journal into a file that holds the one before it."""
    for sql, rows in deed.written:
        for row in rows:
            cursor.execute(sql, row)
    cursor.execute("UPDATE deed SET number = $1", [deed.number])


def line_of(deed: Deed) -> bytes:
    """Give a deed as a line of the journal: a checksum (CRC-32), a blank, JSON."""
    said = json.dumps([deed.number, deed.written], default=_named, ensure_ascii=False).encode()
    return b"%08x %s\n" % (zlib.crc32(said), said)


def deed_in(line: bytes) -> Deed | None:
    """Give the deed of a line, or None if the line is torn or damaged."""
    checked, _, said = line.rstrip(b"\n").partition(b" ")
    if checked != b"%08x" % zlib.crc32(said):
        return None
    number, written = json.loads(said, object_hook=_value)
    return Deed(number, tuple(Written(*each) for each in written))


def _named(value: Any) -> dict[str, str]:
    if isinstance(value, datetime):  # which is a date, too
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    raise TypeError(f"the journal cannot hold a {type(value).__name__}")


def _value(named: dict[str, str]) -> Any:
    (kind, said), *_ = named.items()
    return _KINDS[kind](said)


_KINDS: Final = {
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": bytes.fromhex,
}
