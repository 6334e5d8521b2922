"""A place over time: what is put side by side, what is said of it, and how it is drawn."""

import random
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import altair as alt
import pytest

from aqua_core.charts.layout.canvas import wide
from aqua_core.charts.over_time import over_time_chart, over_time_table
from aqua_core.charts.sentences.each_domain import (
    each_domain_said,
    tier_over_time_said,
    tier_step_said,
    tiers_said,
)
from aqua_core.charts.sentences.over_time import (
    check_said,
    headline,
    judged_said,
    lags_said,
    means_said,
    move_said,
    people_said,
    quiet_line,
)
from aqua_core.charts.slots import Look
from aqua_core.published import day_printed, read_published
from aqua_core.rules.gaps_over_time import gaps_moved
from aqua_core.rules.over_time import TakenWave, over_time_of, over_time_published
from aqua_core.vocabulary import Kind
from aqua_core.vocabulary.over_time import (
    Change,
    DomainOverTime,
    EndedTest,
    OverTime,
    TierStep,
    Untold,
    Verdict,
    WaveOnPage,
)
from aqua_core.vocabulary.shown import BeenHere
from tests.charts.test_charts import gap
from tests.kit.notation import INSTRUMENT

DATA = Path(__file__).parents[2] / "data"
PROJECTOR = Look(font=32)
DAYS = (date(2012, 4, 1), date(2012, 10, 1), date(2013, 5, 1))
CALLED = ("April 2012", "October 2012", "May 2013")


def salford() -> OverTime:
    published = read_published(DATA / "places" / "salford.csv", "Salford", "The King's Fund")
    place = over_time_published(published)
    assert place is not None
    return place


def move(verdict: Verdict, before: float, after: float, **more: Any) -> Change:
    usual = {"scored": (12, 14), "least": 0.84, "one_in": 100}
    return Change(verdict=verdict, before=before, after=after, **(usual | more))


def row(key: str, averages: tuple[float | None, ...], said: Change, **more: Any) -> DomainOverTime:
    usual = {"breaks": (False,) * (len(averages) - 1), "kind": Kind.PHYSIOLOGY}
    name = key.capitalize()
    return DomainOverTime(key=key, name=name, averages=averages, move=said, **(usual | more))


def place(*rows: DomainOverTime, **more: Any) -> OverTime:
    waves = tuple(
        WaveOnPage(held_on=day, called=called, scored=scored, partners=partners)
        for day, called, scored, partners in zip(DAYS, CALLED, (24, 31, 36), (3, 5, 6), strict=True)
    )
    whole = more.pop("whole", move(Verdict.NO_CLEAR_CHANGE, 2.0, 2.1))
    return OverTime(place="Wigan", waves=waves, since=1, domains=rows, whole=whole, **more)


UP = row("leadership", (2.1, 2.5, 3.2), move(Verdict.MOVED_UP, 2.5, 3.2))
DOWN = row("workforce", (1.9, 2.2, 1.6), move(Verdict.MOVED_DOWN, 2.2, 1.6))
FEW = row(
    "finance", (2.0, None, 2.6), Change(verdict=Verdict.CANNOT_BE_TOLD, untold=Untold.NOT_SHOWN)
)
REWORDED = row(
    "culture",
    (2.4, 2.7, 2.3),
    Change(verdict=Verdict.CANNOT_BE_TOLD, before=2.7, after=2.3, untold=Untold.OTHER_WORDS),
    breaks=(False, True),
)
HELD = row("information", (2.1, 2.1, 2.1), move(Verdict.HELD, 2.1, 2.1), lags=True)


