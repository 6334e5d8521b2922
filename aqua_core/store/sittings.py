"""Sittings of a wave before its day: whose they are, what waits in them sealed, and who was there.

The wave of a workshop goes by its id, so the workshop of a wave's day is the one it is named after.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from aqua_core.store import talk as talk_rows
from aqua_core.store import votes as vote_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.places import own_wave_id
from aqua_core.store.rounds import add_taken_back, leave_out, rounds_of
from aqua_core.store.seats import ASIDE, YesOrNo, add_seat, aside_in, seats_of
from aqua_core.vocabulary import Cast, Seat, SeenWith, TakenBack
from aqua_core.vocabulary.event import ON_PAPER

Asked = tuple[str, int]
"""A domain key and a round number."""
BEEN: Final = YesOrNo("been_here", "last_time")
"""Who was in the room last time, and who was not."""


class Invited(NamedTuple):
    """A sitting on another laptop; its file can be opened with `sealing_key` alone."""

    sitting_id: str
    called: str
    sealing_key: bytes


class SitsFor(NamedTuple):
    """Where a sitting on this laptop is seen: in the workshop with `code`, on another laptop.

    `met_before` says that its place has an earlier wave.
    """

    code: str
    dated: date
    sealing_key: bytes
    met_before: bool


def seen_with(cursor: Cursor, workshop_id: str) -> SeenWith | None:
    """Give where the scores of a sitting are seen; None of a workshop that shows its own."""
    if away := sits_for(cursor, workshop_id):
        return SeenWith(code=away.code, dated=away.dated, here=False)
    found = cursor.execute(
        """
        SELECT workshop.code, workshop.held_on
        FROM sitting JOIN workshop ON $2 || workshop.id = sitting.wave_id
        WHERE sitting.workshop_id = $1 AND workshop.id <> $1
        """,
        [workshop_id, own_wave_id("")],
    ).fetchone()
    return SeenWith(code=found[0], dated=found[1], here=True) if found else None


def sittings_of(cursor: Cursor, workshop_id: str) -> tuple[tuple[str, str, date], ...]:
    """Give (id, code, day) of the sittings in this file that are seen with a workshop, by day."""
    return tuple(
        cursor.execute(
            """
            SELECT workshop.id, code, held_on FROM sitting
            JOIN workshop ON workshop.id = sitting.workshop_id
            WHERE wave_id = $2 AND workshop.id <> $1 ORDER BY held_on, ordinal
            """,
            [workshop_id, own_wave_id(workshop_id)],
        ).fetchall()
    )


def add_invited(cursor: Cursor, workshop_id: str, invited: Invited) -> None:
    """Keep that a sitting on another laptop was invited."""
    cursor.execute(
        "INSERT INTO invited (workshop_id, sitting_id, called, sealing_key) "
        "VALUES ($1, $2, $3, $4)",
        [workshop_id, *invited],
    )


def invited_in(cursor: Cursor, workshop_id: str) -> tuple[Invited, ...]:
    """Give the sittings on other laptops that a workshop invited, by what they are called."""
    rows = cursor.execute(
        "SELECT sitting_id, called, sealing_key FROM invited WHERE workshop_id = $1 "
        "ORDER BY called, sitting_id",
        [workshop_id],
    ).fetchall()
    return tuple(Invited(*row) for row in rows)


def drop_invited(cursor: Cursor, workshop_id: str, sitting_id: str) -> None:
    """Forget an invitation, and the key of its file."""
    cursor.execute(
        "DELETE FROM invited WHERE workshop_id = $1 AND sitting_id = $2", [workshop_id, sitting_id]
    )


def add_sits_for(cursor: Cursor, workshop_id: str, away: SitsFor) -> None:
    """Keep that a sitting is seen in a workshop on another laptop."""
    cursor.execute(
        "INSERT INTO sits_for (workshop_id, code, dated, sealing_key, met_before) "
        "VALUES ($1, $2, $3, $4, $5)",
        [workshop_id, *away],
    )


def sits_for(cursor: Cursor, workshop_id: str) -> SitsFor | None:
    """Give where a sitting is seen that came by an invitation; None of any other workshop."""
    found = cursor.execute(
        "SELECT code, dated, sealing_key, met_before FROM sits_for WHERE workshop_id = $1",
        [workshop_id],
    ).fetchone()
    return SitsFor(*found) if found else None


def waiting_in(cursor: Cursor, sitting_id: str, opened: Mapping[str, int]) -> dict[str, set[str]]:
    """Give the ids of the seats that wait sealed in a sitting with an answer, by domain key.

    `opened` is the number of each round that is open in it, by domain key.
    """
    aside = aside_in(cursor, sitting_id)
    waiting: dict[str, set[str]] = {domain: set() for domain in opened}
    for domain, _, seat in vote_rows.answered_in(cursor, sitting_id, opened.items()):
        if seat not in aside:
            waiting[domain].add(seat)
    return waiting


def sealed_casts(cursor: Cursor, sitting_id: str, opened: Mapping[str, int]) -> tuple[Cast, ...]:
    """Give what waits sealed in a sitting, of seats that count; `opened` as for `waiting_in`."""
    aside = aside_in(cursor, sitting_id)
    return tuple(
        cast
        for cast in vote_rows.casts_of(cursor, sitting_id)
        if opened.get(cast.domain) == cast.round and cast.seat_id not in aside
    )


def collected_in(cursor: Cursor, sitting_id: str) -> frozenset[Asked]:
    """Give (domain, number) of the rounds of a sitting whose answers came in with a reveal."""
    rows = cursor.execute(
        "SELECT domain, number FROM gathered WHERE workshop_id = $1 ORDER BY domain, number",
        [sitting_id],
    ).fetchall()
    return frozenset((domain, number) for domain, number in rows)


def collect(
    cursor: Cursor,
    workshop_id: str,
    sitting_id: str,
    ends: Mapping[str, tuple[int, int]],
    home: Mapping[str, str],
) -> None:
    """Copy what waits in a sitting into the rounds of the day's workshop that end.

    Each seat gets an id here that follows from its own, so it is one seat on every domain. The
    rounds of the sitting stay open: only what is revealed here ends there (`end_collected`).

    Args:
        cursor: of the transaction that reveals.
        workshop_id: of the day's workshop.
        sitting_id: of the sitting.
        ends: the numbers of the open round there and of the round that ends here, by domain key.
        home: the id of the team here, by that of the sitting's team.
    """
    casts = sealed_casts(cursor, sitting_id, {key: there for key, (there, _) in ends.items()})
    _seat_them(cursor, workshop_id, {cast.seat_id: home[cast.team_id] for cast in casts})
    # By their new ids: in no order that says who came when.
    moved = [_moved(cast, workshop_id, ends[cast.domain][1], home) for cast in casts]
    if moved:
        ordered = sorted(moved, key=lambda cast: (cast.domain, cast.seat_id))
        vote_rows.add_votes(cursor, workshop_id, ordered)
    _bring_reasons(cursor, workshop_id, sitting_id, ends, home)


def end_collected(cursor: Cursor, sitting_id: str, opened: Mapping[str, int]) -> None:
    """End rounds of a sitting whose answers were revealed with the day's; they stay in it unseen.

    `opened` is the number of each, by domain key.
    """
    many = len(rounds_of(cursor, sitting_id))
    leave_out(cursor, sitting_id, opened)
    for domain, number in opened.items():
        add_taken_back(cursor, sitting_id, domain, number, TakenBack(opened=many, too_few=False))
        cursor.execute(
            "INSERT INTO gathered (workshop_id, domain, number) VALUES ($1, $2, $3)",
            [sitting_id, domain, number],
        )


def unseat_unseen(cursor: Cursor, workshop_id: str) -> None:
    """Take the seats from sittings out again of which every round ended unseen."""
    cursor.execute(
        f"""
        DELETE FROM seat WHERE workshop_id = $1 AND apart AND id NOT IN (
            SELECT seat_id FROM vote
            WHERE workshop_id = $1 AND (domain, number) NOT IN ({vote_rows.TAKEN_BACK})
        )
        """,
        [workshop_id],
    )


def _seat_them(cursor: Cursor, workshop_id: str, teams: Mapping[str, str]) -> None:
    here = {seat.id for seat in seats_of(cursor, workshop_id)}
    seats = {_id_there(workshop_id, seat_id): team for seat_id, team in teams.items()}
    for seat_id in sorted(seats.keys() - here):
        add_seat(cursor, workshop_id, Seat(id=seat_id, team_id=seats[seat_id], apart=True), "")


def _id_there(workshop_id: str, own: str) -> str:
    """Give the id that a seat or a reason of a sitting goes by in the day's workshop."""
    paper = ON_PAPER if own.startswith(ON_PAPER) else ""
    return paper + hashlib.sha256(f"{workshop_id} {own}".encode()).hexdigest()[:16]


