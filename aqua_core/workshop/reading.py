"""What may be seen now. Sealed scores are counted here, and otherwise go no further."""

from collections.abc import Mapping
from typing import NamedTuple

from aqua_core.live import once_a_revision
from aqua_core.rules.gaps import NO_SPREADS, ranked
from aqua_core.rules.progress import progress_of
from aqua_core.rules.stages import (
    looked_at_again,
    open_rounds,
    resumed_in,
    revealed_domains,
    stage_of,
)
from aqua_core.store.closings import is_open
from aqua_core.store.cursor import Cursor
from aqua_core.store.rounds import rounds_of
from aqua_core.store.seats import seats_there
from aqua_core.store.votes import answered_in
from aqua_core.vocabulary import (
    Gap,
    Spread,
    Stage,
    TeamProgress,
    Workshop,
    clean_code,
)
from aqua_core.workshop.admitting import Caller, knowing, watched, watching
from aqua_core.workshop.showing import progress_brought, results_in


class RoomNow(NamedTuple):
    """What the projector may show at any time: the stage, and counts of seats.

    `opened` holds the number of each open round by domain key. Of these, `again` are looked at
    again, and `resumed` started from answers that were revealed.
    """

    stage: Stage
    opened: dict[str, int]
    revealed: tuple[str, ...]
    progress: tuple[TeamProgress, ...]
    again: tuple[str, ...] = ()
    resumed: tuple[str, ...] = ()

    @property
    def open_domains(self) -> tuple[str, ...]:
        """The keys of the domains that are being scored."""
        return tuple(self.opened)

    @property
    def seats(self) -> int:
        """How many seats have joined."""
        return sum(team.seats for team in self.progress)

    @property
    def finished(self) -> int:
        """How many seats have answered every open domain."""
        return sum(team.finished for team in self.progress)

    @property
    def answers(self) -> int:
        """How many single answers are in."""
        return sum(team.answers for team in self.progress)

    @property
    def asked(self) -> int:
        """How many single answers there will be: one a seat and open domain."""
        return sum(team.asked for team in self.progress)


def workshop_now(caller: Caller, code: str) -> Workshop:
    """Give the workshop to its facilitator and its walls."""
    with watching(caller, code) as (_, workshop):
        return workshop


def stage_now(code: str) -> Stage:
    """Tell where a workshop is; anyone with its code may know."""
    code = clean_code(code)
    return once_a_revision(code, "stage", lambda: _stage(code))


def room_now(caller: Caller, code: str) -> RoomNow:
    """Give stage and progress: "4 of 6 have scored", a team at a time. Never a score."""
    return watched(caller, code, "room", _room)


def widest_first(
    gaps: tuple[Gap, ...], spreads: Mapping[str, Spread] = NO_SPREADS
) -> tuple[Gap, ...]:
    """Put the widest gap first; then, where spreads are given, the widest spread of the room."""
    return ranked(gaps, spreads)


def progress_in(cursor: Cursor, workshop: Workshop) -> tuple[TeamProgress, ...]:
    """Give how far each team is, to who has asked already who is asking."""
    brought = progress_brought(workshop)
    if brought is not None:
        return brought
    # What is shown is asked for only where nobody votes.
    wanted = open_rounds(rounds_of(cursor, workshop.id)) or results_in(workshop).rounds
    seats, answered = seats_there(cursor, workshop.id), answered_in(cursor, workshop.id)
    return progress_of(workshop.teams, seats, answered, set(wanted.items()))


def _stage(code: str) -> Stage:
    with knowing(code) as (cursor, workshop):
        return _stage_of(cursor, workshop)


def _stage_of(cursor: Cursor, workshop: Workshop) -> Stage:
    if not is_open(cursor, workshop.id):
        return Stage.CLOSED
    return stage_of(rounds_of(cursor, workshop.id))


def _room(cursor: Cursor, workshop: Workshop) -> RoomNow:
    rounds = rounds_of(cursor, workshop.id)
    opened = open_rounds(rounds)
    return RoomNow(
        stage=_stage_of(cursor, workshop),
        opened=opened,
        revealed=revealed_domains(rounds),
        progress=progress_in(cursor, workshop),
        again=tuple(looked_at_again(rounds)),
        resumed=resumed_in(rounds),
    )
