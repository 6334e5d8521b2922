"""Carry a conversation into an action: who could own it together."""

from aqua_core.vocabulary import Compare, Group
from aqua_core.vocabulary.shown import Results


def owners_of(shown: Results, domain: str, group: Group | None) -> tuple[str, ...]:
    """Give the two partners who stand furthest apart on a domain, by id: a test could join them.

    Args:
        shown: what the room may see.
        domain: its key.
        group: a partner that must be one of them; any other group, or None, for whoever they are.

    Returns:
        Empty where fewer than two partners may be shown.
    """
    gaps = shown.gaps[Compare.PARTNER]
    standings = next((gap.standings for gap in gaps if gap.domain.key == domain), ())
    if len(standings) < 2:
        return ()
    means = {each.group.id: each.mean for each in standings}
    lowest, highest = standings[0].group.id, standings[-1].group.id
    if group is None or group.id not in means:
        return lowest, highest
    others = [each for each in (lowest, highest) if each != group.id]
    return group.id, max(others, key=lambda each: abs(means[each] - means[group.id]))
