"""Undo where another workshop, a sitting or a second page has to do with what was done."""

import random
import re
from datetime import datetime, timedelta

import pytest

from aqua_core.errors import AlreadyThere, NothingToUndo
from aqua_core.rules.shown import results_of
from aqua_core.store.database import reading
from aqua_core.vocabulary import (
    Answer,
    Cast,
    Holder,
    Outcome,
    Place,
    Round,
    Sector,
    Stage,
    Team,
    Tier,
    Wording,
    Workshop,
)
from aqua_core.vocabulary.plan import Progress
from aqua_core.workshop import cycling, noting
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import run_timer, take_topic, timer_now
from aqua_core.workshop.closing import erase_workshop
from aqua_core.workshop.foreseeing import choose_guard
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.naming import Names, TeamDraft, add_team, change_names, names_of
from aqua_core.workshop.placing import agree_next_wave
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.reading import room_now, stage_now, workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.sitting_apart import invite, set_up_sitting
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from tests.kit.notation import DAY, made, seated, workshop_of
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import LATER, draft, elsewhere, met, plan_now

__all__ = ["facilitator", "room_file"]


def why_not(facilitator: Caller, workshop: Workshop) -> str:
    """Give why the last act stays; undoing it is refused with the same sentence."""
    last = last_done_now(facilitator, workshop.code)
    assert last
    if last.why_not:
        with pytest.raises(NothingToUndo):
            undo_last_done(facilitator, workshop.code, last.sequence)
    return last.why_not


def undone(facilitator: Caller, workshop: Workshop) -> None:
    last = last_done_now(facilitator, workshop.code)
    assert last
    undo_last_done(facilitator, workshop.code, last.sequence)


def renamed(workshop: Workshop, was: str, now: str) -> Names:
    names = names_of(workshop)
    partners = {
        partner: (now if name == was else name, sector)
        for partner, (name, sector) in names.partners.items()
    }
    return names._replace(partners=partners)


NOON = datetime(2026, 11, 22, 12)
SIDES = {"one_side": "Council", "other_side": "Trust", "differs": "Much"}


def scored(facilitator: Caller, place: str) -> Workshop:
    """Score culture by a laptop a partner, and reveal it."""
    workshop = met(facilitator, place=place)
    seats = [seated(workshop, name) for name in ("Council", "Trust")]
    open_scoring(facilitator, workshop.code, ["culture"])
    for points, seat in enumerate(seats):
        submit_score(seat, workshop.code, "culture", points)
    reveal(facilitator, workshop.code)
    return workshop


def test_a_guard_is_not_chosen_back_once_another_laptop_was_told(facilitator: Caller) -> None:
    day = made(facilitator, "Council", "Trust", place=elsewhere())
    choose_guard(facilitator, day.code, 5)
    invite(facilitator, day.code, "Wards")

    assert "invited" in why_not(facilitator, day)
    assert workshop_now(facilitator, day.code).guard == 5


def test_a_guard_is_not_chosen_back_once_a_sitting_scores(facilitator: Caller) -> None:
    day = made(facilitator, "Council", "Trust", place=elsewhere())
    sitting = set_up_sitting(facilitator, day.code, DAY, DAY)
    choose_guard(facilitator, day.code, 5)
    open_scoring(facilitator, sitting.code, ["culture"])
    submit_score(seated(sitting, "Trust"), sitting.code, "culture", 3)

    assert "Somebody has scored" in why_not(facilitator, day)


def test_a_guard_is_not_chosen_back_apart_from_a_sitting_that_came(facilitator: Caller) -> None:
    day = made(facilitator, "Council", "Trust", place=elsewhere())
    choose_guard(facilitator, day.code, 5)
    sitting = set_up_sitting(facilitator, day.code, DAY, DAY)

    assert "A sitting came" in why_not(facilitator, day)
    choose_guard(facilitator, day.code, 3)
    assert workshop_now(facilitator, sitting.code).guard == 3


