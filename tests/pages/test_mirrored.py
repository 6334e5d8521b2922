"""A wall shows what the facilitator shows: page, view, domain, card, and what is opened there."""

from itertools import count
from typing import Any

import pytest

from aqua_core.live import Channel, changed
from aqua_core.vocabulary import Holder, Outcome, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import give_guess
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.noting import conclude
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _mirroring, _room, _way
from pages._talk import choosing
from pages._views import View
from tests.kit.looking import a_wall, onward_on, press, words
from tests.kit.notation import ALL, DAY, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import draft, drafted
from tests.kit.waves import DAYS, shown_on
from tests.workshop.test_outcomes import APART

__all__ = ["facilitator", "room_file"]
PARTNERS = ("Council", "Trust", "GPs")
PLACES = (f"Mirrored {number}" for number in count(1))


@pytest.fixture(scope="module")
def shown(facilitator: Caller) -> Workshop:
    """Three laptops disagree and guessed; the place left something open last time; two tests."""
    place = next(PLACES)
    scored(facilitator, before := made(facilitator, *PARTNERS, holder=Holder.LAPTOP, place=place))
    apart = APART | {"stays_apart": (before.teams[0].id,)}
    left_open = Outcome(domain="culture", **apart)
    conclude(facilitator, before.code, left_open, DAY)
    workshop = made(facilitator, *PARTNERS, holder=Holder.LAPTOP, place=place)
    scored(facilitator, workshop)
    capture_action(facilitator, workshop.code, draft(workshop), DAY)
    capture_action(facilitator, workshop.code, drafted(workshop, "If B, then C"), DAY)
    return workshop


def scored(facilitator: Caller, workshop: Workshop) -> None:
    open_scoring(facilitator, workshop.code, ALL, guess=True)
    for name, points in zip(PARTNERS, (0, 2, 5), strict=True):
        seat = seated(workshop, name)
        for domain in ALL:
            submit_score(seat, workshop.code, domain, points)
        give_guess(seat, workshop.code, "finance", 5, meant=1)
    reveal(facilitator, workshop.code)


