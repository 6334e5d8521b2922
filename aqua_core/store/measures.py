"""Measures of places, their readings and phases, as rows: of each the newest version counts."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from aqua_core.store.connecting import Cursor
from aqua_core.store.versions import add_next, add_row, newest_by_id
from aqua_core.vocabulary.measure import Measure, Phase, Reading, trimmed

_OF_MEASURE: Final = tuple(Measure.model_fields)
_COLUMNS: Final = ("id", "version", "measure_id", "dated", "figure", "counted", "source")
_OF_READING: Final = tuple("value" if column == "figure" else column for column in _COLUMNS)


class Version(NamedTuple):
    """One version of a reading, and whether it was taken out by it."""

    reading: Reading
    taken_out: bool


def add_measure(
    cursor: Cursor, place_id: str, measure: Measure, *, taken_out: bool = False
) -> None:
    """Append a version of a measure, in sight or taken out."""
    said = {name: _stored(value) for name, value in measure}
    add_row(cursor, "measure", {**said, "place_id": place_id, "taken_out": taken_out})


def measures_of(
    cursor: Cursor, places: Collection[str], *, taken_out: bool = False
) -> tuple[Measure, ...]:
    """Give the newest version of each measure of some places, by name."""
    rows = cursor.execute(
        f"""
        SELECT {", ".join(_OF_MEASURE)} FROM {newest_by_id("measure")}
        WHERE place_id = ANY($1) AND taken_out = $2 ORDER BY lower(name), id
        """,
        [list(places), taken_out],
    ).fetchall()
    return tuple(Measure.model_validate(dict(zip(_OF_MEASURE, row, strict=True))) for row in rows)


def deeds_done(cursor: Cursor, measures: Collection[str]) -> int:
    """Give the number of the last deed on readings of some measures; 0 for none."""
    found = cursor.execute(
        "SELECT max(deed) FROM measured WHERE measure_id = ANY($1)", [list(measures)]
    ).fetchone()
    return int(found[0] or 0) if found else 0


def add_readings(cursor: Cursor, versions: Sequence[Version], deed: int) -> None:
    """Append versions of readings, all by one deed."""
    places = ", ".join(f"${place}" for place in range(1, len(_COLUMNS) + 3))
    rows = [
        [*(_stored(getattr(reading, name)) for name in _OF_READING), taken_out, deed]
        for reading, taken_out in versions
    ]
    if rows:
        columns = ", ".join((*_COLUMNS, "taken_out", "deed"))
        cursor.executemany(f"INSERT INTO measured ({columns}) VALUES ({places})", rows)


def readings_of(
    cursor: Cursor, measures: Collection[str], *, taken_out: bool = False
) -> tuple[Reading, ...]:
    """Give the newest version of each reading of some measures, in time order."""
    rows = cursor.execute(
        f"""
        SELECT {", ".join(_COLUMNS)} FROM {newest_by_id("measured")}
        WHERE measure_id = ANY($1) AND taken_out = $2 ORDER BY dated, id
        """,
        [list(measures), taken_out],
    ).fetchall()
    return tuple(map(_reading, rows))


def earlier_versions(cursor: Cursor, measures: Collection[str]) -> dict[str, tuple[Version, ...]]:
    """Give the versions of each reading that has more than one, by its id, the first one first."""
    rows = cursor.execute(
        f"""
        SELECT {", ".join(_COLUMNS)}, taken_out FROM measured
        WHERE measure_id = ANY($1)
          AND id IN (SELECT id FROM measured WHERE version > 1)
        ORDER BY id, version
        """,
        [list(measures)],
    ).fetchall()
    found: dict[str, list[Version]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(_version(row))
    return {reading_id: tuple(versions) for reading_id, versions in found.items()}


def changed_by(
    cursor: Cursor, measures: Collection[str], deed: int
) -> tuple[tuple[Version, Version | None], ...]:
    """Give each reading that a deed touched: as it left it, and as it was before; None for new."""
    select = f"SELECT {', '.join(_COLUMNS)}, taken_out FROM measured"
    after = cursor.execute(
        f"{select} WHERE deed = $2 AND measure_id = ANY($1) ORDER BY dated, id",
        [list(measures), deed],
    ).fetchall()
    before = cursor.execute(
        f"{select} WHERE (id, version) IN (SELECT id, version - 1 FROM measured WHERE deed = $2 "
        "AND measure_id = ANY($1)) ORDER BY id",
        [list(measures), deed],
    ).fetchall()
    was = {row[0]: _version(row) for row in before}
    return tuple((_version(row), was.get(row[0])) for row in after)


def add_phase(cursor: Cursor, phase: Phase, *, taken_out: bool = False) -> None:
    """Append a version of a phase."""
    whose = {"measure_id": phase.measure_id, "begins_on": phase.begins_on}
    said = {"usual_until": phase.usual_until, "taken_out": taken_out}
    add_next(cursor, "phase", whose, said, counted="version")


def phases_of(cursor: Cursor, measures: Collection[str]) -> tuple[Phase, ...]:
    """Give the phases of some measures that count, by measure and day."""
    rows = cursor.execute(
        """
        SELECT measure_id, begins_on, usual_until FROM phase
        JOIN (
            SELECT measure_id, begins_on, max(version) AS version FROM phase
            GROUP BY measure_id, begins_on
        ) AS newest USING (measure_id, begins_on, version)
        WHERE measure_id = ANY($1) AND NOT taken_out ORDER BY measure_id, begins_on
        """,
        [list(measures)],
    ).fetchall()
    return tuple(
        Phase(measure_id=measure_id, begins_on=begins_on, usual_until=usual_until)
        for measure_id, begins_on, usual_until in rows
    )


def drop_measures_gone(cursor: Cursor) -> None:
    """Take out what places followed that are gone, every version of it."""
    cursor.execute("DELETE FROM measure WHERE place_id NOT IN (SELECT id FROM place)")
    for table in ("measured", "phase"):
        cursor.execute(f"DELETE FROM {table} WHERE measure_id NOT IN (SELECT id FROM measure)")


def _stored(value: Any) -> Any:
    # As text: the journal writes JSON, which has no decimal that stays what it was.
    return str(value) if isinstance(value, Decimal) else value


def _version(row: Sequence[Any]) -> Version:
    return Version(_reading(row[:-1]), row[-1])


def _reading(row: Sequence[Any]) -> Reading:
    fields: dict[str, Any] = dict(zip(_OF_READING, row, strict=True))
    # Not validated anew: it was when it was written, and 6,000 of them take a tenth of a second.
    return Reading.model_construct(**fields | {"value": trimmed(fields["value"])})