def test_a_team_stays_that_a_sitting_has(facilitator: Caller) -> None:
    day = made(facilitator, "Council", "Trust", place=elsewhere())
    add_team(facilitator, day.code, TeamDraft("Carers", Sector.USERS_AND_CARERS, Tier.NONE))
    sitting = set_up_sitting(facilitator, day.code, DAY, DAY)
    open_scoring(facilitator, sitting.code, ["culture"])
    submit_score(seated(sitting, "Carers"), sitting.code, "culture", 3)

    assert "sitting" in why_not(facilitator, day)
    open_scoring(facilitator, day.code, ["culture"])
    reveal(facilitator, day.code)


def test_a_team_stays_that_another_laptop_was_told_of(facilitator: Caller) -> None:
    day = made(facilitator, "Council", "Trust", place=elsewhere())
    add_team(facilitator, day.code, TeamDraft("Carers", Sector.USERS_AND_CARERS, Tier.NONE))
    invite(facilitator, day.code, "Wards")

    assert "sitting" in why_not(facilitator, day)


def test_an_outcome_that_was_renamed_elsewhere_is_not_half_undone(facilitator: Caller) -> None:
    place = elsewhere()
    earlier = scored(facilitator, place)
    noting.conclude(facilitator, earlier.code, Outcome(domain="culture", **SIDES), DAY)
    later = made(facilitator, "Council", "Trust", place=place)
    change_names(facilitator, later.code, renamed(later, "Council", "Newer"))

    assert "changed again since" in why_not(facilitator, earlier)
    assert noting.outcomes_now(facilitator, earlier.code)["culture"].one_side == "Newer"
    undone(facilitator, later)
    assert noting.outcomes_now(facilitator, earlier.code)["culture"].one_side == "Council"
    undone(facilitator, earlier)
    assert noting.outcomes_now(facilitator, earlier.code) == {}


def test_names_stay_where_an_outcome_was_written_anew_since(facilitator: Caller) -> None:
    place = elsewhere()
    earlier = scored(facilitator, place)
    agreed = Outcome(domain="culture", **SIDES)
    noting.conclude(facilitator, earlier.code, agreed, DAY)
    later = made(facilitator, "Council", "Trust", place=place)
    change_names(facilitator, later.code, renamed(later, "Council", "Newer"))
    newest = noting.outcomes_now(facilitator, earlier.code)["culture"]
    anew = newest.model_copy(update={"differs": "Little"})
    noting.conclude(facilitator, earlier.code, anew, DAY)

    assert "changed again since" in why_not(facilitator, later)


def test_an_outcome_that_was_taken_out_comes_back_by_its_newest_name(facilitator: Caller) -> None:
    workshop = scored(facilitator, elsewhere())
    agreed = Outcome(domain="culture", **SIDES)
    kept = noting.conclude(facilitator, workshop.code, agreed, DAY)
    noting.take_outcome_out(facilitator, workshop.code, kept)

    change_names(facilitator, workshop.code, renamed(workshop, "Council", "Newer"))

    assert noting.outcomes_now(facilitator, workshop.code) == {}
    assert noting.outcomes_out_now(facilitator, workshop.code)["culture"].one_side == "Newer"


def test_an_action_that_a_later_workshop_answered_stays(facilitator: Caller) -> None:
    place = elsewhere()
    earlier = met(facilitator, place=place)
    action = capture_action(facilitator, earlier.code, draft(earlier), DAY)
    later = met(facilitator, place=place)
    answer = Answer(action_id=action.id, answer=Progress.DROPPED)
    cycling.answer_action(facilitator, later.code, answer, LATER)

    assert "answered" in why_not(facilitator, earlier)
    assert plan_now(facilitator, earlier.code) == (action,)
    undone(facilitator, later)
    undone(facilitator, earlier)
    assert plan_now(facilitator, earlier.code) == ()


