"""Votes: append-only rows; the score of a seat is the row with its highest sequence.

Sequence 0 is no tap: it was carried from the round that this one resumes.

Appends, not upserts: upserts under four threads gave 426 errors in three seconds. The newest row
is picked here and not in SQL: the self-join took 4.1 ms of a vote, this 1.3.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from aqua_core.store.connecting import Cursor
from aqua_core.store.facts import changing, forget, is_shared, known, once_it_stands, once_opened
from aqua_core.store.rounds import left_out_in
from aqua_core.vocabulary import CANNOT_SAY, Cast, Score
from aqua_core.vocabulary.framework import is_beside


class Kept(NamedTuple):
    """The newest row of a seat in one round: its place in the order of its changes of mind."""

    sequence: int
    score: Score


Vote = tuple[str, tuple[str, int], Kept]
"""A seat's id, the domain key and number of a round, and what the seat gave in it."""
TAKEN_BACK: Final = "SELECT domain, number FROM taken_back WHERE workshop_id = $1"
"""The rounds of which nothing is read, whatever was given in them."""
LEFT_OUT: Final = "SELECT domain, number, seat_id FROM left_out WHERE workshop_id = $1"
"""Whose part in which round counts nowhere: set aside when it ended."""
_Book = dict[str, dict[tuple[str, int], Kept]]
"""The newest row of each seat, by seat id and (domain key, round number)."""


def book_of(cursor: Cursor, workshop_id: str) -> _Book:
    """Give the votes of a workshop that are on disk: read once, and kept up by `append_votes`.

    To be asked for by a writer alone. Asking the file at each vote cost 3.6 times the waiting in a
    file with 300,000 earlier votes.
    """
    book = once_opened(("book", workshop_id), lambda: _read_book(cursor, workshop_id))
    assert book is not None, "a book may be empty, but it is there"
    return book


def votes_of(cursor: Cursor, workshop_id: str, seat_id: str) -> Mapping[tuple[str, int], Kept]:
    """Give the newest rows of a seat to its writer; of a room that is shared, as it holds them."""
    if is_shared():
        return kept_of_seat(cursor, workshop_id, seat_id)
    return book_of(cursor, workshop_id).setdefault(seat_id, {})


def append_votes(cursor: Cursor, workshop_id: str, given: Sequence[Vote]) -> None:
    """Append scores; the sequence of each must be the highest so far of its seat and round."""
    # One statement for all: twenty one by one took 16.5 ms, and together 6.7.
    rows = [
        (domain, number, seat_id, kept.sequence, _points(kept.score))
        for seat_id, (domain, number), kept in given
    ]
    places = (
        f"($1, {', '.join(f'${5 * at + n}' for n in range(2, 7))})" for at in range(len(rows))
    )
    cursor.execute(
        "INSERT INTO vote (workshop_id, domain, number, seat_id, sequence, points) "
        f"VALUES {', '.join(places)}",
        [workshop_id, *(value for row in rows for value in row)],
    )

    def enter() -> None:
        book: _Book | None = known(("book", workshop_id))
        if book is None:  # where processes share the room
            return
        for seat_id, asked, kept in given:
            book.setdefault(seat_id, {})[asked] = kept

    once_it_stands(enter)


def add_votes(cursor: Cursor, workshop_id: str, casts: Sequence[Cast]) -> None:
    """Append the first score of many seats at once."""
    forget(("book", workshop_id))
    changing(("book", workshop_id))
    cursor.executemany(
        "INSERT INTO vote (workshop_id, domain, number, seat_id, sequence, points) "
        "VALUES ($1, $2, $3, $4, 1, $5)",
        [
            [workshop_id, cast.domain, cast.round, cast.seat_id, _points(cast.score)]
            for cast in casts
        ],
    )


def carry_votes(cursor: Cursor, workshop_id: str, domain: str, before: int, number: int) -> None:
    """Start a round from the newest scores of another one: rows with sequence 0, one a seat."""
    forget(("book", workshop_id))
    changing(("book", workshop_id))
    cursor.execute(
        f"""
        INSERT INTO vote (workshop_id, domain, number, seat_id, sequence, points)
        SELECT $1, $2, $4, seat_id, 0, points FROM vote AS given
        WHERE workshop_id = $1 AND domain = $2 AND number = $3 AND sequence = (
            SELECT max(sequence) FROM vote AS every
            WHERE every.workshop_id = $1 AND every.domain = $2 AND every.number = $3
              AND every.seat_id = given.seat_id
        ) AND (domain, number, seat_id) NOT IN ({LEFT_OUT})
        ORDER BY seat_id
        """,
        [workshop_id, domain, before, number],
    )


def kept_of_seat(cursor: Cursor, workshop_id: str, seat_id: str) -> dict[tuple[str, int], Kept]:
    """Give the newest row of a seat, by domain key and round number, as the file holds it."""
    rows = cursor.execute(
        "SELECT domain, number, sequence, points FROM vote WHERE workshop_id = $1 AND seat_id = $2 "
        "ORDER BY domain, number, sequence",
        [workshop_id, seat_id],
    ).fetchall()
    return {
        (domain, number): Kept(sequence, _score(points))
        for domain, number, sequence, points in rows
    }


