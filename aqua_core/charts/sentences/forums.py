"""What is said of a place's forums: what waits for each, and who carries how much."""

from collections.abc import Sequence
from typing import Final

from aqua_core.charts.sentences.planning import owned_said, parked
from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import listed
from aqua_core.vocabulary.forum import AtForum, Load, Parked
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.points import day_said

NO_FORUM: Final = (
    "No forum is on the list. Write down where this place decides: the board, the executive, the "
    "engine room, each locality."
)
NO_LOAD: Final = "No test goes on"
UNLISTED: Final = "named in a plan, on no list"
HELD_BACK: Final = (
    "A room of this place scores now: what conversations parked stands here once it is revealed."
)
_FEW: Final = 8
_MOST_NAMED: Final = 3
OWNS: Final = "owns"
LEADS: Final = "leads"


def one_of_these_forums(names: Sequence[str]) -> str:
    """Say under a field which forums the place has, so that each is called as it is."""
    shown = "; ".join(names[:_FEW])
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"On this place’s list: {shown}{more}."


def waits_said(at: AtForum) -> str:
    """Count what waits for a forum: "2 to decide, 1 to hear of"; that nothing does."""
    counts = (
        (len(at.decides), "to decide on"),
        (len(at.hears_of), "to hear of"),
        (len(at.parked), "parked with it"),
    )
    said = [f"{count} {what}" for count, what in counts if count]
    return listed(said) if said else "nothing waits for it"


def kind_said(at: AtForum) -> str:
    """Say what a forum is, or that it is on no list."""
    return at.forum.kind.value if at.forum else UNLISTED


def test_said(test: OpenAction) -> str:
    """Say a test as a forum hears it: what is tried, whose it is, and when it is looked at."""
    owned = owned_said(test.action.lead, test.owners)
    tried = " ".join(test.action.test.split())
    return f"{tried} ({owned}; review on {day_said(test.action.review_on)})"


def parked_said(one: Parked) -> str:
    """Say what was parked, and until when: "Culture: parked with the board until 3 May 2026"."""
    return f"{one.domain}, {day_said(one.held_on)}: {parked(one.outcome)}"


def coalition_said(test: OpenAction) -> str:
    """Say with whom a test needs a coalition."""
    return f"{test.action.coalition}: {test_said(test)}"


def most_said(load: Sequence[Load]) -> str:
    """Say who owns most, as a heading; "" where no test goes on. Who owns none is in no row."""
    partners = [row for row in load if not row.lead]
    if not partners:
        return ""
    most = max(row.tests for row in partners)
    named = [row.partner for row in partners if row.tests == most]
    tests = counted(most, "open test")
    if len(named) == 1:
        return f"{named[0]} owns {tests}"
    who = listed(named) if len(named) <= _MOST_NAMED else f"{len(named)} partners"
    return f"{who} own {tests} each"


def load_lines(load: Sequence[Load]) -> list[list[str]]:
    """Give a line a partner and under it one a lead, below a head; [] where no test goes on."""
    heads = ["Who", "Open tests", "Of earlier workshops", "Past their review", "Next review"]
    lines = [
        [
            f"{row.lead} ({row.partner}) {LEADS}" if row.lead else f"{row.partner} {OWNS}",
            *map(str, (row.tests, row.earlier, row.late)),
            day_said(row.next_on) if row.next_on else "none is set",
        ]
        for row in load
    ]
    return [heads, *lines] if lines else []


def forum_lines(forums: Sequence[AtForum]) -> list[list[str]]:
    """Give a line a forum below a head; [] where there is none."""
    heads = ["Forum", "What it is", "Must hear", "To decide on", "To hear of", "Parked with it"]
    lines = [
        [
            *(at.name, kind_said(at).capitalize(), at.forum.hears if at.forum else ""),
            "\n".join(map(test_said, at.decides)),
            "\n".join(map(test_said, at.hears_of)),
            "\n".join(map(parked_said, at.parked)),
        ]
        for at in forums
    ]
    return [heads, *lines] if lines else []
