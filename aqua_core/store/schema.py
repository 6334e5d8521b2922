"""The tables. Votes, rounds, reveals, notes and actions are only ever added to.

No foreign keys (erasing parent and children in one transaction fails), no triggers, no identity
columns; ids are random tokens made in Python; times are left out where they could tell who did
what. The SQL is PostgreSQL's too, but for one type (blob is bytea there).
"""

from typing import Final

SCHEMA_VERSION: Final = 2

_SINCE_2: Final = (
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

SCHEMA: Final = (
    "CREATE TABLE schema_version (version integer PRIMARY KEY)",
    """
    CREATE TABLE facilitator (
        token_hash varchar PRIMARY KEY
    )
    """,
    *_SINCE_2,
    """
    CREATE TABLE workshop (
        id varchar PRIMARY KEY,
        code varchar NOT NULL UNIQUE,
        place varchar NOT NULL,
        persona varchar NOT NULL,
        held_on date NOT NULL,
        holder varchar NOT NULL,
        instrument varchar NOT NULL,
        invented boolean NOT NULL,
        ordinal integer NOT NULL
    )
    """,
    """
    CREATE TABLE partner (
        id varchar PRIMARY KEY,
        workshop_id varchar NOT NULL,
        name varchar NOT NULL,
        sector varchar NOT NULL,
        ordinal integer NOT NULL
    )
    """,
    """
    CREATE TABLE team (
        id varchar PRIMARY KEY,
        workshop_id varchar NOT NULL,
        partner_id varchar NOT NULL,
        tier varchar NOT NULL,
        name varchar NOT NULL,
        ordinal integer NOT NULL
    )
    """,
    """
    CREATE TABLE round (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    """
    CREATE TABLE reveal (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    """
    CREATE TABLE seat (
        id varchar PRIMARY KEY,
        workshop_id varchar NOT NULL,
        team_id varchar NOT NULL,
        token_hash varchar NOT NULL
    )
    """,
    """
    CREATE TABLE seat_key (
        workshop_id varchar PRIMARY KEY,
        seat_key blob NOT NULL
    )
    """,
    # A change of mind is a further row with the next sequence; points NULL is `cannot say`.
    """
    CREATE TABLE vote (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        seat_id varchar NOT NULL,
        sequence integer NOT NULL,
        points integer CHECK (points BETWEEN 0 AND 5),
        PRIMARY KEY (workshop_id, domain, number, seat_id, sequence)
    )
    """,
    """
    CREATE TABLE note (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        sequence integer NOT NULL,
        heard varchar NOT NULL,
        PRIMARY KEY (workshop_id, domain, sequence)
    )
    """,
    """
    CREATE TABLE action (
        id varchar NOT NULL,
        version integer NOT NULL,
        workshop_id varchar NOT NULL,
        test varchar NOT NULL,
        domain varchar NOT NULL,
        lead_role varchar NOT NULL,
        partners varchar[] NOT NULL,
        measure varchar NOT NULL,
        review_on date NOT NULL,
        scale varchar NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
)

UPGRADES: Final = {1: _SINCE_2}
"""What brings a file of an earlier version to the next one, by its version."""
