"""The charts keep their promises: fixed colours, nothing hidden, nothing on top of anything."""

import random
from collections.abc import Iterator
from itertools import combinations, pairwise
from statistics import fmean
from typing import Any

import altair as alt
import pytest

from aqua_core.charts.domain_marks import domain_marks, floor_of
from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.layout.canvas import dodged, nudged, wide, wrapped
from aqua_core.charts.layout.gap_rows import ends_of, framed, gutters, label_of, steps_of
from aqua_core.charts.layout.legend import foot, keys_of
from aqua_core.charts.radar import RIM, Wheel, radar
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.vocabulary import (
    POINTS,
    Domain,
    Gap,
    Group,
    Kind,
    Mark,
    Spread,
    Standing,
)
from tests.kit.notation import INSTRUMENT
from tests.kit.seeds import seeds

PROJECTOR, LAPTOP, PHONE = Look(font=36), Look(font=18, dark=True), Look(font=16)
LEVELS = ("Not started", "Talked about", "Emerging", "Established", "Embedded", "Leading")
LONGEST_NAME = "Greater Manchester Mental Health Trusts."
Spec = dict[str, Any]


def domain(n: int) -> Domain:
    letter = "abcdefghijkl"[n]
    short = f"Domain {letter} of the framework"[:24]
    return Domain(
        key=f"domain_{letter}",
        name=short,
        short=short,
        kind=Kind.ANATOMY,
        question="?",
        statements=tuple("abcdef"),
    )


def team(slot: int) -> Group:
    return Group(id=f"team{slot}", name=f"Team {slot}", slot=slot)


def gap(n: int, means: dict[int, float]) -> Gap:
    """One domain; `{2: 1.5}` is where the team in slot 2 stands."""
    sides = [Standing(group=team(slot), mean=mean, scored=4) for slot, mean in means.items()]
    standings = tuple(sorted(sides, key=lambda side: (side.mean, side.group.slot)))
    return Gap(
        domain=domain(n),
        standings=standings,
        middle=fmean(side.mean for side in standings) if len(standings) > 1 else None,
        held_back=0,
    )


def any_room(seed: int, domains: int, teams: int, missing: float = 0.1) -> list[Gap]:
    room = random.Random(seed)
    return [
        gap(
            n,
            {
                slot: room.choice([0.0, 1.0, 2.0, 3.0, 5.0, room.uniform(0, 5)])
                for slot in range(teams)
                if room.random() >= missing
            },
        )
        for n in range(domains)
    ]


def spread(*marks: tuple[int, int, int], could_not: int = 0) -> Spread:
    """Marks as (slot, points, seats)."""
    return Spread(
        domain=domain(0),
        marks=tuple(Mark(group=team(slot), points=p, seats=n) for slot, p, n in marks),
        scored=sum(seats for _, _, seats in marks),
        cannot_say=could_not,
        median=2.0,
        mean=2.0,
    )


def drawn(chart: alt.LayerChart) -> list[tuple[Spec, list[Spec]]]:
    """Give each layer with its rows; to_dict refuses what Vega-Lite would not understand."""
    spec = chart.to_dict()
    kept = spec.get("datasets", {})
    return [(layer, _rows(layer["data"], kept)) for layer in spec["layer"]]


def _rows(source: Spec, kept: Spec) -> list[Spec]:
    rows: list[Spec] = source["values"] if "values" in source else kept[source["name"]]
    return rows


def words_of(chart: alt.LayerChart) -> set[str]:
    """Give every text on the chart, its lines joined."""
    return {
        row["words"].replace("\n", " ")
        for layer, rows in drawn(chart)
        for row in rows
        if layer["mark"]["type"] == "text"
    }


def colours_of(chart: alt.LayerChart) -> dict[str, set[tuple[str, str]]]:
    """Give the colours and shapes of each team's marks, by the team's name."""
    found: dict[str, set[tuple[str, str]]] = {}
    for layer, rows in drawn(chart):
        for row in rows if layer["mark"]["type"] == "point" else ():
            name = row["words"].split(",")[0]
            found.setdefault(name, set()).add((row["colour"], row["shape"]))
    return found


def lines_of(chart: alt.LayerChart) -> list[tuple[Spec, list[Spec]]]:
    return [(layer, rows) for layer, rows in drawn(chart) if layer["mark"]["type"] == "line"]


