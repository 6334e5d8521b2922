"""Guess the other side: each seat also says what one other partner scores, sealed like a score."""

from typing import Any

from aqua_core.errors import NotScored
from aqua_core.live import once_a_revision
from aqua_core.rules.stages import round_to_score, rounds_shown
from aqua_core.rules.talk.guessing import Guessed, misreadings_of, partner_to_guess, worth_asking
from aqua_core.store.database import reading, writing
from aqua_core.store.rounds import rounds_of, rounds_to_score_in
from aqua_core.store.seats import seats_of
from aqua_core.store.talk.guesses import Guess, add_guess, guesses_of, guessing_in
from aqua_core.store.votes import casts_of
from aqua_core.vocabulary import Misreading, Workshop, clean_points
from aqua_core.workshop.admitting import Caller, find_open_workshop, find_seat
from aqua_core.workshop.reading import workshop_now


def give_guess(caller: Caller, code: str, domain: str, given: Any, *, meant: int) -> int:
    """Save what the caller's seat thinks that the next partner scores, and give it as kept.

    Args:
        caller: a seat.
        code: of the workshop.
        domain: its key.
        given: a whole number from 0 to 5.
        meant: the number of the round that it was given for.

    Raises:
        NoSeat: this device has no seat here.
        NoSuchWorkshop: no open workshop has this code.
        NotScored: the domain is not being scored, or this round asks for no guess.
        RoundClosed: the round was revealed; the guess before it stands.
        ScoreRefused: not a whole number from 0 to 5.
    """
    points = clean_points(given)
    with writing() as cursor:
        workshop = find_open_workshop(cursor, code)
        seat = find_seat(cursor, caller, workshop)
        number = round_to_score(rounds_to_score_in(cursor, workshop.id), domain, meant)
        team = workshop.team(seat.team_id)
        whom = partner_to_guess(workshop, team) if team else None
        if whom is None or (domain, number) not in guessing_in(cursor, workshop.id):
            raise NotScored("This round asks for no guess.")
        kept = [each for each in guesses_of(cursor, workshop.id) if each.seat_id == seat.id]
        last = next((each for each in kept if (each.domain, each.number) == (domain, number)), None)
        if last is None or (last.partner_id, last.points) != (whom.id, points):
            sequence = last.sequence + 1 if last else 1
            add_guess(
                cursor, workshop.id, Guess(domain, number, seat.id, sequence, whom.id, points)
            )
    return points


def misreadings_now(caller: Caller, code: str) -> tuple[Misreading, ...]:
    """Give what partners guessed of each other beside what was scored, furthest apart first.

    From revealed rounds alone; none where no guess was asked for.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    workshop = workshop_now(caller, code)
    return once_a_revision(workshop.code, "misreadings", lambda: _misreadings(workshop))


def misreading_worth_asking(caller: Caller, code: str) -> Misreading | None:
    """Give the largest misreading where it is a point or more, else None.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    return worth_asking(misreadings_now(caller, code))


def _misreadings(workshop: Workshop) -> tuple[Misreading, ...]:
    with reading() as cursor:
        guesses = guesses_of(cursor, workshop.id)
        if not guesses:
            return ()
        casts = casts_of(cursor, workshop.id)
        shown = rounds_shown(rounds_of(cursor, workshop.id), casts)
        teams = {seat.id: seat.team_id for seat in seats_of(cursor, workshop.id)}
    newest = [cast for cast in casts if shown.get(cast.domain) == cast.round]
    given = [
        Guessed(each.domain, teams[each.seat_id], each.partner_id, each.points)
        for each in guesses
        if shown.get(each.domain) == each.number
    ]
    return misreadings_of(workshop, newest, given, tuple(shown))
