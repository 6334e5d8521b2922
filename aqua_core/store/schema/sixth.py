"""What the sixth layout added: places as records, their waves, and what follows from two of them.

Nothing in it is random: a file is brought up to date in each of its copies too, and all of them
must come out with the same ids.
"""

from typing import Final

_TABLES: Final = (
    # `joined_to` names the place that this one counts as; "" where it stands for itself.
    """
    CREATE TABLE place (
        id varchar PRIMARY KEY,
        name varchar NOT NULL,
        persona varchar NOT NULL,
        began_on date NOT NULL,
        next_wave_on date,
        invented boolean NOT NULL,
        joined_to varchar NOT NULL
    )
    """,
    # The columns `place` and `persona` stay what was typed: journals of earlier layouts write them.
    "ALTER TABLE workshop ADD COLUMN place_id varchar",
    # Of each the newest version counts: one that is taken out stays, and can be put back.
    # `people` is NULL where it is not known how many scored, and in what was measured here.
    """
    CREATE TABLE wave (
        id varchar NOT NULL,
        version integer NOT NULL,
        place_id varchar NOT NULL,
        kind varchar NOT NULL,
        dated date NOT NULL,
        source varchar NOT NULL,
        people integer,
        taken_out boolean NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    # A mean as it was published, in hundredths.
    """
    CREATE TABLE wave_mean (
        wave_id varchar NOT NULL,
        version integer NOT NULL,
        domain varchar NOT NULL,
        hundredths integer NOT NULL CHECK (hundredths BETWEEN 0 AND 500),
        people integer,
        PRIMARY KEY (wave_id, version, domain)
    )
    """,
    # The workshops behind a wave: one, or several that are revealed together.
    """
    CREATE TABLE sitting (
        workshop_id varchar PRIMARY KEY,
        wave_id varchar NOT NULL
    )
    """,
    # How the room read a fall since the wave before.
    """
    CREATE TABLE fall (
        wave_id varchar NOT NULL,
        domain varchar NOT NULL,
        version integer NOT NULL,
        reading varchar NOT NULL,
        PRIMARY KEY (wave_id, domain, version)
    )
    """,
    # "Were you in this room last time?", at most once a seat; closing takes the seat's id away.
    """
    CREATE TABLE been_here (
        workshop_id varchar NOT NULL,
        seat_id varchar NOT NULL,
        last_time boolean NOT NULL
    )
    """,
)

# A place is named as its first workshop was; case does not matter, and a sample is a place apart.
HANG: Final = (
    """
    INSERT INTO place
        (id, name, persona, began_on, next_wave_on, invented, joined_to)
    SELECT 'p-' || first.id, first.place, newest.persona, earliest, NULL, first.invented, ''
    FROM (
        SELECT lower(place) AS called, invented, min(ordinal) AS first, max(ordinal) AS newest,
               min(held_on) AS earliest
        FROM workshop WHERE place_id IS NULL GROUP BY lower(place), invented
    ) AS named
    JOIN workshop AS first ON first.ordinal = named.first
    JOIN workshop AS newest ON newest.ordinal = named.newest
    WHERE NOT EXISTS (
        SELECT 1 FROM place WHERE lower(place.name) = called AND place.invented = named.invented
    )
    """,
    """
    UPDATE workshop SET place_id = (
        SELECT min(coalesce(nullif(place.joined_to, ''), place.id)) FROM place
        WHERE lower(place.name) = lower(workshop.place) AND place.invented = workshop.invented
    )
    WHERE place_id IS NULL
    """,
    """
    INSERT INTO wave (id, version, place_id, kind, dated, source, people, taken_out)
    SELECT 'w-' || id, 1, place_id, 'measured', held_on, '', NULL, false FROM workshop
    WHERE id NOT IN (SELECT workshop_id FROM sitting)
    """,
    """
    INSERT INTO sitting (workshop_id, wave_id)
    SELECT id, 'w-' || id FROM workshop WHERE id NOT IN (SELECT workshop_id FROM sitting)
    """,
)
"""Hangs each workshop that has no place on one by name, in a wave of its own."""

SIXTH: Final = (*_TABLES, *HANG)