def outside_the_data(part: Any) -> Iterator[str]:
    """Give every text of a chart that is not a value in its data."""
    if isinstance(part, dict):
        for key, inner in part.items():
            yield from outside_the_data(inner) if key not in ("values", "datasets") else ()
    elif isinstance(part, list):
        for inner in part:
            yield from outside_the_data(inner)
    elif isinstance(part, str):
        yield part


@pytest.mark.parametrize("dark", [False, True])
def test_forty_teams_never_share_both_colour_and_shape(dark: bool) -> None:
    look = Look(dark=dark)
    pairs = [(colour(slot, look), shape(slot)) for slot in range(-1, 40)]

    assert len(set(pairs)) == len(pairs)
    assert len({shape(slot) for slot in range(8)}) == len({colour(n, look) for n in range(8)}) == 8


def test_a_team_keeps_its_colour_when_others_are_filtered_away() -> None:
    all_of_them = gap(0, {0: 1.0, 3: 2.0, 9: 4.0})
    some = gap(0, {3: 2.0, 9: 4.0})

    for chart in (
        lambda gaps: gap_chart(gaps, PROJECTOR, 820),
        lambda gaps: radar(gaps, PROJECTOR, 820),
    ):
        before, after = colours_of(chart([all_of_them])), colours_of(chart([some]))
        assert after["Team 3"] == before["Team 3"] == {(colour(3, PROJECTOR), shape(3))}
        assert after["Team 9"] == before["Team 9"]
        assert "Team 0" not in after


@pytest.mark.parametrize("look", [PROJECTOR, LAPTOP])
@pytest.mark.parametrize(("domains", "teams"), [(0, 0), (1, 1), (1, 2), (3, 3), (8, 6), (12, 12)])
def test_every_team_shown_is_in_the_legend(look: Look, domains: int, teams: int) -> None:
    gaps = any_room(1, domains, teams)
    shown = {side.group.name for room in gaps for side in room.standings}

    assert shown <= words_of(gap_chart(gaps, look, 820))
    assert shown <= words_of(radar(gaps, look, 820))


def test_a_name_reaches_the_chart_as_data_and_never_as_a_formula() -> None:
    named = Group(id="x", name="datum.y) - alert(1", slot=0)
    other = Standing(group=team(1), mean=2.0, scored=3)
    row = gap(0, {}).model_copy(
        update={"standings": (Standing(group=named, mean=1.0, scored=3), other), "width": 1.0}
    )
    marks = Spread(
        domain=domain(0),
        marks=(Mark(group=named, points=1, seats=3),),
        scored=3,
        cannot_say=0,
        median=1.0,
        mean=1.0,
    )

    for chart in (
        gap_chart([row], PROJECTOR, 820),
        radar([row] * 3, PROJECTOR, 820),
        domain_marks(marks, LEVELS, PROJECTOR, 820),
    ):
        assert not [text for text in outside_the_data(chart.to_dict()) if "alert" in text]
        assert any("alert" in words for words in words_of(chart))


@pytest.mark.parametrize("seed", range(100))
def test_marks_in_a_row_never_stand_on_one_another(seed: int) -> None:
    room = random.Random(seed)
    places = sorted(room.choice([0, 100, 200, room.uniform(0, 500)]) for _ in range(12))
    steps = dodged(places, 25, room.randint(1, 4))

    spots = [(place + step.across, step.down) for place, step in zip(places, steps, strict=True)]
    assert len(steps) == len(places)
    for one, other in combinations(spots, 2):
        assert abs(one[0] - other[0]) > 24.9 or abs(one[1] - other[1]) > 24.9


@pytest.mark.parametrize("look", [PROJECTOR, LAPTOP])
@pytest.mark.parametrize("seed", range(15))
def test_a_crowded_row_keeps_its_marks_near_their_values_and_apart(look: Look, seed: int) -> None:
    gaps = any_room(seed, 12, 12, 0)
    frame = framed(gaps, look, 820, foot(keys_of(map(team, range(12)), look), look))
    point = gutters(gaps, [ends_of(row, frame, "teams") for row in gaps], frame).point

    assert point > look.font
    for row in gaps:
        steps = steps_of(row, frame, point)
        spots = {
            (round(side.mean * point + step.across, 3), round(step.down, 3))
            for side, step in zip(row.standings, steps, strict=True)
        }
        assert len(spots) == 12
        assert max(abs(step.across) for step in steps) <= 0.3 * point
        assert max(abs(step.down) for step in steps) + frame.mark / 2 <= frame.row / 2


