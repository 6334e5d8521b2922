"""A slip is never final: names and the day, a team that comes late, what was written down."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from aqua_core.errors import (
    AlreadyThere,
    ChangedMeanwhile,
    ChoiceRefused,
    CycleOpen,
    DateRefused,
    Refusal,
    TextRefused,
    WorkshopClosed,
)
from aqua_core.vocabulary import (
    Agreement,
    Compare,
    Decision,
    Holder,
    KeptPlace,
    Outcome,
    Place,
    Sector,
    Tier,
    Workshop,
)
from aqua_core.workshop import cycling, noting
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import give_guess, my_guesses
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import open_pack, report_page, session_pack
from aqua_core.workshop.naming import Names, TeamDraft, add_team, change_names, names_of
from aqua_core.workshop.placing import change_what_is_kept, places_now
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.reading import room_now, workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import my_ballot, submit_score
from aqua_core.workshop.setting_up import last_time_at, workshops_here
from aqua_core.workshop.showing import results_now, shown_now
from aqua_core.workshop.sitting_apart import set_up_sitting
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from pages._tables import progress_table
from tests.kit.notation import DAY, INSTRUMENT, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import LATER, cycles_now, draft, elsewhere, met

__all__ = ["facilitator", "room_file"]

CARERS = TeamDraft("Carers", Sector.USERS_AND_CARERS, Tier.NONE)


def renamed(workshop: Workshop, was: str, now: str) -> Names:
    names = names_of(workshop)
    partners = {
        partner: (now if name == was else name, sector)
        for partner, (name, sector) in names.partners.items()
    }
    return names._replace(partners=partners)


def scored(facilitator: Caller, *, place: str, each: int = 3) -> Workshop:
    """Score culture by some seats a partner, and reveal it."""
    workshop = made(facilitator, "Cuoncil", "Trust", place=place)
    seats = [seated(workshop, name) for name in ("Cuoncil", "Trust") for _ in range(each)]
    open_scoring(facilitator, workshop.code, ["culture"])
    for at, seat in enumerate(seats):
        submit_score(seat, workshop.code, "culture", at % 6)
    reveal(facilitator, workshop.code)
    return workshop


def test_what_can_be_undone_names_the_one_thing_that_was_changed(facilitator: Caller) -> None:
    workshop = made(facilitator, "Cuoncil", "Trust", place=elsewhere())

    def said_of(names: Names) -> str:
        change_names(facilitator, workshop.code, names)
        last = last_done_now(facilitator, workshop.code)
        assert last is not None
        return last.said

    council = renamed(workshop, "Cuoncil", "Council")
    assert said_of(council) == "“Cuoncil” was renamed “Council”."
    now = names_of(workshop_now(facilitator, workshop.code))
    assert (
        said_of(now._replace(held_on=workshop.held_on + timedelta(days=1)))
        == "The day was changed."
    )
    assert said_of(names_of(workshop)) == "Names or the day were changed."


@pytest.mark.slow
def test_a_partner_is_called_by_its_newest_name_everywhere(facilitator: Caller) -> None:
    place = elsewhere()
    earlier = scored(facilitator, place=place)
    workshop = scored(facilitator, place=place)
    code = workshop.code
    sides = {"one_side": "Cuoncil", "other_side": "Trust", "differs": "Much"}
    noting.conclude(facilitator, code, Outcome(domain="culture", **sides), DAY)
    before = results_now(facilitator, code).gaps[Compare.PARTNER][0]
    close_workshop(facilitator, code)

    change_names(facilitator, code, renamed(workshop, "Cuoncil", "Council"))

    for held in (earlier.code, code):
        page = report_page(facilitator, held)
        assert b"Cuoncil" not in page
        assert b"Council" in page
    assert b"Cuoncil" not in session_pack(facilitator, code)
    after = results_now(facilitator, code).gaps[Compare.PARTNER][0]
    assert [side.mean for side in after.standings] == [side.mean for side in before.standings]
    assert {team.name for team in workshop_now(facilitator, code).teams} == {"Council", "Trust"}
    assert noting.outcomes_now(facilitator, code)["culture"].one_side == "Council"


@pytest.mark.slow
def test_what_a_pack_brought_is_renamed_too(facilitator: Caller) -> None:
    away = scored(facilitator, place=elsewhere())
    pack = session_pack(facilitator, away.code)
    erase_workshop(facilitator, away.code, away.code)
    brought = open_pack(facilitator, pack, sure=True)

    change_names(facilitator, brought.code, renamed(brought, "Cuoncil", "Council"))

    names = {
        side.group.name
        for gap in shown_now(facilitator, brought.code).gaps[Compare.PARTNER]
        for side in gap.standings
    }
    assert names == {"Council", "Trust"}
    assert b"Cuoncil" not in report_page(facilitator, brought.code)
    last = last_done_now(facilitator, brought.code)
    assert last
    undo_last_done(facilitator, brought.code, last.sequence)
    assert b"Cuoncil" in report_page(facilitator, brought.code)


def test_a_team_is_renamed_with_its_partner_and_by_itself(facilitator: Caller) -> None:
    both = (Tier.BOARD, Tier.FRONT_LINE)
    workshop = made(facilitator, "Cuoncil", "Trust", tiers=both, place=elsewhere())
    names = renamed(workshop, "Cuoncil", "Council")
    last = workshop.teams[-1].id

    change_names(facilitator, workshop.code, names._replace(teams=names.teams | {last: "Wards"}))

    assert [team.name for team in workshop_now(facilitator, workshop.code).teams] == [
        *("Council, board", "Council, front line", "Trust, board", "Wards"),
    ]


def bad_names(workshop: Workshop) -> Iterator[tuple[Names, type[Refusal]]]:
    names = names_of(workshop)
    yield renamed(workshop, "Council", "Trust"), AlreadyThere
    yield renamed(workshop, "Council", "TRUST"), AlreadyThere
    yield renamed(workshop, "Council", "Тrust"), AlreadyThere  # a Cyrillic letter
    yield renamed(workshop, "Council", " "), TextRefused
    yield renamed(workshop, "Council", "x" * 200), TextRefused
    persona = Place(name=names.place.name, persona="Sally 0161 496 0000")
    yield names._replace(place=persona), TextRefused
    yield names._replace(place=Place(name="Taken")), AlreadyThere


@pytest.mark.parametrize("at", range(7))
def test_a_name_that_cannot_be_is_refused_and_nothing_changes(facilitator: Caller, at: int) -> None:
    made(facilitator, "Council", "Trust", place="Taken")
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    names, refusal = list(bad_names(workshop))[at]

    with pytest.raises(refusal):
        change_names(facilitator, workshop.code, names)

    assert workshop_now(facilitator, workshop.code) == workshop


def test_the_day_is_moved_with_its_wave_and_never_before_a_sitting(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    later = DAY + timedelta(days=3)
    named = names_of(workshop)

    change_names(facilitator, workshop.code, named._replace(held_on=later))

    held = {listed.code: listed.held_on for listed in workshops_here(facilitator)}
    assert held[workshop.code] == later
    sitting = set_up_sitting(facilitator, workshop.code, later, DAY)
    with pytest.raises(DateRefused):
        change_names(facilitator, workshop.code, named._replace(held_on=DAY))
    day = later + timedelta(days=1)
    with pytest.raises(DateRefused):
        change_names(facilitator, sitting.code, names_of(sitting)._replace(held_on=day))


def test_a_team_that_comes_late_scores_what_is_open_and_changes_nothing(
    facilitator: Caller,
) -> None:
    workshop = scored(facilitator, place=elsewhere())
    code = workshop.code
    before = shown_now(facilitator, code)

    for name in ("North", "South"):
        add_team(facilitator, code, TeamDraft("Trust", Sector.ACUTE, Tier.FRONT_LINE, name))
    carers = add_team(facilitator, code, CARERS)

    assert shown_now(facilitator, code) == before
    open_scoring(facilitator, code, ["finance"])
    late = add_team(facilitator, code, CARERS._replace(locality="Wigan", name="Parents"))
    assert late.name == "Parents, Wigan"
    now = workshop_now(facilitator, code)
    for team in (late, carers):
        seat = seated(now, team.name)
        assert [domain.key for domain in my_ballot(seat, code).domains] == ["finance"]
        submit_score(seat, code, "finance", 2)
    assert room_now(facilitator, code).answers == 2


def test_two_teams_of_a_partner_at_one_tier_stand_in_one_cell_by_name(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    for name in ("North", "South"):
        draft_ = TeamDraft("Trust", Sector.ACUTE, Tier.FRONT_LINE, name)
        add_team(facilitator, workshop.code, draft_)
    seated(workshop_now(facilitator, workshop.code), "South")

    table = progress_table(room_now(facilitator, workshop.code).progress, scoring=False)

    assert table["Front line"]["Trust"] == "North: nobody yet; South: 1 joined"


def test_a_second_team_without_a_name_of_its_own_is_refused(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    again = TeamDraft("Trust", Sector.ACUTE, Tier.BOARD)
    assert add_team(facilitator, workshop.code, again).name == "Trust, board"

    with pytest.raises(AlreadyThere, match="where it works"):
        add_team(facilitator, workshop.code, again)


def test_a_team_is_not_added_to_a_sitting_nor_to_a_closed_workshop(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    sitting = set_up_sitting(facilitator, workshop.code, DAY, DAY)
    with pytest.raises(ChoiceRefused):
        add_team(facilitator, sitting.code, CARERS)
    close_workshop(facilitator, workshop.code)
    with pytest.raises(WorkshopClosed):
        add_team(facilitator, workshop.code, CARERS)


def test_a_partner_that_comes_late_changes_no_guess(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP, place=elsewhere())
    code = workshop.code
    council, trust = seated(workshop, "Council"), seated(workshop, "Trust")
    open_scoring(facilitator, code, ["culture"], guess=True)
    give_guess(trust, code, "culture", 4, meant=1)

    add_team(facilitator, code, CARERS)

    ballot = my_ballot(trust, code)
    assert ballot.guessed
    assert (ballot.guessed.name, ballot.guesses) == ("Council", {"culture": 4})
    carers = seated(workshop_now(facilitator, code), "Carers")
    asked = my_ballot(carers, code).guessed
    assert asked
    assert asked.name == "Council"
    for seat in (council, trust, carers):
        submit_score(seat, code, "culture", 1)
    reveal(facilitator, code)
    (own,) = my_guesses(trust, code)
    assert (own.whom.name, own.guessed, own.scored) == ("Council", 4, 1)


def test_last_time_gives_teams_with_names_of_their_own(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    partner = workshop.partners[0].name
    named = TeamDraft(partner, Sector.ACUTE, Tier.NONE, "Practices", "Wigan")
    add_team(facilitator, workshop.code, named)

    last = last_time_at(facilitator, workshop.place.name, [INSTRUMENT])

    assert last
    assert last.partners[0].named == ((Tier.NONE, "Practices, Wigan"),)


def test_a_note_is_corrected_taken_out_and_put_back_also_when_closed(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    code = workshop.code
    for note in ("One", "Tow", "Three"):
        noting.write_down(facilitator, code, "culture", note)
    close_workshop(facilitator, code)
    note = noting.NoteMeant("culture", 2, "Tow")

    so_far = noting.correct_note(facilitator, code, note, "Two")

    assert so_far.heard == ("One", "Two", "Three")
    with pytest.raises(ChangedMeanwhile):
        noting.correct_note(facilitator, code, note, "Too")
    out = noting.correct_note(facilitator, code, note._replace(heard="Two"), "")
    assert (out.heard, out.out) == (("One", "Three"), ((2, "Two"),))
    assert b"Two" not in session_pack(facilitator, code)
    back = noting.correct_note(facilitator, code, note._replace(heard=""), "Two")
    assert back.heard == ("One", "Two", "Three")


def test_an_outcome_is_taken_out_and_put_back(facilitator: Caller) -> None:
    workshop = scored(facilitator, place=elsewhere())
    agreed = Outcome(domain="culture", agreement=Agreement.AGREED, agreed_points=2)
    kept = noting.conclude(facilitator, workshop.code, agreed, DAY)

    noting.take_outcome_out(facilitator, workshop.code, kept)

    assert noting.outcomes_now(facilitator, workshop.code) == {}
    gone = noting.outcomes_out_now(facilitator, workshop.code)["culture"]
    noting.take_outcome_out(facilitator, workshop.code, gone, out=False)
    back = noting.outcomes_now(facilitator, workshop.code)["culture"]
    assert back.agreed_points == 2
    with pytest.raises(ChangedMeanwhile):
        noting.take_outcome_out(facilitator, workshop.code, kept)
    noting.take_outcome_out(facilitator, workshop.code, back)
    assert noting.conclude(facilitator, workshop.code, agreed, DAY).version > back.version


def studied(facilitator: Caller, workshop: Workshop, decision: Decision) -> cycling.Cycle:
    action = capture_action(facilitator, workshop.code, draft(workshop), DAY)
    cycle = cycling.start_cycle(facilitator, workshop.code, action.id, DAY)
    expected = cycle.model_copy(update={"predicted": "Fewer visits"})
    cycle = cycling.save_cycle(facilitator, workshop.code, expected)
    seen = cycle.model_copy(update={"seen": "Moer visits", "decision": decision})
    return cycling.study_cycle(facilitator, workshop.code, seen, LATER)


def test_a_studied_cycle_is_corrected_but_what_was_predicted_stays(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    cycle = studied(facilitator, workshop, Decision.ADAPT)
    said = {"seen": "More visits", "predicted": "More", "decision": Decision.ADOPT}

    saved = cycling.correct_cycle(facilitator, workshop.code, cycle.model_copy(update=said), LATER)

    assert (saved.seen, saved.predicted) == ("More visits", "Fewer visits")
    assert cycles_now(facilitator, workshop.code) == (saved,)
    with pytest.raises(ChangedMeanwhile):
        cycling.correct_cycle(facilitator, workshop.code, cycle, LATER)
    adapted = saved.model_copy(update={"decision": Decision.ADAPT})
    cycling.correct_cycle(facilitator, workshop.code, adapted, LATER)
    assert len(cycles_now(facilitator, workshop.code)) == 2


def test_what_was_decided_stays_once_the_next_cycle_has_begun(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    cycle = studied(facilitator, workshop, Decision.ADAPT)
    following = cycles_now(facilitator, workshop.code)[-1]
    begun = following.model_copy(update={"predicted": "Something"})
    cycling.save_cycle(facilitator, workshop.code, begun)

    with pytest.raises(CycleOpen):
        cycling.correct_cycle(
            facilitator,
            workshop.code,
            cycle.model_copy(update={"decision": Decision.ABANDON}),
            LATER,
        )


def test_what_was_changed_again_on_another_page_is_not_undone(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    names = names_of(workshop)
    place = place_of_name(facilitator, workshop.place.name)
    anew = Place(name=f"{workshop.place.name} Anew")
    change_names(facilitator, workshop.code, names._replace(place=anew))
    newest = Place(name=f"{workshop.place.name} Newest")
    change_what_is_kept(facilitator, place.id, newest, place.began_on, None)
    last = last_done_now(facilitator, workshop.code)

    assert last
    assert "changed again since" in last.why_not
    assert workshop_now(facilitator, workshop.code).place.name == newest.name


def place_of_name(facilitator: Caller, name: str) -> KeptPlace:
    return next(row.place for row in places_now(facilitator, DAY) if row.place.name == name)
