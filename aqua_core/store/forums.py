"""Forums of places, as rows: of each the newest version counts."""

from collections.abc import Collection
from typing import Final

from aqua_core.store.connecting import Cursor
from aqua_core.store.versions import add_row, newest_by_id
from aqua_core.vocabulary.forum import Forum

_FIELDS: Final = tuple(Forum.model_fields)


def add_forum(cursor: Cursor, place_id: str, forum: Forum, *, taken_out: bool = False) -> None:
    """Append a version of a forum, in sight or taken out."""
    add_row(cursor, "forum", {**dict(forum), "place_id": place_id, "taken_out": taken_out})


def forums_of(
    cursor: Cursor, places: Collection[str], *, taken_out: bool = False
) -> tuple[Forum, ...]:
    """Give the newest version of each forum of some places, by name."""
    rows = cursor.execute(
        f"""
        SELECT {", ".join(_FIELDS)} FROM {newest_by_id("forum")}
        WHERE place_id = ANY($1) AND taken_out = $2 ORDER BY lower(name), id
        """,
        [list(places), taken_out],
    ).fetchall()
    return tuple(Forum.model_validate(dict(zip(_FIELDS, row, strict=True))) for row in rows)
