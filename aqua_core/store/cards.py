"""Wave cards as Parquet files, and the bands that were published of them.

A laptop keeps a card's file beside the room's: the card counts while the file is there and the
room says so; what only one of the two says, after a kill or a copy brought back, counts for
nothing. In a shared database both are rows. A file is named by its random id.
"""

import json
import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb

from aqua_core.errors import BadCard, Refusal
from aqua_core.store import parquet
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import shelf
from aqua_core.store.versions import add_row
from aqua_core.vocabulary.card import Published, WaveCard

_SHELF: Final = "cards"
_LARGEST: Final = 64_000  # bytes; a card of twelve domains has some 3,000
_MOST_ROWS: Final = 12
_COLUMNS: Final = {
    **{"id": "VARCHAR", "place": "VARCHAR", "dated": "DATE", "wording": "VARCHAR"},
    **{"scored": "VARCHAR", "tiers": "VARCHAR[]", "consent": "VARCHAR"},
    **{"domain": "VARCHAR", "average": "DOUBLE", "agreed": "VARCHAR"},
}
_OF_A_DOMAIN: Final = 3  # the last columns
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
    """Keep a card: its row and its file; `wave_id` is "" of one that was brought.

    Raises:
        FileUnusable: the disk refused.
    """
    row = {"id": card.id, "wave_id": wave_id, "added_on": added_on}
    add_row(cursor, "wave_card", row)
    with shelf(_SHELF).making() as made:
        parquet.write(made, _COLUMNS, _rows(card))
        shelf(_SHELF).put(cursor, card.id, made)


def drop_card(cursor: Cursor, card_id: str) -> None:
    """Take a card away, its file too.

    Raises:
        FileUnusable: the disk keeps the file.
    """
    _drop(cursor, "id = $1", card_id)


def drop_cards_of(cursor: Cursor, workshop_id: str) -> None:
    """Take away the cards of the waves behind which a workshop stands.

    Raises:
        FileUnusable: the disk keeps a file.
    """
    _drop(cursor, "wave_id IN (SELECT wave_id FROM sitting WHERE workshop_id = $1)", workshop_id)


def sweep_cards(cursor: Cursor) -> None:
    """Take away what no row of the room speaks of: the cards of waves that are gone.

    Raises:
        FileUnusable: the disk keeps a file.
    """
    _drop(cursor, "wave_id <> '' AND wave_id NOT IN (SELECT id FROM wave)")


def _drop(cursor: Cursor, which: str, *values: str) -> None:
    drop_with_files(cursor, "wave_card", _SHELF, which, *values)


def drop_with_files(cursor: Cursor, table: str, kind: str, which: str, *values: str) -> None:
    """Take rows away, and the files on a shelf that are called by their ids.

    `table` and `which`, a condition in SQL that `values` are bound in, are ours and never typed.

    Raises:
        FileUnusable: the disk keeps a file.
    """
    asked = f"DELETE FROM {table} WHERE {which} RETURNING id"
    gone = [own_id for (own_id,) in cursor.execute(asked, list(values)).fetchall()]
    kept = cursor.execute(f"SELECT id FROM {table} ORDER BY id").fetchall()
    shelf(kind).drop(cursor, gone, [own_id for (own_id,) in kept])


def cards_kept(cursor: Cursor) -> tuple[KeptCard, ...]:
    """Give the cards that the room's file knows, the first one first."""
    rows = cursor.execute(
        "SELECT id, wave_id, added_on FROM wave_card ORDER BY added_on, id"
    ).fetchall()
    return tuple(map(KeptCard._make, rows))


def cards_in(cursor: Cursor) -> dict[str, WaveCard]:
    """Give every card whose file is there and whole, by its id."""
    kept = [card.card_id for card in cards_kept(cursor)]
    if not kept:
        return {}
    with shelf(_SHELF).lying(cursor, kept) as folder:
        files = [_file_of(folder, card_id) for card_id in kept]
        there = [file for file in files if file.is_file() and file.stat().st_size <= _LARGEST]
        found = {card.id: card for card in _read_many(folder, there)}
    return {file.stem: found[file.stem] for file in there if file.stem in found}


def card_file(cursor: Cursor, card_id: str) -> bytes:
    """Give a card's file as it lies.

    Raises:
        BadCard: it is not there.
    """
    with shelf(_SHELF).lying(cursor, [card_id]) as folder:
        if (file := _file_of(folder, card_id)).is_file():
            return file.read_bytes()
    raise BadCard("The card's file is gone. Take the consent back and give it anew.")


def card_brought(raw: bytes) -> WaveCard:
    """Read a card that somebody brings. Nothing of the file is kept: a card is written anew.

    Only who writes may call it.

    Raises:
        BadCard: it is too large, damaged, no card of ours, or holds more than one.
    """
    if len(raw) > _LARGEST:
        raise BadCard("This file is too large for a wave card. Take the card from its place anew.")
    with shelf(_SHELF).making() as made:
        made.write_bytes(raw)
        try:
            with parquet.reading_in(made.parent) as connection:
                (card,) = _cards_of(parquet.rows_of(connection, _COLUMNS, _MOST_ROWS, made))
        except (duckdb.Error, ValueError, Refusal):
            raise BadCard(_NO_CARD) from None
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


def _rows(card: WaveCard) -> list[list[Any]]:
    said = card.model_dump(mode="json")
    one = [
        card.dated if column == "dated" else said[column] for column in [*_COLUMNS][:-_OF_A_DOMAIN]
    ]
    return [[*one, domain.key, domain.average, domain.agreed.value] for domain in card.domains]


def _read_many(folder: Path, files: Sequence[Path]) -> Iterator[WaveCard]:
    """Give the cards in some files of ours: all at once, or one by one where one is damaged."""
    if not files:
        return
    with parquet.reading_in(folder) as connection:
        try:
            yield from _cards_of(parquet.rows_of(connection, _COLUMNS, _MOST_ROWS, *files))
        except (duckdb.Error, ValueError, Refusal):
            for file in files if len(files) > 1 else ():
                with suppress(duckdb.Error, ValueError, Refusal):
                    yield from _cards_of(parquet.rows_of(connection, _COLUMNS, _MOST_ROWS, file))


def _cards_of(rows: Sequence[tuple[Any, ...]]) -> list[WaveCard]:
    """Put the rows of each card together.

    Raises:
        ValueError: a value is none that a card can have, or a domain stands twice.
    """
    whole: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for *row, _ in rows:
        whole[str(row[:-_OF_A_DOMAIN])].append(tuple(row))
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