def test_two_marks_on_one_mean_stand_about_it_and_a_mark_alone_stands_on_it() -> None:
    pair, alone = dodged([100, 100, 300], 20, 3)[:2], dodged([100, 100, 300], 20, 3)[2]

    assert sorted(step.down for step in pair) == [-10, 10]
    assert {step.across for step in pair} == {0}
    assert alone == (0, 0)


def test_names_the_lowest_at_the_left_and_those_who_tie_highest_at_the_right() -> None:
    chart = gap_chart([gap(0, {0: 1.0, 1: 2.0, 2: 4.0, 3: 4.0})], PROJECTOR, 820)

    named = {
        (row["mean"], row["words"].replace("\n", " "), layer["mark"]["align"])
        for layer, rows in drawn(chart)
        for row in rows
        if "aside" in row
    }
    assert named == {(1.0, "Team 0", "right"), (4.0, "Team 2, Team 3", "left")}


def test_counts_three_who_tie_and_names_a_level_room_once() -> None:
    words = words_of(gap_chart([gap(0, {0: 1.0, 1: 1.0, 2: 1.0, 3: 4.0})], PROJECTOR, 820))
    level = gap_chart([gap(0, {0: 2.0, 1: 2.0, 2: 2.0})], PROJECTOR, 820, "partners")

    assert "3 teams" in words
    assert [row["words"] for _, rows in drawn(level) for row in rows if "aside" in row][:1] == [
        "3 partners"
    ]
    assert "0.0" in words_of(level)


def test_a_domain_too_few_have_scored_keeps_its_row_without_a_gap() -> None:
    chart = gap_chart([gap(0, {0: 1.0, 1: 3.4}), gap(1, {0: 2.0}), gap(2, {})], PROJECTOR, 820)

    texts = [
        row["words"].replace("\n", " ")
        for _, rows in drawn(chart)
        for row in rows
        if "words" in row
    ]
    assert texts.count("too few to compare") == 2
    assert texts.count("gap") == 1
    assert "2.4" in texts


def test_a_level_takes_one_line_under_the_marks_of_a_projector() -> None:
    # A second line took 36 of the 300 px of a card on Talk, and a note lay on a count.
    look = Look(font=32)

    assert floor_of([], INSTRUMENT.levels, look).names == INSTRUMENT.levels
    assert "\n" in floor_of([], ["Normal practice everywhere"] * 6, look).names[0]


def test_of_the_eight_domains_only_one_name_takes_two_lines() -> None:
    named = [
        gap(n, {0: 1.0, 1: 2.0}).model_copy(update={"domain": scored})
        for n, scored in enumerate(INSTRUMENT.domains)
    ]
    look = Look(font=32)
    labels = [label_of(row, framed(named, look, 735, foot((), look))) for row in named]

    assert [label for label in labels if "\n" in label] == ["User & carer\nengagement"]


def test_a_mark_on_five_does_not_touch_the_name_of_its_domain() -> None:
    look = Look(font=32)
    for height in (690, 735):
        wheel = Wheel([gap(n, {0: 5.0}) for n in range(8)], look, height, 300)
        assert (RIM - 5) * wheel.tall >= look.mark / 2 + look.line


def test_the_gap_is_written_in_ink_and_large() -> None:
    [layer] = [
        layer
        for layer, rows in drawn(gap_chart([gap(0, {0: 1.0, 1: 3.4})], PROJECTOR, 820))
        if any(row.get("words") == "2.4" for row in rows)
    ]

    assert layer["mark"]["color"] == PROJECTOR.ink
    assert layer["mark"]["fontSize"] >= 47


def test_nothing_on_the_projector_is_smaller_than_the_last_row_can_read() -> None:
    gaps = any_room(3, 12, 10)
    charts = [
        gap_chart(gaps, PROJECTOR, 820),
        radar(gaps, PROJECTOR, 820),
        domain_marks(spread((0, 2, 5), (1, 3, 4)), LEVELS, PROJECTOR, 820),
    ]

    for layer, _ in (pair for chart in charts for pair in drawn(chart)):
        assert layer["mark"].get("fontSize", 99) >= 28


