"""How a plan is mixed: how many of its actions fall to each domain, partner, scale and level."""

from collections import Counter
from collections.abc import Iterable, Sequence

from aqua_core.vocabulary import Action, Impact, Scale, Workshop
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
    match by:
        case MixBy.DOMAIN:
            return [(domain.key, domain.short) for domain in workshop.instrument.domains]
        case MixBy.PARTNER:
            return [(partner.id, partner.name) for partner in workshop.partners]
        case MixBy.SCALE:
            return [(each, each.value.capitalize()) for each in Scale]
        case MixBy.IMPACT:
            # What nobody said comes last: it is no level.
            return [
                (each, each.value.capitalize() or NOT_SAID)
                for each in (*list(Impact)[1:], Impact.UNSAID)
            ]
