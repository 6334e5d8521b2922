"""Open scoring, and reveal it or take it back: the only ways on from sealed, both for good."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from aqua_core.errors import ChoiceRefused, NothingToResume
from aqua_core.live import Channel, changed, once_a_revision
from aqua_core.rules import stages
from aqua_core.rules.resuming import may_resume
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.rounds import add_reveal, add_round, add_taken_back, leave_out, rounds_of
from aqua_core.store.seats import seats_there
from aqua_core.store.sittings import gathered_in, seen_with
from aqua_core.store.talk import (
    add_guessing,
    carry_guesses,
    guessing_in,
    set_timer,
    timer_of,
)
from aqua_core.store.votes import answered_in, carry_votes
from aqua_core.vocabulary import Round, TakenBack, Workshop
from aqua_core.workshop.admitting import Caller, facilitating, knowing, watched
from aqua_core.workshop.opening import check_room_for_scores, copy_soon
from aqua_core.workshop.seating import check_seats_are_people
from aqua_core.workshop.showing import goes_with_what_was_shown, results_in
from aqua_core.workshop.sitting_apart import (
    check_shown_here,
    end_gathered,
    gather_into,
    waiting_apart,
)


class Unseen(NamedTuple):
    """What ended unseen, as long as nothing was opened since.

    `taken_back` are the domains of rounds that the facilitator took back, `too_few` those on which
    too few went on for their answers to be added, `gathered` those of a sitting whose answers were
    revealed with the wave.
    """

    taken_back: tuple[str, ...]
    too_few: tuple[str, ...]
    gathered: tuple[str, ...] = ()


def open_scoring(caller: Caller, code: str, domains: Sequence[str], *, guess: bool = False) -> None:
    """Open a sealed round on each of these domains; on one scored before, the next round.

    With `guess`, each seat is also asked what the next partner scores.

    Raises:
        ChoiceRefused: no domain, one that the instrument does not have, or a sitting that guesses.
        NotScored: one of them is being scored already.
        DiskAlmostFull: the disk may not take what the room will score.
    """
    if not domains:
        raise ChoiceRefused("Choose at least one domain to score.")
    with facilitating(caller, code) as (cursor, workshop):
        check_room_for_scores()
        if guess and seen_with(cursor, workshop.id):
            raise ChoiceRefused("A sitting does not guess: the other side sits elsewhere.")
        rounds = rounds_of(cursor, workshop.id)
        for domain in dict.fromkeys(domains):
            if workshop.instrument.domain(domain) is None:
                raise ChoiceRefused("That domain is not part of this instrument.")
            number = stages.round_to_open(rounds, domain)
            add_round(cursor, workshop.id, domain, number)
            if guess:
                add_guessing(cursor, workshop.id, domain, number)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def reveal(caller: Caller, code: str) -> None:
    """Reveal every open round. A second press finds nothing to reveal and changes nothing.

    A round that resumed another one, and in which what came later cannot be added without giving
    somebody away, ends unseen instead: what was revealed before stands. What waits in the wave's
    sittings is revealed with it, as one room's, or waits on where it ends unseen.

    Raises:
        SeenTogether: this is a sitting, whose scores are seen with the others of its wave.
        NothingToReveal: no round is open.
        MoreSeatsThanPeople: more seats have scored than people are expected.
    """
    with facilitating(caller, code) as (cursor, workshop):
        check_shown_here(cursor, workshop)
        rounds = rounds_of(cursor, workshop.id)
        stages.check_may_reveal(rounds)
        check_seats_are_people(cursor, workshop)
        opened = stages.open_rounds(rounds)
        sittings = gather_into(cursor, workshop, opened)
        ending = [round_ for round_ in rounds if opened.get(round_.domain) == round_.number]
        shown = set[str]()
        for round_ in ending:
            leave_out(cursor, workshop.id, round_.domain, round_.number)
            if not goes_with_what_was_shown(cursor, workshop, round_):
                few = TakenBack(opened=len(rounds), too_few=True)
                add_taken_back(cursor, workshop.id, round_.domain, round_.number, few)
            else:
                add_reveal(cursor, workshop.id, round_.domain, round_.number)
                shown.add(round_.domain)
        end_gathered(cursor, workshop, shown)
        if timer_of(cursor, workshop.id):  # it was the time to score
            set_timer(cursor, workshop.id, None)
    try:
        results_in(workshop)  # once, before everybody asks
    finally:
        for held in (workshop.code, *sittings):
            changed(held, Channel.ROOM, Channel.STAGE)
    copy_soon()


def take_back(caller: Caller, code: str, meant: Mapping[str, int]) -> None:
    """Take open rounds back: their domains are as they were before, and nobody ever sees a vote.

    `meant` is the number of each round as it was shown, by domain key.

    Raises:
        ChangedMeanwhile: one of them is not open any more.
    """
    with facilitating(caller, code) as (cursor, workshop):
        rounds = rounds_of(cursor, workshop.id)
        stages.check_may_take_back(rounds, meant)
        ended = TakenBack(opened=len(rounds), too_few=False)
        for domain, number in meant.items():
            add_taken_back(cursor, workshop.id, domain, number, ended)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def unseen_now(code: str) -> Unseen:
    """Tell what ended unseen while nothing was opened since; anyone with its code may know."""
    with knowing(code) as (_, workshop):
        pass
    return once_a_revision(workshop.code, "unseen", lambda: _unseen(workshop))


def _unseen(workshop: Workshop) -> Unseen:
    with reading() as cursor:
        ended = stages.just_taken_back(rounds_of(cursor, workshop.id))
        seen = {domain for domain, _ in gathered_in(cursor, workshop.id)}
    few = {round_.domain for round_ in ended if round_.taken_back and round_.taken_back.too_few}
    return Unseen(
        taken_back=tuple(round_.domain for round_ in ended if round_.domain not in few | seen),
        too_few=tuple(round_.domain for round_ in ended if round_.domain in few),
        gathered=tuple(round_.domain for round_ in ended if round_.domain in seen),
    )


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
        for last in stages.latest(rounds):
            if last.domain in goes_on:
                number = stages.round_to_open(rounds, last.domain)
                add_round(cursor, workshop.id, last.domain, number, last.number)
                carry_votes(cursor, workshop.id, last.domain, last.number, number)
                if (last.domain, last.number) in guessing:
                    add_guessing(cursor, workshop.id, last.domain, number)
                    carry_guesses(cursor, workshop.id, last.domain, last.number, number)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def _resumable(cursor: Cursor, workshop: Workshop) -> Resumable:
    rounds = rounds_of(cursor, workshop.id)
    if stages.open_rounds(rounds):
        return Resumable(0, (), ())
    shown = results_in(workshop).rounds
    seats = {seat.id for seat in seats_there(cursor, workshop.id)}
    answered, apart = answered_in(cursor, workshop.id), waiting_apart(cursor, workshop)
    missing = {
        last.domain: seats - {seat for domain, at, seat in answered if (domain, at) == asked}
        | apart.get(last.domain, {}).keys()
        for last in stages.latest(rounds)
        for asked in [(last.domain, last.number)]
    }
    return Resumable(
        missing=len(set().union(*missing.values())),
        domains=tuple(key for key in shown if may_resume(workshop, len(missing[key]))),
        added=tuple(key for key in shown if _was_resumed(rounds, key, shown[key])),
    )


def _was_resumed(rounds: Sequence[Round], domain: str, number: int) -> bool:
    return any(number in chain and len(chain) > 1 for chain in stages.chains_of(rounds, domain))
