"""What a room leaves with: the small tests that it owns together."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from aqua_core.vocabulary.result import Group
from aqua_core.vocabulary.text import (
    LONGEST_PROSE,
    Column,
    Said,
    Word,
    a_choice,
    a_day,
    a_line,
    a_text,
    needed,
)

FIRST_VERSION: Final = 1
"""Of whatever a plan keeps in versions: what has it is new."""


class Scale(StrEnum):
    """Where an action bites."""

    UNSAID = ""
    MICRO = "micro"
    MESO = "meso"
    MACRO = "macro"


SCALE_MEANS: Final = {
    Scale.MICRO: "one team or neighbourhood",
    Scale.MESO: "one service across partners",
    Scale.MACRO: "the whole place",
}


class Impact(StrEnum):
    """At which of the paper's three levels an action should show (page 36)."""

    UNSAID = ""
    LEADERS = "leaders"
    TEAMS = "teams"
    OUTCOMES = "outcomes"


class Move(StrEnum):
    """What kind of move an action is."""

    UNSAID = ""
    TECHNICAL = "technical"
    IMPROVEMENT = "improvement"
    RELATIONAL = "relational"


_WHERE_IT_BITES: Final = (
    f"where it bites: {', '.join(f'{scale} ({means})' for scale, means in SCALE_MEANS.items())}; "
    "empty where nobody said it"
)
_EXPECTS: Final = "what the room expects to see; may hold line breaks"
_WHY, _SIZE, _HOME = "Why, and with whom", "How it is measured", "In your own organisation"
_TOGETHER: Final = "Give and gain"
_A_LINE_EACH: Final = "; a line for each partner"


