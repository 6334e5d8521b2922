"""A programme's project is a test of a plan: it is reviewed, checked and ended there."""

import itertools

import pytest

from aqua_core.charts.sentences.programme import project_said
from aqua_core.errors import ChangedMeanwhile, NoSuchAction
from aqua_core.vocabulary import Answer, Decision, Progress, Workshop
from aqua_core.vocabulary.programme import Programme, ProgrammeDraft
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.checking import check_now, check_test, take_on
from aqua_core.workshop.closing import erase_workshop
from aqua_core.workshop.cycling import put_back, take_out
from aqua_core.workshop.projecting import ProjectSeen, choose_project, project_now
from aqua_core.workshop.scheduling import (
    Pattern,
    change_programme,
    plan_programme,
    programmes_now,
)
from tests.kit.measured import place_of
from tests.kit.notation import DAY
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import LATER, NURSE, elsewhere, met, planned, studied

__all__ = ["facilitator", "room_file"]
_numbers = itertools.count()


def programme_of(facilitator: Caller, *workshops: Workshop) -> Programme:
    draft = ProgrammeDraft(
        name=f"Across {next(_numbers)}",
        began_on=DAY,
        places=tuple(place_of(facilitator, workshop) for workshop in workshops),
        project="One front door",
    )
    return plan_programme(facilitator, draft, Pattern(1, 0, 13))


def said(seen: ProjectSeen) -> str:
    assert seen.test
    return project_said(seen.test, "Salford", DAY, over=seen.over)


def test_a_test_of_a_plan_is_the_project_and_ends_where_it_is_tested(facilitator: Caller) -> None:
    workshop, other = (met(facilitator, place=elsewhere()) for _ in range(2))
    action = planned(facilitator, workshop)
    programme = programme_of(facilitator, other, workshop)
    seen = project_now(facilitator, programme)
    assert (seen.test, seen.over) == (None, False)
    assert [(place, test.action.id) for place, test in seen.choices] == [
        (workshop.place.name, action.id)
    ]
    assert seen.plans == {held.place.name: held.code for held in (other, workshop)}

    programme = choose_project(facilitator, programme, action.id)
    assert "Salford: Council with Trust, led by Head of adult care." in said(
        project_now(facilitator, programme)
    )
    place_id = place_of(facilitator, workshop)
    assert check_now(facilitator, place_id).projects == {action.id: programme.name}
    stuck = Answer(action_id=action.id, answer=Progress.STUCK, said="No room")
    check_test(facilitator, place_id, stuck, DAY)
    assert "It is stuck: No room" in said(project_now(facilitator, programme))
    studied(facilitator, workshop, action, Decision.ADOPT)

    ended = project_now(facilitator, programme)
    assert (ended.over, ended.choices) == (True, ())
    assert f"{NURSE}. It has ended. Cycle 1: adopted, a small win." in said(ended)


def test_a_later_plan_takes_the_project_along(facilitator: Caller) -> None:
    place = elsewhere()
    first = met(facilitator, place=place)
    action = planned(facilitator, first)
    programme = choose_project(facilitator, programme_of(facilitator, first), action.id)
    later = met(facilitator, LATER, place)

    taken = take_on(facilitator, later.code, action.id, LATER)

    seen = project_now(facilitator, programme)
    assert seen.test
    assert (seen.test.action.id, seen.test.code, seen.over) == (taken.id, later.code, False)
    projects = check_now(facilitator, place_of(facilitator, later)).projects
    assert projects == {taken.id: programme.name}


def test_a_project_that_is_taken_out_is_none_until_it_is_back(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    action = planned(facilitator, workshop)
    programme = choose_project(facilitator, programme_of(facilitator, workshop), action.id)

    take_out(facilitator, workshop.code, action)
    assert project_now(facilitator, programme).test is None
    put_back(facilitator, workshop.code, action.model_copy(update={"version": 2}))
    assert project_now(facilitator, programme).test
    changed = programme.model_copy(update={"people": "Ward managers"})
    assert change_programme(facilitator, changed).project_id == action.id


def test_only_a_test_that_goes_on_at_its_places_may_be_the_project(facilitator: Caller) -> None:
    workshop, other = (met(facilitator, place=elsewhere()) for _ in range(2))
    elsewheres = planned(facilitator, other)
    ended = planned(facilitator, workshop)
    studied(facilitator, workshop, ended, Decision.ABANDON)
    programme = programme_of(facilitator, workshop)

    for action_id in (elsewheres.id, ended.id, "gone"):
        with pytest.raises(NoSuchAction):
            choose_project(facilitator, programme, action_id)
    none = choose_project(facilitator, programme, "")
    with pytest.raises(ChangedMeanwhile):
        choose_project(facilitator, programme, "")

    (kept,) = (held for held in programmes_now(facilitator).programmes if held.id == programme.id)
    assert (kept, none.project_id) == (none, "")


def test_a_project_goes_with_its_workshop(facilitator: Caller) -> None:
    place = elsewhere()
    first = met(facilitator, place=place)
    met(facilitator, LATER, place)
    action = planned(facilitator, first)
    programme = choose_project(facilitator, programme_of(facilitator, first), action.id)

    erase_workshop(facilitator, first.code, first.code)

    assert project_now(facilitator, programme).test is None
