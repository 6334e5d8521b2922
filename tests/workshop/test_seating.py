"""Who is seated: a seat set aside counts nowhere, joining closed, and more seats than people."""

import re
from collections.abc import Sequence
from itertools import combinations
from urllib.parse import urlencode

import pytest

from aqua_core.charts.sentences.seat import at_two_addresses
from aqua_core.errors import (
    ChoiceRefused,
    JoiningClosed,
    MoreSeatsThanPeople,
    NoSuchSeat,
    NotSignedIn,
    RoomFull,
    SeatAside,
)
from aqua_core.store.database import writing
from aqua_core.store.seats import add_seat
from aqua_core.vocabulary import (
    MOST_SEATS,
    Compare,
    Holder,
    Place,
    Seat,
    Sector,
    Tier,
    Wording,
    Workshop,
)
from aqua_core.vocabulary.shown import Shown
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.foreseeing import foreseen_now
from aqua_core.workshop.joining import my_part, my_result, my_team, take_seat
from aqua_core.workshop.naming import TeamDraft, add_team
from aqua_core.workshop.noting import give_reason, reasons_now
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.revealing import open_scoring, resume_scoring, reveal
from aqua_core.workshop.scoring import my_ballot, submit_score
from aqua_core.workshop.seating import (
    change_joining,
    expect_people,
    my_seat,
    put_seats_back,
    seating_now,
    set_seats_aside,
    wants_a_count,
)
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.showing import shown_now
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from pages import _way
from tests.kit.devices import Device
from tests.kit.looking import press, words
from tests.kit.notation import DAY, INSTRUMENT, made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
WHY = "a second device of the same person"
L = "leadership"


@pytest.fixture
def workshop(facilitator: Caller) -> Workshop:
    return made(facilitator, "Council", "Trust", "GPs")


def seats(workshop: Workshop, name: str, points: Sequence[int | None]) -> list[Caller]:
    """Seat a person for each of these points on the domain that is open; None answers nothing."""
    callers = [seated(workshop, name) for _ in points]
    for caller, given in zip(callers, points, strict=True):
        if given is not None:
            submit_score(caller, workshop.code, L, given)
    return callers


def seat_of(facilitator: Caller, workshop: Workshop, person: Caller) -> str:
    """Give the id of a seat as the facilitator finds it: by the tag on its phone."""
    tag = my_seat(person, workshop.code).tag
    (found,) = (
        seat.id
        for team in seating_now(facilitator, workshop.code).teams
        for seat in team.seats
        if seat.tag == tag
    )
    return found


def aside(facilitator: Caller, workshop: Workshop, person: Caller) -> str:
    seat = seat_of(facilitator, workshop, person)
    set_seats_aside(facilitator, workshop.code, [seat], WHY)
    return seat


def points_in(shown: Shown) -> list[int]:
    """Give every score that is shown of the one domain, in order."""
    marks = shown.spreads[Compare.PARTNER][0].marks
    return sorted(mark.points for mark in marks for _ in range(mark.seats))


# A seat set aside


def test_a_seat_set_aside_counts_nowhere_and_its_person_is_told(
    workshop: Workshop, facilitator: Caller
) -> None:
    open_scoring(facilitator, workshop.code, [L])
    _, extra = seats(workshop, "Council", [1, 5])
    seats(workshop, "Trust", [2, 3, 4])

    aside(facilitator, workshop, extra)

    now = room_now(facilitator, workshop.code)
    assert (now.seats, now.finished, now.answers) == (4, 4, 4)
    assert foreseen_now(facilitator, workshop.code).finished.people == 4
    assert my_seat(extra, workshop.code).aside == WHY
    with pytest.raises(SeatAside, match="set this seat aside"):
        submit_score(extra, workshop.code, L, 4)
    with pytest.raises(SeatAside):
        take_seat(extra, workshop.code, workshop.teams[1].id)
    reveal(facilitator, workshop.code)
    shown = shown_now(facilitator, workshop.code)
    assert points_in(shown) == [1, 2, 3, 4]
    assert my_part(extra, workshop.code).aside


def test_a_seat_put_back_counts_with_what_it_had_given(
    workshop: Workshop, facilitator: Caller
) -> None:
    open_scoring(facilitator, workshop.code, [L])
    *_, person = seats(workshop, "Council", [1, 2, 5])
    seat = aside(facilitator, workshop, person)

    put_seats_back(facilitator, workshop.code, [seat])

    assert my_ballot(person, workshop.code).answers == {L: 5}
    assert room_now(facilitator, workshop.code).finished == 3
    reveal(facilitator, workshop.code)
    assert [row.mine for row in my_result(person, workshop.code)] == [5]


