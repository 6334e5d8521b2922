"""What the fourth layout added: what was taken out of a plan, and going on without answers."""

from typing import Final

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
        workshop_id varchar NOT NULL,
        PRIMARY KEY (workshop_id)
    )
    """,
)
