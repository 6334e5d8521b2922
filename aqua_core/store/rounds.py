"""Rounds: opened once, and then revealed or taken back, once and for good."""

from collections.abc import Mapping
from typing import Final

from aqua_core.store.connecting import Cursor
from aqua_core.store.facts import changing, forget, once_opened
from aqua_core.store.seats import ASIDE
from aqua_core.vocabulary import Round, TakenBack
from aqua_core.vocabulary.framework import is_beside

_RESUMES: Final = 1
_TAKEN_BACK: Final = 2
_REVEALED: Final = 3


def add_round(
    cursor: Cursor, workshop_id: str, domain: str, number: int, resumes: int | None = None
) -> None:
    """Open a round on a domain; `resumes` is the round whose answers it starts from."""
    _changes(workshop_id)
    cursor.execute(
        "INSERT INTO round (workshop_id, domain, number) VALUES ($1, $2, $3)",
        [workshop_id, domain, number],
    )
    if resumes is not None:
        cursor.execute(
            "INSERT INTO resumed (workshop_id, domain, number, resumes) VALUES ($1, $2, $3, $4)",
            [workshop_id, domain, number, resumes],
        )


def add_reveals(cursor: Cursor, workshop_id: str, rounds: Mapping[str, int]) -> None:
    """Reveal rounds, and keep which seats were there and had given nothing in each.

    Args:
        cursor: of an open transaction.
        workshop_id: whose they are.
        rounds: the number of each by its domain's key.
    """
    if not rounds:
        return
    _changes(workshop_id)
    # For all at once: one by one they took 50 of the 170 ms that a room waited for a reveal here.
    asked = [workshop_id, [f"{domain} {number}" for domain, number in rounds.items()]]
    these = "round WHERE workshop_id = $1 AND domain || ' ' || number = ANY($2)"
    cursor.execute(
        "INSERT INTO reveal (workshop_id, domain, number) "
        f"SELECT workshop_id, domain, number FROM {these} ORDER BY domain",
        asked,
    )
    cursor.execute(
        f"""
        INSERT INTO missed (workshop_id, domain, number, seat_id)
        SELECT $1, ended.domain, ended.number, seat.id
        FROM (SELECT domain, number FROM {these}) AS ended, seat
        WHERE seat.workshop_id = $1 AND NOT EXISTS (
            SELECT 1 FROM vote WHERE vote.workshop_id = $1 AND vote.seat_id = seat.id
            AND vote.domain = ended.domain AND vote.number = ended.number
        )
        ORDER BY ended.domain, seat.id
        """,
        asked,
    )


def leave_out(cursor: Cursor, workshop_id: str, rounds: Mapping[str, int]) -> None:
    """Leave the seats that are set aside, or sat apart before, out of rounds that end, for good.

    But for those whose answer was carried into it: the room has seen a result with them, and what
    it sees next, less what it saw, would be theirs.

    Args:
        cursor: of an open transaction.
        workshop_id: whose they are.
        rounds: the number of each by its domain's key.
    """
    away = f"{ASIDE} UNION SELECT id FROM seat WHERE workshop_id = $1 AND apart"
    if cursor.execute(away, [workshop_id]).fetchone():  # seldom
        _changes(workshop_id)
        for domain, number in rounds.items():
            _leave_out_of(cursor, [workshop_id, domain, number])


def _leave_out_of(cursor: Cursor, round_: list[str | int]) -> None:
    gave = " UNION ".join(
        f"SELECT seat_id FROM {table} WHERE workshop_id = $1 AND domain = $2"
        for table in ("vote", "reason", "guess")
    )
    here = "SELECT seat_id FROM vote WHERE workshop_id = $1 AND domain = $2 AND number = $3"
    cursor.execute(
        f"""
        INSERT INTO left_out (workshop_id, domain, number, seat_id)
        SELECT $1, $2, $3, seat_id FROM (
            SELECT seat_id FROM ({ASIDE}) AS aside WHERE seat_id NOT IN ({here} AND sequence = 0)
            UNION SELECT id FROM seat WHERE workshop_id = $1 AND apart AND id NOT IN ({here})
        ) AS away
        WHERE seat_id IN ({gave}) ORDER BY seat_id
        """,
        round_,
    )


