"""What the seventh layout added: seats set aside, who may join, who is signed in."""

from typing import Final

SEVENTH: Final = (
    # Each setting aside and each putting back is a row; of a seat the newest counts.
    """
    CREATE TABLE seat_aside (
        workshop_id varchar NOT NULL,
        seat_id varchar NOT NULL,
        sequence integer NOT NULL,
        reason varchar NOT NULL,
        aside boolean NOT NULL,
        PRIMARY KEY (workshop_id, seat_id, sequence)
    )
    """,
    # Seats that were set aside when a round ended, and had given something on its domain.
    """
    CREATE TABLE left_out (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        seat_id varchar NOT NULL,
        PRIMARY KEY (workshop_id, domain, number, seat_id)
    )
    """,
    """
    CREATE TABLE joining (
        workshop_id varchar NOT NULL,
        sequence integer NOT NULL,
        closed boolean NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    # How many people the facilitator said would come; no row where nobody said.
    """
    CREATE TABLE expected (
        workshop_id varchar NOT NULL,
        sequence integer NOT NULL,
        people integer NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    # Who signed in before this layout: on no known day, by a link.
    "ALTER TABLE facilitator ADD COLUMN since date",
    "ALTER TABLE facilitator ADD COLUMN browser varchar DEFAULT ''",
    "ALTER TABLE facilitator ADD COLUMN by_passphrase boolean DEFAULT false",
)
