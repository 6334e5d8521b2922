"""Something to keep: notes, each a deed of its own."""

from aqua_core.rules.talk import standing
from aqua_core.store.database import reading, writing
from aqua_core.store.talk import add_card_act, add_note, card_acts_of
from aqua_core.vocabulary import Act, Workshop


def keep(*names: str) -> None:
    for name in names:
        with writing() as cursor:
            add_note(cursor, "workshop", "domain", name)


def kept() -> set[str]:
    with reading() as cursor:
        return {name for (name,) in cursor.execute("SELECT heard FROM note").fetchall()}


def undone_in_an_older_file(workshop: Workshop) -> None:
    """Take the newest act on the cards back as version 0.7 did: by a row that undoes it."""
    with writing() as cursor:
        last = standing(card_acts_of(cursor, workshop.id))[-1]
        undo = {"sequence": 0, "act": Act.UNDO, "reason": "", "undoes": last.sequence}
        add_card_act(cursor, workshop.id, last.model_copy(update=undo))
