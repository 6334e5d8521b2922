"""Write down what was heard."""

from aqua_core.errors import NotScored, TextRefused
from aqua_core.live import Channel, changed
from aqua_core.rules.typed.personal import check_nobody_in
from aqua_core.store.talk.notes import add_note, conversation_on
from aqua_core.vocabulary import LONGEST_NOTE, Conversation, clean_text
from aqua_core.workshop.admitting import Caller, facilitating, watching


def write_down(
    caller: Caller, code: str, domain: str, heard: str, *, sure: bool = False
) -> Conversation:
    """Add a note of what was heard on a domain, and give the conversation so far.

    Raises:
        NotScored: the instrument has no such domain.
        TextRefused: empty, or over 500 characters.
        LooksPersonal: it holds what looks like somebody's details, and nobody was sure.
    """
    note = clean_text("the note", LONGEST_NOTE, heard)
    if not note:
        raise TextRefused("Write what was heard, or leave it out.")
    with facilitating(caller, code) as (cursor, workshop):
        if workshop.instrument.domain(domain) is None:
            raise NotScored("That domain is not part of this workshop.")
        if not sure:
            check_nobody_in(note)
        add_note(cursor, workshop.id, domain, note)
        so_far = conversation_on(cursor, workshop.id, domain)
    changed(workshop.code, Channel.ROOM)
    return so_far


def heard_so_far(caller: Caller, code: str, domain: str) -> Conversation:
    """Give the notes on a domain, oldest first."""
    with watching(caller, code) as (cursor, workshop):
        return conversation_on(cursor, workshop.id, domain)
