"""The second look on a domain beside the first: drawn on one scale, said in counts, tabled."""

import random

import pytest

from aqua_core.charts.domain_marks import two_looks
from aqua_core.charts.sentences.ways_back import two_looks_takeaway
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.charts.tables import two_looks_table
from aqua_core.vocabulary import Spread
from aqua_core.vocabulary.shown import Movement
from tests.charts.test_charts import LEVELS, Spec, colours_of, drawn, spread, words_of

PROJECTED, HEIGHT = Look(font=32), 675


def movement(seats: int, up: int, down: int, before: float, after: float) -> Movement:
    return Movement(
        domain="culture",
        seats=seats,
        up=up,
        down=down,
        before=before,
        after=after,
        by_coin=1.0,
        pull=None,
        pattern=None,
    )


def looks_of(teams: int, seats: int, seed: int = 1) -> tuple[Spread, Spread]:
    """Invent two looks of a room: the second nearer to its middle."""
    dice = random.Random(f"{teams}/{seats}/{seed}")
    both = []
    for points in ((0, 1, 1, 2, 4, 5), (1, 2, 2, 2, 3)):
        found: dict[tuple[int, int], int] = {}
        for seat in range(seats):
            side = seat % teams, dice.choice(points)
            found[side] = found.get(side, 0) + 1
        both.append(spread(*((slot, p, n) for (slot, p), n in found.items()), could_not=2))
    return both[0], both[1]


def marks_of(chart) -> list[tuple[float, list[Spec]]]:
    return [
        (layer["mark"]["size"], rows)
        for layer, rows in drawn(chart)
        if any("across" in row and "up" in row for row in rows)
    ]


@pytest.mark.parametrize(("teams", "seats"), [(3, 12), (6, 24), (24, 96)])
def test_both_looks_stand_on_one_page_with_marks_of_one_size(teams: int, seats: int) -> None:
    before, after = looks_of(teams, seats)
    chart = two_looks(before, after, LEVELS, PROJECTED, HEIGHT)

    (size, first), (same, second) = marks_of(chart)
    assert size == same
    assert (len(first), len(second)) == (seats, seats)
    assert {"First look", "Second look"} <= words_of(chart)
    assert colours_of(chart) == {
        f"Team {slot}": {(colour(slot, PROJECTED), shape(slot))} for slot in range(teams)
    }
    for layer, _ in drawn(chart):
        assert layer["mark"].get("fontSize", 99) >= 28


@pytest.mark.parametrize("teams", [3, 24])
def test_the_columns_of_the_second_look_stay_under_the_line_of_the_first(teams: int) -> None:
    before, after = looks_of(teams, 96)
    chart = two_looks(before, after, LEVELS, PROJECTED, HEIGHT)
    lines = sorted(
        float(layer["encoding"]["y"]["value"]["expr"].removeprefix("height - "))
        for layer, _ in drawn(chart)
        if layer["mark"]["type"] == "rule"
    )
    counts = [
        min(row["up"] for row in rows)
        for layer, rows in drawn(chart)
        if layer["mark"]["type"] == "text" and rows and "up" in rows[0]
    ]

    between = lines[1] - lines[0]
    assert len(counts) == 2
    assert all(-up + PROJECTED.font * 0.4 <= between for up in counts)
    assert lines[1] + between <= HEIGHT - 20


def test_a_look_that_may_not_be_shown_says_so_and_leaves_the_other_standing() -> None:
    before, after = looks_of(3, 12)
    hidden = before.model_copy(update={"marks": (), "median": None})
    words = words_of(two_looks(hidden, after, LEVELS, PROJECTED, HEIGHT))

    assert {"Too few scores to show", "First look", "Second look"} <= words
    assert "middle 2.0 2 could not say" in words


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (
            movement(20, 8, 1, 1.2, 0.6),
            "9 of 20 moved, 8 of them up; people sat 1.2 apart from the middle score, now 0.6.",
        ),
        (
            movement(20, 0, 5, 0.6, 0.9),
            "5 of 20 moved, all of them down; people sat 0.6 apart from the middle score, now 0.9.",
        ),
        (
            movement(4, 1, 0, 0.6, 0.64),
            "1 of 4 moved, up; people sit 0.6 apart from the middle score, as before.",
        ),
        (
            movement(4, 0, 0, 0.6, 0.6),
            "none of 4 moved; people sit 0.6 apart from the middle score, as before.",
        ),
        (
            None,
            "we do not show who changed their score, because too few scored in both looks or in a "
            "group.",
        ),
    ],
)
def test_says_who_moved_and_whether_people_came_nearer(moved: Movement | None, said: str) -> None:
    before, after = looks_of(3, 12)
    name = after.domain.short

    assert two_looks_takeaway(moved, before, after) == f"{name}: {said} The middle score stays 2.0."
    lower = before.model_copy(update={"median": 1.5})
    assert two_looks_takeaway(moved, lower, after).endswith("The middle score was 1.5, now 2.0.")
    unknown = before.model_copy(update={"median": None})
    assert two_looks_takeaway(moved, unknown, after) == f"{name}: {said}"


def test_the_table_holds_both_looks_a_row_a_level_and_a_column_a_team() -> None:
    before = spread((0, 1, 2), (2, 5, 1), could_not=1)
    after = spread((0, 3, 2), (1, 3, 1))
    table = two_looks_table(before, after, LEVELS)

    assert list(table) == ["Look", "Points", "Team 0", "Team 1", "Team 2", "All"]
    assert list(table["Look"]) == ["First look"] * 7 + ["Second look"] * 7
    assert list(table.iloc[1]) == ["First look", "1 Talked about", "2", "0", "0", "2"]
    assert list(table.iloc[10]) == ["Second look", "3 Established", "2", "1", "0", "3"]
    assert list(table.iloc[6])[1:] == ["Cannot say", "", "", "", "1"]
