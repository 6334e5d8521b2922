"""Where a slip is put right: beside what was written, and by the one undo of a workshop's pages."""

import pytest

from aqua_core.vocabulary import Answer, Progress, Sector, Tier
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.cycling import answer_action, open_actions_now
from aqua_core.workshop.naming import TeamDraft, add_team
from aqua_core.workshop.noting import write_down
from aqua_core.workshop.planning import capture_action, plan_read
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.seating import expect_people
from aqua_core.workshop.setting_up import workshops_here
from pages import _way
from tests.kit.looking import a_wall, press, words
from tests.kit.notation import DAY, made
from tests.kit.planned import LATER, draft, elsewhere, met, planned

OF_A_WORKSHOP = (
    *(_way.ROOM, _way.GAPS, _way.DOMAIN, _way.TALK, _way.PLAN),
    *(_way.TAKE_AWAY, _way.KEEPING),
)


@pytest.mark.parametrize("page", OF_A_WORKSHOP)
def test_what_was_done_last_is_named_and_offered_back_on_every_page(
    looks, facilitator, page: str
) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    write_down(facilitator, workshop.code, "culture", "A slip")

    app = press(looks(facilitator, page, workshop.code), "Undo")

    assert "A note on Culture was written down." in words(app).replace("\\", "")
    assert "Undo it" in [button.label for button in app.button]


def test_what_cannot_be_undone_says_why_and_nothing_is_offered(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    expect_people(facilitator, workshop.code, 9)
    close_workshop(facilitator, workshop.code)

    app = press(looks(facilitator, _way.PLAN, workshop.code), "Undo")

    assert "set up the next workshop" in words(app).replace("\\", "")
    assert "Undo it" not in [button.label for button in app.button]


def test_the_last_open_action_is_answered_again_on_room(looks, facilitator) -> None:
    place = elsewhere()
    earlier = met(facilitator, place=place)
    action = capture_action(facilitator, earlier.code, draft(earlier), DAY)
    workshop = met(facilitator, LATER, place)
    stuck = Answer(action_id=action.id, answer=Progress.STUCK, said="No room")
    answer_action(facilitator, workshop.code, stuck, LATER)
    app = looks(facilitator, _way.ROOM, workshop.code)
    (stands,) = [one for one in app.get("button_group") if one.key == f"stands-{action.id}-0"]
    stands.set_value(Progress.MOVED)

    press(app, "Write it down")

    (test,) = open_actions_now(facilitator, workshop.code)
    assert test.answer
    assert test.answer.answer is Progress.MOVED


def test_set_up_offers_last_times_teams_by_their_names(looks, facilitator) -> None:
    workshop = met(facilitator, place=elsewhere())
    partner = workshop.partners[0].name
    practices = TeamDraft(partner, Sector.ACUTE, Tier.NONE, "Practices", "Wigan")
    add_team(facilitator, workshop.code, practices)
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value(workshop.place.name).run()

    press(app, "Make the workshop")

    assert not app.exception
    newest = workshop_now(facilitator, workshops_here(facilitator)[0].code)
    assert newest.id != workshop.id
    assert "Practices, Wigan" in [team.name for team in newest.teams]
    assert {team.tier for team in newest.teams if team.name.startswith("Practices")} == {Tier.NONE}


@pytest.mark.long
def test_a_test_that_worked_has_its_way_said_where_answers_are_given(looks, facilitator) -> None:
    place = elsewhere()
    earlier = met(facilitator, place=place)
    planned(facilitator, earlier)
    workshop = met(facilitator, LATER, place)
    place_id = plan_read(facilitator, workshop.code, DAY).place_id
    check = looks(facilitator, _way.PLACE, place=place_id, view=_way.CHECK)

    pages = [
        looks(facilitator, _way.ROOM, workshop.code),
        looks(facilitator, _way.PLAN, workshop.code),
        check,
    ]

    for page in pages:
        assert "once its cycle is studied and adopted" in words(page)
    wall = looks(a_wall(facilitator, workshop), _way.ROOM, workshop.code)
    assert "studied and adopted" not in words(wall)
