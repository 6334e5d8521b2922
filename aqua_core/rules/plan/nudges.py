"""What an action or a plan may lack: questions to the room, never walls."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from aqua_core.rules.plan.cycles import is_over
from aqua_core.vocabulary import Action, Cycle, Impact, Move, same_name
from aqua_core.vocabulary.plan_reading import Nudge, Nudged

FARTHEST: Final = timedelta(days=90)
"""A small test is looked at again within a quarter; the next workshop is six months away."""
MOST_OPEN: Final = 3
"""Open actions that one lead can answer for beside a job; the sixth is nobody's."""
FEWEST: Final = 2
"""Actions from which on a plan is looked at as a whole: one action alone cannot be a mix."""

# The virtuous triangle of lesson 7 (paper, page 34): new leadership roles, supported learning and
# effective governance. Nobody is asked for it, so domain and words must tell; a nudge may err.
_TRIANGLE_DOMAINS: Final = frozenset({"leadership", "governance"})
# Whole words: a postcode is no post, a poster no role, and a train may leave from a platform.
_TRIANGLE_WORDS: Final = re.compile(
    r"\b(?:roles?|(?<!by )posts?|appoint(?:s|ed|ing|ments?)?|second(?:ed|ments?)|leaders?(?:hip)?"
    r"|learn(?:s|ed|t|ing)?|train(?:ed|ing|ers?|ees?)|trains? (?!times?|stations?|tickets?|fares?)"
    r"|coach(?:es|ed|ing)?(?! (?:trip|station|tour)s?)|mentor(?:s|ed|ing)?|shadow(?:s|ed|ing)?"
    r"|supervis(?:es?|ed|ing|ion|ors?)|teach(?:es|ing|ers?)?|taught|induct(?:s|ed|ions?)?"
    r"|govern(?:s|ed|ing|ance|ors?)?|accountab(?:le|ility)|delegat(?:es?|ed|ing|ions?)"
    r"|terms of reference|decisions?|(?<!notice )boards?|committees?)\b",
    re.IGNORECASE,
)
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


def nudges_on(action: Action, today: date) -> tuple[Nudged, ...]:
    """Give what one action may lack, in a fixed order."""
    lacking = {
        Nudge.ONE_PARTNER: len(action.partners) == 1,
        Nudge.FAR_OFF: action.review_on > today + FARTHEST,
        Nudge.NO_MEASURE: not action.measure,
        Nudge.NO_PREDICTION: not action.prediction,
    }
    return tuple(Nudged(nudge=each, action_id=action.id) for each, so in lacking.items() if so)


def nudges_on_plan(
    actions: Sequence[Action], cycles: Collection[Cycle], residents: Collection[str] = ()
) -> tuple[Nudged, ...]:
    """Give what a whole plan may lack: busy leads first, then what none of its actions has.

    Adopted and abandoned actions are no load any more, but still part of the plan's mix.

    Args:
        actions: the plan; below two, only a busy lead could be said, and nobody is.
        cycles: on them.
        residents: ids of the partners that are residents, users and carers.
    """
    if len(actions) < FEWEST:
        return ()
    lacking = {
        Nudge.NO_RESIDENT: not any(_has_resident(each, residents) for each in actions),
        Nudge.NO_OUTCOME: not any(each.impact is Impact.OUTCOMES for each in actions),
        Nudge.ALL_TECHNICAL: all(each.move is Move.TECHNICAL for each in actions),
        Nudge.NO_TRIANGLE: not any(touches_triangle(each) for each in actions),
        Nudge.NOTHING_HARDER: not any(each.pulls_against for each in actions),
        Nudge.NOTHING_STOPS: not any(_stops_something(each) for each in actions),
    }
    busy = _busy([each for each in actions if not is_over(cycles, each.id)])
    unsaid = all(each.impact is Impact.UNSAID for each in actions)
    return (
        *busy,
        *(
            # Who has not been asked yet has not left outcomes out.
            Nudged(nudge=each, unsaid=unsaid and each is Nudge.NO_OUTCOME)
            for each, so in lacking.items()
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
    said = f"{action.test} {action.aim}"
    return action.domain in _TRIANGLE_DOMAINS or bool(_TRIANGLE_WORDS.search(said))


def _busy(actions: Sequence[Action]) -> tuple[Nudged, ...]:
    # The chair of one partner is not the chair of another.
    load: defaultdict[tuple[str, str], list[Action]] = defaultdict(list)
    for action in actions:
        load[same_name(action.lead), action.partners[0]].append(action)
    return tuple(
        Nudged(nudge=Nudge.BUSY_LEAD, lead=each[0].lead, open_actions=len(each))
        for each in load.values()
        if len(each) > MOST_OPEN
    )
