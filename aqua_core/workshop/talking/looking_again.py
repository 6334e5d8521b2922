"""A second look: the first and the newest round of a domain, together."""

from aqua_core.vocabulary import Compare
from aqua_core.vocabulary.shown import LookShown, TwoLooks
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.showing import shown_now


def looks_shown(caller: Caller, code: str) -> tuple[LookShown, ...]:
    """Give which look is shown of each domain that has several, in the instrument's order.

    Raises:
        NotSignedIn, NoSuchWorkshop: as for `shown_now`.
    """
    return shown_now(caller, code).looks


def two_looks(caller: Caller, code: str, domain: str, compare: Compare) -> TwoLooks | None:
    """Give the first and the newest revealed round of a domain; None with fewer than two.

    None too while it is being scored again: its first round would steer the second.

    Raises:
        NotSignedIn, NoSuchWorkshop: as for `shown_now`.
    """
    return shown_now(caller, code).two_looks(domain, compare)


def looked_again(caller: Caller, code: str) -> tuple[str, ...]:
    """Give the domains of which two rounds or more are shown, in the instrument's order.

    Raises:
        NotSignedIn, NoSuchWorkshop: as for `shown_now`.
    """
    return shown_now(caller, code).looked_again
