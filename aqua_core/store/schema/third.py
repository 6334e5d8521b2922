"""What the third layout added: conversations as they ran, reasons and guesses, tests in cycles."""

from typing import Final

# Of each only the newest version or sequence counts; none before it is changed.
_TALK: Final = (
    # What the facilitator did with a card. An undo is a row as well, and says what it undoes.
    """
    CREATE TABLE topic_move (
        workshop_id varchar NOT NULL,
        sequence integer NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        act varchar NOT NULL,
        reason varchar NOT NULL,
        undoes integer,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    # `ends` in UTC; NULL once it was stopped. No seat leaves a time anywhere.
    """
    CREATE TABLE timer (
        workshop_id varchar NOT NULL,
        sequence integer NOT NULL,
        ends timestamp,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    """
    CREATE TABLE conversation (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        version integer NOT NULL,
        differs varchar NOT NULL,
        kind varchar NOT NULL,
        one_side varchar NOT NULL,
        one_needs varchar NOT NULL,
        other_side varchar NOT NULL,
        other_needs varchar NOT NULL,
        both_could varchar NOT NULL,
        agreement varchar NOT NULL,
        agreed_points integer CHECK (agreed_points BETWEEN 0 AND 5),
        stays_apart varchar[] NOT NULL,
        why_apart varchar NOT NULL,
        would_change varchar NOT NULL,
        parked_with varchar NOT NULL,
        parked_until date,
        PRIMARY KEY (workshop_id, domain, version)
    )
    """,
    # `team_id` is empty unless the seat asked for its team to be named.
    """
    CREATE TABLE reason (
        id varchar NOT NULL,
        sequence integer NOT NULL,
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        seat_id varchar NOT NULL,
        said varchar NOT NULL,
        team_id varchar NOT NULL,
        PRIMARY KEY (id, sequence)
    )
    """,
    """
    CREATE TABLE reason_shown (
        workshop_id varchar NOT NULL,
        sequence integer NOT NULL,
        reason_id varchar NOT NULL,
        shown boolean NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    # Rounds in which each seat is also asked what another partner scores.
    """
    CREATE TABLE guessing (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    """
    CREATE TABLE guess (
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        number integer NOT NULL,
        seat_id varchar NOT NULL,
        sequence integer NOT NULL,
        partner_id varchar NOT NULL,
        points integer NOT NULL CHECK (points BETWEEN 0 AND 5),
        PRIMARY KEY (workshop_id, domain, number, seat_id, sequence)
    )
    """,
)

_MORE_OF_AN_ACTION: Final = (
    *("aim", "prediction", "with_whom", "baseline", "target", "impact", "move"),
    *("pulls_against", "must_agree", "for_persona", "forum"),
)

_PLAN: Final = (
    *(f"ALTER TABLE action ADD COLUMN {each} varchar DEFAULT ''" for each in _MORE_OF_AN_ACTION),
    """
    CREATE TABLE cycle (
        workshop_id varchar NOT NULL,
        action_id varchar NOT NULL,
        number integer NOT NULL,
        version integer NOT NULL,
        planned varchar NOT NULL,
        predicted varchar NOT NULL,
        done varchar NOT NULL,
        seen varchar NOT NULL,
        decision varchar NOT NULL,
        PRIMARY KEY (action_id, number, version)
    )
    """,
    # `workshop_id` is that of the workshop which looked back, `action_id` one of an earlier one.
    """
    CREATE TABLE answer (
        workshop_id varchar NOT NULL,
        action_id varchar NOT NULL,
        sequence integer NOT NULL,
        answer varchar NOT NULL,
        said varchar NOT NULL,
        PRIMARY KEY (workshop_id, action_id, sequence)
    )
    """,
    """
    CREATE TABLE support (
        id varchar NOT NULL,
        version integer NOT NULL,
        workshop_id varchar NOT NULL,
        kind varchar NOT NULL,
        wanted varchar NOT NULL,
        from_whom varchar NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    """
    CREATE TABLE unclear (
        id varchar NOT NULL,
        version integer NOT NULL,
        workshop_id varchar NOT NULL,
        domain varchar NOT NULL,
        points integer NOT NULL CHECK (points BETWEEN 0 AND 5),
        suggestion varchar NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
)

THIRD: Final = (*_TALK, *_PLAN)
