"""What the fifth layout added: what a room is shown of small groups, and what a pack brought."""

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
)
