"""Score: a seat's own answers, saved one by one, sealed until the reveal."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from aqua_core.errors import (
    NoSuchTeam,
    NotScored,
    Refusal,
    RoundClosed,
    ScoreRefused,
    TooFast,
)
from aqua_core.live import joined, voted
from aqua_core.rules.beside import CHOSEN
from aqua_core.rules.stages import looked_at_again, open_rounds, resumed_in, round_to_score
from aqua_core.rules.talk import partner_to_guess
from aqua_core.store.connecting import Cursor
from aqua_core.store.rounds import rounds_to_score_in
from aqua_core.store.seats import add_seat
from aqua_core.store.talk import Given, Guess, guesses_of_seat, reasons_of_seat
from aqua_core.store.votes import Kept, Vote, append_votes, kept_of_seat, votes_of
from aqua_core.vocabulary import Ballot, Round, Score, Seat, Workshop, clean_score
from aqua_core.vocabulary.event import ON_PAPER, HowUndone
from aqua_core.vocabulary.framework import is_beside
from aqua_core.workshop.admitting import (
    Caller,
    asking,
    check_counts,
    facilitating,
    guessing_now,
    remember,
    rounds_now,
    voting,
    voting_together,
)
from aqua_core.workshop.seating import check_not_full, tag_of
from aqua_core.workshop.tries import Tries

_CHANGES: Final = 300  # a minute from one seat; a person who taps without a pause makes about 200
_changes: Final = Tries(_CHANGES)

_Beside = TypeVar("_Beside", Given, Guess)
"""What a seat says beside a score."""
Asked = tuple[str, int]
"""A domain key and a round number."""


class Meant(NamedTuple):
    """What a device knew when it was tapped: the round, and how often the seat had tapped in it."""

    round: int
    after: int


def overtaken(meant: int | Meant, times: int) -> bool:
    """Tell whether the seat has given something since; a bare round follows whatever stands."""
    return isinstance(meant, Meant) and meant.after != times


def round_meant(meant: int | Meant) -> int:
    """Give the number of the round that something was given for."""
    return meant.round if isinstance(meant, Meant) else meant


class Saved(NamedTuple):
    """A seat's answers in the open rounds, and how often each was given, by domain key."""

    answers: dict[str, Score]
    taps: dict[str, int]


class Tap(NamedTuple):
    """What a seat gave on a domain; `meant` is None where it follows whatever stands."""

    caller: Caller
    domain: str
    given: Any
    meant: Meant | None = None


def my_ballot(caller: Caller, code: str) -> Ballot:
    """Give what this seat has to answer now, with its own saved answers.

    Returns:
        Without domains while nothing is being scored.
    """
    with asking(caller, code) as (cursor, workshop, seat):
        return _ballot(cursor, workshop, seat)


def submit_score(
    caller: Caller, code: str, domain: str, given: Any, meant: Meant | None = None
) -> Saved:
    """Save the score of the caller's seat on a domain; a change of mind replaces it.

    Sending the same score again changes nothing, so a retry is safe. A tap that another one has
    overtaken (it follows an older one than the newest) changes nothing either: what is answered
    says so, and the device sends what it still wants.

    Returns:
        The seat's answers after the commit, as its writer knows them.

    Raises:
        ScoreRefused: not a whole number from 0 to 5 nor `cannot say`.
        SeatAside: the facilitator set the seat aside.
        NotScored: the domain is not part of this round.
        RoundClosed: the round was revealed, or another one is open; the earlier score stands.
        RoundTakenBack: the facilitator took the round back.
        TooFast: more than 300 changes came from this seat within a minute. Never a first answer.
    """
    with voting(caller, code) as (cursor, workshop, seat_id):
        taken = _taken(cursor, workshop, seat_id, Tap(caller, domain, given, meant))
        new = _keep(cursor, workshop, [taken])
    _tell(workshop, new)
    return taken.saved


def submit_scores(code: str, taps: Sequence[Tap]) -> list[Saved | Refusal]:
    """Save what several seats gave, each as `submit_score` does, in one transaction.

    Args:
        code: of the workshop.
        taps: no two of one seat.

    Returns:
        For each tap its seat's answers after the commit, or why it alone was refused.

    Raises:
        NoSuchWorkshop: no open workshop has this code.
        FileUnusable: the disk took none of them.
    """
    with voting_together(code) as (cursor, workshop, seat_of):
        done = [_taken_or_refused(cursor, workshop, seat_of, tap) for tap in taps]
        new = _keep(cursor, workshop, [one for one in done if isinstance(one, _Taken)])
    _tell(workshop, new)
    return [one.saved if isinstance(one, _Taken) else one for one in done]


