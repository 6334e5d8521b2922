"""The room over all its domains, once they are revealed: what the views beside the gaps show."""

from aqua_core.rules.whole.kinds import kinds_of
from aqua_core.rules.whole.own_average import against_own_average
from aqua_core.vocabulary import Compare, Gap
from aqua_core.vocabulary.whole import Blanks, Level
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.showing import shown_now


def levels_now(caller: Caller, code: str) -> tuple[Level, ...]:
    """Give how high and how agreed the room is on each revealed domain; none before a reveal.

    Raises:
        NotSignedIn, NoSuchWorkshop: as for `shown_now`.
    """
    return shown_now(caller, code).levels


def blanks_now(caller: Caller, code: str, compare: Compare) -> tuple[Blanks, ...]:
    """Give who could not say on each revealed domain, by group; none before a reveal.

    Raises:
        NotSignedIn, NoSuchWorkshop: as for `shown_now`.
    """
    return shown_now(caller, code).blanks[compare]


def kinds_now(caller: Caller, code: str, compare: Compare) -> tuple[Gap, ...]:
    """Give where each group stands on physiology and on anatomy; none before a reveal.

    Raises:
        NotSignedIn, NoSuchWorkshop: as for `shown_now`.
    """
    return kinds_of(shown_now(caller, code).gaps[compare])


def own_averages_now(caller: Caller, code: str, compare: Compare) -> tuple[Gap, ...]:
    """Give the gaps with each group measured from its own average; none before a reveal.

    Raises:
        NotSignedIn, NoSuchWorkshop: as for `shown_now`.
    """
    return against_own_average(shown_now(caller, code).gaps[compare])
