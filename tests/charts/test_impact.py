"""Impact: what is said of a place's measures, and how their run charts are drawn."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from time import process_time
from typing import Any

import altair as alt
import pytest

from aqua_core.charts import impact_rows
from aqua_core.charts.impact import impact_chart, impact_table, readings_table
from aqua_core.charts.sentences import impact as said
from aqua_core.charts.slots import Look
from aqua_core.rules.impact import band_of
from aqua_core.rules.run_chart import phased
from aqua_core.vocabulary.measure import Better, Followed, Phase, PlaceImpact, Reading
from aqua_core.vocabulary.over_time import EndedTest
from aqua_core.vocabulary.place import EARLIEST
from aqua_core.vocabulary.plan import Impact
from tests.charts.test_charts import drawn, words_of
from tests.kit.measured import FLAT, SHIFTED, TODAY, a_measure, as_measure

PROJECTOR = Look(font=32)
BEGAN = date(2024, 4, 1)
WIDE = 1_780  # px of the page on the projector


def followed(
    values: tuple[int, ...], tests: tuple[EndedTest, ...] = (), phases: int = 0, **given: Any
) -> Followed:
    """Follow values month by month up to today; `phases` freezes the usual of the first so many."""
    measure = as_measure(a_measure(**given))
    last = TODAY.year * 12 + TODAY.month - 1
    days = [date(at // 12, at % 12 + 1, 1) for at in range(last - len(values) + 1, last + 1)]
    readings = [
        Reading(id=f"r{at}", version=1, measure_id=measure.id, dated=day, value=Decimal(value))
        for at, (day, value) in enumerate(zip(days, values, strict=True))
    ]
    until = days[phases - 1] if phases else None
    found = phased(readings, [Phase(measure_id=measure.id, begins_on=EARLIEST, usual_until=until)])
    return Followed(measure=measure, phases=found, tests=tests)


def place(*rows: Followed, began: date = BEGAN, today: date = TODAY) -> PlaceImpact:
    return PlaceImpact(
        place="Crewe", began_on=began, band=band_of(began), today=today, followed=rows
    )


OUTCOME = {"name": "Days in hospital", "impact": Impact.OUTCOMES, "better": Better.LOWER}


def told(*values: int, **given: Any) -> tuple[str, str]:
    words = said.told_of(followed(values, **given))
    return words.words, words.under


def test_a_long_run_is_said_in_words_with_since_when_and_which_side() -> None:
    assert told(*SHIFTED) == (
        "Shift since February",
        "10 in a row above the usual 15, the better side",
    )
    sentence = said.said_of(followed(SHIFTED, name="Days shared"))
    assert sentence == (
        "Days shared: 10 in a row above the usual 15, the better side: a shift since February."
    )
    _, under = told(*SHIFTED, better=Better.LOWER)
    assert under.endswith("the worse side")


def test_a_run_that_is_over_has_its_end_said() -> None:
    words, under = told(*[5, 6] * 6, *[9] * 9, *[5, 6] * 7, phases=12)

    assert re.fullmatch(r"Shift, \w+ 20\d\d to \w+ 20\d\d", words)
    assert under.startswith("10 in a row above the usual 5.5")


def test_too_few_crossings_are_said_without_a_long_run() -> None:
    words, under = told(1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 1, 1, 1, 1, 9, 9, 9, 9)

    assert words == "Not by chance alone"
    assert under == "3 crossings of the usual 5; chance gives 5 or more"


@pytest.mark.parametrize(
    ("values", "words", "under"),
    [
        ((), "No reading yet", ""),
        (FLAT[:9], "Too few to say", "9 of the 10 readings it takes"),
        ((7,) * 10 + (8,) * 3, "Mostly on the usual 7", "only 3 of 13 stand off it; 10 are needed"),
        (FLAT, "No shift", "around the usual 640.5"),
    ],
)
def test_no_rule_is_applied_to_too_few(values: tuple[int, ...], words: str, under: str) -> None:
    assert told(*values) == (words, under)


def test_the_finding_names_the_levels_that_shifted_and_what_is_not_due() -> None:
    leaders, outcomes = followed(SHIFTED), followed(FLAT, **OUTCOME)

    assert (
        said.headline(place(leaders, outcomes)) == "Leaders have shifted; outcomes are not due yet"
    )
    assert said.headline(place(followed(FLAT[:4]))) == (
        "Too early to say whether anything shifted; outcomes are not due yet"
    )
    worse = followed(SHIFTED, better=Better.LOWER)
    assert said.headline(place(worse)).startswith("Leaders have shifted, for the worse;")
    assert said.headline(place(leaders, worse)).startswith(
        "Leaders have shifted, not all for the better;"
    )
    older = place(outcomes, began=date(2012, 4, 1))
    assert said.headline(older) == "Nothing has shifted yet"
    assert "could be expected from April 2017 to April 2019" in said.quiet_line(older)
    due = place(outcomes, began=date(2012, 4, 1), today=date(2019, 4, 1))
    assert said.quiet_line(due) == "Outcomes can be expected from April 2017 to April 2019."


def test_each_reading_is_held_against_its_usual_and_the_second_opinion_is_no_verdict() -> None:
    sides = readings_table(place(followed((1, 2, 3))))["Against the usual"]
    climbing, turning = followed(tuple(range(1, 13))), followed((1, 9) * 8)
    opinions = impact_table(place(followed(FLAT[:9]), climbing, turning))

    assert [*sides] == ["below 2", "on 2", "above 2"]
    assert [*opinions["Second opinion"]] == [
        "",
        "six or more in a row and five or more all up",
        "neither",
    ]


def test_readings_of_outcomes_before_the_band_are_an_investment_period() -> None:
    impact = place(followed(FLAT[:1]), followed(FLAT[:1], **OUTCOME))

    leaders, outcomes = readings_table(impact).to_dict("records")

    assert (leaders["Period"], outcomes["Period"]) == ("", said.INVESTMENT)
    drawn_words = " ".join(words_of(chart_of(impact)))
    assert said.INVESTMENT in drawn_words
    assert "Years five" in drawn_words
    later = place(followed(FLAT[:1], **OUTCOME), began=date(2012, 4, 1))
    assert "Period" not in readings_table(later)


def chart_of(impact: PlaceImpact, look: Look = PROJECTOR) -> alt.LayerChart:
    return impact_chart(impact, look, impact_rows.height_of(impact, look, 800))


def test_the_band_is_drawn_from_year_five_to_seven_in_outcome_rows_alone() -> None:
    began = date(2012, 4, 1)
    impact = place(
        followed(SHIFTED), followed(FLAT, **OUTCOME), began=began, today=date(2014, 4, 1)
    )
    page = impact_rows.laid(impact, PROJECTOR, 800)

    (band,) = [rows for mark, rows in drawn(chart_of(impact)) if mark["mark"]["type"] == "rect"]

    assert [row["top"] for row in band] == [page.top + page.row]
    days = [page.first.toordinal() + page.share(day) * _span(page) for day in impact.band]
    assert [date.fromordinal(round(day)) for day in days] == [date(2017, 4, 1), date(2019, 4, 1)]


def _span(page: impact_rows.Page) -> int:
    return page.last.toordinal() - page.first.toordinal()


def test_a_chart_draws_every_reading_once_and_marks_the_run_that_is_said() -> None:
    win = EndedTest(ended_on=date(2026, 3, 1), won=True, what="If one")
    row = followed(SHIFTED, (win, win.model_copy(update={"won": False})))
    chart = chart_of(place(row))

    points = [rows for mark, rows in drawn(chart) if mark["mark"]["type"] == "point"]

    circles = [spot for rows in points for spot in rows if spot.get("shape") == "circle"]
    assert len(circles) == len(SHIFTED)
    marked = [spot for spot in circles if spot["colour"] == PROJECTOR.accent]
    assert len(marked) == 10
    diamonds = {spot["words"]: spot["colour"] for rows in points for spot in rows}
    assert diamonds["small win, 1 March 2026: If one"] == PROJECTOR.quiet
    assert diamonds["test ended, 1 March 2026: If one"] == PROJECTOR.background
    assert {"small win", "test ended", "the usual", "today"} <= words_of(chart)
    assert "target" not in words_of(chart)


def test_a_run_of_an_earlier_phase_is_marked_against_its_own_usual() -> None:
    values = [*[4, 6] * 6, *[9] * 5, 5, *[9] * 5, *[9] * 3]
    row = followed(tuple(values))
    days = [reading.dated for reading in row.readings]
    phases = [
        Phase(measure_id=row.measure.id, begins_on=EARLIEST, usual_until=days[11]),
        Phase(measure_id=row.measure.id, begins_on=days[-3]),
    ]
    row = row.model_copy(update={"phases": phased(row.readings, phases)})
    assert [phase.usual for phase in row.phases] == [5, 9]

    points = [rows for mark, rows in drawn(chart_of(place(row))) if mark["mark"]["type"] == "point"]

    marked = [spot for rows in points for spot in rows if spot["colour"] == PROJECTOR.accent]
    assert [spot["words"][-3:] for spot in marked] == [": 6", *[": 9"] * 10]


def test_a_target_is_drawn_only_where_the_place_typed_one() -> None:
    chart = chart_of(place(followed(SHIFTED, target="30")))

    assert "target" in words_of(chart)
    assert impact_table(place(followed(SHIFTED, target="30")))["Target"].tolist() == ["30"]


@pytest.mark.parametrize("font", [32, 16])
@pytest.mark.parametrize("years", [1, 6, 20, 60])
def test_names_and_words_keep_to_their_columns_and_years_clear_of_each_other(
    font: int, years: int
) -> None:
    long = "Residents who were asked only once for their whole story by all services"
    impact = place(
        followed(SHIFTED, name=long, unit="people in a hundred, over three months"),
        followed(FLAT, **OUTCOME),
        began=date(TODAY.year - years, 4, 1),
    )
    look = Look(font=font)
    page = impact_rows.laid(impact, look, 800)

    heads = impact_rows.heads_of(page)

    room = impact_rows.room_for_years(page)
    for (one, before), (two, after) in pairwise(heads):
        width = impact_rows.canvas.wide(before + after, look.small) / 2
        assert (two - one) * room >= width
    for line in page.lines:
        for name in impact_rows.name_lines(page, line):
            assert impact_rows.canvas.wide(name, look.small) <= page.left


def test_twelve_measures_of_eight_years_are_drawn_in_time() -> None:
    rows = [
        followed(FLAT * 3, name=f"Measure {n}", **{"impact": Impact.OUTCOMES}) for n in range(12)
    ]
    impact = place(*rows)
    chart_of(impact).to_dict(validate=False)  # the first one loads what all charts need

    begun = process_time()
    chart_of(impact).to_dict(validate=False)

    assert process_time() - begun < 0.3


def test_a_chart_is_vega_lite() -> None:
    dark = chart_of(place(followed(()), followed(FLAT, **OUTCOME)), Look(dark=True, font=16))

    assert dark.to_dict()["layer"]


def test_a_measure_with_one_value_and_one_without_are_drawn() -> None:
    flat = followed((5,) * 12)
    chart = chart_of(place(flat, followed(())))

    assert {"No reading yet", "Mostly on", "the usual 5"} <= words_of(chart)
