"""Gatherings: several places' workshops on one day, each at its table."""

from typing import NamedTuple

from aqua_core.store.connecting import Cursor
from aqua_core.vocabulary import Gathering


class AtTable(NamedTuple):
    """A workshop at a gathering: the number of its table, from 1, and its join code."""

    number: int
    code: str


def add_gathering(cursor: Cursor, gathering: Gathering) -> None:
    """Keep a new gathering."""
    cursor.execute(
        "INSERT INTO gathering (id, code, called, held_on) VALUES ($1, $2, $3, $4)",
        [gathering.id, gathering.code, gathering.called, gathering.held_on],
    )


def add_table(cursor: Cursor, gathering_id: str, workshop_id: str) -> None:
    """Give a workshop the table of a gathering after its last."""
    cursor.execute(
        """
        INSERT INTO at_table (workshop_id, gathering_id, number)
        SELECT $1, $2, coalesce(max(number), 0) + 1 FROM at_table WHERE gathering_id = $2
        """,
        [workshop_id, gathering_id],
    )


def drop_table(cursor: Cursor, workshop_id: str) -> None:
    """Let a workshop stand at no table."""
    cursor.execute("DELETE FROM at_table WHERE workshop_id = $1", [workshop_id])


def gathering_by_code(cursor: Cursor, code: str) -> Gathering | None:
    """Give the gathering with this join code, or None."""
    return next(iter(_read(cursor, "code = $1", code)), None)


def gathering_of(cursor: Cursor, workshop_id: str) -> Gathering | None:
    """Give the gathering at which a workshop has a table, or None."""
    held = "id = (SELECT gathering_id FROM at_table WHERE workshop_id = $1)"
    return next(iter(_read(cursor, held, workshop_id)), None)


def gatherings_in(cursor: Cursor) -> tuple[Gathering, ...]:
    """Give every gathering, the latest day first."""
    return _read(cursor, "id <> $1", "")


def tables_of(cursor: Cursor, gathering_id: str) -> tuple[AtTable, ...]:
    """Give the tables of a gathering, by their numbers."""
    rows = cursor.execute(
        """
        SELECT number, workshop.code FROM at_table
        JOIN workshop ON workshop.id = at_table.workshop_id
        WHERE gathering_id = $1 ORDER BY number
        """,
        [gathering_id],
    ).fetchall()
    return tuple(AtTable(*row) for row in rows)


def codes_beside(cursor: Cursor, workshop_id: str) -> tuple[str, ...]:
    """Give the codes of all workshops of a workshop's gathering, by table; () outside of one."""
    gathering = gathering_of(cursor, workshop_id)
    return tuple(table.code for table in tables_of(cursor, gathering.id)) if gathering else ()


def drop_gathering(cursor: Cursor, gathering_id: str) -> None:
    """Forget a gathering; its workshops stay, at no table."""
    cursor.execute("DELETE FROM at_table WHERE gathering_id = $1", [gathering_id])
    cursor.execute("DELETE FROM gathering WHERE id = $1", [gathering_id])


def _read(cursor: Cursor, where: str, value: str) -> tuple[Gathering, ...]:
    rows = cursor.execute(
        f"SELECT id, code, called, held_on FROM gathering WHERE {where} "
        "ORDER BY held_on DESC, called, id",
        [value],
    ).fetchall()
    return tuple(
        Gathering(id=own_id, code=code, called=called, held_on=held_on)
        for own_id, code, called, held_on in rows
    )
