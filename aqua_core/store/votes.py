"""Votes: append-only rows; the score of a seat is the row with its highest sequence.

Appends, not upserts: upserts under four threads gave 426 errors in three seconds.
"""

from collections.abc import Sequence

from aqua_core.store.database import Cursor
from aqua_core.vocabulary import CANNOT_SAY, Cast, Score

_CURRENT = """
    SELECT vote.domain, vote.number, vote.seat_id, vote.points
    FROM vote JOIN (
        SELECT domain, number, seat_id, max(sequence) AS sequence
        FROM vote WHERE workshop_id = $1
        GROUP BY domain, number, seat_id
    ) AS newest
        ON newest.domain = vote.domain AND newest.number = vote.number
        AND newest.seat_id = vote.seat_id AND newest.sequence = vote.sequence
    WHERE vote.workshop_id = $1
"""


def add_vote(cursor: Cursor, workshop_id: str, cast: Cast) -> None:
    """Append a score as the newest of its seat in its round."""
    cursor.execute(
        """
        INSERT INTO vote (workshop_id, domain, number, seat_id, sequence, points)
        SELECT $1, $2, $3, $4, coalesce(max(sequence), 0) + 1, $5
        FROM vote WHERE workshop_id = $1 AND domain = $2 AND number = $3 AND seat_id = $4
        """,
        [workshop_id, cast.domain, cast.round, cast.seat_id, _points(cast.score)],
    )


def add_votes(cursor: Cursor, workshop_id: str, casts: Sequence[Cast]) -> None:
    """Append the first score of many seats at once."""
    cursor.executemany(
        "INSERT INTO vote (workshop_id, domain, number, seat_id, sequence, points) "
        "VALUES ($1, $2, $3, $4, 1, $5)",
        [
            [workshop_id, cast.domain, cast.round, cast.seat_id, _points(cast.score)]
            for cast in casts
        ],
    )


def scores_of_seat(cursor: Cursor, workshop_id: str, seat_id: str) -> dict[tuple[str, int], Score]:
    """Give the seat's current scores by domain key and round number."""
    rows = cursor.execute(f"{_CURRENT} AND vote.seat_id = $2", [workshop_id, seat_id]).fetchall()
    return {(domain, number): _score(points) for domain, number, _, points in rows}


def casts_of(cursor: Cursor, workshop_id: str) -> tuple[Cast, ...]:
    """Give every current score of a workshop, sealed or not, by domain, round and seat.

    Sealed scores are in it: only `workshop/` may read it, and it filters before anything leaves.
    """
    rows = cursor.execute(
        f"""
        SELECT latest.domain, latest.number, latest.seat_id, seat.team_id, latest.points
        FROM ({_CURRENT}) AS latest JOIN seat ON seat.id = latest.seat_id
        ORDER BY latest.domain, latest.number, latest.seat_id
        """,
        [workshop_id],
    ).fetchall()
    return tuple(
        Cast(domain=domain, round=number, seat_id=seat, team_id=team, score=_score(points))
        for domain, number, seat, team, points in rows
    )


def _points(score: Score) -> int | None:
    return None if score == CANNOT_SAY else int(score)


def _score(points: int | None) -> Score:
    return CANNOT_SAY if points is None else points
