"""What the fifth layout added: what a room chose and what words mean in it, ways back, packs."""

from typing import Final

FIFTH: Final = (
    # Until now: 3 for one person a seat, and every team where teams share a laptop.
    "ALTER TABLE workshop ADD COLUMN guard integer DEFAULT 3",
    "UPDATE workshop SET guard = 1 WHERE holder = 'each team scores together on one laptop'",
    # Of a workshop that came in a pack, which has no seats and no votes: as JSON.
    """
    CREATE TABLE brought (
        workshop_id varchar PRIMARY KEY,
        shown varchar NOT NULL,
        progress varchar NOT NULL
    )
    """,
    # JSON, as the instrument is; until now nobody was asked.
    "ALTER TABLE workshop ADD COLUMN terms varchar DEFAULT '{}'",
    # A round that ended unseen. `opened`: how many rounds the workshop had opened by then.
    """
    CREATE TABLE taken_back (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        opened integer NOT NULL,
        too_few boolean NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    # A round that started from the answers of another: those are votes with sequence 0.
    """
    CREATE TABLE resumed (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        resumes integer NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    # Seats that were there when a round was revealed and had given nothing in it.
    """
    CREATE TABLE missed (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        seat_id varchar NOT NULL,
        PRIMARY KEY (workshop_id, domain, number, seat_id)
    )
    """,
)
