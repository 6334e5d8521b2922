"""A programme over years: its sessions, their run sheets, and what places ask of it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field

from aqua_core.errors import ChoiceRefused, TextRefused
from aqua_core.vocabulary.keys import FileKey
from aqua_core.vocabulary.plan import Impact, Scale
from aqua_core.vocabulary.talk import Conflict
from aqua_core.vocabulary.text import (
    Said,
    Word,
    a_choice,
    a_day,
    a_line,
    a_name,
    a_text,
    needed,
)

MOST_SESSIONS: Final = 40
"""Of one programme: four masterclasses and four workshops a year, over five years."""
MOST_WEEKS: Final = 52  # between two of its sessions
MOST_STEPS: Final = 30
LONGEST_STEP: Final = 240  # minutes
_OVERDUE: Final = timedelta(days=30)


class Aim(StrEnum):
    """The four learning needs that each session meets at once (paper, pages 21 to 22)."""

    UNSAID = ""
    KNOW_HOW = "skills and know-how"
    OWN_SYSTEM = "our own system"
    OTHERS = "learning from others"
    BEHAVIOUR = "how we lead together"


class Opens(StrEnum):
    """The page that a step opens; "" for none."""

    NONE = ""
    REHEARSE = "rehearse"
    ROOM = "room"
    GAPS = "gaps"
    TALK = "talk"
    SHARE_OUT = "share-out"
    PLAN = "plan"
    OVER_TIME = "over time"
    TAKE_AWAY = "take away"


def _minutes(given: Any) -> int:
    if type(given) is int and 1 <= given <= LONGEST_STEP:
        return given
    raise ChoiceRefused(f"Give each step 1 to {LONGEST_STEP} whole minutes.")


class Step(Word):
    """One timed step of a run sheet. `spare`: it may be left out where time runs out.

    `listen_for` is the facilitator's alone.
    """

    title: Annotated[str, a_line("the step", 80), needed("Say what happens in each step.")]
    minutes: Annotated[int, BeforeValidator(_minutes)]
    aim: Annotated[Aim, a_choice("the aim", Aim)] = Aim.UNSAID
    opens: Annotated[Opens, a_choice("the page", Opens)] = Opens.NONE
    spare: bool = False
    listen_for: Annotated[str, a_text("what to listen for", 300)] = ""


def _few_enough(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if len(steps) > MOST_STEPS:
        raise ChoiceRefused(f"A run sheet has at most {MOST_STEPS} steps (this has {len(steps)}).")
    return steps


class RunSheet(Word):
    """A run sheet as a file in data/run-sheets holds it; `source` says whose it is."""

    key: FileKey
    name: Annotated[str, a_name("the run sheet")]
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    source: Annotated[str, a_line("the source", 200), needed("Say whose run sheet it is.")]
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MOST_STEPS)]

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        return minutes_of(self.steps)


def minutes_of(steps: Sequence[Step]) -> int:
    """Give how many minutes steps take in all."""
    return sum(step.minutes for step in steps)


class ProgrammeDraft(Word):
    """A programme as it is planned; `places` are ids, `people` roles and never names.

    `project` says in words what is tried across boundaries on the way; `project_id` is the action
    of a plan that it is, "" while it is none.
    """

    name: Annotated[str, a_name("the programme"), Said("Programme")]
    began_on: Annotated[date, a_day("Choose the day on which the programme begins.")]
    scale: Annotated[Scale, a_choice("the scale", Scale)] = Scale.MACRO
    places: tuple[str, ...] = ()
    people: Annotated[
        str, a_line("who takes part", 200), Said("Who takes part", asks="Who takes part (roles)")
    ] = ""
    project: Annotated[
        str,
        a_line("the project", 200),
        Said("Project", asks="The project that crosses boundaries, in words"),
    ] = ""
    project_id: str = ""


class Programme(ProgrammeDraft):
    """A programme, as it is kept. Versions are kept."""

    id: str
    version: int


class SessionKind(StrEnum):
    """What a session is."""

    MASTERCLASS = "masterclass"
    WORKSHOP = "workshop"


def clean_time(given: Any) -> str:
    """Give a time of day as 09:30, however it was typed: 9.30, 9:30 or 0930.

    Raises:
        TextRefused: anything else.
    """
    typed = str(given).strip().replace(".", ":")
    if typed.isdecimal() and len(typed) in (3, 4):
        typed = f"{typed[:-2]}:{typed[-2:]}"
    hours, _, minutes = typed.partition(":")
    if len(hours) < 3 and len(minutes) == 2:
        with suppress(ValueError):
            return time(int(hours), int(minutes)).strftime("%H:%M")
    raise TextRefused("Write when it begins as hours and minutes, such as 09:30.")


class Session(Word):
    """One masterclass or workshop of a programme, numbered within its kind from 1.

    `steps` is its run sheet, () while it is an empty shell.
    """

    id: str
    version: int
    programme_id: str
    kind: Annotated[SessionKind, a_choice("what it is", SessionKind)]
    number: Annotated[int, Field(ge=1, le=MOST_SESSIONS)]
    held_on: Annotated[date, a_day("Choose the day of the session, such as 2027-02-03.")]
    begins: Annotated[str, BeforeValidator(clean_time)] = "09:30"
    steps: Annotated[tuple[Step, ...], AfterValidator(_few_enough)] = ()


class Running(Word):
    """A run sheet that drives a workshop; moments are in UTC without zone.

    `minutes` is what each step has now, 0 where it is left out; `starts` are the moments at which
    each step began, up to the one at `at`, which counts from 0. At `len(steps)` it is over.
    """

    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MOST_STEPS)]
    minutes: tuple[Annotated[int, Field(ge=0, le=LONGEST_STEP * 2)], ...]
    at: Annotated[int, Field(ge=0)]
    starts: tuple[datetime, ...]
    begins: datetime
    ends: datetime

    @property
    def over(self) -> bool:
        """Whether the last step has ended."""
        return self.at >= len(self.steps)

    @property
    def step(self) -> Step | None:
        """The step that runs; None once it is over."""
        return None if self.over else self.steps[self.at]


class Row(Word):
    """A step as the facilitator reads it: when it was planned, when it begins now.

    `now` is None where the step is left out.
    """

    step: Step
    planned: datetime
    now: datetime | None
    minutes: int


class Saving(Word):
    """A way to end in time: what each step has then, and what is said of it.

    `at` is the step that changes, -1 where several do; `saves` counts minutes, 0 where the end is
    moved and nothing is saved.
    """

    at: int
    minutes: tuple[int, ...]
    saves: int


class RequestAnswer(Word):
    """Who answers a request for support, as a role, and by when. Versions are kept.

    `met` says that the support was given.
    """

    support_id: str
    version: int
    who: Annotated[
        str,
        a_line("who answers", 60),
        needed("Say who answers it: a role is enough."),
        Said("Who answers", asks="Who answers (a role)"),
    ]
    by_on: Annotated[date, a_day("Choose a day by which it is answered.")] | None = None
    met: bool = False


class Request(Word):
    """Support that a place asked for, and who answers it; `answer` is None while nobody does."""

    support_id: str
    kind: str
    wanted: str
    from_whom: str
    place: str
    code: str
    asked_on: date
    answer: RequestAnswer | None = None

    @property
    def met(self) -> bool:
        """Whether the support was given."""
        return self.answer is not None and self.answer.met

    def overdue(self, today: date) -> bool:
        """Tell whether it was asked for more than 30 days ago, and was not met."""
        return not self.met and today - self.asked_on > _OVERDUE


class Question(StrEnum):
    """What each seat is asked as a session closes."""

    LEARNED = "learned"
    WILL_TRY = "will try"
    WOULD_STOP = "would stop"

    @property
    def field(self) -> str:
        """The field of `LastWords` that answers it."""
        return self.value.replace(" ", "_")


class LastWords(Word):
    """What one seat says as a session closes; "" for nothing.

    `will_try` is "" unless the person shares it: a commitment stays on its device.
    """

    learned: Annotated[str, a_line("what you learned", 200)] = ""
    will_try: Annotated[str, a_line("what you will try", 200)] = ""
    would_stop: Annotated[str, a_line("what you would stop", 200)] = ""

    def of(self, question: Question) -> str:
        """Give what is said to one question."""
        return str(getattr(self, question.field))


class LastSaid(Word):
    """One answer that the room was shown, and to what; nothing says whose it is."""

    question: Question
    said: Annotated[str, a_line("the answer", 200), needed("An answer says something.")]


class Safe(StrEnum):
    """What is told of "is it safe to speak here?", never a count."""

    MOST = "most say yes"
    DIVIDED = "the room is divided"
    FEW = "few say yes"


class Scorecard(Word):
    """What the room said of itself: counts of a workshop, and conflicts by kind.

    `debated` counts domains, `beside` the rows beside them that were talked about; `tests` are in
    the plan, `owned` of them by two partners or more; `conflicts` counts outcomes by kind of
    difference, in the order of the kinds, and `unsaid` those that agreed to differ without one.
    """

    domains: int
    debated: int
    beside: int
    surprises: int
    tests: int
    owned: int
    conflicts: dict[Conflict, int]
    unsaid: int


class LevelCount(Word):
    """How many tests of all places of a programme should show at one of the three levels.

    `goes_on` are tried still, `ended` are over, and `adopted` counts those of them that were.
    """

    level: Impact
    goes_on: int
    ended: int
    adopted: int


class ProgrammeReport(Word):
    """A programme over its places as a whole: no place stands beside a figure.

    `places` have seen a result of theirs; `held` are sessions whose day is over. `levels` stand in
    the order of leaders, teams and outcomes, tests of which nobody said it last. Of what was
    `asked` for, `answered` has somebody who answers it, `met` was given, and `overdue` waits over
    30 days.
    """

    places: int
    sessions: int
    held: int
    levels: tuple[LevelCount, ...]
    asked: int
    answered: int
    met: int
    overdue: int
