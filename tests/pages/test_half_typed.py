"""What is half typed on Talk, Plan and Check is there again, until it is saved, and only there.

An AppTest has no browser: the button that nobody sees is pressed here as a form is left, as a
browser presses it (`tests/room/test_half_typed_in_chromium.py`).
"""

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.vocabulary import Agreement, Help, Progress, SupportDraft, UnclearDraft, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import start_cycle
from aqua_core.workshop.planning import ask_support, plan_read, say_unclear
from pages import _way
from tests.kit.looking import press, words
from tests.kit.notation import DAY
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import LATER, elsewhere, met, plan_now, planned, studied
from tests.pages.test_talk_in_hand import apart

__all__ = ["facilitator", "room_file"]
TYPED = "Two rotas, and nobody"


def left(app: AppTest) -> AppTest:
    """Leave every form of a page."""
    for button in app.button:
        if button.label == "Keep what is typed":
            button.click()
    return app.run()


def away_and_back(app: AppTest, page: str = _way.PLAN) -> AppTest:
    """Look at Only for you, and come back."""
    left(app)
    about = dict(app.query_params)
    for there in (_way.ONLY_FOR_YOU, page):
        app.switch_page(there)
        for name, said in about.items():
            app.query_params[name] = said
        app.run()
    assert not app.exception
    return app


def shows(app: AppTest, view: str) -> AppTest:
    return left(app).segmented_control(key="plan view").set_value(view).run()


def texts(app: AppTest) -> dict[str, str]:
    """Give every text that stands in a field, by its key."""
    return {field.key: field.value for field in (*app.text_area, *app.text_input)}


def half_typed(app: AppTest) -> list[str]:
    return [key for key, value in texts(app).items() if value == TYPED]


def type_in(app: AppTest, key: str) -> None:
    (field,) = [field for field in (*app.text_area, *app.text_input) if field.key == key]
    field.set_value(TYPED)


@pytest.mark.long
def test_a_new_test_is_there_after_a_look_at_the_table_and_at_talk(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.PLAN, workshop.code)
    type_in(app, "test-new-0")
    app.multiselect(key="partners-new-0").set_value([workshop.partners[0].id])
    app.selectbox(key="domain-new-0").set_value("finance")

    shows(app, "Table")
    assert not half_typed(app)
    shows(app, "Capture")
    away_and_back(app)

    assert half_typed(app) == ["test-new-0"]
    assert app.multiselect(key="partners-new-0").value == [workshop.partners[0].id]
    assert app.selectbox(key="domain-new-0").value == "finance"


@pytest.mark.long
def test_what_was_saved_does_not_come_back(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.PLAN, workshop.code)
    type_in(app, "test-new-0")
    shows(shows(app, "Table"), "Capture")
    app.text_input(key="lead-new-0").set_value("Head of adult care")
    partners = [partner.id for partner in workshop.partners]
    app.multiselect(key="partners-new-0").set_value(partners)
    app.selectbox(key="domain-new-0").set_value("finance")

    press(app, "Add to the plan")

    assert [action.test for action in plan_now(facilitator, workshop.code)] == [TYPED]
    for _ in range(2):
        assert {key for key in half_typed(app) if "new" in key} == set()
        away_and_back(app)


@pytest.mark.long
def test_it_goes_into_no_other_workshop(looks, facilitator) -> None:
    one, other = apart(facilitator), apart(facilitator)
    app = looks(facilitator, _way.TALK, one.code)
    type_in(app, "note-culture-0")
    left(app)
    found = {}
    for code in (other.code, one.code):
        for page in (_way.ONLY_FOR_YOU, _way.TALK):
            app.switch_page(page)
            app.query_params["workshop"] = code
            app.run()
        found[code] = half_typed(app)

    assert found == {other.code: [], one.code: ["note-culture-0"]}


@pytest.mark.long
def test_a_link_fills_in_its_domain_over_what_was_half_typed_once(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.PLAN, workshop.code)
    type_in(app, "test-new-0")
    app.selectbox(key="domain-new-0").set_value("finance")
    shows(app, "Table")

    app.query_params["domain"] = "culture"
    away_and_back(shows(app, "Capture"))
    assert half_typed(app) == ["test-new-0"]
    assert app.selectbox(key="domain-new-0").value == "culture"
    app.selectbox(key="domain-new-0").set_value("workforce")
    away_and_back(app)

    assert app.selectbox(key="domain-new-0").value == "workforce"


