"""Places and their waves, as rows."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, Final

from aqua_core.store.connecting import Cursor
from aqua_core.store.exchange import drop_between_gone
from aqua_core.store.facts import came_in_packs
from aqua_core.store.measures import drop_measures_gone
from aqua_core.store.own_words import drop_own_words_gone
from aqua_core.store.programmes import drop_of_places_gone
from aqua_core.store.versions import add_next
from aqua_core.vocabulary import Holder, KeptPlace, PublishedMean, Wave, WaveKind
from aqua_core.vocabulary.over_time import FallReading
from aqua_core.vocabulary.place import Came, Met, Printed, Running, Tried

_COUNTS_TO: Final = "coalesce(nullif(place.joined_to, ''), place.id)"
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
    return _places(cursor, "TRUE", [])


def place_found(cursor: Cursor, place_id: str) -> KeptPlace | None:
    """Give the place with this id; None where there is none."""
    return next(iter(_places(cursor, "id = $1", [place_id])), None)


def ids_at(cursor: Cursor, place_id: str) -> list[str]:
    """Give the ids that a place goes by: its own, and those of what is joined to it."""
    rows = cursor.execute(
        "SELECT id FROM place WHERE $1 IN (id, joined_to) ORDER BY lower(name), id", [place_id]
    ).fetchall()
    return [found for (found,) in rows]


def _places(cursor: Cursor, where: str, values: list[str]) -> tuple[KeptPlace, ...]:
    columns = ("id", "name", "persona", "began_on", "next_wave_on", "invented", "joined_to")
    rows = cursor.execute(
        f"SELECT {', '.join(columns)} FROM place WHERE {where} ORDER BY lower(name), id", values
    ).fetchall()
    return tuple(KeptPlace(**dict(zip(columns, row, strict=True))) for row in rows)


def place_id_of(cursor: Cursor, workshop_id: str) -> str:
    """Give the id of the place that a workshop counts to."""
    found = cursor.execute(
        f"SELECT {_COUNTS_TO} FROM workshop JOIN place ON place.id = workshop.place_id "
        "WHERE workshop.id = $1",
        [workshop_id],
    ).fetchone()
    return found[0] if found else ""


def sitting_across(cursor: Cursor, place_id: str) -> tuple[tuple[str, str], ...]:
    """Give (code, the wave's place) of what sits in another place's wave, one of them this."""
    return tuple(
        cursor.execute(
            """
            SELECT DISTINCT code, place.name
            FROM sitting JOIN workshop ON workshop.id = sitting.workshop_id
            JOIN wave ON wave.id = sitting.wave_id JOIN place ON place.id = wave.place_id
            WHERE workshop.place_id <> wave.place_id AND $1 IN (workshop.place_id, wave.place_id)
            ORDER BY code
            """,
            [place_id],
        ).fetchall()
    )


def hang(cursor: Cursor, workshop_id: str, place_id: str) -> None:
    """Hang a workshop on a place, as the one sitting of a wave of its own."""
    cursor.execute("UPDATE workshop SET place_id = $2 WHERE id = $1", [workshop_id, place_id])
    wave_id = own_wave(cursor, workshop_id)
    cursor.execute(
        "INSERT INTO sitting (workshop_id, wave_id) VALUES ($1, $2)", [workshop_id, wave_id]
    )


def own_wave_id(workshop_id: str) -> str:
    """Give the id of the wave that a workshop makes by itself."""
    return f"w-{workshop_id}"


def own_wave(cursor: Cursor, workshop_id: str) -> str:
    """Give the wave that a workshop makes by itself; made where it is not there."""
    wave_id = own_wave_id(workshop_id)
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
        SELECT code, {_COUNTS_TO}, wave_id, held_on, ordinal,
               workshop.id IN (SELECT workshop_id FROM closing),
               workshop.id IN (SELECT workshop_id FROM reveal),
               holder = '{Holder.LAPTOP.value}'
        FROM workshop
        JOIN place ON place.id = workshop.place_id
        JOIN sitting ON sitting.workshop_id = workshop.id
        ORDER BY ordinal
        """
    ).fetchall()
    return tuple(map(Met._make, rows))


def came_to(cursor: Cursor, codes: Collection[str]) -> dict[str, Came]:
    """Give who came to the workshops with these codes, by code.

    Counted for those that are asked of alone: over 57,600 votes of 200 workshops, 20 take a third.
    """
    if not codes:
        return {}
    rows = cursor.execute(
        """
        WITH asked AS (SELECT id, code FROM workshop WHERE code = ANY($1)),
        scored AS (
            SELECT DISTINCT workshop_id, seat_id
            FROM vote JOIN reveal USING (workshop_id, domain, number)
            WHERE workshop_id IN (SELECT id FROM asked)
            AND (workshop_id, domain, number, seat_id) NOT IN (
                SELECT workshop_id, domain, number, seat_id FROM left_out
            )
        )
        SELECT code, asked.id, count(seat_id), array_agg(DISTINCT partner.name)
        FROM asked LEFT JOIN scored ON scored.workshop_id = asked.id
        LEFT JOIN seat ON seat.id = seat_id
        LEFT JOIN team ON team.id = team_id
        LEFT JOIN partner ON partner.id = partner_id
        GROUP BY code, asked.id ORDER BY code
        """,
        [list(codes)],
    ).fetchall()
    brought = came_in_packs(cursor)
    return {
        code: brought.get(held, Came(seats, frozenset(filter(None, names))))
        for code, held, seats, names in rows
    }


