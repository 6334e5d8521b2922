"""What a pack says of measures hangs together, or the pack is refused."""

from datetime import date
from decimal import Decimal

import pytest

from aqua_core.exports.pack_measures import PackedMeasure, check_measures
from aqua_core.vocabulary.measure import Phase, Reading
from tests.kit.measured import a_measure, as_measure

MEASURE = as_measure(a_measure())
READINGS = tuple(
    Reading(
        id=f"r{month:016}",
        version=1,
        measure_id=MEASURE.id,
        dated=date(2026, month, 1),
        value=Decimal(month),
    )
    for month in (4, 5)
)
PHASE = Phase(measure_id=MEASURE.id, begins_on=date(2026, 5, 1))
PACKED = PackedMeasure(measure=MEASURE, readings=READINGS, phases=(PHASE,))


def with_first(**changed: object) -> PackedMeasure:
    first, second = READINGS
    return PACKED.model_copy(update={"readings": (first.model_copy(update=changed), second)})


def test_a_measure_with_its_readings_and_phases_is_taken() -> None:
    check_measures([PACKED])


@pytest.mark.parametrize(
    "packed",
    [
        [PACKED, PACKED],
        [PACKED.model_copy(update={"readings": READINGS[::-1]})],
        [PACKED.model_copy(update={"phases": (PHASE, PHASE)})],
        [with_first(measure_id="m000000000000")],
        [with_first(dated=READINGS[1].dated)],
        [with_first(dated=date(1899, 12, 31))],
        [with_first(id=READINGS[1].id)],
        [with_first(id="r'; DROP TABLE")],
        [with_first(version=0)],
    ],
)
def test_what_does_not_hang_together_is_refused(packed: list[PackedMeasure]) -> None:
    with pytest.raises(ValueError, match="a measure is odd"):
        check_measures(packed)