@pytest.mark.long
def test_what_was_refused_is_there_after_another_page(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.TALK, workshop.code)
    app.radio(key="agreement-culture-0").set_value(Agreement.DIFFER).run()
    type_in(app, "both_could-culture-0")
    press(app, "Keep it")

    away_and_back(app, _way.TALK)

    assert half_typed(app) == ["both_could-culture-0"]
    assert app.radio(key="agreement-culture-0").value is Agreement.DIFFER
    (opened,) = [line for line in app.expander if line.label == "Write down what it came to"]
    assert opened.proto.expanded
    app.text_area(key="why_apart-culture-0").set_value("The risk")
    app.multiselect(key="stays_apart-culture-0").set_value([workshop.teams[0].id])
    press(app, "Keep it")
    press(app, "Take it out")
    away_and_back(app, _way.TALK)
    assert not half_typed(app)


def a_plan(facilitator: Caller) -> Workshop:
    """Make a plan in which every form has something to change, after a test was left open."""
    place = elsewhere()
    before = met(facilitator, place=place)
    planned(facilitator, before)
    workshop = met(facilitator, LATER, place)
    running = planned(facilitator, workshop, "If one is run, then it is seen")
    studied(facilitator, workshop, running, "adapt")
    start_cycle(facilitator, workshop.code, running.id, DAY)
    ask_support(facilitator, workshop.code, SupportDraft(kind=Help.COACHING, wanted="A coach"))
    unclear = UnclearDraft(domain="culture", points=3, suggestion="Plainer")
    say_unclear(facilitator, workshop.code, unclear)
    return workshop


def every_field(app: AppTest) -> list[str]:
    """Name the texts of the forms of a plan; what stands in the way above it is no page's own."""
    return [key for key in texts(app) if key and not key.startswith(("pairing", "wifi"))]


@pytest.mark.long
@pytest.mark.parametrize("view", ["Capture", "Support and wording"])
def test_every_text_of_a_plan_is_kept(looks, facilitator, view: str) -> None:
    workshop = a_plan(facilitator)
    app = shows(looks(facilitator, _way.PLAN, workshop.code), view)
    keys = every_field(app)
    assert len(keys) > (15 if view == "Capture" else 4)
    for key in keys:
        type_in(app, key)

    shows(shows(app, "Table"), view)
    shows(away_and_back(app), view)

    assert half_typed(app) == keys


def test_every_text_of_a_card_is_kept(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.TALK, workshop.code)
    app.text_area(key="note-culture-0").set_value("A note")
    press(app, "Write it down")
    keys = every_field(app)
    assert {key.split("-")[0] for key in keys} >= {"note", "heard", "aside", "differs"}
    for key in keys:
        type_in(app, key)

    away_and_back(app, _way.TALK)

    assert half_typed(app) == keys


def test_a_line_of_the_check_is_kept_until_it_is_written_down(looks, facilitator) -> None:
    workshop = met(facilitator, place=elsewhere())
    (one, other) = (planned(facilitator, workshop, f"If {n}, then {n}") for n in (1, 2))
    app = looks(facilitator, _way.PLACE, place=place_of(facilitator, workshop), view=_way.CHECK)
    for action in (one, other):
        type_in(app, f"said-{action.id}-0")
    away_and_back(app, _way.PLACE)
    assert len(half_typed(app)) == 2
    next(group for group in app.get("button_group") if group.key == f"stands-{one.id}-0").set_value(
        Progress.MOVED
    )

    app.button(key=f"FormSubmitter:answer-{one.id}-Write it down").click().run()
    away_and_back(app, _way.PLACE)

    assert f"It made progress: {TYPED}" in words(app).replace("\\", "")
    assert half_typed(app) == [f"said-{other.id}-0"]


def place_of(facilitator: Caller, workshop: Workshop) -> str:
    return plan_read(facilitator, workshop.code, DAY).place_id


@pytest.mark.parametrize(
    ("page", "field"), [(_way.SHARE_OUT, "said-"), (_way.ROOM, "missing-")], ids=str
)
def test_what_is_shared_or_missed_is_there_again(looks, facilitator, page: str, field: str) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, page, workshop.code)
    keys = [text.key for text in app.text_input if text.key.startswith(field)]
    assert len(keys) == (3 if page == _way.SHARE_OUT else 1)
    for key in keys:
        type_in(app, key)

    away_and_back(app, page)

    assert half_typed(app) == keys
