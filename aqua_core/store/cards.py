"""Wave cards as Parquet files beside the room's file, and the bands that were published of them.

A card counts while its file is there and the room's file says so: what only one of the two says,
after a kill or a copy brought back, counts for nothing. A file is named by its random id.
"""

import json
import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb

from aqua_core.errors import BadCard, FileUnusable, Refusal
from aqua_core.store.connecting import NOT_SAVED, Cursor, connected
from aqua_core.store.database import beside_room
from aqua_core.store.versions import add_row
from aqua_core.vocabulary.card import Published, WaveCard

_FOLDER: Final = "cards"
_MAKING: Final = "making"
_LARGEST: Final = 64_000  # bytes; a card of twelve domains has some 3,000
_MOST_ROWS: Final = 12
_MEMORY: Final = "200MB"
"""What reading may take: a small file can unfold into gigabytes."""
_COLUMNS: Final = {
    **{"id": "VARCHAR", "place": "VARCHAR", "dated": "DATE", "wording": "VARCHAR"},
    **{"scored": "VARCHAR", "tiers": "VARCHAR[]", "consent": "VARCHAR"},
    **{"domain": "VARCHAR", "average": "DOUBLE", "agreed": "VARCHAR"},
}
_OF_A_DOMAIN: Final = 3  # the last columns
_HELD: Final = (
    "Nothing is done: another program holds a wave card's file. Close that, then try again."
)
_NO_CARD: Final = "This file is no wave card. Take the card from its place's page anew."


class KeptCard(NamedTuple):
    """A card that the room's file knows: of which wave here; "" for one that was brought."""

    card_id: str
    wave_id: str
    added_on: date


def new_id() -> str:
    """Give a random id."""
    return secrets.token_hex(8)


def add_card(cursor: Cursor, card: WaveCard, wave_id: str, added_on: date) -> None:
    """Keep a card: its row here, and its file beside the room's; `wave_id` is "" of one brought.

    Raises:
        FileUnusable: the disk refused.
    """
    row = {"id": card.id, "wave_id": wave_id, "added_on": added_on}
    add_row(cursor, "wave_card", row)
    folder = beside_room(_FOLDER)
    making = folder / _MAKING
    try:
        folder.mkdir(exist_ok=True)
        _write(card, making)
        making.replace(_file_of(folder, card.id))
    except (OSError, duckdb.Error):
        raise FileUnusable(NOT_SAVED) from None


def drop_card(cursor: Cursor, card_id: str) -> None:
    """Take a card away, its file too.

    Raises:
        FileUnusable: the disk keeps the file.
    """
    cursor.execute("DELETE FROM wave_card WHERE id = $1", [card_id])
    sweep_cards(cursor)


def sweep_cards(cursor: Cursor) -> None:
    """Take away what no row of the room's file speaks of: the cards of waves that are gone.

    Raises:
        FileUnusable: the disk keeps a file.
    """
    cursor.execute(
        "DELETE FROM wave_card WHERE wave_id <> '' AND wave_id NOT IN (SELECT id FROM wave)"
    )
    known = {f"{card.card_id}.parquet" for card in cards_kept(cursor)}
    folder = beside_room(_FOLDER)
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.name not in known and (entry.suffix == ".parquet" or entry.name == _MAKING):
            try:
                entry.unlink()
            except OSError:
                raise FileUnusable(_HELD) from None


def cards_kept(cursor: Cursor) -> tuple[KeptCard, ...]:
    """Give the cards that the room's file knows, the first one first."""
    rows = cursor.execute(
        "SELECT id, wave_id, added_on FROM wave_card ORDER BY added_on, id"
    ).fetchall()
    return tuple(map(KeptCard._make, rows))


def cards_in(cursor: Cursor) -> dict[str, WaveCard]:
    """Give every card whose file is there and whole, by its id."""
    folder = beside_room(_FOLDER)
    files = [_file_of(folder, kept.card_id) for kept in cards_kept(cursor)]
    there = [file for file in files if file.is_file() and file.stat().st_size <= _LARGEST]
    found: dict[str, WaveCard] = {}
    if there:
        with closing(_opened(folder)) as connection:
            for card in _read_many(connection, there):
                found[card.id] = card
    return {file.stem: found[file.stem] for file in there if file.stem in found}


def card_file(card_id: str) -> bytes:
    """Give a card's file as it lies.

    Raises:
        BadCard: it is not there.
    """
    try:
        return _file_of(beside_room(_FOLDER), card_id).read_bytes()
    except OSError:
        raise BadCard("The card's file is gone. Take the consent back and give it anew.") from None


