"""What was heard in the room, by domain; a note is added, never changed."""

from aqua_core.store.cursor import Cursor
from aqua_core.store.versions import add_next
from aqua_core.vocabulary import Conversation


def add_note(cursor: Cursor, workshop_id: str, domain: str, heard: str) -> None:
    """Append a note to the conversation on a domain."""
    whose = {"workshop_id": workshop_id, "domain": domain}
    add_next(cursor, "note", whose, {"heard": heard})


def conversation_on(cursor: Cursor, workshop_id: str, domain: str) -> Conversation:
    """Give the conversation on a domain; without notes when nobody wrote any."""
    rows = cursor.execute(
        "SELECT heard FROM note WHERE workshop_id = $1 AND domain = $2 ORDER BY sequence",
        [workshop_id, domain],
    ).fetchall()
    return Conversation(domain=domain, heard=tuple(heard for (heard,) in rows))


def notes_in(cursor: Cursor, workshop_id: str) -> int:
    """Count the notes of a workshop."""
    found = cursor.execute(
        "SELECT count(*) FROM note WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return int(found[0]) if found else 0
