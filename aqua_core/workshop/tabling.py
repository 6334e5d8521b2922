"""Which workshops may have a table at a gathering, and how one gets it."""

from collections.abc import Sequence

from aqua_core import errors
from aqua_core.rules import stages
from aqua_core.rules.own_words import same_words
from aqua_core.store import gatherings as tables
from aqua_core.store.closings import is_open
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import alone_in, reading
from aqua_core.store.places import place_id_of
from aqua_core.store.rounds import rounds_of
from aqua_core.store.sittings import seen_with
from aqua_core.store.versions import begin_adding
from aqua_core.store.workshops import workshops_listed
from aqua_core.vocabulary import MOST_TABLES, Gathering, Workshop, code_said
from aqua_core.workshop.admitting import Caller, convening, find_workshop, managing
from aqua_core.workshop.opening import check_room_for_scores
from aqua_core.workshop.revealing import open_in


def not_begun(caller: Caller) -> tuple[Workshop, ...]:
    """Give the workshops that are set up, have not begun and sit at no table, the newest first."""
    with managing(caller, reading) as cursor:
        return _not_begun(cursor)


def that_may_come(caller: Caller, code: str) -> tuple[Workshop, ...]:
    """Give the workshops that could be brought to a gathering, the newest first."""
    with convening(caller, code, reading) as (cursor, gathering):
        return tuple(
            workshop
            for workshop in _not_begun(cursor)
            if not _why_not_here(cursor, gathering, workshop)
        )


def workshops_in(cursor: Cursor, gathering: Gathering) -> list[Workshop]:
    """Give the workshops of a gathering in the order of their tables, to who was let in."""
    return [find_workshop(cursor, table.code) for table in tables.tables_of(cursor, gathering.id)]


def seat_at_table(cursor: Cursor, gathering: Gathering, workshop: Workshop) -> None:
    """Give a workshop the next table, with what the other tables score opened."""
    if why := _why_not_here(cursor, gathering, workshop):
        raise errors.ChoiceRefused(why)
    others = [held for held in workshops_in(cursor, gathering) if is_open(cursor, held.id)]
    tables.add_table(cursor, gathering.id, workshop.id)
    now = {domain for other in others for domain in opened_in(cursor, other)}
    if now:
        check_room_for_scores()
        open_what_is_not(cursor, workshop, [key for key in workshop.instrument.names if key in now])


def brought(cursor: Cursor, code: str) -> Workshop:
    """Find a workshop that is to be given a table.

    Raises:
        NoSuchWorkshop: no open workshop has this code.
        ChoiceRefused: it has begun, is a sitting or at a table already.
    """
    alone_in(cursor, [code])
    workshop = find_workshop(cursor, code)
    if not _may_be_brought(cursor, workshop):
        raise errors.ChoiceRefused(
            f"{workshop.place.name} ({code_said(workshop.code)}) has begun, is closed, is a "
            "sitting, or has a table already."
        )
    return workshop


def _not_begun(cursor: Cursor) -> tuple[Workshop, ...]:
    held = (find_workshop(cursor, listed.code) for listed in workshops_listed(cursor))
    return tuple(
        workshop for workshop in held if not workshop.invented and _may_be_brought(cursor, workshop)
    )


def _may_be_brought(cursor: Cursor, workshop: Workshop) -> bool:
    return (
        is_open(cursor, workshop.id)
        and not rounds_of(cursor, workshop.id)
        and seen_with(cursor, workshop.id) is None
        and tables.gathering_of(cursor, workshop.id) is None
    )


def _why_not_here(cursor: Cursor, gathering: Gathering, workshop: Workshop) -> str:
    every = workshops_in(cursor, gathering)
    if len(every) >= MOST_TABLES:
        return f"A masterclass has at most {MOST_TABLES} tables. Set up a second one."
    place = place_id_of(cursor, workshop.id)
    if any(place_id_of(cursor, other.id) == place for other in every):
        return f"{workshop.place.name} has a table here already. Choose another place."
    words = workshop.instrument
    if not all(same_words(other.instrument, words) for other in every):
        first = every[0].instrument
        return (
            f"All tables of a masterclass score the same words: {first.name}, version "
            f"{first.version}. Set {workshop.place.name} up with these."
        )
    return ""


def open_what_is_not(cursor: Cursor, workshop: Workshop, domains: Sequence[str]) -> bool:
    """Open those of the domains that are not open at this table; tell whether any was."""
    missing = [domain for domain in domains if domain not in opened_in(cursor, workshop)]
    if missing:
        begin_adding()
        open_in(cursor, workshop, missing)
    return bool(missing)


def opened_in(cursor: Cursor, workshop: Workshop) -> dict[str, int]:
    """Give the number of each open round of a workshop by domain key."""
    return stages.open_rounds(rounds_of(cursor, workshop.id))