def card_brought(raw: bytes) -> WaveCard:
    """Read a card that somebody brings. Nothing of the file is kept: a card is written anew.

    Only who writes may call it: the file lies beside the cards while it is read.

    Raises:
        BadCard: it is too large, damaged, no card of ours, or holds more than one.
    """
    if len(raw) > _LARGEST:
        raise BadCard("This file is too large for a wave card. Take the card from its place anew.")
    folder = beside_room(_FOLDER)
    folder.mkdir(exist_ok=True)
    making = folder / _MAKING
    try:
        making.write_bytes(raw)
        with closing(_opened(folder)) as connection:
            (card,) = _cards_of(_rows_of(connection, making))
    except (duckdb.Error, ValueError, Refusal):
        raise BadCard(_NO_CARD) from None
    finally:
        making.unlink(missing_ok=True)
    return card


def add_band(cursor: Cursor, wording: str, tiers: Sequence[str], band: Published) -> None:
    """Append a band that is published of cards with these words and tiers."""
    row = {"wording": wording, "tiers": json.dumps(list(tiers))}
    said = {"published_on": band.published_on, "said": band.model_dump_json()}
    add_row(cursor, "band", row | said)


def bands_of(cursor: Cursor, wording: str, tiers: Sequence[str]) -> tuple[Published, ...]:
    """Give the bands published of cards with these words and tiers, the first one first."""
    rows = cursor.execute(
        "SELECT said FROM band WHERE wording = $1 AND tiers = $2 ORDER BY published_on",
        [wording, json.dumps(list(tiers))],
    ).fetchall()
    return tuple(Published.model_validate_json(said) for (said,) in rows)


def _file_of(folder: Path, card_id: str) -> Path:
    return folder / f"{card_id}.parquet"


def _opened(folder: Path) -> duckdb.DuckDBPyConnection:
    return connected(Path(":memory:"), folder, _MEMORY)


def _write(card: WaveCard, path: Path) -> None:
    said = card.model_dump(mode="json")
    one = [
        card.dated if column == "dated" else said[column] for column in [*_COLUMNS][:-_OF_A_DOMAIN]
    ]
    rows = [[*one, domain.key, domain.average, domain.agreed.value] for domain in card.domains]
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    with closing(_opened(path.parent)) as connection:
        connection.execute(f"CREATE TABLE card ({columns})")
        places = ", ".join(f"${at}" for at in range(1, len(_COLUMNS) + 1))
        connection.executemany(f"INSERT INTO card VALUES ({places})", rows)
        connection.execute(f"COPY card TO '{_quoted(path)}' (FORMAT parquet)")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _read_many(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> Iterator[WaveCard]:
    """Give the cards in some files of ours: all at once, or one by one where one is damaged."""
    try:
        yield from _cards_of(_rows_of(connection, *files))
    except (duckdb.Error, ValueError, Refusal):
        for file in files if len(files) > 1 else ():
            with suppress(duckdb.Error, ValueError, Refusal):
                yield from _cards_of(_rows_of(connection, file))


def _rows_of(connection: duckdb.DuckDBPyConnection, *files: Path) -> list[tuple[Any, ...]]:
    """Give the rows of some files, a row a domain.

    Raises:
        BadCard: the columns are not those of a card, or there are too many rows.
        duckdb.Error: a file is damaged.
    """
    paths = [str(file) for file in files]
    asked = "FROM read_parquet($1, hive_partitioning = false)"
    found = connection.execute(f"DESCRIBE SELECT * {asked}", [paths]).fetchall()
    if {name: kind for name, kind, *_ in found} != _COLUMNS:
        raise BadCard(_NO_CARD)
    most = _MOST_ROWS * len(files)
    named = ", ".join(_COLUMNS)
    rows = connection.execute(f"SELECT {named} {asked} LIMIT {most + 1}", [paths]).fetchall()
    if len(rows) > most:
        raise BadCard(_NO_CARD)
    return rows


def _cards_of(rows: Sequence[tuple[Any, ...]]) -> list[WaveCard]:
    """Put the rows of each card together.

    Raises:
        ValueError: a value is none that a card can have, or a domain stands twice.
    """
    whole: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        whole[str(row[:-_OF_A_DOMAIN])].append(row)
    cards = [_card(of_one) for of_one in whole.values()]
    if len({card.id for card in cards}) < len(cards):
        raise ValueError("two cards have one id")
    return cards


def _card(rows: Sequence[tuple[Any, ...]]) -> WaveCard:
    one = dict(zip([*_COLUMNS][:-_OF_A_DOMAIN], rows[0], strict=False))
    domains = [
        {"key": key, "average": average, "agreed": agreed} for *_, key, average, agreed in rows
    ]
    if len({domain["key"] for domain in domains}) < len(domains):
        raise ValueError("a domain stands twice")
    return WaveCard.model_validate_json(json.dumps({**one, "domains": domains}, default=str))