def test_salford_stands_at_its_true_days_with_what_fits_it_and_what_lags() -> None:
    place = salford()

    days = [wave.held_on for wave in place.waves]
    assert [(two - one).days for one, two in pairwise(days)] == [183, 212]
    assert means_said(place) == "All 8: 1.91, 2.28 and 2.47."
    assert [kind.averages for kind in place.kinds] == [(1.93, 2.54, 2.75), (1.9, 2.03, 2.19)]
    assert check_said(place) == (
        "Whole scores fit these means from 24, 38 and 48 people on; "
        "no one number under 80 fits all three (89 if halves were rounded up)."
    )
    assert lags_said(place).startswith("Information and IT, Workforce and Service redesign: ")
    assert headline(place) == "Salford: printed higher on 7 of 8, Workforce lower"
    assert all(row.move.untold is Untold.PUBLISHED for row in place.domains)
    assert "moved" not in " ".join(over_time_table(place).to_numpy().ravel())


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("April 2012", date(2012, 4, 1)),
        (" Oct 2012 ", date(2012, 10, 1)),
        ("3 May 2013", date(2013, 5, 3)),
        ("2013-05-03", date(2013, 5, 3)),
        ("Wave 2", None),
        ("2012", None),
    ],
)
def test_a_wave_stands_at_the_day_that_is_printed(printed: str, day: date | None) -> None:
    assert day_printed(printed) == day


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            move(Verdict.MOVED_UP, 2.0, 3.0),
            "1.0 higher than last time (12 and 14 scored). "
            "Shuffling who came when gives a change that wide about 1 time in 100.",
        ),
        (
            move(Verdict.MAY_HAVE_MOVED_DOWN, 3.0, 2.4, one_in=8),
            "0.6 lower than last time (12 and 14 scored). Shuffling who came "
            "when gives a change that wide about 1 time in 8: could be chance, worth asking.",
        ),
        (
            move(Verdict.HELD, 2.0, 2.1, scored=(48, 50)),
            "About where it was: with 48 and 50 scores half a point would have shown.",
        ),
        (
            move(Verdict.NO_CLEAR_CHANGE, 2.0, 2.3),
            "0.3 higher, which is no clear change: "
            "with 12 and 14 scores as spread as here, a change under 0.9 could be chance.",
        ),
        (
            move(Verdict.NO_CLEAR_CHANGE, 2.0, 2.3, least=None),
            "0.3 higher, which is no clear change: "
            "12 and 14 scores are too few to tell any change from chance.",
        ),
        (
            move(Verdict.NO_CLEAR_CHANGE, 2.0, 2.0),
            "The same average, which may hide a change: "
            "with 12 and 14 scores as spread as here, a change under 0.9 could be chance.",
        ),
        (
            move(Verdict.NO_CLEAR_CHANGE, 2.0, 3.0, who_came=True),
            "1.0 higher, which is no clear change once the same teams are compared. "
            "Part of this may be who came.",
        ),
        (
            move(Verdict.HELD, 2.0, 2.6, who_came=True),
            "0.6 higher, but about where it was once the same teams are compared. "
            "Part of this may be who came.",
        ),
        (
            Change(verdict=Verdict.CANNOT_BE_TOLD, before=2.0, after=1.9, untold=Untold.PUBLISHED),
            "Printed averages, without each score: shown, not judged.",
        ),
        (
            move(Verdict.NO_CLEAR_CHANGE, 2.0, 2.1, by_itself=True),
            "0.1 higher, which is no clear change: with 12 and 14 scores as spread as here, a "
            "change under 0.9 could be chance. The lowest domain rises about as much by itself: "
            "that much needs no cause.",
        ),
    ],
)
def test_a_change_is_said_as_it_was_judged(said: Change, sentence: str) -> None:
    assert move_said(said) == sentence


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((UP, DOWN, FEW), "Leadership moved up, Workforce down"),
        ((DOWN,), "Workforce moved down"),
        ((HELD,), "About where it was"),
        ((HELD, FEW), "No average clearly moved"),
        ((FEW, REWORDED), "Whether anything moved cannot be told"),
        (
            (HELD, row("a", (1.0,) * 3, move(Verdict.NO_CLEAR_CHANGE, 1, 1))),
            "No average clearly moved",
        ),
        (
            (row("a", (1.0,) * 3, move(Verdict.MAY_HAVE_MOVED_UP, 1, 2)), HELD),
            "No average clearly moved; A may have",
        ),
        (
            tuple(row(key, (1.0,) * 3, move(Verdict.MOVED_UP, 1, 2)) for key in "abcde"),
            "5 of 5 domains moved up",
        ),
    ],
)
def test_the_headline_says_what_moved_and_claims_no_more(
    rows: tuple[DomainOverTime, ...], words: str
) -> None:
    assert headline(place(*rows)) == words


