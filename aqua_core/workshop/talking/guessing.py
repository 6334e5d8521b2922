"""Guess the other side: each seat also says what one other partner scores, sealed like a score."""

from typing import Any, Final, NamedTuple

from aqua_core.errors import NotScored, TooFast
from aqua_core.rules.stages import round_to_score
from aqua_core.rules.talk.guessing import own_guesses_of, partner_to_guess, worth_asking
from aqua_core.store.rounds import rounds_to_score_in
from aqua_core.store.talk.guesses import Guess, add_guess, guesses_of_seat, guessing_in
from aqua_core.vocabulary import Compare, Misreading, OwnGuess, Seat, clean_points
from aqua_core.vocabulary.shown import Results
from aqua_core.workshop.admitting import Caller, asking, check_counts, sitting
from aqua_core.workshop.scoring import Meant, overtaken, round_meant
from aqua_core.workshop.showing import shown_to_seat
from aqua_core.workshop.tries import Tries

_PACE: Final = Tries(300)  # a minute from one seat, as for scores; never a first guess


class Guessing(NamedTuple):
    """What a seat's guess is after a save, and how often it was given; `stands`: as just sent."""

    kept: int
    times: int
    stands: bool


def give_guess(
    caller: Caller, code: str, domain: str, given: Any, *, meant: int | Meant
) -> Guessing:
    """Save what the caller's seat thinks that the next partner scores.

    Sending it again changes nothing, nor does a tap that a newer one has overtaken.
    `meant` is the round that it was given for, and after how many guesses of the seat.

    Raises:
        SeatAside: the seat is set aside.
        NotScored: the domain is not being scored, or this round asks for no guess.
        RoundClosed: the round was revealed; the guess before it stands.
        ScoreRefused: not a whole number from 0 to 5.
        TooFast: more than 300 changes came from this seat within a minute. Never a first guess.
    """
    points = clean_points(given)
    with sitting(caller, code) as (cursor, workshop, seat):
        check_counts(cursor, workshop, seat.id)
        number = round_to_score(rounds_to_score_in(cursor, workshop.id), domain, round_meant(meant))
        team = workshop.team(seat.team_id)
        whom = partner_to_guess(workshop, team) if team else None
        if whom is None or (domain, number) not in guessing_in(cursor, workshop.id):
            raise NotScored("This round asks for no guess.")
        mine = guesses_of_seat(cursor, workshop.id, seat.id)
        last = next((each for each in mine if (each.domain, each.number) == (domain, number)), None)
        times = last.sequence if last else 0
        wanted = Guess(domain, number, seat.id, times + 1, whom.id, points)
        if last and (_same(last, wanted) or overtaken(meant, times)):
            return Guessing(last.points, times, _same(last, wanted))
        _check_pace(seat, times)
        add_guess(cursor, workshop.id, wanted)
    return Guessing(points, wanted.sequence, stands=True)


def my_guesses(caller: Caller, code: str) -> tuple[OwnGuess, ...]:
    """Give a seat what it guessed on the revealed domains, in the instrument's order."""
    with asking(caller, code) as (_, workshop, seat):
        shown, own = shown_to_seat(workshop, seat.id)
    return own_guesses_of(workshop, own.scores, own.guesses, shown.gaps[Compare.PARTNER])


def misreading_worth_asking(shown: Results) -> Misreading | None:
    """Give the largest misreading where it is a point or more, else None."""
    return worth_asking(shown.misreadings)


def _check_pace(seat: Seat, times: int) -> None:
    if not _PACE.take(seat.id) and times:
        raise TooFast("Saving too fast; your last guess stands.")


def _same(one: Guess, other: Guess) -> bool:
    return (one.partner_id, one.points) == (other.partner_id, other.points)