class Both:
    """The facilitator's page and a wall beside it; an AppTest has no cookies to tell them apart."""

    def __init__(self, looks: Any, page: str, facilitator: Caller, workshop: Workshop) -> None:
        self.page, self.code, self.facilitator = page, workshop.code, facilitator
        self.who = a_wall(facilitator, workshop)
        self.wall = looks(self.who, _way.ROOM, workshop.code)
        self.app = looks(facilitator, page, workshop.code)

    def compare(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Draw the facilitator's page, bring the wall where it is led, and compare the two."""
        monkeypatch.setattr(_room, "caller", lambda: self.facilitator)
        self.app.run()
        monkeypatch.setattr(_room, "caller", lambda: self.who)
        if lead := onward_on(self.wall.run()):
            assert lead == f"{_way.address_of(self.page)}?workshop={self.code}"
            self.wall.switch_page(self.page)
            self.wall.query_params["workshop"] = self.code
            self.wall.run()
        assert onward_on(self.wall) == ""
        assert seen_of(self.wall) == seen_of(self.app)
        monkeypatch.setattr(_room, "caller", lambda: self.facilitator)


def seen_of(app: Any) -> list[str]:
    """Give the pictures, headings, tables and opened lines of a page."""
    assert not app.exception, app.exception
    charts = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    heads = [head.value for head in (*app.title, *app.header)]
    tables = [table.value.to_csv() for table in app.table]
    tests = [text.value for text in app.markdown if text.value.startswith("Try:")]
    return [*charts, *heads, *tables, *tests]


def group(app: Any, label: str) -> Any:
    (found,) = [control for control in app.button_group if control.label == label]
    return found


@pytest.fixture(autouse=True)
def nothing_shown_before(shown: Workshop) -> None:
    _mirroring._mirrored.forget(shown.code)
    changed(shown.code, Channel.ROOM)


@pytest.fixture
def both(looks: Any, facilitator: Caller, shown: Workshop) -> Any:
    return lambda page: Both(looks, page, facilitator, shown)


@pytest.mark.long
def test_it_follows_to_every_view_of_gaps_and_what_is_asked_of_one(both, monkeypatch) -> None:
    two = both(_way.GAPS)
    for view in (*[*View][1:], View.RANKED):
        group(two.app, "View").set_value(view.value)
        two.compare(monkeypatch)
    two.app.toggle(key="relative").set_value(True)
    two.compare(monkeypatch)
    assert two.wall.toggle(key="relative").value


@pytest.mark.long
def test_it_follows_to_each_domain(both, monkeypatch) -> None:
    two = both(_way.DOMAIN)
    for domain in ("finance", "culture", "workforce"):
        two.app.selectbox[0].set_value(domain)
        two.compare(monkeypatch)
        assert two.wall.selectbox[0].value == domain


@pytest.mark.long
def test_it_follows_to_each_card_last_time_and_a_guess_too(both, monkeypatch) -> None:
    two = both(_way.TALK)
    labels = {}
    for card in (choosing.LAST_TIME, "culture", choosing.MISREAD, "leadership", "finance"):
        group(two.app, "Conversation").set_value(card)
        two.compare(monkeypatch)
        labels[card] = seen_of(two.wall)
    assert "What of this still holds?" in labels[choosing.LAST_TIME]


@pytest.mark.long
def test_it_follows_to_each_view_of_the_plan_in_the_same_order(both, monkeypatch) -> None:
    two = both(_way.PLAN)
    for view in ("Table", "Mix", "Reviews", "Check sheet", "Capture"):
        group(two.app, "View").set_value(view)
        two.compare(monkeypatch)


@pytest.mark.long
def test_it_follows_to_every_page_that_is_projected(both, monkeypatch) -> None:
    for page in (_way.PLAN, _way.TALK, _way.DOMAIN, _way.GAPS, _way.ROOM):
        both(page).compare(monkeypatch)


@pytest.mark.long
@pytest.mark.slow
def test_it_follows_over_time_and_whose_averages_are_compared(
    looks, facilitator, monkeypatch
) -> None:
    close_workshop(facilitator, shown_on(facilitator, DAYS[0]).code)
    later = shown_on(facilitator, DAYS[1], {"workforce": -1.2}, seed=2)
    two = Both(looks, _way.OVER_TIME, facilitator, later)
    two.compare(monkeypatch)
    came_each_time = group(two.app, "Averages of").options[1]
    group(two.app, "Averages of").set_value(came_each_time)
    two.compare(monkeypatch)
    assert group(two.wall, "Averages of").value == came_each_time


def test_a_page_that_has_nothing_to_show_leaves_it_where_it_is(looks, facilitator) -> None:
    alone = made(facilitator, *PARTNERS, holder=Holder.LAPTOP, place=next(PLACES))
    scored(facilitator, alone)
    wall = a_wall(facilitator, alone)
    looks(facilitator, _way.OVER_TIME, alone.code)
    assert onward_on(looks(wall, _way.ROOM, alone.code)) == ""


def test_it_stays_in_the_room_until_the_reveal(looks, facilitator) -> None:
    workshop = made(facilitator, *PARTNERS, place=next(PLACES))
    wall = a_wall(facilitator, workshop)
    looks(facilitator, _way.PLAN, workshop.code)
    assert onward_on(looks(wall, _way.ROOM, workshop.code)) == ""
    open_scoring(facilitator, workshop.code, ["culture"])
    looks(facilitator, _way.TALK, workshop.code)
    assert onward_on(looks(wall, _way.ROOM, workshop.code)) == ""


@pytest.mark.long
def test_a_held_wall_stays_and_follows_again_when_it_is_let_go(both, monkeypatch) -> None:
    two = both(_way.GAPS)
    two.compare(monkeypatch)
    two.app.toggle(key="hold").set_value(True).run()
    group(two.app, "View").set_value("Radar")
    two.app.run()
    monkeypatch.setattr(_room, "caller", lambda: two.who)
    assert group(two.wall.run(), "View").value == "Ranked gaps"
    monkeypatch.setattr(_room, "caller", lambda: two.facilitator)
    two.app.toggle(key="hold").set_value(False).run()
    two.compare(monkeypatch)
    assert group(two.wall, "View").value == "Radar"


@pytest.mark.long
def test_it_is_paged_from_the_laptop_no_further_than_it_goes(both, shown) -> None:
    app = both(_way.PLAN).app
    _mirroring.say_screenfuls(shown.code, 3)
    app.run()
    steps = (("Wall down", 1), ("Wall down", 2), ("Wall up", 1), ("Wall up", 0))
    for pressed, screenful in steps:
        press(app, pressed)
        assert _mirroring.mirrored(shown.code).screenful == screenful
    _mirroring.scroll(shown.code, by=-1)
    assert _mirroring.mirrored(shown.code).screenful == 0
    _mirroring.scroll(shown.code, by=9)
    assert _mirroring.mirrored(shown.code).screenful == 2
    group(app, "View").set_value("Table").run()
    assert _mirroring.mirrored(shown.code).screenful == 0


def test_no_word_to_the_facilitator_stands_on_it(looks, facilitator, shown) -> None:
    plan = words(looks(a_wall(facilitator, shown), _way.PLAN, shown.code))
    assert "If B, then C" in plan
    for said in ("Nobody has said", "scale not said", "No cycle yet"):
        assert said not in plan


def test_welcome_names_the_place_and_the_end_is_a_thank_you(looks, facilitator) -> None:
    workshop = made(facilitator, *PARTNERS, place=next(PLACES))
    wall = looks(a_wall(facilitator, workshop), _way.ROOM, workshop.code)
    assert f"Welcome, {workshop.place.name}" in words(wall)
    close_workshop(facilitator, workshop.code)
    wall.run()
    assert [title.value for title in wall.title] == ["Thank you"]


def test_the_form_says_that_the_words_of_who_stays_apart_go_to_the_wall(both) -> None:
    app = both(_way.TALK).app
    assert "on the wall too: also the words of who stays apart" in words(app)
    assert "What does not fit on the wall is scrolled to there from here" in words(app)
