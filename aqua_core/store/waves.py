"""Waves of places: those that workshops stand behind, and published ones in their versions."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, Final

from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import PublishedMean, Wave, WaveKind
from aqua_core.vocabulary.place import Printed

_NEWEST: Final = """
    wave JOIN (SELECT id, max(version) AS version FROM wave GROUP BY id) AS newest
      ON newest.id = wave.id AND newest.version = wave.version
"""


def add_published(cursor: Cursor, place_id: str, wave: Wave, *, taken_out: bool = False) -> None:
    """Append a version of a published wave, in sight or taken out."""
    cursor.execute(
        """
        INSERT INTO wave (id, version, place_id, kind, dated, source, people, taken_out)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        [
            *(wave.id, wave.version, place_id, WaveKind.PUBLISHED.value),
            *(wave.dated, wave.source, wave.people, taken_out),
        ],
    )
    for mean in wave.means:
        cursor.execute(
            "INSERT INTO wave_mean (wave_id, version, domain, hundredths, people) "
            "VALUES ($1, $2, $3, $4, $5)",
            [wave.id, wave.version, mean.domain, round(mean.mean * 100), mean.people],
        )


def waves_of(
    cursor: Cursor, places: Collection[str], *, taken_out: bool = False
) -> tuple[Wave, ...]:
    """Give the newest version of each wave of some places, the first one first.

    Measured waves without a workshop behind them are left out.
    """
    rows = cursor.execute(
        f"""
        SELECT wave.id, wave.version, kind, dated, source, people FROM {_NEWEST}
        WHERE place_id IN (SELECT unnest($1)) AND taken_out = $2
        ORDER BY dated, wave.id
        """,
        [list(places), taken_out],
    ).fetchall()
    means, codes = _means(cursor), _codes(cursor)
    waves = (
        Wave(
            id=wave_id,
            version=version,
            kind=WaveKind(kind),
            dated=dated,
            source=source,
            people=people,
            means=tuple(means[wave_id, version]),
            codes=tuple(code for code, _ in codes[wave_id]),
            shown=not codes[wave_id] or any(shown for _, shown in codes[wave_id]),
        )
        for wave_id, version, kind, dated, source, people in rows
    )
    return tuple(wave for wave in waves if wave.codes or wave.kind is WaveKind.PUBLISHED)


def printed_in(cursor: Cursor) -> tuple[Printed, ...]:
    """Give every published wave with the place that it counts to, the first one first."""
    rows = cursor.execute(
        f"""
        SELECT coalesce(nullif(place.joined_to, ''), place.id), dated, people
        FROM {_NEWEST} JOIN place ON place.id = wave.place_id
        WHERE kind = 'published' AND NOT taken_out ORDER BY dated, wave.id
        """
    ).fetchall()
    return tuple(Printed(*row) for row in rows)


def drop_published(cursor: Cursor, place_id: str) -> None:
    """Take every version of a place's published waves out of the file."""
    cursor.execute("DELETE FROM wave WHERE place_id = $1 AND kind = 'published'", [place_id])


def _means(cursor: Cursor) -> dict[Any, list[PublishedMean]]:
    found: dict[Any, list[PublishedMean]] = defaultdict(list)
    rows = cursor.execute(
        "SELECT wave_id, version, domain, hundredths, people FROM wave_mean "
        "ORDER BY wave_id, version, domain"
    ).fetchall()
    for wave_id, version, domain, hundredths, people in rows:
        mean = PublishedMean(domain=domain, mean=hundredths / 100, people=people)
        found[wave_id, version].append(mean)
    return found


def _codes(cursor: Cursor) -> dict[str, list[tuple[str, bool]]]:
    """Give the workshops behind each wave by its id, and whether anything of each was revealed."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    rows = cursor.execute(
        """
        SELECT wave_id, code, workshop.id IN (SELECT workshop_id FROM reveal)
        FROM sitting JOIN workshop ON workshop.id = sitting.workshop_id
        ORDER BY held_on, ordinal
        """
    ).fetchall()
    for wave_id, *held in rows:
        found[wave_id].append((held[0], held[1]))
    return found
