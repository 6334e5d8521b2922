"""What a plan asks next: cycles, the mix of moves, nudges, open actions and reviews."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from aqua_core.rules.groups import POOL, groups_of
from aqua_core.vocabulary import (
    SCALE_MEANS,
    Action,
    Compare,
    Cycle,
    Decision,
    Impact,
    Kind,
    Move,
    Workshop,
    same_name,
)
from aqua_core.vocabulary.plan import AlsoMixed, MixBy, Nudge, Nudged, Review, Share
from aqua_core.vocabulary.result import Group


def newest_cycle(cycles: Iterable[Cycle], action_id: str) -> Cycle | None:
    """Give the cycle of an action with the highest number, or None before the first."""
    of_it = (cycle for cycle in cycles if cycle.action_id == action_id)
    return max(of_it, key=lambda cycle: cycle.number, default=None)


def is_over(cycles: Iterable[Cycle], action_id: str) -> bool:
    """Tell whether an action's newest cycle was adopted or abandoned."""
    newest = newest_cycle(cycles, action_id)
    return newest is not None and newest.decision.ends


def small_wins(cycles: Collection[Cycle]) -> int:
    """Count the actions whose newest cycle was adopted: each is a small win."""
    newest = (
        newest_cycle(cycles, action_id) for action_id in {cycle.action_id for cycle in cycles}
    )
    return sum(cycle is not None and cycle.decision is Decision.ADOPT for cycle in newest)


_NOT_SAID = "Not said"


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
            said = [(scale, means.capitalize()) for scale, means in SCALE_MEANS.items()]
        case MixBy.IMPACT:
            said = [(impact, impact.value.capitalize()) for impact in Impact if impact]
    return [*said, ("", _NOT_SAID)]  # last: it is no scale and no level


_FARTHEST: Final = timedelta(days=90)
"""A small test is looked at again within a quarter; the next workshop is six months away."""
_MOST_OPEN: Final = 3
"""Open actions that one lead can answer for beside a job; the sixth is nobody's."""
_JOINT: Final = 2
_FEWEST: Final = 2
"""Actions from which on a plan is looked at as a whole: one action alone cannot be a mix."""

# The virtuous triangle of lesson 7 (paper, page 34): new leadership roles, supported learning and
# effective governance. Nobody is asked for it, so domain and words must tell; a nudge may err.
# Whole words: a postcode is no post, a poster no role, and a train may leave from a platform.
_CORNERS: Final = {
    "new roles": (
        "leadership",
        r"roles?|(?<!by )posts?|appoint(?:s|ed|ing|ments?)?|second(?:ed|ments?)|leaders?(?:hip)?",
    ),
    "supported learning": (
        "",
        r"learn(?:s|ed|t|ing)?|train(?:ed|ing|ers?|ees?)"
        r"|trains? (?!times?|stations?|tickets?|fares?)"
        r"|coach(?:es|ed|ing)?(?! (?:trip|station|tour)s?)|mentor(?:s|ed|ing)?|shadow(?:s|ed|ing)?"
        r"|supervis(?:es?|ed|ing|ion|ors?)|teach(?:es|ing|ers?)?|taught|induct(?:s|ed|ions?)?",
    ),
    "governance": (
        "governance",
        r"govern(?:s|ed|ing|ance|ors?)?|accountab(?:le|ility)|delegat(?:es?|ed|ing|ions?)"
        r"|terms of reference|decisions?|(?<!notice )boards?|committees?",
    ),
}
"""By corner: the domain that lies in it, and words that do."""
_CORNER_WORDS: Final = {
    corner: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for corner, (_, words) in _CORNERS.items()
}
_RESIDENT_WORDS: Final = re.compile(
    r"\b(?:residents?|carers?|users?|patients?|tenants?|famil(?:y|ies)|parents?|neighbours?"
    r"|daughters?|sons?)\b",
    re.IGNORECASE,
)
_STOP_WORDS: Final = re.compile(
    r"\b(?:stop(?:s|ped|ping)?|clos(?:es?|ed|ing)|end(?:s|ed|ing)?|drop(?:s|ped)?|instead"
    r"|replac(?:es?|ed|ing)|no longer|rather than|give up|in place of)\b",
    re.IGNORECASE,
)


