"""What is said of several places in one room. Of a table that scores never a count."""

from collections.abc import Mapping, Sequence
from typing import Final

from aqua_core.vocabulary import Gathering, Stage, Workshop, code_said
from aqua_core.vocabulary.points import day_said

NOTHING_YET: Final = (
    "People join with the code, tap their place, then their team. Open a domain when all have "
    "arrived: each table scores at the same time, sealed, until you reveal for all. Press a table "
    "for its own Room: its wall is let in there, under Show on another screen."
)
NO_TABLE: Final = "No place has a table yet. Add the first one, in the form you know from Set up."
SAME_MOMENT: Final = "The same moment at every table"
REVEALED: Final = (
    "Each table talks over its own result, on its own wall. Press a table for its result: then it "
    "stands on this screen too. Afterwards each place is heard on Share-out."
)
_STANDS: Final = {
    Stage.REVEALED: "Sees its result",
    Stage.CLOSED: "Closed",
}


def when_and_what(gathering: Gathering) -> str:
    """Name a gathering with its day."""
    return f"{gathering.called}, {day_said(gathering.held_on)}"


def table_said(stage: Stage, joined: int, *, finished: bool) -> str:
    """Say how a table stands, in words that rank nobody: who has come is counted, never a score."""
    if stage in (Stage.WELCOME, Stage.SCORING) and not joined:
        return "Nobody has joined yet"
    if stage is Stage.WELCOME:
        return f"{joined} {'has' if joined == 1 else 'have'} joined"
    if stage is Stage.SCORING:
        return "Finished" if finished else "Still scoring"
    return _STANDS[stage]


def coming_said(held: Workshop) -> str:
    """Name a workshop that is set up and may be given a table."""
    return f"{held.place.name}, set up for {day_said(held.held_on)} ({code_said(held.code)})"


def finished_said(finished: int, scoring: int) -> str:
    """Say how many of the tables that score have finished."""
    if scoring == 1:
        return "The table has finished" if finished else "The table is still scoring"
    return f"{finished} of {scoring} tables have finished"


def open_now(opened: Sequence[str], names: Mapping[str, str]) -> tuple[str, str]:
    """Give a quiet line on what is sealed now, and what is scored as a heading.

    Args:
        opened: the keys of open domains, at least one.
        names: of every domain, in the instrument's order.
    """
    if len(opened) == len(names):
        return "Now for all tables, sealed", "All domains"
    if len(opened) == 1:
        at = list(names).index(opened[0]) + 1
        return f"Now for all tables, sealed: domain {at} of {len(names)}", names[opened[0]]
    return "Now for all tables, sealed", ", ".join(names[key] for key in opened)


def still_scoring(places: Sequence[str]) -> str:
    """Say before a reveal who has not finished; "" where all have."""
    if not places:
        return ""
    *others, last = places
    who = f"{', '.join(others)} and {last}" if others else last
    are = "are" if others else "is"
    return (
        f"{who} {are} still scoring. What they have answered so far is shown to them; the rest "
        "counts as left out."
    )


def places_at(places: Sequence[str], *, closed: bool) -> str:
    """Name the places of a gathering in a list of them."""
    said = ", ".join(places) if places else "no place yet"
    return f"{said}. All closed" if closed else said


def opened_said(places: Sequence[str]) -> str:
    """Say which packs were opened where others were not."""
    return f"Opened: {', '.join(places)}." if places else "No pack was opened."


def will_be_erased(places: Sequence[str]) -> str:
    """Say which places would be erased."""
    if not places:
        return "All places stay: there is nothing to erase."
    return f"Will be erased: {', '.join(places)}."
