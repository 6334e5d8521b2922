"""A workshop as pages read it: its stage, its room, its past."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from aqua_core.live import once_a_deed, once_but_votes
from aqua_core.rules import open_tests, stages
from aqua_core.rules import whole as whole_rules
from aqua_core.rules.gaps import NO_SPREADS, ranked
from aqua_core.rules.gaps_over_time import board_less_front_line
from aqua_core.rules.open_tests import Continuing, Planned
from aqua_core.rules.over_time import over_time_published
from aqua_core.rules.plan import Held, earlier_at
from aqua_core.rules.stages import open_rounds
from aqua_core.store import plan as plan_rows
from aqua_core.store.closings import is_open
from aqua_core.store.connecting import Cursor
from aqua_core.store.places import met_at, place_id_of
from aqua_core.store.rounds import every_round_of
from aqua_core.store.seats import seats_that_count, seats_there
from aqua_core.store.votes import answered_by_seat
from aqua_core.store.workshops import Listed, workshops_listed
from aqua_core.vocabulary import (
    Compare,
    Gap,
    Instrument,
    PublishedWaves,
    Seat,
    Spread,
    Stage,
    TeamProgress,
    Workshop,
    clean_code,
)
from aqua_core.vocabulary.framework import is_beside
from aqua_core.vocabulary.over_time import OverTime, TierStep
from aqua_core.vocabulary.shown import Results
from aqua_core.workshop.admitting import (
    Caller,
    find_workshop,
    knowing,
    rounds_now,
    watched,
    watching,
)
from aqua_core.workshop.showing import progress_brought, results_in


class RoomNow(NamedTuple):
    """What the projector may show at any time: the stage, and counts of seats.

    `opened` holds the number of each open round by the key of what is asked: a domain, or something
    beside the framework. Of these, `again` are looked at
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
        return tuple(key for key in self.opened if not is_beside(key))

    @property
    def open_beside(self) -> tuple[str, ...]:
        """The keys of what is answered beside the domains."""
        return tuple(filter(is_beside, self.opened))

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
    return once_a_deed(code, "stage", lambda: _stage(code))


def is_over(code: str) -> bool:
    """Tell whether a workshop is closed, as the file has it: before `stage_now` is told of it.

    Writing the file anew takes a while, and whoever may not watch any more looks meanwhile.
    """
    with knowing(code) as (cursor, workshop):
        return not is_open(cursor, workshop.id)


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
    brought, wanted, seats, left_out = once_but_votes(
        workshop.code, "asked", lambda: _asked(cursor, workshop)
    )
    if brought is not None:
        return brought
    answered = answered_by_seat(cursor, workshop.id, wanted, left_out)
    return stages.progress_of(workshop.teams, seats, answered, wanted)


class _Asked(NamedTuple):
    brought: tuple[TeamProgress, ...] | None
    wanted: set[tuple[str, int]]
    seats: tuple[Seat, ...]
    left_out: frozenset[tuple[str, int, str]]


def _asked(cursor: Cursor, workshop: Workshop) -> _Asked:
    brought = progress_brought(workshop)
    if brought is not None:
        return _Asked(brought, set(), (), frozenset())
    # What is shown is asked for only where nobody votes.
    rounds = rounds_now(workshop)
    opened = stages.open_rounds(rounds)
    seats = (seats_there if opened else seats_that_count)(cursor, workshop.id)
    wanted = set((opened or results_in(workshop).rounds).items())
    left_out = ((r.domain, r.number, seat) for r in rounds for seat in r.left_out)
    return _Asked(None, wanted, seats, frozenset(left_out))


def _stage(code: str) -> Stage:
    with knowing(code) as (cursor, workshop):
        return _stage_now(cursor, workshop)


def stage_in(cursor: Cursor, workshop: Workshop) -> Stage:
    """Tell where a workshop is, to who was let in."""
    if not is_open(cursor, workshop.id):
        return Stage.CLOSED
    return stages.stage_of(every_round_of(cursor, workshop.id))


def _stage_now(cursor: Cursor, workshop: Workshop) -> Stage:
    """Give it as `stage_in` does, to pages: a deed asks for the rounds that it may change."""
    return stages.stage_of(rounds_now(workshop)) if is_open(cursor, workshop.id) else Stage.CLOSED


def _room(cursor: Cursor, workshop: Workshop) -> RoomNow:
    before = once_but_votes(
        workshop.code, "stage of room", lambda: _room_but_votes(cursor, workshop)
    )
    return before._replace(progress=progress_in(cursor, workshop))


