"""What the revealed scores show: conversations for the room, and signs for the facilitator."""

from typing import NamedTuple

from aqua_core.live import once_a_revision
from aqua_core.rules.reading.room import read_room
from aqua_core.rules.stages import rounds_shown, rounds_to_read
from aqua_core.rules.talk.cards import set_aside
from aqua_core.store.database import reading
from aqua_core.store.rounds import rounds_of
from aqua_core.store.talk.moves import moves_of
from aqua_core.store.votes import casts_of
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.reading import DomainReading, LookedAt, Quiet, Topic
from aqua_core.vocabulary.second_look import Movement, RoomReading, Tells
from aqua_core.workshop.admitting import Caller, check_facilitator
from aqua_core.workshop.reading import workshop_now


class RoomRead(NamedTuple):
    """What the projector may show of a reading: it holds no tell and no kind of quiet."""

    topics: tuple[Topic, ...]
    looked_at: tuple[LookedAt, ...]
    domains: tuple[DomainReading, ...]
    lines_hidden: bool

    @property
    def too_few(self) -> bool:
        """Whether no domain has enough scores for anything to be said."""
        return all(each.level is None for each in self.domains)


class TellsNow(NamedTuple):
    """What the facilitator alone is told: every domain in words, who moved, and the tells."""

    domains: tuple[DomainReading, ...]
    movements: tuple[Movement, ...]
    quiet: Quiet | None
    tells: Tells


def room_read(caller: Caller, code: str) -> RoomRead:
    """Give what divides the room, from revealed scores alone; empty while nothing is revealed.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    read = _read_now(caller, code)
    return RoomRead(read.topics, read.looked_at, read.domains, read.lines_hidden)


def movements_now(caller: Caller, code: str) -> tuple[Movement, ...]:
    """Give who moved on each domain that was scored twice, without what pulled them.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    return tuple(
        each.model_copy(update={"pull": None, "pattern": None})
        for each in _read_now(caller, code).movements
    )


def tells_now(caller: Caller, code: str) -> TellsNow:
    """Give the facilitator's private notes, from revealed scores alone. Never for the projector.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: no open workshop has this code.
    """
    with reading() as cursor:
        check_facilitator(cursor, caller)
    read = _read_now(caller, code)
    return TellsNow(read.domains, read.movements, read.quiet, read.tells)


def _read_now(caller: Caller, code: str) -> RoomReading:
    workshop = workshop_now(caller, code)
    return once_a_revision(workshop.code, "room reading", lambda: _read(workshop))


def _read(workshop: Workshop) -> RoomReading:
    with reading() as cursor:
        casts = casts_of(cursor, workshop.id)
        rounds = rounds_of(cursor, workshop.id)
        moves = moves_of(cursor, workshop.id)
    may_be_read = rounds_to_read(rounds, casts)
    shown = [cast for cast in casts if (cast.domain, cast.round) in may_be_read]
    return read_room(workshop, shown, set_aside(moves, rounds_shown(rounds, casts)))
