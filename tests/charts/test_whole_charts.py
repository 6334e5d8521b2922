"""The pictures over all domains: readable, true to their sentences, and fixed in colour."""

import random
from decimal import Decimal

import pytest

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.layout.canvas import wide
from aqua_core.charts.layout.cells import Rows, depth_colour, depth_ink
from aqua_core.charts.radar import radar
from aqua_core.charts.sentences.whole import (
    blanks_takeaway,
    heads_takeaway,
    kinds_takeaway,
    level_takeaway,
    relative_takeaway,
)
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.charts.tables import blanks_table, level_table, relative_table
from aqua_core.charts.whole import blanks_chart, heat_table, levels_chart
from aqua_core.charts.words import spread_takeaway
from aqua_core.rules.whole import against_own_average
from aqua_core.vocabulary import Compare
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.reading import Blanks, CouldNot, HowAgreed, HowHigh, Level, Off
from tests.charts.test_charts import (
    PROJECTOR,
    any_room,
    colours_of,
    domain,
    drawn,
    gap,
    spread,
    team,
    words_of,
)


def level(n: int, *counts: int, heads: float | None = None, agreed: str = "agreed") -> Level:
    scored, counts = sum(counts), (*counts, *[0] * (6 - len(counts)))
    mean = sum(points * count for points, count in enumerate(counts)) / scored if scored else None
    return Level(
        domain=domain(n),
        how_high=HowHigh.MIDDLING if scored else None,
        how_agreed=HowAgreed(agreed),
        counts=counts if scored else (),
        middle=2.0 if scored else None,
        spread=0.5 if scored else None,
        average=mean,
        by_heads=heads,
        cannot_say=1,
    )


def blanks(n: int, **sides: int) -> Blanks:
    """One domain; `t0=2` is how many of the nine in the team of slot 0 could not say."""
    return Blanks(
        domain=domain(n),
        sides=tuple(
            CouldNot(group=team(int(key[1:])), cannot_say=count, answered=9)
            for key, count in sides.items()
        ),
        cannot_say=sum(sides.values()),
        answered=9 * len(sides),
    )


