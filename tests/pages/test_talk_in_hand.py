"""The Talk page in the facilitator's hands, and what the wall beside it shows, by room."""

from datetime import timedelta
from itertools import count

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.vocabulary import Act, Agreement, Holder, Outcome, Wording, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import (
    agreement_is_real,
    cards_now,
    give_guess,
    take_topic,
    timer_now,
)
from aqua_core.workshop.noting import (
    conclude,
    give_reason,
    outcomes_now,
    reasons_now,
    take_outcome_out,
    write_down,
)
from aqua_core.workshop.reading import stage_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _way
from tests.kit.looking import a_wall, press, said_on_top, words
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.pages.test_talk_page import ballot, revealed
from tests.workshop.test_outcomes import APART, scored
from tests.workshop.test_undoing import undone

__all__ = ["facilitator", "room_file"]
PARTNERS = ("Council", "Trust", "GPs")
# What one workshop of a place leaves open is the next one's first card.
PLACES = (f"Place {number}" for number in count(1))


def apart(facilitator: Caller) -> Workshop:
    """Reveal culture, on which every partner's laptop stands elsewhere; seats gave reasons."""
    workshop = made(facilitator, *PARTNERS, holder=Holder.LAPTOP, place=next(PLACES))
    open_scoring(facilitator, workshop.code, ["culture"])
    for name, points in zip(PARTNERS, (0, 2, 5), strict=True):
        seat = seated(workshop, name)
        submit_score(seat, workshop.code, "culture", points)
        said = Wording(said=f"{name} would point at the rota", with_team=name == "GPs")
        give_reason(seat, workshop.code, "culture", said, meant=1)
    reveal(facilitator, workshop.code)
    return workshop


def links(app: AppTest) -> list[tuple[str, str]]:
    """Give where each link of a page leads, and the workshop that it keeps."""
    return [(link.proto.page, link.proto.query_string) for link in app.get("page_link")]


def seen(app: AppTest) -> str:
    return words(app).replace("\\", "").replace("\u2060", "")


@pytest.mark.long
def test_a_card_is_taken_and_skipped_and_undo_takes_the_act_back(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.TALK, workshop.code)

    press(app, "Take it up")
    assert cards_now(facilitator, workshop.code).taken_up == "culture"
    assert "Take it up" not in [button.label for button in app.button]
    assert not [button.label for button in app.button if button.label.startswith("Take back")]
    assert undone(facilitator, workshop.code) == "The card on Culture: taken."
    app = looks(facilitator, _way.TALK, workshop.code)
    press(app, "Skip")
    assert cards_now(facilitator, workshop.code).acts["culture"].act is Act.SKIP
    assert "Take it up" in [button.label for button in app.button]


@pytest.mark.long
def test_setting_aside_asks_for_the_reason_and_says_so_under_the_card(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.TALK, workshop.code)

    press(app, "Set it aside")
    assert "Say why it is set aside." in seen(app)
    app.text_input(key="aside-culture-0").set_value("It is for the board on Thursday")
    press(app, "Set it aside")

    assert "Every question was set aside." in seen(app)
    assert "Culture: GPs stands apart, five levels from Council" in seen(app)
    assert "It was set aside." in seen(app)
    assert "Talk about it after all" not in [
        button.label
        for button in looks(a_wall(facilitator, workshop), _way.TALK, workshop.code).button
    ]

    # Its card comes back from there, whatever was done since.
    write_down(facilitator, workshop.code, "culture", "Two rotas")
    press(looks(facilitator, _way.TALK, workshop.code), "Talk about it after all")
    assert cards_now(facilitator, workshop.code).taken_up == "culture"
    app = looks(facilitator, _way.TALK, workshop.code)
    assert "Every question was set aside." not in seen(app)


@pytest.mark.long
def test_the_card_that_is_talked_about_after_all_fills_the_screen(looks, facilitator) -> None:
    workshop = made(facilitator, *PARTNERS, holder=Holder.LAPTOP, place=next(PLACES))
    open_scoring(facilitator, workshop.code, ["culture", "finance"])
    for name, culture, finance in zip(PARTNERS, (0, 2, 5), (2, 5, 0), strict=True):
        seat = seated(workshop, name)
        submit_score(seat, workshop.code, "culture", culture)
        submit_score(seat, workshop.code, "finance", finance)
    reveal(facilitator, workshop.code)
    app = looks(facilitator, _way.TALK, workshop.code)
    app.text_input(key="aside-culture-0").set_value("Not today")
    press(app, "Set it aside")

    app = press(app, "Talk about it after all")

    assert app.segmented_control(key="conversation").value == "culture"


@pytest.mark.long
def test_the_timer_has_the_minutes_of_the_steps(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.TALK, workshop.code)
    minutes = [button.label for button in app.button if button.label.endswith("minutes")]
    assert minutes

    press(app, minutes[0])
    assert timer_now(facilitator, workshop.code) is not None
    (clock,) = [
        part.proto for part in app.get("bidi_component") if part.proto.component_name == "timer"
    ]
    assert clock
    press(app, "+1 minute")
    press(app, "Stop the time")
    assert timer_now(facilitator, workshop.code) is None


