"""Layouts of the room's file: programmes and what a room says of itself; forums; what is given."""

from typing import Final

PROGRAMMES: Final = (
    # Of programmes and sessions the newest version counts; `steps` is the run sheet as JSON.
    """
    CREATE TABLE programme (
        id text NOT NULL,
        version integer NOT NULL,
        name text NOT NULL,
        began_on date NOT NULL,
        scale text NOT NULL,
        people text NOT NULL,
        project text NOT NULL,
        taken_out boolean NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    """
    CREATE TABLE programme_place (
        programme_id text NOT NULL,
        place_id text NOT NULL,
        PRIMARY KEY (programme_id, place_id)
    )
    """,
    """
    CREATE TABLE programme_session (
        id text NOT NULL,
        version integer NOT NULL,
        programme_id text NOT NULL,
        kind text NOT NULL,
        number integer NOT NULL,
        held_on date NOT NULL,
        begins text NOT NULL,
        steps text NOT NULL,
        taken_out boolean NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    # The role that chases actions between waves; no row where nobody said.
    """
    CREATE TABLE glue (
        place_id text PRIMARY KEY,
        held_by text NOT NULL
    )
    """,
    # How a run sheet stands in a workshop, as JSON; the newest row counts, "" where it was ended.
    """
    CREATE TABLE run_sheet (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        stands text NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    """
    CREATE TABLE request_answer (
        workshop_id text NOT NULL,
        support_id text NOT NULL,
        version integer NOT NULL,
        who text NOT NULL,
        by_on date,
        met boolean NOT NULL,
        PRIMARY KEY (workshop_id, support_id, version)
    )
    """,
    # The three questions of the end: asked in a workshop, answered by seats, and what was shown.
    # A seat has one row, which goes when they are shown: then nothing says whose an answer was.
    """
    CREATE TABLE last_asked (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    """
    CREATE TABLE last_words (
        workshop_id text NOT NULL,
        seat_id text NOT NULL,
        learned text NOT NULL,
        will_try text NOT NULL,
        would_stop text NOT NULL
    )
    """,
    """
    CREATE TABLE last_said (
        workshop_id text NOT NULL,
        question text NOT NULL,
        number integer NOT NULL,
        said text NOT NULL,
        PRIMARY KEY (workshop_id, question, number)
    )
    """,
    # "Is it safe to speak here?", at most once a seat; closing takes the seat's id away.
    """
    CREATE TABLE felt_safe (
        workshop_id text NOT NULL,
        seat_id text NOT NULL,
        safe boolean NOT NULL
    )
    """,
    "ALTER TABLE conversation ADD COLUMN surprised text DEFAULT ''",
)

FORUMS: Final = (
    # What decides at a place, and what it must hear; of each the newest version counts.
    """
    CREATE TABLE forum (
        id text NOT NULL,
        version integer NOT NULL,
        place_id text NOT NULL,
        name text NOT NULL,
        kind text NOT NULL,
        hears text NOT NULL,
        taken_out boolean NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    *(
        f"ALTER TABLE action ADD COLUMN {field} text DEFAULT ''"
        for field in ("decision_of", "coalition", "gives", "gains")
    ),
    # The test that is a programme's project, by the id of the action; "" for none.
    "ALTER TABLE programme ADD COLUMN project_id text DEFAULT ''",
)

GIVEN: Final = (
    # Waves that places give for analysis, each in a file of its own, under ids that say nothing.
    """
    CREATE TABLE given_wave (
        wave_id text PRIMARY KEY,
        id text NOT NULL,
        place_key text NOT NULL,
        given_on date NOT NULL
    )
    """,
)