# Every plan read counted the same, and took seconds for 200 workshops.
_GOES_ON = f"""
    WITH held AS (
        SELECT workshop.id, code, {_COUNTS_TO} AS place_id, held_on, row_number() OVER (
            ORDER BY held_on, workshop.id NOT IN (SELECT workshop_id FROM closing), ordinal
        ) AS turn
        FROM workshop JOIN place ON place.id = workshop.place_id
    ), planned AS (
        SELECT action.id, code, place_id, review_on, continues_id
        FROM action JOIN held ON held.id = action.workshop_id
        WHERE NOT taken_out AND (action.id, version) IN (
            SELECT id, max(version) FROM action GROUP BY id
        )
    ), said AS (
        SELECT action_id, place_id, answer, coalesce(answered_on, held_on) AS day,
               row_number() OVER (
                   PARTITION BY action_id, place_id
                   ORDER BY coalesce(answered_on, held_on) DESC, turn DESC
               ) AS back
        FROM answer JOIN held ON held.id = answer.workshop_id
        WHERE (workshop_id, action_id, sequence) IN (
            SELECT workshop_id, action_id, max(sequence) FROM answer
            GROUP BY workshop_id, action_id
        )
    ), studied AS (
        SELECT action_id, decision, row_number() OVER (
            PARTITION BY action_id ORDER BY number DESC, version DESC
        ) AS back
        FROM cycle
    )
    SELECT code, review_on, coalesce(day >= review_on, false) FROM planned
    LEFT JOIN (SELECT action_id, place_id AS at_place, day FROM said WHERE back = 1) AS told
        ON action_id = id AND at_place = place_id
    WHERE id NOT IN (
        SELECT action_id FROM studied WHERE back = 1 AND decision IN ('adopt', 'abandon')
    )
    AND (id, place_id) NOT IN (
        SELECT action_id, place_id FROM said WHERE back = 1 AND answer = 'dropped'
    )
    AND (id, place_id) NOT IN (
        SELECT continues_id, place_id FROM planned WHERE continues_id <> ''
    )
    ORDER BY review_on, id
"""


def tried_in(cursor: Cursor) -> tuple[Tried, ...]:
    """Give every test that goes on in its place, soonest review first, as `going_on_at` does."""
    return tuple(Tried(*row) for row in cursor.execute(_GOES_ON).fetchall())


def begun_in(cursor: Cursor, today: date) -> frozenset[str]:
    """Give the ids of workshops that are not closed and score, or have begun on a day to come.

    Every room that was left open was asked of else: 200 took Home half a second.
    """
    # Without a join: that took five times as long, and every page after a reveal asks.
    rows = cursor.execute(
        """
        SELECT workshop_id FROM (
            SELECT workshop_id, domain, number FROM round
            EXCEPT SELECT workshop_id, domain, number FROM reveal
            EXCEPT SELECT workshop_id, domain, number FROM taken_back
        ) AS sealed
        UNION SELECT id FROM workshop WHERE held_on >= $1 AND id IN (
            SELECT workshop_id FROM round UNION SELECT workshop_id FROM seat
        )
        EXCEPT SELECT workshop_id FROM closing
        """,
        [today],
    ).fetchall()
    return frozenset(workshop_id for (workshop_id,) in rows)


def running_in(cursor: Cursor, workshops: Collection[str]) -> tuple[Running, ...]:
    """Give the workshops with these ids in the order in which they were held.

    Of one day, what is closed came before what is not.
    """
    rows = cursor.execute(
        f"""
        SELECT code, {_COUNTS_TO}, wave_id, held_on, ordinal,
               workshop.id IN (SELECT workshop_id FROM closing),
               workshop.id IN (SELECT workshop_id FROM seat)
        FROM workshop
        JOIN place ON place.id = workshop.place_id
        JOIN sitting ON sitting.workshop_id = workshop.id
        WHERE workshop.id = ANY($1)
        ORDER BY held_on, 6 DESC, ordinal
        """,
        [list(workshops)],
    ).fetchall()
    return tuple(map(Running._make, rows))


def add_fall(cursor: Cursor, wave_id: str, domain: str, reading: FallReading) -> None:
    """Append how the room reads a fall; the newest counts."""
    whose = {"wave_id": wave_id, "domain": domain}
    add_next(cursor, "fall", whose, {"reading": reading.value}, counted="version")


