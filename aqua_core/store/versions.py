"""What is only ever added to: each save is a row more, and of each thing the newest row counts."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, NamedTuple, TypeVar

from aqua_core.store.connecting import Cursor
from aqua_core.store.facts import once_opened
from aqua_core.vocabulary.event import HowUndone
from aqua_core.vocabulary.text import Word

Kept = TypeVar("Kept", bound=Word)
Row = tuple[str, dict[str, Any]]
"""A row that was added: its table, and the columns that tell it from all others."""


class _Added(threading.local):
    """The rows that the deed of this thread has added."""

    def __init__(self) -> None:
        self.rows: list[Row] = []


_added: Final = _Added()
_COLUMN_OF: Final = {"lead": "lead_role"}  # SQL has taken lead


def newest_of(table: str, *by: str, counted: str = "version") -> str:
    """Give the newest rows of a table in the workshop $1, as what a query selects from.

    Args:
        table: its name.
        by: the columns that tell one thing from another in a workshop.
        counted: the column that counts its rows.
    """
    keys = ", ".join(("workshop_id", *by))
    return (
        f"{table} JOIN (SELECT {keys}, max({counted}) AS {counted} FROM {table} "
        f"WHERE workshop_id = $1 GROUP BY {keys}) AS newest USING ({keys}, {counted})"
    )


def newest_by_id(table: str) -> str:
    """Give the newest rows of a table whose ids are the whole file's, for a query as above."""
    newest = f"SELECT id, max(version) AS version FROM {table} GROUP BY id"
    return f"{table} JOIN ({newest}) AS newest USING (id, version)"


def add_row(cursor: Cursor, table: str, row: dict[str, Any]) -> None:
    """Append a row, of values by column."""
    places = ", ".join(f"${place}" for place in range(1, len(row) + 1))
    cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))


def add_next(
    cursor: Cursor,
    table: str,
    within: dict[str, Any],
    said: dict[str, Any],
    counted: str = "sequence",
) -> None:
    """Append what is said as the next row of its own: its sequence counts `within` from 1."""
    where = " AND ".join(f"{column} = ${place}" for place, column in enumerate(within, start=1))
    found = cursor.execute(
        f"SELECT coalesce(max({counted}), 0) + 1 FROM {table} WHERE {where}", list(within.values())
    ).fetchone()
    key = {**within, counted: found[0] if found else 1}
    add_row(cursor, table, {**key, **said})
    note_added(table, key)


def begin_adding() -> None:
    """Know of no row that was added: another deed begins."""
    _added.rows.clear()


def note_added(table: str, key: dict[str, Any]) -> None:
    """Keep that a row was added, until another deed begins."""
    _added.rows.append((table, key))


def rows_added() -> list[Row]:
    """Give the rows that the deed which is being written has added so far."""
    return list(_added.rows)


def are_newest(cursor: Cursor, rows: Sequence[Row]) -> bool:
    """Tell whether these rows stand, and nothing was added since to what they belong to."""
    # But for the timer: it runs anew, and nothing is said of it, beside whatever else is done.
    kept = [(table, list(key.items())) for table, key in rows if table != "timer"]
    newest = {(table, *columns[:-1]): columns[-1] for table, columns in kept}
    for (table, *whose), (counted, highest) in newest.items():
        where = "".join(f" AND {column} = ${at}" for at, (column, _) in enumerate(whose, start=1))
        found = cursor.execute(
            f"SELECT max({counted}) FROM {table} WHERE TRUE{where}", [value for _, value in whose]
        ).fetchone()
        if found != (highest,):
            return False
    return True


def drop_rows(cursor: Cursor, rows: Sequence[Row]) -> None:
    """Take rows out that the last deed added: what it stood on is the newest again."""
    for table, key in reversed(rows):
        where = " AND ".join(f"{column} = ${place}" for place, column in enumerate(key, start=1))
        cursor.execute(f"DELETE FROM {table} WHERE {where}", list(key.values()))


class Done(NamedTuple):
    """What the facilitator did: how it is undone, a sentence on it, and what undoing it needs."""

    sequence: int
    way: HowUndone
    said: str
    about: dict[str, Any]


def as_kept(about: Any) -> Any:
    """Give what undoing needs as JSON gives it back."""
    return json.loads(json.dumps(about, default=str))


def add_done(
    cursor: Cursor, workshop_id: str, way: HowUndone, said: str, about: dict[str, Any]
) -> None:
    """Keep what the facilitator did last."""
    kept = {"way": way.value, "said": said, "about": json.dumps(as_kept(about))}
    add_next(cursor, "done", {"workshop_id": workshop_id}, kept | {"undone": False})


def last_done(cursor: Cursor, workshop_id: str) -> Done | None:
    """Give what the facilitator did last and nobody undid; None for nothing."""
    row = cursor.execute(
        "SELECT sequence, way, said, about FROM done WHERE workshop_id = $1 AND NOT undone "
        "ORDER BY sequence DESC LIMIT 1",
        [workshop_id],
    ).fetchone()
    return Done(row[0], HowUndone(row[1]), row[2], json.loads(row[3])) if row else None


def end_done(cursor: Cursor, workshop_id: str, sequence: int) -> None:
    """Keep that what was done is undone."""
    cursor.execute(
        "UPDATE done SET undone = true WHERE workshop_id = $1 AND sequence = $2",
        [workshop_id, sequence],
    )


@dataclass(frozen=True)
class Versions(Generic[Kept]):
    """A kind of word that is kept in versions: its columns are called as its fields.

    `by` tells one from another in a workshop; `order` is the order in which they are given.
    """

    kind: type[Kept]
    table: str
    by: tuple[str, ...]
    order: str

    @property
    def newest(self) -> str:
        """The newest versions in the workshop $1, as what a query selects from."""
        return newest_of(self.table, *self.by)

    def add(self, cursor: Cursor, workshop_id: str, word: Kept, **beside: Any) -> None:
        """Append a version; `beside` are columns that the word has no field for."""
        said = {_column(name): _stored(value) for name, value in word}
        row = {"workshop_id": workshop_id, **said, **beside}
        add_row(cursor, self.table, row)
        note_added(self.table, {key: row[key] for key in ("workshop_id", *self.by, "version")})

    def read(self, cursor: Cursor, workshop_id: str, where: str = "TRUE") -> tuple[Kept, ...]:
        """Give the newest version of each of which `where` holds."""
        fields = list(self.kind.model_fields)
        columns = ", ".join(map(_column, fields))
        rows = cursor.execute(
            f"SELECT {columns} FROM {self.newest} WHERE {where} ORDER BY {self.order}",
            [workshop_id],
        ).fetchall()
        rows = [tuple(map(_read, row)) for row in rows]
        # The same row is the same word: to read a plan of twenty anew took a third of its page.
        return tuple(word for row in rows if (word := self._once(fields, row)))

    def _once(self, fields: list[str], row: Sequence[Any]) -> Kept | None:
        word = partial(self._word, fields, row)
        return once_opened((self.table, *row), word, may_change=False)

    def _word(self, fields: list[str], row: Sequence[Any]) -> Kept:
        return self.kind.model_validate(dict(zip(fields, row, strict=True)))


def _column(field: str) -> str:
    return _COLUMN_OF.get(field, field)


def _stored(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _read(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
