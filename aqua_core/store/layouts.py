"""The earlier layouts of the room's file, first to fifth: what each added."""

from typing import Final

FIRST: Final = (
    "CREATE TABLE schema_version (version integer PRIMARY KEY)",
    """
    CREATE TABLE facilitator (
        token_hash text PRIMARY KEY
    )
    """,
    """
    CREATE TABLE workshop (
        id text PRIMARY KEY,
        code text NOT NULL UNIQUE,
        place text NOT NULL,
        persona text NOT NULL,
        held_on date NOT NULL,
        holder text NOT NULL,
        instrument text NOT NULL,
        invented boolean NOT NULL,
        ordinal integer NOT NULL
    )
    """,
    """
    CREATE TABLE partner (
        id text PRIMARY KEY,
        workshop_id text NOT NULL,
        name text NOT NULL,
        sector text NOT NULL,
        ordinal integer NOT NULL
    )
    """,
    """
    CREATE TABLE team (
        id text PRIMARY KEY,
        workshop_id text NOT NULL,
        partner_id text NOT NULL,
        tier text NOT NULL,
        name text NOT NULL,
        ordinal integer NOT NULL
    )
    """,
    """
    CREATE TABLE round (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    """
    CREATE TABLE reveal (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    """
    CREATE TABLE seat (
        id text PRIMARY KEY,
        workshop_id text NOT NULL,
        team_id text NOT NULL,
        token_hash text NOT NULL
    )
    """,
    """
    CREATE TABLE seat_key (
        workshop_id text PRIMARY KEY,
        seat_key bytea NOT NULL
    )
    """,
    # A change of mind is a further row with the next sequence; points NULL is `cannot say`.
    """
    CREATE TABLE vote (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        seat_id text NOT NULL,
        sequence integer NOT NULL,
        points integer CHECK (points BETWEEN 0 AND 5),
        PRIMARY KEY (workshop_id, domain, number, seat_id, sequence)
    )
    """,
    """
    CREATE TABLE note (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        sequence integer NOT NULL,
        heard text NOT NULL,
        PRIMARY KEY (workshop_id, domain, sequence)
    )
    """,
    """
    CREATE TABLE action (
        id text NOT NULL,
        version integer NOT NULL,
        workshop_id text NOT NULL,
        test text NOT NULL,
        domain text NOT NULL,
        lead_role text NOT NULL,
        partners text[] NOT NULL,
        measure text NOT NULL,
        review_on date NOT NULL,
        scale text NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
)


SECOND: Final = (
    # A browser that shows one workshop to the room, and can do nothing.
    """
    CREATE TABLE wall (
        token_hash text PRIMARY KEY,
        workshop_id text NOT NULL
    )
    """,
    # A workshop that takes no more scores, and whose seats can no longer be told apart.
    """
    CREATE TABLE closing (
        workshop_id text PRIMARY KEY
    )
    """,
    # One row: how many deeds this file holds (the journal beside it says how many there must be),
    # and a mark that its copies share.
    """
    CREATE TABLE deed (
        number bigint NOT NULL,
        room text NOT NULL
    )
    """,
    # The mark of an earlier file must come out the same each time that it is brought up to date.
    """
    INSERT INTO deed (number, room)
    SELECT 0, coalesce(min(token_hash), gen_random_uuid()::text) FROM facilitator
    """,
)


# Of each only the newest version or sequence counts; none before it is changed.
_TALK: Final = (
    # What the facilitator did with a card. An undo is a row as well, and says what it undoes.
    """
    CREATE TABLE topic_move (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        act text NOT NULL,
        reason text NOT NULL,
        undoes integer,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    # `ends` in UTC; NULL once it was stopped. No seat leaves a time anywhere.
    """
    CREATE TABLE timer (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        ends timestamp,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    """
    CREATE TABLE conversation (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        version integer NOT NULL,
        differs text NOT NULL,
        kind text NOT NULL,
        one_side text NOT NULL,
        one_needs text NOT NULL,
        other_side text NOT NULL,
        other_needs text NOT NULL,
        both_could text NOT NULL,
        agreement text NOT NULL,
        agreed_points integer CHECK (agreed_points BETWEEN 0 AND 5),
        stays_apart text[] NOT NULL,
        why_apart text NOT NULL,
        would_change text NOT NULL,
        parked_with text NOT NULL,
        parked_until date,
        PRIMARY KEY (workshop_id, domain, version)
    )
    """,
    # `team_id` is empty unless the seat asked for its team to be named.
    """
    CREATE TABLE reason (
        id text NOT NULL,
        sequence integer NOT NULL,
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        seat_id text NOT NULL,
        said text NOT NULL,
        team_id text NOT NULL,
        PRIMARY KEY (id, sequence)
    )
    """,
    """
    CREATE TABLE reason_shown (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        reason_id text NOT NULL,
        shown boolean NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    # Rounds in which each seat is also asked what another partner scores.
    """
    CREATE TABLE guessing (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    """
    CREATE TABLE guess (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        seat_id text NOT NULL,
        sequence integer NOT NULL,
        partner_id text NOT NULL,
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
    *(f"ALTER TABLE action ADD COLUMN {column} text DEFAULT ''" for column in _MORE_OF_AN_ACTION),
    """
    CREATE TABLE cycle (
        workshop_id text NOT NULL,
        action_id text NOT NULL,
        number integer NOT NULL,
        version integer NOT NULL,
        planned text NOT NULL,
        predicted text NOT NULL,
        done text NOT NULL,
        seen text NOT NULL,
        decision text NOT NULL,
        PRIMARY KEY (action_id, number, version)
    )
    """,
    # `workshop_id` is that of the workshop which looked back, `action_id` one of an earlier one.
    """
    CREATE TABLE answer (
        workshop_id text NOT NULL,
        action_id text NOT NULL,
        sequence integer NOT NULL,
        answer text NOT NULL,
        said text NOT NULL,
        PRIMARY KEY (workshop_id, action_id, sequence)
    )
    """,
    """
    CREATE TABLE support (
        id text NOT NULL,
        version integer NOT NULL,
        workshop_id text NOT NULL,
        kind text NOT NULL,
        wanted text NOT NULL,
        from_whom text NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    """
    CREATE TABLE unclear (
        id text NOT NULL,
        version integer NOT NULL,
        workshop_id text NOT NULL,
        domain text NOT NULL,
        points integer NOT NULL CHECK (points BETWEEN 0 AND 5),
        suggestion text NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
)

THIRD: Final = (*_TALK, *_PLAN)


FOURTH: Final = (
    # Of each the newest version counts: one that is taken out stays, and can be put back.
    "ALTER TABLE action ADD COLUMN taken_out boolean DEFAULT false",
    # Counts what was saved in one plan; 0 for what an earlier layout saved.
    "ALTER TABLE action ADD COLUMN saved integer DEFAULT 0",
    "ALTER TABLE support ADD COLUMN taken_out boolean DEFAULT false",
    "ALTER TABLE unclear ADD COLUMN taken_out boolean DEFAULT false",
    # Scoring was offered before every open action of the place was answered.
    """
    CREATE TABLE went_on (
        workshop_id text NOT NULL,
        PRIMARY KEY (workshop_id)
    )
    """,
)


FIFTH: Final = (
    # Until now: 3 for one person a seat, and every team where teams share a laptop.
    "ALTER TABLE workshop ADD COLUMN guard integer DEFAULT 3",
    "UPDATE workshop SET guard = 1 WHERE holder = 'each team scores together on one laptop'",
    # Of a workshop that came in a pack, which has no seats and no votes: as JSON.
    """
    CREATE TABLE brought (
        workshop_id text PRIMARY KEY,
        shown text NOT NULL,
        progress text NOT NULL
    )
    """,
    # JSON, as the instrument is; until now nobody was asked.
    "ALTER TABLE workshop ADD COLUMN terms text DEFAULT '{}'",
    # A round that ended unseen. `opened`: how many rounds the workshop had opened by then.
    """
    CREATE TABLE taken_back (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        opened integer NOT NULL,
        too_few boolean NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    # A round that started from the answers of another: those are votes with sequence 0.
    """
    CREATE TABLE resumed (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        resumes integer NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
    # Seats that were there when a round was revealed and had given nothing in it.
    """
    CREATE TABLE missed (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        seat_id text NOT NULL,
        PRIMARY KEY (workshop_id, domain, number, seat_id)
    )
    """,
)