def test_an_outline_closes_on_its_first_corner_and_breaks_where_a_mean_is_missing() -> None:
    gaps = [gap(n, {0: 1.0 + n / 2, **({} if n == 2 else {1: 4.0})}) for n in range(5)]
    rings, spokes, outlines, _ = (rows for _, rows in lines_of(radar(gaps, PROJECTOR, 820))[1:])

    whole, broken = ([row for row in outlines if row["slot"] == slot] for slot in (0, 1))
    assert (whole[0]["x"], whole[0]["y"]) == (whole[-1]["x"], whole[-1]["y"])
    assert [row["order"] for row in whole] == list(range(6))
    assert [row["axis"] for row in broken] == [3, 4, 0, 1]
    assert ({row["run"] for row in broken}, [row["order"] for row in broken]) == ({1}, [0, 1, 2, 3])
    assert len(rings) == 5 * 6
    assert len(spokes) == 5 * 2


@pytest.mark.parametrize("missing", [(), (4,), (1, 4), (0, 2, 4)])
def test_the_band_runs_from_an_axis_to_the_next_only_where_both_compare(
    missing: tuple[int, ...],
) -> None:
    gaps = [gap(n, {0: 2.0} if n in missing else {0: 1.0, 1: 4.0}) for n in range(6)]
    layer, rows = lines_of(radar(gaps, PROJECTOR, 820))[0]

    pairs = [(n, (n + 1) % 6) for n in range(6)]
    filled = [one for one, other in pairs if not {one, other} & set(missing)]
    assert layer["mark"]["filled"]
    assert [row["part"] for row in rows] == [part for part in filled for _ in range(4)]
    for n in range(0, len(rows), 4):
        reach = [round((row["x"] ** 2 + row["y"] ** 2) ** 0.5, 2) for row in rows[n : n + 4]]
        assert reach == [1.0, 4.0, 4.0, 1.0]


@pytest.mark.long
@seeds(200, always=40)
def test_a_line_between_two_axes_joins_neighbours_and_never_crosses_a_hidden_one(
    seeds: range,
) -> None:
    dice = random.Random(5)
    for _ in seeds:
        gaps = any_room(dice.randint(0, 999), dice.randint(3, 9), 4, missing=0.4)
        *_, outlines, _ = (rows for _, rows in lines_of(radar(gaps, PROJECTOR, 820))[1:])
        for slot in {row["slot"] for row in outlines}:
            own = [row for row in outlines if row["slot"] == slot]
            shown = {
                n
                for n, one_gap in enumerate(gaps)
                if f"team{slot}" in {s.group.id for s in one_gap.standings}
            }
            joined = {
                (one["axis"], other["axis"])
                for one, other in pairwise(own)
                if one["run"] == other["run"]
            }
            assert joined == {
                (n, (n + 1) % len(gaps)) for n in shown if (n + 1) % len(gaps) in shown
            }


def test_an_axis_on_which_nobody_is_shown_has_the_average_of_the_room() -> None:
    gaps = [gap(n, {} if n in (2, 3) else {0: 1.0, 1: 4.0}) for n in range(6)]
    rooms = {domain(n).key: spread((-1, 2, 5)).model_copy(update={"average": 2.0}) for n in (2, 3)}
    chart = radar(gaps, PROJECTOR, 820, spreads=rooms)

    assert "whole room 2.0" in words_of(chart)
    assert "average of the room" in words_of(chart)
    (line,) = [
        rows for layer, rows in lines_of(chart) if layer["mark"].get("color") == PROJECTOR.ink
    ]
    assert [row["axis"] for row in line] == [2, 3]


def test_rings_and_spokes_are_not_read_aloud() -> None:
    web = lines_of(radar(any_room(1, 8, 3), PROJECTOR, 820))[:3]

    assert [layer["mark"]["aria"] for layer, _ in web] == [False, False, False]


@pytest.mark.slow
@pytest.mark.parametrize("axes", range(1, 13))
@pytest.mark.parametrize("height", [580, 660, 735])
def test_the_numbers_of_the_rings_stand_clear_of_each_other(axes: int, height: int) -> None:
    gaps, look = any_room(1, axes, 3), Look(font=32)
    tall = Wheel(gaps, look, height, 300).tall
    numbers = [str(points) for points in POINTS]

    rings = [rows for _, rows in drawn(radar(gaps, look, height)) if has_words(rows, numbers)]

    for one, other in pairwise(rings[0]):
        across, down = (abs(one[way] - other[way]) * tall for way in ("x", "y"))
        assert across >= look.small / 2 or down >= look.small * 0.7, (one["words"], across, down)


def has_words(rows: list[Spec], words: list[str]) -> bool:
    return [row.get("words") for row in rows] == words


