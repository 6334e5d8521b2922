"""What the second layout added: walls, closings, and a count of deeds."""

from typing import Final

SECOND: Final = (
    # A browser that shows one workshop to the room, and can do nothing.
    """
    CREATE TABLE wall (
        token_hash varchar PRIMARY KEY,
        workshop_id varchar NOT NULL
    )
    """,
    # A workshop that takes no more scores, and whose seats can no longer be told apart.
    """
    CREATE TABLE closing (
        workshop_id varchar PRIMARY KEY
    )
    """,
    # One row: how many deeds this file holds (the journal beside it says how many there must be),
    # and a mark that its copies share.
    """
    CREATE TABLE deed (
        number bigint NOT NULL,
        room varchar NOT NULL
    )
    """,
    # The mark of an earlier file must come out the same each time that it is brought up to date.
    """
    INSERT INTO deed (number, room)
    SELECT 0, coalesce(min(token_hash), gen_random_uuid()::varchar) FROM facilitator
    """,
)