def nudges_on(
    action: Action, today: date, names: Mapping[str, str] = MappingProxyType({})
) -> tuple[Nudged, ...]:
    """Give what one action may lack, in a fixed order; `names` are of partners, by id."""
    lacking = {
        Nudge.ONE_PARTNER: len(action.partners) == 1,
        Nudge.FAR_OFF: action.review_on > today + _FARTHEST,
        Nudge.NO_MEASURE: not action.measure,
        Nudge.NO_PREDICTION: not action.prediction,
    }
    found = [Nudged(nudge=nudge, action_id=action.id) for nudge, so in lacking.items() if so]
    if sides := unsaid_of(action, names):
        found.append(Nudged(nudge=Nudge.ONE_SIDED, action_id=action.id, sides=sides))
    return tuple(found)


def unsaid_of(action: Action, names: Mapping[str, str]) -> tuple[str, ...]:
    """Name the owners of whom an action does not say both what they give and what they gain.

    () where one partner owns it, and where nobody has said any of it: a line is of the partner
    with whose name it begins.
    """
    owners = [names[partner] for partner in action.partners if partner in names]
    if len(owners) < _JOINT or not (action.gives or action.gains):
        return ()
    said = [_sides_in(text, names.values()) for text in (action.gives, action.gains)]
    return tuple(owner for owner in owners if not all(owner in of_text for of_text in said))


def _sides_in(text: str, names: Iterable[str]) -> set[str]:
    """Give the partners with whose names lines begin; of two that fit, the longer one."""
    longest_first = sorted(names, key=len, reverse=True)
    return {
        next((name for name in longest_first if _begins_with(line, name)), "")
        for line in text.splitlines()
    }


def _begins_with(line: str, name: str) -> bool:
    folded, begun = same_name(line), same_name(name)
    return folded.startswith(begun) and not folded[len(begun) :][:1].isalnum()


def nudges_on_plan(
    actions: Sequence[Action], over: Collection[str], residents: Collection[str] = ()
) -> tuple[Nudged, ...]:
    """Give what a whole plan may lack: busy leads first, then what none of its actions has.

    Actions that are over are no load any more, but still part of the plan's mix.

    Args:
        actions: the plan; below two, only a busy lead could be said, and nobody is.
        over: ids of those that go on no more.
        residents: ids of the partners that are residents, users and carers.
    """
    if len(actions) < _FEWEST:
        return ()
    lacking = {
        Nudge.NO_RESIDENT: not any(_has_resident(action, residents) for action in actions),
        Nudge.NO_OUTCOME: not any(action.impact is Impact.OUTCOMES for action in actions),
        Nudge.ALL_TECHNICAL: all(action.move is Move.TECHNICAL for action in actions),
        Nudge.NO_TRIANGLE: not any(touches_triangle(action) for action in actions),
        Nudge.NOTHING_HARDER: not any(action.pulls_against for action in actions),
        Nudge.NOTHING_STOPS: not any(_stops_something(action) for action in actions),
    }
    busy = _busy([action for action in actions if action.id not in over])
    unsaid = all(action.impact is Impact.UNSAID for action in actions)
    return (
        *busy,
        *(
            # Who has not been asked yet has not left outcomes out.
            Nudged(nudge=nudge, unsaid=unsaid and nudge is Nudge.NO_OUTCOME)
            for nudge, so in lacking.items()
            if so
        ),
    )


def _has_resident(action: Action, residents: Collection[str]) -> bool:
    """Tell whether a resident, a user or a carer seems to have a part in an action.

    That fewer residents wait is what an action is for; who tests it stands under lead and with
    whom.
    """
    said = f"{action.lead} {action.with_whom} {action.must_agree}"
    return bool(_RESIDENT_WORDS.search(said)) or not set(action.partners).isdisjoint(residents)


