"""Rounds: opened once, revealed once, never taken back."""

from aqua_core.store.cursor import Cursor
from aqua_core.store.facts import changing, forget, once_opened
from aqua_core.vocabulary import Round


def add_round(cursor: Cursor, workshop_id: str, domain: str, number: int) -> None:
    """Open a round on a domain."""
    changing(("rounds", workshop_id))
    forget(("rounds", workshop_id))
    cursor.execute(
        "INSERT INTO round (workshop_id, domain, number) VALUES ($1, $2, $3)",
        [workshop_id, domain, number],
    )


def add_reveal(cursor: Cursor, workshop_id: str, domain: str, number: int) -> None:
    """Reveal a round."""
    changing(("rounds", workshop_id))
    forget(("rounds", workshop_id))
    cursor.execute(
        "INSERT INTO reveal (workshop_id, domain, number) VALUES ($1, $2, $3)",
        [workshop_id, domain, number],
    )


def rounds_of(cursor: Cursor, workshop_id: str) -> tuple[Round, ...]:
    """Give every round of a workshop, by domain key and number."""
    # A union, not a join: planning the join took as long as the rest of a vote.
    rows = cursor.execute(
        """
        SELECT domain, number, false AS revealed FROM round WHERE workshop_id = $1
        UNION ALL
        SELECT domain, number, true AS revealed FROM reveal WHERE workshop_id = $1
        ORDER BY domain, number, revealed
        """,
        [workshop_id],
    ).fetchall()
    newest = {(domain, number): revealed for domain, number, revealed in rows}
    return tuple(
        Round(domain=domain, number=number, revealed=revealed)
        for (domain, number), revealed in newest.items()
    )


def rounds_to_score_in(cursor: Cursor, workshop_id: str) -> tuple[Round, ...]:
    """Give every round of a workshop to a writer that opens and reveals none: read once for all.

    Writers queue, so nobody can open or reveal between this answer and their commit.
    """
    return once_opened(("rounds", workshop_id), lambda: rounds_of(cursor, workshop_id)) or ()