def test_a_wheel_measures_the_same_across_as_up() -> None:
    layer, _ = lines_of(radar(any_room(1, 8, 3), PROJECTOR, 820))[0]
    across, up = (layer["encoding"][way]["scale"]["domain"] for way in ("x", "y"))

    px = across[1]["expr"].rsplit(" / ", 1)[0]
    assert px.startswith("(width")
    assert across[0]["expr"].split("min(")[1] == up[0]["expr"].split("min(")[1]


def test_the_team_in_front_keeps_its_colour_over_grey_outlines() -> None:
    found = colours_of(radar(any_room(1, 8, 10, 0), PROJECTOR, 820, focus="team4"))

    assert found.pop("Team 4") == {(colour(4, PROJECTOR), shape(4))}
    found.pop("lowest to highest")
    assert {ink for pairs in found.values() for ink, _ in pairs} == {PROJECTOR.quiet}
    assert "9 others" in found


@pytest.mark.slow
def test_thirteen_teams_without_one_in_front_are_grey_and_counted() -> None:
    chart = radar(any_room(1, 8, 13, 0), PROJECTOR, 820)

    assert {ink for n in range(13) for ink, _ in colours_of(chart)[f"Team {n}"]} == {
        PROJECTOR.quiet
    }
    assert "all 13" in words_of(chart)


def test_a_team_in_front_that_is_not_there_leaves_everyone_in_colour() -> None:
    gaps = any_room(1, 8, 3, 0)

    assert colours_of(radar(gaps, PROJECTOR, 820, "gone")) == colours_of(
        radar(gaps, PROJECTOR, 820)
    )


@pytest.mark.parametrize(("look", "height"), [(PROJECTOR, 820), (LAPTOP, 500)])
@pytest.mark.parametrize("seats", [1, 12, 60, 200])
def test_every_score_is_a_mark_of_its_own_and_the_tallest_column_fits(
    look: Look, height: int, seats: int
) -> None:
    chart = domain_marks(spread((0, 2, seats), (1, 3, 1)), LEVELS, look, height)
    marks = [row for _, rows in drawn(chart) for row in rows if "across" in row and "up" in row]

    assert len(marks) == seats + 1
    assert len({(row["points"], row["across"], row["up"]) for row in marks}) == seats + 1
    assert min(row["up"] for row in marks) > -height * 0.82
    assert max(abs(row["across"]) for row in marks) < look.narrowest / 12


def test_the_levels_are_named_and_those_who_could_not_say_are_counted() -> None:
    words = words_of(domain_marks(spread((0, 2, 5), could_not=3), LEVELS, PROJECTOR, 820))

    assert set(LEVELS) <= words
    assert {"3 could not say", "5"} <= words


def test_a_room_too_small_to_show_has_no_mark() -> None:
    chart = domain_marks(spread(), LEVELS, PROJECTOR, 820)

    assert colours_of(chart) == {}
    assert "Too few scores to show" in words_of(chart)


@pytest.mark.parametrize("seed", range(100))
def test_labels_never_overlap_and_keep_their_order(seed: int) -> None:
    room = random.Random(seed)
    places = [room.choice([80.0, 400.0, room.uniform(80, 700)]) for _ in range(12)]
    spots = nudged(places, 35, 80, 700)

    in_order = [spots[n] for n in sorted(range(12), key=lambda n: places[n])]
    assert all(after - before > 34.9 for before, after in pairwise(in_order))
    assert min(spots) >= 79.9
    assert max(spots) <= 700.1


def test_a_long_name_is_broken_between_words_and_never_lost() -> None:
    lines = wrapped(LONGEST_NAME, 30, 300)

    assert " ".join(lines) == LONGEST_NAME
    assert len(lines) == 2
    assert all(wide(line, 30) <= 300 for line in lines)


@pytest.mark.parametrize("seed", range(3))
def test_what_a_chart_holds_is_only_what_it_shows(seed: int) -> None:
    gaps = any_room(seed, 8, 6)
    shown = {"row", "mean", "words", "colour", "shape", "across", "down", "lift", "aside"}
    scale = {"points", "lowest", "highest", "average", "top", "foot"}

    rows = [row for _, held in drawn(gap_chart(gaps, LAPTOP, 500)) for row in held]
    assert {key for row in rows for key in row} == shown | scale
    assert {row["mean"] for row in rows if "mean" in row} == {
        round(side.mean, 2) for room in gaps for side in room.standings
    }
