"""Talk opens: cards are chosen, guessed at and timed."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from aqua_core.errors import ChoiceRefused, NotScored, StillSealed, TextRefused, TooFast
from aqua_core.live import Channel, changed, once_a_deed
from aqua_core.rules import talk as talk_rules
from aqua_core.rules.stages import round_to_score
from aqua_core.rules.typed import check_nobody_in
from aqua_core.store import talk as talk_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.rounds import rounds_to_score_in
from aqua_core.vocabulary import (
    LONGEST_WHY,
    Act,
    CardAct,
    Compare,
    Misreading,
    OwnGuess,
    Seat,
    Workshop,
    clean_line,
    clean_points,
)
from aqua_core.vocabulary.framework import is_beside
from aqua_core.vocabulary.shown import Results
from aqua_core.workshop import admitting
from aqua_core.workshop.scoring import Meant, overtaken, round_meant
from aqua_core.workshop.showing import results_in, rounds_beside_in, shown_to_seat
from aqua_core.workshop.tries import Tries


class Cards(NamedTuple):
    """What was done with the cards.

    `acts` holds the newest standing act by domain key, "" for the whole room's; `taken_up` is the
    domain that is talked about, or None.
    """

    acts: dict[str, CardAct]
    taken_up: str | None


def cards_now(caller: admitting.Caller, code: str) -> Cards:
    """Give what was done with the cards, as far as it is on the scores that are shown."""
    return admitting.watched(caller, code, "cards", _cards)


def take_topic(caller: admitting.Caller, code: str, domain: str) -> None:
    """Talk about a domain now: its card fills every screen, and the time of another one stops.

    Raises:
        NotScored: the instrument has no such domain.
        StillSealed: it is not revealed.
    """
    _act(caller, code, domain, Act.TAKE)


def skip_topic(caller: admitting.Caller, code: str, domain: str) -> None:
    """Leave a card for now; it stays where it is.

    Raises:
        NotScored, StillSealed: as for taking it.
    """
    _act(caller, code, domain, Act.SKIP)


def set_topic_aside(
    caller: admitting.Caller, code: str, domain: str, reason: str, *, sure: bool = False
) -> None:
    """Leave a question out, with the reason; the next in order takes its place.

    Raises:
        NotScored, StillSealed: as for taking it.
        TextRefused: the reason is missing, or over 200 characters.
        LooksPersonal: nobody was sure, and the reason holds what looks like somebody's details.
    """
    _act(caller, code, domain, Act.SET_ASIDE, _why(reason, "Say why it is set aside.", sure))


def agreement_is_real(caller: admitting.Caller, code: str, why: str, *, sure: bool = False) -> None:
    """Keep that a room which nothing divides says: this agreement is real, and what shows it.

    Raises:
        TextRefused: nothing is said that shows it, or over 200 characters.
        LooksPersonal: nobody was sure, and it holds what looks like somebody's details.
    """
    _act(
        caller,
        code,
        talk_rules.WHOLE_ROOM,
        Act.REAL,
        _why(why, "Say what shows that it is real.", sure),
    )


def _act(caller: admitting.Caller, code: str, domain: str, act: Act, reason: str = "") -> None:
    with admitting.leading(caller, code) as (cursor, workshop):
        if domain == talk_rules.WHOLE_ROOM:
            number = talk_rules.newest_round(results_in(workshop).rounds)
        else:
            number = shown_round(cursor, workshop, domain)
        done = CardAct(sequence=0, domain=domain, number=number, act=act, reason=reason)
        talk_rows.add_card_act(cursor, workshop.id, done)  # which gives it the next sequence
        if act is Act.TAKE and talk_rows.timer_of(cursor, workshop.id):
            talk_rows.set_timer(cursor, workshop.id, None)
        where = talked_about(workshop).get(domain, "the whole room")
        admitting.remember(cursor, workshop, f"The card on {where}: {act}.")
    changed(workshop.code, Channel.ROOM, Channel.PHONES)


def shown_round(cursor: Cursor, workshop: Workshop, domain: str) -> int:
    """Give the number of the round that is shown of a domain, or of a row beside the domains.

    Raises:
        NotScored: the workshop has no such domain or row.
        StillSealed: it is not revealed.
    """
    shown = results_in(workshop).rounds
    if is_beside(domain):
        shown = rounds_beside_in(cursor, workshop)
    if domain in shown:
        return shown[domain]
    asked = (key for held in workshop.beside for key in held.keys)
    if workshop.instrument.domain(domain) is None and not any(
        key.startswith(domain) for key in asked
    ):
        raise NotScored("That domain is not part of this workshop.")
    raise StillSealed("These scores are sealed until the reveal.")


def talked_about(workshop: Workshop) -> dict[str, str]:
    """Name what can be talked about by its key: every domain, and each row shown beside them."""
    rows = results_in(workshop).talked_beside
    return workshop.instrument.names | {key: row.short for key, row in rows.items()}


def called(workshop: Workshop, key: str) -> str:
    """Name what a deed is about in the list of what was done last."""
    return talked_about(workshop).get(key, "what is answered again")


def _cards(cursor: Cursor, workshop: Workshop) -> Cards:
    card_acts = talk_rows.card_acts_of(cursor, workshop.id)
    shown = results_in(workshop).rounds
    if any(is_beside(act.domain) for act in card_acts):
        shown = rounds_beside_in(cursor, workshop) | shown
    return Cards(talk_rules.newest_acts(card_acts, shown), talk_rules.taken_up(card_acts, shown))


def _why(typed: str, empty: str, sure: bool) -> str:
    why = clean_line("the reason", LONGEST_WHY, typed)
    if not why:
        raise TextRefused(empty)
    if not sure:
        check_nobody_in(why)
    return why


_PACE: Final = Tries(300)  # a minute from one seat, as for scores; never a first guess


class Guessing(NamedTuple):
    """What a seat's guess is after a save, and how often it was given; `stands`: as just sent."""

    kept: int
    times: int
    stands: bool


