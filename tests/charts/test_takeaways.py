"""The sentence and the table beside each chart say what is true, and no more than is shown."""

import random
import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from statistics import fmean

import pytest

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.radar import radar
from aqua_core.charts.sentences.seat import (
    all_scores,
    marked_as,
    ranged_over,
    seat_note,
    seat_takeaway,
)
from aqua_core.charts.sentences.whole import relative_takeaway
from aqua_core.charts.slots import Look
from aqua_core.charts.tables import gap_table, seat_head, seat_table, spread_table
from aqua_core.charts.words import (
    gap_takeaway,
    spread_takeaway,
)
from aqua_core.vocabulary import (
    CANNOT_SAY,
    Domain,
    Gap,
    Group,
    Kind,
    Mark,
    SeatResult,
    Spread,
    Standing,
    Whose,
)
from aqua_core.vocabulary.points import said
from tests.charts.test_charts import words_of

LEVELS = ("Not started", "Talked about", "Emerging", "Established", "Embedded", "Leading")
TEAMS = ("Council", "GPs", "Trust", "Commissioners", "Mental health")
DOMAINS = ("Culture", "Workforce", "Leadership", "Finance & contracts")

SALFORD = {
    "Leadership": (2.13, 2.71, 3.15),
    "Information and IT": (2.08, 2.03, 2.27),
    "Workforce": (1.88, 2.03, 1.83),
}


def domain(name: str) -> Domain:
    key = re.sub("[^a-z]+", "_", name.lower())
    statements = ("a", "b", "c", "d", "e", "f")
    return Domain(
        key=key, name=name, short=name, kind=Kind.ANATOMY, question="?", statements=statements
    )


def team(name: str) -> Group:
    return Group(id=name.lower(), name=name, slot=TEAMS.index(name))


def gap(name: str, held_back: int = 0, /, **means: float) -> Gap:
    """One domain; `Council=1.2` is where a team stands."""
    standings = sorted(
        (Standing(group=team(of), mean=float(mean), scored=3) for of, mean in means.items()),
        key=lambda side: (side.mean, side.group.slot),
    )
    return Gap(
        domain=domain(name),
        standings=tuple(standings),
        middle=fmean(side.mean for side in standings) if len(standings) > 1 else None,
        held_back=held_back,
    )


def spread(*scores: int, could_not: int = 0) -> Spread:
    """Scores on Culture, all by the council."""
    council = team("Council")
    marks = tuple(Mark(group=council, points=n, seats=scores.count(n)) for n in sorted(set(scores)))
    middle = sorted(scores)
    half = len(scores) // 2
    return Spread(
        domain=domain("Culture"),
        marks=marks,
        scored=len(scores),
        cannot_say=could_not,
        median=(middle[half] + middle[-half - 1]) / 2 if scores else None,
        mean=fmean(scores) if scores else None,
    )


def seat(name: str, low: float | None, high: float | None, mine: int | str | None) -> SeatResult:
    """One domain, the team standing lowest; without a lowest nothing may be shown."""
    whose = None if low is None else Whose.TEAM
    return SeatResult(
        domain=domain(name), whose=whose, figure=low, lowest=low, highest=high, mine=mine
    )


def room_beside(name: str, mine: int | str | None, **how: bool) -> SeatResult:
    """One domain on which the room stands beside a seat: 1, 2, 3, 5."""
    return SeatResult(
        domain=domain(name),
        whose=Whose.ROOM,
        figure=2.5,
        lowest=1,
        highest=5,
        spread=1.25,
        mine=mine,
        **how,
    )


def partner_beside(name: str, mine: int | str | None) -> SeatResult:
    return SeatResult(
        domain=domain(name), whose=Whose.PARTNER, figure=2, lowest=1, highest=2, mine=mine
    )


def half_up(exact: Fraction, places: int = 1) -> str:
    """Round as by hand, on whole numbers alone."""
    tenths = floor(exact * 10**places + Fraction(1, 2))
    return str(Decimal(tenths).scaleb(-places))


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (2.745, 2, "2.75"),
        (2.35 - 2.1, 1, "0.3"),
        (2.25, 1, "2.3"),
        (0.0, 1, "0.0"),
        (-0.04, 1, "0.0"),
        (Decimal("1.005"), 2, "1.01"),
        (3.15, 2, "3.15"),
    ],
)
def test_says_a_figure_half_up_as_people_round_by_hand(
    value: float, places: int, words: str
) -> None:
    assert said(value, places) == words


