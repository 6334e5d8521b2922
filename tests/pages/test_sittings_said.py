"""What a sitting says on its own screens: when its scores are seen, before and after they were."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.charts.sentences.seat import closed_said
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.revealing import reveal, unseen_now
from aqua_core.workshop.sitting_apart import invite, seen_together
from pages import _way
from tests.kit import looking
from tests.kit.notation import DAY, made
from tests.kit.planned import met
from tests.workshop.test_sittings import day_and_sitting

ON_THE_DAY = "What you scored is seen with all others on 22 November 2026."
WITH_ALL = "Its scores were revealed with all others."
SEALED = "Scores stay sealed until you press Reveal"


def words(page: AppTest) -> str:
    return looking.words(page).replace("\\", "")


@pytest.mark.long
def test_a_seat_of_a_closed_sitting_reads_when_its_scores_are_seen(facilitator: Caller) -> None:
    day, sitting = day_and_sitting(facilitator)

    def read(code: str) -> str:  # a seat's page is still open when this is drawn, in a fragment
        return closed_said(seen_together(code), collected=bool(unseen_now(code).collected))

    close_workshop(facilitator, sitting.code)
    assert read(sitting.code).endswith(ON_THE_DAY)

    reveal(facilitator, day.code)

    assert "were revealed with those of all the other" in read(sitting.code)
    close_workshop(facilitator, day.code)
    assert read(day.code) == "Thank you. The results are with your facilitator."


@pytest.mark.long
@pytest.mark.parametrize("page", [_way.GAPS, _way.DOMAIN])
def test_a_page_of_results_says_why_a_sitting_or_a_closed_workshop_shows_none(
    looks, facilitator: Caller, page: str
) -> None:
    day, sitting = day_and_sitting(facilitator)
    assert SEALED in words(looks(facilitator, page, day.code))
    before = words(looks(facilitator, page, sitting.code))
    assert "Revealed with all others on 22 November 2026." in before
    assert SEALED not in before

    reveal(facilitator, day.code)

    assert WITH_ALL in words(looks(facilitator, page, sitting.code))
    over = made(facilitator, "Council", "Trust")
    close_workshop(facilitator, over.code)
    said = words(looks(facilitator, page, over.code))
    assert "It was closed before any score was revealed." in said
    assert SEALED not in said


@pytest.mark.long
def test_the_room_of_a_sitting_says_that_its_scores_were_revealed_and_promises_nothing(
    looks, facilitator: Caller
) -> None:
    day, sitting = day_and_sitting(facilitator)
    assert "hidden until the partners meet" in words(looks(facilitator, _way.ROOM, sitting.code))

    reveal(facilitator, day.code)

    said = words(looks(facilitator, _way.ROOM, sitting.code))
    assert WITH_ALL in said
    assert "hidden until the partners meet" not in said


def labels(page: AppTest) -> list[str]:
    return [
        button.proto.label for kind in ("button", "download_button") for button in page.get(kind)
    ]


def at_its_place(looks, facilitator: Caller) -> AppTest:
    (row,) = places_now(facilitator, DAY)
    page = looks(facilitator, _way.HOME)
    page.switch_page(_way.PLACE)
    page.query_params["place"] = row.place.id
    return page.run()


OFFERED = ["Set up this sitting", "Invite", "Take it back", "Take the invitation for The trust"]


@pytest.mark.parametrize(
    ("days", "closed", "offered"),
    [(0, False, OFFERED), (-1, False, ["Take it back"]), (-1, True, []), (0, True, [])],
)
def test_what_brings_a_sitting_into_a_wave_is_offered_only_where_it_can(
    looks, facilitator: Caller, days: int, closed: bool, offered: list[str]
) -> None:
    day = met(facilitator, date.today() + timedelta(days))
    invite(facilitator, day.code, "The trust")
    if closed:
        close_workshop(facilitator, day.code)

    page = at_its_place(looks, facilitator)

    assert not page.exception
    assert set(labels(page)) & set(OFFERED) == set(offered)


def test_a_workshop_that_closed_unrevealed_has_no_scores_to_miss_a_sitting_in(
    looks, facilitator: Caller
) -> None:
    day = met(facilitator, date.today())
    invite(facilitator, day.code, "The trust")
    close_workshop(facilitator, day.code)

    assert "not in these scores" not in words(looks(facilitator, _way.ROOM, day.code))