def agreed(key: str, before: float, after: float) -> DomainOverTime:
    told = move(Verdict.CANNOT_BE_TOLD, before, after, untold=Untold.AGREED)
    return row(key, (None, before, after), told)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((agreed("a", 2, 2.1), agreed("b", 3, 2.6)), "no domain moved by half a point"),
        ((agreed("a", 2, 2.1), FEW), "no domain that both waves show moved by half a point"),
        (
            (agreed("a", 2, 3), agreed("b", 2, 2.1), agreed("c", 4, 3.5)),
            "higher on A by 1.0, lower on C by 0.5",
        ),
        (
            tuple(agreed(key, 1, 2) for key in "abcd"),
            "higher on 4 of 4 by half a point or more",
        ),
    ],
)
def test_what_teams_agreed_moved_by_half_a_point_or_is_not_named(
    rows: tuple[DomainOverTime, ...], words: str
) -> None:
    whole = move(Verdict.CANNOT_BE_TOLD, 2, 3, untold=Untold.AGREED)
    seen = place(*rows, whole=whole)
    waves = tuple(wave.model_copy(update={"scored": 6, "by_team": True}) for wave in seen.waves)

    assert headline(seen) == f"Wigan: {words}"
    assert judged_said(rows[0], seen) == "Agreed aloud"
    told = seen.model_copy(update={"waves": waves})
    assert [people_said(told, n) for n in (1, 2)] == ["6 teams, 5 partners", "6 teams"]


def test_a_level_average_that_may_hide_a_change_is_not_called_held() -> None:
    level = row("a", (1.0,) * 3, move(Verdict.NO_CLEAR_CHANGE, 1, 1))

    assert judged_said(level, place(level)) == "Same, not sure"
    assert judged_said(HELD, place(HELD)) == "Held"


def test_a_gap_between_the_same_partners_that_narrowed_or_widened_is_named() -> None:
    before = [gap(0, {0: 0, 1: 5}), gap(1, {0: 0, 1: 5}), gap(2, {0: 1, 1: 2.9}), gap(3, {1: 2})]
    after = [gap(0, {0: 2, 1: 3}), gap(1, {0: 2, 2: 2}), gap(2, {0: 1, 1: 1}), gap(3, {1: 5})]
    hidden = [one.model_copy(update={"held_back": 1}) for one in after]
    moved = gaps_moved(before, after)

    assert list(moved) == ["domain_a"]
    assert not gaps_moved(before, hidden)
    assert not gaps_moved(hidden, before)
    opened = tuple(gaps_moved(after, before).values())
    said = quiet_line(place(HELD, gaps=(*moved.values(), *opened)))
    assert (
        "The gap on Domain a of the framewor narrowed from 5.0 to 1.0 and "
        "the gap on Domain a of the framewor widened from 1.0 to 5.0."
    ) in said


def test_a_place_that_moved_only_as_a_whole_says_so() -> None:
    whole = move(Verdict.MOVED_UP, 2.0, 2.4)

    assert headline(place(HELD, whole=whole)) == (
        "Wigan moved up as a whole, no one domain clearly"
    )


def test_the_quiet_line_says_since_when_who_came_and_what_of_the_rest() -> None:
    assert quiet_line(place(UP, HELD, FEW, returned=BeenHere(yes=14, answered=36))) == (
        "Since October. As a whole Wigan shows no clear change. "
        "Of the other domains, one is about where it was and one cannot be told. "
        "14 of the 36 people who answered say they were here in October."
    )


