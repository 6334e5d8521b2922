"""Pictures of crowds: what stays readable with 24 teams, and with more words than usual."""

import altair as alt
import pytest

from aqua_core.charts.domain_marks import domain_marks, two_looks
from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.layout.canvas import wide
from aqua_core.charts.layout.gap_rows import ends_of, framed, gutters, steps_of
from aqua_core.charts.layout.legend import foot
from aqua_core.charts.radar import radar
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.charts.whole import blanks_chart
from aqua_core.charts.words import gap_takeaway
from aqua_core.vocabulary import Gap
from pages._drawing import LINE, UNDER_TWO, left_under
from tests.charts.test_charts import any_room, colours_of, drawn, gap, lines_of, spread, words_of
from tests.charts.test_whole_charts import blanks, luminance
from tests.kit.notation import INSTRUMENT

PROJECTED, HEIGHT = Look(font=32), 735
LABELLED = 60  # px of the choice of a domain, with its label


def crowd() -> list[Gap]:
    """Eight domains and 24 teams: Team 3 alone stands lowest and Team 20 highest."""
    row = {slot: 2 + slot % 5 / 5 for slot in range(24)} | {3: 0.4, 20: 4.6}
    return [gap(n, row) for n in range(8)]


def test_of_24_teams_the_ends_keep_colour_and_name_and_the_others_are_grey() -> None:
    picture = gap_chart(crowd(), PROJECTED, HEIGHT)

    marks = [row for _, rows in drawn(picture) for row in rows if "mean" in row and "shape" in row]
    own = {row["words"].partition(",")[0] for row in marks if row["colour"] != PROJECTED.quiet}
    assert len(marks) == 8 * 24
    assert own == {"Team 3", "Team 20"}
    assert colours_of(picture)["Team 20"] == {(colour(20, PROJECTED), shape(20))}
    assert {"Team 3", "Team 20", "other teams, named in the table"} <= words_of(picture)


def test_twelve_teams_each_keep_their_colour() -> None:
    twelve = [gap(n, {slot: slot / 3 for slot in range(12)}) for n in range(8)]

    assert {f"Team {n}" for n in range(12)} <= set(colours_of(gap_chart(twelve, PROJECTED, 735)))


def test_of_24_teams_a_row_holds_two_lines_and_a_name_at_its_end_is_whole() -> None:
    names = {3: "Mental health trust, front line", 20: "West Pennine Mental Health Partnership T"}
    gaps = [
        row.model_copy(
            update={
                "standings": tuple(
                    side.model_copy(
                        update={
                            "group": side.group.model_copy(
                                update={"name": names.get(side.group.slot, side.group.name)}
                            )
                        }
                    )
                    for side in row.standings
                )
            }
        )
        for row in crowd()
    ]
    words = {text.replace("\n", " ") for text in words_of(gap_chart(gaps, PROJECTED, HEIGHT))}

    assert set(names.values()) <= words
    assert framed(gaps, PROJECTED, HEIGHT, foot((), PROJECTED)).lines == 2


def test_eight_who_all_agree_stand_side_by_side_and_not_in_a_heap() -> None:
    gaps = [gap(n, dict.fromkeys(range(8), 3.0)) for n in range(8)]
    frame = framed(gaps, PROJECTED, HEIGHT, foot((), PROJECTED))
    point = gutters(gaps, [ends_of(row, frame, "teams") for row in gaps], frame).point
    steps = steps_of(gaps[0], frame, point)

    apart = [
        max(abs(one.across - other.across), abs(one.down - other.down))
        for n, one in enumerate(steps)
        for other in steps[:n]
    ]
    assert min(apart) >= frame.mark * 0.99
    assert max(abs(step.across) for step in steps) <= 0.3 * point


def test_who_could_not_say_fits_its_cell_with_24_teams() -> None:
    rows = [blanks(n, **{f"t{slot}": slot % 3 for slot in range(24)}) for n in range(8)]
    cells = [
        (layer["mark"]["fontSize"], row["words"])
        for layer, held in drawn(blanks_chart(rows, PROJECTED, HEIGHT))
        for row in held
        if "ink" in row and layer["mark"]["type"] == "text"
    ]
    few = blanks_chart([blanks(0, t0=2, t1=0)], PROJECTED, HEIGHT)

    column = (PROJECTED.narrowest - 9 * PROJECTED.font) / 24
    assert len(cells) == 8 * 24
    assert all(wide(words, size) <= column for size, words in cells)
    assert "2 of 9" in words_of(few)


def test_more_than_four_domains_are_counted_and_not_listed() -> None:
    level = gap_takeaway([gap(n, {0: 1.0, 1: 4.0}) for n in range(5)] + [gap(5, {0: 1.0, 1: 2.0})])
    few = gap_takeaway([gap(n, {0: 1.0}) for n in range(8)])

    assert level.startswith("Widest on 5 of the 6 domains, a gap of 3.0 points on each.")
    assert few == "Too few to compare on all 8 domains."


def test_a_third_line_of_words_is_taken_from_the_chart_and_not_from_the_screen() -> None:
    line = "Widest on Culture: Council 1.0, GP practices 3.0, a gap of two points. "

    assert left_under("") == left_under(line * 2) == UNDER_TWO
    assert left_under(line * 5) == UNDER_TWO - LINE


def test_the_outline_in_front_stands_on_a_halo_of_the_page() -> None:
    for look in (PROJECTED, Look(font=32, dark=True)):
        layers = [layer["mark"] for layer, _ in lines_of(radar(crowd(), look, 735, focus="team7"))]
        (halo,) = [n for n, mark in enumerate(layers) if mark.get("color") == look.background]
        assert layers[halo]["strokeWidth"] >= layers[halo + 1]["strokeWidth"] + 4


@pytest.mark.parametrize("dark", [False, True])
def test_every_mark_is_parted_from_the_band_by_a_halo_it_stands_out_from(dark: bool) -> None:
    look = Look(font=32, dark=dark)
    page = luminance(look.background)
    for slot in range(-1, 24):
        light, deep = sorted((luminance(colour(slot, look)), page), reverse=True)
        assert (light + 0.05) / (deep + 0.05) >= 3
    halos = {
        layer["mark"]["strokeWidth"]
        for layer, rows in drawn(gap_chart(any_room(1, 8, 6), look, 735))
        if any("shape" in row and "mean" in row for row in rows)
    }
    assert min(halos) >= 2.5


def sizes_of(picture: alt.LayerChart) -> set[float]:
    """Give px across the marks of scores, halo included, as mark_layer draws them."""
    return {
        layer["mark"]["size"] ** 0.5 / 0.92
        for layer, rows in drawn(picture)
        if any("across" in row and "up" in row for row in rows)
    }


@pytest.mark.parametrize(("seats", "most"), [(96, 96), (120, 120), (150, 90), (200, 120)])
def test_of_24_teams_a_mark_of_a_score_is_seen_from_the_back_row(seats: int, most: int) -> None:
    marks = [(n % 24, 2 if n < most else n % 2 * 4, 1) for n in range(seats)]

    sizes = sizes_of(domain_marks(spread(*marks), INSTRUMENT.levels, PROJECTED, HEIGHT - LABELLED))
    assert min(sizes) >= 21.9


def test_two_looks_of_96_seats_have_marks_for_the_back_row_where_two_in_five_agree() -> None:
    look = spread(*[(n % 24, 2 if n < 38 else n % 2 * 4, 1) for n in range(96)])

    picture = two_looks(look, look, INSTRUMENT.levels, PROJECTED, HEIGHT - LABELLED)
    assert min(sizes_of(picture)) >= 21.9
