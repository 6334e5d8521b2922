"""The wordings that places saved as their own, and whether a room is offered the mirror."""

from collections.abc import Sequence
from datetime import date

from aqua_core.store.connecting import Cursor
from aqua_core.store.versions import add_next, add_row
from aqua_core.vocabulary import Instrument
from aqua_core.vocabulary.own_words import OwnWords


def add_own_words(
    cursor: Cursor, place_id: str, parent: str, saved_on: date, instrument: Instrument
) -> None:
    """Append a version of a place's own; nothing that was saved before changes."""
    found = cursor.execute("SELECT coalesce(max(sequence), 0) + 1 FROM own_words").fetchone()
    row = {"place_id": place_id, "sequence": found[0] if found else 1, "parent": parent}
    said = {"saved_on": saved_on, "instrument": instrument.model_dump_json()}
    add_row(cursor, "own_words", row | said)


def own_words_of(cursor: Cursor, place_ids: Sequence[str]) -> tuple[OwnWords, ...]:
    """Give what a place that goes by these ids saved, the newest first."""
    rows = cursor.execute(
        "SELECT sequence, place_id, parent, saved_on, instrument FROM own_words "
        "ORDER BY sequence DESC"
    ).fetchall()
    return tuple(
        OwnWords(
            sequence=sequence,
            place_id=place_id,
            parent=parent,
            saved_on=saved_on,
            instrument=Instrument.model_validate_json(said),
        )
        for sequence, place_id, parent, saved_on, said in rows
        if place_id in place_ids
    )


def drop_own_words_gone(cursor: Cursor) -> None:
    """Take out what places saved that are gone."""
    cursor.execute("DELETE FROM own_words WHERE place_id NOT IN (SELECT id FROM place)")


def add_mirror(cursor: Cursor, workshop_id: str, *, offered: bool) -> None:
    """Offer a workshop's seats the look at themselves, or take it away again."""
    add_next(cursor, "mirror", {"workshop_id": workshop_id}, {"offered": offered})


def is_mirror_offered(cursor: Cursor, workshop_id: str) -> bool:
    """Tell whether the seats of a workshop are offered the look at themselves."""
    found = cursor.execute(
        "SELECT offered FROM mirror WHERE workshop_id = $1 ORDER BY sequence DESC LIMIT 1",
        [workshop_id],
    ).fetchone()
    return bool(found and found[0])
