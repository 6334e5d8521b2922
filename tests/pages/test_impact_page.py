"""A place's views: impact, the forms in which it is measured, and the check in its new place."""

import asyncio
from datetime import date

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.following import follow_measure, impact_now
from aqua_core.workshop.revealing import open_scoring
from pages import _way
from pages._server.moved import to_the_check
from tests.kit.looking import looks, press, said_on_top, words
from tests.kit.measured import SHIFTED, a_measure, followed, months, place_of
from tests.kit.planned import elsewhere, met, planned

__all__ = ["looks"]
TODAY = date.today()


@pytest.fixture
def place_id(facilitator: Caller) -> str:
    return place_of(facilitator, met(facilitator, place=elsewhere()))


def view_of(looks, facilitator: Caller, place_id: str, view: str) -> AppTest:
    return looks(facilitator, _way.PLACE, place=place_id, view=view)


def said(app: AppTest) -> str:
    return words(app).replace("\\", "").replace("\u2060", "")


def linked(app: AppTest) -> dict[str, str]:
    return {link.proto.label.strip("*"): link.proto.query_string for link in app.get("page_link")}


@pytest.mark.parametrize(
    ("view", "head"),
    [
        ("", "Open tests"),
        ("check", "what became of the tests?"),
        ("impact", "What would show?"),
        ("measures", "What "),
        ("no such view", "Open tests"),
    ],
)
def test_each_view_of_a_place_leads_to_the_others(
    looks, facilitator: Caller, place_id: str, view: str, head: str
) -> None:
    app = view_of(looks, facilitator, place_id, view)

    assert head in said(app)
    links = linked(app)
    assert list(links)[:5] == ["Home", "Waves and tests", "30-day check", "Impact", "Measures"]
    assert links["Impact"] == f"place={place_id}&view=impact"


def test_the_address_that_the_check_had_leads_to_its_view() -> None:
    asked = Request({"type": "http", "query_string": b"place=p12%263&x=1", "headers": []})

    answer = asyncio.run(to_the_check(asked))

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/place?place=p12%263&view=check",
    )


