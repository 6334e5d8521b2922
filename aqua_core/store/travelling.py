"""What travels between a laptop's file and a shared database, thing by thing.

A thing is what changes as one: a workshop, a wave, the measures of a place. Its rows go together,
and whether it changed since it left is told by its mark.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from aqua_core.store.closings import OF_A_WORKSHOP
from aqua_core.store.connecting import Cursor
from aqua_core.vocabulary.event import HowUndone
from aqua_core.vocabulary.points import day_said


class Own(NamedTuple):
    """Whose a table's rows are: the kind of thing, and what gives its id in SQL."""

    kind: str
    by: str = "id"


_OF_A_MEASURE: Final = "(SELECT max(place_id) FROM measure WHERE measure.id = measure_id)"
TRAVELS: Final[dict[str, Own]] = {
    **dict.fromkeys(
        (table for table in OF_A_WORKSHOP if table != "wall"), Own("workshop", "workshop_id")
    ),
    "workshop": Own("workshop"),
    # What is found by another table's rows goes before them.
    **dict.fromkeys(("measured", "phase"), Own("measures", _OF_A_MEASURE)),
    "measure": Own("measures", "place_id"),
    **dict.fromkeys(("wave_mean", "fall"), Own("wave", "wave_id")),
    "wave_card": Own("wave", "coalesce(nullif(wave_id, ''), id)"),
    "given_wave": Own("wave", "wave_id"),
    "wave": Own("wave"),
    "own_words": Own("words", "place_id"),
    "glue": Own("place", "place_id"),
    "place": Own("place"),
    "programme_session": Own("programme", "programme_id"),
    "programme": Own("programme"),
    "programme_place": Own("part", "programme_id || ' ' || place_id"),
    **{table: Own(table) for table in ("forum", "story", "visit", "gathering")},
    "band": Own("band", "wording || ' ' || tiers || ' ' || CAST(published_on AS text)"),
}
"""Every table that travels."""

STAYS: Final = ("facilitator", "wall", "deed", "schema_version")
"""Every table that does not: who is signed in where, and what a file says of itself."""

_FILES: Final = {"cards": "wave_card", "given": "given_wave"}
KINDS: Final = tuple(dict.fromkeys(own.kind for own in TRAVELS.values()))
Columns = Mapping[str, tuple[str, ...]]
"""The columns of each table that travels, by their names: a database may have more of its own."""
Things = dict[str, set[str]]
"""Ids of things, by kind."""

# What belongs to places $1; a visit only where both its places go.
_BELONG: Final = {
    "workshop": "SELECT id FROM workshop WHERE place_id = ANY($1)",
    **dict.fromkeys(("place", "words", "measures"), "SELECT id FROM place WHERE id = ANY($1)"),
    **{
        kind: f"SELECT id FROM {kind} WHERE place_id = ANY($1)"
        for kind in ("wave", "forum", "story")
    },
    "programme": "SELECT programme_id FROM programme_place WHERE place_id = ANY($1)",
    "part": "SELECT programme_id || ' ' || place_id FROM programme_place WHERE place_id = ANY($1)",
    "gathering": "SELECT gathering_id FROM at_table JOIN workshop ON id = workshop_id "
    "WHERE place_id = ANY($1)",
    "visit": "SELECT id FROM visit WHERE guest_id = ANY($1) AND host_id = ANY($1)",
}
_AT: Final = """
    SELECT place_id FROM workshop
    WHERE code = ANY($1) OR id IN (
        SELECT workshop_id FROM at_table JOIN gathering ON gathering.id = gathering_id
        WHERE gathering.code = ANY($1)
    )
"""
# Places that are joined count as one, and a workshop may sit in the wave of another place.
_WITH: Final = """
    WITH sits AS (
        SELECT workshop.place_id AS one, wave.place_id AS other
        FROM sitting JOIN workshop ON workshop.id = workshop_id JOIN wave ON wave.id = wave_id
    )
    SELECT id FROM place WHERE joined_to = ANY($1)
    UNION SELECT joined_to FROM place WHERE id = ANY($1) AND joined_to <> ''
    UNION SELECT one FROM sits WHERE other = ANY($1)
    UNION SELECT other FROM sits WHERE one = ANY($1)
"""


def nothing() -> Things:
    """Give no thing of any kind."""
    return {kind: set() for kind in KINDS}


def things_in(cursor: Cursor) -> Things:
    """Give every thing that a room holds."""
    found = nothing()
    for table, own in TRAVELS.items():
        if own.kind != "workshop" or table == "workshop":
            found[own.kind] |= _ids(cursor, f"SELECT DISTINCT {own.by} FROM {table}")
    return found


