"""Who is seated: seats a team, one set aside or put back, who may join, how many are expected.

A seat has no name. Its tag is shown on its own device: whoever reads a tag out says which seat
is theirs, and the one that nobody reads out is nobody's.
"""

import threading
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed, joined, once_a_deed, once_but_votes
from aqua_core.rules.stages import open_rounds
from aqua_core.rules.typed import personal_details
from aqua_core.store import seats as seat_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.facts import is_shared
from aqua_core.store.rounds import every_round_of
from aqua_core.store.votes import answered_in
from aqua_core.vocabulary import MOST_SEATS, Holder, Seat, Team, Workshop, clean_line
from aqua_core.vocabulary.event import SHORT_CODE_LETTERS
from aqua_core.workshop import admitting
from aqua_core.workshop.passing import Passing

REASONS: Final = (
    "a second device of the same person",
    "somebody who has left",
    "nobody who is here",
    "a try before the workshop",
)
LONGEST_WHY_ASIDE: Final = 80
_TAG: Final = 4
_MOST_ADDRESSES: Final = 9
_MOST_KNOCKS: Final = 99  # a script that knocks without end is told as "99" and fills nothing
_knocks: Final = Passing[dict[str, str]](
    "who knocked", dict[str, str], {}
)  # a device's hash, and its team
# Of this laptop, by code; none of a seat's. Of each process alone: hosted, all have one address.
_addresses: Final[dict[str, set[str]]] = {}
_addresses_lock: Final = threading.Lock()


class Wifi(NamedTuple):
    """A network that the facilitator shows beside the join code; "" is no password."""

    name: str
    password: str


NO_WIFI: Final = Wifi("", "")
_MOST_IN_A_NAME: Final = 32  # bytes, as IEEE 802.11 has it
_wifi: Final = Passing("Wi-Fi", Wifi, NO_WIFI)  # in no file


class SeatSeen(NamedTuple):
    """A seat as the facilitator sees it; `aside` says why it is set aside, "" where it is not."""

    id: str
    tag: str
    aside: str


class TeamSeats(NamedTuple):
    """The seats of one team, by tag."""

    team: Team
    seats: tuple[SeatSeen, ...]

    @property
    def there(self) -> int:
        """How many seats of it count."""
        return sum(1 for seat in self.seats if not seat.aside)


class Seating(NamedTuple):
    """Who is seated; `people` are expected (None: nobody said), `knocked` a team a device.

    `scored` counts the seats that count and have answered something which is still sealed.
    `addresses` are those of this laptop at which seats were taken since the app started.
    """

    teams: tuple[TeamSeats, ...]
    joining_closed: bool
    knocked: tuple[str, ...]
    people: int | None
    scored: int
    addresses: tuple[str, ...]

    @property
    def there(self) -> int:
        """How many seats count."""
        return sum(team.there for team in self.teams)

    @property
    def over(self) -> int:
        """How many more seats count than people are expected."""
        return max(0, self.there - self.people) if self.people else 0


class OwnSeat(NamedTuple):
    """What a seat is told of itself: its tag, the seats of its team, and why it is set aside."""

    tag: str
    in_team: int
    aside: str


def seating_now(caller: admitting.Caller, code: str) -> Seating:
    """Give the facilitator who is seated, without anything of what they answered."""
    with admitting.facilitating(caller, code, reading) as (cursor, workshop):
        seats, aside = (
            [seat for seat in seat_rows.seats_of(cursor, workshop.id) if not seat.apart],
            seat_rows.aside_in(cursor, workshop.id),
        )
        seat_key = seat_rows.seat_key_of(cursor, workshop.id) or b""
        closed, people = (
            seat_rows.is_joining_shut(cursor, workshop.id),
            seat_rows.expected_in(cursor, workshop.id),
        )
        scored = _scored(cursor, workshop)
    addresses = tuple(sorted(_addresses.get(workshop.code, ())))
    seen = {seat.id: SeatSeen(seat.id, _tag(seat_key, seat.id), "") for seat in seats}
    seen |= {seat: seen[seat]._replace(aside=why) for seat, why in aside.items()}
    teams = tuple(_team_seats(team, seats, seen) for team in workshop.teams)
    return Seating(teams, closed, _knocked(workshop), people, scored, addresses)


def joining_now(caller: admitting.Caller, code: str) -> Seating:
    """Give it to the facilitator as `seating_now` does, but for what votes move: who has scored."""
    with admitting.facilitating(caller, code, reading) as (_, workshop):
        pass
    return once_but_votes(workshop.code, "seating", lambda: seating_now(caller, code))


def my_seat(caller: admitting.Caller, code: str) -> OwnSeat:
    """Give a seat its tag, how many seats its team has, and whether it is set aside.

    Raises:
        NoSeat: this device has no seat in it.
    """
    with admitting.asking(caller, code) as (cursor, workshop, seat):
        tag = tag_of(cursor, workshop, seat.id)
    sizes, aside = once_but_votes(workshop.code, "seats a team", lambda: _sizes(workshop))
    return OwnSeat(tag, sizes[seat.team_id], aside.get(seat.id, ""))


