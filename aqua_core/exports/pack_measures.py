"""What a session pack holds of the place's measures, and whether it fits."""

import re
from collections.abc import Sequence
from typing import Final

from aqua_core.vocabulary.measure import Measure, Phase, Reading
from aqua_core.vocabulary.place import EARLIEST
from aqua_core.vocabulary.text import Word

MOST_READINGS: Final = 20_000
"""In one pack: 60 measures, month by month, for 27 years."""
_MOST_MEASURES: Final = 1_000  # a place can follow 60; several joined ones bring theirs
_ID: Final = re.compile("[mr][0-9a-f]{12,16}")


class PackedMeasure(Word):
    """A measure that the place follows, with its readings in time order and its phases."""

    measure: Measure
    readings: tuple[Reading, ...]
    phases: tuple[Phase, ...]


def readings_in(measures: Sequence[PackedMeasure]) -> int:
    """Count the readings of all measures."""
    return sum(len(packed.readings) for packed in measures)


def check_measures(measures: Sequence[PackedMeasure]) -> None:
    """Check that what is packed hangs together, and that each thing stands once.

    Raises:
        ValueError: something is out of bounds, stands twice, or is of another measure.
    """
    ids = [packed.measure.id for packed in measures]
    read = [reading.id for packed in measures for reading in packed.readings]
    fits = len(measures) <= _MOST_MEASURES and len({*ids, *read}) == len(ids) + len(read)
    fits &= all(_ID.fullmatch(an_id) for an_id in (*ids, *read))
    if not (fits and all(map(_hangs_together, measures))):
        raise ValueError("a measure is odd")


def _hangs_together(packed: PackedMeasure) -> bool:
    days = [reading.dated for reading in packed.readings]
    begins = [phase.begins_on for phase in packed.phases]
    of_it = {reading.measure_id for reading in packed.readings}
    of_it |= {phase.measure_id for phase in packed.phases}
    versions = [packed.measure.version, *(reading.version for reading in packed.readings)]
    return (
        of_it <= {packed.measure.id}
        and days == sorted({*days})
        and begins == sorted({*begins})
        and min([*days, *begins], default=EARLIEST) >= EARLIEST
        and all(0 < version < 1_000_000 for version in versions)
    )
