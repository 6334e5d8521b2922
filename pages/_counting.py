"""What a room that scores waits for: how many have finished, and how many answers are in."""

from typing import Final, NamedTuple

from aqua_core.charts.sentences.foreseen import finished_of
from aqua_core.live import Channel, revision
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.foreseeing import expected_now, is_early
from aqua_core.workshop.reading import room_now

COUNTS: Final = "counts"
"""What the push line is asked for by a page that writes these counts."""


class Counted(NamedTuple):
    """Counts of a room that scores, as its page says them. Never a score.

    `label` stays equal as long as nothing but these counts has changed on the page; `at` rises
    with each change in the room; `part` of the answers is in, 0 to 1; `answers` is "" where nobody
    is asked. `ready`: two in three of who is expected have finished, and a reveal comes next.
    """

    label: str
    at: int
    ready: bool
    finished: str
    answers: str
    part: float


def counted_now(caller: Caller, code: str) -> Counted:
    """Count for the facilitator, a host or a wall.

    Raises:
        NotSignedIn: this browser is none of them.
        NoSuchWorkshop: no workshop has the code.
    """
    # Read first: counts may be newer than what they are called, never older.
    deeds, at = revision(code, Channel.DEEDS), revision(code, Channel.ROOM)
    now, expected = room_now(caller, code), expected_now(caller, code)
    ready = bool(now.answers) and not is_early(now.finished, now.seats, expected)
    return Counted(
        # The first answer changes what is offered, and so does the one by which most have finished.
        label=f"{deeds}.{bool(now.answers):d}{ready:d}",
        at=int(at.rpartition("-")[2]),
        ready=ready,
        finished=finished_of(now.finished, now.seats, expected),
        answers=f"{now.answers} of {now.asked} answers" if now.asked else "",
        part=now.answers / now.asked if now.asked else 0,
    )
