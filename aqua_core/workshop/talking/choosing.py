"""The cards of the Talk page: take one up, skip it, set it aside, take the last act back."""

from typing import NamedTuple

from aqua_core.errors import NotScored, StillSealed, TextRefused
from aqua_core.live import Channel, changed
from aqua_core.rules.talk.cards import (
    WHOLE_ROOM,
    check_undo,
    newest_acts,
    newest_round,
    standing,
    taken,
)
from aqua_core.rules.typed.personal import check_nobody_in
from aqua_core.store.cursor import Cursor
from aqua_core.store.talk.moves import add_move, moves_of
from aqua_core.store.talk.timers import set_timer, timer_of
from aqua_core.vocabulary import LONGEST_WHY, Act, TopicMove, Workshop, clean_line
from aqua_core.workshop.admitting import Caller, facilitating, watched
from aqua_core.workshop.showing import results_in


class Cards(NamedTuple):
    """What was done with the cards.

    `acts` holds the newest standing act by domain key, "" for the whole room's; `taken` is the
    domain that is talked about, or None; `last` is what an undo takes back, or None.
    """

    acts: dict[str, TopicMove]
    taken: str | None
    last: TopicMove | None


def cards_now(caller: Caller, code: str) -> Cards:
    """Give what was done with the cards, as far as it is on the scores that are shown."""
    return watched(caller, code, "cards", _cards)


def take_topic(caller: Caller, code: str, domain: str) -> None:
    """Talk about a domain now: its card fills every screen, and the time of another one stops.

    Raises:
        NotScored: the instrument has no such domain.
        StillSealed: it is not revealed.
    """
    _act(caller, code, domain, Act.TAKE)


def skip_topic(caller: Caller, code: str, domain: str) -> None:
    """Leave a card for now; it stays where it is.

    Raises:
        NotScored, StillSealed: as for taking it.
    """
    _act(caller, code, domain, Act.SKIP)


def set_topic_aside(
    caller: Caller, code: str, domain: str, reason: str, *, sure: bool = False
) -> None:
    """Leave a question out, with the reason; the next in order takes its place.

    Raises:
        NotScored, StillSealed: as for taking it.
        TextRefused: the reason is missing, or over 200 characters.
        LooksPersonal: nobody was sure, and the reason holds what looks like somebody's details.
    """
    _act(caller, code, domain, Act.SET_ASIDE, _why(reason, "Say why it is set aside.", sure))


def agreement_is_real(caller: Caller, code: str, why: str, *, sure: bool = False) -> None:
    """Keep that a room which nothing divides says: this agreement is real, and what shows it.

    Raises:
        TextRefused: nothing is said that shows it, or over 200 characters.
        LooksPersonal: nobody was sure, and it holds what looks like somebody's details.
    """
    _act(caller, code, WHOLE_ROOM, Act.REAL, _why(why, "Say what shows that it is real.", sure))


def undo_last(caller: Caller, code: str, meant: int) -> TopicMove:
    """Take back the newest act on the cards, and give it; `meant` is the one that was shown.

    Raises:
        NothingToUndo: nothing is left.
        ChangedMeanwhile: another act was done since.
    """
    with facilitating(caller, code) as (cursor, workshop):
        undone = check_undo(moves_of(cursor, workshop.id), meant)
        add_move(cursor, workshop.id, _move(undone.domain, undone.number, Act.UNDO, undone))
    changed(workshop.code, Channel.ROOM)
    return undone


def _act(caller: Caller, code: str, domain: str, act: Act, reason: str = "") -> None:
    with facilitating(caller, code) as (cursor, workshop):
        if domain == WHOLE_ROOM:
            number = newest_round(results_in(workshop).rounds)
        else:
            number = shown_round(cursor, workshop, domain)
        add_move(cursor, workshop.id, _move(domain, number, act, reason=reason))
        if act is Act.TAKE and timer_of(cursor, workshop.id):
            set_timer(cursor, workshop.id, None)
    changed(workshop.code, Channel.ROOM)


def shown_round(cursor: Cursor, workshop: Workshop, domain: str) -> int:
    """Give the number of the round of a domain that is shown.

    Raises:
        NotScored: the instrument has no such domain.
        StillSealed: it is not revealed.
    """
    if workshop.instrument.domain(domain) is None:
        raise NotScored("That domain is not part of this workshop.")
    shown = results_in(workshop).rounds
    if domain not in shown:
        raise StillSealed("These scores are sealed until the reveal.")
    return shown[domain]


def _cards(cursor: Cursor, workshop: Workshop) -> Cards:
    moves = moves_of(cursor, workshop.id)
    shown = results_in(workshop).rounds
    newest = newest_acts(moves, shown)
    last = next(reversed(standing(moves)), None)
    # What was done on scores that are no longer shown is on no card to be taken back from.
    return Cards(newest, taken(moves, shown), last if last in newest.values() else None)


def _move(
    domain: str, number: int, act: Act, undone: TopicMove | None = None, reason: str = ""
) -> TopicMove:
    undoes = undone.sequence if undone else None
    # The store gives it the next sequence.
    return TopicMove(
        sequence=0, domain=domain, number=number, act=act, reason=reason, undoes=undoes
    )


def _why(typed: str, empty: str, sure: bool) -> str:
    why = clean_line("the reason", LONGEST_WHY, typed)
    if not why:
        raise TextRefused(empty)
    if not sure:
        check_nobody_in(why)
    return why
