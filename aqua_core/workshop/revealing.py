"""Open scoring and reveal it: the only way from sealed to seen, and never back."""

from collections.abc import Sequence

from aqua_core.errors import ChoiceRefused
from aqua_core.live import Channel, changed
from aqua_core.rules.stages import check_may_reveal, open_rounds, round_to_open
from aqua_core.store.database import writing
from aqua_core.store.rounds import add_reveal, add_round, rounds_of
from aqua_core.store.talk.guesses import add_guessing
from aqua_core.workshop.admitting import Caller, check_facilitator, check_open, find_workshop
from aqua_core.workshop.opening import check_room_for_scores, copy_soon
from aqua_core.workshop.showing import work_out


def open_scoring(caller: Caller, code: str, domains: Sequence[str], *, guess: bool = False) -> None:
    """Open a sealed round on each of these domains; on one scored before, the next round.

    With `guess`, each seat is also asked what the next partner scores.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: no open workshop has this code.
        ChoiceRefused: no domain, or one that the instrument does not have.
        NotScored: one of them is being scored already.
        WorkshopClosed: the workshop is closed.
        DiskAlmostFull: the disk may not take what the room will score.
    """
    if not domains:
        raise ChoiceRefused("Choose at least one domain to score.")
    with writing() as cursor:
        check_facilitator(cursor, caller)
        check_room_for_scores()
        workshop = find_workshop(cursor, code)
        check_open(cursor, workshop)
        rounds = rounds_of(cursor, workshop.id)
        for domain in dict.fromkeys(domains):
            if workshop.instrument.domain(domain) is None:
                raise ChoiceRefused("That domain is not part of this instrument.")
            number = round_to_open(rounds, domain)
            add_round(cursor, workshop.id, domain, number)
            if guess:
                add_guessing(cursor, workshop.id, domain, number)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def reveal(caller: Caller, code: str) -> None:
    """Reveal every open round. A second press finds nothing to reveal and changes nothing.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: no open workshop has this code.
        NothingToReveal: no round is open.
        WorkshopClosed: the workshop is closed.
    """
    with writing() as cursor:
        check_facilitator(cursor, caller)
        workshop = find_workshop(cursor, code)
        check_open(cursor, workshop)
        rounds = rounds_of(cursor, workshop.id)
        check_may_reveal(rounds)
        for domain, number in open_rounds(rounds).items():
            add_reveal(cursor, workshop.id, domain, number)
    try:
        work_out(workshop.code)
    finally:
        changed(workshop.code, Channel.ROOM, Channel.STAGE)
    copy_soon()
