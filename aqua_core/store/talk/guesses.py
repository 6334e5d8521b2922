"""What seats think that another partner scores; a change of mind is a further row."""

from typing import NamedTuple

from aqua_core.store.cursor import Cursor


class Guess(NamedTuple):
    """The newest guess of a seat in one round: the partner, and its points as a whole number."""

    domain: str
    number: int
    seat_id: str
    sequence: int
    partner_id: str
    points: int


def add_guessing(cursor: Cursor, workshop_id: str, domain: str, number: int) -> None:
    """Let a round ask for guesses as well."""
    cursor.execute(
        "INSERT INTO guessing (workshop_id, domain, number) VALUES ($1, $2, $3)",
        [workshop_id, domain, number],
    )


def guessing_in(cursor: Cursor, workshop_id: str) -> frozenset[tuple[str, int]]:
    """Give (domain, number) of the rounds that ask for guesses."""
    rows = cursor.execute(
        "SELECT domain, number FROM guessing WHERE workshop_id = $1 ORDER BY domain, number",
        [workshop_id],
    ).fetchall()
    return frozenset((domain, number) for domain, number in rows)


def add_guess(cursor: Cursor, workshop_id: str, guess: Guess) -> None:
    """Append a guess."""
    cursor.execute(
        """
        INSERT INTO guess (workshop_id, domain, number, seat_id, sequence, partner_id, points)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        [workshop_id, *guess],
    )


def guesses_of(cursor: Cursor, workshop_id: str) -> tuple[Guess, ...]:
    """Give the newest guess of each seat in each round, by domain, number and seat."""
    rows = cursor.execute(
        """
        SELECT guess.domain, guess.number, guess.seat_id, guess.sequence, partner_id, points
        FROM guess JOIN (
            SELECT domain, number, seat_id, max(sequence) AS sequence
            FROM guess WHERE workshop_id = $1 GROUP BY domain, number, seat_id
        ) AS newest ON newest.domain = guess.domain AND newest.number = guess.number
                   AND newest.seat_id = guess.seat_id AND newest.sequence = guess.sequence
        WHERE workshop_id = $1
        ORDER BY guess.domain, guess.number, guess.seat_id
        """,
        [workshop_id],
    ).fetchall()
    return tuple(Guess(*row) for row in rows)
