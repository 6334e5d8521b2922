"""Over time on the page: the finding in a sentence, how a fall is read, a wall that only shows."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.over_time import FallReading
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.looking_back import looked_back_now, read_fall
from aqua_core.workshop.placing import places_now
from pages import _over_time, _way
from pages._drawing import PROJECTED
from tests.kit import looking
from tests.kit.looking import a_wall, press
from tests.kit.notation import seated
from tests.kit.one_room import Filled, filled_in
from tests.kit.waves import DAYS, met_on, scored, shown_on, two_waves

Look = Callable[..., AppTest]
ASKED = "Workforce is lower. Which is it?"


def words(page: AppTest) -> str:
    """Give what a page says, as it is read: without what keeps its marks from being drawn."""
    return looking.words(page).replace("\\", "")


def offered(page: AppTest) -> str:
    """Give the links of a page."""
    return ", ".join(link.proto.label for link in page.get("page_link"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled_in(tmp_path_factory.mktemp("waves"), two_waves)


@pytest.fixture
def workshop(filled: Filled, facilitator: Caller) -> Workshop:
    return filled.holds[1]


def test_the_page_opens_with_what_moved(
    looks: Look, facilitator: Caller, workshop: Workshop
) -> None:
    said = words(looks(facilitator, _way.OVER_TIME, workshop.code))

    assert "Leadership moved up, Workforce down" in said
    assert "Since October." in said
    assert "**Leadership**: 1.0 higher than" in said
    assert "the board scores" in said


@pytest.mark.long
def test_the_facilitator_picks_how_the_room_reads_a_fall(
    looks: Look, facilitator: Caller, workshop: Workshop
) -> None:
    page = looks(facilitator, _way.OVER_TIME, workshop.code)
    (asked,) = [control for control in page.button_group if control.label == ASKED]
    assert not asked.value

    asked.set_value(FallReading.KNOW_MORE).run()

    seen = looked_back_now(facilitator, workshop.code)
    assert seen is not None
    assert seen.readings == {"workforce": FallReading.KNOW_MORE}


def test_a_wall_shows_how_the_fall_is_read_and_offers_nothing(
    looks: Look, facilitator: Caller, workshop: Workshop
) -> None:
    wall = a_wall(facilitator, workshop)
    assert ASKED in words(looks(wall, _way.OVER_TIME, workshop.code))

    read_fall(facilitator, workshop.code, "workforce", FallReading.DIFFERENT_PEOPLE)

    page = looks(wall, _way.OVER_TIME, workshop.code)
    assert "Workforce is lower: different people." in words(page)
    assert ASKED not in [control.label for control in page.button_group]


@pytest.mark.long
def test_talk_asks_of_the_fall(looks: Look, facilitator: Caller, workshop: Workshop) -> None:
    page = looks(facilitator, _way.TALK, workshop.code)
    (cards,) = [control for control in page.button_group if control.label == "Conversation"]

    cards.set_value("fell workforce").run()

    said = words(page)
    assert ASKED in said
    assert "What has happened to teams since last time, and who felt it first?" in said or (
        "What changed: the work, what we know of it, or who is in the room?" in said
    )


@pytest.mark.long
def test_a_first_wave_has_no_link_to_it_and_says_why(looks: Look, facilitator: Caller) -> None:
    first = shown_on(facilitator, DAYS[0])

    page = looks(facilitator, _way.OVER_TIME, first.code)

    assert "Nothing to compare yet" in words(page)
    links = [
        link.proto.label for link in looks(facilitator, _way.GAPS, first.code).get("page_link")
    ]
    assert "Over time" not in links


@pytest.mark.long
def test_a_room_set_up_by_mistake_is_counted_in_from_the_page_that_it_keeps_back(
    looks: Look, facilitator: Caller
) -> None:
    first, again = shown_on(facilitator, date.today()), met_on(facilitator, date.today())
    seated(again, again.teams[0].name)
    assert not looks(a_wall(facilitator, first), _way.GAPS, first.code).button
    refused = looks(facilitator, _way.GAPS, first.code)
    assert f"/kept?workshop={again.code}" in words(refused)

    page = press(refused, f"Make {again.code} a sitting of this wave")

    assert "kept back" not in words(page)
    assert "Every score on one domain" in words(page)


@pytest.mark.long
@pytest.mark.file  # where rooms are hosted nobody sees it who is not signed in
def test_salford_is_kept_back_while_a_room_scores(looks: Look, facilitator: Caller) -> None:
    assert "printed higher on 7 of 8" in words(looks(Caller(), _way.SALFORD))
    assert "Look at Salford, as published" in offered(looks(facilitator, _way.HOME))
    scored(facilitator, met_on(facilitator, date(2026, 4, 13)))

    for caller in (facilitator, Caller()):
        home = looks(caller, _way.HOME)
        assert "Salford" not in offered(home)
        said = words(looks(caller, _way.SALFORD))
        assert "kept back until all of it is revealed" in said
        assert "printed higher" not in said


def test_a_place_is_looked_back_at_from_its_own_page(
    looks: Look, facilitator: Caller, workshop: Workshop
) -> None:
    (row,) = places_now(facilitator, DAYS[2])
    page = looks(facilitator, _way.HOME)
    page.query_params["place"] = row.place.id
    page.switch_page(_way.OVER_TIME)
    page.query_params["place"] = row.place.id

    said = words(page.run())

    assert "Leadership moved up, Workforce down" in said
    assert ASKED not in said


def test_however_much_stands_under_it_the_picture_can_be_read() -> None:
    heights = [_over_time.left_over(lines) for lines in range(20)]

    assert heights == sorted(heights, reverse=True)
    assert heights[3] > heights[-1] == heights[10] >= 8 * PROJECTED
