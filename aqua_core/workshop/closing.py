"""Close a workshop, so that nobody can be told apart in it; or erase it from every file."""

from typing import Final, NamedTuple

from aqua_core.errors import ChoiceRefused, ScoringOpen
from aqua_core.live import Channel, changed, forget_all
from aqua_core.rules.stages import open_rounds
from aqua_core.store.closings import add_closing, erase, is_open
from aqua_core.store.database import copied_by_hand, reading, writing_anew
from aqua_core.store.last_words import last_words_kept
from aqua_core.store.plan import actions_of
from aqua_core.store.rounds import every_round_of
from aqua_core.store.seats import seats_of
from aqua_core.store.sittings import seen_with
from aqua_core.store.talk import notes_in, reasons_kept
from aqua_core.store.votes import answers_kept
from aqua_core.vocabulary import Workshop, clean_code
from aqua_core.vocabulary.event import HowUndone
from aqua_core.workshop.admitting import Caller, facilitating, remember
from aqua_core.workshop.ending import end_last_words
from aqua_core.workshop.passing import forget_all_in_passing
from aqua_core.workshop.seating import NO_WIFI, tell_wifi
from aqua_core.workshop.sitting_apart import waiting_apart


class Stored(NamedTuple):
    """What the file holds of a workshop, in numbers, and whether it is closed."""

    workshop: Workshop
    seats: int
    answers: int
    reasons: int
    last_words: int
    notes: int
    actions: int
    closed: bool


def stored_now(caller: Caller, code: str) -> Stored:
    """Give what the file holds of a workshop."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        return Stored(
            workshop,
            len(seats_of(cursor, workshop.id)),
            len(answers_kept(cursor, workshop.id)),
            reasons_kept(cursor, workshop.id),
            last_words_kept(cursor, workshop.id),
            notes_in(cursor, workshop.id),
            len(actions_of(cursor, workshop.id)),
            not is_open(cursor, workshop.id),
        )


def close_workshop(caller: Caller, code: str) -> None:
    """Close a workshop: its results stay, its seats can no longer be tied to a device.

    The file is written anew in an order that says nothing of who came when, and every copy of the
    file as it was is dropped. Closing it again changes nothing. A sitting is closed sealed: its
    scores wait for the wave's reveal.

    Raises:
        ScoringOpen: scores are still sealed that are revealed here, its sittings' too.
        FileUnusable: the disk refused; the sentence says what is left to do.
    """
    if stored_now(caller, code).closed:
        return
    with facilitating(caller, code, writing_anew) as (cursor, workshop):
        sealed = open_rounds(every_round_of(cursor, workshop.id))
        if sealed and not seen_with(cursor, workshop.id):
            raise ScoringOpen(
                "Scores are still sealed. Reveal them first; then close the workshop."
            )
        if any(waiting_apart(cursor, workshop).values()):
            raise ScoringOpen(
                "Scores of a sitting wait sealed, and are revealed with this workshop only. Open "
                "their domains here, or let the room go on, and reveal them. Where too few wait "
                "for that, take them back in the sitting, or erase it."
            )
        end_last_words(cursor, workshop)
        add_closing(cursor, workshop.id)
        remember(cursor, workshop, "The workshop was closed.", HowUndone.NEVER, why=_STAYS_CLOSED)
    tell_wifi(caller, code, *NO_WIFI)
    _let_go(workshop.code)


_STAYS_CLOSED: Final = (
    "No seat can be tied to its device again, so nobody could score or be told what they gave. "
    "Names, notes and the plan can still be changed; for another look, set up the next workshop."
)


def erase_workshop(caller: Caller, code: str, typed: str) -> tuple[str, ...]:
    """Take a workshop out of every file beside the room's too; `typed` is its code once more.

    Returns:
        The names of files beside the room's that somebody copied by hand: it is still in them.

    Raises:
        TextRefused, ChoiceRefused: what was typed is another code.
        FileUnusable: the disk refused; the sentence says what is left to do.
    """
    if clean_code(typed) != clean_code(code):
        raise ChoiceRefused("That is another code. Type the code of the workshop to erase.")
    tell_wifi(caller, code, *NO_WIFI)
    with facilitating(caller, code, writing_anew) as (cursor, workshop):
        erase(cursor, workshop.id)
    _let_go(workshop.code)
    forget_all_in_passing(workshop.code)
    return copied_by_hand()


def _let_go(code: str) -> None:
    forget_all(code)
    changed(code, Channel.ROOM, Channel.STAGE)