def _moved(cast: Cast, workshop_id: str, number: int, home: Mapping[str, str]) -> Cast:
    return Cast(
        domain=cast.domain,
        round=number,
        seat_id=_id_there(workshop_id, cast.seat_id),
        team_id=home[cast.team_id],
        score=cast.score,
    )


def _bring_reasons(
    cursor: Cursor,
    workshop_id: str,
    sitting_id: str,
    asked: Mapping[str, tuple[int, int]],
    home: Mapping[str, str],
) -> None:
    """Bring what was said beside scores; `asked` is (number there, number here), by domain key."""
    aside = aside_in(cursor, sitting_id)
    for reason in talk_rows.reasons_in(cursor, sitting_id):
        there, here = asked.get(reason.domain, (0, 0))
        if there == reason.number and reason.said and reason.seat_id not in aside:
            own = _id_there(workshop_id, reason.seat_id) if reason.seat_id else ""
            brought = reason._replace(
                # With the round: what ended as too few may be brought again.
                id=f"r{_id_there(workshop_id, f'{reason.id} {here}')}",
                sequence=1,
                number=here,
                seat_id=own,
                team_id=home.get(reason.team_id, ""),
            )
            talk_rows.add_reason(cursor, workshop_id, brought)


def settle_been(cursor: Cursor, workshop_id: str) -> None:
    """Forget what seats say of themselves that are set aside now: at the first reveal, for good.

    Counted anew whenever a seat is set aside, what it said would follow from the two counts.
    """
    for table in ("been_here", "felt_safe"):
        cursor.execute(
            f"DELETE FROM {table} WHERE workshop_id = $1 AND seat_id IN ({ASIDE}) "
            "AND $1 NOT IN (SELECT workshop_id FROM reveal)",
            [workshop_id],
        )
