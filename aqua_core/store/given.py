"""What places of the room give of waves: a row each, and a Parquet file; and how such are read."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import duckdb

from aqua_core.errors import BadGiven, Refusal
from aqua_core.store import parquet
from aqua_core.store.cards import drop_with_files
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import shelf
from aqua_core.store.versions import add_row
from aqua_core.vocabulary.given import (
    GIVEN_COLUMNS,
    MOST_SCORES,
    MOST_TESTS,
    GivenScores,
    GivenTest,
    GivenWave,
    RowOf,
)
from aqua_core.vocabulary.text import Word

_SHELF: Final = "given"
LARGEST: Final = 512_000  # bytes; a wave of eight domains, ten partners and twenty tests has 12,000
MOST_FILES: Final = 1_000
_MOST_ROWS: Final = MOST_SCORES + MOST_TESTS
_COLUMNS: Final = {name: column.form for name, column in GIVEN_COLUMNS.items()}
_OF_CARD: Final = ("place", "dated", "wording", "scored", "tiers")
_OF_SCORES, _OF_TEST = (*GivenScores.model_fields,), (*GivenTest.model_fields,)
_NO_FILE: Final = (
    "{} is no file of a wave that a place gave, or was changed since. Take it from its place's "
    "page anew; nothing of these files is used."
)


_BAD: Final = (duckdb.Error, ValueError, Refusal)


class KeptGiven(NamedTuple):
    """That a wave is given: under which ids of its own and its place, and since when."""

    wave_id: str
    id: str
    place_key: str
    given_on: date


def add_given(cursor: Cursor, wave_id: str, given: GivenWave, given_on: date) -> None:
    """Keep what is given of a wave: its row and its file, in the place of what was given before.

    Raises:
        FileUnusable: the disk refused.
    """
    cursor.execute("DELETE FROM given_wave WHERE wave_id = $1", [wave_id])
    kept = KeptGiven(wave_id, given.card.id, given.card.place, given_on)
    add_row(cursor, "given_wave", kept._asdict())
    with shelf(_SHELF).making() as made:
        write_given(given, made)
        shelf(_SHELF).put(cursor, given.card.id, made)


def write_given(given: GivenWave, path: Path) -> None:
    """Write the file of a wave: the same bytes whenever the same is given.

    Raises:
        FileUnusable: the disk refused.
    """
    parquet.write(path, _COLUMNS, [[_plain(row[c]) for c in _COLUMNS] for row in _rows(given)])


def _plain(cell: Any) -> Any:
    """Give a cell as the engine knows it: it takes no word of ours for a text."""
    if isinstance(cell, list):
        return [_plain(part) for part in cell]
    return cell.value if isinstance(cell, StrEnum) else cell


def drop_given(cursor: Cursor, wave_id: str) -> None:
    """Take away what is given of a wave, its file too.

    Raises:
        FileUnusable: the disk keeps the file.
    """
    _drop(cursor, "wave_id = $1", wave_id)


def drop_given_of(cursor: Cursor, workshop_id: str) -> None:
    """Take away what is given of the waves behind which a workshop stands.

    Raises:
        FileUnusable: the disk keeps a file.
    """
    _drop(cursor, "wave_id IN (SELECT wave_id FROM sitting WHERE workshop_id = $1)", workshop_id)


def sweep_given(cursor: Cursor) -> None:
    """Take away what was given of waves behind which no workshop stands any more.

    Raises:
        FileUnusable: the disk keeps a file.
    """
    _drop(cursor, "wave_id NOT IN (SELECT wave_id FROM sitting)")


def _drop(cursor: Cursor, which: str, *values: str) -> None:
    drop_with_files(cursor, "given_wave", _SHELF, which, *values)


def given_kept(cursor: Cursor) -> tuple[KeptGiven, ...]:
    """Give what is given of the room's waves, the first one first."""
    rows = cursor.execute(
        "SELECT wave_id, id, place_key, given_on FROM given_wave ORDER BY given_on, wave_id"
    ).fetchall()
    return tuple(map(KeptGiven._make, rows))


def given_files(cursor: Cursor, ids: Iterable[str]) -> dict[str, bytes]:
    """Give the files of these waves that are there, by id."""
    wanted = list(ids)
    with shelf(_SHELF).lying(cursor, wanted) as folder:
        files = {given_id: folder / f"{given_id}.parquet" for given_id in wanted}
        return {given_id: file.read_bytes() for given_id, file in files.items() if file.is_file()}