class ActionDraft(Word):
    """A small test as it is written down; the store adds its id and version.

    `lead` is a role, never a person's name by rule; `partners` are ids of partners who own the
    test together, the lead partner first. `test` is the change to try ("if ..., then ...").
    What is not said yet is "".
    """

    test: Annotated[
        str,
        a_text("the test", 300),
        needed("Say what will be tried."),
        Said(
            "What will be tried",
            Column(6, "small_test", "what will be tried; may hold line breaks", 32),
        ),
    ]
    domain: Annotated[str, Said("Domain", Column(5, "domain", "the domain's name", 14))]
    lead: Annotated[
        str,
        a_line("the lead", 60),
        needed("Who will lead it? A role is enough."),
        Said("Lead", Column(7, "lead", "who leads, as a role", 14), asks="Lead (a role)"),
    ]
    partners: Annotated[
        tuple[str, ...],
        Said("Owned by", asks="Which partners own it together (the lead partner first)"),
    ]
    measure: Annotated[
        str,
        a_line("the measure", 200),
        Said("How we will know", Column(10, "measure", "how the room will know", 20)),
    ] = ""
    review_on: Annotated[
        date,
        a_day("Choose a day to review the test, such as 2026-12-22."),
        Said("Review on", Column(11, "review_date", "when the room looks at it again", 12)),
    ]
    scale: Annotated[
        Scale, a_choice("the scale", Scale), Said("Scale", Column(12, "scale", _WHERE_IT_BITES, 8))
    ] = Scale.UNSAID
    aim: Annotated[
        str, a_line("the aim", 200), Said("Aim", Column(14, "aim", "what the test is for"), _WHY)
    ] = ""
    prediction: Annotated[
        str,
        a_text("the prediction", LONGEST_PROSE),
        Said("We expect", Column(15, "prediction", _EXPECTS, 28), asks="What we expect to see"),
    ] = ""
    with_whom: Annotated[
        str,
        a_line("where and with whom", 200),
        Said(
            "Where and with whom",
            Column(16, "where_and_with_whom", "where it is tried, and with whom"),
            _WHY,
        ),
    ] = ""
    baseline: Annotated[
        str,
        a_line("the baseline", 60),
        Said(
            "Baseline",
            Column(17, "baseline", "the measure before"),
            _SIZE,
            "Baseline: where we are",
        ),
    ] = ""
    target: Annotated[
        str,
        a_line("the target", 60),
        Said(
            "Target",
            Column(18, "target", "the measure that is hoped for"),
            _SIZE,
            "Target: where we want to be",
        ),
    ] = ""
    impact: Annotated[
        Impact,
        a_choice("where it should show", Impact),
        Said("Should show in", Column(19, "shows_at", "where it should show"), _SIZE),
    ] = Impact.UNSAID
    move: Annotated[
        Move,
        a_choice("the kind of move", Move),
        Said("Type of change", Column(20, "kind_of_move", "what kind of move it is"), _WHY),
    ] = Move.UNSAID
    pulls_against: Annotated[
        str,
        a_line("what will pull against it", 200),
        Said(
            "What will pull against it",
            Column(21, "pulls_against", "what at home will pull against it"),
            _HOME,
        ),
    ] = ""
    must_agree: Annotated[
        str,
        a_line("who must agree", 120),
        Said("Who must agree", Column(22, "who_must_agree", "who at home must agree"), _HOME),
    ] = ""
    for_persona: Annotated[
        str,
        a_line("what changes for the persona", 200),
        Said(
            "For {who}",
            Column(23, "for_the_persona", "what changes for the persona"),
            asks="What changes for {who}",
            who="the persona",
        ),
    ] = ""
    forum: Annotated[
        str,
        a_line("the forum", 120),
        Said(
            "The forum that must hear of it",
            Column(24, "forum", "the forum that must hear of it"),
            _HOME,
        ),
    ] = ""
    adapted_from: Annotated[
        str,
        a_line("what it was adapted from", 120),
        Said(
            "Adapted from",
            Column(28, "adapted_from", "the place or the work that it was adapted from"),
            _WHY,
        ),
    ] = ""
    adapted_how: Annotated[
        str,
        a_line("how it was changed", 200),
        Said(
            "Changed for here",
            Column(29, "adapted_how", "how it was changed for this place"),
            _WHY,
            "How we changed it",
        ),
    ] = ""
    decision_of: Annotated[
        str,
        a_line("the forum that decides", 200),
        Said(
            "Needs a decision of",
            Column(30, "decision_of", "the forum whose decision it needs; several with ; between"),
            _HOME,
            "Needs a decision of (a forum)",
        ),
    ] = ""
    coalition: Annotated[
        str,
        a_line("the coalition", 200),
        Said(
            "Needs a coalition with",
            Column(31, "coalition", "with whom it needs a coalition"),
            _TOGETHER,
            "Needs a coalition with (who)",
        ),
    ] = ""
    gives: Annotated[
        str,
        a_text("what each partner gives", 400),
        Said(
            "What each partner gives",
            Column(32, "gives", f"what each partner gives{_A_LINE_EACH}"),
            _TOGETHER,
        ),
    ] = ""
    gains: Annotated[
        str,
        a_text("what each partner gains", 400),
        Said(
            "What each partner gains",
            Column(33, "gains", f"what each partner gains{_A_LINE_EACH}"),
            _TOGETHER,
        ),
    ] = ""


AT_A_GLANCE: Final = (
    *("test", "lead", "partners", "measure", "prediction", "review_on", "domain", "scale"),
    "impact",
)
"""What stands in a plan's table on a screen, and with a width on the workbook's sheet, in order."""


class Action(ActionDraft):
    """An action in the plan. Every edit is a new version; none is overwritten.

    `continues_id` is the action of an earlier plan that this one took on; "" for none.
    """

    id: str
    version: int
    continues_id: str = ""


class Decision(StrEnum):
    """What is done after a cycle was studied; "" while it was not."""

    OPEN = ""
    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"

    @property
    def ends(self) -> bool:
        """Whether the test is over."""
        return self in (Decision.ADOPT, Decision.ABANDON)


