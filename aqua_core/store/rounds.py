"""Rounds: opened once, revealed once, never taken back."""

from aqua_core.store.database import Cursor
from aqua_core.vocabulary import Round


def add_round(cursor: Cursor, workshop_id: str, domain: str, number: int) -> None:
    """Open a round on a domain."""
    cursor.execute(
        "INSERT INTO round (workshop_id, domain, number) VALUES ($1, $2, $3)",
        [workshop_id, domain, number],
    )


def add_reveal(cursor: Cursor, workshop_id: str, domain: str, number: int) -> None:
    """Reveal a round."""
    cursor.execute(
        "INSERT INTO reveal (workshop_id, domain, number) VALUES ($1, $2, $3)",
        [workshop_id, domain, number],
    )


def rounds_of(cursor: Cursor, workshop_id: str) -> tuple[Round, ...]:
    """Give every round of a workshop, by domain key and number."""
    rows = cursor.execute(
        """
        SELECT round.domain, round.number, reveal.number IS NOT NULL
        FROM round LEFT JOIN reveal ON reveal.workshop_id = round.workshop_id
            AND reveal.domain = round.domain AND reveal.number = round.number
        WHERE round.workshop_id = $1
        ORDER BY round.domain, round.number
        """,
        [workshop_id],
    ).fetchall()
    return tuple(Round(domain=d, number=n, revealed=r) for d, n, r in rows)