UNCLEAR = row("governance", (1.0,) * 3, move(Verdict.NO_CLEAR_CHANGE, 1, 1))
PERHAPS = row("finance", (1.0, 1.0, 1.4), move(Verdict.MAY_HAVE_MOVED_UP, 1.0, 1.4))
WIDER = row("culture", (1.0, 1.0, 2.1), move(Verdict.MAY_HAVE_MOVED_UP, 1.0, 2.1))
WIDER_UNCLEAR = row("governance", (2.0, 2.0, 1.0), move(Verdict.NO_CLEAR_CHANGE, 2.0, 1.0))
SURER = (
    "A smaller change can be surer: what counts is how many scored, how alike people of one team "
    "scored, and which teams came both times."
)


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ((HELD,), "The other domain is about where it was."),
        ((UNCLEAR,), "The other domain shows no clear change."),
        ((PERHAPS, PERHAPS), "The other domains may have moved."),
        ((FEW, REWORDED), "The other domains cannot be told."),
        (
            (HELD, UNCLEAR, UNCLEAR),
            "Of the other domains, one is about where it was and two show no clear change.",
        ),
        (
            (HELD, HELD, UNCLEAR, FEW, PERHAPS),
            "Of the other domains, one may have moved, two are about where they were, "
            "one shows no clear change and one cannot be told.",
        ),
        ((WIDER,), f"The other domain may have moved. {SURER}"),
        ((HELD, WIDER_UNCLEAR), f"and one shows no clear change. {SURER}"),
    ],
)
def test_of_the_others_no_more_is_said_than_their_rows_say(
    rest: tuple[DomainOverTime, ...], words: str
) -> None:
    assert quiet_line(place(UP, *rest)).endswith(words)


def test_what_the_place_as_a_whole_owes_to_who_came_is_said() -> None:
    whole = move(Verdict.HELD, 2.0, 2.4, who_came=True)

    assert quiet_line(place(HELD, whole=whole)) == (
        "Since October. As a whole Wigan stands 0.4 higher, but about where it was once the same "
        "teams are compared. Part of this may be who came."
    )


def test_what_it_is_to_lag_fits_its_line_beside_both_kinds_of_test() -> None:
    tests = tuple(EndedTest(ended_on=DAYS[1], won=won) for won in (True, False))
    drawn = place(row("a", (1.0, 2.0, 3.0), UP.move, tests=tests), HELD)
    chart = over_time_chart(drawn, PROJECTOR, 700)

    (lags,) = [words for words in words_of(chart) if words.startswith("Lags: ")]
    keys = sum(wide(words, PROJECTOR.small) for words in ("small win", "test ended"))
    room = 55 * PROJECTOR.font - keys - PROJECTOR.mark * 5
    assert lags == (
        "Lags: below the middle domain in the last two waves, "
        "and moved less than most since the first"
    )
    assert wide(lags, PROJECTOR.small) <= room


def test_only_a_fall_that_is_not_chance_is_asked_about() -> None:
    may = row("a", (2.0,) * 3, move(Verdict.MAY_HAVE_MOVED_DOWN, 2, 1))

    assert [row.key for row in place(UP, DOWN, may).fallen] == ["workforce"]


def test_the_board_beside_the_front_line_is_said_now_and_over_time() -> None:
    now = TierStep(domain="culture", held_on=DAYS[2], board=3.4, front_line=2.2)
    then = TierStep(domain="culture", held_on=DAYS[0], board=3.0, front_line=1.2)

    assert tier_step_said(now, "Culture") == (
        "Culture: the board scores 1.2 above the front line (3.4 and 2.2)."
    )
    assert tiers_said([then, now], "Culture") == (
        "Culture: the board scores 1.2 above the front line (3.4 and 2.2). "
        "Board and front line stand 1.2 apart, nearer than in April 2012 (1.8)."
    )
    assert tier_over_time_said([then, now], "Culture") == (
        "Culture: board and front line stand 1.2 apart, nearer than in April 2012 (1.8)."
    )


