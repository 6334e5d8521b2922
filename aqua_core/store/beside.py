"""What a workshop asks beside its framework, and what its room answered together."""

from collections.abc import Sequence

from aqua_core.store.connecting import Cursor
from aqua_core.store.versions import add_next, add_row, note_added
from aqua_core.vocabulary import Instrument


def add_beside(cursor: Cursor, workshop_id: str, instrument: Instrument) -> None:
    """Keep what a workshop asks beside its framework, as what came last; also again."""
    found = cursor.execute(
        "SELECT count(*) FROM beside WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    key = {"workshop_id": workshop_id, "ordinal": found[0] if found else 0}
    add_row(cursor, "beside", {**key, "instrument": instrument.model_dump_json()})
    note_added("beside", key)


def beside_rows(cursor: Cursor, workshop_id: str) -> tuple[str, ...]:
    """Give what a workshop asks beside its framework, as JSON, in the order in which it came."""
    rows = cursor.execute(
        "SELECT instrument FROM beside WHERE workshop_id = $1 ORDER BY ordinal", [workshop_id]
    ).fetchall()
    return tuple(instrument for (instrument,) in rows)


def beside_of(rows: Sequence[str]) -> tuple[Instrument, ...]:
    """Read what `beside_rows` gave, in the order in which each came last."""
    came: dict[str, Instrument] = {}
    for said in rows:
        instrument = Instrument.model_validate_json(said)
        came.pop(instrument.key, None)
        came[instrument.key] = instrument
    return tuple(came.values())


def add_check(cursor: Cursor, workshop_id: str, asked: str, answer: int | None) -> None:
    """Keep what a room answered together; None takes its answer back."""
    add_next(cursor, "checked", {"workshop_id": workshop_id, "asked": asked}, {"answer": answer})


def checks_in(cursor: Cursor, workshop_id: str) -> dict[str, int | None]:
    """Give what a room answered together, by key; None where it was opened, or taken back."""
    rows = cursor.execute(
        "SELECT asked, answer FROM checked WHERE workshop_id = $1 ORDER BY asked, sequence",
        [workshop_id],
    ).fetchall()
    return dict(rows)
