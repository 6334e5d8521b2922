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
    """Give the newest round of each domain that was ever opened, by domain key."""
    rows = cursor.execute(
        """
        SELECT newest.domain, newest.number, reveal.number IS NOT NULL
        FROM (SELECT domain, max(number) AS number FROM round
              WHERE workshop_id = $1 GROUP BY domain) AS newest
        LEFT JOIN reveal ON reveal.workshop_id = $1
            AND reveal.domain = newest.domain AND reveal.number = newest.number
        ORDER BY newest.domain
        """,
        [workshop_id],
    ).fetchall()
    return tuple(Round(domain=d, number=n, revealed=r) for d, n, r in rows)