@pytest.mark.long
def test_a_second_round_is_one_press(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.TALK, workshop.code)

    press(app, "Open the second look")

    assert stage_now(workshop.code) == "scoring"
    assert "A domain that is being scored stays sealed." in seen(app)


@pytest.mark.long
def test_what_it_came_to_is_typed_kept_and_shown_on_the_wall(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.TALK, workshop.code)
    app.radio(key="agreement-culture-0").set_value(Agreement.DIFFER)
    app.multiselect(key="stays_apart-culture-0").set_value([workshop.teams[0].id])
    press(app, "Keep it")
    assert "Write down why somebody stays apart" in seen(app)

    app.text_area(key="why_apart-culture-0").set_value("We carry the risk alone")
    app.text_input(key="parked_with-culture-0").set_value("Integration board")
    app.date_input(key="parked_until-culture-0").set_value(DAY + timedelta(days=30))
    press(app, "Keep it")

    kept = outcomes_now(facilitator, workshop.code)["culture"]
    assert kept.stays_apart == (workshop.teams[0].id,)
    on_the_wall = seen(looks(a_wall(facilitator, workshop), _way.TALK, workshop.code))
    assert "Agreed to differ" in on_the_wall
    assert "Council stays apart: “We carry the risk alone”" in on_the_wall
    assert "Parked with Integration board until 22 December 2026" in on_the_wall


@pytest.mark.long
def test_what_it_came_to_is_refused_on_top_and_at_its_field(looks, facilitator) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.TALK, workshop.code)
    app.radio(key="agreement-culture-0").set_value(Agreement.AGREED).run()
    app.text_input(key="parked_with-culture-0").set_value("Integration board")

    press(app, "Keep it")

    assert said_on_top(app) == [
        [
            "both_could-culture-0",
            "Write what both could live with, or choose the score that was agreed.",
        ],
        ["parked_until-culture-0", "Choose the day on which the forum takes it up."],
    ]
    assert ":red[Choose the day on which the forum takes it up.]" in seen(app)
    assert not app.warning
    (more,) = [line for line in app.expander if line.label == "More about it"]
    assert more.proto.expanded
    app.text_input(key="parked_with-culture-0").set_value("")
    app.text_input(key="both_could-culture-0").set_value("One pot for falls")
    press(app, "Keep it")
    assert outcomes_now(facilitator, workshop.code)["culture"].agreement is Agreement.AGREED
    assert "Settled, without a score" in seen(app)


@pytest.mark.slow
def test_a_reason_reaches_the_wall_when_it_is_shown_and_not_before(looks, facilitator) -> None:
    workshop = apart(facilitator)
    wall = a_wall(facilitator, workshop)
    app = looks(facilitator, _way.TALK, workshop.code)
    assert "would point at" not in seen(app)
    assert "would point at" not in seen(looks(wall, _way.TALK, workshop.code))
    app = looks(facilitator, _way.TALK, workshop.code)

    press(app, "Show a reason without reading it first (3)")

    (shown,) = [reason for reason in reasons_now(facilitator, workshop.code) if reason.shown]
    assert f"“{shown.said}”" in seen(looks(wall, _way.TALK, workshop.code))
    app = looks(facilitator, _way.TALK, workshop.code)
    press(app, "Hide")
    assert shown.said not in seen(looks(wall, _way.TALK, workshop.code))


def test_only_for_you_offers_every_reason_with_its_team_only_where_asked(
    looks, facilitator
) -> None:
    workshop = apart(facilitator)
    app = looks(facilitator, _way.ONLY_FOR_YOU, workshop.code)
    assert "would point at" not in seen(app)

    press(app, "Nobody else sees this screen")

    assert "“GPs would point at the rota” (GPs)" in seen(app)
    assert "“Council would point at the rota”" in seen(app)
    assert "rota” (Council)" not in seen(app)
    assert [button.label for button in app.button].count("Show") == 3


def test_a_wall_has_no_hand_on_the_cards(looks, facilitator) -> None:
    workshop = apart(facilitator)
    take_topic(facilitator, workshop.code, "culture")

    app = looks(a_wall(facilitator, workshop), _way.TALK, workshop.code)

    assert not [button.label for button in app.button]
    assert not [*app.text_area, *app.text_input, *app.radio, *app.multiselect]


@pytest.mark.long
def test_a_quiet_room_says_what_shows_that_it_is_real(looks, facilitator) -> None:
    quiet = {"Council": [ballot(3)] * 4, "Trust": [ballot(3)] * 4}
    workshop = revealed(facilitator, quiet)
    app = looks(facilitator, _way.TALK, workshop.code)
    app.text_input(key="real-why-0").set_value("Last winter we shared one rota")

    press(app, "Keep what the room says")

    assert "The room says: this agreement is real" in seen(app)
    assert "“Last winter we shared one rota”" in seen(app)
    assert app.get("popover")[0].proto.popover.label == "Say it anew"
    assert cards_now(facilitator, workshop.code).acts[""].act is Act.REAL


