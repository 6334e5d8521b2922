"""What may be seen of a workshop's scores: the only place where they are read to be shown."""

from collections.abc import Sequence
from typing import NamedTuple

from aqua_core.live import kept_with
from aqua_core.rules.resuming import may_be_added
from aqua_core.rules.shown import seen_of
from aqua_core.rules.talk.cards import set_aside
from aqua_core.rules.talk.guessing import Guessed
from aqua_core.store.brought import brought_in
from aqua_core.store.cursor import Cursor
from aqua_core.store.database import reading
from aqua_core.store.rounds import rounds_of
from aqua_core.store.seats import seats_of
from aqua_core.store.talk.guesses import guesses_of, guessing_in
from aqua_core.store.talk.moves import moves_of
from aqua_core.store.votes import casts_of
from aqua_core.vocabulary import Cast, Round, Score, TeamProgress, Workshop
from aqua_core.vocabulary.second_look import RoomReading
from aqua_core.vocabulary.shown import Shown
from aqua_core.workshop.admitting import (
    Caller,
    check_facilitator,
    check_may_watch,
    find_workshop,
)

_BySeat = dict[tuple[str, int], dict[str, Guessed]]
"""Guesses by (domain, round number), then by seat id."""


class OwnAnswers(NamedTuple):
    """What a seat itself gave in the rounds that are shown: scores by domain key, and guesses."""

    scores: dict[str, Score]
    guesses: list[Guessed]


class _Kept(NamedTuple):
    """What a reveal shows, and beside it what each seat gave, by its id.

    Of a workshop that came in a pack `progress` says how far the teams were; it has no seats here,
    and the private notes stayed where it was scored.
    """

    shown: Shown
    private: RoomReading | None
    own: dict[str, OwnAnswers]
    progress: tuple[TeamProgress, ...] | None = None


def shown_now(caller: Caller, code: str) -> Shown:
    """Give all that the room may see of its scores.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    with reading() as cursor:
        workshop = find_workshop(cursor, code)
        check_may_watch(cursor, caller, workshop)
        return shown_in(cursor, workshop)


def tells_now(caller: Caller, code: str) -> RoomReading | None:
    """Give the facilitator's private notes, from revealed scores alone. Never for the projector.

    Returns:
        None of a workshop that came in a pack: its notes stayed on the laptop that it is of.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: no open workshop has this code.
    """
    with reading() as cursor:
        check_facilitator(cursor, caller)
        return _kept(cursor, find_workshop(cursor, code)).private


def shown_in(cursor: Cursor, workshop: Workshop) -> Shown:
    """Give what `shown_now` gives, to who has asked already who is asking."""
    return _kept(cursor, workshop).shown


def progress_brought(cursor: Cursor, workshop: Workshop) -> tuple[TeamProgress, ...] | None:
    """Give how far the teams of a workshop that came in a pack were; None where it is of here."""
    return _kept(cursor, workshop).progress


def shown_to_seat(cursor: Cursor, workshop: Workshop, seat_id: str) -> tuple[Shown, OwnAnswers]:
    """Give what is shown, and what this seat itself gave, to who has asked whose seat it is."""
    kept = _kept(cursor, workshop)
    return kept.shown, kept.own.get(seat_id) or OwnAnswers({}, [])


def goes_with_what_was_shown(cursor: Cursor, workshop: Workshop, ends: Round) -> bool:
    """Tell whether a round that ends may be revealed beside what was (see `may_be_added`)."""
    if ends.resumes is None:
        return True
    casts = casts_of(cursor, workshop.id)
    before, after = (
        [cast for cast in casts if (cast.domain, cast.round) == (ends.domain, number)]
        for number in (ends.resumes, ends.number)
    )
    return may_be_added(workshop, before, after, ends.domain)


def work_out(code: str) -> None:
    """Work out what is shown before everybody asks for it at once."""
    with reading() as cursor:
        _kept(cursor, find_workshop(cursor, code))


def _kept(cursor: Cursor, workshop: Workshop) -> _Kept:
    """Work it out once for all that it hangs on: rounds, cards set aside, and who guessed where.

    Revealed scores never change, nor does the team of a seat that gave one; a seat that only
    guessed may still change its team.
    """
    guessing = guessing_in(cursor, workshop.id)
    hangs_on = (
        workshop,
        rounds_of(cursor, workshop.id),
        set_aside(moves_of(cursor, workshop.id)),
        seats_of(cursor, workshop.id) if guessing else (),
    )
    return kept_with(workshop.code, "shown", hangs_on, lambda: _worked_out(cursor, workshop))


def _worked_out(cursor: Cursor, workshop: Workshop) -> _Kept:
    if brought := brought_in(cursor, workshop.id):
        return _Kept(brought.shown, None, {}, brought.progress)
    casts = casts_of(cursor, workshop.id)
    guesses = _guesses(cursor, workshop)
    aside = set_aside(moves_of(cursor, workshop.id))
    rounds = rounds_of(cursor, workshop.id)
    told = {asked: list(given.values()) for asked, given in guesses.items()}
    shown, private = seen_of(workshop, rounds, casts, told, aside)
    return _Kept(shown, private, _own(shown, casts, guesses))


def _guesses(cursor: Cursor, workshop: Workshop) -> _BySeat:
    teams = {seat.id: seat.team_id for seat in seats_of(cursor, workshop.id)}
    found: _BySeat = {}
    for guess in guesses_of(cursor, workshop.id):
        given = Guessed(guess.domain, teams[guess.seat_id], guess.partner_id, guess.points)
        found.setdefault((guess.domain, guess.number), {})[guess.seat_id] = given
    return found


def _own(shown: Shown, casts: Sequence[Cast], guesses: _BySeat) -> dict[str, OwnAnswers]:
    own: dict[str, OwnAnswers] = {}
    for cast in casts:
        if shown.rounds.get(cast.domain) == cast.round:
            own.setdefault(cast.seat_id, OwnAnswers({}, [])).scores[cast.domain] = cast.score
    for asked in shown.rounds.items():
        for seat, guess in guesses.get(asked, {}).items():
            own.setdefault(seat, OwnAnswers({}, [])).guesses.append(guess)
    return own
