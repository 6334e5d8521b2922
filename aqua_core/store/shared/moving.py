"""Rows that come into the shared database at once, and marks of what left it for a laptop."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from aqua_core.store.connecting import Cursor
from aqua_core.store.shared.lending import Lent
from aqua_core.store.shared.telling import tell_of_anything

# A file is told by the mark that its copies share: the first of them that comes back is taken.
TABLE: Final = """
    CREATE TABLE IF NOT EXISTS away (
        room text NOT NULL,
        kind text NOT NULL,
        id text NOT NULL,
        mark text NOT NULL,
        PRIMARY KEY (room, kind, id)
    )
"""
_NO_HURRY: Final = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)


def take_time(cursor: Cursor) -> None:
    """Let the open transaction last as long as a large file takes, and tell all when it is done."""
    for setting in _NO_HURRY:
        cursor.execute(setting)
    tell_of_anything(cursor)


def put_rows(
    cursor: Cursor, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Append many rows; give how many."""
    assert isinstance(cursor, Lent), "only a shared database takes rows in at once"
    # COPY knows no rule of who may see which row, so it fills a table of its own first.
    names = ", ".join(columns)
    cursor.execute(
        f"CREATE TEMPORARY TABLE coming ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA"
    )
    many = cursor.copy_in("coming", columns, rows)
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM coming")
    cursor.execute("DROP TABLE coming")
    return many


def note_left(cursor: Cursor, room: str, kind: str, marks: Mapping[str, str]) -> None:
    """Keep as what things of one kind left, by id, with the file of this room."""
    rows = [[room, kind, own_id, mark] for own_id, mark in marks.items()]
    put_rows(cursor, "away", ("room", "kind", "id", "mark"), rows)


def left_with(cursor: Cursor, room: str) -> dict[tuple[str, str], str]:
    """Give the marks of what left with a room's file, by kind and id."""
    rows = cursor.execute("SELECT kind, id, mark FROM away WHERE room = $1", [room]).fetchall()
    return {(kind, own_id): mark for kind, own_id, mark in rows}


def forget_left(cursor: Cursor, room: str) -> None:
    """Take note that a room's file came back: a copy of it does so no more."""
    cursor.execute("DELETE FROM away WHERE room = $1", [room])
