"""The room over all its domains, once they are revealed: what the views beside the gaps show."""

from aqua_core.live import once_a_revision
from aqua_core.rules.reading.room import read_room
from aqua_core.rules.whole.blanks import blanks_of
from aqua_core.rules.whole.kinds import kinds_of, spreads_of_kinds
from aqua_core.rules.whole.level import levels_of
from aqua_core.rules.whole.own_average import against_own_average
from aqua_core.store.database import reading
from aqua_core.vocabulary import Compare, Gap, Spread, Workshop
from aqua_core.vocabulary.whole import Blanks, Level
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.reading import gaps_now, revealed_in, spreads_now, workshop_now


def levels_now(caller: Caller, code: str) -> tuple[Level, ...]:
    """Give how high and how agreed the room is on each revealed domain; none before a reveal.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    workshop = workshop_now(caller, code)
    return once_a_revision(workshop.code, "levels", lambda: _levels(workshop))


def blanks_now(caller: Caller, code: str, compare: Compare) -> tuple[Blanks, ...]:
    """Give who could not say on each revealed domain, by group; none before a reveal.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    workshop = workshop_now(caller, code)
    return once_a_revision(workshop.code, ("blanks", compare), lambda: _blanks(workshop, compare))


def kinds_now(caller: Caller, code: str, compare: Compare) -> tuple[Gap, ...]:
    """Give where each group stands on physiology and on anatomy; none before a reveal.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    return kinds_of(gaps_now(caller, code, compare))


def spreads_of_kinds_now(caller: Caller, code: str, compare: Compare) -> dict[str, Spread]:
    """Give every score on physiology and on anatomy, by the kind's key; none before a reveal.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    return spreads_of_kinds(spreads_now(caller, code, compare))


def own_averages_now(caller: Caller, code: str, compare: Compare) -> tuple[Gap, ...]:
    """Give the gaps with each group measured from its own average; none before a reveal.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    return against_own_average(gaps_now(caller, code, compare))


def _levels(workshop: Workshop) -> tuple[Level, ...]:
    with reading() as cursor:
        casts, shown = revealed_in(cursor, workshop)
    return levels_of(workshop, casts, tuple(shown), read_room(workshop, casts).domains)


def _blanks(workshop: Workshop, compare: Compare) -> tuple[Blanks, ...]:
    with reading() as cursor:
        casts, shown = revealed_in(cursor, workshop)
    return blanks_of(workshop, casts, tuple(shown), compare)
