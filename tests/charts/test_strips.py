"""A mean is never alone: a strip of every score stands under it, and covers nothing."""

import itertools
import random
from collections import Counter

import altair as alt
import pytest

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.layout.gap_rows import framed
from aqua_core.charts.layout.legend import foot
from aqua_core.charts.slots import Look, colour
from aqua_core.rules.agreement import spread_of
from aqua_core.rules.gaps import gaps_of, ranked
from aqua_core.vocabulary import Cast, Compare, Gap, Holder, Spread, Tier, Workshop
from tests.charts.test_charts import drawn, words_of
from tests.kit.notation import INSTRUMENT, workshop_of

PROJECTED, HEIGHT = Look(font=32), 735
KEYS = [domain.key for domain in INSTRUMENT.domains]
Room = tuple[Workshop, list[Cast]]


def seats(partners: int, each: int, seed: int = 1, guard: int = 3) -> Room:
    """Give a room of so many partners with so many people each."""
    dice = random.Random(seed)
    workshop = workshop_of([(f"P{n}", Tier.BOARD) for n in range(partners)], Holder.PERSON)
    return workshop.model_copy(update={"guard": guard}), [
        Cast(
            domain=key, round=1, seat_id=f"{team.id}{n}", team_id=team.id, score=dice.randint(0, 5)
        )
        for team in workshop.teams
        for n in range(each)
        for key in KEYS
    ]


def shown(room: Room) -> tuple[tuple[Gap, ...], dict[str, Spread]]:
    workshop, casts = room
    spreads = {
        domain.key: spread_of(workshop, casts, domain, Compare.PARTNER)
        for domain in INSTRUMENT.domains
    }
    return ranked(gaps_of(workshop, casts, KEYS, Compare.PARTNER), spreads), spreads


def cells_of(chart: alt.LayerChart) -> list[dict[str, object]]:
    return [row for layer, rows in drawn(chart) if layer["mark"]["type"] == "rect" for row in rows]


@pytest.mark.parametrize(("partners", "each"), [(4, 3), (5, 8), (10, 4)])
def test_every_score_is_a_cell_over_its_points_in_the_colour_of_its_group(
    partners: int, each: int
) -> None:
    room = seats(partners, each)
    gaps, spreads = shown(room)

    found = Counter(
        (int(row["top"]), round((row["from"] + row["to"]) / 2), row["colour"])
        for row in cells_of(gap_chart(gaps, PROJECTED, HEIGHT, "partners", spreads))
    )

    slots = {team.id: n for n, team in enumerate(room[0].teams)}
    rows = {gap.domain.key: n for n, gap in enumerate(gaps)}
    assert found == Counter(
        (rows[cast.domain], cast.score, colour(slots[cast.team_id], PROJECTED)) for cast in room[1]
    )


@pytest.mark.parametrize(
    ("partners", "each", "guard"), [(5, 8, 3), (10, 4, 3), (10, 20, 3), (6, 2, 3)]
)
def test_cells_of_one_row_never_touch_and_stand_below_the_means(
    partners: int, each: int, guard: int
) -> None:
    gaps, spreads = shown(seats(partners, each, guard=guard))
    chart = gap_chart(gaps, PROJECTED, HEIGHT, "partners", spreads)
    frame = framed(gaps, PROJECTED, HEIGHT, foot((), PROJECTED), spreads)

    by_row: dict[int, list[tuple[float, float]]] = {}
    for row in cells_of(chart):
        by_row.setdefault(int(row["top"]), []).append((row["from"], row["to"]))
        assert row["foot"] <= int(row["top"]) + 1
        assert frame.storey / frame.row <= row["top"] % 1 + 0.01
    assert len(by_row) == 8
    for spans in by_row.values():
        in_order = sorted(spans)
        assert all(one[1] <= other[0] + 0.002 for one, other in itertools.pairwise(in_order))


def test_where_nobody_may_be_shown_the_rooms_scores_and_average_stand_in_grey() -> None:
    gaps, spreads = shown(seats(6, 2))
    chart = gap_chart(gaps, PROJECTED, HEIGHT, "partners", spreads)

    assert {row["colour"] for row in cells_of(chart)} == {PROJECTED.quiet}
    assert len(cells_of(chart)) == 12 * 8
    assert {"average of the room", "a score"} <= words_of(chart)
    assert not any(word.startswith("P") and word[1:].isdigit() for word in words_of(chart))
    widths = [spreads[gap.domain.key].deviation for gap in gaps]
    assert widths == sorted(widths, reverse=True)


def test_a_laptop_that_speaks_for_its_team_needs_no_strip_under_its_score() -> None:
    gaps, spreads = shown(seats(6, 1, guard=1))

    assert cells_of(gap_chart(gaps, PROJECTED, HEIGHT, "partners", spreads)) == []


def test_a_mark_of_a_mean_keeps_its_size_over_a_strip_with_ten_partners() -> None:
    gaps, spreads = shown(seats(10, 4))
    chart = gap_chart(gaps, PROJECTED, HEIGHT, "partners", spreads)

    sizes = {
        layer["mark"]["size"] ** 0.5 / 0.92
        for layer, rows in drawn(chart)
        if any("mean" in row and "shape" in row for row in rows)
    }
    assert min(sizes) >= 21.9