def test_the_last_wave_that_cannot_be_judged_is_shown_beside_the_published_one() -> None:
    domain = INSTRUMENT.domains[0]
    waves = [
        TakenWave(WaveOnPage(held_on=day, called=called), {domain.key: average}, None)
        for day, called, average in zip(DAYS, CALLED, (1.0, 2.0, 3.5), strict=True)
    ]

    found = over_time_of("Wigan", waves, [domain], since=0, each_time=False, seed=1)

    (only,) = found.domains
    assert (only.averages, only.move.untold) == ((1.0, 2.0, 3.5), Untold.PUBLISHED)
    assert only.move.step() == float(Fraction(35, 10) - 1)


def test_what_lags_moved_less_by_the_changes_that_are_printed() -> None:
    chance, lagged = random.Random(5), 0
    for _ in range(200):
        means = [
            {domain.key: chance.randint(1000, 2200) / 1000 for domain in INSTRUMENT.domains}
            for _ in range(2)
        ]
        waves = [
            TakenWave(WaveOnPage(held_on=day, called=called), averages, None)
            for day, called, averages in zip(DAYS, CALLED, means, strict=False)
        ]

        found = over_time_of("Wigan", waves, INSTRUMENT.domains, since=0, each_time=False, seed=1)

        printed = {row.key: row.move.step() or 0.0 for row in found.domains}
        for row in found.domains:
            if row.lags:
                lagged += 1
                assert printed[row.key] < median(printed.values())
    assert lagged > 50


def layers(chart: alt.LayerChart) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    spec = chart.to_dict()
    kept = spec.get("datasets", {})
    data = [(layer, layer["data"]) for layer in spec["layer"]]
    return [(layer, one.get("values") or kept.get(one.get("name"), [])) for layer, one in data]


def words_of(chart: alt.LayerChart) -> list[str]:
    return [
        one["words"]
        for layer, rows in layers(chart)
        for one in rows
        if layer["mark"]["type"] == "text"
    ]


def test_every_row_says_its_averages_its_change_and_its_verdict() -> None:
    words = words_of(over_time_chart(place(UP, DOWN, FEW, REWORDED, HELD), PROJECTOR, 700))

    assert {"2.1", "2.5", "3.2", "+0.7", "Moved", "−0.6", "not shown", "Lags"} <= set(words)
    assert {"Not shown in October", "Wording changed", "Held"} <= set(words)
    assert "−0.4" not in words


def test_nothing_on_the_projector_is_smaller_than_the_last_row_reads() -> None:
    for drawn in (place(UP, DOWN, FEW, REWORDED, HELD), salford()):
        for layer, _ in layers(over_time_chart(drawn, PROJECTOR, 640)):
            assert layer["mark"].get("fontSize", 99) >= 28


def lines_of(drawn: OverTime) -> list[dict[str, Any]]:
    return [
        one
        for layer, rows in layers(over_time_chart(drawn, PROJECTOR, 700))
        for one in rows
        if layer["mark"]["type"] == "rule" and "moved" in one
    ]


def test_a_reworded_domain_and_a_missing_average_break_the_line() -> None:
    assert len(lines_of(place(UP))) == 2
    assert len(lines_of(place(REWORDED))) == 1
    assert lines_of(place(FEW)) == []


def test_only_the_step_that_was_judged_is_bold() -> None:
    assert [line["moved"] for line in lines_of(place(UP))] == [False, True]
    assert [line["moved"] for line in lines_of(place(HELD))] == [False, False]


def test_the_line_of_time_is_true() -> None:
    for drawn in (salford(), place(UP, DOWN)):
        shares = sorted({line["start"] for line in lines_of(drawn)})
        last = max(line["end"] for line in lines_of(drawn))

        assert (last - shares[1]) / (shares[1] - shares[0]) == pytest.approx(212 / 183)