class _Taken(NamedTuple):
    """What a tap comes to: the seat's answers, and what is written for it, if anything is."""

    saved: Saved
    new: Vote | None


def _taken_or_refused(
    cursor: Cursor, workshop: Workshop, seat_of: Callable[[Caller], str], tap: Tap
) -> _Taken | Refusal:
    try:
        return _taken(cursor, workshop, seat_of(tap.caller), tap)
    except Refusal as refusal:
        return refusal


def _taken(cursor: Cursor, workshop: Workshop, seat_id: str, tap: Tap) -> _Taken:
    score = clean_score(tap.given)
    check_counts(cursor, workshop, seat_id)
    rounds = rounds_to_score_in(cursor, workshop.id)
    mine = votes_of(cursor, workshop.id, seat_id)
    asked = _asked(workshop, rounds, tap.domain, tap.meant, mine)
    _check_answers(workshop, rounds, mine, tap.domain, score)
    newest = _newest(mine.get(asked), score, tap.meant)
    if not newest:
        return _Taken(_saved(mine, open_rounds(rounds)), None)
    _check_pace(seat_id, newest)
    saved = _saved({**mine, asked: newest}, open_rounds(rounds))
    return _Taken(saved, (seat_id, asked, newest))


def _keep(cursor: Cursor, workshop: Workshop, taken: Sequence[_Taken]) -> list[Vote]:
    new = [one.new for one in taken if one.new]
    if new:
        append_votes(cursor, workshop.id, new)
    return new


def _tell(workshop: Workshop, new: Sequence[Vote]) -> None:
    for seat_id, *_ in new:
        _changes.take(seat_id)
    if new:
        voted(workshop.code)


_BY_ITS_TAG: Final = (
    "What somebody scored is never taken out. Set the sheet's seat aside by its tag, under Seats "
    "and joining, and type it again."
)


def type_paper(caller: Caller, code: str, team_id: str, given: Mapping[str, Any]) -> str:
    """Save what somebody scored on paper, as a seat of its own in a team; it counts as any other.

    The facilitator has read it: the record says so wherever the result is shown. It can be set
    aside by its tag, and typed again. The mark is the beginning of the seat's id, which outlives
    closing, sittings and copies.

    Args:
        caller: the facilitator.
        code: of the workshop.
        team_id: whose sheet it is.
        given: scores by domain key; a domain without one was left blank.

    Returns:
        The seat's tag, to write on the sheet.

    Raises:
        NoSuchTeam: the workshop has no such team.
        ScoreRefused: there is no score, or one is none from 0 to 5 nor `cannot say`.
        NotScored: one is on a domain that is not being scored; after the reveal that is each.
        RoomFull: the workshop has 1,000 seats.
    """
    scores = {domain: clean_score(score) for domain, score in given.items()}
    if not scores:
        raise ScoreRefused("This sheet is empty. Type at least one score.")
    with facilitating(caller, code) as (cursor, workshop):
        opened = _open_for_paper(cursor, workshop, team_id, scores)
        seat = Seat(id=f"{ON_PAPER}{secrets.token_hex(8)}", team_id=team_id)
        add_seat(cursor, workshop.id, seat, secrets.token_hex(32))
        votes: list[Vote] = [
            (seat.id, (domain, opened[domain]), Kept(1, score))
            for domain, score in sorted(scores.items())
        ]
        append_votes(cursor, workshop.id, votes)
        tag = tag_of(cursor, workshop, seat.id)
        remember(cursor, workshop, "A sheet was typed in.", HowUndone.NEVER, why=_BY_ITS_TAG)
    joined(workshop.code)
    return tag


def _open_for_paper(
    cursor: Cursor, workshop: Workshop, team_id: str, scores: Mapping[str, Score]
) -> Mapping[str, int]:
    if workshop.team(team_id) is None:
        raise NoSuchTeam("Choose the team whose sheet this is.")
    check_not_full(cursor, workshop)
    opened = open_rounds(rounds_to_score_in(cursor, workshop.id))
    if not scores.keys() <= opened.keys() or any(map(is_beside, scores)):
        raise NotScored("Scoring has closed. What was on paper can be typed only before it.")
    return opened