def _room_but_votes(cursor: Cursor, workshop: Workshop) -> RoomNow:
    rounds = rounds_now(workshop)
    return RoomNow(
        stage=_stage_now(cursor, workshop),
        opened=stages.open_rounds(rounds),
        revealed=tuple(key for key in stages.revealed_domains(rounds) if not is_beside(key)),
        progress=(),
        again=tuple(stages.looked_at_again(rounds)),
        resumed=stages.resumed_in(rounds),
    )


def workshops_before(cursor: Cursor, workshop: Workshop) -> tuple[Workshop, ...]:
    """Give the workshops of the same place before this one, the first one first."""
    held = _held_in_all(cursor)
    this = next(each for each in held if each.code == workshop.code)
    return tuple(find_workshop(cursor, each.code) for each in earlier_at(this, held))


def workshops_at(cursor: Cursor, place_id: str) -> tuple[Workshop, ...]:
    """Give the workshops of a place, the first one first."""
    held = [workshop for workshop in _held_in_all(cursor) if workshop.place == place_id]
    held.sort(key=lambda workshop: (workshop.held_on, workshop.ordinal))
    return tuple(find_workshop(cursor, workshop.code) for workshop in held)


def scored_last_at(cursor: Cursor, place_id: str) -> Instrument | None:
    """Give the words of a place's newest result; None while nothing of it was ever revealed."""
    revealed = {held.code for held in met_at(cursor) if held.revealed}
    scored = [held for held in workshops_at(cursor, place_id) if held.code in revealed]
    return scored[-1].instrument if scored else None


def newest_of_each_place(cursor: Cursor) -> dict[str, str]:
    """Give the code of the newest workshop of each place by its id, the newest first.

    A sample is no place.
    """
    listed = tuple(reversed(workshops_listed(cursor)))
    samples = {workshop.code for workshop in listed if workshop.invented}
    met = [workshop for workshop in _held(listed) if workshop.code not in samples]
    met.sort(key=lambda workshop: (workshop.held_on, workshop.ordinal))
    newest: dict[str, str] = {}
    for workshop in reversed(met):
        newest.setdefault(workshop.place, workshop.code)
    return newest


def _held_in_all(cursor: Cursor) -> list[Held]:
    return _held(tuple(reversed(workshops_listed(cursor))))


def _held(listed: Sequence[Listed]) -> list[Held]:
    # Of one day, what is closed came before what is not: a pack may have been opened later.
    return [
        Held(
            workshop.code,
            workshop.place_id,
            workshop.held_on,
            ordinal - len(listed) * workshop.closed,
        )
        for ordinal, workshop in enumerate(listed)
    ]


def published_over_time(published: PublishedWaves) -> OverTime | None:
    """Give a published table at its true days; None where a wave is not called by its month."""
    return over_time_published(published)


def kinds_of(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Give where each group stands on physiology and on anatomy; none before a reveal."""
    return whole_rules.kinds_of(gaps)


def tiers_apart(shown: Results, held_on: date) -> tuple[TierStep, ...]:
    """Give how far board and front line stand apart on Leadership and Culture, where both show."""
    return board_less_front_line(shown.gaps[Compare.TIER], held_on)


def spreads_of_kinds(spreads: Mapping[str, Spread]) -> dict[str, Spread]:
    """Give every score on physiology and on anatomy, by the kind's key; none before a reveal."""
    return whole_rules.spreads_of_kinds(spreads)


def own_averages_of(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Give the gaps with each group measured from its own average; none before a reveal."""
    return whole_rules.against_own_average(gaps)


def continuing(cursor: Cursor, workshop: Workshop) -> Continuing:
    """Give what goes on beside a plan, to whoever was admitted to it."""
    return plan_beside(cursor, workshop, place_id_of(cursor, workshop.id))[1]


def plan_beside(cursor: Cursor, workshop: Workshop, place_id: str) -> tuple[Planned, Continuing]:
    """Give the plan of a workshop of this place, and what goes on beside it."""
    plans = plans_in(cursor, workshops_at(cursor, place_id))
    at = [plan.workshop.code for plan in plans].index(workshop.code)
    return plans[at], open_tests.beside(plans, at, scoring=scores(cursor, workshop))


def plans_in(cursor: Cursor, workshops: Iterable[Workshop]) -> tuple[Planned, ...]:
    """Give the plans of these workshops, in their order."""
    return tuple(
        Planned(
            workshop,
            plan_rows.actions_of(cursor, workshop.id),
            plan_rows.cycles_of(cursor, workshop.id),
            plan_rows.answers_in(cursor, workshop.id),
        )
        for workshop in workshops
    )


def scores(cursor: Cursor, workshop: Workshop) -> bool:
    """Tell whether a workshop is scoring something now; one that is closed sealed only waits."""
    return is_open(cursor, workshop.id) and bool(open_rounds(every_round_of(cursor, workshop.id)))