def given_in(files: Mapping[str, bytes]) -> dict[str, GivenWave]:
    """Read files that places gave, by name: all of them, or none.

    They lie in a private folder while they are read.

    Raises:
        BadGiven: the sentence names the first that is too large, damaged or none of ours.
    """
    if len(files) > MOST_FILES:
        raise BadGiven(f"These are {len(files):,} files. At most {MOST_FILES:,} are read at once.")
    for name, raw in files.items():
        if len(raw) > LARGEST:
            raise BadGiven(f"{name} is too large for a wave that a place gave.")
    with TemporaryDirectory(prefix="room-") as folder, parquet.reading_in(Path(folder)) as engine:
        paths = {Path(folder) / f"{at}.parquet": name for at, name in enumerate(files)}
        for path, name in paths.items():
            path.write_bytes(files[name])
        try:
            return _read_all(engine, paths)
        except _BAD:  # one by one: which?
            return {name: _read_one(engine, path, name) for path, name in paths.items()}


def _read_all(engine: duckdb.DuckDBPyConnection, paths: Mapping[Path, str]) -> dict[str, GivenWave]:
    rows: dict[str, parquet.Rows] = {str(path): [] for path in paths}
    for row in parquet.rows_of(engine, _COLUMNS, _MOST_ROWS, *paths) if paths else ():
        rows[row[-1]].append(row[:-1])
    return {name: _given(rows[str(path)]) for path, name in paths.items()}


def _read_one(engine: duckdb.DuckDBPyConnection, path: Path, name: str) -> GivenWave:
    try:
        return _read_all(engine, {path: name})[name]
    except _BAD:
        raise BadGiven(_NO_FILE.format(name)) from None


def files_at(address: str) -> dict[str, bytes]:
    """Give the Parquet files in a folder: a path, or what pyarrow knows, such as s3://bucket/path.

    Raises:
        BadGiven: there is no such folder, or it does not answer. The address is not repeated: a
            key may stand in it, and a page says this.
    """
    from pyarrow import fs  # loaded already where pages are drawn, and slow where they are not

    try:
        system, path = fs.FileSystem.from_uri(address)
        found = [
            held
            for held in system.get_file_info(fs.FileSelector(path))
            if held.is_file and held.base_name.endswith(".parquet")
        ]
        if any(held.size > LARGEST for held in found) or len(found) > MOST_FILES:
            raise BadGiven(
                "The folder that DISCOVERY_ROOM_GIVEN names holds more, or larger files, than "
                "waves that places gave."
            )
        return {held.base_name: _read(system, held.path) for held in found}
    except (OSError, ValueError, NotImplementedError) as fault:
        raise BadGiven(
            "The folder that DISCOVERY_ROOM_GIVEN names cannot be read. It is one of files that "
            "places gave, such as file:///srv/given or s3://bucket/given."
        ) from fault


def _read(system: Any, path: str) -> bytes:
    with system.open_input_file(path) as file:
        return bytes(file.read())


def _rows(given: GivenWave) -> list[dict[str, Any]]:
    """Give the rows of a file: domains, then scores, then tests."""
    card = given.card
    of_wave = {"wave": card.id, "consent": given.consent}
    of_wave |= {name: getattr(card, name) for name in _OF_CARD}
    empty = dict.fromkeys(_COLUMNS) | of_wave | {"tiers": list(card.tiers)}
    said: list[dict[str, Any]] = [
        *(
            {"row": RowOf.DOMAIN, "domain": d.key, "average": d.average, "agreed": d.agreed}
            for d in card.domains
        ),
        *(_row(RowOf.SCORES, held) for held in given.scores),
        *(_row(RowOf.TEST, held) for held in given.tests),
    ]
    return [{**empty, **row, "kind": given.kinds.get(row["domain"])} for row in said]


def _row(row_of: RowOf, held: Word) -> dict[str, Any]:
    return {"row": row_of, **vars(held)}


def _given(read: parquet.Rows) -> GivenWave:
    """Put the rows of one file together.

    Raises:
        ValueError: it holds something else than we would write of any wave.
        Refusal: a word of it is none of ours.
    """
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in read]
    if not rows:
        raise ValueError("it has no rows")
    by_kind = {row_of: [row for row in rows if row["row"] == row_of] for row_of in RowOf}
    domains = [
        {"key": row["domain"], "average": row["average"], "agreed": row["agreed"]}
        for row in by_kind[RowOf.DOMAIN]
    ]
    card = {"id": rows[0]["wave"]} | {name: rows[0][name] for name in _OF_CARD}
    said = {
        "card": card | {"domains": domains},
        "consent": rows[0]["consent"],
        "kinds": {row["domain"]: row["kind"] for row in rows if row["domain"]},
        "scores": [{name: row[name] for name in _OF_SCORES} for row in by_kind[RowOf.SCORES]],
        "tests": [{name: row[name] for name in _OF_TEST} for row in by_kind[RowOf.TEST]],
    }
    given = GivenWave.model_validate_json(json.dumps(said, default=str))
    if len({held.key for held in given.card.domains}) < len(domains) or _rows(given) != rows:
        raise ValueError("it holds what no file of ours does")
    return given