def _asked(
    workshop: Workshop,
    rounds: tuple[Round, ...],
    domain: str,
    meant: Meant | None,
    mine: Mapping[Asked, Kept],
) -> Asked:
    if workshop.asking(domain) is None:
        raise NotScored("That domain is not part of this round.")
    meant_round = meant.round if meant else None
    try:
        return domain, round_to_score(rounds, domain, meant_round)
    except RoundClosed:
        raise RoundClosed(_closed(mine, domain, meant_round)) from None


def _check_answers(
    workshop: Workshop,
    rounds: tuple[Round, ...],
    mine: Mapping[Asked, Kept],
    asked: str,
    score: Score,
) -> None:
    """Refuse an answer that its kind does not have, or one pick too many."""
    held = workshop.asking(asked)
    if held is None or not is_beside(asked):
        return
    answering, picked = held.answering, score == CHOSEN
    if answering.most and not picked and score != 0:
        raise ScoreRefused("Choose it, or take it out.")
    if isinstance(score, int) and score >= answering.answers:
        raise ScoreRefused(f"Choose one of: {', '.join(held.levels)}; or Cannot say.")
    opened = open_rounds(rounds)
    others = [key for key in held.keys if key != asked and key in opened]
    chosen = [key for key in others if (key, opened[key]) in mine]
    chosen = [key for key in chosen if mine[key, opened[key]].score == CHOSEN]
    if answering.most and picked and len(chosen) >= answering.most:
        raise ScoreRefused(f"{answering.most} are chosen already. Take one out first.")


def _closed(mine: Mapping[Asked, Kept], domain: str, meant_round: int | None) -> str:
    if is_beside(domain):
        return "This was revealed. What you answered before it stands."
    stands = [
        mine[key, number].score
        for key, number in sorted(mine)
        if key == domain and meant_round in (None, number)
    ]
    if not stands:
        return "Scoring has closed. No score of yours was saved on this one."
    return f"Scoring has closed. Your last saved score stands: {stands[-1]}."


def _check_pace(seat_id: str, newest: Kept) -> None:
    if newest.sequence > 1 and not _changes.left(seat_id):
        raise TooFast("Saving too fast; your last saved score stands.")


def _newest(before: Kept | None, score: Score, meant: Meant | None) -> Kept | None:
    """Give the row to append, or None where the score stands or the tap was overtaken."""
    taps = before.sequence if before else 0
    if (before and before.score == score) or (meant and meant.after != taps):
        return None
    return Kept(taps + 1, score)


def _ballot(cursor: Cursor, workshop: Workshop, seat: Seat) -> Ballot:
    rounds = rounds_now(workshop)
    opened = open_rounds(rounds)
    team = workshop.team(seat.team_id)
    if team is None:
        raise NotScored("This team is no longer part of the workshop. Pick another.")
    mine = kept_of_seat(cursor, workshop.id, seat.id)
    saved = _saved(mine, opened)
    again = looked_at_again(rounds)
    given = _open_only(reasons_of_seat(cursor, workshop.id, seat.id), opened)
    asks = guessing_now(workshop) & set(opened.items())
    whom = partner_to_guess(workshop, team) if asks else None
    guesses = _open_only(guesses_of_seat(cursor, workshop.id, seat.id), opened) if whom else {}
    return Ballot(
        team=team,
        domains=tuple(domain for domain in workshop.instrument.domains if domain.key in opened),
        beside=tuple(held for held in workshop.beside if opened.keys() & {*held.keys}),
        rounds=opened,
        answers=saved.answers,
        taps=saved.taps,
        resumed=frozenset(resumed_in(rounds)),
        again=frozenset(again),
        first={key: mine[key, at].score for key, at in again.items() if (key, at) in mine},
        reasons={key: reason.wording for key, reason in given.items()},
        reworded={key: reason.sequence for key, reason in given.items()},
        guessed=whom,
        guessing=frozenset(key for key, _ in asks) if whom else frozenset(),
        # Before it moved, a seat may have guessed another partner: that is no answer here.
        guesses={key: g.points for key, g in guesses.items() if whom and g.partner_id == whom.id},
        guess_taps={key: guess.sequence for key, guess in guesses.items()},
    )


def _open_only(rows: Iterable[_Beside], opened: Mapping[str, int]) -> dict[str, _Beside]:
    return {row.domain: row for row in rows if opened.get(row.domain) == row.number}


def _saved(kept: Mapping[Asked, Kept], opened: Mapping[str, int]) -> Saved:
    mine = {
        domain: answer for (domain, number), answer in kept.items() if opened.get(domain) == number
    }
    return Saved(
        answers={domain: cast.score for domain, cast in mine.items()},
        taps={domain: cast.sequence for domain, cast in mine.items()},
    )
