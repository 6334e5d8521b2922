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
    return _newest(cursor, "workshop_id = $1", [workshop_id])


def guesses_of_seat(cursor: Cursor, workshop_id: str, seat_id: str) -> tuple[Guess, ...]:
    """Give the newest guesses of one seat: asked at each tap, so never of the whole room."""
    return _newest(cursor, "workshop_id = $1 AND seat_id = $2", [workshop_id, seat_id])


def _newest(cursor: Cursor, whose: str, given: list[str]) -> tuple[Guess, ...]:
    rows = cursor.execute(
        f"""
        SELECT domain, number, seat_id, sequence, partner_id, points FROM guess
        WHERE {whose} ORDER BY domain, number, seat_id, sequence
        """,
        given,
    ).fetchall()
    newest = {row[:3]: Guess(*row) for row in rows}
    return tuple(newest.values())