@pytest.mark.long
def test_a_real_agreement_is_said_anew_and_undone(looks, facilitator) -> None:
    workshop = revealed(facilitator, {"Council": [ballot(3)] * 4, "Trust": [ballot(3)] * 4})
    agreement_is_real(facilitator, workshop.code, "We share a rota")
    app = looks(facilitator, _way.TALK, workshop.code)

    app.text_input(key="real-why-1").set_value("We share two rotas")
    press(app, "Keep what the room says")
    assert "“We share two rotas”" in seen(app)

    undone(facilitator, workshop.code)
    undone(facilitator, workshop.code)
    assert "The room says" not in seen(looks(facilitator, _way.TALK, workshop.code))


@pytest.mark.long
def test_talk_is_come_back_to_at_the_same_conversation(looks, facilitator) -> None:
    workshop = revealed(facilitator, {"Council": [ballot(3)] * 4, "Trust": [ballot(3)] * 4})
    app = looks(facilitator, _way.TALK, workshop.code)
    chosen = "domain of a quiet room"
    app.selectbox(key=chosen).set_value("workforce").run()

    for page in (_way.ONLY_FOR_YOU, _way.TALK):
        app.switch_page(page)
        app.query_params["workshop"] = workshop.code
        app.run()

    assert app.selectbox(key=chosen).value == "workforce"


@pytest.mark.long
def test_the_last_workshop_s_dissent_is_opened_first(looks, facilitator) -> None:
    before = scored(facilitator, DAY, "Bury")
    reveal(facilitator, before.code)
    left = APART | {"stays_apart": (before.teams[0].id,), "domain": "finance"}
    left |= {"differs": "Whose budget pays for beds", "both_could": "One joint budget line"}
    conclude(facilitator, before.code, Outcome.model_validate(left), DAY)
    after = scored(facilitator, DAY + timedelta(days=180), "Bury")
    assert "carry the risk" not in seen(looks(facilitator, _way.TALK, after.code))
    reveal(facilitator, after.code)

    app = looks(facilitator, _way.TALK, after.code)

    assert app.segmented_control(key="conversation").options[0] == "Last time"
    assert "Said on 22 November 2026" in seen(app)
    assert "Left open" not in seen(app)  # untrue where the room agreed to differ
    for line in (
        "What we see differently: Whose budget pays for beds",
        "Both could live with: One joint budget line",
        "Agreed to differ",
        "Council stays apart: “We carry the risk alone”",
    ):
        assert line in seen(app)


@pytest.mark.long
def test_an_action_is_carried_with_what_both_could_live_with_beside_it(looks, facilitator) -> None:
    workshop = apart(facilitator)
    said = {"domain": "culture", "both_could": "One *joint* rota", "agreement": Agreement.DIFFER}
    came = Outcome.model_validate(said | {"why_apart": "We carry the risk alone"})
    kept = conclude(facilitator, workshop.code, came, DAY)

    def carried(who: Caller, domain: str) -> str:
        app = looks(who, _way.PLAN, workshop.code)
        app.query_params["domain"] = domain
        return seen(app.run())

    assert "Both could live with: One *joint* rota" in carried(facilitator, "culture")
    apart_still = "Agreed to differ · Somebody stays apart: “We carry the risk alone”"
    assert apart_still in carried(facilitator, "culture")
    for other in ("", "finance", "no such domain"):
        assert "Both could" not in carried(facilitator, other)
    assert "Both could" not in carried(a_wall(facilitator, workshop), "culture")
    take_outcome_out(facilitator, workshop.code, kept, out=True)
    assert "Both could" not in carried(facilitator, "culture")


@pytest.mark.long
def test_reasons_are_one_press_away_and_talk_is_one_press_back(looks, facilitator) -> None:
    workshop = apart(facilitator)
    here = f"workshop={workshop.code}"

    there = looks(facilitator, _way.TALK, workshop.code)
    notes = looks(facilitator, _way.ONLY_FOR_YOU, workshop.code)

    assert ("only-for-you", here) in links(there)
    # Nothing is drawn before its own press, and no wall has a link to it.
    assert "would point at" not in seen(notes)
    assert ("talk", here) in links(notes)
    wall = looks(a_wall(facilitator, workshop), _way.TALK, workshop.code)
    assert "only-for-you" not in dict(links(wall))


@pytest.mark.long
def test_a_large_misreading_is_offered_as_a_card(looks, facilitator) -> None:
    workshop = made(facilitator, *PARTNERS, holder=Holder.LAPTOP, place=next(PLACES))
    open_scoring(facilitator, workshop.code, ["culture"], guess=True)
    for name, points, guess in zip(PARTNERS, (1, 4, 2), (0, 2, 1), strict=True):
        seat = seated(workshop, name)
        submit_score(seat, workshop.code, "culture", points)
        give_guess(seat, workshop.code, "culture", guess, meant=1)
    reveal(facilitator, workshop.code)
    app = looks(facilitator, _way.TALK, workshop.code)

    app.segmented_control(key="conversation").set_value("misread").run()

    assert "Council guessed 0.0 for Trust, and scored 1.0 itself; Trust scored 4.0" in seen(app)
    assert "What do the others see of your work" in seen(app)
