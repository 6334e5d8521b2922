"""What goes between places, as rows: visits, story cards, and which workshops said anything."""

from typing import Final, NamedTuple, TypeVar

from aqua_core.store.connecting import Cursor
from aqua_core.store.versions import add_row, newest_by_id
from aqua_core.vocabulary.sharing import StoryCard, Visit

Between = TypeVar("Between", Visit, StoryCard)
_TABLES: Final[dict[type, tuple[str, str]]] = {
    Visit: ("visit", "visit_on, id"),
    StoryCard: ("story", "id"),
}
"""By kind: its table, whose columns are called as its fields, and its order."""


def add_between(cursor: Cursor, said: Visit | StoryCard, *, taken_out: bool = False) -> None:
    """Append a version of a visit or a story card."""
    table, _ = _TABLES[type(said)]
    add_row(cursor, table, {**dict(said), "taken_out": taken_out})


def between(cursor: Cursor, kind: type[Between], *, taken_out: bool = False) -> tuple[Between, ...]:
    """Give the newest version of each visit, soonest first, or of each story card."""
    table, order = _TABLES[kind]
    fields = list(kind.model_fields)
    rows = cursor.execute(
        f"SELECT {', '.join(fields)} FROM {newest_by_id(table)} WHERE taken_out = $1 "
        f"ORDER BY {order}",
        [taken_out],
    ).fetchall()
    return tuple(kind.model_validate(dict(zip(fields, row, strict=True))) for row in rows)


class SaidAt(NamedTuple):
    """A workshop that said something, and the place that it counts to."""

    workshop_id: str
    code: str
    place_id: str
    place: str


def said_at(cursor: Cursor, table: str) -> tuple[SaidAt, ...]:
    """Give the workshops of which a table of ours holds rows, by place, the newest first.

    Samples are left out; `table` is never typed.
    """
    rows = cursor.execute(
        f"""
        SELECT workshop.id, code, counts.id, counts.name
        FROM workshop JOIN place ON place.id = workshop.place_id
        JOIN place AS counts ON counts.id = coalesce(nullif(place.joined_to, ''), place.id)
        WHERE NOT workshop.invented AND workshop.id IN (SELECT workshop_id FROM {table})
        ORDER BY lower(counts.name), counts.id, held_on DESC, ordinal DESC
        """
    ).fetchall()
    return tuple(SaidAt(*row) for row in rows)


def drop_between_gone(cursor: Cursor) -> None:
    """Take out visits and story cards of places that are gone, every version."""
    gone = "NOT IN (SELECT id FROM place)"
    cursor.execute(f"DELETE FROM visit WHERE guest_id {gone} OR host_id {gone}")
    cursor.execute(f"DELETE FROM story WHERE place_id {gone}")
