"""Offer the seats of a workshop a look at themselves: what they place there never leaves them."""

from aqua_core.live import Channel, changed, once_a_deed
from aqua_core.store.database import reading
from aqua_core.store.own_words import add_mirror, is_mirror_offered
from aqua_core.workshop import admitting
from aqua_core.workshop.admitting import Caller


def offer_mirror(caller: Caller, code: str, *, offered: bool) -> None:
    """Offer the seats of a workshop a look at themselves, or take it away again."""
    with admitting.facilitating(caller, code) as (cursor, workshop):
        if is_mirror_offered(cursor, workshop.id) != offered:
            add_mirror(cursor, workshop.id, offered=offered)
            said = "offered to every seat" if offered else "taken away again"
            admitting.remember(cursor, workshop, f"A look at myself was {said}.")
    changed(workshop.code, Channel.ROOM, Channel.PHONES)


def mirror_offered(caller: Caller, code: str) -> bool:
    """Tell the facilitator whether the seats of a workshop are offered it."""
    with admitting.facilitating(caller, code, reading) as (cursor, workshop):
        return is_mirror_offered(cursor, workshop.id)


def my_mirror(caller: Caller, code: str) -> bool:
    """Tell a seat whether it is offered a look at itself: asked of the file once for all seats."""
    with admitting.asking(caller, code) as (cursor, workshop, _):
        return once_a_deed(workshop.code, "mirror", lambda: is_mirror_offered(cursor, workshop.id))