def test_names_who_stands_where_on_the_widest_and_the_nearest_domain() -> None:
    sentence = gap_takeaway(
        [
            gap("Finance & contracts", Council=1.2, GPs=2, Commissioners=3.8),
            gap("Culture", Council=2, GPs=2.4),
        ]
    )

    assert sentence == (
        "Widest on Finance & contracts: Council 1.2, Commissioners 3.8, a gap of 2.6 points. "
        "Nearest on Culture: Council 2.0, GPs 2.4, a gap of 0.4 points."
    )


def test_names_teams_that_tie_together_and_counts_three_or_more() -> None:
    sentence = gap_takeaway([gap("Culture", Council=1, GPs=1, Trust=4, Commissioners=4)])
    crowd = gap_takeaway([gap("Culture", Council=1, GPs=1, Trust=1, Commissioners=4)], "partners")

    assert (
        sentence
        == "On Culture: Council and GPs 1.0, Trust and Commissioners 4.0, a gap of 3.0 points."
    )
    assert crowd == "On Culture: 3 partners 1.0, Commissioners 4.0, a gap of 3.0 points."


def test_says_that_nothing_divides_a_room_that_stands_level() -> None:
    level = [gap("Culture", Council=2, GPs=2), gap("Workforce", Council=3, GPs=3.04)]

    assert gap_takeaway(level) == (
        "Nothing divides this room on these domains: the teams stand level, to 0.1 of a point."
    )
    assert gap_takeaway(level[:1]).startswith("Nothing divides this room on Culture:")


def test_ranks_nothing_when_every_gap_is_the_same() -> None:
    sentence = gap_takeaway([gap("Culture", Council=2, GPs=3), gap("Workforce", Council=1, GPs=2)])

    assert sentence == "The gap is 1.0 points on each of these 2 domains."


def test_says_which_domains_too_few_have_scored_and_that_small_teams_are_left_out() -> None:
    sentence = gap_takeaway(
        [gap("Culture", 1, Council=2, GPs=3), gap("Workforce", Council=1), gap("Leadership")]
    )

    assert sentence == (
        "On Culture: Council 2.0, GPs 3.0, a gap of 1.0 points. "
        "Too few to compare on Workforce and Leadership. "
        "Some teams are not shown alone, to keep scores private."
    )


def test_says_that_tiers_leave_out_partners_with_a_small_team() -> None:
    sentence = gap_takeaway([gap("Culture", 1, Council=2, GPs=3)], "tiers")

    assert sentence == (
        "On Culture: Council 2.0, GPs 3.0, a gap of 1.0 points. "
        "Tiers are those of the partners whose every team can be shown."
    )


def test_never_calls_groups_too_few_or_too_small_that_are_hidden_for_a_small_team_in_them() -> None:
    hidden = gap("Workforce", 2)

    assert gap_takeaway([gap("Culture", Council=2, GPs=3), hidden], "tiers") == (
        "On Culture: Council 2.0, GPs 3.0, a gap of 1.0 points. "
        "The tiers are not compared on Workforce, to keep scores private."
    )
    assert gap_takeaway([hidden], "tiers") == relative_takeaway([hidden], "tier")
    assert gap_takeaway([hidden], "tiers") == (
        "The tiers are not compared here, to keep scores private."
    )
    assert gap_table([hidden]).to_dict("split")["data"] == [
        ["Workforce", "not compared", "not compared"]
    ]
    assert "not compared" in words_of(gap_chart([hidden, gap("Culture", GPs=1)], Look(), 735))
    assert "not compared" in words_of(radar([hidden], Look(), 735))


def test_says_so_when_there_is_nothing_to_show() -> None:
    assert gap_takeaway([]) == seat_takeaway([]) == "There is nothing to show yet."
    assert gap_takeaway([gap("Culture")]) == "Too few to compare on Culture."


