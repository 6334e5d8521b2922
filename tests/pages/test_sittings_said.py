"""What a sitting says on its own screens: when its scores are seen, before and after they were."""

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.charts.sentences.seat import closed_said
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.revealing import reveal, unseen_now
from aqua_core.workshop.sitting_apart import seen_together
from pages import _way
from tests.kit import looking
from tests.kit.notation import made
from tests.workshop.test_sittings import day_and_sitting

ON_THE_DAY = "What you scored is seen with all others on 22 November 2026."
WITH_ALL = "Its scores were revealed with all others."
SEALED = "Scores stay sealed until the facilitator reveals them"


def words(page: AppTest) -> str:
    return looking.words(page).replace("\\", "")


def test_a_seat_of_a_closed_sitting_reads_when_its_scores_are_seen(facilitator: Caller) -> None:
    day, sitting = day_and_sitting(facilitator)

    def read(code: str) -> str:  # a seat's page is still open when this is drawn, in a fragment
        return closed_said(seen_together(code), gathered=bool(unseen_now(code).gathered))

    close_workshop(facilitator, sitting.code)
    assert read(sitting.code).endswith(ON_THE_DAY)

    reveal(facilitator, day.code)

    assert "were revealed with those of all the other" in read(sitting.code)
    close_workshop(facilitator, day.code)
    assert read(day.code) == "Thank you. The results are with your facilitator."


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


def test_the_room_of_a_sitting_says_that_its_scores_were_revealed_and_promises_nothing(
    looks, facilitator: Caller
) -> None:
    day, sitting = day_and_sitting(facilitator)
    assert "hidden until the partners meet" in words(looks(facilitator, _way.ROOM, sitting.code))

    reveal(facilitator, day.code)

    said = words(looks(facilitator, _way.ROOM, sitting.code))
    assert WITH_ALL in said
    assert "hidden until the partners meet" not in said