def test_the_check_is_a_view_of_its_place(looks, facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    action = planned(facilitator, workshop)

    app = view_of(looks, facilitator, place_of(facilitator, workshop), "check")

    assert action.test in said(app)
    assert any(button.label == "Write it down" for button in app.button)


def test_the_finding_stands_on_top_with_its_picture_and_its_tables(
    looks, facilitator: Caller, place_id: str
) -> None:
    followed(facilitator, place_id, a_measure(), SHIFTED)

    app = view_of(looks, facilitator, place_id, "impact")

    assert app.title[0].value.startswith("Leaders have shifted; outcomes are not due yet")
    (chart,) = app.get("vega_lite_chart")
    assert "in a row above the usual 15" in chart.proto.alt
    assert "in a row above the usual 15" in said(app)
    assert app.table[0].value.shape[0] == 1
    app.session_state["every reading as a table"] = True
    assert app.run().table[1].value.shape[0] == len(SHIFTED)


def test_nothing_of_the_past_is_shown_while_the_place_scores(looks, facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    followed(facilitator, place_id, a_measure(), SHIFTED)
    open_scoring(facilitator, workshop.code, ["culture"])

    for view in ("impact", "measures"):
        app = view_of(looks, facilitator, place_id, view)
        assert "is scoring" in said(app)
        assert not app.table
        assert not app.get("vega_lite_chart")
    app.text_area[0].set_value(months((99,), date(2026, 11, 1)))
    press(app, "Show what differs")
    assert "1 reading changed" in said(app)
    assert [*app.dataframe[0].value] == ["Row", "Measure", "Day", "In the file"]


@pytest.mark.long
def test_a_measure_is_followed_and_a_reading_kept_by_the_forms(
    looks, facilitator: Caller, place_id: str
) -> None:
    app = press(view_of(looks, facilitator, place_id, "measures"), "Hospital admissions")
    fields = {field.label: field for field in app.text_input}
    assert fields["What is measured"].value == "Hospital admissions"
    assert "no figure comes with them" in said(app)

    press(app, "Follow it")
    assert {key.split("-")[0] for key, _ in said_on_top(app)} == {
        "unit",
        "better",
        "impact",
        "whom",
    }
    _fill(app, "Counted in (days a month, per cent)", "a month")
    for label, index in (("Better is", 1), ("Shows in", 2), ("For whom", 0)):
        next(box for box in app.selectbox if box.label == label).select_index(index)
    press(app, "Follow it")

    assert "Hospital admissions is followed." in [
        text.value.replace("\\", "") for text in app.success
    ]
    _fill(app, "Value", "many")
    app.date_input[0].set_value(date(2024, 5, 1))
    press(app, "Keep it")
    assert "Write the value as a number" in said(app)
    _fill(app, "Value", "1,234")
    press(app, "Keep it")

    (of,) = impact_now(facilitator, place_id, TODAY).impact.followed
    assert [str(reading.value) for reading in of.readings] == ["1234"]


def test_the_measure_that_is_begun_is_the_one_whose_readings_are_asked_for(
    looks, facilitator: Caller, place_id: str
) -> None:
    follow_measure(facilitator, place_id, a_measure("Zebra crossings"))
    app = view_of(looks, facilitator, place_id, "measures")
    assert (
        app.selectbox(key="measure that is chosen").value == measure_ids(facilitator, place_id)[0]
    )
    fields = {
        field.label: field for field in (*app.text_input, *app.selectbox)
    }  # the last so called
    fields["What is measured"].set_value("Admissions of adults")
    fields["Counted in (days a month, per cent)"].set_value("a month")
    for label, index in (("Better is", 1), ("Shows in", 2), ("For whom", 0)):
        fields[label].select_index(index)
    press(app, "Follow it")

    chosen = app.selectbox(key="measure that is chosen").value
    of = {one.measure.id: one.measure.name for one in followed_now(facilitator, place_id)}
    assert of[chosen] == "Admissions of adults"


def followed_now(facilitator: Caller, place_id: str):
    return impact_now(facilitator, place_id, TODAY).impact.followed


def measure_ids(facilitator: Caller, place_id: str) -> list[str]:
    return [one.measure.id for one in followed_now(facilitator, place_id)]


def _fill(app: AppTest, label: str, text: str) -> None:
    next(field for field in app.text_input if field.label == label).set_value(text)


@pytest.mark.long
def test_what_is_pasted_shows_its_differences_first_and_is_undone_as_a_whole(
    looks, facilitator: Caller, place_id: str
) -> None:
    follow_measure(facilitator, place_id, a_measure())
    app = view_of(looks, facilitator, place_id, "measures")

    app.text_area[0].set_value(months((1, 2, 3), date(2024, 5, 1)) + "\n31/02/2024\t4")
    press(app, "Show what differs")
    assert "Its days can be read both ways" in said(app)
    assert "Take these readings" not in [button.label for button in app.button]
    (order,) = [group for group in app.button_group if group.label == "How its days are written"]
    order.set_value("Day first, as in Britain").run()
    assert "Nothing is taken." in said(app)
    assert "Row 4, date: the calendar has no such day" in said(app)
    app.text_area[0].set_value(months((1, 2, 3), date(2024, 5, 1)))
    press(app, "Show what differs")
    assert "3 readings new" in said(app)
    press(app, "Take these readings")

    assert len(impact_now(facilitator, place_id, TODAY).impact.followed[0].readings) == 3
    assert app.text_area[0].value == ""
    press(app, "Undo it")
    assert impact_now(facilitator, place_id, TODAY).impact.followed[0].readings == ()


@pytest.mark.long
def test_a_reading_is_put_right_and_taken_out_by_its_form(
    looks, facilitator: Caller, place_id: str
) -> None:
    measure = followed(facilitator, place_id, a_measure(), (1, 2))
    app = view_of(looks, facilitator, place_id, "measures")

    app.selectbox(key=f"right-{measure.id}").select_index(0).run()
    next(field for field in app.text_input if field.value == "2").set_value("3")
    press(app, "Put it right")

    assert app.success[0].value.replace("\\", "") == "The reading of 1 November 2026 is put right."
    (of,) = impact_now(facilitator, place_id, TODAY).impact.followed
    assert [str(reading.value) for reading in of.readings] == ["1", "3"]
    press(app, "Take this reading out")
    (of,) = impact_now(facilitator, place_id, TODAY).impact.followed
    assert [str(reading.value) for reading in of.readings] == ["1"]


def test_the_plan_says_what_the_place_follows(looks, facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    assert "This place follows" not in said(looks(facilitator, _way.PLAN, workshop.code))

    follow_measure(facilitator, place_of(facilitator, workshop), a_measure("Days shared"))

    assert "This place follows: Days shared." in said(looks(facilitator, _way.PLAN, workshop.code))


def test_a_tests_baseline_becomes_a_reading_and_its_target_the_line(
    looks, facilitator: Caller
) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    measure = follow_measure(facilitator, place_id, a_measure("Days shared"))
    planned(facilitator, workshop, measure="days shared", baseline="14", target="20")
    planned(facilitator, workshop, "If two, then more", measure="Days shared", target="a lot")

    app = view_of(looks, facilitator, place_id, "measures")
    (keeps,) = [button.label for button in app.button if button.label.startswith("Keep 14 as")]
    press(press(app, keeps), "Draw 20 as the target")

    (of,) = impact_now(facilitator, place_id, TODAY).impact.followed
    assert [str(reading.value) for reading in of.readings] == ["14"]
    assert str(of.measure.target) == "20"
    assert (of.measure.id, of.measure.version) == (measure.id, 2)
    assert not any(button.label.startswith(("Keep 14", "Draw")) for button in app.button)


def test_the_usual_is_frozen_by_its_form_and_taken_away(
    looks, facilitator: Caller, place_id: str
) -> None:
    measure = followed(facilitator, place_id, a_measure(), SHIFTED)
    app = view_of(looks, facilitator, place_id, "measures")

    app.date_input(key=f"frozen-phase-{measure.id}-0").set_value(date(2025, 6, 1))
    press(app, "Keep this usual")

    (of,) = impact_now(facilitator, place_id, TODAY).impact.followed
    assert (of.phases[0].usual, of.phases[0].frozen_on) == (14, date(2025, 6, 1))
    assert "middle of readings up to 1 June 2025" in said(app)
    press(app, "Take it away")
    (of,) = impact_now(facilitator, place_id, TODAY).impact.followed
    assert of.phases[0].frozen_on is None