def falls_of(cursor: Cursor, wave_id: str) -> dict[str, FallReading]:
    """Give the newest reading of each fall of a wave, by domain key."""
    rows = cursor.execute(
        "SELECT domain, reading FROM fall WHERE wave_id = $1 ORDER BY domain, version", [wave_id]
    ).fetchall()
    return {domain: FallReading(reading) for domain, reading in rows}


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
    drop_between_gone(cursor)
    drop_measures_gone(cursor)
    drop_own_words_gone(cursor)
    drop_of_places_gone(cursor)


_NEWEST: Final = """
    wave JOIN (SELECT id, max(version) AS version FROM wave GROUP BY id) AS newest
      ON newest.id = wave.id AND newest.version = wave.version
"""


def add_published(cursor: Cursor, place_id: str, wave: Wave, *, taken_out: bool = False) -> None:
    """Append a version of a published wave, in sight or taken out."""
    cursor.execute(
        """
        INSERT INTO wave (id, version, place_id, kind, dated, source, people, taken_out)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        [
            *(wave.id, wave.version, place_id, WaveKind.PUBLISHED.value),
            *(wave.dated, wave.source, wave.people, taken_out),
        ],
    )
    for mean in wave.means:
        cursor.execute(
            "INSERT INTO wave_mean (wave_id, version, domain, hundredths, people) "
            "VALUES ($1, $2, $3, $4, $5)",
            [wave.id, wave.version, mean.domain, round(mean.mean * 100), mean.people],
        )


def waves_of(
    cursor: Cursor, places: Collection[str], *, taken_out: bool = False
) -> tuple[Wave, ...]:
    """Give the newest version of each wave of some places, the first one first.

    Measured waves without a workshop behind them are left out.
    """
    rows = cursor.execute(
        f"""
        SELECT wave.id, wave.version, kind, dated, source, people FROM {_NEWEST}
        WHERE place_id = ANY($1) AND taken_out = $2
        ORDER BY dated, wave.id
        """,
        [list(places), taken_out],
    ).fetchall()
    means, codes = _means(cursor), _codes(cursor)
    waves = (
        Wave(
            id=wave_id,
            version=version,
            kind=WaveKind(kind),
            dated=dated,
            source=source,
            people=people,
            means=tuple(means[wave_id, version]),
            codes=tuple(code for code, _ in codes[wave_id]),
            shown=not codes[wave_id] or any(shown for _, shown in codes[wave_id]),
        )
        for wave_id, version, kind, dated, source, people in rows
    )
    return tuple(wave for wave in waves if wave.codes or wave.kind is WaveKind.PUBLISHED)


def has_several_waves(cursor: Cursor, workshop_id: str) -> bool:
    """Tell whether a workshop's place has more waves than one, in sight or taken out."""
    (waves,) = cursor.execute(
        f"""
        SELECT count(DISTINCT wave.id)
        FROM workshop JOIN place ON place.id = workshop.place_id
        JOIN place AS known ON {_COUNTS_TO} IN (known.id, known.joined_to)
        JOIN wave ON wave.place_id = known.id
        WHERE workshop.id = $1
        """,
        [workshop_id],
    ).fetchone() or (0,)
    return int(waves) > 1


def printed_in(cursor: Cursor) -> tuple[Printed, ...]:
    """Give every published wave with the place that it counts to, the first one first."""
    rows = cursor.execute(
        f"""
        SELECT coalesce(nullif(place.joined_to, ''), place.id), dated, people
        FROM {_NEWEST} JOIN place ON place.id = wave.place_id
        WHERE kind = 'published' AND NOT taken_out ORDER BY dated, wave.id
        """
    ).fetchall()
    return tuple(Printed(*row) for row in rows)


def drop_published(cursor: Cursor, place_id: str) -> None:
    """Take every version of a place's published waves out of the file."""
    cursor.execute("DELETE FROM wave WHERE place_id = $1 AND kind = 'published'", [place_id])


def _means(cursor: Cursor) -> dict[Any, list[PublishedMean]]:
    found: dict[Any, list[PublishedMean]] = defaultdict(list)
    rows = cursor.execute(
        "SELECT wave_id, version, domain, hundredths, people FROM wave_mean "
        "ORDER BY wave_id, version, domain"
    ).fetchall()
    for wave_id, version, domain, hundredths, people in rows:
        mean = PublishedMean(domain=domain, mean=hundredths / 100, people=people)
        found[wave_id, version].append(mean)
    return found


def _codes(cursor: Cursor) -> dict[str, list[tuple[str, bool]]]:
    """Give the workshops behind each wave by its id, and whether anything of each was revealed."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    rows = cursor.execute(
        """
        SELECT wave_id, code, workshop.id IN (SELECT workshop_id FROM reveal)
        FROM sitting JOIN workshop ON workshop.id = sitting.workshop_id
        ORDER BY held_on, ordinal
        """
    ).fetchall()
    for wave_id, *held in rows:
        found[wave_id].append((held[0], held[1]))
    return found
