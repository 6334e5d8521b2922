"""What a workshop asks beside its framework, and what its room answered together."""

from aqua_core.store.connecting import Cursor
from aqua_core.store.versions import add_next, add_row, note_added
from aqua_core.vocabulary import Instrument


def add_beside(cursor: Cursor, workshop_id: str, ordinal: int, instrument: Instrument) -> None:
    """Keep what a workshop asks beside its framework; `ordinal` counts from 0."""
    key = {"workshop_id": workshop_id, "ordinal": ordinal}
    add_row(cursor, "beside", {**key, "instrument": instrument.model_dump_json()})
    note_added("beside", key)


def beside_in(cursor: Cursor, workshop_id: str) -> tuple[Instrument, ...]:
    """Give what a workshop asks beside its framework, in the order in which it came."""
    rows = cursor.execute(
        "SELECT instrument FROM beside WHERE workshop_id = $1 ORDER BY ordinal", [workshop_id]
    ).fetchall()
    return tuple(Instrument.model_validate_json(instrument) for (instrument,) in rows)


def add_check(cursor: Cursor, workshop_id: str, asked: str, answer: int | None) -> None:
    """Keep what a room answered together; None takes its answer back."""
    add_next(cursor, "checked", {"workshop_id": workshop_id, "asked": asked}, {"answer": answer})


def checks_in(cursor: Cursor, workshop_id: str) -> dict[str, int]:
    """Give what a room answered together, by key; what was taken back is left out."""
    rows = cursor.execute(
        "SELECT asked, answer FROM checked WHERE workshop_id = $1 ORDER BY asked, sequence",
        [workshop_id],
    ).fetchall()
    return {asked: answer for asked, answer in dict(rows).items() if answer is not None}
