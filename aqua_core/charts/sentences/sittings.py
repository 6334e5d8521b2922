"""What is said of sittings of a wave before its day, and of who was here last time."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from aqua_core.charts.sentences.wording import counted
from aqua_core.vocabulary import Apart, SeenWith
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.shown import BeenHere

WHY: Final = (
    "A team may score in a sitting of its own before the day. Nobody sees anything of it until "
    "the scores are revealed together, in this workshop, as one room."
)
CLOSE_IT: Final = (
    "Close the sitting when everybody has scored; its sealed file is offered here then, for the "
    "laptop of the day."
)
SEALED: Final = (
    "No program shows what is in it and it is no plain text; who has the invitation too could "
    "still open it. It joins once, and whoever changes it is found out."
)


def apart_said(sitting: Apart) -> str:
    """Say of a sitting how many wait in it, or that its file has not come."""
    if not sitting.code:
        return f"{sitting.called}: not here yet. Without it the rest is revealed all the same."
    if sitting.seen:
        return f"{sitting.called}: its scores are in."
    on = f" on {day_said(sitting.held_on)}" if sitting.held_on else ""
    people = "1 person" if sitting.scored == 1 else f"{sitting.scored} people"
    return f"{sitting.called}{on}: {people} scored, sealed."


def not_in(sittings: Sequence[Apart]) -> str:
    """Name the sittings that are in no score that was revealed; "" where all are in."""
    missed = [sitting.called for sitting in sittings if not sitting.seen]
    if not missed:
        return ""
    which = counted(len(missed), "sitting")
    are = "is" if len(missed) == 1 else "are"
    return f"{which} of this wave {are} not in these scores: {', '.join(missed)}."


def revealed_with(together: SeenWith) -> str:
    """Say on a sitting's own screen when its scores are seen."""
    return f"Revealed with all others on {day_said(together.dated)}. Nobody sees a score before."


def been_here_said(been: BeenHere | None, last: date) -> str:
    """Say how many were here in the last wave: "14 of the 36 people say they were here in October".

    "" where it may not be told. `last` is the day of the wave before.
    """
    if been is None:
        return ""
    when = f"{last:%B}"
    if been.yes == 0:
        return f"Nobody of the {been.answered} people who answered says they were here in {when}."
    if been.yes == been.answered:
        return f"All {been.answered} people who answered say they were here in {when}."
    return f"{been.yes} of the {been.answered} people who answered say they were here in {when}."
