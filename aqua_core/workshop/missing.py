"""Who is missing from a room: sectors that sent nobody, and whom the room names itself."""

from typing import Final

from aqua_core.live import Channel, changed
from aqua_core.rules.stages import sectors_missing
from aqua_core.rules.typed import check_nobody_in
from aqua_core.store.connecting import Cursor
from aqua_core.store.talk import add_missing, missing_named
from aqua_core.vocabulary import Missing, Workshop, clean_line
from aqua_core.workshop.admitting import Caller, leading, remember, watched
from aqua_core.workshop.reading import progress_in

LONGEST_MISSING: Final = 200  # characters: two lines of a projected page


def missing_now(caller: Caller, code: str) -> Missing:
    """Give which sectors are in the room, sent nobody or were not asked, and whom the room named.

    Of seats that are counted, never of scores.
    """
    return watched(caller, code, "missing", missing_in)


def missing_in(cursor: Cursor, workshop: Workshop) -> Missing:
    """Give it to who was let in (see missing_now)."""
    progress = progress_in(cursor, workshop)
    return sectors_missing(progress, missing_named(cursor, workshop.id))


def name_missing(caller: Caller, code: str, said: str, *, sure: bool = False) -> None:
    """Keep whom the room says is missing, in its words; "" for nobody.

    Raises:
        TextRefused: it is longer than 200 characters, or holds what no line can.
        LooksPersonal: it holds what looks like somebody's details, where groups are missing, not
            people, and nobody was sure.
    """
    named = clean_line("who is missing", LONGEST_MISSING, said)
    if not sure:
        check_nobody_in(named)
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        if named != missing_named(cursor, workshop.id):
            add_missing(cursor, workshop.id, named)
            remember(cursor, workshop, "It was written down who is missing.")
    changed(workshop.code, Channel.ROOM)
