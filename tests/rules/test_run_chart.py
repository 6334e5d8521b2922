"""Run charts: the published rules to the last digit, on charts that two programs agree on."""

import json
import math
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aqua_core.rules.impact import band_of, measure_called
from aqua_core.rules.run_chart import limits_of, phased, signs_of
from aqua_core.vocabulary.measure import Phase, Reading
from aqua_core.vocabulary.place import EARLIEST
from tests.kit.measured import a_measure, as_measure

ORACLE = json.loads((Path(__file__).parent / "runchart_oracle.json").read_text("utf-8"))
START = date(2024, 4, 1)
figures = st.lists(st.none() | st.integers(-3, 3).map(lambda n: Decimal(n) / 4), max_size=60)


def exact(series: list[Any]) -> list[Decimal | None]:
    return [None if value is None else Decimal(str(value)) for value in series]


def readings(*values: float) -> list[Reading]:
    """Read values a month apart, from April 2024 on."""
    days = [date(2024 + (3 + at) // 12, (3 + at) % 12 + 1, 1) for at in range(len(values))]
    return [
        Reading(id=f"r{at}", version=1, measure_id="m", dated=day, value=Decimal(str(value)))
        for at, (day, value) in enumerate(zip(days, values, strict=True))
    ]


@pytest.mark.parametrize("name", ORACLE["series"])
def test_a_chart_is_judged_as_the_oracle_says(name: str) -> None:
    chart = ORACLE["series"][name]

    found = signs_of(exact(chart["series"])).model_dump()

    middle = found.pop("median")
    expected = dict(chart["expect"])
    assert (None if middle is None else float(middle)) == expected.pop("median")
    assert found == expected


def test_the_limits_are_those_of_the_oracle() -> None:
    assert {int(n): limits_of(int(n)) for n in ORACLE["limits"]} == {
        int(n): tuple(limits) for n, limits in ORACLE["limits"].items()
    }


@pytest.mark.parametrize("useful", [1, 2, 3, 5, 9, 101, 181, 362, 500])
def test_the_limits_are_those_of_a_plainer_calculation(useful: int) -> None:
    spread = [Fraction(math.comb(useful - 1, k), 2 ** (useful - 1)) for k in range(useful)]
    fewest = next(k for k in range(useful) if sum(spread[: k + 1]) >= Fraction(1, 20))

    assert limits_of(useful) == (round(math.log2(useful) + 3), fewest)


@settings(max_examples=200, deadline=None)
@given(figures)
def test_runs_are_those_of_a_plainer_calculation(series: list[Decimal | None]) -> None:
    values = [float(value) for value in series if value is not None]
    middle = median(values) if values else 0.0
    sides = "".join("+" if value > middle else "-" for value in values if value != middle)
    longest = max(
        (len(run) for run in sides.replace("+-", "+ -").replace("-+", "- +").split()), default=0
    )

    found = signs_of(series)

    assert found.useful == len(sides)
    assert found.longest_run == longest
    assert found.crossings == sides.count("+-") + sides.count("-+")
    assert found.judged == (len(sides) >= 10)
    if found.judged:
        long_run, few = limits_of(len(sides))
        assert found.anhoej == (longest > long_run or found.crossings < few)
    else:
        assert (found.anhoej, found.shift, found.trend) == (None, None, None)


@settings(max_examples=100, deadline=None)
@given(figures)
def test_a_chart_upside_down_is_judged_the_same(series: list[Decimal | None]) -> None:
    found, turned = signs_of(series), signs_of([None if v is None else -v for v in series])

    for name in ("useful", "longest_run", "crossings", "longest_trend", "anhoej", "shift", "trend"):
        assert getattr(found, name) == getattr(turned, name)


def test_the_newest_long_run_is_named_and_readings_on_the_usual_are_passed_over() -> None:
    (phase,) = phased(
        readings(*[1, 2, 1, 2, 1, 2, 1, 1, 2, 1, 1, 5, 9, 9, 5, 9, 9, 9, 9, 9, 9, 9]), []
    )

    assert phase.usual == 5 - Decimal("1.5")
    assert phase.long_run is not None
    assert (phase.long_run.points, phase.long_run.above, phase.long_run.lasts) == (11, True, True)
    assert phase.long_run.begins_on == date(2025, 3, 1)


def test_a_usual_that_is_frozen_holds_later_readings_against_the_first_ones() -> None:
    values = [4, 6, 5, 4, 6, 5, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]
    until = date(2024, 9, 1)

    (free,) = phased(readings(*values), [])
    (frozen,) = phased(
        readings(*values), [Phase(measure_id="m", begins_on=EARLIEST, usual_until=until)]
    )

    assert (free.usual, free.signs.anhoej) == (9, None)  # ten readings stand on it
    assert (frozen.usual, frozen.frozen_on) == (5, until)
    assert frozen.signs.anhoej_long_run


def test_a_phase_has_a_usual_of_its_own() -> None:
    begins = Phase(measure_id="m", begins_on=date(2024, 7, 1))

    before, after = phased(readings(1, 1, 3, 8, 9, 10), [begins])

    assert (before.usual, after.usual) == (1, 9)
    assert [len(before.readings), len(after.readings)] == [3, 3]
    assert phased([], [begins]) == ()


def test_outcomes_can_be_expected_in_years_five_to_seven() -> None:
    assert band_of(date(2012, 4, 1)) == (date(2017, 4, 1), date(2019, 4, 1))
    assert band_of(date(2012, 2, 29)) == (date(2017, 3, 1), date(2019, 3, 1))
    assert band_of(START)[0] - START == timedelta(days=1826)
    assert band_of(date.max) == (date.max, date.max)


def test_a_measure_is_found_by_its_name_whatever_its_case_and_blanks() -> None:
    admissions = as_measure(a_measure("Hospital admissions"))

    assert measure_called([admissions], " hospital  ADMISSIONS. ") == admissions
    assert measure_called([admissions], "Hospital admission") is None
    assert measure_called([admissions], "") is None
