"""What seats think that another partner scores; a change of mind is a further row."""

from typing import NamedTuple

from aqua_core.store.cursor import Cursor
from aqua_core.store.versions import add_row
from aqua_core.store.votes import LEFT_OUT, TAKEN_BACK


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
    add_row(cursor, "guess", {"workshop_id": workshop_id, **guess._asdict()})


def carry_guesses(cursor: Cursor, workshop_id: str, domain: str, before: int, number: int) -> None:
    """Start a round from the newest guesses of another one, which asked for them: sequence 0."""
    cursor.execute(
        f"""
        INSERT INTO guess (workshop_id, domain, number, seat_id, sequence, partner_id, points)
        SELECT $1, $2, $4, seat_id, 0, partner_id, points FROM guess AS given
        WHERE workshop_id = $1 AND domain = $2 AND number = $3 AND sequence = (
            SELECT max(sequence) FROM guess AS every
            WHERE every.workshop_id = $1 AND every.domain = $2 AND every.number = $3
              AND every.seat_id = given.seat_id
        ) AND (domain, number, seat_id) NOT IN ({LEFT_OUT})
        ORDER BY seat_id
        """,
        [workshop_id, domain, before, number],
    )


def guesses_of(cursor: Cursor, workshop_id: str) -> tuple[Guess, ...]:
    """Give the newest guess of each seat in each round, by domain, number and seat.

    Without what was taken back, or left out with its seat.
    """
    whose = (
        f"workshop_id = $1 AND (domain, number) NOT IN ({TAKEN_BACK}) "
        f"AND (domain, number, seat_id) NOT IN ({LEFT_OUT})"
    )
    return _newest(cursor, whose, [workshop_id])


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