def _stops_something(action: Action) -> bool:
    """Tell whether an action seems to say what is given up for it."""
    return bool(_STOP_WORDS.search(f"{action.test} {action.aim} {action.pulls_against}"))


def touches_triangle(action: Action) -> bool:
    """Tell whether an action seems to touch new roles, supported learning or governance."""
    return bool(corners_of(action))


def corners_of(action: Action) -> tuple[str, ...]:
    """Give the corners of the triangle that an action seems to touch."""
    said = f"{action.test} {action.aim}"
    return tuple(
        corner
        for corner, (domain, _) in _CORNERS.items()
        if action.domain == domain or _CORNER_WORDS[corner].search(said)
    )


def also_mixed_of(workshop: Workshop, actions: Sequence[Action]) -> AlsoMixed:
    """Count the actions by kind of move and of domain, and by each corner that one touches."""
    kinds = {domain.key: domain.kind for domain in workshop.instrument.domains}
    moves = Counter(action.move for action in actions)
    of_kind = Counter(kinds.get(action.domain) for action in actions)
    corners = Counter(corner for action in actions for corner in corners_of(action))
    said = [Share(name=move.value.capitalize(), actions=moves[move]) for move in Move if move]
    return AlsoMixed(
        moves=(*said, Share(name=_NOT_SAID, actions=moves[Move.UNSAID])),
        kinds=tuple(Share(name=kind.value.capitalize(), actions=of_kind[kind]) for kind in Kind),
        corners=tuple(Share(name=corner, actions=corners[corner]) for corner in _CORNERS),
    )


def _busy(actions: Sequence[Action]) -> tuple[Nudged, ...]:
    # The chair of one partner is not the chair of another.
    load: defaultdict[tuple[str, str], list[Action]] = defaultdict(list)
    for action in actions:
        load[same_name(action.lead), action.partners[0]].append(action)
    return tuple(
        Nudged(nudge=Nudge.BUSY_LEAD, lead=led[0].lead, open_actions=len(led))
        for led in load.values()
        if len(led) > _MOST_OPEN
    )


class Held(NamedTuple):
    """A workshop among others: its place by id, its day, and the how manieth it was set up."""

    code: str
    place: str
    held_on: date
    ordinal: int


def earlier_at(than: Held, held: Iterable[Held]) -> tuple[Held, ...]:
    """Give the workshops of the same place before this one, the first one first.

    The same day counts as earlier where the workshop was set up before.
    """
    before = (
        workshop
        for workshop in held
        if workshop.place == than.place
        and (workshop.held_on, workshop.ordinal) < (than.held_on, than.ordinal)
    )
    return tuple(sorted(before, key=lambda workshop: (workshop.held_on, workshop.ordinal)))


_CHECKED: Final = timedelta(days=30)
"""How far ahead a check sheet looks."""


def reviews_of(
    workshop: Workshop, actions: Sequence[Action], over: Collection[str]
) -> tuple[Review, ...]:
    """Give the reviews of the actions that are not over, soonest first.

    A partner that is not of this workshop has no colour of its own.
    """
    sides = {group.id: group for group in groups_of(workshop.teams, Compare.PARTNER).values()}
    left = [action for action in actions if action.id not in over]
    return tuple(
        Review(
            action_id=action.id,
            test=action.test,
            review_on=action.review_on,
            owners=tuple(
                sides.get(owner, Group(id=owner, name=owner, slot=POOL.slot))
                for owner in action.partners
            ),
        )
        for action in sorted(left, key=lambda action: (action.review_on, action.id))
    )


def due(reviews: Sequence[Review], today: date) -> tuple[Review, ...]:
    """Give the reviews within 30 days, and those whose day has passed."""
    return tuple(review for review in reviews if review.review_on <= today + _CHECKED)
