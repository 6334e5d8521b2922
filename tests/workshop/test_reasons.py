"""What a seat would point at: sealed, then the facilitator's to show, and nobody's to edit."""

import random

import pytest

from aqua_core.errors import (
    NoSeat,
    NoSuchReason,
    NoSuchWorkshop,
    NotScored,
    NotSignedIn,
    RoundClosed,
    TextRefused,
    TooFast,
)
from aqua_core.store.database import reading
from aqua_core.store.talk import reasons_in
from aqua_core.vocabulary import Reason, Wording, Workshop
from aqua_core.workshop import noting as pointing
from aqua_core.workshop import tries
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.noting import (
    Written,
    give_reason,
    hide_reason,
    reasons_now,
    show_reason,
    shown_reasons,
)
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import Meant, my_ballot, submit_score
from tests.kit.notation import made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
CULTURE = "culture"


@pytest.fixture
def workshop(facilitator: Caller) -> Workshop:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, [CULTURE, "workforce"])
    return workshop


def point(
    workshop: Workshop, seat: Caller, said: str, *, with_team: bool = False, meant: int | Meant = 1
) -> Written:
    given = Wording(said=said, with_team=with_team)
    return give_reason(seat, workshop.code, CULTURE, given, meant=meant)


def pointed(facilitator: Caller, workshop: Workshop) -> list[str]:
    return [reason.said for reason in reasons_now(facilitator, workshop.code)]


def only(facilitator: Caller, workshop: Workshop) -> Reason:
    (reason,) = reasons_now(facilitator, workshop.code)
    return reason


def test_a_reason_is_sealed_until_the_reveal_for_the_facilitator_too(
    facilitator: Caller, workshop: Workshop
) -> None:
    seat = seated(workshop, "Council")
    point(workshop, seat, "Two boards that never meet")

    assert pointed(facilitator, workshop) == []
    assert my_ballot(seat, workshop.code).reasons[CULTURE].said == "Two boards that never meet"
    with pytest.raises(NoSuchReason):
        show_reason(facilitator, workshop.code, _id_of(workshop))
    reveal(facilitator, workshop.code)
    assert pointed(facilitator, workshop) == ["Two boards that never meet"]
    assert shown_reasons(facilitator, workshop.code, CULTURE) == ()


def _id_of(workshop: Workshop) -> str:
    with reading() as cursor:
        return reasons_in(cursor, workshop.id)[0].id


def test_a_domain_that_is_scored_again_takes_its_reasons_off_every_screen(
    facilitator: Caller, workshop: Workshop
) -> None:
    seat = seated(workshop, "Council")
    submit_score(seat, workshop.code, CULTURE, 2)
    point(workshop, seat, "Two boards")
    reveal(facilitator, workshop.code)
    show_reason(facilitator, workshop.code, only(facilitator, workshop).id)
    assert len(shown_reasons(facilitator, workshop.code, CULTURE)) == 1

    open_scoring(facilitator, workshop.code, [CULTURE])
    assert (pointed(facilitator, workshop), my_ballot(seat, workshop.code).reasons) == ([], {})
    assert shown_reasons(facilitator, workshop.code, CULTURE) == ()
    point(workshop, seat, "The Trust's answer moved me", meant=2)
    reveal(facilitator, workshop.code)

    numbers = {reason.said: reason.number for reason in reasons_now(facilitator, workshop.code)}
    assert numbers == {"Two boards": 1, "The Trust's answer moved me": 2}


def test_a_team_is_named_only_where_the_seat_asked_and_it_is_the_one_it_moved_to(
    facilitator: Caller, workshop: Workshop
) -> None:
    named, quiet = seated(workshop, "Council"), seated(workshop, "Council")
    point(workshop, named, "Money", with_team=True)
    point(workshop, quiet, "Time")

    for seat in (named, quiet):
        take_seat(seat, workshop.code, workshop.teams[1].id)
    ballot = my_ballot(named, workshop.code)
    reveal(facilitator, workshop.code)

    assert ballot.reasons[CULTURE] == Wording(said="Money", with_team=True)
    teams = {reason.said: reason.team for reason in reasons_now(facilitator, workshop.code)}
    assert teams == {"Money": "Trust", "Time": ""}


