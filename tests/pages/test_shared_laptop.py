"""One laptop for a whole team: what it is told speaks of the team, and says one figure once."""

import re
from collections.abc import Sequence

import pytest

from aqua_core.charts.sentences.seat import seat_note, seat_takeaway
from aqua_core.charts.tables import seat_head, seat_table
from aqua_core.vocabulary import CANNOT_SAY, Holder, Score, SeatResult, Whose
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import give_guess
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _way
from tests.charts.test_takeaways import domain
from tests.kit.looking import words
from tests.kit.notation import made, seated

LAPTOP = Holder.LAPTOP


def row(
    name: str, mine: Score | None, team: float | None, ends: tuple[float, float] = (1, 4)
) -> SeatResult:
    return SeatResult(
        domain=domain(name),
        whose=None if team is None else Whose.TEAM,
        figure=team,
        lowest=ends[0],
        highest=ends[1],
        mine=mine,
    )


@pytest.mark.parametrize(
    ("mine", "team", "note"),
    [
        (4, 4.0, "your team 4"),
        (CANNOT_SAY, None, "your team cannot say, scores not shown"),
        (None, 4.0, "your team 4.0"),
        (None, None, "scores not shown"),
        (4, 3.5, "this laptop 4, your team 3.5"),
        (CANNOT_SAY, 2.0, "this laptop cannot say, your team 2.0"),
    ],
)
def test_a_laptop_says_its_teams_figure_once(
    mine: Score | None, team: float | None, note: str
) -> None:
    assert seat_note(row("Culture", mine, team), LAPTOP) == note


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [row("Culture", 4, 4.0), row("Finance", 2, 2.0)],
            "No team scored Culture higher than yours.",
        ),
        ([row("Culture", 2, 2.0, (2, 2))], "The teams stand level."),
        (
            [row("Culture", 3, 2.5)],
            "Where teams differ, yours is neither the lowest nor the highest. "
            "This laptop and your team are furthest apart on Culture: "
            "this laptop 3, your team 2.5.",
        ),
    ],
)
def test_a_laptop_is_not_told_that_it_agrees_with_itself(
    rows: Sequence[SeatResult], sentence: str
) -> None:
    assert seat_takeaway(rows, holder=LAPTOP) == sentence


def test_a_laptops_table_has_one_column_for_its_team_unless_a_second_one_said_otherwise() -> None:
    one, two = [row("Culture", 4, 4.0), row("Finance", None, 2.0)], [row("Culture", 4, 3.5)]

    assert seat_head(one, LAPTOP) == ("Domain", "Your team", "Lowest", "Highest")
    assert seat_table(one, LAPTOP) == [
        ["Culture", "4", "1.0", "4.0"],
        ["Finance", "2.0", "1.0", "4.0"],
    ]
    assert seat_head(two, LAPTOP)[1:3] == ("This laptop", "Your team")
    assert seat_table(two, LAPTOP)[0][1:3] == ["4", "3.5"]
    assert seat_head(two)[1:3] == ("You", "Your team")


def test_a_shared_laptops_page_never_says_you(looks, facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=LAPTOP)
    open_scoring(facilitator, workshop.code, ["culture"], guess=True)
    laptop = seated(workshop, "Council")
    for seat, points in ((laptop, 4), (seated(workshop, "Trust"), 1)):
        submit_score(seat, workshop.code, "culture", points)
    give_guess(laptop, workshop.code, "culture", 3, meant=1)
    reveal(facilitator, workshop.code)

    result = words(looks(laptop, _way.SCORE, workshop.code))

    assert "your team 4" in result
    assert "What your team guessed" in result
    assert "Culture: your team guessed 3 for Trust, they scored 1.0" in result
    assert not re.search(r"\byou\b", result, re.IGNORECASE)
    assert 'class="mine"' not in result
