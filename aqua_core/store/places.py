"""Places, what is joined to what, and what hangs on them."""

from typing import Final

from aqua_core.store.brought import progress_in
from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import KeptPlace
from aqua_core.vocabulary.place import Met, Tried

COUNTS_TO: Final = "coalesce(nullif(place.joined_to, ''), place.id)"
"""The place that a row of `place` counts to: the one it is joined to, else itself."""


def add_place(cursor: Cursor, place: KeptPlace) -> None:
    """Keep a new place."""
    cursor.execute(
        """
        INSERT INTO place (id, name, persona, began_on, next_wave_on, invented, joined_to)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        [
            *(place.id, place.name, place.persona, place.began_on),
            *(place.next_wave_on, place.invented, place.joined_to),
        ],
    )


def change_place(cursor: Cursor, place: KeptPlace) -> None:
    """Keep what a place is called now, its days, and what it is joined to."""
    cursor.execute(
        """
        UPDATE place SET name = $2, persona = $3, began_on = $4, next_wave_on = $5, joined_to = $6
        WHERE id = $1
        """,
        [
            *(place.id, place.name, place.persona, place.began_on),
            *(place.next_wave_on, place.joined_to),
        ],
    )


def places_in(cursor: Cursor) -> tuple[KeptPlace, ...]:
    """Give every place, by name."""
    rows = cursor.execute(
        "SELECT id, name, persona, began_on, next_wave_on, invented, joined_to FROM place "
        "ORDER BY lower(name), id"
    ).fetchall()
    return tuple(
        KeptPlace(
            id=place_id,
            name=name,
            persona=persona,
            began_on=began_on,
            next_wave_on=next_wave_on,
            invented=invented,
            joined_to=joined_to,
        )
        for place_id, name, persona, began_on, next_wave_on, invented, joined_to in rows
    )


def hang(cursor: Cursor, workshop_id: str, place_id: str) -> None:
    """Hang a workshop on a place, as the one sitting of a wave of its own."""
    cursor.execute("UPDATE workshop SET place_id = $2 WHERE id = $1", [workshop_id, place_id])
    wave_id = own_wave(cursor, workshop_id)
    cursor.execute(
        "INSERT INTO sitting (workshop_id, wave_id) VALUES ($1, $2)", [workshop_id, wave_id]
    )


def own_wave(cursor: Cursor, workshop_id: str) -> str:
    """Give the wave that a workshop makes by itself; made where it is not there."""
    wave_id = f"w-{workshop_id}"
    cursor.execute(
        """
        INSERT INTO wave (id, version, place_id, kind, dated, source, people, taken_out)
        SELECT $2, 1, place_id, 'measured', held_on, '', NULL, false
        FROM workshop WHERE id = $1 AND $2 NOT IN (SELECT id FROM wave)
        """,
        [workshop_id, wave_id],
    )
    return wave_id


def sit_in(cursor: Cursor, workshop_id: str, wave_id: str) -> None:
    """Make a workshop a sitting of a wave; the one that it leaves stays, without it."""
    cursor.execute("UPDATE sitting SET wave_id = $2 WHERE workshop_id = $1", [workshop_id, wave_id])


def met_at(cursor: Cursor) -> tuple[Met, ...]:
    """Give every workshop with the place that it counts to, in the order of set-up."""
    rows = cursor.execute(
        f"""
        SELECT workshop.id, code, {COUNTS_TO}, wave_id, held_on, ordinal,
               workshop.id IN (SELECT workshop_id FROM closing),
               workshop.id IN (SELECT workshop_id FROM reveal),
               (SELECT count(*) FROM seat WHERE seat.workshop_id = workshop.id),
               (SELECT count(*) FROM partner WHERE partner.workshop_id = workshop.id)
        FROM workshop
        JOIN place ON place.id = workshop.place_id
        JOIN sitting ON sitting.workshop_id = workshop.id
        ORDER BY ordinal
        """
    ).fetchall()
    brought = progress_in(cursor)
    return tuple(Met._make((*row[1:8], brought.get(row[0], row[8]), row[9])) for row in rows)


def tried_in(cursor: Cursor) -> tuple[Tried, ...]:
    """Give every test that stands in a plan, soonest review first."""
    rows = cursor.execute(
        """
        SELECT workshop.code, action.test, action.review_on, coalesce((
                   SELECT cycle.decision FROM cycle WHERE cycle.action_id = action.id
                   ORDER BY cycle.number DESC, cycle.version DESC LIMIT 1
               ), ''),
               EXISTS (
                   SELECT 1 FROM answer WHERE answer.action_id = action.id
                   AND answer.answer = 'dropped' AND NOT EXISTS (
                       SELECT 1 FROM answer AS newer WHERE newer.action_id = answer.action_id
                       AND newer.workshop_id = answer.workshop_id
                       AND newer.sequence > answer.sequence
                   )
               )
        FROM action JOIN workshop ON workshop.id = action.workshop_id
        JOIN (SELECT id, max(version) AS version FROM action GROUP BY id) AS newest
          ON newest.id = action.id AND newest.version = action.version
        WHERE NOT action.taken_out
        ORDER BY action.review_on, action.id
        """
    ).fetchall()
    return tuple(Tried(*row) for row in rows)


def drop_what_hangs_on_nothing(cursor: Cursor) -> None:
    """Take out waves that no workshop stands behind, then places that nothing hangs on."""
    cursor.execute(
        "DELETE FROM wave WHERE kind = 'measured' AND id NOT IN (SELECT wave_id FROM sitting)"
    )
    for table in ("fall", "wave_mean"):
        cursor.execute(f"DELETE FROM {table} WHERE wave_id NOT IN (SELECT id FROM wave)")
    for _ in range(2):  # a place that only another was joined to goes once that one is gone
        cursor.execute(
            """
            DELETE FROM place WHERE id NOT IN (SELECT joined_to FROM place)
              AND id NOT IN (SELECT place_id FROM workshop WHERE place_id IS NOT NULL)
              AND id NOT IN (SELECT place_id FROM wave)
            """
        )