def test_an_undone_reveal_seals_no_domain_that_was_revealed_before(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP, place=elsewhere())
    council = seated(workshop, "Council")
    seated(workshop, "Trust")
    for domain in ("culture", "finance"):
        open_scoring(facilitator, workshop.code, [domain])
        submit_score(council, workshop.code, domain, 3)
        reveal(facilitator, workshop.code)

    undone(facilitator, workshop)

    assert stage_now(workshop.code) is Stage.SCORING
    assert set(room_now(facilitator, workshop.code).opened) == {"finance"}


def test_a_reveal_that_ended_unseen_is_named_so(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    for at, name in enumerate(["Council"] * 4 + ["Trust"] * 4):
        seat = seated(workshop, name)
        if not at:
            open_scoring(facilitator, workshop.code, ["culture"])
        submit_score(seat, workshop.code, "culture", at % 6)
    late = [seated(workshop, "Trust") for _ in range(3)]
    reveal(facilitator, workshop.code)
    undone(facilitator, workshop)
    submit_score(late[0], workshop.code, "culture", 1)
    reveal(facilitator, workshop.code)
    last = last_done_now(facilitator, workshop.code)

    assert last
    assert "unseen" in last.said
    assert "revealed" not in last.said


def test_an_undone_place_is_called_so_in_a_workshop_that_came_since(facilitator: Caller) -> None:
    was, now = elsewhere(), elsewhere()
    workshop = made(facilitator, "Council", "Trust", place=was)
    place = workshop.place.model_copy(update={"name": now})
    change_names(facilitator, workshop.code, names_of(workshop)._replace(place=place))
    later = made(facilitator, "Council", "Trust", place=now)

    undone(facilitator, workshop)

    assert workshop_now(facilitator, later.code).place.name == was


def test_a_place_is_not_called_again_as_another_one_is_now(facilitator: Caller) -> None:
    was, now = elsewhere(), elsewhere()
    workshop = made(facilitator, "Council", "Trust", place=was)
    change_names(facilitator, workshop.code, names_of(workshop)._replace(place=Place(name=now)))
    made(facilitator, "Council", "Trust", place=was)

    with pytest.raises(AlreadyThere):
        undone(facilitator, workshop)
    assert workshop_now(facilitator, workshop.code).place.name == now


def test_partners_are_not_called_again_as_one_that_came_elsewhere(facilitator: Caller) -> None:
    place = elsewhere()
    later = made(facilitator, "Cuoncil", "Trust", place=place)
    workshop = made(facilitator, "Cuoncil", "Trust", place=place)
    change_names(facilitator, workshop.code, renamed(workshop, "Cuoncil", "Council"))
    add_team(facilitator, later.code, TeamDraft("Cuoncil", Sector.COUNCIL, Tier.BOARD))

    with pytest.raises(AlreadyThere):
        undone(facilitator, workshop)
    names = {partner.name for partner in workshop_now(facilitator, later.code).partners}
    assert names == {"Council", "Cuoncil", "Trust"}


def test_what_is_erased_stands_in_no_undo_of_another_workshop(facilitator: Caller) -> None:
    place = elsewhere()
    gone = made(facilitator, "Hospice", "Trust", place=place)
    workshop = made(facilitator, "Council", "Trust", place=place)
    change_names(facilitator, workshop.code, renamed(workshop, "Trust", "Trust Anew"))
    erase_workshop(facilitator, gone.code, gone.code)

    assert "erased" in why_not(facilitator, workshop)
    with reading() as cursor:
        kept = cursor.execute("SELECT about FROM done ORDER BY about").fetchall()
    assert not [about for (about,) in kept if gone.code in about or "Hospice" in about]


def test_a_name_that_a_partner_of_another_day_has_is_refused_by_that_day(
    facilitator: Caller,
) -> None:
    place = elsewhere()
    made(facilitator, "Council", "Carers", place=place)
    workshop = made(facilitator, "Council", "Trust", place=place)

    with pytest.raises(AlreadyThere, match="22 November 2026"):
        change_names(facilitator, workshop.code, renamed(workshop, "Council", "Carers"))


def test_a_day_of_meeting_that_is_agreed_twice_is_undone_once_each(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    for days in (200, 300):
        agree_next_wave(facilitator, workshop.code, DAY + timedelta(days=days))
    undone(facilitator, workshop)
    undone(facilitator, workshop)

    assert last_done_now(facilitator, workshop.code) is None


def test_a_sittings_names_are_changed_and_called_back(facilitator: Caller) -> None:
    day = made(facilitator, "Cuoncil", "Trust", place=elsewhere())
    sitting = set_up_sitting(facilitator, day.code, DAY, DAY)
    change_names(facilitator, sitting.code, names_of(sitting))
    assert last_done_now(facilitator, sitting.code) is None
    change_names(facilitator, sitting.code, renamed(sitting, "Cuoncil", "Council"))

    undone(facilitator, sitting)

    names = {workshop_now(facilitator, held.code).teams[0].name for held in (day, sitting)}
    assert names == {"Cuoncil"}


def test_a_team_stays_that_a_reason_names(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", guard=1, place=elsewhere())
    code = workshop.code
    others = [seated(workshop, name) for name in ("Council", "Trust")]
    open_scoring(facilitator, code, ["culture"])
    carers = add_team(facilitator, code, TeamDraft("Carers", Sector.USERS_AND_CARERS, Tier.NONE))
    seat = seated(workshop_now(facilitator, code), "Carers")
    submit_score(others[0], code, "culture", 2)
    noting.give_reason(seat, code, "culture", Wording(said="We wait", with_team=True), meant=1)
    reveal(facilitator, code)
    undone(facilitator, workshop)
    take_seat(seat, code, workshop.teams[0].id, sure=True)

    assert "stays" in why_not(facilitator, workshop)
    reveal(facilitator, code)
    assert [reason.team for reason in noting.reasons_now(facilitator, code)] == [carers.name]


def test_a_card_is_put_back_also_after_the_timer_ran_anew(facilitator: Caller) -> None:
    workshop = scored(facilitator, elsewhere())
    run_timer(facilitator, workshop.code, 5, NOON)
    take_topic(facilitator, workshop.code, "culture")
    run_timer(facilitator, workshop.code, 5, NOON)

    assert why_not(facilitator, workshop) == ""
    undone(facilitator, workshop)
    assert timer_now(facilitator, workshop.code) is not None


@pytest.mark.parametrize("seed", range(30))
def test_a_late_team_and_another_name_move_nothing_of_what_was_shown(seed: int) -> None:
    drawn = random.Random(seed)
    tiers = (Tier.BOARD, Tier.MIDDLE, Tier.FRONT_LINE)
    sides = [(name, tier) for name in "ABCD" for tier in tiers[: drawn.randint(1, 3)]]
    room_ = workshop_of(sides, Holder.PERSON, drawn.choice([1, 3, 5]))
    casts = [
        Cast(
            domain="culture",
            round=1,
            seat_id=f"{team.id} {seat}",
            team_id=team.id,
            score=drawn.randint(0, 5),
        )
        for team in room_.teams
        for seat in range(drawn.randint(0, 6))
    ]
    rounds = [Round(domain="culture", number=1, revealed=True)]
    first = room_.partners[0]
    late = Team(id="late", name="Late", partner=first, tier=drawn.choice(list(Tier)))

    more = room_.model_copy(update={"teams": (*room_.teams, late)})

    assert results_of(more, rounds, casts) == results_of(room_, rounds, casts)
    called = {team.partner.id: f"Z{team.partner.name}" for team in room_.teams}
    renamed_ = room_.model_validate_json(
        re.sub(
            r'"id":"([A-D])","name":"[A-D]"',
            lambda found: f'"id":"{found[1]}","name":"{called[found[1]]}"',
            room_.model_dump_json(),
        )
    )
    again = results_of(renamed_, rounds, casts).model_dump_json()
    assert (
        re.sub(r'"name":"Z', '"name":"', again)
        == results_of(room_, rounds, casts).model_dump_json()
    )