def luminance(ink: str) -> float:
    parts = (int(ink[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tenths", range(51))
def test_a_figure_is_readable_on_its_cell_and_white_from_three_and_a_half(tenths: int) -> None:
    cell, ink = depth_colour(tenths / 10), depth_ink(tenths / 10, PROJECTOR)
    light, dark = sorted((luminance(cell), luminance(ink)), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5
    assert (ink == "#FFFFFF") == (tenths >= 35)


def test_a_higher_mean_is_never_a_paler_cell() -> None:
    depths = [luminance(depth_colour(tenths / 10)) for tenths in range(51)]

    assert depths == sorted(depths, reverse=True)


@pytest.mark.slow
def test_a_team_keeps_its_colour_and_shape_in_every_view_and_filter() -> None:
    everyone = [gap(n, {slot: (slot + n) % 6 for slot in range(10)}) for n in range(4)]
    few = [gap(n, {3: 1.0, 9: 4.0}) for n in range(4)]

    for gaps in (everyone, few):
        pictures = [
            gap_chart(gaps, PROJECTOR, 735),
            gap_chart(against_own_average(gaps), PROJECTOR, 735),
            heat_table(gaps, PROJECTOR, 735),
            blanks_chart([blanks(0, t3=1, t9=0)], PROJECTOR, 735),
            radar(gaps, PROJECTOR, 735, focus="team3"),
        ]
        for picture in pictures:
            assert colours_of(picture)["Team 3"] == {(colour(3, PROJECTOR), shape(3))}


@pytest.mark.parametrize("teams", [1, 2, 3, 6, 10, 24])
@pytest.mark.parametrize("domains", [1, 8, 12])
def test_a_heat_table_names_every_team_and_shows_every_mean(teams: int, domains: int) -> None:
    gaps = any_room(4, domains, teams)
    words = {word.removesuffix(" (4)") for word in words_of(heat_table(gaps, Look(font=32), 735))}
    seen = {side.group.name: said(side.mean, 1) for row in gaps for side in row.standings}

    assert set(seen) | set(seen.values()) <= words


def test_nothing_in_the_new_pictures_is_too_small_for_the_last_row() -> None:
    look = Look(font=32)
    pictures = [
        heat_table(any_room(2, 8, 24), look, 735),
        heat_table(any_room(2, 8, 10), look, 735),
        levels_chart([level(n, 1, 2, 3, heads=3.0) for n in range(8)], look, 735),
        blanks_chart([blanks(n, t0=2, t1=0) for n in range(8)], look, 735),
    ]

    for layer, _ in (pair for picture in pictures for pair in drawn(picture)):
        assert layer["mark"].get("fontSize", 99) >= 28
        assert layer["mark"].get("size", 22**2) >= 22**2


def test_steps_are_drawn_on_a_scale_that_does_not_depend_on_who_fits() -> None:
    near, far = (
        gap_chart(
            [gap(0, {0: -step, 1: step}).model_copy(update={"relative": True})], PROJECTOR, 735
        )
        for step in (0.5, 3.4)
    )

    assert {"+3", "\N{MINUS SIGN}3", "0"} <= words_of(near)
    assert {"+5", "\N{MINUS SIGN}5"} <= words_of(far)


def test_every_seat_is_a_mark_over_its_points_until_they_are_too_many() -> None:
    def marks(*counts: int) -> list[int]:
        rows = (rows for _, rows in drawn(levels_chart([level(0, *counts)], PROJECTOR, 735)))
        return [row["points"] for held in rows for row in held if "told" in row]

    assert marks(1, 2, 0, 3) == [0, 1, 1, 3, 3, 3]
    assert marks(40, 2) == [0, 1]


def test_level_and_agreement_stand_as_two_words_with_heads_beside_the_average() -> None:
    row = level(0, 0, 0, 4, heads=2.6, agreed="apart")
    words = words_of(levels_chart([row, level(1)], Look(font=32), 735))

    assert {"Middling", "Apart", "2.0", "2.6 by heads", "too few to show"} <= words


def test_a_room_that_is_neither_agreed_nor_apart_is_unclear_and_never_said_to_say_nothing() -> None:
    mixed, few = level(0, 2, 2, agreed="unclear"), level(1, agreed="unclear")
    picture = words_of(levels_chart([mixed, few], Look(font=32), 735))

    assert "Unclear" in picture
    assert not {word for word in picture if word.lower() == "cannot say"}
    assert list(level_table([mixed, few])["How agreed"]) == ["Unclear", "Unclear"]
    assert level_takeaway([mixed]).startswith(
        f"Unclear, too mixed or too few, on {domain(0).short}."
    )


def test_a_broken_tick_marks_the_average_by_heads_only_where_it_differs() -> None:
    row = gap(0, {0: 1.0, 1: 4.0})
    both = row.model_copy(update={"by_heads": 3.6})

    assert "average by heads" in words_of(gap_chart([both], PROJECTOR, 735))
    assert "average by heads" not in words_of(gap_chart([row], PROJECTOR, 735))
    assert heads_takeaway([both, row], "partners") == (
        f"If seats, not partners, weighed the same: {row.domain.short} 3.6 instead of 2.5."
    )
    assert heads_takeaway([row], "partners") == ""


def test_says_where_the_room_agrees_where_it_is_apart_and_what_is_highest() -> None:
    names = [domain(n).short for n in range(3)]
    sentence = level_takeaway([level(0, 0, 0, 4), level(1, 0, 4, agreed="apart", heads=1.4)])

    assert sentence == (
        f"Agreed on {names[0]}. Apart on {names[1]}. "
        f"Highest on {names[0]}, 2.0; lowest on {names[1]}, 1.0. "
        f"If every seat counts once, the average is {names[1]} 1.4."
    )
    assert level_takeaway([level(2)]) == f"Too few to show on {names[2]}."


@pytest.mark.parametrize("height", [480, 735, 900])
def test_marks_of_levels_begin_right_of_the_longest_name(height: int) -> None:
    labels = ("Leadership", "User & carer\nengagement", *("Workforce",) * 6)
    rows = Rows(PROJECTOR, height, labels, tallest=6)

    lines = [line for name in rows.names for line in name.split("\n")]
    assert all(wide(line, PROJECTOR.font) < rows.left for line in lines)
    assert len(rows.names[1].split("\n")) * PROJECTOR.font <= rows.row


def test_says_who_stands_off_where_the_room_is_close() -> None:
    names = [domain(n).short for n in range(4)]
    partners = Off(line=Compare.PARTNER, lowest=team(0), highest=team(2), points=1.2)
    tiers = partners.model_copy(update={"line": Compare.TIER})
    rows = [
        level(n, 0, 0, 2, 2, agreed="close").model_copy(update={"off": partners}) for n in range(4)
    ]
    ends = f"{team(0).name} stands 1.2 below {team(2).name}"

    assert level_takeaway(rows[:2]).startswith(
        f"Close on {names[0]}, though {ends}; {names[1]}, though {ends}."
    )
    assert f"{team(0).name} teams stand 1.2 below {team(2).name} teams" in level_takeaway(
        [rows[0].model_copy(update={"off": tiers})]
    )
    counted = "Close, though some stand a point or more apart, on all 4."
    assert level_takeaway(rows).startswith(counted)
    # Teams on laptops within one level stand close, and nobody stands off.
    near = level_takeaway([row.model_copy(update={"off": None}) for row in rows])
    assert near.startswith("Close, within one level, on all 4.")


def test_says_who_could_not_say_in_the_counts_that_the_picture_shows() -> None:
    rows = [blanks(0, t0=2, t1=1), blanks(1, t0=0, t1=0)]

    assert blanks_takeaway(rows) == (
        f"“Cannot say” came up most on {domain(0).short}: 3 of 18. "
        f"Everyone could score {domain(1).short}."
    )
    assert blanks_takeaway(rows[:1]) == f"“Cannot say” came up on {domain(0).short}: 3 of 18."
    assert blanks_takeaway([blanks(n, t0=1) for n in range(8)]) == (
        "“Cannot say” came up as often on all 8: 1 of 9 on each."
    )
    assert blanks_takeaway([blanks(0)]) == "Too few have answered to show who could not say."
    assert list(blanks_table(rows).iloc[0]) == [domain(0).short, "2 of 9", "1 of 9", "3"]


@pytest.mark.parametrize("seed", range(200))
def test_what_the_sentences_say_is_what_the_figures_say(seed: int) -> None:
    dice = random.Random(seed)
    rows = [
        level(n, *(dice.randint(0, 3) for _ in range(6)), agreed=dice.choice(list(HowAgreed)))
        for n in range(dice.randint(2, 8))
    ]
    known = {
        row.domain.short: Decimal(said(row.average, 1)) for row in rows if row.average is not None
    }
    sentence = level_takeaway(rows)
    if len(set(known.values())) > 1:
        _, _, ends = sentence.partition("Highest on ")
        highest, _, lowest = ends.partition("; lowest on ")
        assert all((name in highest) == (known[name] == max(known.values())) for name in known)
        assert f", {min(known.values())}." in lowest

    steps = against_own_average(any_room(seed, 5, 4))
    widths = {s.domain.short: Decimal(said(s.width, 1)) for s in steps if s.width is not None}
    told = relative_takeaway(steps, "partner")
    if widths and max(widths.values()) > 0:
        assert f"{max(widths.values())} points" in told
        assert list(relative_table(steps)["Gap"]).count(str(max(widths.values()))) >= 1


def test_says_which_kind_stands_higher_as_the_figures_are_printed() -> None:
    physiology, anatomy = gap(0, {0: 2.0, 1: 4.0}), gap(1, {0: 1.0, 1: 2.0})
    kinds = [
        row.model_copy(update={"domain": row.domain.model_copy(update={"name": n, "short": n})})
        for row, n in ((physiology, "Physiology"), (anatomy, "Anatomy"))
    ]

    assert kinds_takeaway(kinds, "partners").startswith("Physiology 3.0, anatomy 1.5: physiology")


def test_who_left_a_domain_blank_is_not_said_to_be_hidden_from_the_two_kinds() -> None:
    same = [gap(n, {0: 2.0, 1: 4.0}).model_copy(update={"held_back": 1}) for n in range(2)]
    told = kinds_takeaway(same, "teams")

    assert "The gap is 2.0 points on each of these 2 kinds." in told
    assert told.endswith("Left out are teams without a figure on every domain of a kind.")
    assert "private" not in told
    one = gap(2, {0: 1.0})
    assert kinds_takeaway([same[0], one], "teams").endswith(
        f"On {one.domain.name.lower()} fewer than two teams have a figure on every domain of "
        "the kind."
    )
    assert kinds_takeaway([gap(0, {}), gap(1, {})], "teams") == (
        "None of the teams has a figure on every domain of a kind."
    )


def test_one_domain_says_the_partners_average_and_heads_beside_it_where_they_differ() -> None:
    marks = spread((0, 2, 5), (1, 4, 1))
    both = marks.model_copy(update={"average": 3.0, "mean": 2.3, "by_heads": 2.3})
    near = marks.model_copy(update={"average": 2.4, "mean": 2.3})

    assert "the average 3.0 (2.3 by heads)." in spread_takeaway(both)
    assert spread_takeaway(near).endswith("the average 2.4.")


def test_a_table_of_levels_holds_both_ways_of_counting() -> None:
    table = level_table([level(0, 0, 0, 4, heads=2.6), level(1)])

    assert list(table.iloc[0])[1:5] == ["Middling", "Agreed", "2.0", "2.6"]
    assert list(table.iloc[1])[1] == "not shown"


def test_who_did_not_answer_is_never_said_to_have_scored_or_to_be_unable() -> None:
    left = [blanks(0, t0=0).model_copy(update={"unanswered": 2}), blanks(1, t0=0)]
    unsure = [*left, blanks(2, t0=3)]

    assert blanks_takeaway(left) == (
        f"Nobody chose “Cannot say”. Not answered at all: 2 on {domain(0).short}."
    )
    assert blanks_takeaway(unsure) == (
        f"“Cannot say” came up most on {domain(2).short}: 3 of 9. "
        f"Everyone could score {domain(1).short}. Not answered at all: 2 on {domain(0).short}."
    )
    many = [blanks(n, t0=0).model_copy(update={"unanswered": 1}) for n in range(5)]
    assert blanks_takeaway(many) == (
        "Nobody chose “Cannot say”. Each of these domains was left unanswered by some."
    )
    assert blanks_takeaway([*many, blanks(5, t0=0)]) == (
        "Nobody chose “Cannot say”. 5 of the 6 domains were left unanswered by some."
    )
