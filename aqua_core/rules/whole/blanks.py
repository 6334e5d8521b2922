"""Who could not say: an answer of its own, shown by group and domain."""

from collections import Counter
from collections.abc import Mapping, Sequence

from aqua_core.rules.groups import POOL, groups_to_show, guard_of, shown_and_pooled
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Domain, Group, Workshop
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


def _blanks(workshop: Workshop, casts: Sequence[Cast], domain: Domain, compare: Compare) -> Blanks:
    here = [cast for cast in casts if cast.domain == domain.key]
    answered = Counter(cast.team_id for cast in here)
    unsure = Counter(cast.team_id for cast in here if cast.score == CANNOT_SAY)
    guard = guard_of(workshop.holder)
    groups = groups_to_show(workshop.teams, compare, _sizes(answered, unsure), guard)
    sides = _sides(_by_group(answered, groups), _by_group(unsure, groups), groups, guard)
    return Blanks(domain=domain, sides=sides)


def _by_group(seats: Mapping[str, int], groups: Mapping[str, Group]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for team_id, count in seats.items():
        counted[groups[team_id].id] += count
    return counted


def _sizes(answered: Mapping[str, int], unsure: Mapping[str, int]) -> dict[str, int]:
    """Give how many scored; where nobody did, how many answered."""
    return {key: count - unsure.get(key, 0) or count for key, count in answered.items()}


def _sides(
    answered: Mapping[str, int], unsure: Mapping[str, int], groups: Mapping[str, Group], guard: int
) -> tuple[CouldNot, ...]:
    sizes = _sizes(answered, unsure)
    shown, pooled = shown_and_pooled({key: [0] * size for key, size in sizes.items()}, guard)
    known = {group.id: group for group in groups.values()}
    alone = [_side(known[key], [key], answered, unsure) for key in shown]
    alone.sort(key=lambda side: (side.group.slot < 0, side.group.slot))
    pool = [_side(POOL, list(pooled), answered, unsure)] if pooled else []
    return tuple(side for side in [*alone, *pool] if alone or side.answered >= guard)


def _side(
    group: Group, keys: Sequence[str], answered: Mapping[str, int], unsure: Mapping[str, int]
) -> CouldNot:
    return CouldNot(
        group=group,
        cannot_say=sum(unsure.get(key, 0) for key in keys),
        answered=sum(answered[key] for key in keys),
    )