@pytest.mark.parametrize("seed", range(300))
def test_agrees_with_a_plainer_sum_on_any_room(seed: int) -> None:
    votes = votes_of(random.Random(seed))
    plain = {
        name: {of: Fraction(sum(cast), len(cast)) for of, cast in cast_by.items()}
        for name, cast_by in votes.items()
    }
    sentence = gap_takeaway(
        [gap(name, **{of: fmean(cast) for of, cast in row.items()}) for name, row in votes.items()]
    )

    widths = {name: printed_width(row.values()) for name, row in plain.items()}
    widest, nearest = max(widths.values(), key=Decimal), min(widths.values(), key=Decimal)
    if widest == nearest:
        assert sentence.startswith("Nothing" if widest == "0.0" else f"The gap is {widest} points")
        return
    assert sentence == " ".join(
        plainly(which, [n for n in widths if widths[n] == width], width, plain)
        for which, width in (("Widest", widest), ("Nearest", nearest))
    )


def printed_width(means: Collection[Fraction]) -> str:
    """Subtract what is printed, as a reader of the page would."""
    return str(Decimal(half_up(max(means))) - Decimal(half_up(min(means))))


def votes_of(room: random.Random) -> dict[str, dict[str, list[int]]]:
    teams = room.sample(TEAMS, room.randint(2, 5))
    most = room.choice([1, 3, 5])
    return {
        name: {of: [room.randint(0, most) for _ in range(room.randint(1, 6))] for of in teams}
        for name in DOMAINS
    }


def plainly(
    which: str, names: Sequence[str], width: str, plain: dict[str, dict[str, Fraction]]
) -> str:
    """Write the sentence from exact fractions, by searching rather than sorting."""
    joined = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
    if width == "0.0":
        return f"{which} on {joined}, where the teams stand level, to 0.1 of a point."
    if len(names) > 1:
        return f"{which} on {joined}, a gap of {width} points on each."
    row = plain[names[0]]
    ends = []
    for mean in (min(row.values()), max(row.values())):
        tied = [of for of in TEAMS if of in row and half_up(row[of]) == half_up(mean)]
        there = sorted(tied, key=row.__getitem__)
        ends.append(
            f"{' and '.join(there) if len(there) < 3 else f'{len(there)} teams'} {half_up(mean)}"
        )
    return f"{which} on {names[0]}: {ends[0]}, {ends[1]}, a gap of {width} points."


def test_tells_where_the_scores_on_a_domain_lie() -> None:
    assert spread_takeaway(spread(1, 2, 2, 5, could_not=2)) == (
        "Culture: 4 scores from 1 to 5, most often 2. The middle score is 2.0, the average 2.5. "
        "2 could not say."
    )
    assert "most often 1 and 2." in spread_takeaway(spread(1, 1, 2, 2, 3))
    assert "from 1 to 2, each as often." in spread_takeaway(spread(1, 2))


def test_tells_a_room_of_one_mind_from_an_empty_one() -> None:
    assert spread_takeaway(spread(3, 3, 3)) == "Culture: all 3 scores are 3."
    assert spread_takeaway(spread(3)) == "Culture: the only score is 3."
    assert (
        spread_takeaway(spread(could_not=4)) == "Nobody has given Culture a score. 4 could not say."
    )
    assert spread_takeaway(spread(1, 2).model_copy(update={"marks": ()})) == (
        "Too few have scored Culture to show their scores."
    )


def test_tells_a_seat_where_its_team_stands_and_where_it_parts_from_it() -> None:
    sentence = seat_takeaway([seat("Culture", 1.2, 3.8, 4), seat("Workforce", 2, 2, CANNOT_SAY)])

    assert sentence == (
        "No team scored Culture lower than yours. "
        "You and your team are furthest apart on Culture: you 4, your team 1.2."
    )


def test_tells_a_seat_of_every_domain_on_which_it_stands_furthest_apart() -> None:
    half = seat("Workforce", 1.2, 3.8, 2).model_copy(update={"figure": 1.5})
    tied = seat("Finance", 1.2, 3.8, 1).model_copy(update={"figure": 1.5})

    assert seat_takeaway([half, tied, seat("Culture", 1.9, 3.8, 2)]).endswith(
        "You and your team are furthest apart on Workforce and Finance: 0.5 on each."
    )


def test_tells_a_seat_in_the_middle_that_it_agrees_with_its_team() -> None:
    middle = seat("Culture", 1.2, 3.8, 2).model_copy(update={"figure": 2.0})

    assert seat_takeaway([middle]) == (
        "Where teams differ, yours is neither the lowest nor the highest. "
        "Your scores are the same as your team's average."
    )


