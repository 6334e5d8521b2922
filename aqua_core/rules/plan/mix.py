"""How a plan is mixed: how many of its actions fall to each domain, partner, scale and level."""

from collections import Counter
from collections.abc import Iterable, Sequence

from aqua_core.vocabulary import SCALE_MEANS, Action, Impact, Workshop
from aqua_core.vocabulary.plan_reading import MixBy, Share

NOT_SAID = "Not said"


def mix_of(workshop: Workshop, actions: Sequence[Action], by: MixBy) -> tuple[Share, ...]:
    """Count the actions by one thing, in the workshop's order; what none falls to counts 0.

    An action counts once for each partner that owns it, so partners add up to more than the plan.
    """
    counts = Counter(key for action in actions for key in _keys(action, by))
    return tuple(
        Share(name=name, actions=counts[key], slot=slot if by is MixBy.PARTNER else None)
        for slot, (key, name) in enumerate(_names(workshop, by))
    )


def _keys(action: Action, by: MixBy) -> Iterable[str]:
    match by:
        case MixBy.DOMAIN:
            return (action.domain,)
        case MixBy.PARTNER:
            return action.partners
        case MixBy.SCALE:
            return (action.scale,)
        case MixBy.IMPACT:
            return (action.impact,)


def _names(workshop: Workshop, by: MixBy) -> Iterable[tuple[str, str]]:
    said: list[tuple[str, str]]
    match by:
        case MixBy.DOMAIN:
            return [(domain.key, domain.short) for domain in workshop.instrument.domains]
        case MixBy.PARTNER:
            return [(partner.id, partner.name) for partner in workshop.partners]
        case MixBy.SCALE:
            said = [(each, means.capitalize()) for each, means in SCALE_MEANS.items()]
        case MixBy.IMPACT:
            said = [(each, each.value.capitalize()) for each in Impact if each]
    return [*said, ("", NOT_SAID)]  # last: it is no scale and no level
