"""What a place follows, in order: by level, with the tests that each measure was the measure of."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from aqua_core.rules.open_tests import Planned, ended_at, going_on_at
from aqua_core.rules.run_chart import phased
from aqua_core.vocabulary import same_name
from aqua_core.vocabulary.measure import (
    Expected,
    Followed,
    Measure,
    Phase,
    PlaceImpact,
    Reading,
    years_on,
)
from aqua_core.vocabulary.over_time import EndedTest
from aqua_core.vocabulary.place import KeptPlace
from aqua_core.vocabulary.plan import Impact

_BAND: Final = (5, 7)
"""Years after its start: "organisations can take five to seven years"."""
_LEVELS: Final = (Impact.LEADERS, Impact.TEAMS, Impact.OUTCOMES)


class Kept(NamedTuple):
    """What the file keeps of one place's impact: measures in sight, their readings and phases."""

    measures: tuple[Measure, ...]
    readings: tuple[Reading, ...]
    phases: tuple[Phase, ...]


def band_of(began_on: date) -> tuple[date, date]:
    """Give the days between which outcomes can be expected: 1 April 2012 gives 2017 to 2019."""
    first, last = (years_on(began_on, years) for years in _BAND)
    return first, last


def measure_called(measures: Sequence[Measure], named: str) -> Measure | None:
    """Give the measure that a name means, whatever its case and blanks; None for none of them."""
    wanted = _called(named)
    return next((measure for measure in measures if _called(measure.name) == wanted), None)


def impact_of(place: KeptPlace, kept: Kept, plans: Sequence[Planned], today: date) -> PlaceImpact:
    """Lay out what a place follows.

    A test whose measure is called as one of the place's is a mark on its chart: when it ended, and
    full where it was adopted. Others that ended are marks of the place as a whole.
    """
    marks: dict[str, list[EndedTest]] = {}
    for ended in ended_at(plans):
        measure = measure_called(kept.measures, ended.measure)
        mark = EndedTest(ended_on=ended.ended_on, won=ended.won, what=ended.test)
        marks.setdefault(measure.id if measure else "", []).append(mark)
    expected = _expected(kept.measures, plans)
    followed = [
        Followed(
            measure=measure,
            phases=phased(
                [reading for reading in kept.readings if reading.measure_id == measure.id],
                [phase for phase in kept.phases if phase.measure_id == measure.id],
            ),
            tests=tuple(marks.get(measure.id, ())),
            expected=tuple(expected.get(measure.id, ())),
        )
        for measure in in_order(kept.measures)
    ]
    return PlaceImpact(
        place=place.name,
        began_on=place.began_on,
        band=band_of(place.began_on),
        today=today,
        followed=tuple(followed),
        tests=tuple(marks.get("", ())),
    )


def in_order(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Give measures by level, leaders first, then by name."""
    return tuple(
        sorted(
            measures,
            key=lambda measure: (
                _LEVELS.index(measure.impact),
                measure.name.casefold(),
                measure.id,
            ),
        )
    )


def _expected(
    measures: Sequence[Measure], plans: Sequence[Planned]
) -> Mapping[str, list[Expected]]:
    found: dict[str, list[Expected]] = {}
    for test in going_on_at(plans):
        action, measure = test.action, measure_called(measures, test.action.measure)
        if measure and (action.baseline or action.target):
            said = Expected(
                test=action.test,
                planned_on=test.held_on,
                baseline=action.baseline,
                target=action.target,
            )
            found.setdefault(measure.id, []).append(said)
    return found


def _called(name: str) -> str:
    return same_name(" ".join(name.split()).strip(" .,;:"))
