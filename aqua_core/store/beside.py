"""What a workshop asks beside its framework, and what its room answered together."""

from aqua_core.store.connecting import Cursor
from aqua_core.vocabulary import Instrument


def add_beside(cursor: Cursor, workshop_id: str, ordinal: int, instrument: Instrument) -> None:
    """Keep what a workshop asks beside its framework; `ordinal` counts from 0."""
    cursor.execute(
        "INSERT INTO beside (workshop_id, ordinal, instrument) VALUES ($1, $2, $3)",
        [workshop_id, ordinal, instrument.model_dump_json()],
    )


def beside_in(cursor: Cursor, workshop_id: str) -> tuple[Instrument, ...]:
    """Give what a workshop asks beside its framework, in the order in which it came."""
    rows = cursor.execute(
        "SELECT instrument FROM beside WHERE workshop_id = $1 ORDER BY ordinal", [workshop_id]
    ).fetchall()
    return tuple(Instrument.model_validate_json(instrument) for (instrument,) in rows)


def add_check(cursor: Cursor, workshop_id: str, asked: str, answer: int | None) -> None:
    """Keep what a room answered together; None takes its answer back."""
    cursor.execute(
        "INSERT INTO checked (workshop_id, asked, sequence, answer) "
        "SELECT $1, $2, coalesce(max(sequence), 0) + 1, $3 FROM checked "
        "WHERE workshop_id = $1 AND asked = $2",
        [workshop_id, asked, answer],
    )


def checks_in(cursor: Cursor, workshop_id: str) -> dict[str, int]:
    """Give what a room answered together, by key; what was taken back is left out."""
    rows = cursor.execute(
        "SELECT asked, answer FROM checked WHERE workshop_id = $1 ORDER BY asked, sequence",
        [workshop_id],
    ).fetchall()
    return {asked: answer for asked, answer in dict(rows).items() if answer is not None}