def test_a_test_stands_at_its_day_full_where_it_was_a_small_win() -> None:
    half = EndedTest(ended_on=date(2013, 1, 15), won=True)
    full = EndedTest(ended_on=date(2012, 10, 1), won=False)
    drawn = place(row("a", (1.0, 2.0, 3.0), UP.move, tests=(half, full)))

    marks = [
        one
        for layer, rows in layers(over_time_chart(drawn, PROJECTOR, 700))
        for one in rows
        if one.get("shape") == "diamond" and "share" in one
    ]

    (start, end) = next((line["start"], line["end"]) for line in lines_of(drawn) if line["moved"])
    assert marks[0]["share"] == pytest.approx(start + (end - start) * 106 / 212)
    assert marks[1]["share"] == pytest.approx(start)
    assert (marks[0]["colour"], marks[1]["colour"]) == (PROJECTOR.quiet, PROJECTOR.background)


def test_the_table_says_the_same_as_the_picture() -> None:
    table = over_time_table(place(UP, FEW, REWORDED, HELD))

    assert table["Change"].tolist() == ["+0.7", "0.0", "", ""]
    assert table["October 2012 (31 people, 5 partners)"].tolist()[2] == "not shown"
    assert table["What can be said"].tolist() == [
        *("Moved", "Held", "Not shown in October", "Wording changed")
    ]


def test_a_published_fall_is_dotted_and_said_and_nothing_else_is() -> None:
    drawn = over_time_chart(salford(), PROJECTOR, 700)
    said = over_time_table(salford()).set_index("Domain")["What can be said"]

    placed = [(layer, one) for layer, rows in layers(drawn) for one in rows]
    dotted = [one for layer, one in placed if layer["mark"].get("strokeDash", [1, 0]) != [1, 0]]
    assert dotted == [line for line in lines_of(salford()) if line["fell"]]
    assert all(line["y"] < line["y2"] for line in dotted)
    down = {one["words"]: one["down"] for _, one in placed if one.get("words") in said.index}
    months = sorted({line["end"] for line in lines_of(salford())})
    fallen = [
        (min(down, key=lambda name: abs(down[name] - line["y"])), months.index(line["end"]))
        for line in dotted
    ]
    assert fallen == [("Information and IT", 0), ("Workforce", 1)]
    lower = {"Information and IT": "printed lower by 0.05", "Workforce": "printed lower by 0.20"}
    assert said[said != ""].to_dict() == lower
    assert {*lower.values()} <= {*words_of(drawn)}


def test_salfords_changes_are_those_of_its_printed_means() -> None:
    table = over_time_table(salford())

    changes = dict(zip(table["Domain"], table["Change"], strict=True))
    assert changes == {
        "Physiology, average": "+0.82",
        "Leadership": "+1.02",
        "Service user and carer engagement": "+0.96",
        "Governance": "+0.79",
        "Culture": "+0.50",
        "Anatomy, average": "+0.29",
        "Financial and contractual mechanisms": "+0.71",
        "Service redesign": "+0.34",
        "Information and IT": "+0.19",
        "Workforce": "−0.05",
    }
    drawn = [
        word for word in words_of(over_time_chart(salford(), PROJECTOR, 700)) if word[0] in "+−"
    ]
    assert sorted(drawn) == sorted(changes.values())


def test_what_is_said_of_several_domains_is_said_once() -> None:
    agreed = [
        row(key, (2.0, 2.0, 3.0), Change(verdict=Verdict.CANNOT_BE_TOLD, untold=Untold.AGREED))
        for key in ("leadership", "culture", "finance")
    ]
    sentence = "Teams agreed these scores on laptops: shown, and not judged by chance."

    assert each_domain_said(place(*agreed)) == (("All 3 domains", sentence),)
    assert each_domain_said(place(agreed[0], UP, agreed[2]))[0] == (
        "Leadership and Finance",
        sentence,
    )
    assert [of for of, _ in each_domain_said(place(UP, DOWN))] == ["Leadership", "Workforce"]
