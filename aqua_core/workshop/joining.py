"""Joining a workshop, who is here, and what a seat may see of itself."""

import secrets
from contextlib import suppress
from typing import Final, NamedTuple

from aqua_core.errors import NoSeat, NoSuchTeam, RoundClosed, ScoringOpen, WorthAsking
from aqua_core.live import joined, once_a_revision
from aqua_core.rules.gaps import beside_of
from aqua_core.rules.stages import just_taken_back, open_rounds, stage_of
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading, writing
from aqua_core.store.facts import is_shared
from aqua_core.store.plan import saves_of
from aqua_core.store.rounds import every_round_of, left_out_in, missed_in, rounds_to_score_in
from aqua_core.store.seats import add_seat, move_seat, seat_key_of, seats_there
from aqua_core.store.talk import name_another_team
from aqua_core.store.votes import kept_of_seat
from aqua_core.store.workshops import workshops_listed
from aqua_core.vocabulary import Holder, Seat, SeatResult, Stage, Team, Workshop
from aqua_core.vocabulary.beside import ShownBeside
from aqua_core.workshop import admitting
from aqua_core.workshop.choosing import cards_now
from aqua_core.workshop.passing import Passing
from aqua_core.workshop.seating import check_joining_open, check_not_full
from aqua_core.workshop.showing import results_in, shown_to_seat


class _CameAfter(NamedTuple):
    """Seats taken after so many rounds ended unseen, which are told nothing of them."""

    rounds: int
    seats: frozenset[str]

    def when(self, rounds: int) -> "_CameAfter":
        return self if self.rounds == rounds else _CameAfter(rounds, frozenset())


_came_after: Final = Passing("who came after", _CameAfter, _CameAfter(0, frozenset()))
_MOST_LOOKED_AT: Final = 20  # open workshops; a device comes back on the same day


def workshop_to_join(code: str) -> Workshop:
    """Give the workshop behind a join code: its place and its teams."""
    with admitting.visiting(code) as (_, workshop):
        return workshop


def looks_of_a_code() -> str:
    """Say what a join code of this room looks like; one of a pack or a link may be the other."""
    if is_shared():
        return "Eight letters and digits, such as K7QP M3WX."
    return "Four letters and digits, such as K7QP."


def my_team(caller: admitting.Caller, code: str) -> Team | None:
    """Give the team of the caller's seat, or None without a seat."""
    with suppress(NoSeat), admitting.asking(caller, code) as (_, workshop, seat):
        return workshop.team(seat.team_id)
    return None


def seated_in(caller: admitting.Caller) -> tuple[Workshop, ...]:
    """Give the newest open workshops in which this device has a seat, the newest first."""
    if not admitting.is_secret(caller.seat):
        return ()
    codes = admitting.codes_sat_in(caller) if is_shared() else _newest_open()
    return tuple(
        workshop_to_join(code) for code in codes[:_MOST_LOOKED_AT] if my_team(caller, code)
    )


def _newest_open() -> tuple[str, ...]:
    with reading() as cursor:
        return tuple(listed.code for listed in workshops_listed(cursor) if not listed.closed)


def take_seat(caller: admitting.Caller, code: str, team_id: str, *, sure: bool = False) -> str:
    """Give this device a seat in a team, or move its seat there with all that it has scored.

    Votes hang on the seat, so a move loses none. Taking it again changes nothing: a double tap
    makes one seat, if both bring the same secret.

    Whether the team has its laptop is asked where the seat is taken: of two that join at the same
    moment, the one that comes second is asked.

    Returns:
        The secret for the seat's cookie: the caller's own, or a new one where it has none.

    Raises:
        NoSuchTeam: the workshop has no such team.
        JoiningClosed: the facilitator lets nobody more in, nor into another team.
        RoomFull: the workshop has 1,000 seats.
        SeatAside: the seat is set aside, so it stays where it is.
        WorthAsking: nobody was sure, and the team shares one laptop, which is another device.
        RoundClosed: a score of the seat was revealed with its team.
        ScoringOpen: the scores are revealed; it may move when the next ones open.
    """
    with admitting.visiting(code, writing) as (cursor, workshop):
        team = workshop.team(team_id)
        if team is None:
            raise NoSuchTeam("This workshop has no such team. Pick one from the list.")
        if not sure:
            _check_no_other_laptop(cursor, caller, workshop, team_id)
        secret = _seated(cursor, caller, workshop, team)
    joined(workshop.code)
    return secret


def check_may_change_team(caller: admitting.Caller, code: str) -> None:
    """Refuse a seat that has to stay in its team.

    Raises:
        RoundClosed, ScoringOpen: as for take_seat.
    """
    with admitting.sitting(caller, code, reading) as (cursor, workshop, seat):
        _check_may_move(cursor, workshop, seat)


def _check_no_other_laptop(
    cursor: Cursor, caller: admitting.Caller, workshop: Workshop, team_id: str
) -> None:
    """Ask a second device of a team that scores together on one laptop; a double tap is none.

    It is worth asking about and never a reason to refuse: a laptop that died must be replaced.
    """
    if workshop.holder is not Holder.LAPTOP:
        return
    sitting = [seat for seat in seats_there(cursor, workshop.id) if seat.team_id == team_id]
    if not sitting:
        return
    with suppress(NoSeat):
        if admitting.find_seat(cursor, caller, workshop) in sitting:
            return
    raise WorthAsking("This team already has a laptop. Join all the same?")