def is_joining_closed(code: str) -> bool:
    """Tell whoever has the code whether joining is closed."""
    with admitting.visiting(code) as (cursor, workshop):
        return once_a_deed(
            workshop.code, "joining", lambda: seat_rows.is_joining_shut(cursor, workshop.id)
        )


def set_seats_aside(
    caller: admitting.Caller, code: str, seat_ids: Collection[str], why: str
) -> None:
    """Set seats aside: they count nowhere until they are put back. What was revealed stays.

    Args:
        caller: who asks.
        code: of the workshop.
        seat_ids: as `seating_now` gave them; one that is aside already stays so.
        why: one of REASONS, or what the facilitator typed; its person reads it.

    Raises:
        ChoiceRefused: no seat or no reason was given, or it looks like somebody's details.
        TextRefused: the reason is too long.
        NoSuchSeat: one of them is not in this workshop.
    """
    reason = clean_line("the reason", LONGEST_WHY_ASIDE, why)
    if details := personal_details(reason):
        raise errors.ChoiceRefused(f"This looks like {details}. Say why without it.")
    if not seat_ids or not reason:
        raise errors.ChoiceRefused(
            "Choose a seat, and say why it is set aside: its person reads it."
        )
    _move_aside(caller, code, seat_ids, reason, aside=True)


def put_seats_back(caller: admitting.Caller, code: str, seat_ids: Collection[str]) -> None:
    """Put seats back: from now on they count, with what they had given in rounds still sealed.

    Raises:
        NoSuchSeat: one of them is not in this workshop.
        RoomFull: others have taken their places.
    """
    _move_aside(caller, code, seat_ids, "", aside=False)


def change_joining(caller: admitting.Caller, code: str, *, closed: bool) -> None:
    """Close joining, so that nobody more takes a seat or changes teams; or open it again."""
    with admitting.facilitating(caller, code) as (cursor, workshop):
        if seat_rows.is_joining_shut(cursor, workshop.id) != closed:
            seat_rows.add_joining(cursor, workshop.id, closed=closed)
            admitting.remember(cursor, workshop, f"Joining was {'closed' if closed else 'opened'}.")
    _knocks.forget(workshop.code)
    changed(workshop.code, Channel.ROOM)


def expect_people(caller: admitting.Caller, code: str, people: Any) -> None:
    """Say how many people are in the room: as many may have scored at a reveal.

    Raises:
        ChoiceRefused: it is no number from 1 to 1,000.
    """
    if type(people) is not int or not 1 <= people <= MOST_SEATS:
        raise errors.ChoiceRefused(
            f"Say how many people are here: a number from 1 to {MOST_SEATS:,}."
        )
    with admitting.facilitating(caller, code) as (cursor, workshop):
        if seat_rows.expected_in(cursor, workshop.id) != people:
            seat_rows.add_expected(cursor, workshop.id, people)
            admitting.remember(cursor, workshop, f"{people} people were said to be here.")
    changed(workshop.code, Channel.ROOM)


def check_seats_are_people(cursor: Cursor, workshop: Workshop) -> None:
    """Refuse to reveal what more seats scored than people are expected.

    Raises:
        MoreSeatsThanPeople: somebody may have scored twice, and a small group would be shown.
    """
    people, scored = seat_rows.expected_in(cursor, workshop.id), _scored(cursor, workshop)
    if people is not None and wants_a_count(workshop, people, scored):
        raise errors.MoreSeatsThanPeople(
            f"{scored} seats have scored, and {people} people were expected. Set aside the seats "
            "that are nobody's, or say how many people are here."
        )


def wants_a_count(workshop: Workshop, people: int | None, scored: int) -> bool:
    """Tell whether the room is to be counted before a reveal: a seat may be nobody's.

    Where nobody said how many people come (an older file), that is so whenever a small group is
    not shown alone; of invented scores there is nobody to count.
    """
    if workshop.holder is not Holder.PERSON:
        return False
    if people is None:
        return workshop.guard > 1 and scored > 0 and not workshop.invented
    return scored > people


def check_joining_open(
    cursor: Cursor, caller: admitting.Caller, workshop: Workshop, team: Team
) -> None:
    """Refuse a seat where joining is closed; the facilitator is told.

    Raises:
        JoiningClosed: nobody more may take a seat, or change teams.
    """
    if seat_rows.is_joining_shut(cursor, workshop.id):
        _knock(workshop.code, admitting.plain_hash(caller.seat), team.name)
        raise errors.JoiningClosed(
            "Joining is closed. Your facilitator can see that somebody is waiting for "
            f"{team.name}, and can open it: then try again."
        )


def remember_address(code: str, address: str) -> None:
    """Remember at which address of this laptop a seat was taken: a phone knows itself at one."""
    with _addresses_lock:
        here = _addresses.setdefault(code, set())
        if len(here) < _MOST_ADDRESSES:
            here.add(address)


