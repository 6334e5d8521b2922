"""Score: a seat's own answers, saved one by one, sealed until the reveal."""

from collections.abc import Mapping
from typing import Any

from aqua_core.errors import NotScored
from aqua_core.live import Channel, changed
from aqua_core.rules.stages import open_rounds, round_to_score
from aqua_core.store.database import Cursor, reading, writing
from aqua_core.store.rounds import rounds_of
from aqua_core.store.votes import Kept, add_vote, kept_of_seat, scores_of_seat
from aqua_core.vocabulary import Ballot, Cast, Score, Seat, Workshop, clean_score
from aqua_core.workshop.admitting import Caller, find_seat, find_workshop


def my_ballot(caller: Caller, code: str) -> Ballot:
    """Give what this seat has to answer now, with its own saved answers.

    Returns:
        Without domains while nothing is being scored.

    Raises:
        NoSuchWorkshop: no open workshop has this code.
        NoSeat: this device has no seat in it.
    """
    with reading() as cursor:
        workshop = find_workshop(cursor, code)
        return _ballot(cursor, workshop, find_seat(cursor, caller, workshop))


def submit_score(
    caller: Caller, code: str, domain: str, given: Any, number: int | None = None
) -> dict[str, Score]:
    """Save the score of the caller's seat on a domain; a change of mind replaces it.

    Sending the same score again changes nothing, so a retry is safe.

    Args:
        caller: with the secret of a seat.
        code: of the workshop.
        domain: its key.
        given: the score as it arrived.
        number: the round it was meant for, so that a tap that arrives late is never saved in the
            next one; None for the round that is open.

    Returns:
        The seat's answers in the open rounds, by domain key, as the file holds them: it is given
        after the commit.

    Raises:
        ScoreRefused: not a whole number from 0 to 5 nor `cannot say`.
        NoSeat: this device has no seat here.
        NotScored: the domain is not part of this round.
        RoundClosed: the round was revealed; the earlier score stands.
    """
    score = clean_score(given)
    with writing() as cursor:
        workshop = find_workshop(cursor, code)
        seat = find_seat(cursor, caller, workshop)
        if workshop.instrument.domain(domain) is None:
            raise NotScored("That domain is not part of this round.")
        rounds = rounds_of(cursor, workshop.id)
        asked = (domain, round_to_score(rounds, domain, number))
        kept = kept_of_seat(cursor, workshop.id, seat.id)
        before = kept.get(asked)
        if before is None or before.score != score:
            kept[asked] = Kept(before.sequence + 1 if before else 1, score)
            add_vote(cursor, workshop.id, _cast(seat, asked, score), kept[asked].sequence)
    if kept.get(asked) is not before:
        changed(workshop.code, Channel.ROOM)
    return _answers({each: newest.score for each, newest in kept.items()}, open_rounds(rounds))


def _cast(seat: Seat, asked: tuple[str, int], score: Score) -> Cast:
    domain, number = asked
    return Cast(domain=domain, round=number, seat_id=seat.id, team_id=seat.team_id, score=score)


def _ballot(cursor: Cursor, workshop: Workshop, seat: Seat) -> Ballot:
    rounds = rounds_of(cursor, workshop.id)
    opened = open_rounds(rounds)
    team = workshop.team(seat.team_id)
    if team is None:
        raise NotScored("This team is no longer part of the workshop. Pick another.")
    return Ballot(
        team=team,
        domains=tuple(each for each in workshop.instrument.domains if each.key in opened),
        rounds=opened,
        answers=_answers(scores_of_seat(cursor, workshop.id, seat.id), opened),
    )


def _answers(
    scores: Mapping[tuple[str, int], Score], opened: Mapping[str, int]
) -> dict[str, Score]:
    return {
        domain: score for (domain, number), score in scores.items() if opened.get(domain) == number
    }
