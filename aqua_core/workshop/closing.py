"""Close a workshop, so that nobody can be told apart in it; or erase it from every file."""

from typing import NamedTuple

from aqua_core.errors import ChoiceRefused, ScoringOpen
from aqua_core.live import Channel, changed, forget_all
from aqua_core.rules.stages import open_rounds
from aqua_core.store.closings import add_closing, erase, is_open
from aqua_core.store.database import reading, writing_anew
from aqua_core.store.plan.actions import actions_of
from aqua_core.store.rounds import rounds_of
from aqua_core.store.seats import seats_of
from aqua_core.store.talk.notes import notes_in
from aqua_core.store.votes import answers_kept
from aqua_core.vocabulary import Workshop, clean_code
from aqua_core.workshop.admitting import Caller, check_facilitator, find_workshop


class Stored(NamedTuple):
    """What the file holds of a workshop, in numbers, and whether it is closed."""

    workshop: Workshop
    seats: int
    answers: int
    notes: int
    actions: int
    closed: bool


def stored_now(caller: Caller, code: str) -> Stored:
    """Give what the file holds of a workshop.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: the file holds no workshop with this code.
    """
    with reading() as cursor:
        check_facilitator(cursor, caller)
        workshop = find_workshop(cursor, code)
        return Stored(
            workshop,
            len(seats_of(cursor, workshop.id)),
            len(answers_kept(cursor, workshop.id)),
            notes_in(cursor, workshop.id),
            len(actions_of(cursor, workshop.id)),
            not is_open(cursor, workshop.id),
        )


def close_workshop(caller: Caller, code: str) -> None:
    """Close a workshop: its results stay, its seats can no longer be tied to a device.

    The file is written anew in an order that says nothing of who came when, and every copy of the
    file as it was is dropped. Closing it again changes nothing.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: the file holds no workshop with this code.
        ScoringOpen: scores are still sealed.
        FileUnusable: the disk refused; the sentence says what is left to do.
    """
    if stored_now(caller, code).closed:
        return
    with writing_anew() as cursor:
        check_facilitator(cursor, caller)
        workshop = find_workshop(cursor, code)
        if open_rounds(rounds_of(cursor, workshop.id)):
            raise ScoringOpen(
                "Scores are still sealed. Reveal them first; then close the workshop."
            )
        add_closing(cursor, workshop.id)
    _let_go(workshop.code)


def erase_workshop(caller: Caller, code: str, typed: str) -> None:
    """Take a workshop out of the file, and out of every copy and journal beside it.

    Args:
        caller: who asks.
        code: of the workshop.
        typed: its code once more, typed by hand.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: the file holds no workshop with this code.
        TextRefused, ChoiceRefused: what was typed is another code.
        FileUnusable: the disk refused; the sentence says what is left to do.
    """
    if clean_code(typed) != clean_code(code):
        raise ChoiceRefused("That is another code. Type the code of the workshop to erase.")
    with writing_anew() as cursor:
        check_facilitator(cursor, caller)
        workshop = find_workshop(cursor, code)
        erase(cursor, workshop.id)
    _let_go(workshop.code)


def _let_go(code: str) -> None:
    forget_all(code)
    changed(code, Channel.ROOM, Channel.STAGE)