def tell_wifi(caller: admitting.Caller, code: str, name: str, password: str) -> None:
    """Show a Wi-Fi on the projected screens of a workshop; NO_WIFI takes it away.

    Raises:
        TextRefused: no Wi-Fi can be called so, or has such a password.
    """
    with admitting.facilitating(caller, code, reading) as (_, workshop):
        _check_wifi(name, password)
    admitting.check_changes(admitting.role_of(caller, code))
    _wifi.put(workshop.code, Wifi(name, password) if name else NO_WIFI)
    changed(workshop.code, Channel.ROOM)


def wifi_now(caller: admitting.Caller, code: str) -> Wifi:
    """Give the Wi-Fi that is shown to the facilitator and the walls, or NO_WIFI."""
    with admitting.watching(caller, code) as (_, workshop):
        return _wifi.now(workshop.code)


def where_wifi_is() -> str:
    """Say where the Wi-Fi that is shown is kept, and when it goes."""
    if is_shared():
        return (
            "It is kept in the room's database for a day at most: it goes when you take it away or "
            "close the workshop."
        )
    return (
        "It is kept in no file: it goes when you take it away, close the workshop or stop the app."
    )


def _check_wifi(name: str, password: str) -> None:
    if (password and not name) or len(name.encode()) > _MOST_IN_A_NAME or not name.isprintable():
        raise errors.TextRefused(
            "The name of a Wi-Fi has 1 to 32 letters and marks. Copy it from a phone."
        )
    is_key = len(password) == 64 and set(password.lower()) <= set("0123456789abcdef")
    if password and not is_key and not (8 <= len(password) <= 63 and _is_ascii(password)):
        raise errors.TextRefused(
            "The password of a Wi-Fi has 8 to 63 letters, digits and marks of an English keyboard. "
            f"This has {len(password)}."
        )


def _is_ascii(text: str) -> bool:
    return text.isascii() and text.isprintable()


def check_not_full(cursor: Cursor, workshop: Workshop, more: int = 1) -> None:
    """Refuse more seats than a workshop holds: that many more would count.

    Raises:
        RoomFull: it would have more than 1,000 that count.
    """
    if more > 0 and seat_rows.count_seats_there(cursor, workshop.id) + more > MOST_SEATS:
        raise errors.RoomFull(
            f"This workshop has {MOST_SEATS:,} seats, as many as it holds. Tell your facilitator."
        )


def tag_of(cursor: Cursor, workshop: Workshop, seat_id: str) -> str:
    """Give the tag of a seat to who has been let in."""
    return _tag(seat_rows.seat_key_of(cursor, workshop.id) or b"", seat_id)


def _team_seats(team: Team, seats: Collection[Seat], seen: Mapping[str, SeatSeen]) -> TeamSeats:
    mine = [seen[seat.id] for seat in seats if seat.team_id == team.id]
    return TeamSeats(team, tuple(sorted(mine, key=lambda seat: seat.tag)))


def _sizes(workshop: Workshop) -> tuple[Counter[str], dict[str, str]]:
    with reading(workshop.code) as cursor:
        there = seat_rows.seats_there(cursor, workshop.id)
        return Counter(seat.team_id for seat in there), seat_rows.aside_in(cursor, workshop.id)


def _tag(seat_key: bytes, seat_id: str) -> str:
    # By the key: once the workshop is closed, nobody can tell a tag's seat in the file.
    drawn = int(admitting.keyed_hash(seat_key, f"tag {seat_id}"), 16)
    letters = (SHORT_CODE_LETTERS[drawn >> 5 * place & 31] for place in range(_TAG))
    return "".join(letters)


def _move_aside(
    caller: admitting.Caller, code: str, seat_ids: Collection[str], reason: str, *, aside: bool
) -> None:
    with admitting.facilitating(caller, code) as (cursor, workshop):
        here = {seat.id for seat in seat_rows.seats_of(cursor, workshop.id) if not seat.apart}
        if not set(seat_ids) <= here:
            raise errors.NoSuchSeat("That seat is not here. Look at the seats again.")
        before = seat_rows.aside_in(cursor, workshop.id)
        if not aside:
            check_not_full(cursor, workshop, len(before.keys() & set(seat_ids)))
        for seat_id in sorted(seat_ids):
            if (seat_id in before) != aside:
                seat_rows.add_aside(cursor, workshop.id, seat_id, reason, aside=aside)
        many = "A seat was" if len(seat_ids) == 1 else f"{len(seat_ids)} seats were"
        admitting.remember(cursor, workshop, f"{many} {'set aside' if aside else 'put back'}.")
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def _scored(cursor: Cursor, workshop: Workshop) -> int:
    opened = open_rounds(every_round_of(cursor, workshop.id)).items()
    there = {seat.id for seat in seat_rows.seats_there(cursor, workshop.id)}
    gave = {seat for *_, seat in answered_in(cursor, workshop.id, opened)}
    return len(gave & there)


def _knock(code: str, device: str, team: str) -> None:
    before = _knocks.asked(code)
    if device in before or len(before) >= _MOST_KNOCKS:
        return
    _knocks.change(code, lambda knocks: knocks | {device: team})
    joined(code)


def _knocked(workshop: Workshop) -> tuple[str, ...]:
    return tuple(_knocks.now(workshop.code).values())
