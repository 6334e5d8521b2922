"""Forums on the page of a place, who carries how much on Plan, and a programme's project."""

import itertools
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.vocabulary.forum import ForumDraft, ForumKind
from aqua_core.vocabulary.programme import ProgrammeDraft
from aqua_core.workshop import deciding, scheduling
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.planning import plan_read
from pages import _way
from tests.kit.looking import looks, press, said_on_top, words
from tests.kit.measured import place_of
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import elsewhere, met, planned

__all__ = ["facilitator", "looks", "room_file"]
TODAY = date.today()
_numbers = itertools.count()


@pytest.fixture
def place_id(facilitator: Caller) -> str:
    return place_of(facilitator, met(facilitator, place=elsewhere()))


def forums_of(looks, facilitator: Caller, place_id: str) -> AppTest:
    return looks(facilitator, _way.PLACE, place=place_id, view=_way.FORUMS)


def said(app: AppTest) -> str:
    return words(app).replace("\\", "").replace("\u2060", "")


@pytest.mark.long
def test_a_forum_is_listed_by_its_form_and_what_is_wrong_stands_at_its_field(
    looks, facilitator: Caller, place_id: str
) -> None:
    app = forums_of(looks, facilitator, place_id)
    assert "No forum is on the list." in said(app)
    (name,) = [field for field in app.text_input if field.label == "Forum"]
    name.set_value("Alliance board")
    (hears,) = [field for field in app.text_area if field.label == "What it must hear"]
    hears.set_value("What residents noticed")

    press(app, "Put it on the list")
    assert [key for key, _ in said_on_top(app)] == ["kind-forum-new-0-"]
    (kept,) = [field.value for field in app.text_area if field.label == "What it must hear"]
    assert kept == "What residents noticed"
    app.selectbox(key="kind-forum-new-0-").set_value(ForumKind.BOARD)
    press(app, "Put it on the list")

    assert app.success[0].value.replace("\\", "") == "Alliance board is on the list."
    assert "Must hear: What residents noticed" in said(app)
    assert "Nothing waits for it." in said(app)
    press(app, "Take it off the list")
    assert app.success[0].value.startswith("Alliance board is off the list")
    press(app, "Put it back")
    assert [at.name for at in deciding.forums_now(facilitator, place_id, TODAY).at] == [
        "Alliance board"
    ]


def test_what_a_plan_names_waits_at_its_forum_and_an_unknown_one_is_offered_for_the_list(
    looks, facilitator: Caller
) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    deciding.list_forum(facilitator, place_id, ForumDraft(name="Board", kind=ForumKind.BOARD))
    planned(facilitator, workshop, decision_of="board; Night group", coalition="Housing")

    app = forums_of(looks, facilitator, place_id)

    assert said(app).count("To decide on") == 2
    assert "Named in a plan, on no list" in said(app)
    labels = [link.proto.label.replace("\\", "") for link in app.get("page_link")]
    assert any("Housing: If a nurse joins" in label for label in labels)
    assert list(app.table[0].value.iloc[0]) == [
        *("Council owns", "1", "0"),
        *app.table[0].value.iloc[0, 3:],
    ]
    app.button(key="list-named-Night group").click().run()
    (name,) = [
        field.value for field in app.text_input if field.key == "name-forum-new-0-Night group"
    ]
    assert name == "Night group"


def test_what_a_test_needs_is_asked_on_its_card_with_the_places_forums_at_hand(
    looks, facilitator: Caller
) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    deciding.list_forum(facilitator, place_id, ForumDraft(name="Board", kind=ForumKind.BOARD))
    action = planned(facilitator, workshop)
    app = looks(facilitator, _way.PLAN, workshop.code)
    assert "On this place’s list: Board." in said(app)
    app.text_input(key=f"decision_of-{action.id}-1").set_value("Board")
    app.text_input(key=f"coalition-{action.id}-1").set_value("Housing")
    app.text_area(key=f"gives-{action.id}-1").set_value("Council: two hours")

    press(app, "Save the change")

    assert "Needs a decision of Board and a coalition with Housing." in said(app)
    asked = "What do Council and Trust give to this, and what do they gain from it?"
    assert asked in said(app)
    (kept,) = plan_read(facilitator, workshop.code, TODAY).actions
    assert kept.gives == "Council: two hours"


def test_a_programmes_project_is_chosen_and_said_with_the_ways_to_it(
    looks, facilitator: Caller
) -> None:
    workshop = met(facilitator, place=elsewhere())
    action = planned(facilitator, workshop)
    draft = ProgrammeDraft(
        name=f"Chosen {next(_numbers)}",
        began_on=TODAY,
        places=(place_of(facilitator, workshop),),
        project="One front door",
    )
    made = scheduling.plan_programme(facilitator, draft, scheduling.Pattern(1, 0, 13))
    app = looks(facilitator, _way.PROGRAMME, programme=made.id)
    assert "No test of a plan is the project yet" in said(app)
    links = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    assert "test=One+front+door" in links[f"Plan of {workshop.place.name}"]

    app.selectbox(key=f"test-of-project-{made.id}-1").set_value(action.id)
    press(app, "Make it the project")

    assert f"{workshop.place.name}: Council with Trust" in said(app)
    assert {"In its plan", "30-day check"} <= {link.proto.label for link in app.get("page_link")}
    check = looks(facilitator, _way.PLACE, place=place_of(facilitator, workshop), view=_way.CHECK)
    assert f"The project of the programme {made.name}." in said(check)
    plan = looks(facilitator, _way.PLAN, workshop.code, test="One front door")
    assert plan.text_area(key="test-new-0").value == "One front door"