def add_taken_back(
    cursor: Cursor, workshop_id: str, domain: str, number: int, taken_back: TakenBack
) -> None:
    """End a round unseen; what was scored in it stays in the file."""
    _changes(workshop_id)
    cursor.execute(
        "INSERT INTO taken_back (workshop_id, domain, number, opened, too_few) "
        "VALUES ($1, $2, $3, $4, $5)",
        [workshop_id, domain, number, taken_back.opened, taken_back.too_few],
    )


def _changes(workshop_id: str) -> None:
    changing(("rounds", workshop_id))
    forget(("rounds", workshop_id))


def rounds_of(cursor: Cursor, workshop_id: str) -> tuple[Round, ...]:
    """Give every round on a workshop's domains, by domain key and number.

    What is asked beside the framework is no score: it is in none of what is made of scores.
    """
    every = every_round_of(cursor, workshop_id)
    return tuple(round_ for round_ in every if not is_beside(round_.domain))


def every_round_of(cursor: Cursor, workshop_id: str) -> tuple[Round, ...]:
    """Give every round of a workshop, what is asked beside its domains too, by key and number."""
    # A union, not a join: planning the join took as long as the rest of a vote.
    rows = cursor.execute(
        """
        SELECT domain, number, 0 AS event, 0 AS other, false AS too_few
        FROM round WHERE workshop_id = $1
        UNION ALL
        SELECT domain, number, 1, resumes, false FROM resumed WHERE workshop_id = $1
        UNION ALL
        SELECT domain, number, 2, opened, too_few FROM taken_back WHERE workshop_id = $1
        UNION ALL
        SELECT domain, number, 3, 0, false FROM reveal WHERE workshop_id = $1
        ORDER BY domain, number, event
        """,
        [workshop_id],
    ).fetchall()
    events: dict[tuple[str, int], dict[int, tuple[int, bool]]] = {}
    for domain, number, event, other, too_few in rows:
        events.setdefault((domain, number), {})[event] = (other, too_few)
    left_out = left_out_in(cursor, workshop_id)
    return tuple(
        _round(*asked, found, frozenset(seat for *ended, seat in left_out if (*ended,) == asked))
        for asked, found in events.items()
    )


def left_out_in(cursor: Cursor, workshop_id: str) -> frozenset[tuple[str, int, str]]:
    """Give (domain, round, seat) of who was set aside when a round ended: it counts nowhere."""
    rows = cursor.execute(
        "SELECT domain, number, seat_id FROM left_out WHERE workshop_id = $1", [workshop_id]
    ).fetchall()
    return frozenset(rows)


def _round(
    domain: str, number: int, events: Mapping[int, tuple[int, bool]], left_out: frozenset[str]
) -> Round:
    resumes, back = events.get(_RESUMES), events.get(_TAKEN_BACK)
    return Round(
        domain=domain,
        number=number,
        revealed=_REVEALED in events,
        taken_back=TakenBack(opened=back[0], too_few=back[1]) if back else None,
        resumes=resumes[0] if resumes else None,
        left_out=left_out,
    )


def missed_in(cursor: Cursor, workshop_id: str) -> frozenset[tuple[str, int, str]]:
    """Give (domain, round, seat) of who was there at its reveal and had given nothing in it."""
    rows = cursor.execute(
        "SELECT domain, number, seat_id FROM missed WHERE workshop_id = $1", [workshop_id]
    ).fetchall()
    return frozenset(rows)


def rounds_to_score_in(cursor: Cursor, workshop_id: str) -> tuple[Round, ...]:
    """Give every round of a workshop to a writer that opens and reveals none: read once for all.

    Writers queue, so nobody can open or reveal between this answer and their commit.
    """
    return once_opened(("rounds", workshop_id), lambda: every_round_of(cursor, workshop_id)) or ()