def test_tells_a_seat_that_nothing_may_be_shown_and_not_that_more_will_come() -> None:
    assert seat_takeaway([seat("Culture", None, None, 4)]) == (
        "There are too few scores to show any without giving somebody away."
    )


def test_tells_a_seat_whether_its_partner_or_the_room_stands_beside_it() -> None:
    both = [partner_beside("Culture", 2), room_beside("Workforce", 5, private=True)]

    assert seat_takeaway(both) == (
        "On Culture only whole partners are shown. "
        "On Workforce only the whole room is shown, to keep scores private. "
        "No partner scored Culture higher than yours. "
        "You and the room are furthest apart on Workforce: you 5, the room 2.5."
    )
    assert seat_takeaway([room_beside("Culture", CANNOT_SAY)]) == "Only the whole room is shown."
    unscored = room_beside("Culture", CANNOT_SAY, unscored=True)
    assert seat_takeaway([unscored, both[1]]).startswith(
        "On Workforce only the whole room is shown, to keep scores private. "
        "What is shown on Culture has no score of your team: there the whole room is shown."
    )
    assert seat_takeaway([unscored]) == (
        "What is shown has no score of your team: only the whole room is shown."
    )
    assert all_scores(both[1]) == "All scores: 1 to 5, on average 1.3 from the middle one."
    assert all_scores(both[0]) == ""
    assert seat_table(both) == [
        ["Culture", "2", "your partner 2.0", "1.0", "2.0"],
        ["Workforce", "5", "the room's middle score 2.5, apart by 1.3", "1.0", "5.0"],
    ]
    assert seat_head(both) == ("Domain", "You", "Beside it", "Lowest", "Highest")
    assert marked_as(both) == "your partner or the room's middle score"
    assert ranged_over(both) == "the partners or all scores"


def test_the_gap_table_holds_each_mean_shown_and_no_more() -> None:
    table = gap_table([gap("Culture", 1, Council=1.25, GPs=3), gap("Workforce", Council=2)])

    assert table.to_dict("split")["data"] == [
        ["Culture", "1.3 (3)", "3.0 (3)", "2.1", "1.7"],
        ["Workforce", "2.0 (3)", "not shown", "too few to compare", "too few to compare"],
    ]
    assert list(table) == ["Domain", "Council", "GPs", "Average of the teams", "Gap"]


def test_a_team_called_gap_keeps_a_column_of_its_own() -> None:
    named = Standing(group=Group(id="x", name="Gap", slot=0), mean=1.0, scored=3)
    table = gap_table([gap("Culture").model_copy(update={"standings": (named,)})])

    assert list(table)[1:] == ["Gap", "Average of the teams", "Gap (2)"]


def test_the_spread_table_counts_seats_at_each_level() -> None:
    table = spread_table(spread(1, 2, 2, could_not=2), LEVELS)

    assert table["All"].tolist() == ["0", "1", "2", "0", "0", "0", "2"]
    assert table["Points"].tolist()[1:3] == ["1 Talked about", "2 Emerging"]
    assert table["Points"].tolist()[-1] == "Cannot say"


def test_the_spread_table_of_a_room_too_small_to_show_holds_no_level() -> None:
    table = spread_table(spread(1, 2).model_copy(update={"marks": ()}), LEVELS)

    assert table["Points"].tolist() == ["Cannot say"]


def test_the_seat_table_keeps_cannot_say_apart_from_nothing() -> None:
    table = seat_table([seat("Culture", 1.2, 3.8, CANNOT_SAY), seat("Workforce", None, None, None)])

    assert table == [
        ["Culture", "cannot say", "your team 1.2", "1.2", "3.8"],
        ["Workforce", "", "scores not shown", "not shown", "not shown"],
    ]


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (seat("Culture", 1.25, 3.8, 4), "you 4, team 1.3"),
        (seat("Culture", 2.0, 3.8, CANNOT_SAY), "cannot say, team 2.0"),
        (seat("Culture", 2.0, 3.8, None), "team 2.0"),
        (seat("Culture", None, None, 4), "you 4, scores not shown"),
        (partner_beside("Culture", 4), "you 4, partner 2.0"),
        (room_beside("Culture", 4), "you 4, room 2.5"),
    ],
)
def test_a_seat_reads_beside_each_domain_where_it_stands(row: SeatResult, note: str) -> None:
    assert seat_note(row) == note