def answered_in(
    cursor: Cursor, workshop_id: str, asked: Collection[tuple[str, int]]
) -> frozenset[tuple[str, int, str]]:
    """Give which seat answered which of these rounds: (domain, round, seat), never what.

    Without seats that were set aside when the round ended.
    """
    left_out = left_out_in(cursor, workshop_id)
    given = answered_by_seat(cursor, workshop_id, asked, left_out)
    return frozenset((*one, seat) for seat, answered in given.items() for one in answered)


def answered_by_seat(
    cursor: Cursor,
    workshop_id: str,
    asked: Collection[tuple[str, int]],
    left_out: Collection[tuple[str, int, str]],
) -> dict[str, set[tuple[str, int]]]:
    """Give which of these rounds each seat answered, without those of which it is `left_out`.

    Where a writer has read the book, the file is not asked: that took 7 of the 10 ms of a count,
    and 9 of 13 at the end of a day of eight rounds.
    """
    wanted, book = set(asked), known(("book", workshop_id))
    if book is None:
        given = _read_answered(cursor, workshop_id, wanted)
    else:
        given = {seat: kept.keys() & wanted for seat, kept in tuple(book.items())}
    for domain, number, seat in left_out:
        given.get(seat, set()).discard((domain, number))
    return given


def _read_answered(
    cursor: Cursor, workshop_id: str, wanted: Collection[tuple[str, int]]
) -> dict[str, set[tuple[str, int]]]:
    # In no order: sorting and thinning took longer than the reading.
    rows = cursor.execute(
        "SELECT domain, number, seat_id FROM vote "
        "WHERE workshop_id = $1 AND domain || ' ' || number = ANY($2)",
        [workshop_id, [f"{domain} {number}" for domain, number in wanted]],
    ).fetchall()
    given: dict[str, set[tuple[str, int]]] = {}
    for domain, number, seat in rows:
        given.setdefault(seat, set()).add((domain, number))
    return given


def has_answers(cursor: Cursor, workshop_id: str) -> bool:
    """Tell whether anybody has answered anything that counts."""
    found = cursor.execute(
        "SELECT count(*) FROM (SELECT domain, number, seat_id FROM vote WHERE workshop_id = $1 "
        f"EXCEPT {LEFT_OUT} LIMIT 1) AS one",
        [workshop_id],
    ).fetchone()
    return bool(found and found[0])


def answers_kept(cursor: Cursor, workshop_id: str) -> frozenset[tuple[str, int, str]]:
    """Give every answer that is kept, as (domain, round, seat)."""
    rows = cursor.execute(
        "SELECT domain, number, seat_id FROM vote WHERE workshop_id = $1", [workshop_id]
    ).fetchall()
    return frozenset(rows)


def tapped_in(cursor: Cursor, workshop_id: str) -> frozenset[tuple[str, int]]:
    """Give (domain, round) of every round in which somebody has answered; what is carried is none.

    A line that is written beside a score is an answer too, and so is a guess.
    """
    rows = cursor.execute(
        " UNION ".join(
            f"SELECT domain, number FROM {table} WHERE workshop_id = $1 AND sequence > 0"
            for table in ("vote", "reason", "guess")
        ),
        [workshop_id],
    ).fetchall()
    return frozenset(rows)


def casts_of(cursor: Cursor, workshop_id: str, *, beside: bool = False) -> tuple[Cast, ...]:
    """Give every current score of a workshop, sealed or not, by domain, round and seat.

    Scores of its domains, or else what was answered `beside` them: never both.

    Sealed scores are in it: only `workshop/` may read it, and it filters before anything leaves.
    What was taken back is not, nor of whom was set aside when the round ended: nobody ever reads
    it.
    """
    rows = cursor.execute(
        f"SELECT domain, number, seat_id, points FROM vote WHERE workshop_id = $1 "
        f"AND (domain, number) NOT IN ({TAKEN_BACK}) "
        "ORDER BY domain, number, seat_id, sequence",
        [workshop_id],
    ).fetchall()
    teams = dict(
        cursor.execute(
            "SELECT id, team_id FROM seat WHERE workshop_id = $1 ORDER BY id", [workshop_id]
        ).fetchall()
    )
    # Left out here and not in SQL, which took twice as long.
    left_out = left_out_in(cursor, workshop_id)
    newest = {(domain, number, seat): points for domain, number, seat, points in rows}
    return tuple(
        Cast(domain=domain, round=number, seat_id=seat, team_id=teams[seat], score=_score(points))
        for (domain, number, seat), points in newest.items()
        if (domain, number, seat) not in left_out and is_beside(domain) == beside
    )


def _read_book(cursor: Cursor, workshop_id: str) -> _Book:
    rows = cursor.execute(
        "SELECT seat_id, domain, number, sequence, points FROM vote WHERE workshop_id = $1 "
        "ORDER BY seat_id, domain, number, sequence",
        [workshop_id],
    ).fetchall()
    book: _Book = {}
    for seat_id, domain, number, sequence, points in rows:
        book.setdefault(seat_id, {})[domain, number] = Kept(sequence, _score(points))
    return book


def _points(score: Score) -> int | None:
    return None if score == CANNOT_SAY else int(score)


def _score(points: int | None) -> Score:
    return CANNOT_SAY if points is None else points
