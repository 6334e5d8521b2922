"""What can be said of a plan: its open actions, what it may lack, how it is mixed, its reviews."""

from datetime import date
from enum import StrEnum

from aqua_core.vocabulary.plan import Action, Answer, Cycle
from aqua_core.vocabulary.result import Group
from aqua_core.vocabulary.word import Word


class OpenAction(Word):
    """An action of an earlier workshop of the same place that nobody has ended.

    Its own workshop's words come with it, because the next one may have other partners: `owners`
    are names, the lead partner first; `domain` is a name. `cycle` is its newest, None before the
    first. `before` is the newest answer of a workshop in between, `answer` this workshop's own.
    """

    action: Action
    held_on: date
    owners: tuple[str, ...]
    domain: str
    cycle: Cycle | None = None
    before: Answer | None = None
    answer: Answer | None = None


class Nudge(StrEnum):
    """What an action or a whole plan may lack. Always a question, never a wall."""

    ONE_PARTNER = "one partner"
    FAR_OFF = "far off"
    NO_MEASURE = "no measure"
    NO_PREDICTION = "no prediction"
    BUSY_LEAD = "busy lead"
    ALL_TECHNICAL = "all technical"
    NO_TRIANGLE = "no triangle"
    NO_OUTCOME = "no outcome"
    NO_RESIDENT = "no resident"
    NOTHING_HARDER = "nothing harder"
    NOTHING_STOPS = "nothing stops"


class Nudged(Word):
    """A nudge, on one action or ("") on the whole plan. `lead` and `open_actions` say who is busy.

    `open_actions` counts the actions that the lead answers for; 0 for every other nudge. `unsaid`:
    the plan lacks it because nobody has said anything of it yet.
    """

    nudge: Nudge
    action_id: str = ""
    lead: str = ""
    open_actions: int = 0
    unsaid: bool = False


class MixBy(StrEnum):
    """By what the actions of a plan are counted."""

    DOMAIN = "domain"
    PARTNER = "partner"
    SCALE = "scale"
    IMPACT = "impact"


class Share(Word):
    """How many actions of a plan fall to one name; an action counts for each partner owning it.

    `slot` is a partner's, None for what has no colour of its own.
    """

    name: str
    actions: int
    slot: int | None = None


class Review(Word):
    """When an action is looked at again. `lead` is its lead partner with its colour and shape."""

    action_id: str
    test: str
    review_on: date
    lead: Group
