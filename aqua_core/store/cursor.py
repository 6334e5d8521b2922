"""What a store function is lent, and what the one writer notes while it is."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Protocol


class Cursor(Protocol):
    """What a store function is lent: SQL with bound parameters, and the rows it gives."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> "Cursor":
        """Run a statement."""
        ...

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> "Cursor":
        """Run a statement once a row."""
        ...

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the next row, or None."""
        ...

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Give every row."""
        ...


class Written(NamedTuple):
    """One statement and the rows of values that it was given, one after the other."""

    sql: str
    rows: list[list[Any]]


class Writer:
    """The one writer's cursor: it notes what is written, for the journal."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self.written: list[Written] = []

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Cursor:
        """Run a statement."""
        self._note(sql, [values])
        return self._cursor.execute(sql, values)

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> Cursor:
        """Run a statement once a row."""
        self._note(sql, rows)
        return self._cursor.executemany(sql, rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the next row."""
        return self._cursor.fetchone()

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Give every row."""
        return self._cursor.fetchall()

    def _note(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        if sql.lstrip()[:6].upper() in _WRITES:
            self.written.append(Written(" ".join(sql.split()), [list(row) for row in rows]))


_WRITES: Final = {"INSERT", "UPDATE", "DELETE"}