def test_a_reason_is_changed_and_taken_back_until_the_reveal(
    facilitator: Caller, workshop: Workshop
) -> None:
    seat, other = seated(workshop, "Council"), seated(workshop, "Trust")
    point(workshop, seat, "Money", with_team=True)
    point(workshop, seat, "  Money,   and time ")
    point(workshop, other, "Nobody decides")
    gone = point(workshop, other, "", with_team=True)
    never = point(workshop, seated(workshop, "Trust"), "   ")
    reveal(facilitator, workshop.code)

    assert (gone.kept, gone.times) == (Wording(), 2)
    assert (never.times, never.stands) == (0, True)
    found = [(reason.said, reason.team) for reason in reasons_now(facilitator, workshop.code)]
    assert found == [("Money, and time", "")]


def test_after_the_reveal_nothing_is_taken_and_nothing_is_lost(
    facilitator: Caller, workshop: Workshop
) -> None:
    seat = seated(workshop, "Council")
    point(workshop, seat, "Money")
    reveal(facilitator, workshop.code)

    for said in ("Time", ""):
        with pytest.raises(RoundClosed):
            point(workshop, seat, said)
    assert pointed(facilitator, workshop) == ["Money"]
    open_scoring(facilitator, workshop.code, [CULTURE])
    with pytest.raises(RoundClosed):
        point(workshop, seat, "Typed for the first round")


def test_what_is_sent_again_or_was_overtaken_changes_nothing(workshop: Workshop) -> None:
    seat = seated(workshop, "Council")
    first = point(workshop, seat, "Two", meant=Meant(1, 0))
    again = point(workshop, seat, "Two", meant=Meant(1, 0))
    second = point(workshop, seat, "Two boards", meant=Meant(1, 1))
    late = point(workshop, seat, "Tw", meant=Meant(1, 0))

    assert (first.times, again.times, again.stands) == (1, 1, True)
    assert (second.times, second.stands) == (2, True)
    assert (late.kept.said, late.times, late.stands) == ("Two boards", 2, False)


@pytest.mark.slow
def test_alike_reasons_are_one_and_their_order_says_nothing_of_who_came_first(
    facilitator: Caller,
) -> None:
    said = [f"Reason {number}" for number in range(9)]
    orders = set()
    for _ in range(2):
        workshop = made(facilitator, "Council", "Trust")
        open_scoring(facilitator, workshop.code, [CULTURE])
        for line in said:
            point(workshop, seated(workshop, "Council"), line)
        for line in ("money", "Money ", "MONEY"):
            point(workshop, seated(workshop, "Trust"), line, with_team=True)
        reveal(facilitator, workshop.code)
        found = reasons_now(facilitator, workshop.code)
        orders.add(tuple(reason.said for reason in found if reason.times == 1))
        (alike,) = [reason for reason in found if reason.times == 3]
        assert (alike.said.casefold(), alike.team, len(found)) == ("money", "", 10)

    # By chance one order in 9! (362,880) is the one in which they were given.
    assert all(sorted(order) == sorted(said) for order in orders)
    assert len(orders) == 2
    assert tuple(said) not in orders


def test_a_reason_is_shown_and_hidden_as_often_as_the_facilitator_likes_and_stays_as_written(
    facilitator: Caller, workshop: Workshop
) -> None:
    point(workshop, seated(workshop, "Council"), "Money")
    reveal(facilitator, workshop.code)
    reason = only(facilitator, workshop)
    assert reason.shown is None

    for act, shown in ((show_reason, True), (hide_reason, False), (show_reason, True)):
        act(facilitator, workshop.code, reason.id)
        assert only(facilitator, workshop) == reason.model_copy(update={"shown": shown})
        on_the_wall = shown_reasons(facilitator, workshop.code, CULTURE)
        assert [reason.said for reason in on_the_wall] == (["Money"] if shown else [])
    assert shown_reasons(facilitator, workshop.code, "workforce") == ()


