"""Go on scoring after a reveal: who had not finished answers the rest, and nobody loses theirs."""

from collections.abc import Sequence
from typing import NamedTuple

from aqua_core.errors import NothingToResume
from aqua_core.live import Channel, changed
from aqua_core.rules.resuming import may_resume
from aqua_core.rules.stages import chains_of, latest, open_rounds, round_to_open
from aqua_core.store.cursor import Cursor
from aqua_core.store.rounds import add_round, rounds_of
from aqua_core.store.seats import seats_there
from aqua_core.store.talk.guesses import add_guessing, carry_guesses, guessing_in
from aqua_core.store.votes import answered_in, carry_votes
from aqua_core.vocabulary import Round, Workshop
from aqua_core.workshop.admitting import Caller, facilitating, watched
from aqua_core.workshop.opening import check_room_for_scores
from aqua_core.workshop.showing import results_in


class Resumable(NamedTuple):
    """Who could go on: `missing` seats have not answered everything that was revealed.

    `domains` are those on which they would; none where so few are missing that what they add would
    show whose it is. `added` are those of which a look is shown that was gone on with.
    """

    missing: int
    domains: tuple[str, ...]
    added: tuple[str, ...]


def resumable_now(caller: Caller, code: str) -> Resumable:
    """Give who could go on scoring, and on which domains; nobody while something is sealed."""
    return watched(caller, code, "resumable", _resumable)


def resume_scoring(caller: Caller, code: str) -> None:
    """Let those who had not finished go on: sealed rounds that start from what was revealed.

    On every domain that somebody has not answered. All answers and guesses so far are carried into
    the new round, where they count as given, and may be changed.

    Raises:
        NothingToResume: nobody is missing, or too few, or something is sealed already.
        DiskAlmostFull: the disk may not take what the room will score.
    """
    with facilitating(caller, code) as (cursor, workshop):
        check_room_for_scores()
        rounds = rounds_of(cursor, workshop.id)
        goes_on = _resumable(cursor, workshop).domains
        if not goes_on:
            raise NothingToResume("Nobody can go on: all have answered, or too few are missing.")
        guessing = guessing_in(cursor, workshop.id)
        for last in latest(rounds):
            if last.domain in goes_on:
                number = round_to_open(rounds, last.domain)
                add_round(cursor, workshop.id, last.domain, number, last.number)
                carry_votes(cursor, workshop.id, last.domain, last.number, number)
                if (last.domain, last.number) in guessing:
                    add_guessing(cursor, workshop.id, last.domain, number)
                    carry_guesses(cursor, workshop.id, last.domain, last.number, number)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def _resumable(cursor: Cursor, workshop: Workshop) -> Resumable:
    rounds = rounds_of(cursor, workshop.id)
    if open_rounds(rounds):
        return Resumable(0, (), ())
    shown = results_in(workshop).rounds
    seats = {seat.id for seat in seats_there(cursor, workshop.id)}
    answered = answered_in(cursor, workshop.id)
    missing = {
        last.domain: seats - {seat for domain, at, seat in answered if (domain, at) == asked}
        for last in latest(rounds)
        for asked in [(last.domain, last.number)]
    }
    return Resumable(
        missing=len(set().union(*missing.values())),
        domains=tuple(key for key in shown if may_resume(workshop, len(missing[key]))),
        added=tuple(key for key in shown if _was_resumed(rounds, key, shown[key])),
    )


def _was_resumed(rounds: Sequence[Round], domain: str, number: int) -> bool:
    return any(number in chain and len(chain) > 1 for chain in chains_of(rounds, domain))