def test_setting_aside_or_putting_back_after_a_reveal_changes_nothing_that_was_shown(
    workshop: Workshop, facilitator: Caller
) -> None:
    open_scoring(facilitator, workshop.code, [L])
    person, *_ = seats(workshop, "Council", [5, 1, 2, 3])
    other, *_ = seats(workshop, "Trust", [0, 2, 3])
    out = aside(facilitator, workshop, other)
    reveal(facilitator, workshop.code)
    before = shown_now(facilitator, workshop.code)

    aside(facilitator, workshop, person)
    put_seats_back(facilitator, workshop.code, [out])

    assert shown_now(facilitator, workshop.code) == before


@pytest.mark.parametrize("again", [(1, 2, 3, 4, 4, 5), (0, 0, 3, 4, 4, 5)])
def test_a_second_look_after_setting_aside_says_the_same_whatever_that_seat_had_given(
    facilitator: Caller, again: Sequence[int]
) -> None:
    """The first look with it, less the second without it, would be its score."""
    said = []
    for given in (0, 3, 5):
        workshop = made(facilitator, "Council", "Trust")
        open_scoring(facilitator, workshop.code, [L])
        person, *council = seats(workshop, "Council", [given, 1, 2, 3])
        trust = seats(workshop, "Trust", [4, 4, 5])
        reveal(facilitator, workshop.code)
        aside(facilitator, workshop, person)
        open_scoring(facilitator, workshop.code, [L])
        for caller, points in zip([*council, *trust], again, strict=True):
            submit_score(caller, workshop.code, L, points)
        reveal(facilitator, workshop.code)
        shown = shown_now(facilitator, workshop.code)
        assert shown.rounds == {L: 2}  # as many as the first look had without it
        assert (shown.movements, shown.first_spreads[Compare.PARTNER]) == ((), ())
        said.append([group.model_dump() for group in shown.spreads[Compare.TEAM]])

    assert _without_ids(said[0]) == _without_ids(said[1]) == _without_ids(said[2])


def _without_ids(spreads: object) -> str:
    return re.sub(r"'id': '[^']*'", "", repr(spreads))