def _seated(cursor: Cursor, caller: admitting.Caller, workshop: Workshop, team: Team) -> str:
    try:
        seat = admitting.find_seat(cursor, caller, workshop)
    except NoSeat:
        check_joining_open(cursor, caller, workshop, team)
        check_not_full(cursor, workshop)
        return _new_seat(cursor, caller, workshop, team.id)
    if seat.team_id != team.id:
        admitting.check_counts(cursor, workshop, seat.id)
        check_joining_open(cursor, caller, workshop, team)
        _check_may_move(cursor, workshop, seat)
        move_seat(cursor, seat, team.id)
        sealed = open_rounds(rounds_to_score_in(cursor, workshop.id))
        name_another_team(cursor, seat.id, team.id, sealed)
    return caller.seat


def _new_seat(cursor: Cursor, caller: admitting.Caller, workshop: Workshop, team_id: str) -> str:
    secret = caller.seat if admitting.is_secret(caller.seat) else admitting.new_secret()
    seat_key = seat_key_of(cursor, workshop.id) or b""
    seat = Seat(id=secrets.token_hex(8), team_id=team_id)
    add_seat(cursor, workshop.id, seat, admitting.keyed_hash(seat_key, secret))
    rounds = rounds_to_score_in(cursor, workshop.id)
    if just_taken_back(rounds) and not open_rounds(rounds):
        _came_after.change(workshop.code, lambda came: _with(came.when(len(rounds)), seat))
    return secret


def came_after(caller: admitting.Caller, code: str) -> bool:
    """Tell whether this seat was taken after what ended unseen last."""
    with admitting.asking(caller, code) as (cursor, workshop, seat):
        return seat.id in _came_to(cursor, workshop)


def anybody_came_after(code: str) -> bool:
    """Tell whether a seat was taken after what ended unseen last; whoever has the code may know."""
    with admitting.knowing(code) as (cursor, workshop):
        return bool(_came_to(cursor, workshop))


def _came_to(cursor: Cursor, workshop: Workshop) -> frozenset[str]:
    rounds = len(every_round_of(cursor, workshop.id))
    return _came_after.now(workshop.code).when(rounds).seats


def _with(came: _CameAfter, seat: Seat) -> _CameAfter:
    return came._replace(seats=came.seats | {seat.id})


def _check_may_move(cursor: Cursor, workshop: Workshop, seat: Seat) -> None:
    rounds = every_round_of(cursor, workshop.id)
    revealed = {(round_.domain, round_.number) for round_ in rounds if round_.revealed}
    if revealed & kept_of_seat(cursor, workshop.id, seat.id).keys():
        # What was shown of two teams would change under the room's eyes.
        raise RoundClosed("Your scores were revealed with your team, so your seat stays in it.")
    if stage_of(rounds) is Stage.REVEALED:
        raise ScoringOpen("The scores are revealed. You can change your team before the next ones.")


class Part(NamedTuple):
    """How many of the `asked` domains a seat had answered when they were revealed.

    `later` says that it joined after every one of those reveals, `aside` that it was set aside at
    one of them. `on_paper` counts the seats of which the facilitator typed what is shown.
    """

    answered: int
    asked: int
    later: bool
    aside: bool = False
    on_paper: int = 0


def my_part(caller: admitting.Caller, code: str) -> Part:
    """Give a seat how much it had answered of what is shown; nothing is asked before a reveal."""
    with admitting.asking(caller, code) as (cursor, workshop, seat):
        shown, own = shown_to_seat(workshop, seat.id)
        if own.scores:
            return Part(len(own.scores), len(shown.rounds), later=False, on_paper=shown.on_paper)
        out = {
            seat_id
            for domain, number, seat_id in left_out_in(cursor, workshop.id)
            if shown.rounds.get(domain) == number
        }
        if seat.id in out:
            return Part(0, len(shown.rounds), later=False, aside=True, on_paper=shown.on_paper)
        there = {
            seat_id
            for domain, number, seat_id in missed_in(cursor, workshop.id)
            if shown.rounds.get(domain) == number
        }
    return Part(0, len(shown.rounds), later=seat.id not in there, on_paper=shown.on_paper)


def my_result(caller: admitting.Caller, code: str) -> tuple[SeatResult, ...]:
    """Give a seat its own scores beside the nearest that may be compared; none before a reveal.

    Its own scores are marked for nobody but itself.
    """
    with admitting.asking(caller, code) as (_, workshop, seat):
        pass
    _, own = shown_to_seat(workshop, seat.id)
    # A team's rows are worked out once: 200 seats ask at the same moment.
    rows = once_a_revision(
        workshop.code, ("beside", seat.team_id), lambda: _beside(workshop, seat.team_id)
    )
    return tuple(row.model_copy(update={"mine": own.scores.get(row.domain.key)}) for row in rows)


def _beside(workshop: Workshop, team_id: str) -> tuple[SeatResult, ...]:
    team = workshop.team(team_id)
    return beside_of(results_in(workshop), team) if team else ()


def my_beside(caller: admitting.Caller, code: str) -> tuple[ShownBeside, ...]:
    """Give a seat what the room sees of what it was asked beside the framework."""
    with admitting.asking(caller, code) as (_, workshop, seat):
        pass
    return shown_to_seat(workshop, seat.id)[0].beside


class Newest(NamedTuple):
    """How far the room is: one that grew says where the room went.

    `card` is the sequence of the card that is talked about, 0 without one; `plan` counts what was
    ever saved in the plan, and only grows.
    """

    card: int
    plan: int


def newest_now(caller: admitting.Caller, code: str) -> Newest:
    """Give how far the room is with its cards and its plan."""
    cards = cards_now(caller, code)
    card = cards.acts[cards.taken_up].sequence if cards.taken_up is not None else 0
    return Newest(card, admitting.watched(caller, code, "plan saves", _saves))


def _saves(cursor: Cursor, workshop: Workshop) -> int:
    return saves_of(cursor, workshop.id)