def test_a_seat_can_neither_read_nor_show_a_reason_nor_write_anothers(
    facilitator: Caller, workshop: Workshop
) -> None:
    seat, other = seated(workshop, "Council"), seated(workshop, "Council")
    point(workshop, seat, "Money")
    point(workshop, other, "Time")
    assert my_ballot(other, workshop.code).reasons[CULTURE].said == "Time"
    reveal(facilitator, workshop.code)
    wanted = reasons_now(facilitator, workshop.code)[0].id

    for caller in (seat, Caller(), Caller(facilitator="x" * 43)):
        for act in (show_reason, hide_reason):
            with pytest.raises(NotSignedIn):
                act(caller, workshop.code, wanted)
        with pytest.raises(NotSignedIn):
            reasons_now(caller, workshop.code)
    with pytest.raises(NoSeat):
        point(workshop, Caller(seat="y" * 43), "Money")
    elsewhere = made(facilitator, "Council", "Trust")
    with pytest.raises(NoSuchReason):
        show_reason(facilitator, elsewhere.code, wanted)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Ask sally@nhs.net", "looks like an e-mail address"),
        ("Ring 0161 496 0000", "looks like a telephone number"),
        ("943 476 5919 waited", "looks like an NHS number"),
        ("Our call with Dr Patel", "“Dr Patel” looks like a person's name. Write the role"),
        ("x" * 141, r"Keep the reason to 140 characters \(this has 141\)"),
        ("x" * 30_000, "Shorten the reason"),
        ("\u202eboard", "hidden text-direction"),
        ("\ud800", "not valid"),
    ],
)
def test_what_the_room_may_not_read_is_refused_and_what_stood_before_stands(
    workshop: Workshop, said: str, sentence: str
) -> None:
    seat = seated(workshop, "Council")
    point(workshop, seat, "Money")

    with pytest.raises(TextRefused, match=sentence):
        point(workshop, seat, said)

    assert my_ballot(seat, workshop.code).reasons[CULTURE].said == "Money"


def test_who_belongs_to_the_room_may_be_named(facilitator: Caller) -> None:
    partners = ("Alice Walker", "Trust")
    workshop = made(facilitator, *partners)  # whose persona is Sally Ford
    seat = seated(workshop, "Trust")
    open_scoring(facilitator, workshop.code, ["culture"])

    point(workshop, seat, "Sally Ford rings Alice Walker")

    assert my_ballot(seat, workshop.code).reasons[CULTURE].said == "Sally Ford rings Alice Walker"


def test_a_domain_that_is_not_scored_takes_no_reason_and_a_hasty_seat_has_to_wait(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = seated(workshop, "Council")
    with pytest.raises(NotScored):
        give_reason(seat, workshop.code, "finance", Wording(said="Money"), meant=1)
    monkeypatch.setattr(pointing, "_PACE", tries.Tries(2))
    point(workshop, seat, "One")
    point(workshop, seat, "Two")
    point(workshop, seat, "Two")  # the same again counts for nothing

    with pytest.raises(TooFast):
        point(workshop, seat, "Three")


def test_closing_cuts_a_reason_from_its_seat_and_keeps_its_last_wording(
    facilitator: Caller, workshop: Workshop
) -> None:
    seat = seated(workshop, "Council")
    submit_score(seat, workshop.code, CULTURE, 2)
    for said in ("Wermut", "Salbei", "Minze"):
        point(workshop, seat, said, with_team=True)
    reveal(facilitator, workshop.code)
    shown = only(facilitator, workshop)
    show_reason(facilitator, workshop.code, shown.id)

    close_workshop(facilitator, workshop.code)

    with reading() as cursor:
        rows = cursor.execute(
            "SELECT sequence, seat_id, said FROM reason WHERE workshop_id = $1", [workshop.id]
        ).fetchall()
    assert rows == [(1, "", "Minze")]
    (still,) = shown_reasons(facilitator, workshop.code, CULTURE)
    assert (still.said, still.team) == ("Minze", "Council")
    with pytest.raises(NoSuchWorkshop):
        point(workshop, seat, "Once more")


def test_what_many_seats_write_is_what_the_room_is_offered(
    facilitator: Caller, workshop: Workshop
) -> None:
    """A plainer count beside it: the last thing that each seat wrote, each distinct one once."""
    chance, last = random.Random(3), {}
    seats = [seated(workshop, "Council") for _ in range(4)]
    for _ in range(24):
        seat, said = chance.choice(seats), chance.choice(["", "Money", "money", "Time", "Trust"])
        point(workshop, seat, said)
        last[seat] = said
    reveal(facilitator, workshop.code)

    wanted = {said.lower() for said in last.values()} - {""}
    found = reasons_now(facilitator, workshop.code)
    assert {reason.said.lower() for reason in found} == wanted
    assert len(found) == len(wanted)
    assert sum(reason.times for reason in found) == sum(said != "" for said in last.values())
