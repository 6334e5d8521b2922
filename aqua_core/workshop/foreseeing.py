"""Foresee what a reveal will show, and choose it with the room until the first vote."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from aqua_core.errors import ChoiceRefused, ScoringOpen
from aqua_core.live import Channel, changed, once_a_deed, once_but_votes
from aqua_core.rules.foreseen import dealt, foreseen_of, suggested_guard
from aqua_core.rules.stages import open_rounds, progress_of
from aqua_core.store.connecting import Cursor
from aqua_core.store.rounds import every_round_of, left_out_in
from aqua_core.store.seats import expected_in, seats_there
from aqua_core.store.sittings import invited_in, seen_with, sittings_of
from aqua_core.store.votes import answered_by_seat, has_answers
from aqua_core.store.workshops import Cell, change_cells, read_anew
from aqua_core.vocabulary import GUARDS, Foreseen, Holder, Workshop, clean_guard
from aqua_core.vocabulary.event import A_TEAM, HowUndone
from aqua_core.workshop.admitting import Caller, facilitating, find_workshop, remember, watched
from aqua_core.workshop.setting_up import PartnerDraft
from aqua_core.workshop.sitting_apart import waiting_apart

MOST_PEOPLE: Final = 400


class AtSetUp(NamedTuple):
    """What a room that is being set up would see: under each guard, and which is suggested."""

    partners: int
    teams: int
    people: int
    suggested: int
    under: dict[int, Foreseen]


class InTheRoom(NamedTuple):
    """What a room would see if everybody who joined, or everybody who finished, is counted.

    `open_to_choice`: nobody has voted yet, and each person scores. `expected` is how many people
    are expected, None where nobody said or teams share laptops. `absent` are the partners for whom
    nobody has joined.
    """

    holder: Holder
    guard: int
    joined: Foreseen
    finished: Foreseen
    open_to_choice: bool
    expected: int | None
    absent: tuple[str, ...]

    @property
    def is_early(self) -> bool:
        """Whether most of the room would not be seen yet, or nothing at all would be shown."""
        return self.finished.withheld or is_early(
            self.finished.people, self.joined.people, self.expected
        )


def is_early(finished: int, joined: int, expected: int | None) -> bool:
    """Tell whether fewer than two in three of who joined, or is expected, have finished."""
    return 3 * finished < 2 * max(joined, expected or 0)


def people_to_begin_with(partners: Sequence[PartnerDraft]) -> int:
    """Give how many people the question begins with: two a team, as boards send them."""
    return A_TEAM * sum(len(partner.tier_a_team) for partner in partners)


def foreseen_at_set_up(partners: Sequence[PartnerDraft], people: int) -> AtSetUp:
    """Foresee what a room would see if so many people sit down evenly."""
    tiers = [partner.tier_a_team for partner in partners]
    teams, seated = dealt(tiers, people)
    return AtSetUp(
        partners=len(partners),
        teams=len(teams),
        people=people,
        suggested=suggested_guard(tiers, people),
        under={guard: foreseen_of(teams, seated, guard) for guard in GUARDS},
    )


def foreseen_now(caller: Caller, code: str) -> InTheRoom:
    """Foresee what a reveal would show, from counts of seats. Never a score."""
    return watched(caller, code, "foreseen", _foreseen)


def joined_now(caller: Caller, code: str) -> InTheRoom:
    """Give it as `foreseen_now` does, but for what votes move: who finished, and the choice."""
    return watched(caller, code, "foreseen of joined", _foreseen, once_but_votes)


def expected_now(caller: Caller, code: str) -> int | None:
    """Give how many people are expected; None where nobody said or teams share laptops."""
    return watched(caller, code, "expected", _expected, once_a_deed)


def choose_guard(caller: Caller, code: str, guard: Any) -> Workshop:
    """Choose what will be shown: the fewest scores with which a group is shown alone.

    Raises:
        ChoiceRefused: no such guard, or teams share laptops: what they agreed aloud is shown.
        ScoringOpen: somebody has voted, and trusted what was said.
    """
    with facilitating(caller, code) as (cursor, workshop):
        if workshop.holder is Holder.LAPTOP:
            raise ChoiceRefused("A team on one laptop agrees its score aloud, so it is shown.")
        chosen = clean_guard(guard, workshop.holder)
        rooms = rooms_to_choose_for(cursor, workshop)
        codes = [room.code for room in rooms]
        made: list[Cell] = [("workshop", room.id, "guard", chosen) for room in rooms]
        before = change_cells(cursor, made)
        read_anew(cursor, codes)
        about: dict[str, Any] = {"cells": before, "made": made, "codes": codes, "guard": True}
        said = "It was chosen what will be shown."
        remember(cursor, workshop, said, HowUndone.CHANGED, **about)
    for held in codes:
        changed(held, Channel.ROOM, Channel.STAGE)
    return workshop.model_copy(update={"guard": chosen})


def rooms_to_choose_for(cursor: Cursor, workshop: Workshop) -> tuple[Workshop, ...]:
    """Give a workshop and its sittings, for which it may be chosen anew what will be shown.

    Raises:
        ChoiceRefused, ScoringOpen: as for choosing it.
    """
    if seen_with(cursor, workshop.id):
        raise ChoiceRefused("Of a sitting this is chosen in the workshop of its wave's day.")
    held = (find_workshop(cursor, code) for _, code, _ in sittings_of(cursor, workshop.id))
    rooms = (workshop, *held)
    if any(has_answers(cursor, room.id) for room in rooms):
        raise ScoringOpen("Somebody has scored and trusted what was said: it stays as it is.")
    if invited_in(cursor, workshop.id):
        raise ScoringOpen("Another laptop was invited, and says it there: it stays as it is.")
    return rooms


def _foreseen(cursor: Cursor, workshop: Workshop) -> InTheRoom:
    rounds = every_round_of(cursor, workshop.id)
    seats = seats_there(cursor, workshop.id)
    opened = set(open_rounds(rounds).items())
    left_out = left_out_in(cursor, workshop.id)
    answered = answered_by_seat(cursor, workshop.id, opened, left_out)
    progress = progress_of(workshop.teams, seats, answered, opened)
    apart = _apart(cursor, workshop, open_rounds(rounds))
    joined = {of_team.team.id: of_team.seats + apart[of_team.team.id] for of_team in progress}
    finished = {of_team.team.id: of_team.finished + apart[of_team.team.id] for of_team in progress}
    came = {of_team.team.partner.id for of_team in progress if joined[of_team.team.id]}
    people = workshop.holder is Holder.PERSON
    voted = has_answers(cursor, workshop.id)
    settled = voted or seen_with(cursor, workshop.id) or invited_in(cursor, workshop.id)
    return InTheRoom(
        holder=workshop.holder,
        guard=workshop.guard,
        joined=foreseen_of(workshop.teams, joined, workshop.guard),
        finished=foreseen_of(workshop.teams, finished, workshop.guard),
        open_to_choice=people and not (settled or any(waiting_apart(cursor, workshop).values())),
        expected=_expected(cursor, workshop),
        absent=tuple(partner.name for partner in workshop.partners if partner.id not in came),
    )


def _expected(cursor: Cursor, workshop: Workshop) -> int | None:
    return expected_in(cursor, workshop.id) if workshop.holder is Holder.PERSON else None


def _apart(cursor: Cursor, workshop: Workshop, opened: Mapping[str, int]) -> Counter[str]:
    """Count, a team, the seats that wait sealed in sittings with an answer on every open domain."""
    waiting = waiting_apart(cursor, workshop)
    domains = [waiting.get(domain, {}) for domain in opened or waiting]
    teams = dict(item for seats in domains for item in seats.items())
    return Counter(team for seat, team in teams.items() if all(seat in seats for seats in domains))