def test_a_look_that_goes_on_keeps_the_answer_that_was_shown_with_a_seat_set_aside(
    facilitator: Caller,
) -> None:
    shown = []
    for leaves in (False, True):
        workshop = made(facilitator, "Council", "Trust")
        open_scoring(facilitator, workshop.code, [L])
        person, *_ = seats(workshop, "Council", [5, 1, 2, 3])
        late = seats(workshop, "Trust", [4, 4, 5, None, None, None])[3:]
        reveal(facilitator, workshop.code)
        if leaves:
            aside(facilitator, workshop, person)
        resume_scoring(facilitator, workshop.code)
        for caller, points in zip(late, (0, 2, 3), strict=True):
            submit_score(caller, workshop.code, L, points)
        reveal(facilitator, workshop.code)
        now = shown_now(facilitator, workshop.code)
        assert now.rounds == {L: 2}
        shown.append(points_in(now))

    assert shown[0] == shown[1] == [0, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_what_a_seat_set_aside_wrote_is_never_read_not_even_after_the_close(
    workshop: Workshop, facilitator: Caller
) -> None:
    open_scoring(facilitator, workshop.code, [L])
    person, other, *_ = seats(workshop, "Council", [5, 1, 2, 3])
    for caller, said in ((person, "Mine alone"), (other, "The board minutes")):
        give_reason(caller, workshop.code, L, Wording(said=said, with_team=False), meant=1)
    aside(facilitator, workshop, person)
    reveal(facilitator, workshop.code)
    assert [reason.said for reason in reasons_now(facilitator, workshop.code)] == [
        "The board minutes"
    ]

    close_workshop(facilitator, workshop.code)

    assert [reason.said for reason in reasons_now(facilitator, workshop.code)] == [
        "The board minutes"
    ]


def test_a_seat_is_set_aside_by_the_facilitator_alone_and_with_a_reason(
    workshop: Workshop, facilitator: Caller
) -> None:
    person = seated(workshop, "Council")
    seat = seat_of(facilitator, workshop, person)
    elsewhere = made(facilitator, "Elsewhere", "Trust")
    stranger = seat_of(facilitator, elsewhere, seated(elsewhere, "Trust"))

    for caller in (person, Caller()):
        with pytest.raises(NotSignedIn):
            set_seats_aside(caller, workshop.code, [seat], WHY)
        with pytest.raises(NotSignedIn):
            seating_now(caller, workshop.code)
    for seat_ids, why in (([], WHY), ([seat], " "), ([seat], "ring 07700 900123")):
        with pytest.raises(ChoiceRefused):
            set_seats_aside(facilitator, workshop.code, seat_ids, why)
    with pytest.raises(NoSuchSeat):
        set_seats_aside(facilitator, workshop.code, [stranger], WHY)
    assert my_seat(person, workshop.code).aside == ""


# Seats that answered nothing


@pytest.mark.parametrize("guard", [3, 5])
def test_seats_that_answer_nothing_lift_nobody_over_the_guard(
    facilitator: Caller, guard: int
) -> None:
    workshop = made(facilitator, "Council", "Trust", "GPs", guard=guard)
    open_scoring(facilitator, workshop.code, [L])
    alone, *_ = seats(workshop, "Council", [5, *[None] * 5])
    seats(workshop, "Trust", [1, 2, 2, 3, 4])
    seats(workshop, "GPs", [0, 3, 3, 3, 4])
    reveal(facilitator, workshop.code)

    shown = shown_now(facilitator, workshop.code)

    for compare in Compare:
        for spread in shown.spreads[compare]:
            council = [mark for mark in spread.marks if "Council" in mark.group.name]
            assert not council, compare
    (row,) = my_result(alone, workshop.code)
    assert (row.mine, row.figure) == (5, None) or row.whose is not None


# Joining closed


def test_a_closed_door_lets_nobody_in_and_the_facilitator_sees_who_waits(
    workshop: Workshop, facilitator: Caller
) -> None:
    sitting = seated(workshop, "Council")
    change_joining(facilitator, workshop.code, closed=True)
    late = Device("10.9.0.1")
    page = late.get(f"/join/{workshop.code}")
    assert "Joining is closed for now." in page.text

    for _ in range(2):  # a second tap is the same device
        answer = late.post(f"/join/{workshop.code}", team=workshop.teams[1].id)
        assert (answer.status, "Joining is closed." in answer.text) == (409, True)
    with pytest.raises(JoiningClosed):
        take_seat(sitting, workshop.code, workshop.teams[1].id)

    now = seating_now(facilitator, workshop.code)
    assert (now.joining_closed, now.there) == (True, 1)
    assert sorted(now.knocked) == ["Trust", "Trust"]  # the late one, and who would change teams
    open_scoring(facilitator, workshop.code, [L])
    submit_score(sitting, workshop.code, L, 3)  # who sits goes on
    change_joining(facilitator, workshop.code, closed=False)
    assert late.post(f"/join/{workshop.code}", team=workshop.teams[1].id).status == 303
    assert my_team(late.caller, workshop.code) == workshop.teams[1]
    assert seating_now(facilitator, workshop.code).knocked == ()


def test_knocks_without_end_are_counted_up_to_99(workshop: Workshop, facilitator: Caller) -> None:
    change_joining(facilitator, workshop.code, closed=True)
    for _ in range(120):
        with pytest.raises(JoiningClosed):
            take_seat(Caller(), workshop.code, workshop.teams[0].id)

    assert len(seating_now(facilitator, workshop.code).knocked) <= 99


def test_a_workshop_holds_a_thousand_seats_that_count(
    workshop: Workshop, facilitator: Caller
) -> None:
    team = workshop.teams[0].id
    with writing() as cursor:
        for number in range(MOST_SEATS):
            add_seat(cursor, workshop.id, Seat(id=f"f{number}", team_id=team), f"hash {number}")

    with pytest.raises(RoomFull, match="1,000 seats, as many as it holds"):
        take_seat(Caller(), workshop.code, team)

    set_seats_aside(facilitator, workshop.code, ["f0"], WHY)
    assert take_seat(Caller(), workshop.code, team)
    with pytest.raises(RoomFull):
        put_seats_back(facilitator, workshop.code, ["f0"])
    put_seats_back(facilitator, workshop.code, ["f1"])  # it was never aside
    set_seats_aside(facilitator, workshop.code, ["f1"], WHY)
    put_seats_back(facilitator, workshop.code, ["f0"])
    assert seating_now(facilitator, workshop.code).there == MOST_SEATS


# Seats beside people


def test_a_reveal_waits_while_more_seats_have_scored_than_people_are_expected(
    workshop: Workshop, facilitator: Caller
) -> None:
    expect_people(facilitator, workshop.code, 4)
    open_scoring(facilitator, workshop.code, [L])
    victim, *windows = seats(workshop, "Council", [5, 0, 0])
    seats(workshop, "Trust", [1, 2, 3])

    now = seating_now(facilitator, workshop.code)
    assert (now.there, now.over, now.teams[0].there) == (6, 2, 3)
    with pytest.raises(MoreSeatsThanPeople, match="6 seats have scored, and 4 people"):
        reveal(facilitator, workshop.code)

    for window in windows:
        aside(facilitator, workshop, window)
    reveal(facilitator, workshop.code)
    (row,) = my_result(victim, workshop.code)
    assert row.mine == 5
    assert points_in(shown_now(facilitator, workshop.code)) == [1, 2, 3, 5]


def test_seats_that_only_joined_stop_no_reveal(workshop: Workshop, facilitator: Caller) -> None:
    expect_people(facilitator, workshop.code, 3)
    open_scoring(facilitator, workshop.code, [L])
    seats(workshop, "Council", [5, 1, 2, None, None])

    reveal(facilitator, workshop.code)

    assert shown_now(facilitator, workshop.code).rounds == {L: 1}


@pytest.mark.parametrize(
    ("but", "people", "wanted"),
    [
        ({}, None, True),
        ({}, 5, True),
        ({}, 6, False),
        ({"guard": 1}, None, False),
        ({"guard": 1}, 5, True),
        ({"invented": True}, None, False),
        ({"holder": Holder.LAPTOP}, None, False),
        ({"holder": Holder.LAPTOP}, 5, False),
    ],
)
def test_the_room_is_counted_where_six_seats_may_be_fewer_people(
    workshop: Workshop, but: dict[str, object], people: int | None, wanted: bool
) -> None:
    assert wants_a_count(workshop.model_copy(update=but), people, 6) == wanted


def test_the_dialog_of_an_older_file_asks_for_the_count(
    looks, workshop: Workshop, facilitator: Caller
) -> None:
    with writing() as cursor:
        cursor.execute("DELETE FROM expected WHERE workshop_id = $1", [workshop.id])
    open_scoring(facilitator, workshop.code, [L])
    seats(workshop, "Council", [5, 0, 0])
    app = looks(facilitator, _way.ROOM, workshop.code)

    press(app, "Reveal")

    assert "3 seats have scored, and nobody said how many people are here" in words(app)
    (asked,) = app.number_input
    assert asked.value is None


def test_how_many_are_here_may_be_said_again(workshop: Workshop, facilitator: Caller) -> None:
    expect_people(facilitator, workshop.code, 2)
    open_scoring(facilitator, workshop.code, [L])
    seats(workshop, "Council", [5, 1, 2])
    for odd in (0, -1, MOST_SEATS + 1, True, 2.5, "3", None):
        with pytest.raises(ChoiceRefused):
            expect_people(facilitator, workshop.code, odd)

    expect_people(facilitator, workshop.code, 3)

    reveal(facilitator, workshop.code)
    assert room_now(facilitator, workshop.code).revealed == (L,)


def test_a_phone_reads_how_many_seats_its_team_has(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    first = seated(workshop, "Council")
    assert my_seat(first, workshop.code).in_team == 1
    others = [seated(workshop, "Council") for _ in range(2)]
    seated(workshop, "Trust")

    assert my_seat(first, workshop.code).in_team == 3
    aside(facilitator, workshop, others[0])
    assert my_seat(first, workshop.code).in_team == 2


def test_tags_tell_the_seats_of_a_room_apart(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.PERSON)
    callers = [seated(workshop, "Council") for _ in range(12)]

    tags = [my_seat(caller, workshop.code).tag for caller in callers]

    assert all(one != other for one, other in combinations(tags, 2))
    assert sorted(tags) == [
        seat.tag for seat in seating_now(facilitator, workshop.code).teams[0].seats
    ]


def test_phones_that_join_at_two_addresses_of_the_laptop_are_noticed(
    workshop: Workshop, facilitator: Caller
) -> None:
    form = urlencode({"team": workshop.teams[0].id}).encode()
    for host in (b"192.0.2.1", b"192.0.2.1", b"localhost:8501"):
        phone = Device("10.9.0.2")
        phone.get(f"/join/{workshop.code}")
        seen = {b"host": host.decode(), b"sec-fetch-site": "same-origin"}
        assert phone._ask("POST", f"/join/{workshop.code}", b"", form, seen).status == 303

    addresses = seating_now(facilitator, workshop.code).addresses

    assert addresses == ("192.0.2.1", "localhost")
    assert at_two_addresses(addresses).startswith("Devices joined at 192.0.2.1 and localhost. One")
    assert at_two_addresses(addresses[:1]) == ""


def test_set_up_keeps_how_many_people_come(facilitator: Caller) -> None:
    draft = WorkshopDraft(
        place=Place(name="Wigan"),
        partners=[PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("A", "B")],
        instrument=INSTRUMENT,
        held_on=DAY,
        holder=Holder.PERSON,
    )
    unsaid, said = (set_up(facilitator, typed, DAY) for typed in (draft, draft._replace(people=12)))

    assert seating_now(facilitator, unsaid.code).people is None
    assert seating_now(facilitator, said.code).people == 12
    for workshop, people in ((unsaid, None), (said, 14)):
        add_team(facilitator, workshop.code, TeamDraft("C", Sector.ACUTE, Tier.BOARD))
        assert seating_now(facilitator, workshop.code).people == people
    last = last_done_now(facilitator, said.code)
    assert last
    undo_last_done(facilitator, said.code, last.sequence)
    assert seating_now(facilitator, said.code).people == 12