def give_guess(
    caller: admitting.Caller, code: str, domain: str, given: Any, *, meant: int | Meant
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
    with admitting.sitting(caller, code) as (cursor, workshop, seat):
        admitting.check_counts(cursor, workshop, seat.id)
        number = round_to_score(rounds_to_score_in(cursor, workshop.id), domain, round_meant(meant))
        team = workshop.team(seat.team_id)
        whom = talk_rules.partner_to_guess(workshop, team) if team else None
        if whom is None or (domain, number) not in talk_rows.guessing_in(cursor, workshop.id):
            raise NotScored("This round asks for no guess.")
        mine = talk_rows.guesses_of_seat(cursor, workshop.id, seat.id)
        last = next((cast for cast in mine if (cast.domain, cast.number) == (domain, number)), None)
        times = last.sequence if last else 0
        wanted = talk_rows.Guess(domain, number, seat.id, times + 1, whom.id, points)
        if last and (_same(last, wanted) or overtaken(meant, times)):
            return Guessing(last.points, times, _same(last, wanted))
        _check_pace(seat, times)
        talk_rows.add_guess(cursor, workshop.id, wanted)
    return Guessing(points, wanted.sequence, stands=True)


def my_guesses(caller: admitting.Caller, code: str) -> tuple[OwnGuess, ...]:
    """Give a seat what it guessed on the revealed domains, in the instrument's order."""
    with admitting.asking(caller, code) as (_, workshop, seat):
        shown, own = shown_to_seat(workshop, seat.id)
    return talk_rules.own_guesses_of(workshop, own.scores, own.guesses, shown.gaps[Compare.PARTNER])


def misreading_worth_asking(shown: Results) -> Misreading | None:
    """Give the largest misreading where it is a point or more, else None."""
    return talk_rules.worth_asking(shown.misreadings)


def _check_pace(seat: Seat, times: int) -> None:
    if not _PACE.take(seat.id) and times:
        raise TooFast("Saving too fast; your last guess stands.")


def _same(one: talk_rows.Guess, other: talk_rows.Guess) -> bool:
    return (one.partner_id, one.points) == (other.partner_id, other.points)


_MOST_MINUTES: Final = 60


def run_timer(caller: admitting.Caller, code: str, minutes: int, now: datetime) -> None:
    """Start the timer, or add minutes to one that runs; `now` is in UTC, without zone.

    Raises:
        ChoiceRefused: another number of minutes.
    """
    if not 1 <= minutes <= _MOST_MINUTES:
        raise ChoiceRefused(f"Choose 1 to {_MOST_MINUTES} minutes.")
    with admitting.leading(caller, code) as (cursor, workshop):
        ends = talk_rows.timer_of(cursor, workshop.id)
        start = ends if ends and ends > now else now
        longest = now + timedelta(minutes=_MOST_MINUTES)
        talk_rows.set_timer(cursor, workshop.id, min(start + timedelta(minutes=minutes), longest))
    changed(workshop.code, Channel.ROOM, Channel.PHONES)


def stop_timer(caller: admitting.Caller, code: str) -> None:
    """Take the timer off every screen."""
    with admitting.leading(caller, code, closed_too=True) as (cursor, workshop):
        talk_rows.set_timer(cursor, workshop.id, None)
    changed(workshop.code, Channel.ROOM, Channel.PHONES)


def my_timer(caller: admitting.Caller, code: str) -> datetime | None:
    """Give a seat when the timer ends, as `timer_now` gives it to the screens."""
    with admitting.asking(caller, code) as (cursor, workshop, _):
        return once_a_deed(workshop.code, "time", lambda: talk_rows.timer_of(cursor, workshop.id))


def timer_now(caller: admitting.Caller, code: str) -> datetime | None:
    """Give when the timer ends, in UTC without zone; None when none was started."""
    return admitting.watched(
        caller, code, "timer", lambda cursor, workshop: talk_rows.timer_of(cursor, workshop.id)
    )