class Cycle(Word):
    """One round of plan, do, study, act on an action, numbered from 1. Versions are kept.

    `seen` is what was seen against `predicted`; what is not written yet is "". `begun_on` is the
    day on which it was opened and `studied_on` that of its decision; None where nobody knows.
    """

    action_id: str
    number: Annotated[int, Field(ge=1)]
    version: int
    planned: Annotated[
        str, a_text("the plan", LONGEST_PROSE), Said("Plan", asks="Plan: what we will try")
    ] = ""
    predicted: Annotated[
        str,
        a_text("the prediction", LONGEST_PROSE),
        Said("We expected", asks="What we expect to see"),
    ] = ""
    done: Annotated[
        str, a_text("what was done", LONGEST_PROSE), Said("Do", asks="Do: what was done")
    ] = ""
    seen: Annotated[
        str,
        a_text("what was seen", LONGEST_PROSE),
        Said("Study", asks="Study: what we saw against it"),
    ] = ""
    decision: Annotated[Decision, a_choice("what follows", Decision)] = Decision.OPEN
    begun_on: date | None = None
    studied_on: date | None = None


class Progress(StrEnum):
    """How an open action stands when the place meets again."""

    MOVED = "moved"
    STUCK = "stuck"
    DROPPED = "dropped"

    @property
    def called(self) -> str:
        """What people read; files keep the value. "Moved" is said of scores and domains."""
        return {"moved": "progress", "dropped": "stopped"}.get(self.value, self.value)


class Answer(Word):
    """What was said of an open action, with a line; the newest counts.

    A later workshop says it before it scores, its own workshop at the check. `answered_on` is None
    where it was said before days were kept.
    """

    action_id: str
    answer: Annotated[Progress, a_choice("how it stands", Progress)]
    said: Annotated[str, a_line("the line", 200), Said("What happened? One line")] = ""
    answered_on: date | None = None


class OpenAction(Word):
    """An action of an earlier workshop of the same place that nobody has ended.

    Its own workshop's words come with it, because the next one may have other partners: `owners`
    are names, the lead partner first; `domain` is a name. `cycle` is its newest, None before the
    first. `before` is the newest answer given elsewhere, `answer` this workshop's own. `history`
    are its cycles in order, () where they are kept back; `code` is its workshop's.
    """

    action: Action
    held_on: date
    owners: tuple[str, ...]
    domain: str
    cycle: Cycle | None = None
    before: Answer | None = None
    answer: Answer | None = None
    history: tuple[Cycle, ...] = ()
    code: str = ""


class TakenOn(Word):
    """What an action was in an earlier plan, from which a later one took it on.

    `cycles` are in order; `answer` is the newest, None where nobody said what became of it.
    """

    held_on: date
    cycles: tuple[Cycle, ...]
    answer: Answer | None = None


class Nudge(StrEnum):
    """What an action or a whole plan may lack. Always a question, never a wall."""

    ONE_PARTNER = "one partner"
    FAR_OFF = "far off"
    NO_MEASURE = "no measure"
    NO_PREDICTION = "no prediction"
    ONE_SIDED = "one-sided"
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
    the plan lacks it because nobody has said anything of it yet. `sides` are the partners, by name,
    of whom nobody said what they give or what they gain.
    """

    nudge: Nudge
    action_id: str = ""
    lead: str = ""
    open_actions: int = 0
    unsaid: bool = False
    sides: tuple[str, ...] = ()


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


class AlsoMixed(Word):
    """The mix in words beside its picture: by kind of move and of domain, and by corner.

    The corners are the virtuous triangle's (paper, page 34); an action may touch several, or none.
    """

    moves: tuple[Share, ...]
    kinds: tuple[Share, ...]
    corners: tuple[Share, ...]


class Review(Word):
    """When an action is looked at again, and who owns it, each with its colour and shape.

    The lead partner is the first of `owners`.
    """

    action_id: str
    test: str
    review_on: date
    owners: tuple[Group, ...]

    @property
    def lead(self) -> Group:
        """The partner that leads it."""
        return self.owners[0]
