"""The first layout: workshops, their teams, rounds, seats and votes; notes and actions."""

from typing import Final

FIRST: Final = (
    "CREATE TABLE schema_version (version integer PRIMARY KEY)",
    """
    CREATE TABLE facilitator (
        token_hash varchar PRIMARY KEY
    )
    """,
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
