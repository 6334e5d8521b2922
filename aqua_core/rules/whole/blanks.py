"""Who could not say, which is an answer of its own, and who did not answer: two counts."""

from collections import Counter
from collections.abc import Sequence

from aqua_core.rules.guard.telling import told_on
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Domain, Workshop
from aqua_core.vocabulary.whole import Blanks, CouldNot


def blanks_of(
    workshop: Workshop, casts: Sequence[Cast], domains: Sequence[str], compare: Compare
) -> tuple[Blanks, ...]:
    """Count who could not say on each revealed domain, in the instrument's order.

    Groups are pooled exactly as their scores are on the same domain. Were they pooled by their
    answers instead, a group could stand alone here and in the pool there: what it could not say,
    taken from its answers, gives how many scored, and so how many did in the small group pooled
    with it. A group that gave no score at all counts by its answers, and is pooled if they are few.

    Args:
        workshop: its teams and instrument.
        casts: revealed scores, at most one a seat and domain.
        domains: keys of the domains that were revealed.
        compare: what a group is.
    """
    revealed = [domain for domain in workshop.instrument.domains if domain.key in domains]
    return tuple(_blanks(workshop, casts, domain, compare) for domain in revealed)


def could_not_say(casts: Sequence[Cast], domain: str) -> int:
    """Count the seats that answered a domain with "cannot say"."""
    return sum(1 for cast in casts if cast.domain == domain and cast.score == CANNOT_SAY)


def left_out(casts: Sequence[Cast], domain: str) -> int:
    """Count the seats that answered another domain and not this one; never part of cannot say."""
    here = {cast.seat_id for cast in casts if cast.domain == domain}
    return len({cast.seat_id for cast in casts} - here)


def _blanks(workshop: Workshop, casts: Sequence[Cast], domain: Domain, compare: Compare) -> Blanks:
    here = [cast for cast in casts if cast.domain == domain.key]
    told = told_on(workshop, here, domain.key)
    groups = told.counted[compare]
    answered = Counter(groups[cast.team_id] for cast in here)
    unsure = Counter(groups[cast.team_id] for cast in here if cast.score == CANNOT_SAY)
    in_order = sorted(answered, key=lambda group: (group.slot < 0, group.slot))
    enough = len(here) >= workshop.guard
    return Blanks(
        domain=domain,
        sides=tuple(
            CouldNot(group=group, cannot_say=unsure[group], answered=answered[group])
            for group in in_order
            if enough
        ),
        cannot_say=could_not_say(casts, domain.key),
        answered=len(here),
        unanswered=left_out(casts, domain.key),
    )
