"""Open scoring, reveal it, take it back, or let it go on."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, ask_anew, changed, once_a_deed
from aqua_core.rules import stages
from aqua_core.rules.resuming import may_resume
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.rounds import (
    add_reveals,
    add_round,
    add_taken_back,
    every_round_of,
    leave_out,
    rounds_of,
)
from aqua_core.store.seats import seats_there
from aqua_core.store.sittings import collected_in, seen_with
from aqua_core.store.talk import (
    add_guessing,
    carry_guesses,
    guessing_in,
    set_timer,
    timer_of,
)
from aqua_core.store.votes import answered_in, carry_votes
from aqua_core.vocabulary import Round, TakenBack, Workshop
from aqua_core.vocabulary.event import HowUndone
from aqua_core.vocabulary.framework import is_beside
from aqua_core.workshop.admitting import (
    Caller,
    facilitating,
    knowing,
    remember,
    rounds_now,
    watched,
)
from aqua_core.workshop.opening import check_room_for_scores, copy_soon
from aqua_core.workshop.seating import check_seats_are_people
from aqua_core.workshop.showing import goes_with_what_was_shown, results_in
from aqua_core.workshop.sitting_apart import (
    check_shown_here,
    collect_into,
    end_collected,
    waiting_apart,
)


class Unseen(NamedTuple):
    """What ended unseen, as long as nothing was opened since.

    `taken_back` are the domains of rounds that the facilitator took back, `too_few` those on which
    too few went on for their answers to be added, `collected` those of a sitting whose answers were
    revealed with the wave.
    """

    taken_back: tuple[str, ...]
    too_few: tuple[str, ...]
    collected: tuple[str, ...] = ()


def open_scoring(caller: Caller, code: str, domains: Sequence[str], *, guess: bool = False) -> None:
    """Open a sealed round on each of these domains; on one scored before, the next round.

    With `guess`, each seat is also asked what the next partner scores.

    Raises:
        ChoiceRefused: no domain, one that the instrument does not have, or a sitting that guesses.
        NotScored: one of them is being scored already.
        DiskAlmostFull: the disk may not take what the room will score.
    """
    with facilitating(caller, code) as (cursor, workshop):
        check_room_for_scores()
        open_in(cursor, workshop, domains, guess=guess)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def open_in(
    cursor: Cursor, workshop: Workshop, domains: Sequence[str], *, guess: bool = False
) -> None:
    """Open scoring inside a transaction that is open already (see open_scoring)."""
    if not domains:
        raise errors.ChoiceRefused("Choose at least one domain to score.")
    if guess and seen_with(cursor, workshop.id):
        raise errors.ChoiceRefused("A sitting does not guess: the other side sits elsewhere.")
    rounds, opened = rounds_of(cursor, workshop.id), dict[str, int]()
    for domain in dict.fromkeys(domains):
        if workshop.instrument.domain(domain) is None:
            raise errors.ChoiceRefused("That domain is not part of this instrument.")
        number = stages.round_to_open(rounds, domain)
        add_round(cursor, workshop.id, domain, number)
        opened[domain] = number
        if guess:
            add_guessing(cursor, workshop.id, domain, number)
    said = f"Scoring was opened on {_named(workshop, opened)}."
    remember(cursor, workshop, said, HowUndone.OPENED, rounds=opened)


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
        sittings = reveal_in(cursor, workshop)
    tell_revealed([workshop], sittings)


def reveal_in(cursor: Cursor, workshop: Workshop) -> tuple[str, ...]:
    """Reveal inside a transaction that is open already (see reveal).

    Returns:
        The codes of the wave's sittings, to be told with the workshop by `tell_revealed`.
    """
    check_shown_here(cursor, workshop)
    rounds = every_round_of(cursor, workshop.id)
    stages.check_may_reveal(rounds)
    check_seats_are_people(cursor, workshop)
    opened = stages.open_rounds(rounds)
    domains = {key: number for key, number in opened.items() if not is_beside(key)}
    sittings = collect_into(cursor, workshop, domains)
    ending = [round_ for round_ in rounds if opened.get(round_.domain) == round_.number]
    leave_out(cursor, workshop.id, opened)
    shown = dict[str, int]()
    for round_ in ending:
        if goes_with_what_was_shown(cursor, workshop, round_):
            shown[round_.domain] = round_.number
        else:
            few = TakenBack(opened=len(rounds), too_few=True)
            add_taken_back(cursor, workshop.id, round_.domain, round_.number, few)
    add_reveals(cursor, workshop.id, shown)
    end_collected(cursor, workshop, shown)
    if timer_of(cursor, workshop.id):  # it was the time to score
        set_timer(cursor, workshop.id, None)
    _remember(cursor, workshop, opened, shown)
    return sittings


def tell_revealed(workshops: Iterable[Workshop], sittings: Iterable[str]) -> None:
    """Tell everybody that scores were revealed in these workshops, after the commit."""
    held = list(workshops)
    try:
        for workshop in held:
            ask_anew(workshop.code)
            results_in(workshop)  # once, before everybody asks
    finally:
        for code in (*(workshop.code for workshop in held), *sittings):
            changed(code, Channel.ROOM, Channel.STAGE)
    copy_soon()


def _remember(
    cursor: Cursor, workshop: Workshop, opened: Collection[str], shown: Collection[str]
) -> None:
    if seen := [domain for domain in opened if domain in shown]:
        said = f"The scores were revealed on {_named(workshop, seen)}."
        scored = [domain for domain in seen if not is_beside(domain)]
        way = HowUndone.REVEALED if scored else HowUndone.NEVER
        remember(cursor, workshop, said, way, domains=scored, why=_ASK_AGAIN)
    else:
        said = f"The round on {_named(workshop, opened)} ended unseen."
        remember(cursor, workshop, said, HowUndone.NEVER, why=_STAYS_UNSEEN)


def take_back(caller: Caller, code: str, meant: Mapping[str, int]) -> None:
    """Take open rounds back: their domains are as they were before, and nobody ever sees a vote.

    `meant` is the number of each round as it was shown, by domain key.

    Raises:
        ChangedMeanwhile: one of them is not open any more.
    """
    with facilitating(caller, code) as (cursor, workshop):
        stages.check_may_take_back(every_round_of(cursor, workshop.id), meant)
        take_back_in(cursor, workshop, meant)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def take_back_in(cursor: Cursor, workshop: Workshop, meant: Mapping[str, int]) -> None:
    """Take open rounds back inside a transaction that is open already (see take_back)."""
    end_unseen(cursor, workshop, meant)
    said = f"The round on {_named(workshop, meant)} was taken back."
    remember(cursor, workshop, said, HowUndone.NEVER, why=_STAYS_UNSEEN)


def unseen_now(code: str) -> Unseen:
    """Tell what ended unseen while nothing was opened since; anyone with its code may know."""
    with knowing(code) as (_, workshop):
        pass
    return once_a_deed(workshop.code, "unseen", lambda: _unseen(workshop))


def _unseen(workshop: Workshop) -> Unseen:
    ended = stages.just_taken_back(rounds_now(workshop))
    with reading(workshop.code) as cursor:
        seen = {domain for domain, _ in collected_in(cursor, workshop.id)}
    few = {round_.domain for round_ in ended if round_.taken_back and round_.taken_back.too_few}
    back = [round_.domain for round_ in ended if round_.domain not in few | seen]
    return Unseen(
        taken_back=tuple(_each_instrument_once(workshop, back)),
        too_few=tuple(round_.domain for round_ in ended if round_.domain in few),
        collected=tuple(round_.domain for round_ in ended if round_.domain in seen),
    )


def _each_instrument_once(workshop: Workshop, asked: Iterable[str]) -> Iterator[str]:
    """Leave out all keys but the first of each instrument that is asked beside the framework."""
    names, said = workshop.names_of(asked := list(asked)), set[str]()
    for key in asked:
        if not is_beside(key) or names[key] not in said:
            yield key
        said |= {names[key]} if is_beside(key) else set()


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
    return watched(caller, code, "resumable", resumable_in)


def resume_scoring(caller: Caller, code: str) -> None:
    """Let those who had not finished go on: sealed rounds that start from what was revealed.

    On every domain that somebody has not answered. All answers and guesses so far are carried into
    the new round, where they count as given, and may be changed.

    Raises:
        NothingToResume: nobody is missing, or too few, or something is sealed already.
        DiskAlmostFull: the disk may not take what the room will score.
    """
    with facilitating(caller, code) as (cursor, workshop):
        opened = go_on(cursor, workshop)
        said = f"Scoring went on with {_named(workshop, opened)}."
        remember(cursor, workshop, said, HowUndone.OPENED, rounds=opened)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def go_on(cursor: Cursor, workshop: Workshop, among: Collection[str] = ()) -> dict[str, int]:
    """Open rounds that start from what was revealed, inside a transaction (see resume_scoring).

    Only on domains `among` these, where any are named. Gives the number of each, by domain key.
    """
    check_room_for_scores()
    rounds, opened = rounds_of(cursor, workshop.id), dict[str, int]()
    goes_on = resumable_in(cursor, workshop, among).domains
    if not goes_on:
        raise errors.NothingToResume("Nobody can go on: all have answered, or too few are missing.")
    guessing = guessing_in(cursor, workshop.id)
    for last in stages.latest(rounds):
        if last.domain in goes_on:
            opened[last.domain] = number = stages.round_to_open(rounds, last.domain)
            add_round(cursor, workshop.id, last.domain, number, last.number)
            carry_votes(cursor, workshop.id, last.domain, last.number, number)
            if (last.domain, last.number) in guessing:
                add_guessing(cursor, workshop.id, last.domain, number)
                carry_guesses(cursor, workshop.id, last.domain, last.number, number)
    return opened


def end_unseen(cursor: Cursor, workshop: Workshop, meant: Mapping[str, int]) -> None:
    """End open rounds unseen, inside a transaction; `meant` are their numbers, by domain key."""
    ended = TakenBack(opened=len(every_round_of(cursor, workshop.id)), too_few=False)
    for domain, number in meant.items():
        add_taken_back(cursor, workshop.id, domain, number, ended)


def _named(workshop: Workshop, domains: Collection[str]) -> str:
    names = workshop.instrument.names
    every = set(domains) >= names.keys() and len(names) > 1
    every_name = workshop.names_of(domains)
    called = [
        "all domains" if every and domain in names else every_name[domain] for domain in domains
    ]
    return ", ".join(dict.fromkeys(called))


def resumable_in(cursor: Cursor, workshop: Workshop, among: Collection[str] = ()) -> Resumable:
    """Give who could go on, to who was let in; only on domains `among` these, where any are named.

    Nobody while something is sealed.
    """
    rounds = rounds_of(cursor, workshop.id)
    if stages.open_rounds(rounds):
        return Resumable(0, (), ())
    shown = results_in(workshop).rounds
    seats = {seat.id for seat in seats_there(cursor, workshop.id)}
    latest = {
        last.domain: last.number
        for last in stages.latest(rounds)
        if not among or last.domain in among
    }
    answered = answered_in(cursor, workshop.id, latest.items())
    apart = waiting_apart(cursor, workshop)
    missing = {
        asked: seats - {seat for domain, _, seat in answered if domain == asked}
        | apart.get(asked, {}).keys()
        for asked in latest
    }
    return Resumable(
        missing=len(set().union(*missing.values())),
        domains=tuple(
            key for key in shown if key in missing and may_resume(workshop, len(missing[key]))
        ),
        added=tuple(key for key in shown if _was_resumed(rounds, key, shown[key])),
    )


def _was_resumed(rounds: Sequence[Round], domain: str, number: int) -> bool:
    return any(number in chain and len(chain) > 1 for chain in stages.chains_of(rounds, domain))


_ASK_AGAIN: Final = "The room has seen it. Ask it again on Room: that is a look of its own."
_STAYS_UNSEEN: Final = (
    "Nothing of a round that ended unseen is ever shown, and nobody can bring it back. Open "
    "scoring again on Room."
)