def things_at(cursor: Cursor, codes: Collection[str]) -> Things:
    """Give what the places of some workshops have, by the workshops' codes or a gathering's.

    A place goes whole: its plan goes on from earlier ones, and its wave is compared with those.
    """
    places = new = _ids(cursor, _AT, [*codes])
    while new:
        new = _ids(cursor, _WITH, [*places]) - places
        places |= new
    return {kind: _ids(cursor, asked, [*places]) for kind, asked in _BELONG.items()}


def codes_in(cursor: Cursor) -> set[str]:
    """Give the code of every workshop and gathering."""
    return _ids(cursor, "SELECT code FROM workshop UNION SELECT code FROM gathering")


def change_code(cursor: Cursor, before: str, after: str) -> None:
    """Let what has a code be called by another one; what spoke of it cannot be undone any more."""
    for table in ("workshop", "gathering"):
        cursor.execute(f"UPDATE {table} SET code = $2 WHERE code = $1", [before, after])
    cursor.execute(
        "UPDATE done SET way = $2, about = '{}' WHERE about LIKE '%\"' || $1 || '\"%'",
        [before, HowUndone.NEVER.value],
    )


def order_after(here: Cursor, cursor: Cursor, but: Collection[str]) -> None:
    """Let the workshops of a room that comes here, but some, stand after those that are here."""
    found = here.execute("SELECT coalesce(max(ordinal), -1) FROM workshop").fetchone()
    cursor.execute(
        "UPDATE workshop SET ordinal = ordinal + (SELECT greatest(0, $1 + 1 - min(ordinal)) "
        "FROM workshop WHERE NOT id = ANY($2)) WHERE NOT id = ANY($2)",
        [found[0] if found else -1, [*but]],
    )


def workshops_called(cursor: Cursor, ids: Collection[str]) -> list[str]:
    """Give how workshops are called in a sentence, by place and day."""
    rows = cursor.execute(
        "SELECT coalesce(place.name, workshop.place), held_on, code FROM workshop "
        "LEFT JOIN place ON place.id = place_id WHERE workshop.id = ANY($1) ORDER BY 1, 2, 3",
        [[*ids]],
    ).fetchall()
    return [f"{place}, {day_said(held_on)} ({code})" for place, held_on, code in rows]


def files_in(cursor: Cursor) -> dict[str, list[str]]:
    """Give the names of the files that a room speaks of, by the shelf on which they lie."""
    return {
        shelf: sorted(_ids(cursor, f"SELECT id FROM {table}")) for shelf, table in _FILES.items()
    }


def drop(cursor: Cursor, kind: str, ids: Collection[str]) -> None:
    """Take things of one kind out of a room, every row."""
    for table, own in TRAVELS.items() if ids else ():
        if own.kind == kind:
            cursor.execute(f"DELETE FROM {table} WHERE {own.by} = ANY($1)", [[*ids]])
    if kind == "workshop" and ids:  # whoever watched it is let in anew
        cursor.execute("DELETE FROM wall WHERE workshop_id = ANY($1)", [[*ids]])


def asked_of(table: str, columns: Columns) -> str:
    """Give what asks for every row of a table, in an order by their values.

    Where they stood in the table would tell who came when.
    """
    listed = ", ".join(columns[table])
    return f"SELECT {listed} FROM {table} ORDER BY {listed}"


Rows = Mapping[str, list[tuple[Any, ...]]]
"""Rows by table, each behind the id of the thing that it is of."""


def rows_of(cursor: Cursor, columns: Columns, kind: str, ids: Collection[str]) -> Rows:
    """Give the rows of some things of one kind, by table in an order by their values."""
    return {
        table: cursor.execute(
            f"SELECT {own.by}, {', '.join(columns[table])} FROM {table} WHERE {own.by} = ANY($1) "
            f"ORDER BY {', '.join(columns[table])}",
            [[*ids]],
        ).fetchall()
        for table, own in TRAVELS.items()
        if own.kind == kind and ids
    }


def marks_of(rows: Rows, columns: Columns, ids: Collection[str]) -> dict[str, str]:
    """Give the mark of each of some things of one kind, by its id: an equal one, an equal thing.

    What is empty in a column counts for nothing: a later layout's columns begin so.
    """
    held: dict[str, list[str]] = {own_id: [] for own_id in ids}
    for table, of_table in rows.items():
        for own_id, *row in of_table:
            values = zip(columns[table], row, strict=True)
            said = [(name, value) for name, value in values if _is(value)]
            held[own_id].append(f"{table} {said!r}")
    return {
        own_id: hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()
        for own_id, said in held.items()
    }


def _is(value: object) -> bool:
    return value is not None and value is not False and value != ""


def _ids(cursor: Cursor, asked: str, *lists: list[str]) -> set[str]:
    return {found for (found,) in cursor.execute(asked, [*lists]).fetchall() if found is not None}
