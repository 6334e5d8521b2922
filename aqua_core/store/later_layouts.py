"""The later layouts of the room's file, sixth to thirteenth: what each added."""

from typing import Final

SEVENTH: Final = (
    # Each setting aside and each putting back is a row; of a seat the newest counts.
    """
    CREATE TABLE seat_aside (
        workshop_id text NOT NULL,
        seat_id text NOT NULL,
        sequence integer NOT NULL,
        reason text NOT NULL,
        aside boolean NOT NULL,
        PRIMARY KEY (workshop_id, seat_id, sequence)
    )
    """,
    # Seats that were set aside when a round ended, and had given something on its domain.
    """
    CREATE TABLE left_out (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        seat_id text NOT NULL,
        PRIMARY KEY (workshop_id, domain, number, seat_id)
    )
    """,
    """
    CREATE TABLE joining (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        closed boolean NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    # How many people the facilitator said would come; no row where nobody said.
    """
    CREATE TABLE expected (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        people integer NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    # Who signed in before this layout: on no known day, by a link.
    "ALTER TABLE facilitator ADD COLUMN since date",
    "ALTER TABLE facilitator ADD COLUMN browser text DEFAULT ''",
    "ALTER TABLE facilitator ADD COLUMN by_passphrase boolean DEFAULT false",
)


_TABLES: Final = (
    # `joined_to` names the place that this one counts as; "" where it stands for itself.
    """
    CREATE TABLE place (
        id text PRIMARY KEY,
        name text NOT NULL,
        persona text NOT NULL,
        began_on date NOT NULL,
        next_wave_on date,
        invented boolean NOT NULL,
        joined_to text NOT NULL
    )
    """,
    # The columns `place` and `persona` stay what was typed: journals of earlier layouts write them.
    "ALTER TABLE workshop ADD COLUMN place_id text",
    # Of each the newest version counts: one that is taken out stays, and can be put back.
    # `people` is NULL where it is not known how many scored, and in what was measured here.
    """
    CREATE TABLE wave (
        id text NOT NULL,
        version integer NOT NULL,
        place_id text NOT NULL,
        kind text NOT NULL,
        dated date NOT NULL,
        source text NOT NULL,
        people integer,
        taken_out boolean NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    # A mean as it was published, in hundredths.
    """
    CREATE TABLE wave_mean (
        wave_id text NOT NULL,
        version integer NOT NULL,
        domain text NOT NULL,
        hundredths integer NOT NULL CHECK (hundredths BETWEEN 0 AND 500),
        people integer,
        PRIMARY KEY (wave_id, version, domain)
    )
    """,
    # The workshops behind a wave: one, or several that are revealed together.
    """
    CREATE TABLE sitting (
        workshop_id text PRIMARY KEY,
        wave_id text NOT NULL
    )
    """,
    # How the room read a fall since the wave before.
    """
    CREATE TABLE fall (
        wave_id text NOT NULL,
        domain text NOT NULL,
        version integer NOT NULL,
        reading text NOT NULL,
        PRIMARY KEY (wave_id, domain, version)
    )
    """,
    # "Were you in this room last time?", at most once a seat; closing takes the seat's id away.
    """
    CREATE TABLE been_here (
        workshop_id text NOT NULL,
        seat_id text NOT NULL,
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


EIGHTH: Final = (
    # NULL where it happened before days were kept.
    "ALTER TABLE cycle ADD COLUMN begun_on date",
    "ALTER TABLE cycle ADD COLUMN studied_on date",
    "ALTER TABLE answer ADD COLUMN answered_on date",
    # The action of an earlier plan that this one took on; "" for none.
    "ALTER TABLE action ADD COLUMN continues_id text DEFAULT ''",
)


NINTH: Final = (
    # A seat that sat in a sitting apart: it has answered here by a wave's reveal, on no device.
    "ALTER TABLE seat ADD COLUMN apart boolean DEFAULT false",
    # Sittings of this workshop's wave on other laptops, each with the key of its sealed file.
    """
    CREATE TABLE invited (
        workshop_id text NOT NULL,
        sitting_id text NOT NULL,
        called text NOT NULL,
        sealing_key bytea NOT NULL,
        PRIMARY KEY (workshop_id, sitting_id)
    )
    """,
    # On that other laptop: the workshop far away with which this one is revealed.
    """
    CREATE TABLE sits_for (
        workshop_id text PRIMARY KEY,
        code text NOT NULL,
        dated date NOT NULL,
        sealing_key bytea NOT NULL,
        met_before boolean NOT NULL
    )
    """,
    # Rounds of a sitting that ended when the wave was revealed, which holds their answers.
    """
    CREATE TABLE gathered (
        workshop_id text NOT NULL,
        domain text NOT NULL,
        number integer NOT NULL,
        PRIMARY KEY (workshop_id, domain, number)
    )
    """,
)

TENTH: Final = (
    # The sequence of the note that this one stands instead of, 0 for a note of its own; "" is none.
    "ALTER TABLE note ADD COLUMN corrects integer DEFAULT 0",
    "ALTER TABLE conversation ADD COLUMN taken_out boolean DEFAULT false",
    # A partner that came once something had been opened: nobody is asked to guess it.
    "ALTER TABLE partner ADD COLUMN late boolean DEFAULT false",
    # What the facilitator did, the newest last: `about` holds what undoing it needs, as JSON.
    """
    CREATE TABLE done (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        way text NOT NULL,
        said text NOT NULL,
        about text NOT NULL,
        undone boolean NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
)

# A host's laptop is a wall that may act: it leads the talk and the plan of its workshop.
ELEVENTH: Final = ("ALTER TABLE wall ADD COLUMN leads boolean DEFAULT false",)

TWELFTH: Final = (
    "ALTER TABLE brought ADD COLUMN plans_before text DEFAULT '[]'",
    # Workshops of several places on one day, joined by one code; each stands at one table.
    """
    CREATE TABLE gathering (
        id text PRIMARY KEY,
        code text NOT NULL UNIQUE,
        called text NOT NULL,
        held_on date NOT NULL
    )
    """,
    """
    CREATE TABLE at_table (
        workshop_id text PRIMARY KEY,
        gathering_id text NOT NULL,
        number integer NOT NULL
    )
    """,
    # Who the room said is missing from it, as one line; the newest counts, "" is nobody.
    """
    CREATE TABLE missing (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        named text NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
    # Share-out and exchange: of each the newest version counts.
    """
    CREATE TABLE share_out (
        workshop_id text NOT NULL,
        id text NOT NULL,
        version integer NOT NULL,
        kind text NOT NULL,
        domain text NOT NULL,
        said text NOT NULL,
        taken_out boolean NOT NULL,
        PRIMARY KEY (workshop_id, id, version)
    )
    """,
    """
    CREATE TABLE visit (
        id text NOT NULL,
        version integer NOT NULL,
        guest_id text NOT NULL,
        host_id text NOT NULL,
        domain text NOT NULL,
        visit_on date NOT NULL,
        taken_out boolean NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    """
    CREATE TABLE story (
        id text NOT NULL,
        version integer NOT NULL,
        place_id text NOT NULL,
        takes text NOT NULL,
        leaves text NOT NULL,
        would_change text NOT NULL,
        taken_out boolean NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    "ALTER TABLE action ADD COLUMN adapted_from text DEFAULT ''",
    "ALTER TABLE action ADD COLUMN adapted_how text DEFAULT ''",
    # Cards of waves that others may count, each in a file of its own; of none here: it was brought.
    """
    CREATE TABLE wave_card (
        id text PRIMARY KEY,
        wave_id text NOT NULL,
        added_on date NOT NULL
    )
    """,
    # Bands that were published of cards with the same words and tiers (JSON), as JSON.
    """
    CREATE TABLE band (
        wording text NOT NULL,
        tiers text NOT NULL,
        published_on date NOT NULL,
        said text NOT NULL,
        PRIMARY KEY (wording, tiers, published_on)
    )
    """,
)

THIRTEENTH: Final = (
    # What a place follows: of each the newest version counts. `target` is NULL where none was set.
    """
    CREATE TABLE measure (
        id text NOT NULL,
        version integer NOT NULL,
        place_id text NOT NULL,
        name text NOT NULL,
        unit text NOT NULL,
        better text NOT NULL,
        impact text NOT NULL,
        whom text NOT NULL,
        target decimal(18, 6),
        taken_out boolean NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    # `deed` counts what was done with readings, so that the last of it can be undone as a whole.
    """
    CREATE TABLE measured (
        id text NOT NULL,
        version integer NOT NULL,
        measure_id text NOT NULL,
        dated date NOT NULL,
        figure decimal(18, 6) NOT NULL,
        counted integer,
        source text NOT NULL,
        taken_out boolean NOT NULL,
        deed integer NOT NULL,
        PRIMARY KEY (id, version)
    )
    """,
    """
    CREATE TABLE phase (
        measure_id text NOT NULL,
        begins_on date NOT NULL,
        version integer NOT NULL,
        usual_until date,
        taken_out boolean NOT NULL,
        PRIMARY KEY (measure_id, begins_on, version)
    )
    """,
)


FOURTEENTH: Final = (
    # What a place saved as its own wording: an instrument as JSON, and the version before it.
    """
    CREATE TABLE own_words (
        place_id text NOT NULL,
        sequence integer NOT NULL,
        parent text NOT NULL,
        saved_on date NOT NULL,
        instrument text NOT NULL,
        PRIMARY KEY (place_id, sequence)
    )
    """,
    # Whether seats are offered the look at themselves; the newest counts, no row is no.
    """
    CREATE TABLE mirror (
        workshop_id text NOT NULL,
        sequence integer NOT NULL,
        offered boolean NOT NULL,
        PRIMARY KEY (workshop_id, sequence)
    )
    """,
)


SIXTEENTH: Final = (
    # What a workshop asks beside its framework, as JSON, in the order in which it came.
    """
    CREATE TABLE beside (
        workshop_id text NOT NULL,
        ordinal integer NOT NULL,
        instrument text NOT NULL,
        PRIMARY KEY (workshop_id, ordinal)
    )
    """,
    # What the room answered together, by nobody's vote; the newest counts, NULL takes it back.
    """
    CREATE TABLE checked (
        workshop_id text NOT NULL,
        asked text NOT NULL,
        sequence integer NOT NULL,
        answer integer,
        PRIMARY KEY (workshop_id, asked, sequence)
    )
    """,
)
